"""Long work in slices between other events, so that the window answers meanwhile."""

from collections.abc import Generator
from time import perf_counter
from types import GeneratorType

from PySide6.QtCore import QObject, QTimer

_SLICE = 0.01
"""In seconds: so long a turn of the event loop works."""

Work = Generator[None, None, None]
"""Yields where others may have their turn."""


class Slices(QObject):
    """Does one work at a time; another one ends the one before."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._work: Work | None = None
        # Not again by itself: a work may ask something in a dialog, which has a loop of its own.
        self._turns = QTimer(self)
        self._turns.setSingleShot(True)
        self._turns.timeout.connect(self._go_on)

    @property
    def at_work(self) -> bool:
        """Whether there is something left to do."""
        return self._work is not None

    def begin(self, work: Work) -> None:
        """Do a first slice, and the others when nothing else waits."""
        self.stop()
        self._work = work
        self._go_on()

    def stop(self) -> None:
        """Leave what is left undone."""
        work, self._work = self._work, None
        self._turns.stop()
        if isinstance(work, GeneratorType) and not work.gi_running:
            work.close()

    def _go_on(self) -> None:
        work = self._work
        if work is None:
            return
        until = perf_counter() + _SLICE
        for _ in work:
            if self._work is not work:
                work.close()
                return
            if perf_counter() >= until:
                self._turns.start(0)
                return
        if self._work is work:
            self._work = None
