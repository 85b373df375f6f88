"""What a gradient check finds: in which layers it detects a mistake, and why not in the others.

The check only compares numbers. This module also runs backpropagation on the same chain, and so
distinguishes a wrong gradient from an inaccurate difference, and a right gradient from a mistake
that happens to change nothing here. Everything is derived from the numbers of one sample.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from engine.chain import Learner
from engine.checking.around import Around, Factor, is_parabola
from engine.checking.gradient_check import ALARMS, UNTOLD, GradientCheck, Verdict, relative_error
from engine.experiment import Experiment, Sample

_SAME = 1e-12
"""Gradients that differ by less, relatively, differ by roundings of the same product."""


class Kind(StrEnum):
    """The result of the check as a whole.

    `CAUGHT`: gradients are wrong and it shows. `UNSEEN`: the algorithm contains a mistake, but the
    check does not detect it here. `DIFFERENCE_OFF`: the gradients are right where they differ, and
    it is the central difference that is wrong. `UNTOLD`: the differences are too coarse, or
    everything is 0, so nothing is said of any gradient.
    """

    RIGHT = "right"
    CAUGHT = "caught"
    UNSEEN = "unseen"
    DIFFERENCE_OFF = "difference off"
    UNTOLD = "untold"
    NOT_FINITE = "not finite"


class Reason(StrEnum):
    """The reason for what the check says of a layer.

    `CAUGHT`: the gradient is wrong, and that shows. The gradient is 0 with any algorithm:
    `TARGET_MET`, `ZERO_INPUT`, `CLOSED` (f′ = 0 there or in a later layer), `ZERO_WEIGHT` (in a
    later layer), `UNDERFLOW`. The mistake leaves it right: `ONE_LAYER` and `TAKEN_FIRST` (in_place
    takes the last gradient before any weight has changed), `UNCHANGED` (the weights of the later
    layers hardly changed), `SAME_FACTOR`, `NO_BEND` (f′ = 1 there and in all later layers),
    `SAME_OUTPUT` (aᵢ = aᵢ₋₁). It is wrong, but the check can't see it: `BELOW_BANDS`,
    `BELOW_ROUNDING`. There is no verdict: `KINK`, `TRUNCATION`, `ROUNDING`, `STEP_LOST` (w ± ε is w
    again), `TOO_SMALL` and `TOO_LARGE` (the loss underflows or overflows), `NOT_FINITE`.
    """

    CAUGHT = "caught"
    TARGET_MET = "target met"
    ZERO_INPUT = "zero input"
    CLOSED = "closed"
    ZERO_WEIGHT = "zero weight"
    UNDERFLOW = "underflow"
    ONE_LAYER = "one layer"
    TAKEN_FIRST = "taken first"
    UNCHANGED = "unchanged"
    SAME_FACTOR = "same factor"
    NO_BEND = "no bend"
    SAME_OUTPUT = "same output"
    BELOW_BANDS = "below the bands"
    BELOW_ROUNDING = "below rounding"
    KINK = "kink"
    TRUNCATION = "truncation"
    ROUNDING = "rounding"
    STEP_LOST = "step lost"
    TOO_SMALL = "too small"
    TOO_LARGE = "too large"
    NOT_FINITE = "not finite"


ZERO = frozenset(
    {
        Reason.TARGET_MET,
        Reason.ZERO_INPUT,
        Reason.CLOSED,
        Reason.ZERO_WEIGHT,
        Reason.UNDERFLOW,
    }
)
"""The reasons for a gradient of 0, where all algorithms give the same."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A reason and the layers it holds for.

    `slip` is the largest relative error of a gradient against the right one there.
    """

    reason: Reason
    layers: tuple[int, ...]
    slip: float = 0.0


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of a gradient check.

    `error` is the largest relative error of the layers that are caught; where none is, the
    largest that tells anything (None where none does). `remarks` come in the order of `Reason`,
    with each layer in one of them at most. Of the layers that are caught, the rows of `suspicious`
    ones say no more than that; of the layers in `untold` nothing is said.
    """

    kind: Kind
    error: float | None
    remarks: tuple[Remark, ...]
    suspicious: tuple[int, ...] = ()
    untold: tuple[int, ...] = ()

    @property
    def caught(self) -> tuple[int, ...]:
        """The layers whose gradient is wrong, where the check detects it."""
        return next((r.layers for r in self.remarks if r.reason is Reason.CAUGHT), ())


