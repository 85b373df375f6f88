"""The findings that explain why a run ended as it did."""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from engine.checking.gradient_check import Verdict, check_gradients
from engine.diagnosis.findings import Finding, Kind, finding
from engine.diagnosis.measures import (
    before_divergence,
    best_line,
    curvature,
    curvatures,
    differentiated,
    edge,
    floor,
    is_product,
    keeps_ties,
    mean_of,
    miss,
    some,
    steepest_of,
    update_of,
    wanted_slope,
)
from engine.diagnosis.outcome import smallest
from engine.diagnosis.swings import oscillating
from engine.diagnosis.trend import trend
from engine.experiment import Experiment
from engine.run import Run
from engine.training.train import CONVERGED

DEPTH = 1e3
"""A public derivative that shrinks or grows more than this between the last layer and the first
vanishes or explodes: one learning rate cannot serve both."""

SATURATED = 0.02
"""A layer whose f′ is below this share of the largest possible one lets little through."""

EVEN = 1.05
"""Samples count as equally steep up to this ratio of the steepest to the mean."""

LOOKED_BACK = 64
"""The number of updates before a divergence that are searched for its beginning."""


def causes(run: Run, main: Finding) -> Iterator[Finding]:
    """Yield the findings that explain the main finding, or are important besides it."""
    yield from _wrong_gradient(run.experiment)
    if main.kind is Kind.DIVERGED:
        yield from _too_steep(run)
    if main.kind is Kind.LEFT:
        yield from oscillating(run, trend(run))
    if main.kind in (Kind.OSCILLATING, Kind.LEFT, Kind.UNSETTLED):
        yield from _uneven(run)
    if main.kind in (Kind.CONVERGED, Kind.CONVERGING):
        yield from _overshooting(run)
    if main.kind in (Kind.SADDLE, Kind.UNSETTLED):
        yield from _crossing(run)
    if main.kind is not Kind.CONVERGED:
        yield from _limit(run.experiment)
        if main.kind is not Kind.DIVERGED:
            yield from _saturated(run)
    yield from _depth(run)


def _wrong_gradient(experiment: Experiment) -> Iterator[Finding]:
    """Say by how much the gradients of a wrong algorithm are off at the start."""
    if experiment.structure.by.is_right:
        return
    rows = check_gradients(experiment, experiment.theta, experiment.samples[0])
    wrong = [row for row in rows if row.verdict in (Verdict.WRONG, Verdict.SUSPICIOUS)]
    if wrong:
        worst = max(wrong, key=lambda row: row.relative_error)
        yield finding(
            Kind.WRONG_GRADIENT,
            error=worst.relative_error,
            layer=worst.layer,
            parameter=worst.parameter,
            gradient=worst.gradient,
            numeric=worst.numeric,
        )


def _too_steep(run: Run) -> Iterator[Finding]:
    """Tell from where on the curvature stayed above 2/α until the run diverged."""
    place, limit = run.diverged_at, edge(run.experiment)
    if place is None or not run.experiment.structure.by.is_right:
        return
    last = update_of(run, place)
    first = max(0, last - LOOKED_BACK)
    learner = run.experiment.learner(run.theta_before(first))
    thetas = []
    for update in range(first, last + 1):
        thetas.append(learner.theta)
        sample = run.sample(update)
        learner.learn(sample.x, sample.target)
    began: tuple[int, float] | None = None
    # Backwards: an update is quick, its curvature is not, and few of them are needed.
    for update, theta in zip(range(last, first - 1, -1), reversed(thetas), strict=True):
        steepness = curvature(run.experiment, theta)
        if steepness <= limit:
            break
        if steepness > limit:  # and no NaN
            began = update, steepness
    if began is not None:
        epoch, number = run.place(began[0])
        yield finding(Kind.TOO_STEEP, epoch=epoch, sample=number, curvature=began[1], edge=limit)


def _overshooting(run: Run) -> Iterator[Finding]:
    """Tell of a run that ends between 1/α, where steps begin to overshoot, and 2/α."""
    each, limit = curvatures(run.experiment, run.final_theta), edge(run.experiment)
    mean, (_, steepest) = mean_of(each), steepest_of(each)
    if limit / 2 < mean < limit and steepest <= EVEN * mean:
        shrink = abs(1 - run.experiment.learning_rate * mean)
        yield finding(Kind.OVERSHOOTING, curvature=mean, edge=limit, shrink=shrink)


