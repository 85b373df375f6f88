"""The grounds of the themes: the colour behind everything, known before the first paint. No Qt."""

from collections.abc import Mapping
from types import MappingProxyType

GROUNDS: Mapping[str, str] = MappingProxyType(
    {"light": "#FFFFFF", "dark": "#1B1E25", "projector": "#FFFFFF"}
)
"""Each theme's ground; all its other colours are in `gui.theme`, which takes long to import."""
