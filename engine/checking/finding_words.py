"""What a gradient check finds, in sentences: in English, or translated by a look-up."""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType

from engine.checking.finding import Finding, Kind, Reason, Remark
from engine.problem import BETWEEN, mark

_KINDS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.RIGHT: mark("Every gradient is right: the largest relative error is {error}."),
        Kind.CAUGHT: mark("Caught: wrong at {layers}; relative error up to {error}."),
        Kind.UNSEEN: mark("The mistake has no effect here: every gradient passes."),
        Kind.DIFFERENCE_OFF: mark(
            "The gradients are right; the central difference is inaccurate: relative error up to"
            " {error}."
        ),
        Kind.UNTOLD: mark("No verdict is possible here."),
        Kind.NOT_FINITE: mark("There is nothing to compare with."),
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
        Reason.ONE_LAYER: mark(
            "Right: with one layer nothing is passed on, so an updated weight is never used."
        ),
        Reason.TAKEN_FIRST: mark(
            "Right at {layers}: the last layer's gradient is taken before any weight has changed."
        ),
        Reason.UNCHANGED: mark(
            "Right at {layers}: the update did not change the weights of the later layers."
        ),
        Reason.SAME_FACTOR: mark(
            "Right at {layers}: the wrong factor happens to have the right value, as with"
            " weights of 1 or −1."
        ),
        Reason.NO_BEND: mark(
            "Right at {layers}: f′ = 1 there and in all later layers, so leaving it out"
            " changes nothing."
        ),
        Reason.SAME_OUTPUT: mark("Right at {layers}: the layer's input and output are equal."),
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
        Reason.NO_BEND: mark(
            "f′ = 1 in every layer, so leaving it out changes nothing. Choose another activation"
            " to see this mistake."
        ),
        Reason.SAME_OUTPUT: mark("In every layer input and output are equal."),
    }
)
"""What is said better where it holds for all layers."""

_LAYER, _LAYERS = mark("layer {numbers}"), mark("layers {numbers}")
_AFTER = mark(
    "Relative error up to {error}. The update changed the weights in between, so even right"
    " gradients differ: this comparison cannot say whether they are right."
)
_AFTER_UNTOLD = mark("There are no numbers to compare after the update.")


def sentences(
    found: Finding, count: int, say: Callable[[str], str], number: Callable[[float], str]
) -> tuple[str, ...]:
    """Return what was found in a chain of `count` layers; the first sentence sums up.

    `say` looks up a sentence, `number` writes a relative error.
    """
    others = (remark for remark in found.remarks if remark.reason is not Reason.CAUGHT)
    return (_head(found, say, number), *(_remark(one, count, say, number) for one in others))


def _head(found: Finding, say: Callable[[str], str], number: Callable[[float], str]) -> str:
    """Return the sentence that sums up; it calls wrong what the rows call wrong."""
    template = _KINDS[found.kind]
    wrong = tuple(layer for layer in found.caught if layer not in found.suspicious)
    if found.suspicious:
        template = _ALSO_SUSPICIOUS if wrong else _ONLY_SUSPICIOUS
    elif found.kind is Kind.RIGHT:
        template = _PARTLY_RIGHT if found.untold else template if found.error else _EXACT
    elif found.kind is Kind.UNSEEN and found.untold:
        template = _PARTLY_UNSEEN
    elif found.kind is Kind.UNSEEN and any(r.reason is Reason.BELOW_BANDS for r in found.remarks):
        template = _TOO_SMALL
    return say(template).format(
        layers=named(wrong or found.caught, say),
        suspicious=named(found.suspicious, say),
        error="" if found.error is None else number(found.error),
    )


def _remark(
    remark: Remark, count: int, say: Callable[[str], str], number: Callable[[float], str]
) -> str:
    template = _REASONS[remark.reason]
    if len(remark.layers) == count:
        template = _EVERYWHERE.get(remark.reason, template)
    return say(template).format(layers=named(remark.layers, say), slip=number(remark.slip))


def after_update_sentence(
    errors: Sequence[float], say: Callable[[str], str], number: Callable[[float], str]
) -> str:
    """Return the result of the article's comparison, from its finite relative errors."""
    if not errors:
        return say(_AFTER_UNTOLD)
    return say(_AFTER).format(error=number(max(errors)))


def named(layers: Sequence[int], say: Callable[[str], str]) -> str:
    """Return layers by their numbers: "layer 3", "layers 1, 2", "layers 1–62, 64"."""
    between = say(BETWEEN)
    runs = [
        [layer for _, layer in run]
        for _, run in groupby(enumerate(layers), key=lambda pair: pair[1] - pair[0])
    ]
    parts = [
        f"{run[0]}–{run[-1]}" if len(run) > 2 else between.join(map(str, run))  # noqa: PLR2004
        for run in runs
    ]
    return say(_LAYER if len(layers) == 1 else _LAYERS).format(numbers=between.join(parts))
