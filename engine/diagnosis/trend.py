"""How the mean loss of a run changes at its end, how fast it falls, and when it will be small."""

import math
from typing import NamedTuple

from engine.diagnosis.measures import mean_loss
from engine.run import Run
from engine.training.train import CONVERGED

PLATEAU = 0.01
"""A mean loss that changed by less than this share in the last quarter hardly changes: at that
pace it takes longer than the whole run again to fall by a twentieth."""

FEWEST = 4
"""A run of fewer epochs has no last quarter, and no trend is told from it."""

RECENT = 2
"""The present pace is that of the last two epochs: a quarter would include the plateau that a run
has just left, and a single epoch one half of an error that swings to and fro."""

STEADY = 8
"""In twice this number of epochs an oscillating loss must fall each time to count as converging."""

_NOTHING = 0.05
"""As a share of `CONVERGED`: a loss that is on its way to less than this is on its way to 0."""


class Trend(NamedTuple):
    """The mean loss was `earlier` in `epoch`, at the beginning of the last quarter."""

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


def pace(run: Run, lately: Trend) -> float:
    """Return the factor by which the loss fell per epoch recently; NaN after a loss of 0.

    The run has more epochs than `RECENT`.
    """
    earlier = mean_loss(run, run.experiment.epochs - RECENT)
    share = lately.loss / earlier if earlier > 0.0 else math.nan
    return math.pow(share, 1 / RECENT)


def epochs_left(run: Run, lately: Trend) -> int | None:
    """Return after how many more epochs the loss is below `CONVERGED` at its present pace."""
    return _left(lately.loss, pace(run, lately))


def _left(loss: float, factor: float) -> int | None:
    if not factor < 1.0:
        return None
    return math.ceil(math.log(CONVERGED / loss) / math.log(factor))


def swings_left(run: Run, lately: Trend) -> int | None:
    """Return after how many more epochs the loss of a run that swings is below `CONVERGED`.

    None if that cannot be told: swings may shrink for long, and yet not to 0. It can if the loss
    falls in each of the last epochs and will be small soon, or if it falls as a geometric sequence
    with the limit 0 does. Members of the sequence are taken at even distances, because every other
    epoch may be higher.
    """
    epochs = run.experiment.epochs
    half = min(STEADY, (epochs - 1) // 4 * 2)
    if not half:
        return None
    recent = [mean_loss(run, epoch) for epoch in range(epochs - 2 * half, epochs + 1)]
    left = epochs_left(run, lately)
    if left is not None and left <= epochs and _falls(recent, 1):
        return left if _limit(*recent[-1 - 2 * RECENT :: RECENT]) < CONVERGED else None
    first, middle, last = recent[::half]
    if _falls(recent, 2) and _limit(first, middle, last) < _NOTHING * CONVERGED:
        return _left(last, math.pow((middle - last) / (first - middle), 1 / half))
    return None


def _limit(first: float, middle: float, last: float) -> float:
    """Return where a falling geometric sequence ends, of which these are members (Aitken 1926).

    Infinity for numbers that fall faster and faster, or evenly: they are no such sequence.
    """
    ratio = (middle - last) / (first - middle)
    return last - (middle - last) * ratio / (1.0 - ratio) if ratio < 1.0 else math.inf


def _falls(losses: list[float], apart: int) -> bool:
    return all(b < a for a, b in zip(losses, losses[apart:], strict=False))
