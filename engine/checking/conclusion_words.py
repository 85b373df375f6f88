"""The conclusion of a gradient check in sentences, in English or translated."""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType

from engine.checking.conclusion import Conclusion, OverallVerdict, Reason, Remark
from engine.experiment import Experiment
from engine.parameters import Parameter
from engine.quantities import Name
from engine.user_error import BETWEEN
from engine.words import Say, mark

_SENTENCES: Mapping[OverallVerdict, str] = MappingProxyType(
    {
        OverallVerdict.RIGHT: mark(
            "Every gradient is right: the largest relative error is {error}."
        ),
        OverallVerdict.CAUGHT: mark("Caught: wrong at {layers}; relative error up to {error}."),
        OverallVerdict.UNSEEN: mark("The mistake has no effect here: every gradient passes."),
        OverallVerdict.DIFFERENCE_OFF: mark(
            "The gradients are right; the central difference is inaccurate: relative error up to"
            " {error}."
        ),
        OverallVerdict.NO_VERDICT: mark("No verdict is possible here."),
        OverallVerdict.NOT_FINITE: mark("There is nothing to compare with."),
    }
)

_ONLY_SUSPICIOUS = mark("Caught: suspicious at {layers}; relative error up to {error}.")
_ALSO_SUSPICIOUS = mark(
    "Caught: wrong at {layers}, suspicious at {suspicious}; relative error up to {error}."
)
_PARTLY_RIGHT = mark(
    "Where a verdict is possible, every gradient is right: the largest relative error is {error}."
)
_PARTLY_UNSEEN = mark("Where a verdict is possible, every gradient passes.")
_TOO_SMALL = mark("The mistake is too small to be detected here: every gradient passes.")
_EXACT = mark("Every gradient is right: it equals the central difference to the last digit.")

_REASONS: Mapping[Reason, str] = MappingProxyType(
    {
        Reason.TARGET_MET: mark(
            "Zero at {layers}: the output equals the target, e = ê, so the gradient is 0 with"
            " any algorithm."
        ),
        Reason.ZERO_INPUT: mark("Zero at {layers}: the layer's input is 0."),
        Reason.CLOSED: mark(
            "Zero at {layers}: f′ is 0 there or in a later layer, so every product with it is 0."
        ),
        Reason.ZERO_WEIGHT: mark(
            "Zero at {layers}: the weight of a later layer is 0, so every product with it is 0."
        ),
        Reason.UNDERFLOW: mark(
            "Zero at {layers}: the product is too small for a floating-point number."
        ),
        Reason.BELOW_BANDS: mark(
            "Not detected at {layers}: the mistake changes the gradient by at most {slip},"
            " relatively, too little to be detected."
        ),
        Reason.BELOW_ROUNDING: mark(
            "Not detected at {layers}: the difference's own error is larger than the mistake."
        ),
        Reason.KINK: mark(
            "At {layers} the input of a ReLU changes its sign within ±ε: across such a kink a"
            " central difference means nothing. A smaller ε may stay on one side."
        ),
        Reason.TRUNCATION: mark(
            "At {layers} the loss curves within ±ε, which the difference does not see: a smaller ε"
            " comes closer."
        ),
        Reason.ROUNDING: mark(
            "At {layers} gradient and difference agree to within the difference's rounding error."
        ),
        Reason.STEP_LOST: mark(
            "At {layers}, ε is too small compared with the weight: w + ε or w − ε is w "
            "itself, so the difference is only rounding. Choose a larger ε."
        ),
        Reason.TOO_SMALL: mark(
            "At {layers} the loss or the gradient is so small that floating-point numbers lose its"
            " digits: it underflows, and there is nothing to compare."
        ),
        Reason.TOO_LARGE: mark(
            "At {layers} the loss at w ± ε, or its difference over 2ε, is too large for a"
            " floating-point number: it overflows, and there is nothing to compare."
        ),
        Reason.NOT_FINITE: mark("At {layers} numbers have become infinite or NaN."),
    }
)

_EVERYWHERE: Mapping[Reason, str] = MappingProxyType(
    {
        Reason.TARGET_MET: mark(
            "The output equals the target, e = ê: with any algorithm every gradient is 0."
        ),
    }
)
"""What is said better where it holds for all layers."""

