"""What a gradient check finds, in sentences: in English, or in any language by a look-up."""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType

from engine.finding import Finding, Kind, Reason, Remark
from engine.problem import mark

_KINDS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.RIGHT: mark("Every gradient is right: the largest relative error is {error}."),
        Kind.CAUGHT: mark("Caught: wrong at {layers}; relative error up to {error}."),
        Kind.UNSEEN: mark("The slip does not show here: every gradient passes."),
        Kind.DIFFERENCE_OFF: mark(
            "The gradients are right: it is the central difference that is off; relative error up"
            " to {error}."
        ),
        Kind.UNTOLD: mark("Nothing can be told here."),
        Kind.NOT_FINITE: mark("There is nothing to compare with."),
    }
)

_ONLY_SUSPICIOUS = mark("Caught: suspicious at {layers}; relative error up to {error}.")
_ALSO_SUSPICIOUS = mark(
    "Caught: wrong at {layers}, suspicious at {suspicious}; relative error up to {error}."
)
_EXACT = mark("Every gradient is right: it is the central difference, to the last digit.")

_REASONS: Mapping[Reason, str] = MappingProxyType(
    {
        Reason.TARGET_MET: mark(
            "Zero at {layers}: the target is met, e = ê, and by any algorithm the gradient is 0."
        ),
        Reason.ZERO_INPUT: mark("Zero at {layers}: what comes in from the layer before is 0."),
        Reason.CLOSED: mark("Zero at {layers}: f′ is 0 there or behind, and lets nothing through."),
        Reason.ZERO_WEIGHT: mark(
            "Zero at {layers}: a weight behind is 0 and lets nothing through."
        ),
        Reason.UNDERFLOW: mark("Zero at {layers}: the product is too small for a float."),
        Reason.ONE_LAYER: mark(
            "Right: one layer has nothing to pass on, so no new weight is ever used."
        ),
        Reason.TAKEN_FIRST: mark(
            "Right at {layers}: the last layer's gradient is taken before any weight has changed."
        ),
        Reason.UNCHANGED: mark("Right at {layers}: the update did not change the weights behind."),
        Reason.SAME_FACTOR: mark(
            "Right at {layers}: its factor happens to be the right one, as with weights of 1 or −1."
        ),
        Reason.NO_BEND: mark(
            "Right at {layers}: f′ = 1 there and behind, so leaving it out changes nothing."
        ),
        Reason.SAME_OUTPUT: mark("Right at {layers}: input and output of the layer are the same."),
        Reason.BELOW_BANDS: mark(
            "Unseen at {layers}: the slip changes the gradient by {slip} at most, too little to"
            " show."
        ),
        Reason.BELOW_ROUNDING: mark(
            "Unseen at {layers}: the gradient is so small that the difference's own error hides"
            " the slip."
        ),
        Reason.KINK: mark(
            "At {layers} a ReLU opens or closes within ±ε: over such a kink a central difference"
            " means nothing. A smaller ε may stay on one side."
        ),
        Reason.TRUNCATION: mark(
            "At {layers} the loss bends within ±ε, and the difference misses it: a smaller ε"
            " comes closer."
        ),
        Reason.ROUNDING: mark(
            "At {layers} gradient and difference agree as far as the difference's rounding can"
            " tell."
        ),
        Reason.NOT_FINITE: mark("At {layers} numbers have become infinite or NaN."),
    }
)

_EVERYWHERE: Mapping[Reason, str] = MappingProxyType(
    {
        Reason.TARGET_MET: mark("The target is met, e = ê: by any algorithm every gradient is 0."),
        Reason.NO_BEND: mark(
            "f′ = 1 in every layer, so leaving it out changes nothing: it takes a curved activation"
            " to catch it."
        ),
        Reason.SAME_OUTPUT: mark("In every layer input and output are the same."),
    }
)
"""What is said better where it holds for all layers."""

_LAYER, _LAYERS = mark("layer {numbers}"), mark("layers {numbers}")
_AFTER = mark(
    "Relative error up to {error}. The update moved the weights in between, so even right gradients"
    " differ: this cannot tell whether they are right."
)
_AFTER_UNTOLD = mark("There is no number to compare after the update.")


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
    elif found.kind is Kind.RIGHT and found.error == 0.0:
        template = _EXACT
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
    """Return what the article's comparison comes to, given its finite relative errors."""
    if not errors:
        return say(_AFTER_UNTOLD)
    return say(_AFTER).format(error=number(max(errors)))


def named(layers: Sequence[int], say: Callable[[str], str]) -> str:
    """Return layers by their numbers: "layer 3", "layers 1, 2", "layers 1–62, 64"."""
    runs = [
        [layer for _, layer in run]
        for _, run in groupby(enumerate(layers), key=lambda pair: pair[1] - pair[0])
    ]
    parts = [
        f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run))  # noqa: PLR2004
        for run in runs
    ]
    return say(_LAYER if len(layers) == 1 else _LAYERS).format(numbers=", ".join(parts))
