"""The colours of the light theme, for what paints without Qt too. No Qt."""

from collections.abc import Mapping
from types import MappingProxyType

PLAIN: Mapping[str, str] = MappingProxyType(
    {
        "canvas": "#F4F6F9",
        "border": "#DFE3E9",
        "text": "#1A1D23",
        "muted": "#5A6270",
        "problem": "#C42B1C",
    }
)
"""Colours of what has no role."""

INKS: Mapping[str, tuple[str, str, str, str]] = MappingProxyType(
    {
        "forward": ("#047AC3", "#006FBD", "#006FBD", "#FFFFFF"),
        "backward": ("#D55E00", "#AD4B00", "#B84F00", "#FFFFFF"),
        "gradient": ("#713996", "#6A3585", "#6A3585", "#FFFFFF"),
        "update": ("#00795A", "#006E52", "#006E52", "#FFFFFF"),
        "loss": ("#5A6270", "#1A1D23", "#3D4450", "#FFFFFF"),
        "text": ("#1A1D23", "#1A1D23", "#1A1D23", "#FFFFFF"),
        "muted": ("#5A6270", "#5A6270", "#5A6270", "#FFFFFF"),
    }
)
"""Of each ink its lines, its text, its fills and the text on these."""

CURVES = ("#991B5A", "#637E00", "#3F2DAB", "#876C48", "#2D7E99", "#630063", "#3F2D09")
"""Of the curves of weights and samples."""
