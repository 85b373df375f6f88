"""The axes of diagrams, with marks that are written like all numbers of the window."""

import pyqtgraph as pg
from PySide6.QtCore import QRectF

from gui.drawing.ticks import log_ticks, ticks

_LINES, _WIDTHS = 2.6, 5.5
"""The least distance of marks, in heights of their type: one above the other, and side by side."""


class Axis(pg.AxisItem):  # type: ignore[misc] # pyqtgraph ships no types
    """An axis at the "left" or the "bottom" whose marks are few, round and alike."""

    def __init__(self, side: str) -> None:
        super().__init__(side)
        # Else a number would be left away where the axis begins or ends with it.
        self.setStyle(hideOverlappingLabels=False, autoReduceTextSpace=False)
        self._apart = _LINES if side == "left" else _WIDTHS
        self._words: list[str] = []

    def reserve(self, width: int) -> None:
        """Keep room for numbers of this width in pixels; wider ones will take more."""
        self.textWidth = width
        self.setWidth(None)

    def boundingRect(self) -> QRectF:
        """Return the axis with the halves of the numbers that stand over its ends."""
        font = self.style["tickFont"]
        over = font.pixelSize() if font else 0
        return QRectF(super().boundingRect().adjusted(0, -over, 0, over))

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        """Return where marks stand."""
        font = self.style["tickFont"]
        most = int(size / (self._apart * (font.pixelSize() if font else 11))) + 1
        marks = (log_ticks if self.logMode else ticks)(low, high, most)
        self._words = [mark.words for mark in marks]
        return [(1.0, [mark.place for mark in marks])]

    def tickStrings(self, _values: list[float], _scale: float, _spacing: float) -> list[str]:
        """Return what is written at the marks that were asked for last."""
        return list(self._words)