def _uneven(run: Run) -> Iterator[Finding]:
    """Tell of a sample that is too steep by itself, though the samples are not on average."""
    each, limit = curvatures(run.experiment, run.final_theta), edge(run.experiment)
    mean, (number, steepest) = mean_of(each), steepest_of(each)
    if mean <= limit < steepest and steepest > EVEN * mean:
        yield finding(Kind.UNEVEN, sample=number, curvature=steepest, mean=mean, edge=limit)


def _crossing(run: Run) -> Iterator[Finding]:
    """Tell which weight has to cross zero: of a linear chain, only the strictly smallest can."""
    experiment, slope = run.experiment, wanted_slope(run.experiment.samples)
    weights, product = run.final_weights, math.prod(run.final_weights)
    if not keeps_ties(experiment) or slope is None or not product * slope < 0:
        return
    alone = smallest(weights)
    if len(alone) == 1 and len(weights) > 1:
        layer = alone[0]
        others = (abs(w) for i, w in enumerate(weights, start=1) if i != layer)
        yield finding(
            Kind.CROSSING,
            layer=layer,
            value=weights[layer - 1],
            next=min(others),
            product=product,
            slope=slope,
        )


def _limit(experiment: Experiment) -> Iterator[Finding]:
    """Tell of data that no such chain can fit."""
    lowest = floor(experiment)
    if not lowest >= CONVERGED:
        return
    if is_product(experiment):
        yield finding(Kind.NO_LINE, floor=lowest, slope=best_line(experiment).slope)
        return
    if experiment.structure.linear:
        line = best_line(experiment)
        yield finding(Kind.NO_STRAIGHT_LINE, floor=lowest, slope=line.slope, offset=line.offset)
        return
    numbered = enumerate(experiment.samples, start=1)
    number, far = max(numbered, key=lambda one: miss(experiment, one[1].target))
    yield finding(
        Kind.OUT_OF_RANGE,
        floor=lowest,
        sample=number,
        target=far.target,
        activation=experiment.activation,
    )


def _saturated(run: Run) -> Iterator[Finding]:
    """Say which layer has the smallest f′, if that is close to 0."""
    experiment = run.experiment
    f = experiment.structure.f
    if f.is_straight:
        return
    largest = f.steepest
    seen = some(experiment.samples)
    totals = [0.0] * experiment.layers
    for _, sample in seen:
        outputs = differentiated(experiment, run.final_theta, sample).outputs
        for i, a in enumerate(outputs[1:]):
            totals[i] += f.derivative(a)
    layer = min(range(len(totals)), key=totals.__getitem__)
    mean = totals[layer] / len(seen)
    if mean < SATURATED * largest:
        yield finding(
            Kind.SATURATED,
            layer=layer + 1,
            derivative=mean,
            largest=largest,
            activation=experiment.activation,
        )


class _Sizes(NamedTuple):
    """The mean sizes of the public derivative at the first layer and at the last."""

    first: float
    last: float

    @property
    def ratio(self) -> float:
        return self.first / self.last if self.last > 0.0 else math.nan


def _sizes(experiment: Experiment, theta: Sequence[float]) -> _Sizes:
    seen = some(experiment.samples)
    found = [differentiated(experiment, theta, sample).upstreams for _, sample in seen]
    return _Sizes(
        sum(abs(u[0]) for u in found) / len(seen), sum(abs(u[-1]) for u in found) / len(seen)
    )


def _depth(run: Run) -> Iterator[Finding]:
    """Tell of a public derivative that shrinks or grows a thousandfold along the chain."""
    experiment = run.experiment
    start = _sizes(experiment, experiment.theta).ratio
    if not (start > DEPTH or 0 < start < 1 / DEPTH):
        return
    factor = math.pow(start, 1 / (experiment.layers - 1))
    told: dict[str, float | int] = {"factor": factor, "last": experiment.layers, "start": start}
    if start > 1:
        yield finding(Kind.EXPLODING, **told)
    else:
        now = _sizes(experiment, _last_finite(run)).ratio
        yield finding(Kind.VANISHING, **told, now=now)


def _last_finite(run: Run) -> tuple[float, ...]:
    """Return the final parameters, or those before the update that diverged."""
    return run.final_theta if run.diverged_at is None else before_divergence(run)
