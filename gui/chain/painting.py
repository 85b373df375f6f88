"""Painting the shapes that a picture is described in."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from math import ceil, sqrt
from typing import NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from gui.chain.lettering import Line, Type, font_of, line_at, width_of, write
from gui.chain.shapes import DASHES, Placed, Shape, draw_shapes
from gui.drawing.ink import Arrow, Box, Caption, Ink, Point, Stress, Token
from gui.theme import Theme, blend

_NO_PEN, _NO_BRUSH = QPen(Qt.PenStyle.NoPen), QBrush()
"""Kept: to hand one of Qt's enumerations over takes as long as the whole call."""

_HEAD = 10.0
_DOTS = (1.0, 2.5)
_RING = 5.0

_SMALLER = 0.88
"""A number that is somewhat too long for its box is written smaller, before it gives digits up."""

_HALF_AS_HIGH = 0.36
"""How far a digit reaches from its middle, as a share of the type's size."""

_SMALLEST_CAPTION = 0.6
"""So much smaller is the name of a rail written before it is cut."""

_CLEAR = 3.5
"""Between the lettering of a box and its outline."""


def rectangle(box: Box) -> QRectF:
    """Return where a box stands."""
    return QRectF(box.x - box.width / 2, box.y - box.height / 2, box.width, box.height)


def path_of(points: tuple[Point, ...], *, curved: bool, share: float = 1.0) -> QPainterPath:
    """Return the path through `points`: straight pieces, or one Bézier curve.

    `share` is how much of its parameter is kept: the last straight piece, or the curve, ends there.
    """
    corners = [QPointF(*point) for point in points]
    path = QPainterPath(corners[0])
    if curved:
        controls = _beginning(corners, share)
        if len(controls) == 3:  # noqa: PLR2004 - a quadratic curve
            path.quadTo(*controls[1:])
        else:
            path.cubicTo(*controls[1:])
        return path
    for point in corners[1:-1]:
        path.lineTo(point)
    path.lineTo(corners[-2] + (corners[-1] - corners[-2]) * share)
    return path


def _beginning(controls: list[QPointF], share: float) -> list[QPointF]:
    """Return the control points of a Bézier curve's beginning (de Casteljau's algorithm)."""
    beginning = [controls[0]]
    while len(controls) > 1:
        controls = [a + (b - a) * share for a, b in pairwise(controls)]
        beginning.append(controls[0])
    return beginning


def draw_caption(
    painter: QPainter, theme: Theme, caption: Caption, edges: tuple[float, float], least: int
) -> None:
    """Write the name of a part of the picture; it stays between two edges, left and right.

    Where it is too long it begins further left, then it is written smaller, then it is cut.
    """
    left, right = edges
    kind, text = Type(max(13, least), bold=True), caption.text
    width = width_of(text, kind)
    if width > right - left:
        share = max(_SMALLEST_CAPTION, (right - left) / width)
        kind, width = kind._replace(pixels=max(1, int(kind.pixels * share))), right - left
        metrics = QFontMetricsF(font_of(kind))
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
    painter.setFont(font_of(kind))
    painter.setPen(QColor(theme.inks[caption.ink].text))
    x = max(left, min(caption.x, right - width))
    where = QRectF(x, caption.y - 14, right - x + 1, 28)
    painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


def draw_arrow(painter: QPainter, theme: Theme, arrow: Arrow) -> None:
    """Draw a path with its head."""
    empty = arrow.stress is Stress.EMPTY
    colour = theme.outline if empty else theme.inks[arrow.ink].line
    thickness = arrow.thickness * (1.35 if arrow.stress is Stress.RESULT else 1.0)
    painter.setPen(_pen(colour, 1.5 if empty else thickness, _dashes(arrow, thickness)))
    painter.setBrush(_NO_BRUSH)
    painter.drawPath(_shortened(arrow.points, arrow.curved, _HEAD - 2 if arrow.head else 0))
    if arrow.head:
        painter.setPen(_NO_PEN)
        painter.setBrush(QColor(colour))
        painter.drawPolygon(_head(arrow.points[-2:], 1.0 + 0.12 * thickness))


def _dashes(arrow: Arrow, thickness: float) -> tuple[float, ...]:
    if arrow.stress is Stress.EMPTY or arrow.dotted:
        return _DOTS
    if arrow.dashed:
        return (max(2.0, 9.0 / thickness), max(1.2, 5.0 / thickness))
    return ()


