"""Cyclic garbage is collected on the window's thread alone.

Python collects in whichever thread happens to make objects. A thread that compiles makes many: it
would delete the widgets of a closed window, which Qt allows on the window's thread only, and the
program would end with a segmentation fault.
"""

import gc
import time

from PySide6.QtCore import QObject, QTimer

_EVERY = 1000
"""In milliseconds."""

_PATIENCE = 10
"""After so many looks in vain it sleeps: a window that rests should not wake the machine."""


_PAUSE, _AT_LATEST = 0.3, 20.0
"""In seconds: it takes longer than a step does, so who steps is not kept waiting, or seldom."""


class Collector(QObject):
    """Collects from time to time, on the thread that made it; Python no longer does by itself.

    It waits for a pause between what happens. When there was nothing to collect for a while it
    sleeps, until `wake` tells that something happens again.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._in_vain = 0
        self._woken = self._looked = time.monotonic()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self.wake()

    def wake(self) -> None:
        """Look for garbage from now on, but not at once."""
        self._in_vain = 0
        self._woken = time.monotonic()
        if not self._timer.isActive():
            self._timer.start(_EVERY)

    def _look(self) -> None:
        now = time.monotonic()
        if now - self._woken < _PAUSE and now - self._looked < _AT_LATEST:
            return
        self._looked = now
        self._in_vain = 0 if collect_due() else self._in_vain + 1
        if self._in_vain >= _PATIENCE:
            self._timer.stop()


def collect_due() -> bool:
    """Collect the oldest generation that is due by Python's own thresholds; tell if any was."""
    counts, thresholds = gc.get_count(), gc.get_threshold()
    for generation in (2, 1, 0):
        if counts[generation] > thresholds[generation] > 0:
            gc.collect(generation)
            return True
    return False
