"""The fonts that travel with Chainstep."""

from functools import lru_cache

from PySide6.QtGui import QFont, QFontDatabase

from gui.resources import asset

TEXT_FONT = "Chainstep Sans"
CHINESE_FONT = "Chainstep Sans SC"
MATH_FONT = "Chainstep Math"
CODE_FONT = "Chainstep Mono"


@lru_cache
def load_fonts(*, chinese: bool = True) -> None:
    """Make the fonts that travel with Chainstep known, so that it looks the same everywhere.

    Those with the Chinese characters are large: they can wait until somebody needs them.
    """
    for path in sorted(asset("fonts").glob("*.ttf")):
        if ("SansSC" in path.name) == chinese:
            QFontDatabase.addApplicationFont(str(path))


def text_font(pixels: float, *, bold: bool = False) -> QFont:
    """Return the font of the user interface."""
    return _font(TEXT_FONT, pixels, bold=bold)


def math_font(pixels: float, *, bold: bool = False, italic: bool = False) -> QFont:
    """Return the font of formulas."""
    font = _font(MATH_FONT, pixels, bold=bold)
    font.setItalic(italic)
    return font


def code_font(pixels: float) -> QFont:
    """Return the font of programs: every letter equally wide."""
    return _font(CODE_FONT, pixels, bold=False)


@lru_cache(maxsize=256)
def _base_font(family: str, pixels: float, bold: bool) -> QFont:  # noqa: FBT001
    font = QFont()
    font.setFamilies([family, TEXT_FONT, CHINESE_FONT])
    font.setPixelSize(max(1, round(pixels)))
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    # Otherwise the text font's contextual forms turn -> into an arrow while somebody types.
    font.setFeature(QFont.Tag("calt"), 0)
    return font


def _font(family: str, pixels: float, *, bold: bool) -> QFont:
    return QFont(_base_font(family, pixels, bold))
