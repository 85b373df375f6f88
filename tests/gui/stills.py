"""Pictures of what stands still, and where two of them differ."""

import numpy as np
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.gui.screen import image


def still(widget: QWidget) -> QImage:
    """Return what a widget shows once it no longer changes by itself."""
    shown = image(widget)
    for _ in range(40):
        QTest.qWait(25)
        before, shown = shown, image(widget)
        if shown == before:
            return shown
    raise AssertionError("it changes all the time")


def difference(one: QImage, other: QImage) -> str:
    """Return where two pictures differ; nothing if they are the same."""
    if one.size() != other.size():
        return f"{one.size().toTuple()} is not {other.size().toTuple()}"
    shape = one.height(), one.width()
    these, those = (np.frombuffer(p.constBits(), np.uint32).reshape(shape) for p in (one, other))
    rows, columns = np.nonzero(these != those)
    if not rows.size:
        return ""
    across, down = (f"{places.min()} to {places.max()}" for places in (columns, rows))
    return f"{rows.size} pixels differ, x {across}, y {down}"
