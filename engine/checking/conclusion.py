"""The conclusion of a gradient check: where it detects a mistake, and why not elsewhere.

The check only compares numbers. This module also runs backpropagation on the same chain, and so
distinguishes a wrong gradient from an inaccurate difference, and a right gradient from a mistake
that happens to change nothing here. Everything is derived from the numbers of one sample.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from engine.chain import differentiated
from engine.checking.around import Around, Factor
from engine.checking.gradient_check import (
    ALARMS,
    NO_VERDICT,
    GradientCheck,
    Verdict,
    gradients,
    relative_error,
)
from engine.experiment import Experiment, Sample
from engine.parameters import parameter_of, values_by_name
from engine.quantities import Name
from engine.steps import true_results

_SAME = 1e-12
"""Gradients that differ by less, relatively, differ by roundings of the same product."""


class OverallVerdict(StrEnum):
    """The result of the check as a whole.

    `CAUGHT`: gradients are wrong and it shows. `UNSEEN`: the algorithm contains a mistake, but the
    check does not detect it here. `DIFFERENCE_OFF`: the gradients are right where they differ, and
    it is the central difference that is wrong. `NO_VERDICT`: the differences are too coarse, or
    everything is 0, so nothing is said of any gradient.
    """

    RIGHT = "right"
    CAUGHT = "caught"
    UNSEEN = "unseen"
    DIFFERENCE_OFF = "difference off"
    NO_VERDICT = "no verdict"
    NOT_FINITE = "not finite"


class Reason(StrEnum):
    """The reason for what the check says of a layer.

    `CAUGHT`: the gradient is wrong, and that shows. The gradient is 0 with any algorithm:
    `TARGET_MET`, `ZERO_INPUT`, `CLOSED` (f′ = 0 there or in a later layer), `ZERO_WEIGHT` (in a
    later layer), `UNDERFLOW`. The mistake leaves it right: `UNTOUCHED` (the algorithm's steps to it
    are those of backpropagation), `HARMLESS` (the numbers happen to be such; the algorithm's record
    has the words). It is wrong, but the check can't see it: `BELOW_BANDS`,
    `BELOW_ROUNDING`. There is no verdict: `KINK`, `TRUNCATION`, `ROUNDING`, `STEP_LOST` (w ± ε is w
    again), `TOO_SMALL` and `TOO_LARGE` (the loss underflows or overflows), `NOT_FINITE`.
    """

    CAUGHT = "caught"
    TARGET_MET = "target met"
    ZERO_INPUT = "zero input"
    CLOSED = "closed"
    ZERO_WEIGHT = "zero weight"
    UNDERFLOW = "underflow"
    UNTOUCHED = "untouched"
    HARMLESS = "harmless"
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
    """A reason, and the parameters for whose gradients it holds.

    `slip` is the largest relative error of a gradient against the right one there.
    """

    reason: Reason
    names: tuple[Name, ...]
    slip: float = 0.0


@dataclass(frozen=True, slots=True)
class Conclusion:
    """The result of a gradient check.

    `error` is the largest relative error of the wrong gradients, or, if none is wrong, of all that
    have a verdict (None if none has). `remarks` are in the order of `Reason`; a gradient is in at
    most one. `suspicious` are the caught gradients whose verdict is only "suspicious"; those in
    `no_verdict` have none. Gradients are named by their parameters.
    """

    verdict: OverallVerdict
    error: float | None
    remarks: tuple[Remark, ...]
    suspicious: tuple[Name, ...] = ()
    no_verdict: tuple[Name, ...] = ()

    @property
    def caught(self) -> tuple[Name, ...]:
        """The gradients that are wrong, where the check detects it."""
        return next((r.names for r in self.remarks if r.reason is Reason.CAUGHT), ())


def conclude(
    experiment: Experiment,
    theta: Sequence[float],
    sample: Sample,
    rows: Sequence[GradientCheck],
    epsilon: float,
) -> Conclusion:
    """Return what the `rows` of `check_gradients` at `theta` prove, for this sample and ε."""
    comparison = _Comparison(experiment, theta, sample, epsilon)
    reasons = {row.name: comparison.at(row) for row in rows}
    remarks = tuple(
        Remark(reason, names, max(map(comparison.slip, names)))
        for reason in Reason
        if (names := tuple(name for name, found in reasons.items() if found is reason))
    )
    verdict = _overall_verdict(experiment, rows, reasons, comparison)
    caught = [row for row in rows if reasons[row.name] is Reason.CAUGHT]
    no_verdict = [row for row in rows if row.verdict in NO_VERDICT]
    shown = [row for row in rows if row.verdict not in NO_VERDICT]
    if verdict is OverallVerdict.CAUGHT:
        shown = caught
    elif verdict is OverallVerdict.DIFFERENCE_OFF:
        shown = [row for row in rows if row.verdict is Verdict.AT_KINK]
    return Conclusion(
        verdict,
        max((row.relative_error for row in shown), default=None),
        remarks,
        tuple(row.name for row in caught if row.verdict is Verdict.SUSPICIOUS),
        tuple(row.name for row in no_verdict),
    )


def _overall_verdict(
    experiment: Experiment,
    rows: Sequence[GradientCheck],
    reasons: Mapping[Name, Reason | None],
    comparison: "_Comparison",
) -> OverallVerdict:
    if Reason.CAUGHT in reasons.values():
        return OverallVerdict.CAUGHT
    if Reason.NOT_FINITE in reasons.values():
        return OverallVerdict.NOT_FINITE
    kinked = [row.name for row in rows if row.verdict is Verdict.AT_KINK]
    if kinked and all(comparison.slip(name) <= _SAME for name in kinked):
        return OverallVerdict.DIFFERENCE_OFF
    if all(row.verdict in NO_VERDICT or row.gradient == 0.0 for row in rows):
        return OverallVerdict.NO_VERDICT
    return OverallVerdict.RIGHT if experiment.structure.by.is_right else OverallVerdict.UNSEEN


class _Comparison:
    """The same update by the experiment's algorithm and by backpropagation."""

    def __init__(
        self, experiment: Experiment, theta: Sequence[float], sample: Sample, epsilon: float
    ) -> None:
        self._structure, self._epsilon = experiment.structure, epsilon
        self._around = Around(experiment, theta, sample)
        right = differentiated(
            theta, sample.x, sample.target, experiment.activation, experiment.parameters
        )
        found = gradients(experiment, theta, sample)
        self._found = values_by_name(experiment.parameters, found)
        self._right = values_by_name(experiment.parameters, right.theta_gradients)

    def slip(self, name: Name) -> float:
        """Return the relative error of a gradient against the right one."""
        return relative_error(self._found[name], self._right[name])

    def at(self, row: GradientCheck) -> Reason | None:
        """Return why a row is as it is; None where nothing has to be said."""
        slip = self.slip(row.name)
        if not math.isfinite(slip) or not math.isfinite(row.gradient):
            return Reason.NOT_FINITE
        if row.verdict is Verdict.NOT_FINITE:
            return Reason.TOO_LARGE
        if row.verdict in ALARMS:
            return Reason.CAUGHT
        if row.verdict is Verdict.AT_KINK:
            return Reason.KINK
        if slip > _SAME:
            return Reason.BELOW_ROUNDING if row.verdict in NO_VERDICT else Reason.BELOW_BANDS
        if self._right[row.name] == 0.0:
            return self._why_zero(row.name)
        if row.verdict is not Verdict.RIGHT:
            return self._why_off(row)
        return self._why_right(row.name)

    def _why_off(self, row: GradientCheck) -> Reason:
        if self._around.has_kink(row.name, self._epsilon):
            return Reason.KINK
        if row.verdict is Verdict.UNDERFLOW:
            return Reason.TOO_SMALL
        if row.verdict is not Verdict.UNRESOLVED and not self._structure.f.is_straight:
            return Reason.TRUNCATION
        lost = self._around.is_lost(row.name, self._epsilon)
        return Reason.STEP_LOST if lost else Reason.ROUNDING

    def _why_zero(self, name: Name) -> Reason:
        factor = self._around.zero_factor(name)
        return Reason.UNDERFLOW if factor is None else _ZERO[factor]

    def _why_right(self, name: Name) -> Reason | None:
        """Return why the mistake left this gradient right.

        Each mistake changes one thing, so an unchanged gradient that is not 0 leaves one reason.
        """
        by = self._structure.by
        gradient = parameter_of(name.quantity).gradient_of(name.layer)
        if by.untouched and gradient in true_results(self._structure):
            return Reason.UNTOUCHED
        return Reason.HARMLESS if by.harmless else None


_ZERO = {
    Factor.MISS: Reason.TARGET_MET,
    Factor.INPUT: Reason.ZERO_INPUT,
    Factor.SLOPE: Reason.CLOSED,
    Factor.WEIGHT: Reason.ZERO_WEIGHT,
}