def finding(
    experiment: Experiment,
    weights: Sequence[float],
    sample: Sample,
    rows: Sequence[GradientCheck],
    epsilon: float,
) -> Finding:
    """Return the result of the rows of `check_gradients` at `weights`."""
    look = _Look(experiment, weights, sample, epsilon)
    reasons = {row.layer: look.at(row) for row in rows}
    remarks = tuple(
        Remark(reason, layers, max(look.slip(i) for i in layers))
        for reason in Reason
        if (layers := tuple(i for i, found in reasons.items() if found is reason))
    )
    kind = _kind(experiment.algorithm, rows, reasons, look)
    caught = [row for row in rows if reasons[row.layer] is Reason.CAUGHT]
    untold = [row for row in rows if row.verdict in UNTOLD]
    shown = [row for row in rows if row.verdict not in UNTOLD]
    if kind is Kind.CAUGHT:
        shown = caught
    elif kind is Kind.DIFFERENCE_OFF:
        shown = [row for row in rows if row.verdict is Verdict.AT_KINK]
    return Finding(
        kind,
        max((row.relative_error for row in shown), default=None),
        remarks,
        tuple(row.layer for row in caught if row.verdict is Verdict.SUSPICIOUS),
        tuple(row.layer for row in untold),
    )


def _kind(
    algorithm: str,
    rows: Sequence[GradientCheck],
    reasons: Mapping[int, Reason | None],
    look: "_Look",
) -> Kind:
    if Reason.CAUGHT in reasons.values():
        return Kind.CAUGHT
    if Reason.NOT_FINITE in reasons.values():
        return Kind.NOT_FINITE
    kinked = [row.layer for row in rows if row.verdict is Verdict.AT_KINK]
    if kinked and all(look.slip(layer) <= _SAME for layer in kinked):
        return Kind.DIFFERENCE_OFF
    if all(row.verdict in UNTOLD or row.gradient == 0.0 for row in rows):
        return Kind.UNTOLD
    return Kind.RIGHT if algorithm == "backprop" else Kind.UNSEEN


class _Look:
    """The same update by the experiment's algorithm and by backpropagation."""

    def __init__(
        self, experiment: Experiment, weights: Sequence[float], sample: Sample, epsilon: float
    ) -> None:
        self._experiment, self._weights, self._sample = experiment, weights, sample
        self._epsilon = epsilon
        self._around = Around(experiment, weights, sample)
        self._found = experiment.learner(weights)
        rate, activation = experiment.learning_rate, experiment.activation
        self._right = Learner(weights, rate, activation, "backprop")
        for learner in (self._found, self._right):
            learner.learn(sample.x, sample.target)

    def slip(self, layer: int) -> float:
        """Return the relative error of a gradient against the right one."""
        return relative_error(self._found.gradients[layer - 1], self._right.gradients[layer - 1])

    def at(self, row: GradientCheck) -> Reason | None:
        """Return why a layer's row is as it is; None where nothing has to be said."""
        slip = self.slip(row.layer)
        if not math.isfinite(slip) or not math.isfinite(row.gradient):
            return Reason.NOT_FINITE
        if row.verdict is Verdict.NOT_FINITE:
            return Reason.TOO_LARGE
        if row.verdict in ALARMS:
            return Reason.CAUGHT
        if row.verdict is Verdict.AT_KINK:
            return Reason.KINK
        if slip > _SAME:
            return Reason.BELOW_ROUNDING if row.verdict in UNTOLD else Reason.BELOW_BANDS
        if self._right.gradients[row.layer - 1] == 0.0:
            return self._why_zero(row.layer)
        if row.verdict is not Verdict.RIGHT:
            return self._why_off(row)
        return self._why_right(row.layer)

    def _why_off(self, row: GradientCheck) -> Reason:
        if self._around.has_kink(row.layer, self._epsilon):
            return Reason.KINK
        if row.verdict is Verdict.UNDERFLOW:
            return Reason.TOO_SMALL
        straight = is_parabola(self._experiment.activation)
        if row.verdict is not Verdict.UNRESOLVED and not straight:
            return Reason.TRUNCATION
        lost = self._around.is_lost(row.layer, self._epsilon)
        return Reason.STEP_LOST if lost else Reason.ROUNDING

    def _why_zero(self, layer: int) -> Reason:
        factor = self._around.zero_factor(layer)
        return Reason.UNDERFLOW if factor is None else _ZERO[factor]

    def _why_right(self, layer: int) -> Reason | None:
        """Return why the mistake left this gradient right.

        Each mistake changes one thing, so an unchanged gradient that is not 0 leaves one reason.
        """
        layers = self._experiment.layers
        if self._experiment.algorithm == "in_place" and layer == layers:
            return Reason.ONE_LAYER if layers == 1 else Reason.TAKEN_FIRST
        return _HARMLESS.get(self._experiment.algorithm)


_HARMLESS = {
    "in_place": Reason.UNCHANGED,
    "front_to_back": Reason.SAME_FACTOR,
    "no_local_derivative": Reason.NO_BEND,
    "own_output": Reason.SAME_OUTPUT,
}
_ZERO = {
    Factor.MISS: Reason.TARGET_MET,
    Factor.INPUT: Reason.ZERO_INPUT,
    Factor.SLOPE: Reason.CLOSED,
    Factor.WEIGHT: Reason.ZERO_WEIGHT,
}
