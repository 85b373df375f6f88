"""Where the parts of a row of the gradient check stand."""

from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from gui.theme import Theme

LINE = 17
"""The height of a line, in pixels at the ordinary size of type."""

_MARGIN = 6

_VERDICT = 0.36
"""The share of a row's width for its error and verdict."""


class Places(NamedTuple):
    """Where the parts of a row stand: two numbers, each behind its name, and their error."""

    symbol: QRectF
    gradient_name: QRectF
    difference_name: QRectF
    gradient: QRectF
    difference: QRectF
    error: QRectF
    verdict: QRectF


def places(row: QRectF, theme: Theme) -> Places:
    """Return where the parts of a row stand in its rectangle."""
    row = row.adjusted(theme.size(_MARGIN), 0, -theme.size(_MARGIN), 0)
    line, gap = theme.size(LINE), theme.size(4)
    top = row.center().y() - line
    rest = _VERDICT * row.width()
    left, right = row.left() + theme.size(26), row.right() - rest
    name = theme.size(62)
    numbers, width = left + name + gap, right - left - name - 2 * gap
    return Places(
        QRectF(row.left(), top, theme.size(26), line),
        QRectF(left, top, name, line),
        QRectF(left, top + line, name, line),
        QRectF(numbers, top, width, line),
        QRectF(numbers, top + line, width, line),
        QRectF(right, top, rest, line),
        QRectF(right, top + line, rest, line),
    )


_SIDES = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
}


def write(
    painter: QPainter, where: QRectF, text: str, font: QFont, colour: str, side: str = "right"
) -> None:
    """Write `text` at a side of a rectangle, smaller where it would not fit."""
    width = QFontMetricsF(font).horizontalAdvance(text)
    if width > where.width():
        font = QFont(font)
        font.setPixelSize(max(1, int(font.pixelSize() * where.width() / width)))
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(where, int(_SIDES[side]), text)
