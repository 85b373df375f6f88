"""The curves of a diagram, painted by one item, however many they are. Imported late."""

from collections.abc import Iterable
from typing import NamedTuple

import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui.pictures.levels import Levels

_PER_COLUMN = 4
"""A column of pixels has room for so many points of a curve; more of them look the same."""


class Line(NamedTuple):
    """A curve as it is painted: its points, and how it looks."""

    levels: Levels
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
        self._drawn: tuple[tuple[float, float, int], list[QPainterPath]] | None = None
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
        for line, path in zip(self.lines, self._paths(), strict=True):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, line.smooth)
            painter.setPen(line.pen)
            painter.drawPath(path)

    def _paths(self) -> list[QPainterPath]:
        box = self.getViewBox()
        left, right = box.viewRange()[0]
        seen = left, right, _PER_COLUMN * max(int(box.width()), 1)
        if self._drawn is None or self._drawn[0] != seen:
            self._drawn = seen, [_path(line, *seen) for line in self.lines]
        return self._drawn[1]


def _path(line: Line, left: float, right: float, most: int) -> QPainterPath:
    x, y = line.levels.within(left, right, most)
    path: QPainterPath = pg.arrayToQPath(x, y, connect="finite") if len(x) else QPainterPath()
    return path
