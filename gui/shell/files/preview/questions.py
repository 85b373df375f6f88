"""What may be changed of how a table was understood, and what becomes of it then. No Qt."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from engine.files.tables import DELIMITERS, ENCODINGS, SIGNS, Layout, Signs
from engine.words import mark, within
from gui.language import Say

_DELIMITERS: Mapping[str, str] = MappingProxyType(
    {
        "\t": within("delimiter", "Tab"),
        ";": mark("Semicolon ;"),
        ",": mark("Comma ,"),
        "|": mark("Bar |"),
        " ": mark("Spaces"),
    }
)
_ENCODINGS: Mapping[str, str] = MappingProxyType(
    {
        "utf-8": "UTF-8",
        "gb18030": "GB 18030 (GBK)",
        "cp1252": "Latin-1 (Windows-1252)",
        "utf-16-le": "UTF-16 LE",
        "utf-16-be": "UTF-16 BE",
    }
)
_HEADING = (mark("names the columns"), mark("is data"))


@dataclass(frozen=True)
class Question:
    """One thing that was understood and may be changed: its name, and the words to choose from."""

    name: str
    label: str
    words: tuple[str, ...]
    chosen: int


def questions_of(layout: Layout, names: tuple[str, ...], say: Say) -> tuple[Question, ...]:
    """Return what may be changed, in the order in which it is read; `names` are the columns'."""
    heading = tuple(map(say, _HEADING))
    delimiters = tuple(say(_DELIMITERS[delimiter]) for delimiter in DELIMITERS)
    kinds = encodings_of(layout)
    encodings = tuple(_ENCODINGS.get(name, name.upper()) for name in kinds)
    delimiter = DELIMITERS.index(layout.delimiter)
    return (
        Question("x", say("Input x"), names, layout.x),
        Question("target", say("Target ê"), names, layout.target),
        Question("heading", say("First line"), heading, int(not layout.heading)),
        Question("signs", say("Numbers like"), *_signs(layout, say)),
        Question("delimiter", say("Separator"), delimiters, delimiter),
        Question("encoding", say("Encoding"), encodings, kinds.index(layout.encoding)),
    )


def encodings_of(layout: Layout) -> tuple[str, ...]:
    """Return the encodings to choose from, that of the layout among them."""
    now = layout.encoding
    return ENCODINGS if now in ENCODINGS else (*ENCODINGS, now)


def _signs(layout: Layout, say: Say) -> tuple[tuple[str, ...], int]:
    words = (*map(_example, SIGNS), say(mark("each by itself")))
    return words, len(SIGNS) if layout.signs is None else SIGNS.index(layout.signs)


def _example(signs: Signs) -> str:
    return f"1{signs.thousands}234{signs.decimal}5"


def answered(layout: Layout, name: str, row: int) -> Layout:
    """Return the layout in which the question of a name has another answer."""
    if name == "heading":
        return replace(layout, heading=row == 0)
    if name == "signs":
        return replace(layout, signs=SIGNS[row] if row < len(SIGNS) else None)
    other = {"x": "target", "target": "x"}[name]
    changes: dict[str, Any] = {name: row}
    if getattr(layout, other) == row:
        changes[other] = getattr(layout, name)
    return replace(layout, **changes)
