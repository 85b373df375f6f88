"""What is remembered from start to start: the user's choices, and the layout of the window."""

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import asdict
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QLocale

from gui.language import languages, understood
from gui.panels import NAMES
from gui.shell.saved_values import SavedValues
from gui.state import EXTRAS, FASTEST, LEVELS, SLOWEST, TABLES, ZOOMS, Look
from gui.state.practice import EVERY, WHICH
from gui.theme import CHOICES, dark_system, system_type

_REMEMBERED = (
    "language",
    "decimal",
    "theme",
    "zoom",
    "digits",
    "movement",
    "logarithmic",
    "curtain",
    "speed",
    "panel",
    "level",
    "form",
    "table",
    "extra",
    "count_layers",
    "map_x",
    "map_y",
    "asked",
    "ask_every",
    "fresh",
)

_FOR_ALL = ("language", "decimal", "theme", "zoom", "digits", "movement")
"""What is chosen for every window; the rest of the look is kept with its window."""

_SIZES = "window/sizes"

_READERS: Mapping[type, Callable[[str], object]] = MappingProxyType(
    {str: str, int: int, float: float, bool: {"true": True, "false": False}.__getitem__}
)


class Settings(SavedValues):
    """The user's choices, and the layout of the window."""

    _look: Look | None = None

    def look(self, kept: Look | None = None) -> Look:
        """Return how things were shown last time; the first time as the system suggests.

        What is not chosen for all windows is as in the window that was `kept`, if there is one.
        """
        look: dict[str, Any] = asdict(kept or Look(language=system_language()))
        look["dark_system"], look["system_type"] = dark_system(), system_type()
        for name in _FOR_ALL if kept else _REMEMBERED:
            look[name] = self._value(f"look/{name}", look[name])
        self._look = Look(**_allowed(look))
        return self._look

    def _value(self, key: str, default: object) -> object:
        raw = self.values.value(key)
        text = str(raw).lower() if isinstance(raw, bool) else raw
        if not isinstance(text, (str, int, float)):
            return default
        try:
            return _READERS[type(default)](str(text))
        except (KeyError, ValueError, OverflowError):
            return default

    def remember(self, look: Look) -> None:
        """Keep what was chosen since; another window may have chosen the rest."""
        for name in _REMEMBERED:
            value = getattr(look, name)
            if self._look is None or value != getattr(self._look, name):
                self.values.setValue(f"look/{name}", value)
        self._look = look

    def sizes(self) -> dict[float, dict[str, int]]:
        """Return how large the docks stood in other sizes of type, by the scale of the type."""
        try:
            kept = json.loads(self.text(_SIZES))
            return {
                float(scale): {str(name): int(size) for name, size in sizes.items()}
                for scale, sizes in kept.items()
            }
        except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
            return {}

    def remember_sizes(self, sizes: Mapping[float, Mapping[str, int]]) -> None:
        """Keep how large the docks stand."""
        self.remember_text(_SIZES, json.dumps(sizes))


def system_language() -> str:
    """Return the language of the system, as far as there is a catalogue for it."""
    return understood(QLocale.system().uiLanguages())


def _allowed(look: dict[str, Any]) -> dict[str, Any]:
    """Return `look` with defaults for what this Chainstep does not know."""
    default = asdict(Look())
    known = {
        "language": look["language"] in languages(),
        "decimal": look["decimal"] in ("", ".", ","),
        "theme": look["theme"] in CHOICES,
        "zoom": look["zoom"] in ZOOMS,
        "digits": look["digits"] in range(2, 16),
        "panel": look["panel"] in NAMES,
        "level": look["level"] in LEVELS,
        "table": look["table"] in TABLES,
        "extra": look["extra"] in EXTRAS,
        "epsilon": isinstance(look["epsilon"], float) and 0 < look["epsilon"] < math.inf,
        "count_layers": isinstance(look["count_layers"], int) and look["count_layers"] > 0,
        "asked": look["asked"] in WHICH,
        "ask_every": look["ask_every"] in EVERY,
        "speed": isinstance(look["speed"], float) and SLOWEST <= look["speed"] <= FASTEST,
    }
    return {n: v if known.get(n, True) else default[n] for n, v in look.items()}
