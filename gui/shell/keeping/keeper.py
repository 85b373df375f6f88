"""Saves what a window shows whenever it changes, and lists recent experiments."""

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Thread

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from engine import UserError
from engine.files.experiment_file import from_json
from engine.words import mark
from gui.shell.keeping.shelf import Found, Shelf
from gui.shell.settings import Settings
from gui.state import Past
from gui.state.record import Entry, Kept, with_entry
from gui.state.session import Session

PAUSE = 2000
"""In milliseconds: the time after a change until it is saved, with all later changes."""

_STANDS = 1000
"""In milliseconds: the time after which a window counts as started."""

_PATIENCE = 2.0
"""In seconds: how long the end of the program waits for a disk."""

NOT_KEPT = mark("Your work can’t be kept until next time ({reason}): save it to a file.")

_LAST = "experiment/last"

_MOVES = frozenset({QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide})


class Keeper(QObject):
    """Keeps a session in `folder`, if there is one; the recent experiments are listed even without.

    `listed` tells that the list has changed.
    """

    listed = Signal()
    _failed = Signal(object)

    def __init__(self, folder: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        self._shelf = None if folder is None else Shelf(folder)
        self._writer = Writer(self._failed.emit)
        self._mine: tuple[Entry, ...] = ()
        self._session: Session | None = None
        self._remember: Callable[[], None] = lambda: None
        self._kept: Kept | None = None
        self._told = False
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self._keep)
        self._failed.connect(self.tell)

    def start(self, *, resume: bool) -> Found:
        """Find the last session; if no folder can be used, work without one."""
        if self._shelf is None:
            return Found()
        try:
            return self._shelf.start(resume=resume)
        except OSError as fault:
            self._shelf, self._told = None, True
            return Found(problem=_not_kept(fault))

    def adopt(self, settings: Settings) -> None:
        """List the experiment that version 0.1.0 kept among the settings."""
        if self._shelf is None or not settings.text(_LAST):
            return
        with suppress(UserError, OSError):
            experiment = from_json(settings.text(_LAST))
            # On Windows they are in no file.
            written = settings.path.stat().st_mtime if settings.path.is_file() else None
            self.put(Past(experiment, None, None, None), written)
            settings.forget(_LAST)

    def follow(self, session: Session, remember: Callable[[], None], *parts: QWidget) -> None:
        """Keep a session from now on; `remember` keeps all else, such as the layout of `parts`."""
        self._session, self._remember, self._kept = session, remember, session.kept()
        session.changed.connect(self.soon)
        session.left.connect(self.put)
        for part in parts:
            part.installEventFilter(self)
        QTimer.singleShot(_STANDS, self, self._stood)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Keep where the parts stand."""
        if event.type() in _MOVES:
            self.soon()
        return False

    def soon(self) -> None:
        """Keep all in a moment: something has changed."""
        if not self._timer.isActive():
            self._timer.start()

    def _keep(self) -> None:
        self._remember()
        if self._session is None or self._shelf is None:
            return
        kept, shelf = self._session.kept(), self._shelf
        if kept != self._kept:
            self._kept = kept
            self._writer.do(lambda: shelf.keep(kept))

    def _stood(self) -> None:
        if self._shelf is not None:
            self._writer.do(self._shelf.stood)

    def tell(self, fault: OSError) -> None:
        """Say, once, that nothing can be kept."""
        if not self._told and self._session is not None:
            self._told = True
            self._session.tell(_not_kept(fault))

    def recent(self) -> tuple[Entry, ...]:
        """Return the recent experiments, the latest first, those of other windows too."""
        listed = self._shelf.recent() if self._shelf else ()
        for entry in reversed(self._mine):
            listed = with_entry(listed, entry)
        return listed

    def put(self, document: Past, when: float | None = None) -> None:
        """List an experiment that was left."""
        entry = Entry(document, time.time() if when is None else when)
        self._mine = with_entry(self._mine, entry)
        if self._shelf is not None:
            shelf = self._shelf
            self._writer.do(lambda: self._write(shelf, entry))
        self.listed.emit()

    def _write(self, shelf: Shelf, entry: Entry) -> None:
        shelf.put(entry)
        self._mine = tuple(mine for mine in self._mine if mine is not entry)

    def clear(self) -> None:
        """Forget what was open lately."""
        self._mine = ()
        if self._shelf is not None:
            self._writer.do(self._shelf.clear)
        self.listed.emit()

    def close(self) -> None:
        """Keep everything now, and let the session go."""
        self._timer.stop()
        self._kept = None
        self._keep()
        if self._shelf is not None:
            self._writer.do(self._shelf.stood)
            self._writer.do(self._shelf.close)
        self._writer.finish(_PATIENCE)
        self._session = self._shelf = None
        self._remember = lambda: None


def _not_kept(fault: OSError) -> UserError:
    return UserError(NOT_KEPT, reason=fault.strerror or str(fault))


Job = Callable[[], None]


class Writer:
    """Does jobs in their order on a thread of its own, which does not keep the process alive.

    `failed` is told, on that thread, of every job that ended with an OSError.
    """

    def __init__(self, failed: Callable[[OSError], None]) -> None:
        self._failed = failed
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._thread: Thread | None = None

    def do(self, job: Job) -> None:
        """Do a job as soon as those before are done."""
        if self._thread is None:
            self._thread = Thread(target=self._work, name="keeping", daemon=True)
            self._thread.start()
        self._jobs.put(job)

    def finish(self, patience: float) -> None:
        """Wait until all is done, at most this number of seconds."""
        if self._thread is not None:
            self._jobs.put(None)
            self._thread.join(patience)
            self._thread = None

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                job()
            except OSError as fault:
                self._failed(fault)
