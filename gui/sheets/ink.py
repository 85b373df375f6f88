"""Ink and type on paper: black, and the sizes of the type in units of a page."""

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from gui.drawing.ink import Ink
from gui.sheets.picture.blocks import Line
from gui.theme import InkColours, Theme, code_font, math_font, text_font

POINT = 10.0
"""In units of a page: all is laid out in tenths of a point, so that type need not be rounded."""

BLACK, GREY, PALE = "#000000", "#404040", "#8C8C8C"

_INK = InkColours(BLACK, BLACK, BLACK, "#FFFFFF")
PAPER = Theme(
    name="paper",
    panel="#FFFFFF",
    canvas="#FFFFFF",
    field="#FFFFFF",
    border=PALE,
    faint=PALE,
    text=BLACK,
    muted=GREY,
    problem=BLACK,
    accent=BLACK,
    on_accent="#FFFFFF",
    inks=MappingProxyType(dict.fromkeys(Ink, _INK)),
    curves=(BLACK,),
)
"""The colours of a print: what a colour says elsewhere, places and dashes say on paper."""

SIZES: Mapping[str, float] = MappingProxyType(
    {"title": 17, "heading": 12.5, "body": 10, "note": 9, "foot": 7.5, "cell": 10.5}
)
"""In points."""


def font_of(style: str, points: float) -> QFont:
    """Return the font of a piece of a line."""
    pixels = POINT * points
    if style in ("symbol", "math"):
        # Its letters are smaller than those of the text beside it.
        return math_font(1.12 * pixels, italic=style == "symbol")
    if style == "code":
        return code_font(pixels)
    return text_font(pixels, bold=style == "bold")


def width_of(line: Line, points: float) -> float:
    """Return how wide a line is."""
    return sum(
        QFontMetricsF(font_of(piece.style, points)).horizontalAdvance(piece.text) for piece in line
    )


def draw_line(
    painter: QPainter,
    line: Line,
    where: QRectF,
    points: float,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """Draw a line in the middle of a height; smaller where it is wider than its place."""
    width = width_of(line, points)
    if width > where.width() > 0:
        points *= where.width() / width
        width = where.width()
    x = where.left()
    if align is Qt.AlignmentFlag.AlignHCenter:
        x += (where.width() - width) / 2
    elif align is Qt.AlignmentFlag.AlignRight:
        x += where.width() - width
    # Every line of this size has the same base line, whatever stands in it.
    base = where.center().y() + 0.36 * POINT * points
    painter.setPen(QColor(BLACK))
    for piece in line:
        font = font_of(piece.style, points)
        painter.setFont(font)
        painter.drawText(QPointF(x, base), piece.text)
        x += QFontMetricsF(font).horizontalAdvance(piece.text)
