"""The cursor at the present moment, moved over a diagram that stays as it was painted."""

import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QRegion
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

_UNSEEN = 0.25
"""In pixels: a cursor that would move less stays."""

_REACH = 3
"""In pixels: no cursor is thicker to either side, not even under the mouse."""


class Handle(pg.InfiniteLine):  # type: ignore[misc] # pyqtgraph ships no types
    """Where the mouse takes hold of the cursor; what is seen is painted by `KeptPicture`.

    As an item that moves it would have the whole diagram painted anew at every step.
    """

    def paint(
        self,
        painter: QPainter,
        _option: QStyleOptionGraphicsItem,
        _widget: QWidget | None = None,
    ) -> None:
        """Paint nothing."""


class KeptPicture:
    """Paints a diagram and its cursor, and keeps its picture while the cursor alone moves.

    Whatever else changes in a scene has the whole viewport painted: then the picture is dropped.
    """

    def __init__(self, diagram: pg.GraphicsView, view: pg.ViewBox) -> None:
        self._diagram, self._view = diagram, view
        self.handle = Handle(angle=90)
        self._picture: QPixmap | None = None
        self._strips = QRegion()
        self._at: float | None = None
        self._is_due, self._hides = True, False

    def _place(self, epoch: float) -> float:
        return float(self._view.mapViewToScene(QPointF(epoch, 0.0)).x())

    def move(self, epoch: float) -> None:
        """Have the cursor painted at an epoch."""
        at = self._place(epoch)
        if self._at is not None and abs(at - self._at) <= _UNSEEN:
            return
        if self._is_due or not self._diagram.isVisible():
            self._diagram.viewport().update()
            return
        if self._picture is None:
            self._picture = self._without_cursor()
        for x in (self._at, at):
            if x is not None:
                self._strips |= self._strip(x)
        self._diagram.viewport().update(self._strips)

    def expect(self) -> None:
        """Know that the whole will be painted: to keep what is seen now would be in vain."""
        self._is_due, self._picture = True, None

    def _without_cursor(self) -> QPixmap:
        self._hides = True
        picture: QPixmap = self._diagram.viewport().grab()
        self._hides = False
        return picture

    def _strip(self, at: float) -> QRect:
        edge = round(min(max(at, -_REACH), self._diagram.width() + _REACH))
        return QRect(edge - _REACH, 0, 2 * _REACH + 1, self._diagram.viewport().height())

    def paint(self, event: QPaintEvent, epoch: float) -> None:
        """Paint the viewport."""
        if self._hides:
            pg.GraphicsView.paintEvent(self._diagram, event)
            return
        moved, self._strips, self._is_due = self._strips, QRegion(), False
        if not event.region().subtracted(moved).isEmpty():
            self._picture = None
        if self._picture is None:
            pg.GraphicsView.paintEvent(self._diagram, event)
        painter = QPainter(self._diagram.viewport())
        painter.setClipRegion(event.region())
        if self._picture is not None:
            painter.drawPixmap(0, 0, self._picture)
        self._at = self._place(epoch)
        area = self._view.sceneBoundingRect()
        painter.setClipRect(area, Qt.ClipOperation.IntersectClip)
        painter.setPen(self.handle.currentPen)
        painter.drawLine(QLineF(self._at, area.top(), self._at, area.bottom()))
        painter.end()
