"""The error of the gradient check as a function of ε, and the best ε.

A large ε has a truncation error (∝ ε²), a small one a rounding error (∝ 1/ε): over ε, the error of
a right gradient is a V on logarithmic axes. Where the loss is a parabola in each single weight,
only the rounding is left. A wrong gradient stays wrong at any ε: its curve lies flat.
"""

import math
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from engine.checking.around import Around
from engine.checking.gradient_check import relative_error
from engine.experiment import Experiment, Sample
from engine.parameters import WEIGHT, values_by_name
from engine.quantities import Name

DECADES = 14
EPSILONS = (
    1.0,
    *(
        float(f"{mantissa}e-{decade}")
        for decade in range(1, DECADES + 1)
        for mantissa in (5.62, 3.16, 1.78, 1)
    ),
)
"""From 1 to 10⁻¹⁴, four a decade, as evenly spaced on a logarithmic axis as three digits can."""


@dataclass(frozen=True, slots=True)
class ErrorCurve:
    """The errors of one gradient against its central difference, one for each ε.

    `name` is that of the parameter. `best` is the ε of the lowest relative error (the largest of
    them where several have it), None where no error is a finite number.
    """

    name: Name
    relative: tuple[float, ...]
    absolute: tuple[float, ...]
    best: float | None


def error_curve(
    experiment: Experiment,
    theta: Sequence[float],
    sample: Sample,
    name: Name,
    gradient: float,
    epsilons: Sequence[float] = EPSILONS,
) -> ErrorCurve:
    """Return the errors of a parameter's `gradient` at `theta`, over `epsilons`."""
    around = Around(experiment, theta, sample)
    differences = [around.difference(name, epsilon) for epsilon in epsilons]
    relative = tuple(relative_error(gradient, numeric) for numeric in differences)
    absolute = tuple(abs(gradient - numeric) for numeric in differences)
    return ErrorCurve(name, relative, absolute, _lowest(relative, epsilons))


def best_epsilon(
    curves: Iterable[ErrorCurve], epsilons: Sequence[float] = EPSILONS
) -> float | None:
    """Return the ε with the smallest maximum error over several curves; None if none is finite."""
    columns = list(zip(*(curve.relative for curve in curves), strict=True))
    if not columns:
        return None
    return _lowest([max(column, key=_nan_last) for column in columns], epsilons)


def _nan_last(error: float) -> float:
    return error if math.isfinite(error) else math.inf


def _lowest(errors: Sequence[float], epsilons: Sequence[float]) -> float | None:
    finite = [(e, -epsilon) for e, epsilon in zip(errors, epsilons, strict=True) if e < math.inf]
    return -min(finite)[1] if finite else None


class CurveShape(StrEnum):
    """Why the curves of right gradients look as they do.

    `PARABOLA`: rounding only. `KINKED`: likewise, but a large ε reaches over a kink of the ReLU.
    `V`: the loss bends, too. `ZERO`: every gradient is 0, and a relative error says nothing.
    `TOO_SMALL`, `TOO_LARGE`: at every ε the losses underflow or overflow. `NOT_FINITE`: there is
    nothing to draw.
    """

    PARABOLA = "parabola"
    KINKED = "kinked"
    V = "v"
    ZERO = "zero"
    TOO_SMALL = "too small"
    TOO_LARGE = "too large"
    NOT_FINITE = "not finite"


def shape(
    experiment: Experiment,
    theta: Sequence[float],
    sample: Sample,
    gradients: Sequence[float],
) -> CurveShape:
    """Return why the curves of `gradients` at `theta` look as they do."""
    if not all(map(math.isfinite, (*theta, *gradients))):
        return CurveShape.NOT_FINITE
    if not any(gradients):
        return CurveShape.ZERO
    largest, smallest = EPSILONS[0], EPSILONS[-1]
    if 2 * largest * max(map(abs, gradients)) < sys.float_info.min:
        return CurveShape.TOO_SMALL
    around, first = Around(experiment, theta, sample), WEIGHT.of(1)
    if not math.isfinite(sum(around.outputs(first, smallest)) + around.difference(first, smallest)):
        return CurveShape.TOO_LARGE
    if not experiment.structure.f.is_straight:
        return CurveShape.V
    names = values_by_name(experiment.parameters, theta)
    kinked = any(around.has_kink(name, largest) for name in names)
    return CurveShape.KINKED if kinked else CurveShape.PARABOLA
