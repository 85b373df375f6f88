"""How a run ended: the one main finding."""

import math
from collections.abc import Iterator, Sequence

from engine.diagnosis.findings import Finding, Kind, finding
from engine.diagnosis.measures import (
    before_divergence,
    differentiated,
    floor,
    keeps_ties,
    mean_loss,
    silent_loss,
    some,
    standing_loss,
    wanted_slope,
)
from engine.diagnosis.swings import swinging
from engine.diagnosis.trend import FEWEST, PLATEAU, Trend, epochs_left, pace, trend
from engine.run import Run
from engine.training.train import CONVERGED

SILENT = 0.05
"""Outputs below this share of the targets count as 0.

The loss is then within a tenth of that of an output of 0.
The lowest possible loss counts as reached within the same share.
"""

TIE = 1e-6
"""Sizes that differ by less than this share tie: rounding parts them by some 1e-16 an update."""


def outcome(run: Run) -> Finding:
    """Return how `run` ended."""
    return finished(run) or next(_unfinished(run, trend(run)))


def finished(run: Run) -> Finding | None:
    """Return how a run ended if that is known in constant time, else None.

    It is for a run that was not trained, diverged, converged, or converged and rose again.
    """
    if not run.updates:
        return finding(Kind.NOT_TRAINED)
    if run.diverged_at:
        return _diverged(run)
    if not run.converged_at:
        return None
    loss = mean_loss(run, run.experiment.epochs)
    kind = Kind.CONVERGED if loss < CONVERGED else Kind.LEFT
    return finding(kind, epoch=run.converged_at, loss=loss, threshold=CONVERGED)


def _unfinished(run: Run, lately: Trend) -> Iterator[Finding]:
    """Yield the findings about a run that neither converged nor diverged, the clearest first."""
    yield from _sign_trapped(run)
    yield from _without_gradient(run, lately)
    yield from _fitted(run)
    yield from swinging(run, lately)
    yield from _plateau(run, lately)
    yield from _leaving(run, lately)
    yield from _converging(run, lately)
    yield finding(Kind.UNSETTLED, loss=lately.loss, earlier=lately.earlier, epoch=lately.epoch)


def _diverged(run: Run) -> Finding:
    place, theta = run.diverged_at, before_divergence(run)
    assert place is not None  # noqa: S101 - asked before
    weights = theta[: run.experiment.layers]
    layer = max(range(len(weights)), key=lambda i: abs(weights[i])) + 1
    return finding(
        Kind.DIVERGED,
        epoch=place.epoch,
        sample=place.sample,
        layer=layer,
        largest=weights[layer - 1],
    )


def _sign_trapped(run: Run) -> Iterator[Finding]:
    """Where the smallest |w| tie and the product's sign is wrong, none of them can cross zero."""
    experiment, slope = run.experiment, wanted_slope(run.experiment.samples)
    if not keeps_ties(experiment) or slope is None:
        return
    tied = smallest(experiment.weights)
    signs = (math.prod(w) * slope for w in (experiment.weights, run.final_weights))
    if len(tied) > 1 and all(sign < 0 for sign in signs) and smallest(run.final_weights) == tied:
        yield finding(
            Kind.SIGN_TRAPPED,
            tied=tied,
            size=abs(experiment.weights[tied[0] - 1]),
            now=abs(run.final_weights[tied[0] - 1]),
            product=math.prod(run.final_weights),
            slope=slope,
        )


def smallest(weights: Sequence[float]) -> tuple[int, ...]:
    """Return the layers (from 1) whose weights are the smallest in size, alone or together."""
    bound = min(map(abs, weights)) * (1 + TIE)
    return tuple(i for i, w in enumerate(weights, start=1) if abs(w) <= bound)


def _without_gradient(run: Run, lately: Trend) -> Iterator[Finding]:
    experiment = run.experiment
    seen = some(experiment.samples)
    passes = [differentiated(experiment, run.final_theta, sample) for _, sample in seen]
    if any(gradient != 0.0 for one in passes for gradient in one.theta_gradients):
        return
    samples, loss = len(experiment.samples), lately.loss
    silent = [next((i for i, a in enumerate(p.outputs) if i and a <= 0.0), 0) for p in passes]
    if experiment.structure.f.is_flat_below_zero and all(silent):
        yield finding(Kind.DEAD, layer=max(silent), samples=samples, loss=loss)
    else:
        yield finding(Kind.STUCK, samples=samples, loss=loss)


def _fitted(run: Run) -> Iterator[Finding]:
    """Say that no weights are better than the final ones, though the loss is not small.

    Not judged by the loss during the epoch: each sample pulls the weights its own way, which adds
    to it.
    """
    lowest = floor(run.experiment)
    if not lowest >= CONVERGED:
        return
    reached = standing_loss(run.experiment, run.final_theta)
    if reached <= (1 + SILENT) * lowest:
        yield finding(Kind.FITTED, loss=reached, floor=lowest)


def _plateau(run: Run, lately: Trend) -> Iterator[Finding]:
    experiment = run.experiment
    if experiment.epochs < FEWEST or not lately.settled:
        return
    passes = [
        differentiated(experiment, run.final_theta, sample)
        for _, sample in some(experiment.samples)
    ]
    change = abs(lately.earlier - lately.loss)
    gradient = max(abs(g) for one in passes for g in one.theta_gradients)
    silent = silent_loss(experiment.samples)
    if _near_saddle(run, experiment.epochs):
        output = max(abs(one.outputs[-1]) for one in passes)
        yield finding(
            Kind.SADDLE,
            loss=lately.loss,
            silent=silent,
            output=output,
            change=change,
            gradient=gradient,
        )
    else:
        yield finding(Kind.PLATEAU, loss=lately.loss, change=change, gradient=gradient)


def _near_saddle(run: Run, epoch: int) -> bool:
    """Whether the outputs of an epoch were almost 0, as they are near w = 0."""
    experiment = run.experiment
    samples = len(experiment.samples)
    answered = sum(0.5 * e * e for e in run.epoch(epoch).outputs) / samples
    odd = experiment.structure.f.is_odd and experiment.layers > 1
    return odd and answered <= SILENT * SILENT * silent_loss(experiment.samples)


def _leaving(run: Run, lately: Trend) -> Iterator[Finding]:
    """Say that the loss was close to that of an output of 0 and is now falling.

    It falls faster and faster there, so no rate is given.
    """
    silent = silent_loss(run.experiment.samples)
    stood = _near_saddle(run, lately.epoch)
    if run.experiment.epochs >= FEWEST and stood and silent / 2 < lately.loss < silent:
        yield finding(
            Kind.LEAVING,
            loss=lately.loss,
            earlier=lately.earlier,
            epoch=lately.epoch,
            silent=silent,
        )


def _converging(run: Run, lately: Trend) -> Iterator[Finding]:
    """Say that the loss falls below that of an output of 0, and how long it will take."""
    experiment = run.experiment
    # One layer has no saddle, and so no plateau to stand on.
    below = experiment.layers == 1 or lately.loss < (1 - SILENT) * silent_loss(experiment.samples)
    falls = lately.loss < (1 - PLATEAU) * lately.earlier
    reachable = floor(experiment) < CONVERGED
    left = epochs_left(run, lately)
    if experiment.epochs >= FEWEST and below and falls and reachable and left is not None:
        yield finding(
            Kind.CONVERGING,
            loss=lately.loss,
            factor=pace(run, lately),
            left=left,
            threshold=CONVERGED,
        )
