"""The error of the gradient check over ε: why there is a best ε, and where it lies.

A large ε has a truncation error (∝ ε²), a small one a rounding error (∝ 1/ε): over ε, the error of
a right gradient is a V on logarithmic axes. Where the loss is a parabola in each single weight,
only the rounding is left. A wrong gradient stays wrong at any ε: its curve lies flat.
"""

import math
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from engine.checking.around import Around, is_parabola
from engine.checking.gradient_check import relative_error
from engine.experiment import Experiment, Sample

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
    """The errors of one weight's gradient against its central difference, one for each ε.

    `layer` counts from 1. `best` is the ε of the lowest relative error (the largest of them
    where several have it), None where no error is a finite number.
    """

    layer: int
    relative: tuple[float, ...]
    absolute: tuple[float, ...]
    best: float | None


def error_curve(
    experiment: Experiment,
    weights: Sequence[float],
    sample: Sample,
    layer: int,
    gradient: float,
    epsilons: Sequence[float] = EPSILONS,
) -> ErrorCurve:
    """Return the errors of `gradient` at `weights` for layer `layer`, over `epsilons`."""
    around = Around(experiment, weights, sample)
    differences = [around.difference(layer, epsilon) for epsilon in epsilons]
    relative = tuple(relative_error(gradient, numeric) for numeric in differences)
    absolute = tuple(abs(gradient - numeric) for numeric in differences)
    return ErrorCurve(layer, relative, absolute, _lowest(relative, epsilons))


def best_epsilon(
    curves: Iterable[ErrorCurve], epsilons: Sequence[float] = EPSILONS
) -> float | None:
    """Return the ε at which the worst of several weights is best; None where none is finite."""
    columns = list(zip(*(curve.relative for curve in curves), strict=True))
    if not columns:
        return None
    return _lowest([max(column, key=_nan_last) for column in columns], epsilons)


def _nan_last(error: float) -> float:
    return error if math.isfinite(error) else math.inf


def _lowest(errors: Sequence[float], epsilons: Sequence[float]) -> float | None:
    finite = [(e, -epsilon) for e, epsilon in zip(errors, epsilons, strict=True) if e < math.inf]
    return -min(finite)[1] if finite else None


class Shape(StrEnum):
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
    weights: Sequence[float],
    sample: Sample,
    gradients: Sequence[float],
) -> Shape:
    """Return why the curves of `gradients` at `weights` look as they do."""
    if not all(map(math.isfinite, (*weights, *gradients))):
        return Shape.NOT_FINITE
    if not any(gradients):
        return Shape.ZERO
    largest, smallest = EPSILONS[0], EPSILONS[-1]
    if 2 * largest * max(map(abs, gradients)) < sys.float_info.min:
        return Shape.TOO_SMALL
    around = Around(experiment, weights, sample)
    if not math.isfinite(sum(around.outputs(1, smallest)) + around.difference(1, smallest)):
        return Shape.TOO_LARGE
    if not is_parabola(experiment.activation):
        return Shape.V
    kinked = any(around.has_kink(layer, largest) for layer in range(1, len(weights) + 1))
    return Shape.KINKED if kinked else Shape.PARABOLA
