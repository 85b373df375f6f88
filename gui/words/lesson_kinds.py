"""What a learner does at each kind of step of a lesson. No Qt."""

from collections.abc import Mapping
from types import MappingProxyType

from engine.words import mark

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "page": mark("Read"),
        "watch": mark("Watch"),
        "number": mark("Predict a number"),
        "choose": mark("Choose one"),
        "point": mark("Point at it"),
        "do": mark("Change the experiment"),
        "carry_out": mark("Carry it out"),
        "explain": mark("Explain"),
    }
)
"""By the names of the kinds, to be translated."""