@lru_cache(maxsize=256)
def _pen(colour: str, width: float, dashes: tuple[float, ...]) -> QPen:
    pen = QPen(QColor(colour), width)
    if dashes:
        pen.setDashPattern(dashes)
        cap = Qt.PenCapStyle
        pen.setCapStyle(cap.RoundCap if dashes == _DOTS else cap.FlatCap)
    return pen


@lru_cache(maxsize=1024)
def _shortened(points: tuple[Point, ...], curved: bool, by: float) -> QPainterPath:  # noqa: FBT001
    """Return a path without its last `by` units, which lie under the head."""
    joint, tip = (QPointF(*point) for point in points[-2:])
    degree = len(points) - 1 if curved else 1
    share = max(0.0, 1 - by / (degree * QLineF(joint, tip).length()))
    return path_of(points, curved=curved, share=share)


@lru_cache(maxsize=1024)
def _head(last: tuple[Point, ...], size: float) -> QPolygonF:
    joint, tip = (QPointF(*point) for point in last)
    axis = QLineF(tip, joint)
    left, right = QLineF(axis), QLineF(axis)
    for line, turn in ((left, 24), (right, -24)):
        line.setLength(_HEAD * size)
        line.setAngle(axis.angle() + turn)
    return QPolygonF([tip, left.p2(), right.p2()])


def draw_boxes(
    painter: QPainter,
    theme: Theme,
    boxes: Sequence[Box],
    least: int,
    share: float,
    *,
    handles: bool,
) -> None:
    """Draw some boxes; the one whose number is on the way (`share` below 1) fades in.

    `least` is the smallest size of type; `handles` tells whether what can be dragged shows that.
    """
    shapes, texts = list[Placed](), list[Line]()
    for box in boxes:
        if box.lit:
            _draw_ring(painter, theme, box)
        shown = share if box.stress is Stress.RESULT else 1.0
        laid_out = _laid_out if shown == 1 else _laid_out.__wrapped__
        shape, lines = laid_out(theme, box, least, shown)
        shape = shape if handles else shape._replace(handle="")
        shapes.append(Placed(shape, box.x, box.y, shown))
        texts += lines
    draw_shapes(painter, shapes)
    for text in texts:
        write(painter, text)


@lru_cache(maxsize=1024)
def _laid_out(theme: Theme, box: Box, least: int, shown: float) -> tuple[Shape, tuple[Line, ...]]:
    """Return the shape of a box and what is written in it."""
    filled = _is_filled(box) and shown > 0.5  # noqa: PLR2004
    shape = _shape(theme, box, shown)
    if box.handle and not (box.former or box.remark):  # beside the name, if it is alone there
        handle = theme.panel if _is_filled(box) else theme.outline
        shape = shape._replace(handle=handle, down=_lines(box, least)[0].down)
    return shape, tuple(_written(theme, box, least, shown, filled=filled))


