"""How a run ended: the one main finding."""

import math
from collections.abc import Iterator, Sequence

from engine.chain import loss
from engine.diagnosis.findings import Finding, Kind, finding
from engine.diagnosis.measures import (
    before_divergence,
    differentiated,
    floor,
    keeps_ties,
    mean_loss,
    plateau,
    some,
    standing_loss,
    wanted_slope,
)
from engine.diagnosis.swings import swinging
from engine.diagnosis.trend import FEWEST, Trend, epochs_left, pace, trend
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
    layers = range(1, experiment.layers + 1)
    dead = [i for i in layers if all(one.outputs[i] <= 0.0 for one in passes)]
    if experiment.structure.f.is_flat_below_zero and dead:
        # Past the first dead layer biases may have an output of their own; not past the last layer.
        layer = dead[-1] if experiment.biases else dead[0]
        yield finding(Kind.DEAD, layer=layer, samples=samples, loss=loss)
    else:
        yield finding(Kind.STUCK, samples=samples, loss=loss)


def _fitted(run: Run) -> Iterator[Finding]:
    """Say that no parameters are better than the final ones, though the loss is not small.

    Not judged by the loss during the epoch: each sample pulls them its own way, which adds to it.
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
    told = {"loss": lately.loss, "change": change, "gradient": gradient}
    output, silent = plateau(experiment)
    distance = max(abs(one.outputs[-1] - output) for one in passes)
    if not _on_plateau(run, experiment.epochs):
        yield finding(Kind.PLATEAU, **told)
    elif experiment.biases:
        yield finding(Kind.MEAN, **told, silent=silent, mean=output, distance=distance)
    else:
        yield finding(Kind.SADDLE, **told, silent=silent, output=distance)


def _on_plateau(run: Run, epoch: int) -> bool:
    """Whether the outputs of an epoch were almost those of the chain's plateau.

    Without biases that is 0, as near w = 0 where f(0) = 0. A single layer has no plateau.
    """
    experiment = run.experiment
    output, level = plateau(experiment)
    samples = len(experiment.samples)
    apart = sum(loss(e, output) for e in run.epoch(epoch).outputs) / samples
    there = experiment.structure.f.is_odd or bool(experiment.biases)
    return there and experiment.layers > 1 and apart <= SILENT * SILENT * level


def _leaving(run: Run, lately: Trend) -> Iterator[Finding]:
    """Say that the loss was close to that of the plateau and is now falling.

    It falls faster and faster there, so no rate is given.
    """
    output, silent = plateau(run.experiment)
    stood = _on_plateau(run, lately.epoch)
    if run.experiment.epochs >= FEWEST and stood and silent / 2 < lately.loss < silent:
        told = {"loss": lately.loss, "earlier": lately.earlier, "silent": silent}
        if run.experiment.biases:
            yield finding(Kind.LEAVING_MEAN, **told, epoch=lately.epoch, mean=output)
        else:
            yield finding(Kind.LEAVING, **told, epoch=lately.epoch)


def _converging(run: Run, lately: Trend) -> Iterator[Finding]:
    """Say that the loss falls below that of the plateau, and how long it will take."""
    experiment = run.experiment
    if experiment.epochs < FEWEST:
        return
    high = plateau(experiment).loss
    # A single layer has no plateau, and biases alone can fit equal targets.
    below = experiment.layers == 1 or high < CONVERGED or lately.loss < (1 - SILENT) * high
    falls = lately.loss < lately.earlier
    reachable = floor(experiment) < CONVERGED
    left = epochs_left(run, lately)
    if below and falls and reachable and left is not None:
        yield finding(
            Kind.CONVERGING,
            loss=lately.loss,
            factor=pace(run, lately),
            left=left,
            threshold=CONVERGED,
        )
