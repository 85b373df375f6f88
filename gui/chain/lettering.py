"""The lettering of the chain's picture. What is measured once is known from then on."""

from functools import lru_cache
from math import ceil
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from gui.theme import Theme, math_font, text_font

_LEAST = 11
"""In pixels, at the ordinary size of type: the smallest letters of the chain on screen."""

_NEARLY = 0.2
_MOST = 22


class Type(NamedTuple):
    """A size of type in pixels; `italic` is that of formulas, `struck` is struck out."""

    pixels: int
    bold: bool = False
    italic: bool = False
    struck: bool = False


def least_size(scale: float, theme: Theme) -> int:
    """Return the smallest size of type, in units of the scene, that can be read on screen.

    Where the chain is squeezed to a thumbnail, it is the largest that the boxes have room for.
    """
    return min(_MOST, ceil(theme.size(_LEAST) / scale - _NEARLY))


@lru_cache(maxsize=256)
def font_of(kind: Type) -> QFont:
    """Return the font of a type."""
    pixels, bold, italic, struck = kind
    font = math_font(pixels, bold=bold, italic=True) if italic else text_font(pixels, bold=bold)
    font.setStrikeOut(struck)
    return font


@lru_cache(maxsize=4096)
def width_of(text: str, kind: Type) -> float:
    """Return how wide a text is."""
    return QFontMetricsF(font_of(kind)).horizontalAdvance(text)


class Line(NamedTuple):
    """A line of text as it is drawn, in the middle of `where`."""

    text: str
    font: QFont
    colour: QColor
    where: QRectF


def line_at(kind: Type, colour: QColor, text: str, at: QPointF, width: float) -> Line:
    """Return one line centred on a point, smaller where it would not fit into `width`."""
    needed = width_of(text, kind)
    if needed > width:
        kind = kind._replace(pixels=max(1, int(kind.pixels * width / needed)))
    where = QRectF(at.x() - width, at.y() - 20, 2 * width, 40)
    return Line(text, font_of(kind), colour, where)


def write(painter: QPainter, line: Line) -> None:
    """Draw a line of text."""
    text, font, colour, where = line
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(where, Qt.AlignmentFlag.AlignCenter, text)
