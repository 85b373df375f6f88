"""The trainability map: what becomes of a training, over any two of the things it depends on.

    >>> from engine import Experiment
    >>> start = Experiment()
    >>> seen = trainability(start, axis(start, "w1", -2, 2, 5), axis(start, "w2", -2, 2, 5))
    >>> seen.converged_at.shape, seen.at(0, 4).fate
    ((5, 5), <Fate.CONVERGED: 0>)

Every pixel is one whole training, bit for bit that of `engine.train`. The boundary between those
that converge and those that diverge is fractal (Sohl-Dickstein 2024, arXiv 2402.06184).
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from engine.advance import CONVERGED
from engine.chain import ACTIVATIONS
from engine.experiment import Experiment
from engine.parameters import MOST_PIXELS, Axis, at_least_one, axis, parameters, value_of, varied
from engine.problem import Problem, mark

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grid = NDArray[np.float64]

__all__ = [
    "Axis",
    "Fate",
    "Pixel",
    "Trainability",
    "axis",
    "parameters",
    "trainability",
    "value_of",
    "varied",
]

NEAR = 0.01
"""A loss within this share of the one at w = 0 is still at the saddle."""

LATEST = 16
"""So many last epochs tell whether a training still moves."""


class Fate(IntEnum):
    """What became of a training: the first of these that holds, DIVERGED before all.

    CONVERGED: the mean loss fell below `CONVERGED`, and is below it in the last epoch.
    TRAPPED: it is, within `NEAR`, what it is at the saddle w = 0, which there is from two
    layers on where f(0) = 0. UNSETTLED: in one of the `LATEST` epochs it rose. LEARNING: it
    fell. SETTLED: it did not change by more than a millionth. DIVERGED: a weight or a loss
    became infinite or NaN.
    """

    CONVERGED = 0
    TRAPPED = 1
    LEARNING = 2
    SETTLED = 3
    UNSETTLED = 4
    DIVERGED = 5


class Pixel(NamedTuple):
    """A training of a map, and what became of it; `converged_at` is 0 for never."""

    experiment: Experiment
    fate: Fate
    final_loss: float
    converged_at: int


@dataclass(frozen=True, eq=False)
class Trainability:
    """A map: arrays of one row for each value of `y`, one column for each of `x`.

    `final_loss` is the mean loss over the last epoch's samples, as they were met;
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

    Now and then `progress` is told which share is done, and `cancelled` asked whether to stop.
    Raises `Problem` for axes that can't be together, and `engine.Cancelled`.
    """
    import numpy as np  # noqa: PLC0415 - maps alone need it

    from engine.atlas import trained  # noqa: PLC0415 - it brings numpy

    _fit_together(experiment, x, y)
    told = trained(experiment, x, y, progress, cancelled)
    fate = np.full(told.mean.shape, Fate.SETTLED, dtype=np.uint8)
    fate[told.epochs - told.fallen < LATEST] = Fate.LEARNING
    fate[told.epochs - told.risen < LATEST] = Fate.UNSETTLED
    if experiment.layers > 1 and ACTIVATIONS[experiment.activation].function(0.0) == 0.0:
        with np.errstate(invalid="ignore"):  # both may be infinite
            fate[np.abs(told.mean - told.at_zero) <= NEAR * told.at_zero] = Fate.TRAPPED
    fate[(told.converged > 0) & (told.mean < CONVERGED)] = Fate.CONVERGED
    fate[told.diverged] = Fate.DIVERGED
    converged_at = told.converged.astype(np.int64)
    return Trainability(experiment, x, y, told.mean, converged_at, told.diverged, fate)


def _fit_together(experiment: Experiment, x: Axis, y: Axis) -> None:
    if x.name == y.name:
        raise Problem(mark("A map needs two different parameters, not {name} twice."), name=x.name)
    at_least_one(experiment.epochs)
    pixels = len(x.values) * len(y.values)
    if pixels > MOST_PIXELS:
        raise Problem(
            mark("A map has at most {most} pixels, not {value}."), most=MOST_PIXELS, value=pixels
        )
