"""The shapes of the boxes, without their texts.

A chain and its factors show the same few shapes again and again, at every step: each is kept as a
small picture, which is laid down in a tenth of the time in which its smooth edges are computed.
"""

from collections.abc import Iterable
from functools import lru_cache
from math import ceil, floor
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPaintEngine, QPainter, QPen

_GLOW = ((10.0, 22), (6.5, 34), (3.5, 60))
"""How far the rings of a glow reach, and how opaque each is (of 255)."""

_REACH = 12.0
"""No shape reaches farther beyond its box, with its line or its glow."""


_ARROW = (4.0, 3.0, 5.0)
"""Of the arrows of a handle: half the height, the width, and how far they are from the edges."""

DASHES, DOTS = (4.0, 3.0), (1.0, 2.0)
"""Lines and gaps, in widths of the line."""


class Shape(NamedTuple):
    """A "circle", "card" or "pill" in its colours; `glow` is the colour around it, if any.

    The outline of what is not known yet has `gaps`; a card's corners have a radius of `corner`; a
    `handle` shows that it can be dragged, `down` is how far below the middle it is.
    """

    kind: str
    width: float
    height: float
    fill: str
    line: str
    thickness: float
    glow: str = ""
    gaps: tuple[float, ...] = ()
    corner: float = 9.0
    handle: str = ""
    down: float = 0.0


class Placed(NamedTuple):
    """A shape with its centre at `x` and `y`; `shown` is how much of its glow."""

    shape: Shape
    x: float
    y: float
    shown: float = 1.0


def draw_shapes(painter: QPainter, shapes: Iterable[Placed]) -> None:
    """Draw some shapes."""
    ratio = painter.device().devicePixelRatioF()
    on_pixels = painter.paintEngine().type() is QPaintEngine.Type.Raster and ratio.is_integer()
    world = painter.worldTransform()
    scale, left, top = (ratio * number for number in (world.m11(), world.dx(), world.dy()))
    kept: list[tuple[QPointF, QImage]] = []
    for shape, x, y, shown in shapes:
        if shown < 1 or not on_pixels:
            _draw(painter, shape, QPointF(x, y), shown)
            continue
        right, down = left + scale * x, top + scale * y
        column, row = floor(right), floor(down)
        # Where the centre is within its pixel decides what the edges look like.
        picture = _picture(shape, scale, round(right - column, 3), round(down - row, 3), ratio)
        column, row = column - picture.width() // 2, row - picture.height() // 2
        kept.append((QPointF(column / ratio, row / ratio), picture))
    painter.setWorldMatrixEnabled(False)
    for where, picture in kept:
        painter.drawImage(where, picture)
    painter.setWorldMatrixEnabled(True)


@lru_cache(maxsize=512)
def _picture(shape: Shape, scale: float, right: float, down: float, ratio: float) -> QImage:
    """Return the shape with its centre `right` and `down` of the picture's middle."""
    columns, rows = (2 * ceil(scale * (side / 2 + _REACH)) for side in (shape.width, shape.height))
    picture = QImage(columns, rows, QImage.Format.Format_ARGB32_Premultiplied)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(columns // 2 + right, rows // 2 + down)
    painter.scale(scale, scale)
    _draw(painter, shape, QPointF(), 1.0)
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def _draw(painter: QPainter, shape: Shape, centre: QPointF, shown: float) -> None:
    where = QRectF(0, 0, shape.width, shape.height)
    where.moveCenter(centre)
    if shape.glow and shown > 0:
        painter.setPen(Qt.PenStyle.NoPen)
        for spread, alpha in _GLOW:
            colour = QColor(shape.glow)
            colour.setAlpha(round(alpha * shown))
            painter.setBrush(colour)
            grown = where.adjusted(-spread, -spread, spread, spread)
            radius = shape.corner + spread if shape.kind == "card" else grown.height() / 2
            painter.drawRoundedRect(grown, radius, radius)
    pen = QPen(QColor(shape.line), shape.thickness)
    if shape.gaps:
        pen.setDashPattern(shape.gaps)
    painter.setPen(pen)
    painter.setBrush(QColor(shape.fill))
    if shape.kind == "circle":
        painter.drawEllipse(where)
    else:
        radius = where.height() / 2 if shape.kind == "pill" else shape.corner
        painter.drawRoundedRect(where, radius, radius)
    if shape.handle:
        _draw_handle(painter, shape, where)


def _draw_handle(painter: QPainter, shape: Shape, where: QRectF) -> None:
    """Draw an arrow at the left edge and one at the right: this can be dragged."""
    pen = QPen(QColor(shape.handle), 1.4)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    high, wide, away = _ARROW
    for edge, way in ((where.left() + away, 1.0), (where.right() - away, -1.0)):
        middle = where.center().y() + shape.down
        joints = ((wide, -high), (0.0, 0.0), (wide, high))
        painter.drawPolyline([QPointF(edge + way * x, middle + y) for x, y in joints])
