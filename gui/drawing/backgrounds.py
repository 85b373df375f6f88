"""The background colours of the themes, known before the first paint. No Qt."""

from collections.abc import Mapping
from types import MappingProxyType

BACKGROUNDS: Mapping[str, str] = MappingProxyType(
    {"light": "#FFFFFF", "dark": "#1B1E25", "projector": "#FFFFFF"}
)
"""By theme. All other colours are in `gui.theme`, which takes long to import."""