_AFTER = mark(
    "Relative error up to {error}. The update changed the weights in between, so even right"
    " gradients differ: this comparison cannot say whether they are right."
)
_NOTHING_TO_COMPARE = mark("There are no numbers to compare after the update.")


Write = Callable[[float], str]


def sentences(
    found: Conclusion, experiment: Experiment, say: Say, number: Write
) -> tuple[str, ...]:
    """Return the conclusion in sentences; the first is the summary.

    `say` looks up a sentence, `number` writes a relative error.
    """
    others = (remark for remark in found.remarks if remark.reason is not Reason.CAUGHT)
    return (
        _head(found, experiment, say, number),
        *(_remark(one, experiment, say, number) for one in others),
    )


def _head(found: Conclusion, experiment: Experiment, say: Say, number: Write) -> str:
    """Return the sentence that sums up; it calls wrong what the rows call wrong."""
    template = _SENTENCES[found.verdict]
    wrong = tuple(name for name in found.caught if name not in found.suspicious)
    if found.suspicious:
        template = _ALSO_SUSPICIOUS if wrong else _ONLY_SUSPICIOUS
    elif found.verdict is OverallVerdict.RIGHT:
        template = _PARTLY_RIGHT if found.no_verdict else template if found.error else _EXACT
    elif found.verdict is OverallVerdict.UNSEEN and found.no_verdict:
        template = _PARTLY_UNSEEN
    elif found.verdict is OverallVerdict.UNSEEN and any(
        r.reason is Reason.BELOW_BANDS for r in found.remarks
    ):
        template = _TOO_SMALL
    return say(template).format(
        layers=named(wrong or found.caught, experiment, say),
        suspicious=named(found.suspicious, experiment, say),
        error="" if found.error is None else number(found.error),
    )


def _remark(remark: Remark, experiment: Experiment, say: Say, number: Write) -> str:
    by = experiment.structure.by
    own = {
        Reason.HARMLESS: (by.harmless, by.harmless_everywhere),
        Reason.UNTOUCHED: (by.untouched, by.untouched_everywhere),
    }
    anywhere, everywhere = own.get(remark.reason) or (
        _REASONS[remark.reason],
        _EVERYWHERE.get(remark.reason, ""),
    )
    template = everywhere if len(remark.names) == len(experiment.theta) else ""
    layers = named(remark.names, experiment, say)
    return say(template or anywhere).format(layers=layers, slip=number(remark.slip))


def after_update_sentence(errors: Sequence[float], say: Say, number: Write) -> str:
    """Return the result of the article's comparison, from its finite relative errors."""
    if not errors:
        return say(_NOTHING_TO_COMPARE)
    return say(_AFTER).format(error=number(max(errors)))


def named(names: Sequence[Name], experiment: Experiment, say: Say) -> str:
    """Return parameters by their layers: "layer 3", "layers 1, 2", "layers 1–62, 64".

    Where a layer has several, and not all of them are meant: "w₁–w₃, b₂".
    """
    between = say(BETWEEN)
    each = {
        one: [name.layer for name in names if name.quantity is one.quantity]
        for one in experiment.parameters
    }
    first, *others = each.values()
    if all(layers == first for layers in others):
        numbers = between.join(_runs(first, str))
        return say.counted("layer {numbers}", "layers {numbers}", len(first), numbers=numbers)
    parts = (_runs(layers, _symbol_of(one)) for one, layers in each.items())
    return between.join(run for part in parts for run in part)


def _symbol_of(parameter: Parameter) -> Callable[[int], str]:
    return lambda layer: f"{parameter.letter}{layer}".translate(_LOWERED)


_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def _runs(layers: Sequence[int], write: Callable[[int], str]) -> list[str]:
    """Return rising numbers, three and more in a row as "1–3"."""
    written = []
    for _, run in groupby(enumerate(layers), key=lambda pair: pair[1] - pair[0]):
        first, *others = [write(layer) for _, layer in run]
        if len(others) > 1:
            written.append(f"{first}–{others[-1]}")
        else:
            written += [first, *others]
    return written
