"""The names of the roles that steps play, by the ink that stands for them. No Qt."""

from collections.abc import Mapping
from types import MappingProxyType

from engine.words import mark
from gui.drawing.ink import Ink

ROLES: Mapping[Ink, str] = MappingProxyType(
    {
        Ink.FORWARD: mark("forward"),
        Ink.LOSS: mark("loss"),
        Ink.BACKWARD: mark("public derivative"),
        Ink.GRADIENT: mark("gradient"),
        Ink.UPDATE: mark("update"),
    }
)
"""In English, in the order of the steps."""
