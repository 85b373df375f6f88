"""The trainability map: how a training ends, over any two of its numbers.

    >>> from engine import Experiment
    >>> start = Experiment()
    >>> seen = trainability(start, axis(start, "w1", -2, 2, 5), axis(start, "w2", -2, 2, 5))
    >>> seen.converged_at.shape, seen.at(0, 4).fate
    ((5, 5), <Fate.CONVERGED: 0>)

Every pixel is one whole training, bit for bit that of `engine.train`. The boundary between those
that converge and those that diverge is fractal (Sohl-Dickstein 2024, arXiv 2402.06184).
"""

import math
import sys
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass
from enum import IntEnum
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from engine.diagnosis.outcome import SILENT
from engine.experiment import Experiment, Sample
from engine.maps.axes import (
    MOST_LAYERS,
    MOST_PIXELS,
    Axis,
    axes_of,
    axis,
    refuse_epochs,
    value_of,
    varied,
)
from engine.maps.block import LATEST
from engine.training.advance import CONVERGED
from engine.user_error import UserError
from engine.words import mark

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grid = NDArray[np.float64]

__all__ = [
    "Axis",
    "Fate",
    "Pixel",
    "Trainability",
    "axes_of",
    "axis",
    "refuse_size",
    "trainability",
    "value_of",
    "varied",
]


class Fate(IntEnum):
    """How a training ended: the first of the following that holds.

    DIVERGED: a weight or a loss became infinite or NaN. CONVERGED: the mean loss fell below
    `engine.training.advance.CONVERGED`, and is below it in the last epoch. UNSETTLED: in one of the
    `LATEST` epochs it rose. TRAPPED: the chain is at the saddle w = 0 (`saddle_within`).
    LEARNING: in one of the `LATEST` epochs the mean loss fell. SETTLED: it stays, above
    `CONVERGED`; a millionth an epoch is no change.
    """

    CONVERGED = 0
    TRAPPED = 1
    LEARNING = 2
    SETTLED = 3
    UNSETTLED = 4
    DIVERGED = 5


class Pixel(NamedTuple):
    """A training of a map and its result; `converged_at` is 0 if it never converged."""

    experiment: Experiment
    fate: Fate
    final_loss: float
    converged_at: int


@dataclass(frozen=True, eq=False)
class Trainability:
    """A map: arrays of one row for each value of `y`, one column for each of `x`.

    `final_loss` is the mean loss over the last epoch's samples, each before its update;
    `converged_at` the first epoch, from 1, whose mean loss is below `CONVERGED`, 0 if none is;
    `diverged` whether a weight or a loss became infinite or NaN; `fate` a `Fate`.
    """

    experiment: Experiment
    x: Axis
    y: Axis
    final_loss: "Grid"
    converged_at: "NDArray[np.int64]"
    diverged: "NDArray[np.bool_]"
    fate: "NDArray[np.uint8]"

    def at(self, row: int, column: int) -> Pixel:
        """Return what a pixel stands for. Raises IndexError outside of the map."""
        there = varied(self.experiment, self.x.name, self.x.values[column])
        return Pixel(
            varied(there, self.y.name, self.y.values[row]),
            Fate(int(self.fate[row, column])),
            float(self.final_loss[row, column]),
            int(self.converged_at[row, column]),
        )


def trainability(
    experiment: Experiment,
    x: Axis,
    y: Axis,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Trainability:
    """Train once for every pixel and return the map.

    `progress` is called now and then with the share that is done, and `cancelled` tells whether to
    stop. Raises `UserError` for axes that can't be together, and `engine.Cancelled`.
    """
    import numpy as np  # noqa: PLC0415 - maps alone need it

    from engine.maps.training import trained  # noqa: PLC0415 - it brings numpy

    _fit_together(experiment, x, y)
    result = trained(experiment, x, y, progress, cancelled)
    fate = np.full(result.mean.shape, Fate.SETTLED, dtype=np.uint8)
    fate[result.epochs - result.fallen < LATEST] = Fate.LEARNING
    fate[result.reach < _saddles(experiment, x, y)] = Fate.TRAPPED
    fate[result.epochs - result.risen < LATEST] = Fate.UNSETTLED
    fate[(result.converged > 0) & (result.mean < CONVERGED)] = Fate.CONVERGED
    fate[result.diverged] = Fate.DIVERGED
    converged_at = result.converged.astype(np.int64)
    return Trainability(experiment, x, y, result.mean, converged_at, result.diverged, fate)


def saddle_within(experiment: Experiment) -> float:
    """Return below which size of w₁·w₂·…·wₙ a chain is at the saddle w = 0; 0 without a saddle.

    With biases there is none at w = 0: the last bias alone lowers the loss.

    All gradients vanish where two weights are 0. It is a saddle if Σ x·ê ≠ 0; else no output is
    better than 0. With f(z) = z or tanh z the output is at most as large as w₁·w₂·…·wₙ·x, and
    counts as 0 below the share `SILENT` of the targets, as in the diagnosis (both as root mean
    squares). The smallest weight is taken to be as large as the next: a single weight that crosses
    0 is not at a saddle.
    """
    samples = experiment.samples
    if experiment.layers == 1 or experiment.biases or not experiment.structure.f.is_odd:
        return 0.0
    if not _have_slope(samples):
        return 0.0
    xs, targets = (_size(column) for column in zip(*map(astuple, samples), strict=True))
    return SILENT * targets / xs


def _have_slope(samples: Sequence[Sample]) -> bool:
    """Return whether Σ x·ê ≠ 0, with products of any size."""
    try:
        slope = math.fsum(sample.x * sample.target for sample in samples)
    except (OverflowError, ValueError):  # infinities, of both signs
        slope = 0.0
    return bool(slope or sum(Fraction(s.x) * Fraction(s.target) for s in samples))


def _size(column: Sequence[float]) -> float:
    """Return the root of the sum of squares; the largest float where that is larger."""
    return min(math.hypot(*column), sys.float_info.max)


def _saddles(experiment: Experiment, x: Axis, y: Axis) -> "Grid | float":
    """Return `saddle_within` for every pixel: in a row, in a column, or a single one for all."""
    import numpy as np  # noqa: PLC0415

    for side, shape in ((x, (1, -1)), (y, (-1, 1))):
        if side.name == "target":
            moved = (varied(experiment, side.name, value) for value in side.values)
            return np.array([saddle_within(there) for there in moved]).reshape(shape)
    return saddle_within(experiment)


def refuse_layers(experiment: Experiment) -> None:
    """Raise `UserError` for a chain that is too long to train it for every pixel."""
    if experiment.layers > MOST_LAYERS:
        raise UserError(
            mark("A map is for chains of at most {most} layers, not {value}."),
            most=MOST_LAYERS,
            value=experiment.layers,
        )


def _fit_together(experiment: Experiment, x: Axis, y: Axis) -> None:
    refuse_layers(experiment)
    if x.name == y.name:
        raise UserError(
            mark("A map needs two different parameters, not {name} twice."), name=x.name
        )
    if "epochs" not in (x.name, y.name):
        refuse_epochs(experiment.epochs)
    refuse_size(len(x.values) * len(y.values))


def refuse_size(pixels: int) -> None:
    """Raise `UserError` for a map of too many pixels."""
    if pixels > MOST_PIXELS:
        raise UserError(
            mark("A map has at most {most} pixels, not {value}."), most=MOST_PIXELS, value=pixels
        )
