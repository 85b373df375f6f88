"""All keys, out of the tables by which they act: those of the window, then those of its parts."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from engine.words import mark
from gui.chain.ring import RING
from gui.language import Say
from gui.lesson.keys import LESSON
from gui.panels.chain_rule.keys import FACTORS
from gui.practice.keys import ANSWERING
from gui.presenter.keys import PRESENTING, VOTING
from gui.shell.actions import Entry
from gui.shell.paper.keys import TURNING
from gui.shell.race.keys import RACING
from gui.widgets.button import PRESSING
from gui.widgets.crosshair import CROSSHAIR
from gui.widgets.keys import Keys, Use
from gui.widgets.number_field import FIELD
from gui.widgets.scrub import NUDGING
from gui.widgets.slider import SLIDER
from gui.widgets.table import TABLE
from gui.words.key_names import key_text

QT = Keys(
    mark("From part to part"),
    Use("on", ("Tab",), mark("To the next control")),
    Use("back", ("Shift+Tab",), mark("To the control before")),
    Use("menu", ("F10",), mark("To the menus")),
)
"""What Qt does by itself."""

PARTS = (
    PRESENTING,
    VOTING,
    RING,
    NUDGING,
    CROSSHAIR,
    FIELD,
    ANSWERING,
    LESSON,
    TABLE,
    FACTORS,
    SLIDER,
    PRESSING,
    RACING,
    TURNING,
    QT,
)
"""The tables of all parts."""


class Line(NamedTuple):
    """Keys by their names, and what they do."""

    keys: str
    words: str


class Group(NamedTuple):
    """The keys of one part of the window."""

    name: str
    lines: tuple[Line, ...]


def all_keys(entries: Iterable[Entry], say: Say) -> tuple[Group, ...]:
    """Return all keys, and what they do."""
    window = (
        Line(_named(one.keys, say), _words(one, say))
        for one in entries
        if one.keys and not one.name.startswith("present ")
    )
    parts = (Group(say(part.where), tuple(_lines(part, say))) for part in PARTS)
    return (Group(say("In the whole window"), tuple(window)), *parts)


def _words(entry: Entry, say: Say) -> str:
    """Return what the keys of an entry do; those of a panel do more when pressed again."""
    if not entry.name.startswith("panel "):
        return say(entry.text)
    return say("{panel}; pressed again: go into the panel").format(panel=say(entry.text))


def _lines(part: Keys, say: Say) -> Iterator[Line]:
    """Yield a line for each thing that the keys of a part do; what reads the same is one line."""
    together: dict[str, list[str]] = {}
    for use in part.uses:
        together.setdefault(use.text, []).extend(use.keys)
    for text, keys in together.items():
        yield Line(_named(keys, say), say(text))


def _named(keys: Iterable[str], say: Say) -> str:
    return " / ".join(key_text(key, say) for key in keys)


def found(groups: Iterable[Group], sought: str) -> tuple[Group, ...]:
    """Return the groups with those lines that have all the words that are sought."""
    words = sought.casefold().split()

    def fits(group: Group, line: Line) -> bool:
        text = f"{group.name} {line.keys} {line.words}".casefold()
        return all(word in text for word in words)

    kept = (
        Group(group.name, tuple(line for line in group.lines if fits(group, line)))
        for group in groups
    )
    return tuple(group for group in kept if group.lines)
