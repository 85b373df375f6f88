"""The gradient check: an algorithm's gradients against central differences.

The central difference (L(w + ε) − L(w − ε)) / 2ε knows nothing of the chain rule; it only runs
the chain forward twice. Bands of the relative error after the notes of Stanford's course CS231n.
"""

import math
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from engine.chain import ACTIVATIONS, Learner, forward, loss, output_of
from engine.experiment import Experiment, Sample
from engine.problem import Problem, Spot, finite, mark, shown

EPSILON = 1e-4
"""The ε of the article."""

Progress = Callable[[float], None] | None
"""Whom to tell now and then which share is done, from 0 to 1."""


class Verdict(StrEnum):
    """What the comparison says of one gradient.

    `UNRESOLVED`: the two differ by no more than the rounding of the difference itself, so that
    at this ε nothing can be said against the gradient; `TRUNCATED`: by no more than what the
    difference misses because the loss bends between w − ε and w + ε. Both keep a vanishing
    gradient from raising a false alarm without calling it right.
    """

    RIGHT = "right"
    KINKS = "acceptable only near kinks"
    SUSPICIOUS = "suspicious"
    WRONG = "wrong"
    UNRESOLVED = "within rounding"
    TRUNCATED = "within truncation"
    NOT_FINITE = "not finite"


ALARMS = frozenset({Verdict.SUSPICIOUS, Verdict.WRONG})
"""The verdicts against a gradient."""

UNTOLD = frozenset({Verdict.UNRESOLVED, Verdict.TRUNCATED})
"""The verdicts by which an error is no larger than that of the difference, and says nothing."""

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
    around = Around(experiment, weights, sample)
    return around.difference(layer, epsilon)


class Around:
    """The losses around some weights: one weight moved by ±ε, the others as they are."""

    def __init__(self, experiment: Experiment, weights: Sequence[float], sample: Sample) -> None:
        self._activation = experiment.activation
        self._weights = tuple(weights)
        self._target = sample.target
        self._latest: tuple[tuple[int, float], tuple[float, float]] | None = None
        self._outputs = [0.0] * (len(self._weights) + 1)
        forward(self._weights, sample.x, ACTIVATIONS[self._activation].function, self._outputs)

    def outputs(self, layer: int, epsilon: float) -> tuple[float, float]:
        """Return e with wᵢ + ε and with wᵢ − ε. Only the layers from i on change."""
        if self._latest is None or self._latest[0] != (layer, epsilon):
            w, arriving = self._weights[layer - 1], self._outputs[layer - 1]
            behind = self._weights[layer:]
            ends = (
                output_of((w + epsilon, *behind), arriving, self._activation),
                output_of((w - epsilon, *behind), arriving, self._activation),
            )
            self._latest = (layer, epsilon), ends
        return self._latest[1]

    def difference(self, layer: int, epsilon: float) -> float:
        """Return (L(wᵢ + ε) − L(wᵢ − ε)) / 2ε."""
        above, below = self.outputs(layer, epsilon)
        return (loss(above, self._target) - loss(below, self._target)) / (2 * epsilon)

    def rounding(self, layer: int, epsilon: float) -> float:
        """Return how large the rounding error of layer i's central difference can be.

        With u the unit roundoff, e carries an error of about 2n·u·|e| after n layers (a product
        and an activation each); hence d = e − ê has δ = u·(2n·|e| + |d|), and L = ½d² has
        |d|·δ + δ² + u·d². The difference has the errors of two such losses over 2ε (after
        Higham, Accuracy and Stability of Numerical Algorithms, §3.1).
        """
        u = sys.float_info.epsilon
        both = 0.0
        for e in self.outputs(layer, epsilon):
            d = abs(e - self._target)
            delta = u * (2 * len(self._weights) * abs(e) + d)
            both += d * delta + delta * delta + u * d * d
        return both / (2 * epsilon)

    def truncation(self, layer: int, epsilon: float) -> float:
        """Return about how far the bending of the loss takes the difference off; 0 for a parabola.

        The error is c·ε² at first; the difference over 2ε has four times of it, so a third of
        what lies between the two is c·ε² (Richardson 1911).
        """
        if is_parabola(self._activation):
            return 0.0
        return abs(self.difference(layer, 2 * epsilon) - self.difference(layer, epsilon)) / 3

    def has_kink(self, layer: int, epsilon: float) -> bool:
        """Tell whether a ReLU opens or closes between wᵢ − ε and wᵢ + ε."""
        if self._activation != "relu":
            return False
        w, arriving = self._weights[layer - 1], self._outputs[layer - 1]
        function = ACTIVATIONS[self._activation].function
        after = [0.0] * (len(self._weights) - layer + 2)
        patterns = set()
        for moved in (w - epsilon, w, w + epsilon):
            forward((moved, *self._weights[layer:]), arriving, function, after)
            patterns.add(tuple(a > 0.0 for a in after[1:]))
        return len(patterns) > 1


