"""How the loss surface is drawn: shades, contours, minima. No Qt."""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.diagnosis.measures import is_product
from engine.maps.loss_surface import minima
from engine.training.train import CONVERGED
from gui.panels.surface.picture.contours import Label, contour, labels, nice_levels
from gui.panels.surface.picture.frame import (
    COARSE,
    FINE,
    Floats,
    Frame,
    Scale,
    Surface,
    finite,
    grid,
    heights_of,
)
from gui.panels.surface.picture.path import WeightPath

_WORK = 600_000
"""The number of outputs of a layer that a grid may cost: some 2 ms."""

_FLAT = 1.02
"""Surface is called flat where its highest loss is less than this multiple of its lowest."""

_CLEAR = 100
"""The number of points of the path that labels keep clear of."""

_NOTHING: Floats = np.empty((0, 2, 2))
_NO_CURVE: Floats = np.empty((0, 2))


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

    @property
    def flat(self) -> bool:
        """Whether there is hardly any slope."""
        return self.most < _FLAT * self.least


def _count(surface: Surface) -> int:
    """Return how fine a grid may be."""
    work = len(surface.experiment.samples) * surface.experiment.layers
    return min(FINE, max(COARSE, math.isqrt(_WORK // work)))


@lru_cache(maxsize=2)
def relief_of(
    surface: Surface, frame: Frame, scale: Scale, room: tuple[float, float], path: WeightPath
) -> Relief:
    """Return a piece of a surface.

    `room` is the size of a label as shares of the frame's; labels keep clear of the `path`.
    """
    if surface.lost:
        return Relief(frame, np.empty((0, 0)), (), (), _NOTHING, _NO_CURVE, 0.0, 0.0)
    if not surface.pair.y:
        return _curve(surface, frame)
    xs, ys = grid(frame, _count(surface))
    heights = finite(heights_of(surface, xs, ys))
    logs = np.log(heights)
    inside = heights[1:-1, 1:-1]
    least, most = float(inside.min()), float(inside.max())
    flat = most < _FLAT * least
    levels = () if flat else nice_levels(max(least, scale.low), min(most, scale.high))
    lines = tuple((level, contour(logs, xs, ys, math.log(level))) for level in levels)
    half_x, half_y = (xs[1] - xs[0]) / 2, (ys[1] - ys[0]) / 2
    return Relief(
        covers=Frame(xs[0] - half_x, xs[-1] + half_x, ys[0] - half_y, ys[-1] + half_y),
        shades=scale.share(heights),
        contours=lines,
        labels=labels(lines, frame, room, path.thinned(_CLEAR)),
        minima=_minima(surface, frame, heights, (xs, ys)),
        curve=_NO_CURVE,
        least=least,
        most=most,
    )


def _curve(surface: Surface, frame: Frame) -> Relief:
    """Return the surface over a single weight: a curve; where it is lowest is drawn upright."""
    xs, _ = grid(frame, 2 * FINE)
    heights = finite(heights_of(surface, xs, xs))
    line = np.column_stack([xs, heights])
    pieces = np.stack([line[:-1], line[1:]], axis=1)
    product = minima(surface.experiment, surface.theta, surface.pair)
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


def _minima(surface: Surface, frame: Frame, heights: Floats, axes: tuple[Floats, Floats]) -> Floats:
    """Return the exact curve of a product of weights, else the line around what has converged."""
    if not is_product(surface.experiment):
        return contour(np.log(heights), *axes, math.log(CONVERGED))
    product = minima(surface.experiment, surface.theta, surface.pair)
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
    x = side * np.geomspace(near_x, far_x, 2 * FINE)
    line = np.column_stack([x, product / x])
    return np.stack([line[:-1], line[1:]], axis=1)
