"""The papers that can be printed on. No Qt."""

from collections.abc import Mapping
from types import MappingProxyType

A4, LETTER = "a4", "letter"
PAPERS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {A4: (595.0, 842.0), LETTER: (612.0, 792.0)}
)
"""Their widths and heights in points."""
