"""Painting the shapes that a picture is described in."""

from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
)

from gui.pictures.ink import Arrow, Box, Caption, Ink, Point, Stress
from gui.theme import Theme, blend, math_font, text_font

_HEAD = 10.0


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


def draw_caption(painter: QPainter, theme: Theme, caption: Caption) -> None:
    """Write the name of a part of the picture."""
    painter.setFont(text_font(13, bold=True))
    painter.setPen(QColor(theme.inks[caption.ink].text))
    where = QRectF(caption.x, caption.y - 10, 400, 20)
    painter.drawText(
        where, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, caption.text
    )


def draw_arrow(painter: QPainter, theme: Theme, arrow: Arrow) -> None:
    """Draw a path with its head and its label."""
    colour = _line_colour(theme, arrow.ink, arrow.stress)
    thickness = arrow.thickness * (1.35 if arrow.stress is Stress.RESULT else 1.0)
    pen = QPen(colour, 1.5 if arrow.stress is Stress.EMPTY else thickness)
    if arrow.stress is Stress.EMPTY or arrow.dotted:
        pen.setDashPattern([1.0, 2.5])
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    elif arrow.dashed:
        pen.setDashPattern([max(2.0, 9.0 / thickness), max(1.2, 5.0 / thickness)])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(_shortened(arrow, _HEAD - 2 if arrow.head else 0))
    if arrow.head:
        _draw_head(painter, arrow, colour, 1.0 + 0.12 * thickness)
    if arrow.label:
        _draw_label(painter, theme, arrow)


def _shortened(arrow: Arrow, by: float) -> QPainterPath:
    """Return the arrow's path without its last `by` units, which lie under the head."""
    joint, tip = (QPointF(*point) for point in arrow.points[-2:])
    degree = len(arrow.points) - 1 if arrow.curved else 1
    share = max(0.0, 1 - by / (degree * QLineF(joint, tip).length()))
    return path_of(arrow.points, curved=arrow.curved, share=share)


def _draw_head(painter: QPainter, arrow: Arrow, colour: QColor, size: float) -> None:
    joint, tip = (QPointF(*point) for point in arrow.points[-2:])
    axis = QLineF(tip, joint)
    left, right = QLineF(axis), QLineF(axis)
    for line, turn in ((left, 24), (right, -24)):
        line.setLength(_HEAD * size)
        line.setAngle(axis.angle() + turn)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([tip, left.p2(), right.p2()]))


def _draw_label(painter: QPainter, theme: Theme, arrow: Arrow) -> None:
    faint = arrow.stress is Stress.EMPTY
    colour = theme.muted if faint else theme.inks[arrow.ink].text
    font = text_font(13, bold=arrow.stress >= Stress.USED)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    width = metrics.horizontalAdvance(arrow.label) + 8
    where = QRectF(arrow.label_at[0] - width / 2, arrow.label_at[1] - 9, width, 18)
    if arrow.dotted:
        # It may cross a rail: keep the letters clear of it.
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.canvas))
        painter.drawRoundedRect(where, 5, 5)
    painter.setPen(QColor(colour))
    painter.drawText(where, Qt.AlignmentFlag.AlignCenter, arrow.label)


def _line_colour(theme: Theme, ink: Ink, stress: Stress) -> QColor:
    line = QColor(theme.inks[ink].line)
    if stress is Stress.EMPTY:
        return QColor(theme.faint)
    return line


def draw_box(painter: QPainter, theme: Theme, box: Box, *, shown: float = 1.0) -> None:
    """Draw a box; while its number is on the way (`shown` below 1), it fades in."""
    where = rectangle(box)
    ink = theme.inks[box.ink]
    strong = box.stress is Stress.RESULT and box.ink is not Ink.LOSS
    if strong and shown > 0:
        _glow(painter, theme, box, where, shown)
    fill, line, width = QColor(theme.panel), QColor(theme.border), 1.2
    if box.stress is Stress.EMPTY:
        fill, line = QColor(theme.canvas), QColor(theme.faint)
    elif box.stress is Stress.KNOWN and box.kind != "card":
        line, width = QColor(ink.line), 2.0
        fill = theme.soft(box.ink) if box.kind == "pill" else fill
    elif box.stress is Stress.KNOWN:
        line = QColor(ink.line) if box.ink is Ink.GRADIENT else QColor(theme.faint)
    elif box.stress is Stress.USED:
        fill, line, width = theme.soft(box.ink), QColor(ink.line), 2.6
    elif strong:
        fill, line, width = blend(ink.fill, theme.panel, shown), QColor(ink.line), 2.0
    else:
        line, width = QColor(ink.fill), 2.6
    painter.setPen(QPen(line, width))
    painter.setBrush(fill)
    if box.kind == "circle":
        painter.drawEllipse(where)
    else:
        radius = where.height() / 2 if box.kind == "pill" else 9
        painter.drawRoundedRect(where, radius, radius)
    _write(painter, theme, box, where, filled=strong and shown > 0.5, shown=shown)  # noqa: PLR2004


