"""What can be said of a run, and the sentences that say it, in words of no language yet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from engine.problem import mark

Number = float | int | tuple[int, ...] | str
"""A number, the layers it is about, or the name of an activation."""


class Kind(StrEnum):
    """What a finding says; the first fourteen say what became of the run, the others why."""

    NOT_TRAINED = "not trained"
    DIVERGED = "diverged"
    CONVERGED = "converged"
    LEFT = "converged, then left"
    SIGN_TRAPPED = "sign-trapped"
    DEAD = "dead ReLU"
    STUCK = "no gradient"
    FITTED = "as low as it gets"
    OSCILLATING = "oscillating"
    SADDLE = "plateau near w = 0"
    PLATEAU = "plateau"
    LEAVING = "leaving the plateau"
    CONVERGING = "converging"
    UNSETTLED = "not converged"
    WRONG_GRADIENT = "wrong gradient"
    TOO_STEEP = "learning rate too large"
    UNEVEN = "one sample too steep"
    OVERSHOOTING = "overshooting"
    CROSSING = "has to cross zero"
    NO_LINE = "no line fits"
    OUT_OF_RANGE = "out of range"
    SATURATED = "saturated"
    VANISHING = "vanishing with depth"
    EXPLODING = "exploding with depth"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is true of a run, with the numbers that prove it, by name.

    `layer` and `layers` count from 1, as `epoch` and `sample` do.
    """

    kind: Kind
    numbers: Mapping[str, Number]


def finding(kind: Kind, **numbers: Number) -> Finding:
    """Return a finding with its numbers."""
    return Finding(kind, MappingProxyType(numbers))


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """All findings of a run, the most important first; there is always one."""

    findings: tuple[Finding, ...]

    @property
    def main(self) -> Finding:
        """What became of the run, or why nothing did."""
        return self.findings[0]

    def of(self, kind: Kind) -> Finding | None:
        """Return the finding of a kind, if there is one."""
        return next((f for f in self.findings if f.kind is kind), None)


class Sentence(NamedTuple):
    """A finding in a few words and in full, English with named gaps, marked for translation."""

    short: str
    long: str


