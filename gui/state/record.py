"""What is kept of a window, so that it comes back as it was, and the list of recent experiments."""

from pathlib import Path
from typing import NamedTuple

from engine import Experiment
from engine.presets import OPENING, beside_of, preset_of
from gui.state import Look, Past
from gui.state.views import Views

MOST_RECENT = 20
"""The number of recent experiments that are listed."""


class Kept(NamedTuple):
    """A window as it was: `present.place` is the index in the run.

    `undo` and `redo` end with what comes next. `look` and `views` are what the panels show; what
    the user chose for all windows (language, theme, …) is in the settings.
    """

    present: Past
    undo: tuple[Past, ...] = ()
    redo: tuple[Past, ...] = ()
    reference: Experiment | None = None
    look: Look = Look()
    views: Views = ()


def opened(experiment: Experiment = OPENING, path: Path | None = None) -> Kept:
    """Return a window in which an experiment was just opened."""
    beside = beside_of(experiment)
    return Kept(Past(experiment, path, experiment, beside, 0), reference=beside)


class Entry(NamedTuple):
    """An experiment that was open, and when it was left, in seconds since 1970."""

    document: Past
    time: float

    @property
    def edited(self) -> bool:
        """Whether it holds what no file and no preset does."""
        document = self.document
        if document.path is not None:
            return document.experiment != document.saved
        return preset_of(document.experiment) is None

    @property
    def is_preset(self) -> bool:
        """Whether it is one that the menu of presets has."""
        return self.document.path is None and not self.edited

    @property
    def key(self) -> tuple[object, ...]:
        """What it is: a file, whatever it holds; edits of a file; or an experiment without one."""
        document = self.document
        if document.path is not None and not self.edited:
            return (document.path,)
        return (document.path, document.experiment)


def with_entry(entries: tuple[Entry, ...], entry: Entry) -> tuple[Entry, ...]:
    """Return the list with one more, the latest first; the same one moves up.

    Where the list is full, presets leave it first: they can be had from their menu.
    """
    found = sorted(
        (entry, *(e for e in entries if e.key != entry.key)), key=lambda e: e.time, reverse=True
    )
    while len(found) > MOST_RECENT:
        found.remove(next((e for e in reversed(found) if e.is_preset), found[-1]))
    return tuple(found)
