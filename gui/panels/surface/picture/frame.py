"""The piece of the plane over which a loss surface is shown, and its scale of colours. No Qt.

Both belong to the run, so that nothing jumps while it is stepped through. The surface itself
changes only where one of the other parameters does.
"""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from engine import Experiment, Run
from engine.diagnosis.measures import is_product
from engine.maps.loss_surface import Pair, losses, minima
from engine.training.train import CONVERGED
from gui.panels.surface.picture.path import place_of, weight_path

Floats = npt.NDArray[np.float64]

_MARGIN, _LEAST = 1.15, 0.5
"""How far a frame reaches, as a multiple of what it contains, and at least."""

_ROOM = 4.0
"""A diverging run is followed up to this multiple of its initial parameters."""

_WORTH = 10.0
"""How far the valley is brought into the frame, as a multiple of the reach of the path: what
the path does there must still be seen."""

_BEYOND = 0.02
"""The share of the frame by which a grid is larger, so that contours meet its edge."""

_LOWEST, _HIGHEST = 1e-300, 1e300
"""Losses beyond are drawn as these: their logarithms are numbers."""

_LOWEST_TOP = 1e-280
"""A picture of losses is at least so high: of a lower one, pixels could not be told apart."""

_SPAN = 4.0
"""The least range of the shades, as a multiple of the least loss: hardly any slope then looks
flat."""

_LOOKS = 5
"""The number of areas that are tried, each larger than the last, in search of slopes."""

FINE, COARSE = 96, 24
"""The points of a grid, each way: at best, and at least."""


class Frame(NamedTuple):
    """A piece of the plane; for a single weight y is the loss."""

    left: float
    right: float
    low: float
    high: float


class Surface(NamedTuple):
    """What a surface is a function of; `theta` has 0 in the places of the pair."""

    experiment: Experiment
    theta: tuple[float, ...]
    pair: Pair

    @property
    def lost(self) -> bool:
        """Whether a parameter is no longer finite, so that there is nothing to draw."""
        return not all(map(math.isfinite, self.theta))


class Scale(NamedTuple):
    """The losses from which and up to which shades run, evenly in their logarithm."""

    low: float
    high: float

    def share(self, heights: Floats) -> Floats:
        """Return how high losses lie on the scale, from 0 to 1."""
        low, high = math.log(self.low), math.log(self.high)
        shares: Floats = np.clip((np.log(finite(heights)) - low) / (high - low), 0.0, 1.0)
        return shares


def surface_of(experiment: Experiment, theta: Sequence[float], pair: Pair) -> Surface:
    """Return what the surface over `pair` depends on where these are the parameters."""
    others = list(theta)
    for name in filter(None, pair):
        others[place_of(experiment, name)] = 0.0
    return Surface(experiment, tuple(others), pair)


def loss_at(surface: Surface, x: float, y: float) -> float:
    """Return the loss at a place."""
    varied = {name: value for name, value in zip(surface.pair, (x, y), strict=True) if name}
    return float(losses(surface.experiment, surface.theta, varied))


@lru_cache(maxsize=4)
def frame_of(run: Run, pair: Pair) -> Frame:
    """Return the piece that holds the run's path, w = 0 and, if it is not far, the valley.

    The middle is w = 0 if the output is 0 there: this shows the surface around the saddle point.
    """
    points = weight_path(run, pair).points
    if run.diverged_at or not len(points):
        bound = _ROOM * max(1.0, float(np.abs(points[:1]).max(initial=0.0)))
        points = np.clip(points, -bound, bound)
    points = np.vstack([points, np.zeros((1, 2))])
    reach = max(_LEAST, _valley(run, pair, float(np.abs(points).max())))
    around = _is_silent_at_zero(run.experiment)
    sides = [_side(points[:, axis], reach, around_zero=around) for axis in (0, 1)]
    if pair.y:
        # Both axes are parameters: the same length means the same on both.
        half = max(high - low for low, high in sides) / 2
        middles = [(low + high) / 2 for low, high in sides]
        return Frame(*(middle + end for middle in middles for end in (-half, half)))
    xs = np.linspace(*sides[0], FINE)
    heights = finite(losses(run.experiment, run.experiment.theta, {pair.x: xs}))
    return Frame(*sides[0], 0.0, _MARGIN * max(float(heights.max()), _LOWEST_TOP))


