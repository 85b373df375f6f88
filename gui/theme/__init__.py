"""How Chainstep looks: colours, fonts, style sheet, and icons in `gui.theme.icons`.

It is the only place with any of them. The icons have to be asked for by themselves: they need
an SVG renderer, and the first paint does not.
"""

from gui.theme.colours import CHOICES, THEMES, InkColours, Theme, blend
from gui.theme.dressing import dressed, system_type
from gui.theme.fonts import (
    CHINESE_FONT,
    CODE_FONT,
    MATH_FONT,
    TEXT_FONT,
    code_font,
    load_fonts,
    math_font,
    text_font,
)
from gui.theme.sheet import apply, dark_system, dress, dress_late

__all__ = [
    "CHINESE_FONT",
    "CHOICES",
    "CODE_FONT",
    "MATH_FONT",
    "TEXT_FONT",
    "THEMES",
    "InkColours",
    "Theme",
    "apply",
    "blend",
    "code_font",
    "dark_system",
    "dress",
    "dress_late",
    "dressed",
    "load_fonts",
    "math_font",
    "system_type",
    "text_font",
]
