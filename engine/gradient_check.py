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

    def loss_with(weight: float) -> float:
        changed = _with(weights, layer, weight)
        return loss(output_of(changed, sample.x, experiment.activation), sample.target)

    w = weights[layer - 1]
    return (loss_with(w + epsilon) - loss_with(w - epsilon)) / (2 * epsilon)


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
    w = weights[layer - 1]
    both = sum(
        _loss_error(experiment, _with(weights, layer, moved), sample)
        for moved in (w + epsilon, w - epsilon)
    )
    return both / (2 * epsilon)


def _loss_error(experiment: Experiment, weights: Sequence[float], sample: Sample) -> float:
    u = sys.float_info.epsilon
    e = output_of(weights, sample.x, experiment.activation)
    d = abs(e - sample.target)
    delta = u * (2 * len(weights) * abs(e) + d)
    return d * delta + delta * delta + u * d * d


def _with(weights: Sequence[float], layer: int, weight: float) -> tuple[float, ...]:
    return (*weights[: layer - 1], weight, *weights[layer:])


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
    numeric = central_difference(experiment, weights, sample, layer, epsilon)
    absolute = abs(gradient - numeric)
    relative = relative_error(gradient, numeric)
    floor = rounding(experiment, weights, sample, layer, epsilon)
    verdict = _verdict(absolute, relative, floor)
    return GradientCheck(layer, gradient, numeric, absolute, relative, verdict)


def _verdict(absolute: float, relative: float, floor: float) -> Verdict:
    if not math.isfinite(relative):
        return Verdict.NOT_FINITE
    verdict = next((band for bound, band in _BANDS if relative <= bound), Verdict.WRONG)
    if verdict is not Verdict.RIGHT and absolute <= floor:
        return Verdict.UNRESOLVED
    return verdict