SENTENCES: Mapping[Kind, Sentence] = MappingProxyType(
    {
        Kind.NOT_TRAINED: Sentence(
            mark("not trained: 0 epochs"),
            mark("The experiment has 0 epochs, so the weights are still the initial ones."),
        ),
        Kind.DIVERGED: Sentence(
            mark("diverged at epoch {epoch}, sample {sample}"),
            mark(
                "The numbers ran away: in this update the loss or a weight became infinite."
                " The largest weight before it was {weight} = {largest}."
            ),
        ),
        Kind.CONVERGED: Sentence(
            mark("converged at epoch {epoch}"),
            mark(
                "In epoch {epoch} the mean loss fell below {threshold} for the first time;"
                " in the last epoch it is {loss}."
            ),
        ),
        Kind.LEFT: Sentence(
            mark("converged at epoch {epoch}, but left again: loss {loss}"),
            mark(
                "In epoch {epoch} the mean loss fell below {threshold}, but it did not stay there:"
                " in the last epoch it is {loss}."
            ),
        ),
        Kind.SIGN_TRAPPED: Sentence(
            mark("sign-trapped: {weights} tie at {size}"),
            mark(
                "{weights} are the smallest in size together ({size}), so none of them can cross"
                " zero alone. The product of the weights has the wrong sign, {product}, where the"
                " data want {slope}: the chain is drawn into w = 0, and by the end these weights"
                " are {now} in size."
            ),
        ),
        Kind.DEAD: Sentence(
            mark("dead ReLU: layer {layer} answers 0 to every sample"),
            mark(
                "Layer {layer} answers 0 to {samples} of {samples} samples. The slope of ReLU is 0"
                " there, so every gradient is 0, no weight changes, and the loss stays {loss}."
            ),
        ),
        Kind.STUCK: Sentence(
            mark("stuck: every gradient is 0, the loss is {loss}"),
            mark(
                "Every gradient is exactly 0, for {samples} of {samples} samples, though the loss"
                " is {loss}: no update can change a weight any more."
            ),
        ),
        Kind.FITTED: Sentence(
            mark("as low as it gets: loss {loss}"),
            mark(
                "With the final weights the mean loss is {loss}, and no weights bring it below"
                " {floor}."
            ),
        ),
        Kind.OSCILLATING: Sentence(
            mark("oscillating: curvature {curvature}, edge 2/α = {edge}"),
            mark(
                "{overshoots} of the last {updates} updates jumped past their target, with errors"
                " up to {error}; the mean loss of the last epoch is {loss}. The curvature is"
                " {curvature} on average, and steps with this learning rate are stable only below"
                " the edge, 2/α = {edge}."
            ),
        ),
        Kind.SADDLE: Sentence(
            mark("plateau: the loss hardly leaves {loss}"),
            mark(
                "Near the saddle w = 0: no answer is larger than {output} in size, so the loss"
                " hardly leaves {silent}, that of answering 0. In the last quarter of the epochs"
                " it changed by {change}; the largest gradient is {gradient}."
            ),
        ),
        Kind.PLATEAU: Sentence(
            mark("plateau: the loss hardly leaves {loss}"),
            mark(
                "In the last quarter of the epochs the mean loss changed by {change} only;"
                " the largest gradient is {gradient}."
            ),
        ),
        Kind.LEAVING: Sentence(
            mark("leaving the plateau: loss {loss}"),
            mark(
                "The mean loss was {earlier} in epoch {epoch}, close to the {silent} of answering"
                " 0, and is {loss} in the last one: the chain is leaving the plateau near w = 0."
            ),
        ),
        Kind.CONVERGING: Sentence(
            mark("converging: loss {loss}, about {left} more epochs"),
            mark(
                "The mean loss is {loss}, and of late it falls to {factor} of itself in an epoch."
                " At this pace it is below {threshold} after about {left} more epochs."
            ),
        ),
        Kind.UNSETTLED: Sentence(
            mark("not converged: loss {loss} in the last epoch"),
            mark("The mean loss went from {earlier} in epoch {epoch} to {loss} in the last one."),
        ),
        Kind.WRONG_GRADIENT: Sentence(
            mark("wrong gradients: relative error up to {error}"),
            mark(
                "The algorithm is a slip. At the start it takes {gradient} for the gradient of"
                " {weight}, where the central difference is {numeric}."
            ),
        ),
        Kind.TOO_STEEP: Sentence(
            mark("learning rate too large: curvature {curvature}, edge 2/α = {edge}"),
            mark(
                "From epoch {epoch}, sample {sample} on, the curvature was above 2/α = {edge}, at"
                " first {curvature}: too steep for steps of this size."
            ),
        ),
        Kind.UNEVEN: Sentence(
            mark("too steep: sample {sample} alone, curvature {curvature}"),
            mark(
                "The samples' inputs differ in size. On average the curvature is {mean}, below"
                " 2/α = {edge}, but each sample makes an update of its own, and for sample"
                " {sample} it is {curvature}."
            ),
        ),
        Kind.OVERSHOOTING: Sentence(
            mark("close to the edge: curvature {curvature}, edge 2/α = {edge}"),
            mark(
                "The curvature {curvature} is between 1/α and 2/α = {edge}: an update jumps past"
                " the target, and leaves {shrink} of the error on the other side."
            ),
        ),
        Kind.CROSSING: Sentence(
            mark("{weight} has to cross zero"),
            mark(
                "The product of the weights, {product}, has the wrong sign: the data want {slope}."
                " Only the smallest weight can cross zero, and {weight} = {value} is smaller in"
                " size than any other (next: {next})."
            ),
        ),
        Kind.NO_LINE: Sentence(
            mark("no line fits: the loss can't fall below {floor}"),
            mark(
                "A linear chain is a line through 0, and the best one, e = {slope}·x, still has"
                " the mean loss {floor}."
            ),
        ),
        Kind.OUT_OF_RANGE: Sentence(
            mark("targets out of reach: the loss can't fall below {floor}"),
            mark(
                "The target {target} of sample {sample} lies outside of what {activation} can"
                " answer, so no weights bring the mean loss below {floor}."
            ),
        ),
        Kind.SATURATED: Sentence(
            mark("saturated: layer {layer}"),
            mark(
                "In layer {layer} the slope of {activation} is {derivative} on average, where up to"
                " {largest} is possible: little of the public derivative passes through."
            ),
        ),
        Kind.VANISHING: Sentence(
            mark("vanishing with depth: × {factor} a layer"),
            mark(
                "At the start the public derivative arrives at layer 1 with {start} of its size at"
                " layer {last}, × {factor} a layer; by the end with {now}."
            ),
        ),
        Kind.EXPLODING: Sentence(
            mark("exploding with depth: × {factor} a layer"),
            mark(
                "At the start the public derivative arrives at layer 1 with {start} times its size"
                " at layer {last}: × {factor} a layer."
            ),
        ),
    }
)

_NAMED = 4
"""Of more layers than this, only the first two and the last are named."""


def filled(
    template: str,
    found: Finding,
    number: Callable[[float], str],
    weight: Callable[[int], str],
    say: Callable[[str], str] = str,
) -> str:
    """Return a sentence of `found` with its gaps filled.

    `template` is `Sentence.short` or `.long` in any language; `number` writes a number, `weight`
    the name of a layer's weight, `say` translates the name of an activation.
    """
    values = {name: _text(value, number, say) for name, value in found.numbers.items()}
    layer, layers = found.numbers.get("layer"), found.numbers.get("tied")
    if isinstance(layer, int):
        values["weight"] = weight(layer)
    if isinstance(layers, tuple):
        values["weights"] = _enumerated([weight(i) for i in layers])
    return template.format(**values)


def _text(value: Number, number: Callable[[float], str], say: Callable[[str], str]) -> str:
    if isinstance(value, float):
        return number(value)
    return say(value) if isinstance(value, str) else str(value)


def _enumerated(names: list[str]) -> str:
    if len(names) > _NAMED:
        names = [*names[:2], "…", names[-1]]
    return ", ".join(names)