def _is_silent_at_zero(experiment: Experiment) -> bool:
    """Tell whether the output is 0 where a weight is."""
    return len(experiment.parameters) == 1 and experiment.structure.f.function(0.0) == 0.0


def _side(values: Floats, reach: float, *, around_zero: bool) -> tuple[float, float]:
    if not around_zero:
        low, high = float(values.min()), float(values.max())
        margin = max((_MARGIN - 1) * (high - low), (2 * reach - (high - low)) / 2)
        return low - margin, high + margin
    half = _MARGIN * max(float(np.abs(values).max()), reach)
    return -half, half


def _valley(run: Run, pair: Pair, reach: float) -> float:
    """Return how far away the minima are nearest, at the start and the end; 0 if that is far."""
    furthest = _WORTH * max(reach, 1.0)
    if not is_product(run.experiment) and pair.y:
        return _relieved(run, pair, furthest)
    found = [minima(run.experiment, theta, pair) for theta in _ends(run)]
    sizes = [abs(m) for m in found if m is not None]
    away = [math.sqrt(size) if pair.y else size for size in sizes]
    return max((far for far in away if far <= furthest), default=0.0)


def _relieved(run: Run, pair: Pair, furthest: float) -> float:
    """Return how far one must look to see slopes at the start and the end; 0 if that is far."""
    for reach in np.geomspace(furthest / _WORTH, furthest, _LOOKS):
        xs = np.linspace(-reach, reach, COARSE)
        surfaces = [surface_of(run.experiment, theta, pair) for theta in _ends(run)]
        heights = (heights_of(surface, xs, xs) for surface in surfaces)
        if all(float(h.max()) >= _SPAN * float(h.min()) for h in map(finite, heights)):
            return float(reach)
    return 0.0


def _ends(run: Run) -> list[tuple[float, ...]]:
    """Return the parameters at the start and at the end, where these are numbers."""
    ends = (run.experiment.theta, run.final_theta)
    return [theta for theta in ends if all(map(math.isfinite, theta))]


@lru_cache(maxsize=4)
def scale_of(run: Run, pair: Pair) -> Scale:
    """Return the scale of a run's surfaces: it fits the first of them and the last.

    What lies higher has the colour of its upper end.
    """
    xs, ys = grid(frame_of(run, pair), COARSE)
    surfaces = (surface_of(run.experiment, theta, pair) for theta in _ends(run))
    heights = [finite(heights_of(surface, xs, ys)) for surface in surfaces]
    low = max(min((float(one.min()) for one in heights), default=1.0), CONVERGED)
    # Where one rises far higher than the other, each has a good part of the colours.
    tops = [math.log(float(one.max())) for one in heights]
    high = math.exp(sum(tops) / len(tops)) if tops else 1.0
    if high <= CONVERGED:
        return Scale(CONVERGED, 1.0)
    if high < _SPAN * low:
        middle = math.exp((math.log(low) + math.log(high)) / 2)
        return Scale(middle / math.sqrt(_SPAN), middle * math.sqrt(_SPAN))
    return Scale(low, high)


def grid(frame: Frame, count: int) -> tuple[Floats, Floats]:
    """Return the grid's values of x and y: `count` of them, from beyond the frame to beyond it."""
    across, up = _BEYOND * (frame.right - frame.left), _BEYOND * (frame.high - frame.low)
    xs = np.linspace(frame.left - across, frame.right + across, count)
    return xs, np.linspace(frame.low - up, frame.high + up, count)


def heights_of(surface: Surface, xs: Floats, ys: Floats) -> Floats:
    """Return the losses on a grid, rows over `ys`; over a single weight they are one row."""
    sides = zip(surface.pair, (xs, ys[:, np.newaxis]), strict=True)
    varied = {name: values for name, values in sides if name}
    found: Floats = losses(surface.experiment, surface.theta, varied)
    return found


def finite(heights: Floats) -> Floats:
    """Return heights without what is beyond all numbers, which has no logarithm."""
    return np.clip(np.nan_to_num(heights, nan=_HIGHEST), _LOWEST, _HIGHEST)