def _glow(painter: QPainter, theme: Theme, box: Box, where: QRectF, shown: float) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    for spread, alpha in ((10.0, 22), (6.5, 34), (3.5, 60)):
        colour = QColor(theme.inks[box.ink].line)
        colour.setAlpha(round(alpha * shown))
        painter.setBrush(colour)
        grown = where.adjusted(-spread, -spread, spread, spread)
        radius = 9 + spread if box.kind == "card" else grown.height() / 2
        painter.drawRoundedRect(grown, radius, radius)


def _write(
    painter: QPainter, theme: Theme, box: Box, where: QRectF, *, filled: bool, shown: float
) -> None:
    ink = theme.inks[box.ink]
    symbol_colour = QColor(ink.on_fill if filled else theme.muted)
    number_colour = QColor(ink.on_fill if filled else theme.text)
    if box.ink in (Ink.BACKWARD, Ink.GRADIENT, Ink.UPDATE) and not filled:
        number_colour = QColor(ink.text)
    if box.kind == "circle" and not filled:
        symbol_colour = QColor(theme.text)
    if box.stress is Stress.RESULT and shown < 1 and not filled:
        number_colour.setAlphaF(shown)
    symbol_font = math_font(21, italic=True) if box.italic else text_font(13)
    number_font = text_font(16, bold=True)
    inner = where.width() - (16 if box.kind == "circle" else 12)
    middle = where.center().y()
    if box.kind == "circle":
        inner = where.width() - 7
        _line(
            painter, symbol_font, symbol_colour, box.symbol, where.center().x(), middle - 13, inner
        )
        number_font = text_font(14, bold=True)
        _line(
            painter, number_font, number_colour, box.number, where.center().x(), middle + 11, inner
        )
        return
    rows = _rows(box, symbol_font, number_font, symbol_colour, number_colour)
    spacing = 27 if box.note else 18
    top = middle - spacing * (len(rows) - 1) / 2
    if box.former:
        _former(painter, symbol_font, symbol_colour, box, QPointF(where.center().x(), top))
    for row, (font, colour, text) in enumerate(rows):
        _line(painter, font, colour, text, where.center().x(), top + row * spacing, inner)


def _rows(
    box: Box, symbol_font: QFont, number_font: QFont, quiet: QColor, strong: QColor
) -> list[tuple[QFont, QColor, str]]:
    name = "" if box.former else box.symbol
    rows = [(symbol_font, quiet, name), (number_font, strong, box.number)]
    if box.note:
        rows[1][0].setPixelSize(19)
        rows.append((symbol_font, quiet, box.note))
    return rows


def _former(painter: QPainter, font: QFont, colour: QColor, box: Box, centre: QPointF) -> None:
    """Write the name of a number that was replaced, and the old number struck out."""
    name, metrics = f"{box.symbol}  ", QFontMetricsF(font)
    left, right = metrics.horizontalAdvance(name), metrics.horizontalAdvance(box.former)
    start = centre.x() - (left + right) / 2
    struck = QFont(font)
    struck.setStrikeOut(True)
    _line(painter, font, colour, name, start + left / 2, centre.y(), left + 1)
    _line(painter, struck, colour, box.former, start + left + right / 2, centre.y(), right + 1)


def _line(
    painter: QPainter, font: QFont, colour: QColor, text: str, x: float, y: float, width: float
) -> None:
    """Write one line centred on a point, smaller where it would not fit into `width`."""
    if not text:
        return
    needed = QFontMetricsF(font).horizontalAdvance(text)
    if needed > width:
        font = QFont(font)
        font.setPixelSize(max(7, int(font.pixelSize() * width / needed)))
    painter.setFont(font)
    painter.setPen(colour)
    where = QRectF(x - width, y - 15, 2 * width, 30)
    painter.drawText(where, Qt.AlignmentFlag.AlignCenter, text)


def draw_token(
    painter: QPainter, theme: Theme, path: QPainterPath, number: str, ink: Ink, share: float
) -> None:
    """Draw the number that moves along `path`, `share` of the way."""
    font = text_font(12, bold=True)
    width = QFontMetricsF(font).horizontalAdvance(number) + 16
    centre = path.pointAtPercent(share)
    where = QRectF(centre.x() - width / 2, centre.y() - 12, width, 24)
    painter.setPen(QPen(QColor(theme.panel), 2))
    painter.setBrush(QColor(theme.inks[ink].fill))
    painter.drawRoundedRect(where, 12, 12)
    painter.setFont(font)
    painter.setPen(QColor(theme.inks[ink].on_fill))
    painter.drawText(where, Qt.AlignmentFlag.AlignCenter, number)
