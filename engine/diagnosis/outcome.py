"""What became of a run: the one main finding."""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from engine.chain import output_of
from engine.diagnosis.findings import Finding, Kind, finding
from engine.diagnosis.measures import (
    before_divergence,
    curvature,
    differentiated,
    edge,
    floor,
    keeps_ties,
    mean_loss,
    silent_loss,
    some,
    standing_loss,
    wanted_slope,
)
from engine.run import Run
from engine.training import CONVERGED

PLATEAU = 0.01
"""A mean loss that changed by less than this share in the last quarter hardly changes: at that
pace it takes longer than the whole run again to fall by a twentieth."""

FEWEST = 4
"""A run of fewer epochs has no last quarter, and no trend is told from it."""

SILENT = 0.05
"""Answers below this share of the targets count as 0: the loss is then within a tenth of that of
answering 0. The lowest loss there is counts as reached within the same share."""

TIE = 1e-6
"""Sizes that differ by less than this share tie: rounding parts them by some 1e-16 an update."""

WINDOW = 64
"""Overshooting is looked for in so many updates at the end of a run."""

OVERSHOOTS = 0.25
"""A run oscillates if at least this share of its last updates jump past their target. Below
α·curvature = 1 none does; a run that keeps on jumping in a pattern of four has one in four."""

AVERAGED = 8
"""The curvature swings with the weights; its mean over so many updates is told."""

TELLING = 1e-9
"""An error below this is taken for rounding: its sign says nothing."""

RECENT = 2
"""The present pace is that of the last two epochs: a quarter would include the plateau that a run
has just left, and a single epoch one half of an error that swings to and fro."""

STEADY = 16
"""A loss that swings is not about to converge unless it fell in each of so many epochs."""


class Trend(NamedTuple):
    """Where the mean loss comes from: `earlier` in `epoch`, at the begin of the last quarter."""

    epoch: int
    earlier: float
    loss: float

    @property
    def settled(self) -> bool:
        """Whether the loss hardly changes."""
        return abs(self.earlier - self.loss) <= PLATEAU * self.earlier


