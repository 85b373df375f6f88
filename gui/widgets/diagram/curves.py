"""The curves of a diagram, painted by one item, however many they are. Imported late."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui.drawing.levels import Levels

_PER_COLUMN = 4
"""The points of a curve for which a column of pixels has room; more of them look the same."""

_TRAVELLED = 25.0
"""A curve that goes up and down this many times is a block, without visible edges; to draw
it smooth takes a hundred times longer."""


class Line(NamedTuple):
    """A curve as it is painted: its points, and how it looks."""

    levels: Levels
    pen: QPen


class _Drawn(NamedTuple):
    """A curve as it is seen at present."""

    path: QPainterPath
    pen: QPen
    smooth: bool


class Curves(pg.GraphicsObject):  # type: ignore[misc] # pyqtgraph ships no types
    """Paints lines, the first one at the bottom, and keeps the picture until something changes.

    An item for each would cost the diagram more than painting it: pyqtgraph and Qt ask every item
    where it is, whenever one of them moves.
    """

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[Line, ...] = ()
        self._drawn: tuple[tuple[float, ...], list[_Drawn]] | None = None
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    def show_lines(self, lines: Iterable[Line]) -> None:
        """Paint these lines from now on."""
        self.lines, self._drawn = tuple(lines), None
        self.update()

    def boundingRect(self) -> QRectF:
        """Return all that is seen of the diagram."""
        return QRectF(self.viewRect() or QRectF())

    def viewTransformChanged(self) -> None:
        """Paint anew what is seen now."""
        self.prepareGeometryChange()
        super().viewTransformChanged()
        # Qt would keep the picture where all has moved alike.
        self.update()

    def paint(
        self,
        painter: QPainter,
        _option: QStyleOptionGraphicsItem,
        _widget: QWidget | None = None,
    ) -> None:
        """Paint the lines."""
        for path, pen, smooth in self._seen():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth)
            painter.setPen(pen)
            painter.drawPath(path)

    def _seen(self) -> list[_Drawn]:
        box = self.getViewBox()
        (left, right), (low, high) = box.viewRange()
        seen = left, right, low, high, box.width()
        if self._drawn is None or self._drawn[0] != seen:
            columns = max(int(box.width()), 1)
            drawn = [_drawn(line, left, right, high - low, columns) for line in self.lines]
            self._drawn = seen, drawn
        return self._drawn[1]


def _drawn(line: Line, left: float, right: float, height: float, columns: int) -> _Drawn:
    x, y = line.levels.within(left, right, _PER_COLUMN * columns)
    if not len(x):
        return _Drawn(QPainterPath(), line.pen, smooth=False)
    path: QPainterPath = pg.arrayToQPath(x, y, connect="finite")
    with np.errstate(invalid="ignore", over="ignore"):
        travelled = float(np.nansum(np.abs(np.diff(y)))) / height
    if travelled <= _TRAVELLED:
        return _Drawn(path, line.pen, smooth=True)
    pen = QPen(line.pen)
    pen.setWidthF(1.0)
    return _Drawn(path, pen, smooth=False)
