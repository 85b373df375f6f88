"""The gradient check: an algorithm's gradients against central differences.

The central difference (L(w + ε) − L(w − ε)) / 2ε knows nothing of the chain rule; it only runs
the chain forward twice. Bands of the relative error after the notes of Stanford's course CS231n.
"""

import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from engine.chain import loss, output_of
from engine.experiment import Experiment, Sample
from engine.problem import Problem, Spot, finite, mark, shown

EPSILON = 1e-4
"""The ε of the article."""


class Verdict(StrEnum):
    """What the comparison says of one gradient.

    `UNRESOLVED`: the two differ by no more than the rounding of the difference itself, so that
    at this ε nothing can be said against the gradient. It keeps a vanishing gradient from
    raising a false alarm without calling it right.
    """

    RIGHT = "right"
    KINKS = "right only with kinks"
    SUSPICIOUS = "suspicious"
    WRONG = "wrong"
    UNRESOLVED = "within rounding"
    NOT_FINITE = "not finite"


_BANDS = ((1e-7, Verdict.RIGHT), (1e-4, Verdict.KINKS), (1e-2, Verdict.SUSPICIOUS))


@dataclass(frozen=True, slots=True)
class GradientCheck:
    """One weight's gradient against its central difference; `layer` counts from 1."""

    layer: int
    gradient: float
    numeric: float
    absolute_error: float
    relative_error: float
    verdict: Verdict


def gradients(
    experiment: Experiment, weights: Sequence[float], sample: Sample
) -> tuple[float, ...]:
    """Return every ∂L/∂wᵢ as the experiment's algorithm computes it, right or wrong."""
    learner = experiment.learner(weights)
    learner.learn(sample.x, sample.target)
    return tuple(learner.gradients)


def central_difference(
    experiment: Experiment, weights: Sequence[float], sample: Sample, layer: int, epsilon: float
) -> float:
    """Return (L(wᵢ + ε) − L(wᵢ − ε)) / 2ε for layer i = `layer`, the other weights as they are."""
    above, below = _outputs(experiment, weights, sample, layer, epsilon)
    return (loss(above, sample.target) - loss(below, sample.target)) / (2 * epsilon)


def check_gradients(
    experiment: Experiment,
    weights: Sequence[float],
    sample: Sample,
    epsilon: float = EPSILON,
) -> tuple[GradientCheck, ...]:
    """Compare each gradient at `weights` with its central difference, layer 1 first.

    Raises `Problem` for an ε that is not a finite number above 0.
    """
    analytic = gradients(experiment, weights, sample)
    return compare(experiment, weights, sample, analytic, epsilon)


def compare(
    experiment: Experiment,
    weights: Sequence[float],
    sample: Sample,
    analytic: Sequence[float],
    epsilon: float = EPSILON,
) -> tuple[GradientCheck, ...]:
    """Compare gradients from anywhere with the central differences at `weights`.

    The article compares the gradients from before an update with differences after it.
    """
    if finite(epsilon, Spot("epsilon")) <= 0:
        raise Problem(
            mark("{spot} must be greater than 0, not {value}."),
            Spot("epsilon"),
            value=shown(epsilon),
        )
    weights = tuple(weights)
    return tuple(
        _row(experiment, weights, sample, layer, gradient, epsilon)
        for layer, gradient in enumerate(analytic, start=1)
    )


def rounding(
    experiment: Experiment, weights: Sequence[float], sample: Sample, layer: int, epsilon: float
) -> float:
    """Return how large the rounding error of layer i's central difference can be.

    With u the unit roundoff, e carries an error of about 2n·u·|e| after n layers (a product and
    an activation each); hence d = e − ê has δ = u·(2n·|e| + |d|), and L = ½d² has |d|·δ + δ² +
    u·d². The difference has the errors of two such losses over 2ε (after Higham, Accuracy and
    Stability of Numerical Algorithms, §3.1).
    """
    ends = _outputs(experiment, weights, sample, layer, epsilon)
    return _rounding(ends, len(weights), sample.target, epsilon)


def _outputs(
    experiment: Experiment, weights: Sequence[float], sample: Sample, layer: int, epsilon: float
) -> tuple[float, float]:
    """Return e with wᵢ + ε and with wᵢ − ε."""
    moved = list(weights)
    w = weights[layer - 1]
    moved[layer - 1] = w + epsilon
    above = output_of(moved, sample.x, experiment.activation)
    moved[layer - 1] = w - epsilon
    return above, output_of(moved, sample.x, experiment.activation)


def _rounding(ends: tuple[float, float], layers: int, target: float, epsilon: float) -> float:
    u = sys.float_info.epsilon
    both = 0.0
    for e in ends:
        d = abs(e - target)
        delta = u * (2 * layers * abs(e) + d)
        both += d * delta + delta * delta + u * d * d
    return both / (2 * epsilon)


def relative_error(a: float, b: float) -> float:
    """Return |a − b| / max(|a|, |b|); 0 where both are zero."""
    largest = max(abs(a), abs(b))
    return abs(a - b) / largest if largest != 0.0 else 0.0


def _row(
    experiment: Experiment,
    weights: Sequence[float],
    sample: Sample,
    layer: int,
    gradient: float,
    epsilon: float,
) -> GradientCheck:
    above, below = _outputs(experiment, weights, sample, layer, epsilon)
    numeric = (loss(above, sample.target) - loss(below, sample.target)) / (2 * epsilon)
    absolute = abs(gradient - numeric)
    relative = relative_error(gradient, numeric)
    floor = _rounding((above, below), len(weights), sample.target, epsilon)
    verdict = _verdict(absolute, relative, floor)
    return GradientCheck(layer, gradient, numeric, absolute, relative, verdict)


def _verdict(absolute: float, relative: float, floor: float) -> Verdict:
    if not math.isfinite(relative):
        return Verdict.NOT_FINITE
    verdict = next((band for bound, band in _BANDS if relative <= bound), Verdict.WRONG)
    if verdict is not Verdict.RIGHT and absolute <= floor:
        return Verdict.UNRESOLVED
    return verdict
