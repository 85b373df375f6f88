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
from dataclasses import astuple, dataclass
from functools import lru_cache
from itertools import pairwise
from math import fsum
from typing import NamedTuple

from engine.chain import WEIGHTS_ALONE, Learner, loss
from engine.chain import differentiated as backpropagated
from engine.checking.gradient_check import gradients
from engine.experiment import Experiment, Sample
from engine.parameters import Parameter, split
from engine.run import Place, Run
from engine.steps import is_correct

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
        """Whether the two sides are equal up to rounding."""
        return self.gap <= max(_ROUNDING * abs(self.expected), sys.float_info.min)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is true of a chain with the weights before an update.

    `curvature` (see `engine.diagnosis.measures`) stands against `edge`, 2/α; `steepest` is that of
    the steepest sample alone, which is number `steepest_sample` (from 1). `invariants` are
    what the function of that name returns, `drift` is the largest change of one since the start.
    `identity` is None where the output is not the product of weights and input.
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
    experiment, theta = run.experiment, run.theta_before(update)
    now, first = (invariants(one, experiment.parameters) for one in (theta, experiment.theta))
    each = curvatures(experiment, theta)
    number, steepest = steepest_of(each)
    return Facts(
        curvature=mean_of(each),
        steepest=steepest,
        steepest_sample=number,
        edge=edge(experiment),
        invariants=now,
        drift=max((abs(a - b) for a, b in zip(now, first, strict=True)), default=0.0),
        identity=identity(experiment, theta, run.sample(update))
        if is_product(experiment)
        else None,
    )


def edge(experiment: Experiment) -> float:
    """Return 2/α: with a larger curvature, plain gradient descent is not stable (Cohen 2021)."""
    return 2.0 / experiment.learning_rate


def is_product(experiment: Experiment) -> bool:
    """Tell whether e = w₁·…·wₙ·x: the chain is linear, and learns nothing but weights."""
    return experiment.structure.linear and len(experiment.parameters) == 1


def identity(experiment: Experiment, theta: Sequence[float], sample: Sample) -> Identity:
    """Return both sides of wᵢ·∂L/∂wᵢ = (e − ê)·e for a chain that `is_product`.

    The chain rule alone gives it: e is proportional to each weight, so wᵢ·∂e/∂wᵢ = e.
    """
    e = differentiated(experiment, theta, sample).outputs[-1]
    expected = (e - sample.target) * e
    found = gradients(experiment, theta, sample)
    products = tuple(w * g for w, g in zip(theta, found, strict=True))
    gap = max(abs(product - expected) for product in products)
    return Identity(expected, products, gap)


def invariants(
    theta: Sequence[float], parameters: Sequence[Parameter] = WEIGHTS_ALONE
) -> tuple[float, ...]:
    """Return wᵢ² − wᵢ₊₁² for i = 1 … n − 1; of chains with biases wᵢ² + bᵢ² − wᵢ₊₁².

    Gradient flow keeps them in a linear chain (Saxe et al. 2013, Arora et al. 2018): without
    biases wᵢ·∂L/∂wᵢ is the same for every layer, with them wᵢ·∂L/∂wᵢ + bᵢ·∂L/∂bᵢ is that of the
    next weight. One update changes them by α² times the same of the gradients.
    """
    weights, *others = split(parameters, theta)
    added = [sum(row[i] * row[i] for row in others) for i in range(len(weights))]
    squares = [w * w for w in weights]
    return tuple(a + more - b for (a, b), more in zip(pairwise(squares), added, strict=False))


def curvature(experiment: Experiment, theta: Sequence[float]) -> float:
    """Return the mean over the samples of Σ(∂e/∂θᵢ)², over all parameters."""
    return mean_of(curvatures(experiment, theta))


def curvatures(experiment: Experiment, theta: Sequence[float]) -> dict[int, float]:
    """Return Σ(∂e/∂θᵢ)² for each sample, by its number (from 1)."""
    return {
        number: sum(s * s for s in slopes(experiment, theta, sample.x))
        for number, sample in some(experiment.samples)
    }


def mean_of(each: Mapping[int, float]) -> float:
    """Return the mean of curvatures."""
    return sum(each.values()) / len(each)


def steepest_of(each: Mapping[int, float]) -> tuple[int, float]:
    """Return the number of the steepest sample, and its curvature."""
    number = max(each, key=each.__getitem__)
    return number, each[number]


def slopes(experiment: Experiment, theta: Sequence[float], x: float) -> list[float]:
    """Return ∂e/∂θᵢ for every parameter and the input `x`.

    Gradients divided by e − ê, with a target chosen so that this is no small number.
    """
    e = experiment.output(theta, x)
    target = e - 1.0 if abs(e) < 1.0 else 0.0
    found = differentiated(experiment, theta, Sample(x, target)).theta_gradients
    return [gradient / (e - target) for gradient in found]


