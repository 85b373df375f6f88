"""A curve over the epochs of a run, and as much of it as is known at some place. No Qt."""

from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from gui.drawing.levels import Levels

MEAN = -1
"""The colour of a curve that belongs to all samples: the ink of text."""

SPAN = -2
"""The colour of what lies behind the others: from the smallest loss to the largest."""

COLOURS = 7
"""The number of curves that have a colour each."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Curve:
    """A line through (x, y), x in epochs.

    `colour` counts through the theme's curve colours, or is `MEAN` or `SPAN`. NaN leaves a gap.
    `target` is drawn dashed at its height where it is given. `kept` is a curve of the run that
    this one is compared with. `known` tells in which epoch each point is known, if that is later
    than x; `whole` is the curve of which this one is the beginning.
    """

    name: str
    x: Floats
    y: Floats
    colour: int
    target: float | None = None
    kept: bool = False
    known: Floats | None = field(default=None, repr=False)
    whole: "Curve | None" = field(default=None, repr=False)

    @cached_property
    def levels(self) -> Levels:
        """The points, to be had in any width; of a long curve this takes some milliseconds."""
        if self.whole is not None:
            return self.whole.levels.first(len(self.x))
        return Levels(self.x, self.y)

    @cached_property
    def on_log_axis(self) -> "Curve":
        """The curve as a logarithmic axis has it: y is its power of ten, NaN where it has none."""
        if self.whole is not None:
            return self.whole.on_log_axis.first(len(self.x))
        with np.errstate(divide="ignore", invalid="ignore"):
            return replace(self, y=np.log10(np.where(self.y > 0, self.y, np.nan)))

    @cached_property
    def behind(self) -> "Curve":
        """The curve as one of a run that was kept."""
        curve = replace(self, name="", target=None, kept=True)
        # The same points: what was found out about them holds.
        vars(curve)["levels"] = self.levels
        return curve

    @cached_property
    def extremes(self) -> tuple[Floats, Floats]:
        """The smallest and the largest finite y up to each point, NaN where there is none yet."""
        finite = np.where(np.isfinite(self.y), self.y, np.nan)
        return np.fmin.accumulate(finite), np.fmax.accumulate(finite)

    def count(self, epoch: float) -> int:
        """Return how many points are known in an epoch."""
        known = self.x if self.known is None else self.known
        return int(np.searchsorted(known, epoch, side="right"))

    def first(self, count: int) -> "Curve":
        """Return the beginning of the curve: so many points."""
        if count >= len(self.x):
            return self
        return replace(self, x=self.x[:count], y=self.y[:count], known=None, whole=self)
