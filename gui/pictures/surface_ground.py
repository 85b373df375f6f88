"""The ground of the loss surface: which piece is shown, its shades, contours, minima. No Qt.

The piece and the shades belong to the run, so that nothing jumps while it is stepped through; the
ground itself changes only where one of the other weights does.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from engine import Experiment, Run
from engine.loss_surface import Pair, losses, minima
from engine.training import CONVERGED
from gui.pictures.contours import Label, contour, labels, nice_levels
from gui.pictures.weight_path import weight_path

Floats = npt.NDArray[np.float64]

_MARGIN, _LEAST = 1.15, 0.5
"""A frame reaches so many times as far as what it holds, and at least so far."""

_ROOM = 4.0
"""A run that runs away is followed up to so many times what its weights were at the start."""

_WORTH = 2.0
"""The valley is fetched into the frame from up to so many times as far as the path reaches."""

_FINE, _COARSE = 96, 24
"""The points of a grid, each way: at best, and at least."""

_WORK = 600_000
"""A grid is as fine as so many outputs of a layer allow: some 2 ms."""

_BEYOND = 0.02
"""A grid reaches so much of the frame further, so that contours meet its edge."""

_LOWEST, _HIGHEST = 1e-300, 1e300
"""Losses beyond are drawn as these: their logarithms are numbers."""

_NOTHING: Floats = np.empty((0, 2, 2))
_NO_CURVE: Floats = np.empty((0, 2))

_SPAN = 4.0
"""Shades run over at least so many times the least loss: hardly any slope then looks flat."""


class Frame(NamedTuple):
    """A piece of the plane; for a single weight y is the loss."""

    left: float
    right: float
    low: float
    high: float


class Ground(NamedTuple):
    """What a surface is a function of; `weights` have 0 at the layers of the pair."""

    experiment: Experiment
    weights: tuple[float, ...]
    pair: Pair

    @property
    def lost(self) -> bool:
        """Whether a weight that is no number any more leaves nothing to be drawn."""
        return not all(map(math.isfinite, self.weights))


class Scale(NamedTuple):
    """The losses from which and up to which shades run, evenly in their logarithm."""

    low: float
    high: float


@dataclass(frozen=True, eq=False, slots=True)
class Relief:
    """A piece of a surface.

    `shades` are from 0 (low) to 1 (high), rows over y from `frame.low` upwards, and cover `covers`.
    Pieces of lines have the shape (pieces, 2 ends, 2). `least` and `most` are losses on it. Over a
    single weight there are neither shades nor contours but a `curve` with the loss as its height,
    shape (points, 2).
    """

    covers: Frame
    shades: Floats
    contours: tuple[tuple[float, Floats], ...]
    labels: tuple[Label, ...]
    minima: Floats
    curve: Floats
    least: float
    most: float


def ground_of(experiment: Experiment, weights: Sequence[float], pair: Pair) -> Ground:
    """Return what the surface over `pair` depends on where these are the weights."""
    others = (0.0 if layer in pair else w for layer, w in enumerate(weights, 1))
    return Ground(experiment, tuple(others), pair)


def loss_at(ground: Ground, x: float, y: float) -> float:
    """Return the loss at a place."""
    varied = {layer: w for layer, w in zip(ground.pair, (x, y), strict=True) if layer}
    return float(losses(ground.experiment, ground.weights, varied))


@lru_cache(maxsize=4)
def frame_of(run: Run, pair: Pair) -> Frame:
    """Return the piece that holds the run's path, w = 0 and, if it is not far, the valley.

    The middle is w = 0 where the chain answers 0 there: that shows how the ground lies around it.
    """
    points = weight_path(run, pair).points
    if run.diverged_at or not len(points):
        bound = _ROOM * max(1.0, float(np.abs(points[:1]).max(initial=0.0)))
        points = np.clip(points, -bound, bound)
    points = np.vstack([points, np.zeros((1, 2))])
    reach = max(_LEAST, _valley(run, pair, float(np.abs(points).max())))
    sides = [_side(points[:, axis], reach, run.experiment.activation) for axis in (0, 1)]
    if pair.y:
        return Frame(*sides[0], *sides[1])
    xs = np.linspace(*sides[0], _FINE)
    heights = losses(run.experiment, run.experiment.weights, {pair.x: xs})
    return Frame(*sides[0], 0.0, _MARGIN * float(heights.max()) or 1.0)


def _side(values: Floats, reach: float, activation: str) -> tuple[float, float]:
    if activation == "sigmoid":
        low, high = float(values.min()), float(values.max())
        margin = max((_MARGIN - 1) * (high - low), (_LEAST - (high - low)) / 2)
        return low - margin, high + margin
    half = _MARGIN * max(float(np.abs(values).max()), reach)
    return -half, half


def _valley(run: Run, pair: Pair, reach: float) -> float:
    """Return how far away the minima are nearest, at the start and the end; 0 if that is far."""
    found = [minima(run.experiment, w, pair) for w in (run.experiment.weights, run.final_weights)]
    sizes = [abs(m) for m in found if m is not None]
    away = [math.sqrt(size) if pair.y else size for size in sizes]
    return max((far for far in away if far <= _WORTH * max(reach, 1.0)), default=0.0)


@lru_cache(maxsize=4)
def scale_of(run: Run, pair: Pair) -> Scale:
    """Return the scale of a run's surfaces: it fits the first of them, and the last."""
    found = []
    for weights in (run.experiment.weights, run.final_weights):
        if all(map(math.isfinite, weights)):
            xs, ys = _axes(frame_of(run, pair), _COARSE)
            found.append(_heights(ground_of(run.experiment, weights, pair), xs, ys))
    heights = np.concatenate(found)
    heights = heights[np.isfinite(heights)]
    low, high = float(heights.min(initial=math.inf)), float(heights.max(initial=0.0))
    if not CONVERGED < high < math.inf:
        return Scale(CONVERGED, 1.0)
    low = max(low, CONVERGED)
    if high < _SPAN * low:
        middle = math.sqrt(low * high)
        return Scale(middle / math.sqrt(_SPAN), middle * math.sqrt(_SPAN))
    return Scale(low, high)


