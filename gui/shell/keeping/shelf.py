"""The folder in which sessions are kept: one for every window, and one list for all of them.

    sessions/NAME.json   a window as it stands, or as it stood when it was closed or died
    sessions/NAME.lock   held while that window lives; it counts the starts that did not succeed
    recent.json          what was open lately
    aside/               what could not be read

A session whose window lives is never touched. Everything is written whole or not at all.
"""

import os
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from engine import UserError
from engine.files.experiment_file import write_atomically
from engine.files.locks import Lock, held, lock
from engine.words import mark
from gui.shell.keeping.text import (
    LONGEST_READ,
    recent_from,
    recent_text,
    session_from,
    session_text,
)
from gui.state.record import Entry, Kept, with_entry

_MOST_ASIDE = 20
_MOST_STARTS = 5
"""A session is not restored again after the window failed this many times with it."""

_PATIENCE, _PATIENCE_AT_START = 2.0, 0.5
"""In seconds: how long another window may take to write."""

NOT_STOOD = mark(
    "The last session was not restored, because the window failed each time. It is "
    "in File → Recent."
)


class Found(NamedTuple):
    """What a start finds: the last session, if there is one, or why it can't be restored."""

    kept: Kept | None = None
    problem: UserError | None = None


class Shelf:
    """The place of one window in the folder. Every method may raise OSError."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._sessions = folder, folder / "sessions"
        self._lock: Lock | None = None
        self._name = ""

    def start(self, *, resume: bool) -> Found:
        """Continue the session of the last window that was closed, if `resume` is true.

        The other closed sessions go into the list of recent experiments.
        """
        self._sessions.mkdir(mode=0o700, parents=True, exist_ok=True)
        with held(self._sessions / "lock", _PATIENCE_AT_START) as alone:
            left = self._left() if alone else []
            found = self._resumed(left.pop(0)) if left and resume else Found()
            if self._lock is None:
                self._begin()
            for mine in left:
                try:
                    self._put_away(mine)
                except OSError:
                    mine.release()  # it stays where it is
        return found

    def _begin(self) -> None:
        self._name = f"{time.strftime('%Y%m%d-%H%M%S')}-{os.urandom(4).hex()}"
        self._lock = lock(self._sessions / f"{self._name}.lock")

    def _left(self) -> list[Lock]:
        """Return the sessions without a window, held, the latest first."""
        found = []
        files = filter(Path.is_file, self._sessions.glob("*.json"))
        for path in sorted(files, key=_changed, reverse=True):
            with suppress(OSError):
                mine = lock(path.with_suffix(".lock"))
                if mine is not None:
                    found.append(mine)
        for path in self._sessions.glob("*.lock"):
            with suppress(OSError):
                if not path.with_suffix(".json").exists() and (mine := lock(path)) is not None:
                    _remove(mine)
        return found

    def _resumed(self, mine: Lock) -> Found:
        path = mine.path.with_suffix(".json")
        written = mine.read()
        starts = int(written) if written.isdigit() else 0
        try:
            kept = session_from(_read(path))
        except OSError:
            mine.release()
            return Found()
        except UserError as fault:
            aside = self._put_aside(path)
            _remove(mine)
            return Found(problem=UserError(fault.template, value=str(aside)))
        if starts >= _MOST_STARTS:
            self._put_away(mine)
            return Found(problem=UserError(NOT_STOOD))
        with suppress(OSError):
            mine.write(str(starts + 1).encode())
        self._lock, self._name = mine, path.stem
        return Found(kept)

    def stood(self) -> None:
        """Note that the window is open: if it fails later, its session is not the cause."""
        if self._lock is not None:
            self._lock.write(b"")

    def _put_away(self, mine: Lock) -> None:
        """Put what a window left into the list, and clear its place."""
        path = mine.path.with_suffix(".json")
        try:
            self.put(Entry(session_from(_read(path)).present, _changed(path)))
        except UserError:
            self._put_aside(path)
        path.unlink(missing_ok=True)
        _remove(mine)

    def _put_aside(self, path: Path) -> Path:
        aside = self._folder / "aside"
        aside.mkdir(mode=0o700, exist_ok=True)
        for old in sorted(aside.iterdir(), key=_changed)[:-_MOST_ASIDE]:
            old.unlink(missing_ok=True)
        target = aside / f"{path.stem}-{os.urandom(4).hex()}{path.suffix}"
        path.replace(target)
        return target

    def keep(self, kept: Kept) -> None:
        """Write the session of the window."""
        write_atomically(self._sessions / f"{self._name}.json", session_text(kept))

    def recent(self) -> tuple[Entry, ...]:
        """Return the recent experiments, the latest first; none if the list can't be read."""
        try:
            return recent_from(_read(self._folder / "recent.json"))
        except (UserError, OSError):
            return ()

    def put(self, *entries: Entry) -> None:
        """Put what is left into the list, which other windows change too."""
        with held(self._folder / "recent.lock", _PATIENCE):
            listed = self._listed()
            for entry in entries:
                listed = with_entry(listed, entry)
            write_atomically(self._folder / "recent.json", recent_text(listed))

    def clear(self) -> None:
        """Forget what was open lately."""
        with held(self._folder / "recent.lock", _PATIENCE):
            (self._folder / "recent.json").unlink(missing_ok=True)

    def _listed(self) -> tuple[Entry, ...]:
        path = self._folder / "recent.json"
        try:
            return recent_from(_read(path))
        except FileNotFoundError:
            return ()
        except UserError:
            self._put_aside(path)
            return ()

    def close(self) -> None:
        """Let the session go: the next window may take it."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None


def _remove(mine: Lock) -> None:
    mine.release()  # first: elsewhere a file that is held can't be removed
    mine.path.unlink(missing_ok=True)


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _read(path: Path) -> str:
    """Read a file of the folder; nothing where it was not written here. Raises OSError."""
    if path.exists() and not path.is_file():
        return ""
    with path.open("rb") as file:
        data = file.read(LONGEST_READ + 1)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = ""
    return text if len(data) <= LONGEST_READ else ""
