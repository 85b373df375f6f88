"""Cyclic garbage is collected on the window's thread alone.

Python collects in whichever thread happens to make objects. A thread that compiles makes many: it
would delete the widgets of a closed window, which Qt allows on the window's thread only, and the
program would end with a segmentation fault.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY = 1000
"""In milliseconds."""


class Collector(QObject):
    """Collects from time to time, on the thread that made it; Python no longer does by itself."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        timer = QTimer(self)
        timer.timeout.connect(collect_due)
        timer.start(_EVERY)


def collect_due() -> None:
    """Collect the oldest generation that is due by Python's own thresholds, if any is."""
    counts, thresholds = gc.get_count(), gc.get_threshold()
    for generation in (2, 1, 0):
        if counts[generation] > thresholds[generation] > 0:
            gc.collect(generation)
            return
