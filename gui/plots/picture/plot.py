"""One plot: its curves, and what is shown of them. No Qt."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from gui.drawing.curve import Curve

_ROOM = 4.0
"""A diverging curve is shown up to this multiple of what it was before it diverged."""


_LEAST, _LEAST_OF_ALL = 0.1, 1e-6
"""The least span of an axis: absolute, and as a share of the largest number on it."""


_DECADES = 0.3
"""How far a logarithmic axis goes beyond the extremes, in powers of ten."""


_HUGE = 1e300
"""Beyond, the span of an axis would overflow."""


@dataclass(frozen=True, eq=False)
class Plot:
    """One diagram; `low` and `high` bound what is shown of y, and so does the run of x."""

    name: str
    curves: tuple[Curve, ...]
    low: float
    high: float

    @cached_property
    def powers(self) -> tuple[float, float]:
        """The bounds of what a logarithmic axis shows, as powers of ten."""
        y = np.concatenate([curve.y for curve in self.curves]) if self.curves else np.zeros(0)
        y = y[np.isfinite(y) & (y > 0) & (y <= self.high)]
        low, high = (float(y.min()), float(y.max())) if len(y) else (0.1, 1.0)
        return math.log10(low) - _DECADES, math.log10(high) + _DECADES

    def make_ready(self) -> None:
        """Reduce long curves now, to avoid a wait later."""
        for curve in self.curves:
            _ = curve.levels
            if self.name == "loss":
                _ = curve.on_log_axis.levels
        if self.name == "loss":
            _ = self.powers


def whole_plot(name: str, curves: tuple[Curve, ...], bound: float = math.inf) -> Plot:
    """Return a plot in which all of some curves is seen, as far as it lies within ±`bound`."""
    heights = [c.y for c in curves if len(c.y)]
    heights += [np.array([c.target]) for c in curves if c.target is not None]
    values = np.concatenate(heights) if heights else np.zeros(1)
    values = np.clip(values[np.isfinite(values)], -bound, bound)
    return plot_of(name, curves, [float(values.min()), float(values.max())] if len(values) else [])


def plot_of(name: str, curves: tuple[Curve, ...], values: Sequence[float]) -> Plot:
    """Return a plot of some curves that is wide enough for some values of y, all finite."""
    floor = 0.0 if name == "loss" else None
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    low, high = (min(max(end, -_HUGE), _HUGE) for end in (low, high))
    if floor is not None:
        low = min(low, floor)
    low, high = _widened(low, high, floor)
    margin = 0.06 * (high - low)
    return Plot(name, curves, low - margin, high + margin)


def clipped_plot(plot: Plot) -> Plot:
    """Return the plot of a diverging run, cut where the curves run away."""
    bound = _bound(plot.curves)
    clipped = tuple(_clipped(curve, 10 * bound) for curve in plot.curves)
    return whole_plot(plot.name, clipped, bound)


def _widened(low: float, high: float, floor: float | None) -> tuple[float, float]:
    """Return a range wide enough that a change in the last digits is not drawn as a steep line."""
    size = max(abs(low), abs(high))
    least = max(_LEAST * size, _LEAST_OF_ALL) if size else 1.0
    more = max(least - (high - low), 0.0)
    return (low, high + more) if low == floor else (low - more / 2, high + more / 2)


def _bound(curves: tuple[Curve, ...]) -> float:
    """Return up to what a diverging run is shown: some times its start and its targets."""
    begin = min((c.x[0] for c in curves if len(c.x)), default=0.0)
    starts = [float(c.y[0]) for c in curves if len(c.x) and c.x[0] == begin]
    sizes = [abs(start) for start in starts if math.isfinite(start)]
    return _ROOM * max(1.0, *sizes, *(abs(c.target or 0.0) for c in curves))


def _clipped(curve: Curve, bound: float) -> Curve:
    with np.errstate(invalid="ignore"):
        return replace(curve, y=np.clip(curve.y, -bound, bound))
