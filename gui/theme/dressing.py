"""The theme that a look asks for, in the size of type that it asks for."""

import sys
from dataclasses import replace
from functools import lru_cache

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo

from gui.state import Look
from gui.theme.colours import THEMES, Theme

_ORDINARY = {"win32": 12.0, "darwin": 13.0}
_OF_OTHERS = 15.0
"""In pixels: the type of a system whose user has not asked for another size."""

_LARGEST = 3.0


def dressed(look: Look) -> Theme:
    """Return the theme of a look; the same object for the same colours and size of type."""
    return _sized(look.palette, look.enlarged)


@lru_cache(maxsize=64)
def _sized(name: str, enlarged: float) -> Theme:
    theme = THEMES[name]
    return theme if enlarged == 1.0 else replace(theme, scale=theme.scale * enlarged, zoom=enlarged)


def system_type(font: QFont | None = None) -> float:
    """Return how large the system's type is (or `font`), 1 where it is ordinary, at most 3.

    What is smaller than ordinary counts as ordinary.
    """
    asked = font or QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    share = QFontInfo(asked).pixelSize() / _ORDINARY.get(sys.platform, _OF_OTHERS)
    return round(20 * min(max(1.0, share), _LARGEST)) / 20