def _axes(frame: Frame, count: int) -> tuple[Floats, Floats]:
    """Return the grid's values of x and y: `count` of them, from beyond the frame to beyond it."""
    across, up = _BEYOND * (frame.right - frame.left), _BEYOND * (frame.high - frame.low)
    xs = np.linspace(frame.left - across, frame.right + across, count)
    return xs, np.linspace(frame.low - up, frame.high + up, count)


def _heights(ground: Ground, xs: Floats, ys: Floats) -> Floats:
    varied = {ground.pair.x: xs}
    if ground.pair.y:
        varied[ground.pair.y] = ys[:, np.newaxis]
    found: Floats = losses(ground.experiment, ground.weights, varied)
    return found


def _count(ground: Ground) -> int:
    """Return how fine a grid may be."""
    work = len(ground.experiment.samples) * ground.experiment.layers
    return min(_FINE, max(_COARSE, math.isqrt(_WORK // work)))


@lru_cache(maxsize=2)
def relief_of(ground: Ground, frame: Frame, scale: Scale, room: tuple[float, float]) -> Relief:
    """Return a piece of a surface; `room` is the size of a label as shares of the frame's."""
    if ground.lost:
        return Relief(frame, np.empty((0, 0)), (), (), _NOTHING, _NO_CURVE, 0.0, 0.0)
    if not ground.pair.y:
        return _curve(ground, frame)
    xs, ys = _axes(frame, _count(ground))
    heights = _finite(_heights(ground, xs, ys))
    logs = np.log(np.clip(heights, scale.low / 10, scale.high * 10))
    shades = (logs - math.log(scale.low)) / math.log(scale.high / scale.low)
    inside = heights[1:-1, 1:-1]
    least, most = float(inside.min()), float(inside.max())
    levels = nice_levels(max(least, scale.low), min(most, scale.high))
    lines = tuple((level, contour(logs, xs, ys, math.log(level))) for level in levels)
    half_x, half_y = (xs[1] - xs[0]) / 2, (ys[1] - ys[0]) / 2
    return Relief(
        covers=Frame(xs[0] - half_x, xs[-1] + half_x, ys[0] - half_y, ys[-1] + half_y),
        shades=np.clip(shades, 0.0, 1.0),
        contours=lines,
        labels=labels(lines, frame, room),
        minima=_minima(ground, frame, heights, (xs, ys)),
        curve=_NO_CURVE,
        least=least,
        most=most,
    )


def _curve(ground: Ground, frame: Frame) -> Relief:
    """Return the surface over a single weight: a curve; where it is lowest is drawn upright."""
    xs, _ = _axes(frame, 2 * _FINE)
    heights = _finite(_heights(ground, xs, xs))
    line = np.column_stack([xs, heights])
    pieces = np.stack([line[:-1], line[1:]], axis=1)
    product = minima(ground.experiment, ground.weights, ground.pair)
    return Relief(
        covers=frame,
        shades=np.empty((0, 0)),
        contours=(),
        labels=(),
        minima=pieces[(pieces[..., 1] < CONVERGED).all(axis=1)]
        if product is None
        else np.array([[(product, frame.low), (product, frame.high)]]),
        curve=line,
        least=float(heights.min()),
        most=float(heights.max()),
    )


def _finite(heights: Floats) -> Floats:
    """Return heights without what is beyond all numbers, which has no logarithm."""
    return np.clip(np.nan_to_num(heights, nan=_HIGHEST), _LOWEST, _HIGHEST)


def _minima(ground: Ground, frame: Frame, heights: Floats, axes: tuple[Floats, Floats]) -> Floats:
    """Return the exact curve of a linear chain, else the line around what counts as converged."""
    if ground.experiment.activation != "identity":
        return contour(np.log(heights), *axes, math.log(CONVERGED))
    product = minima(ground.experiment, ground.weights, ground.pair)
    if product is None:
        return _NOTHING
    if product == 0.0:
        return np.array(
            [
                [(frame.left, 0.0), (frame.right, 0.0)],
                [(0.0, frame.low), (0.0, frame.high)],
            ]
        )
    return np.concatenate([_branch(product, frame, side) for side in (-1.0, 1.0)])


def _branch(product: float, frame: Frame, side: float) -> Floats:
    """Return the branch of x·y = product with x on one `side` of 0, within reach of the frame."""
    far_x = max(abs(frame.left), abs(frame.right))
    near_x = abs(product) / max(abs(frame.low), abs(frame.high))
    if not 0.0 < near_x < far_x:
        return _NOTHING
    x = side * np.geomspace(near_x, far_x, 2 * _FINE)
    line = np.column_stack([x, product / x])
    return np.stack([line[:-1], line[1:]], axis=1)
