"""How Chainstep looks: colours, fonts, icons, style sheet. The only place with any of them."""

from gui.theme.colours import CHOICES, THEMES, InkColours, Theme, blend
from gui.theme.fonts import CHINESE_FONT, MATH_FONT, TEXT_FONT, load_fonts, math_font, text_font
from gui.theme.icons import app_icon, icon
from gui.theme.sheet import apply, dark_system

__all__ = [
    "CHINESE_FONT",
    "CHOICES",
    "MATH_FONT",
    "TEXT_FONT",
    "THEMES",
    "InkColours",
    "Theme",
    "app_icon",
    "apply",
    "blend",
    "dark_system",
    "icon",
    "load_fonts",
    "math_font",
    "text_font",
]