def trend(run: Run) -> Trend:
    """Return how the mean loss of `run` changed in the last quarter. The run has an epoch."""
    epochs = run.experiment.epochs
    epoch = max(1, epochs * 3 // 4)
    return Trend(epoch, mean_loss(run, epoch), mean_loss(run, epochs))


def outcome(run: Run) -> Finding:
    """Return what became of `run`."""
    return finished(run) or next(_unfinished(run, trend(run)))


def finished(run: Run) -> Finding | None:
    """Return what became of a run of which that is plain, in constant time; None of others.

    It is plain of a run that was not trained, diverged, converged, or converged and rose again.
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
    """Yield what applies to a run that neither converged nor diverged, the plainest first."""
    yield from _sign_trapped(run)
    yield from _without_gradient(run, lately)
    yield from _fitted(run)
    yield from oscillating(run, lately)
    yield from _plateau(run, lately)
    yield from _leaving(run, lately)
    yield from _converging(run, lately)
    yield finding(Kind.UNSETTLED, loss=lately.loss, earlier=lately.earlier, epoch=lately.epoch)


def _diverged(run: Run) -> Finding:
    place, weights = run.diverged_at, before_divergence(run)
    assert place is not None  # noqa: S101 - asked before
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
    passes = [differentiated(experiment, run.final_weights, sample) for _, sample in seen]
    if any(gradient != 0.0 for one in passes for gradient in one.gradients):
        return
    samples, loss = len(experiment.samples), lately.loss
    silent = [next((i for i, a in enumerate(p.outputs) if i and a <= 0.0), 0) for p in passes]
    if experiment.activation == "relu" and all(silent):
        yield finding(Kind.DEAD, layer=max(silent), samples=samples, loss=loss)
    else:
        yield finding(Kind.STUCK, samples=samples, loss=loss)


def _fitted(run: Run) -> Iterator[Finding]:
    """Tell of final weights that are as good as any, though the loss is not small.

    Not of the loss as it was met: the samples pull the weights to and fro, and that adds to it.
    """
    lowest = floor(run.experiment)
    if not lowest >= CONVERGED:
        return
    reached = standing_loss(run.experiment, run.final_weights)
    if reached <= (1 + SILENT) * lowest:
        yield finding(Kind.FITTED, loss=reached, floor=lowest)


def oscillating(run: Run, lately: Trend) -> Iterator[Finding]:
    """Tell of a run that keeps on jumping past its targets and is not about to converge."""
    count = min(run.updates, WINDOW)
    learner = run.experiment.learner(run.weights_before(run.updates - count))
    overshoots, error = 0, 0.0
    late: list[list[float]] = []
    for update in range(run.updates - count, run.updates):
        if run.updates - update <= AVERAGED:
            late.append(list(learner.weights))
        sample = run.sample(update)
        learner.learn(sample.x, sample.target)
        before = learner.outputs[-1] - sample.target
        after = output_of(learner.weights, sample.x, run.experiment.activation) - sample.target
        overshoots += before * after < 0.0 and min(abs(before), abs(after)) > TELLING
        error = max(error, abs(before))
    if overshoots >= max(2, OVERSHOOTS * count) and not _soon_there(run, lately):
        yield finding(
            Kind.OSCILLATING,
            curvature=sum(curvature(run.experiment, w) for w in late) / len(late),
            edge=edge(run.experiment),
            overshoots=overshoots,
            updates=count,
            error=error,
            loss=lately.loss,
        )


def _soon_there(run: Run, lately: Trend) -> bool:
    """Whether the loss falls epoch by epoch, fast enough to converge within the run's length."""
    epochs = run.experiment.epochs
    recent = [mean_loss(run, e) for e in range(max(1, epochs - STEADY), epochs + 1)]
    falls = all(b < a for a, b in pairwise(recent))
    left = epochs_left(run, lately)
    return falls and left is not None and left <= epochs


def _plateau(run: Run, lately: Trend) -> Iterator[Finding]:
    experiment = run.experiment
    if experiment.epochs < FEWEST or not lately.settled:
        return
    passes = [
        differentiated(experiment, run.final_weights, sample)
        for _, sample in some(experiment.samples)
    ]
    change = abs(lately.earlier - lately.loss)
    gradient = max(abs(g) for one in passes for g in one.gradients)
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
    """Whether in an epoch the chain answered almost 0, as it does where weights are almost 0."""
    experiment = run.experiment
    samples = len(experiment.samples)
    answered = sum(0.5 * e * e for e in run.epoch(epoch).outputs) / samples
    odd = experiment.activation in ("identity", "tanh") and experiment.layers > 1
    return odd and answered <= SILENT * SILENT * silent_loss(experiment.samples)


def _leaving(run: Run, lately: Trend) -> Iterator[Finding]:
    """Tell of a loss that stood near that of answering 0 and is now on its way down.

    It falls faster and faster there, so no pace is told.
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
    """Tell of a loss that falls below that of answering 0, and how long it will take."""
    experiment = run.experiment
    below = lately.loss < (1 - SILENT) * silent_loss(experiment.samples)
    falls = lately.loss < (1 - PLATEAU) * lately.earlier
    reachable = floor(experiment) < CONVERGED
    left = epochs_left(run, lately)
    if experiment.epochs >= FEWEST and below and falls and reachable and left is not None:
        yield finding(
            Kind.CONVERGING,
            loss=lately.loss,
            factor=_pace(run, lately),
            left=left,
            threshold=CONVERGED,
        )


def epochs_left(run: Run, lately: Trend) -> int | None:
    """Return after how many more epochs the loss is below `CONVERGED` at its present pace."""
    pace = _pace(run, lately)
    if not 0.0 < pace < 1.0:
        return None
    return math.ceil(max(0.0, math.log(CONVERGED / lately.loss) / math.log(pace)))


def _pace(run: Run, lately: Trend) -> float:
    """Return to what share of itself the loss fell in an epoch of late; NaN if nobody can tell."""
    epochs = run.experiment.epochs
    since = max(1, epochs - RECENT)
    earlier = mean_loss(run, since)
    share = lately.loss / earlier if earlier > 0.0 else math.nan
    if since == epochs or not 0.0 < share < math.inf:
        return math.nan
    return math.pow(share, 1 / (epochs - since))