def is_parabola(activation: str) -> bool:
    """Tell whether the loss is a parabola in each single weight, at least between kinks.

    It is where the activation is made of straight pieces; a central difference then has no
    truncation error.
    """
    return activation in ("identity", "relu")


def check_gradients(
    experiment: Experiment,
    weights: Sequence[float],
    sample: Sample,
    epsilon: float = EPSILON,
    progress: Progress = None,
) -> tuple[GradientCheck, ...]:
    """Compare each gradient at `weights` with its central difference, layer 1 first.

    Layer by layer, `progress` is told which share is done. Raises `Problem` for an ε that is not a
    finite number above 0.
    """
    analytic = gradients(experiment, weights, sample)
    return compare(experiment, weights, sample, analytic, epsilon, progress)


def compare(
    experiment: Experiment,
    weights: Sequence[float],
    sample: Sample,
    analytic: Sequence[float],
    epsilon: float = EPSILON,
    progress: Progress = None,
) -> tuple[GradientCheck, ...]:
    """Compare gradients from anywhere with the central differences at `weights`.

    The article compares the gradients from before an update with differences after it.
    """
    epsilon = checked_epsilon(epsilon)
    around = Around(experiment, weights, sample)
    rows, n = [], len(analytic)
    for layer, gradient in enumerate(analytic, start=1):
        rows.append(_row(around, layer, gradient, epsilon))
        if progress is not None:
            # Each layer runs the chain from there on.
            progress(layer * (2 * n - layer) / (n * n))
    return tuple(rows)


def checked_epsilon(value: object) -> float:
    """Return `value` as an ε; raise `Problem` where it is not a finite number above 0."""
    epsilon = finite(value, Spot("epsilon"))
    if epsilon <= 0:
        raise Problem(
            mark("{spot} must be greater than 0, not {value}."),
            Spot("epsilon"),
            value=shown(value),
        )
    return epsilon


def check_after_update(
    experiment: Experiment,
    weights: Sequence[float],
    sample: Sample,
    epsilon: float = EPSILON,
) -> tuple[GradientCheck, ...]:
    """Compare as the article does: the gradients at `weights` with differences after the update.

    It is no check of the gradients: even right ones differ, by as much as the update moved them.
    """
    return _after(experiment.learner(weights), experiment, sample, epsilon)


def after_update(
    experiment: Experiment,
    epsilon: float,
    learner: Learner | None = None,
    progress: Progress = None,
) -> Iterator[tuple[int, tuple[GradientCheck, ...]]]:
    """Yield what the article prints: gradients from before an update, differences after it.

    One epoch: each sample's number (from 1) and its rows. It goes on from `learner`, which learns
    by it, or begins with the initial weights; the weights change from one sample to the next.
    `progress` is told which share of the epoch is done.
    """
    learner = experiment.learner() if learner is None else learner
    for i, sample in enumerate(experiment.samples, start=1):
        tell = part(progress, i - 1, len(experiment.samples))
        yield i, _after(learner, experiment, sample, epsilon, tell)


def part(progress: Progress, done: int, of: int) -> Progress:
    """Return what tells of the next of so many equal parts to `progress`."""
    return None if progress is None else lambda share: progress((done + share) / of)


def _after(
    learner: Learner,
    experiment: Experiment,
    sample: Sample,
    epsilon: float,
    progress: Progress = None,
) -> tuple[GradientCheck, ...]:
    learner.learn(sample.x, sample.target)
    return compare(experiment, learner.weights, sample, learner.gradients, epsilon, progress)


def relative_error(a: float, b: float) -> float:
    """Return |a − b| / max(|a|, |b|); 0 where both are zero."""
    largest = max(abs(a), abs(b))
    return abs(a - b) / largest if largest != 0.0 else 0.0


def _row(around: Around, layer: int, gradient: float, epsilon: float) -> GradientCheck:
    numeric = around.difference(layer, epsilon)
    absolute = abs(gradient - numeric)
    relative = relative_error(gradient, numeric)
    verdict = _verdict(relative)
    if verdict not in (Verdict.RIGHT, Verdict.NOT_FINITE):
        floor = around.rounding(layer, epsilon)
        if absolute <= floor:
            verdict = Verdict.UNRESOLVED
        elif verdict in ALARMS and absolute <= floor + 2 * around.truncation(layer, epsilon):
            verdict = Verdict.TRUNCATED
    return GradientCheck(layer, gradient, numeric, absolute, relative, verdict)


def _verdict(relative: float) -> Verdict:
    if not math.isfinite(relative):
        return Verdict.NOT_FINITE
    return next((band for bound, band in _BANDS if relative <= bound), Verdict.WRONG)
