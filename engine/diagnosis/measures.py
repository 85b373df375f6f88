"""Numbers that explain a run: curvature, invariants, what the data require.

Curvature is the mean over the samples of Σ(∂e/∂wᵢ)², the Gauss–Newton part of the curvature of the
mean loss along the gradient of e. At a minimum of a linear chain it is mean(x²)·Σ(P/wᵢ)² and plain
gradient descent is stable only while α < 2/curvature (the edge of stability: Cohen et al. 2021).
Chainstep updates after every sample, and an update sees the curvature of its own sample: where the
inputs differ much in size, the steepest sample says more than the mean.
"""

import math
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from engine.chain import ACTIVATIONS, Learner, differentiate, forward, loss, output_of
from engine.checking.gradient_check import gradients
from engine.experiment import Experiment, Sample
from engine.run import Place, Run

SEEN = 64
"""The most samples, evenly spread, that are examined where each costs a pass of the chain."""


STILL = 0.01
"""Weights that changed by less than this share of their size in a whole run hardly moved."""

_ROUNDING = 1e-12
"""Products of some hundred weights agree to this share where they are equal but for rounding."""


@dataclass(frozen=True, slots=True)
class Identity:
    """wᵢ·∂L/∂wᵢ = (e − ê)·e, which holds for every layer of a linear chain.

    `expected` is (e − ê)·e, `products` are wᵢ·∂L/∂wᵢ with the gradients of the experiment's
    algorithm, `gap` is the largest difference between the two.
    """

    expected: float
    products: tuple[float, ...]
    gap: float

    @property
    def holds(self) -> bool:
        """Whether the two differ by no more than rounding."""
        return self.gap <= max(_ROUNDING * abs(self.expected), sys.float_info.min)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is true of a chain with the weights before an update.

    `curvature` (see `engine.diagnosis.measures`) stands against `edge`, 2/α; `steepest` is that of
    the steepest sample alone, which is number `steepest_sample` (from 1). `invariants` are
    wᵢ² − wᵢ₊₁² for i = 1 … n − 1, `drift` is the largest change of one since the start.
    `identity` is None where the chain is not linear.
    """

    curvature: float
    steepest: float
    steepest_sample: int
    edge: float
    invariants: tuple[float, ...]
    drift: float
    identity: Identity | None


@lru_cache(maxsize=8)
def facts_at(run: Run, update: int) -> Facts:
    """Return what is true before `update` (from 0). Raises IndexError outside of the run."""
    experiment, weights = run.experiment, run.weights_before(update)
    now, first = invariants(weights), invariants(experiment.weights)
    linear = experiment.activation == "identity"
    each = curvatures(experiment, weights)
    number, steepest = steepest_of(each)
    return Facts(
        curvature=mean_of(each),
        steepest=steepest,
        steepest_sample=number,
        edge=edge(experiment),
        invariants=now,
        drift=max((abs(a - b) for a, b in zip(now, first, strict=True)), default=0.0),
        identity=identity(experiment, weights, run.sample(update)) if linear else None,
    )


def edge(experiment: Experiment) -> float:
    """Return 2/α: steeper than this, plain gradient descent is not stable."""
    return 2.0 / experiment.learning_rate


def identity(experiment: Experiment, weights: Sequence[float], sample: Sample) -> Identity:
    """Return both sides of wᵢ·∂L/∂wᵢ = (e − ê)·e for a linear chain.

    The chain rule alone gives it: e is proportional to each weight, so wᵢ·∂e/∂wᵢ = e.
    """
    e = differentiated(experiment, weights, sample).outputs[-1]
    expected = (e - sample.target) * e
    found = gradients(experiment, weights, sample)
    products = tuple(w * g for w, g in zip(weights, found, strict=True))
    gap = max(abs(product - expected) for product in products)
    return Identity(expected, products, gap)


def invariants(weights: Sequence[float]) -> tuple[float, ...]:
    """Return wᵢ² − wᵢ₊₁² for i = 1 … n − 1.

    Gradient flow keeps them in a linear chain (Saxe et al. 2013, Arora et al. 2018); one update
    changes them by α²(gᵢ² − gᵢ₊₁²).
    """
    return tuple(a * a - b * b for a, b in pairwise(weights))


def curvature(experiment: Experiment, weights: Sequence[float]) -> float:
    """Return the mean over the samples of Σ(∂e/∂wᵢ)²."""
    return mean_of(curvatures(experiment, weights))


def curvatures(experiment: Experiment, weights: Sequence[float]) -> dict[int, float]:
    """Return Σ(∂e/∂wᵢ)² for each sample, by its number (from 1)."""
    return {
        number: sum(s * s for s in slopes(experiment, weights, sample.x))
        for number, sample in some(experiment.samples)
    }


def mean_of(each: Mapping[int, float]) -> float:
    """Return the mean of curvatures."""
    return sum(each.values()) / len(each)


def steepest_of(each: Mapping[int, float]) -> tuple[int, float]:
    """Return the number of the steepest sample, and its curvature."""
    number = max(each, key=each.__getitem__)
    return number, each[number]


def slopes(experiment: Experiment, weights: Sequence[float], x: float) -> list[float]:
    """Return ∂e/∂w₁ … ∂e/∂wₙ for the input `x`.

    Gradients divided by e − ê, with a target chosen so that this is no small number.
    """
    function, derivative = ACTIVATIONS[experiment.activation]
    n = len(weights)
    outputs, upstreams, found = [0.0] * (n + 1), [0.0] * n, [0.0] * n
    forward(weights, x, function, outputs)
    e = outputs[-1]
    target = e - 1.0 if abs(e) < 1.0 else 0.0
    differentiate(weights, outputs, target, derivative, upstreams, found)
    return [gradient / (e - target) for gradient in found]


def differentiated(experiment: Experiment, weights: Sequence[float], sample: Sample) -> Learner:
    """Return a chain after correct backpropagation at `weights`, whatever the algorithm is."""
    learner = Learner(weights, experiment.learning_rate, experiment.activation, "backprop")
    learner.learn(sample.x, sample.target)
    return learner


def some(samples: Sequence[Sample]) -> list[tuple[int, Sample]]:
    """Return all samples with their numbers (from 1), or `SEEN` of many, evenly spread."""
    count = min(len(samples), SEEN)
    places = (i * len(samples) // count for i in range(count))
    return [(place + 1, samples[place]) for place in places]


def mean_loss(run: Run, epoch: int) -> float:
    """Return the mean loss of an epoch (from 1) over its samples, each before its update."""
    return sum(run.epoch(epoch).losses) / len(run.experiment.samples)


def standing_loss(experiment: Experiment, weights: Sequence[float]) -> float:
    """Return the mean loss over the samples with fixed weights."""
    activation = experiment.activation
    losses = [loss(output_of(weights, s.x, activation), s.target) for s in experiment.samples]
    return sum(losses) / len(losses)


def silent_loss(samples: Sequence[Sample]) -> float:
    """Return the mean loss of a chain whose output is always 0: mean ½ê²."""
    return sum(0.5 * s.target * s.target for s in samples) / len(samples)


def wanted_slope(samples: Sequence[Sample]) -> float | None:
    """Return the slope s of the line ê = s·x that fits best, Σx·ê/Σx²; None where all x are 0."""
    squares = sum(s.x * s.x for s in samples)
    if squares == 0.0 or not math.isfinite(squares):
        return None
    return sum(s.x * s.target for s in samples) / squares


def keeps_ties(experiment: Experiment) -> bool:
    """Whether the sign rule holds: weights of equal size stay so, and the larger stays larger.

    It does for a linear chain and true gradients; `in_place` breaks ties, and so do other
    algorithms with a mistake.
    """
    true = experiment.algorithm in ("backprop", "no_local_derivative")
    return true and experiment.activation == "identity"


_RANGES = {"tanh": (-1.0, 1.0), "sigmoid": (0.0, 1.0), "relu": (0.0, math.inf)}


def miss(experiment: Experiment, target: float) -> float:
    """Return how far `target` is outside the output range of the activation; 0 inside."""
    low, high = _RANGES.get(experiment.activation, (-math.inf, math.inf))
    return max(low - target, target - high, 0.0)


def floor(experiment: Experiment) -> float:
    """Return a mean loss below which no weights can bring the chain.

    A linear chain can only draw a line through 0; other activations have a limited output range.
    """
    samples = experiment.samples
    if experiment.activation == "identity":
        slope = wanted_slope(samples) or 0.0
        misses = [slope * s.x - s.target for s in samples]
    else:
        misses = [miss(experiment, s.target) for s in samples]
    return sum(0.5 * d * d for d in misses) / len(samples)


def moved(run: Run) -> bool:
    """Return whether any weight has changed by more than `STILL` of its size in the whole run."""
    pairs = zip(run.experiment.weights, run.final_weights, strict=True)
    return not all(abs(after - before) <= STILL * abs(before) for before, after in pairs)


def update_of(run: Run, place: Place) -> int:
    """Return the update (from 0) of an epoch and sample."""
    return (place.epoch - 1) * len(run.experiment.samples) + place.sample - 1


def before_divergence(run: Run) -> tuple[float, ...]:
    """Return the weights before the update in which a run diverged."""
    assert run.diverged_at is not None  # noqa: S101 - for such runs only
    return run.weights_before(update_of(run, run.diverged_at))