def _draw_ring(painter: QPainter, theme: Theme, box: Box) -> None:
    """Draw a ring around what is pointed at."""
    around = rectangle(box).adjusted(-_RING, -_RING, _RING, _RING)
    painter.setPen(QPen(QColor(theme.inks[box.ink].line), 2.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    corner = around.height() / 2 if box.kind != "card" else 2 * _RING
    painter.drawRoundedRect(around, corner, corner)


def _is_filled(box: Box) -> bool:
    return box.stress is Stress.RESULT and box.ink is not Ink.LOSS


def _shape(theme: Theme, box: Box, shown: float) -> Shape:
    ink = theme.inks[box.ink]
    fill, line, width, glow = theme.panel, theme.border, 1.2, ""
    if box.stress is Stress.EMPTY:
        fill, line = theme.canvas, theme.outline
    elif box.stress is Stress.KNOWN and box.kind != "card":
        line, width = ink.line, 2.0
        fill = theme.soft(box.ink).name() if box.kind == "pill" else fill
    elif box.stress is Stress.KNOWN:
        line = ink.line if box.ink is Ink.GRADIENT else theme.outline
    elif box.stress is Stress.USED:
        fill, line, width = theme.soft(box.ink).name(), ink.line, 2.6
    elif _is_filled(box):
        fill, line, width = blend(ink.fill, theme.panel, shown).name(), ink.line, 2.0
        glow = ink.line
    else:
        line, width = ink.fill, 2.6
    gaps = DASHES if box.stress is Stress.EMPTY else ()
    return Shape(box.kind, box.width, box.height, fill, line, width, glow, gaps)


def _written(theme: Theme, box: Box, least: int, shown: float, *, filled: bool) -> Iterator[Line]:
    quiet, strong = _text_colours(theme, box, filled=filled)
    if box.stress is Stress.RESULT and shown < 1 and not filled:
        strong.setAlphaF(shown)
    for line in _lines(box, least):
        colour = strong if line.kind.bold else quiet
        centre = QPointF(box.x, box.y + line.down)
        if line.text == box.symbol and (box.former or box.remark):
            yield from _name_and_more(line.kind, quiet, box, centre)
        elif line.text:
            yield line_at(line.kind, colour, line.text, centre, _room(box, line))


class _TextLine(NamedTuple):
    """A line of a box, `down` below its middle."""

    text: str
    kind: Type
    down: float


def _lines(box: Box, least: int) -> tuple[_TextLine, ...]:
    circle = box.kind == "circle"
    symbol = Type(max(21 if circle else 15, least), italic=True)
    number = Type(max(13 if circle else 19 if box.note else 16, least), bold=True)
    kinds = [symbol, number, symbol][: 3 if box.note else 2]
    spacing = 27 if box.note else max(20, 0.58 * (symbol.pixels + number.pixels))
    top = -spacing * (len(kinds) - 1) / 2
    downs = (-17, 7) if circle else tuple(top + row * spacing for row in range(len(kinds)))
    # The size is the same for all of a kind: where it is too large for a number, digits go.
    smaller = number._replace(pixels=ceil(_SMALLER * number.pixels))
    for text in chain((box.number,), box.shorter):
        if width_of(text, smaller) <= _room(box, _TextLine(text, smaller, downs[1])):
            break
    return tuple(map(_TextLine, (box.symbol, text, box.note), kinds, downs))


def _room(box: Box, line: _TextLine) -> float:
    """Return how wide a line can be and keep clear of the outline, which may be round."""
    radius = 0.0 if box.kind == "card" else box.height / 2
    edge = min(abs(line.down) + _HALF_AS_HIGH * line.kind.pixels, radius)
    return box.width - 2 * (radius - sqrt(radius**2 - edge**2)) - 2 * _CLEAR


def _text_colours(theme: Theme, box: Box, *, filled: bool) -> tuple[QColor, QColor]:
    """Return the colours of a box' symbol and of its number."""
    ink = theme.inks[box.ink]
    if filled:
        return QColor(ink.on_fill), QColor(ink.on_fill)
    flows_back = box.ink in (Ink.BACKWARD, Ink.GRADIENT, Ink.UPDATE)
    symbol = theme.text if box.kind == "circle" else theme.muted
    return QColor(symbol), QColor(ink.text if flows_back else theme.text)


def _name_and_more(kind: Type, colour: QColor, box: Box, centre: QPointF) -> Iterator[Line]:
    """Return the name of a number, and beside it the one it replaced, struck out, or a remark."""
    name, more = f"{box.symbol}  ", box.former or box.remark
    beside = kind._replace(pixels=kind.pixels - 1, italic=False, struck=bool(box.former))
    left, right = width_of(name, kind), width_of(more, beside)
    if left + right > box.width - 8:
        name, left = "", 0.0
    start = centre.x() - (left + right) / 2
    name_at, more_at = (
        QPointF(x, centre.y()) for x in (start + left / 2, start + left + right / 2)
    )
    if name:
        yield line_at(kind, colour, name, name_at, left + 1)
    yield line_at(beside, colour, more, more_at, box.width - 8)


def draw_token(painter: QPainter, theme: Theme, token: Token, share: float, least: int) -> None:
    """Draw the number that moves along a path, `share` of the way."""
    kind, number, ink = Type(max(12, least), bold=True), token.number, token.ink
    width = width_of(number, kind) + 16
    centre = path_of(token.path, curved=token.curved).pointAtPercent(share)
    where = QRectF(centre.x() - width / 2, centre.y() - 12, width, 24)
    painter.setPen(QPen(QColor(theme.panel), 2))
    painter.setBrush(QColor(theme.inks[ink].fill))
    painter.drawRoundedRect(where, 12, 12)
    painter.setFont(font_of(kind))
    painter.setPen(QColor(theme.inks[ink].on_fill))
    painter.drawText(where, Qt.AlignmentFlag.AlignCenter, number)
