"""How large the type of the formula can be in its room."""

from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout

from gui.formula.label import Row, plain
from gui.formula.picture import FormulaPicture
from gui.theme import math_font, text_font


@lru_cache(maxsize=256)
def heading_font(text: str, largest: int, room: float) -> QFont:
    """Return the font of a heading: smaller where it would be cut off."""
    needed = QFontMetricsF(text_font(largest, bold=True)).horizontalAdvance(text)
    return text_font(int(min(1.0, room / max(1.0, needed)) * largest), bold=True)


def words_font(text: str, largest: int, room: QRectF) -> QFont:
    """Return the font of words that go on in the next line: smaller where they have no room."""
    longest = max(text.split(), key=len, default="")
    for pixels in range(largest, max(largest // 3, 1), -1):
        metrics = QFontMetricsF(text_font(pixels))
        taken = metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), text)
        if metrics.horizontalAdvance(longest) <= room.width() and taken.height() <= room.height():
            break
    return text_font(pixels)


def headed_font(heading: str, words: str, largest: int, room: QRectF) -> tuple[QFont, bool]:
    """Return the font of words after a bold heading, and whether they begin a line of their own.

    They do where a line is too short for both, and long enough for the words.
    """
    for pixels in range(largest, max(largest // 3, 1), -1):
        font, bold = text_font(pixels), text_font(pixels, bold=True)
        head = QFontMetricsF(bold).horizontalAdvance(f"{heading}\u2002")
        told = QFontMetricsF(font).horizontalAdvance(words)
        breaks = head + told > room.width() >= max(head, told)
        lines = 2 if breaks else _lines(f"{heading}\u2002", words, (bold, font), room.width())
        if lines * QFontMetricsF(bold).height() <= room.height():
            break
    return font, breaks


def _lines(heading: str, words: str, fonts: tuple[QFont, QFont], wide: float) -> int:
    bold = QTextLayout.FormatRange()
    bold.start, bold.length = 0, len(heading)
    bold.format.setFont(fonts[0])
    layout = QTextLayout(heading + words, fonts[1])
    layout.setFormats([bold])
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(wide)
    layout.endLayout()
    return layout.lineCount()


def rows_of(picture: FormulaPicture, largest: int, room: float) -> tuple[list[Row], float]:
    """Return the rows to set a formula in, and the share of the largest type that has room."""
    symbols, first, rest = picture.rows
    metrics = QFontMetricsF(math_font(largest, bold=True))
    for rows, most, enough in (
        ([(*symbols, *first, *rest)], 1.0, 0.85),
        ([symbols, (*first, *rest)], 0.85, 0.62),
        ([symbols, first, rest], 0.72, 0.0),
    ):
        needed = max(metrics.horizontalAdvance(plain(row)) for row in rows)
        share = min(most, room / max(1.0, needed))
        if share >= enough:
            break
    return rows, share