def differentiated(experiment: Experiment, theta: Sequence[float], sample: Sample) -> Learner:
    """Return a chain after correct backpropagation at `theta`, whatever the algorithm is."""
    return backpropagated(
        theta, sample.x, sample.target, experiment.activation, experiment.parameters
    )


def some(samples: Sequence[Sample]) -> list[tuple[int, Sample]]:
    """Return all samples with their numbers (from 1), or `SEEN` of many, evenly spread."""
    count = min(len(samples), SEEN)
    places = (i * len(samples) // count for i in range(count))
    return [(place + 1, samples[place]) for place in places]


def mean_loss(run: Run, epoch: int) -> float:
    """Return the mean loss of an epoch (from 1) over its samples, each before its update."""
    return sum(run.epoch(epoch).losses) / len(run.experiment.samples)


def standing_loss(experiment: Experiment, theta: Sequence[float]) -> float:
    """Return the mean loss over all samples at `theta`, without updates in between."""
    losses = [loss(experiment.output(theta, s.x), s.target) for s in experiment.samples]
    return float(sum(losses) / len(losses))


class Plateau(NamedTuple):
    """The output of a chain that takes no notice of its input, and the mean loss of that output."""

    output: float
    loss: float


def plateau(experiment: Experiment) -> Plateau:
    """Return the plateau of a chain: all gradients are small there, though the loss is not.

    Without biases that is an output of 0, as near w = 0; biases alone bring the output to the mean
    of the targets.
    """
    targets = [sample.target for sample in experiment.samples]
    output = sum(targets) / len(targets) if experiment.biases else 0.0
    return Plateau(output, sum(loss(output, t) for t in targets) / len(targets))


def wanted_slope(samples: Sequence[Sample]) -> float | None:
    """Return the slope s of the line ê = s·x that fits best, Σx·ê/Σx²; None where all x are 0."""
    squares = sum(s.x * s.x for s in samples)
    if squares == 0.0 or not math.isfinite(squares):
        return None
    return sum(s.x * s.target for s in samples) / squares


def keeps_ties(experiment: Experiment) -> bool:
    """Whether the sign rule holds: weights of equal size stay so, and the larger stays larger.

    It does for a product of weights and true gradients; an algorithm with a mistake may break ties.
    """
    return is_product(experiment) and is_correct(experiment.structure)


def miss(experiment: Experiment, target: float) -> float:
    """Return how far `target` is outside the output range of the activation; 0 inside."""
    f = experiment.structure.f
    return max(f.low - target, target - f.high, 0.0)


class Line(NamedTuple):
    """The line ê = slope·x + offset."""

    slope: float
    offset: float


def best_line(experiment: Experiment) -> Line:
    """Return the line with the least mean loss that a linear chain can draw (least squares).

    Without biases it goes through 0. Where all inputs are equal it is level.
    """
    samples = experiment.samples
    if not experiment.biases:
        return Line(wanted_slope(samples) or 0.0, 0.0)
    x, target = (fsum(column) / len(samples) for column in zip(*map(astuple, samples), strict=True))
    slope = wanted_slope([Sample(s.x - x, s.target - target) for s in samples]) or 0.0
    return Line(slope, target - slope * x)


def floor(experiment: Experiment) -> float:
    """Return a lower bound of the mean loss, for any parameters.

    A linear chain can only draw a line, through 0 where it has nothing but weights; activations may
    have a limited output range.
    """
    samples = experiment.samples
    if experiment.structure.linear:
        line = best_line(experiment)
        misses = [line.slope * s.x + line.offset - s.target for s in samples]
    else:
        misses = [miss(experiment, s.target) for s in samples]
    return sum(0.5 * d * d for d in misses) / len(samples)


def moved(run: Run) -> bool:
    """Return whether any parameter has changed by more than `STILL` of its size in the run."""
    pairs = zip(run.experiment.theta, run.final_theta, strict=True)
    return not all(abs(after - before) <= STILL * abs(before) for before, after in pairs)


def update_of(run: Run, place: Place) -> int:
    """Return the update (from 0) of an epoch and sample."""
    return (place.epoch - 1) * len(run.experiment.samples) + place.sample - 1


def before_divergence(run: Run) -> tuple[float, ...]:
    """Return all parameters before the update in which a run diverged."""
    assert run.diverged_at is not None  # noqa: S101 - for such runs only
    return run.theta_before(update_of(run, run.diverged_at))
