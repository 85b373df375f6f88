"""Keys as they are named on keyboards of the language. No Qt."""

import re
import sys
from collections.abc import Mapping
from types import MappingProxyType

from engine.words import Say, within

_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "Ctrl": within("key", "Ctrl"),
        "Shift": within("key", "Shift"),
        "Alt": within("key", "Alt"),
        "Space": within("key", "Space"),
        "Backspace": within("key", "Backspace"),
        "Home": within("key", "Home"),
        "End": within("key", "End"),
        "PgUp": within("key", "PgUp"),
        "PgDown": within("key", "PgDown"),
        "Return": within("key", "Enter"),
        "Enter": within("key", "Enter"),
        "Esc": within("key", "Esc"),
        "Tab": within("key", "Tab"),
        "Del": within("key", "Del"),
    }
)
"""As Qt calls them, and as a keyboard does; to be translated."""

_ARROWS = MappingProxyType({"Left": "←", "Right": "→", "Up": "↑", "Down": "↓"})

_MAC = MappingProxyType({"Ctrl": "⌘", "Shift": "⇧", "Alt": "⌥"})
"""What stands on the keys of an Apple keyboard that do what these do elsewhere."""

_WORD = re.compile(r"[A-Za-z]{2,}")


def key_text(key: str, say: Say) -> str:
    """Return a combination of keys, as Qt writes it, in words and arrows: "Shift+→"."""
    named = _WORD.sub(lambda word: _named(word[0], say), key).replace("-", "−")
    return on_this_system(named, say)


def on_this_system(text: str, say: Say) -> str:
    """Return a text with the signs of an Apple keyboard for the keys in it, on macOS."""
    if sys.platform == "darwin":
        for name, sign in _MAC.items():
            text = text.replace(f"{say(_NAMES[name])}+", sign)
    return text


def _named(word: str, say: Say) -> str:
    return _ARROWS.get(word) or (say(_NAMES[word]) if word in _NAMES else word)
