"""A diagram over the epochs of a run, with a cursor at the present moment. Imported late."""

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from pyqtgraph.GraphicsScene.mouseEvents import MouseClickEvent
from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QPen

from gui.drawing.curve import Curve
from gui.theme import Theme, text_font
from gui.widgets.diagram import KEPT, Diagram, curve_pen
from gui.widgets.diagram.curves import Curves, Line

FEW = 12
"""The most points that are marked themselves: a line through one of them could not be seen."""


_PRESENT = 2.8
"""In pixels: how thick the present curve is."""

_IN_FRONT = 5

_UNSEEN = 0.25
"""In pixels: a cursor that would move less stays, and with it the whole diagram unpainted."""


class EpochDiagram(Diagram):
    """Curves over epochs; `sought` tells the epoch that was clicked.

    `menu_asked` tells the epoch of a click with the other button, and where on the screen it was.
    """

    sought = Signal(float)
    menu_asked = Signal(float, QPoint)

    def __init__(self, name: str, *, zooms: bool = False, draggable: bool = False) -> None:
        super().__init__(name, zooms=zooms)
        self._levels: list[pg.GraphicsObject] = []
        self._marks: list[pg.GraphicsObject] = []
        self._curves, self._present_curve = Curves(), Curves()
        self._present_curve.setZValue(_IN_FRONT)
        for curves in (self._curves, self._present_curve):
            self.addItem(curves, ignoreBounds=True)
        self._cursor = pg.InfiniteLine(angle=90, movable=draggable)
        self._cursor.setZValue(20)
        self._epoch = 0.0
        self._cursor.sigDragged.connect(lambda line: self.sought.emit(float(line.value())))
        self.addItem(self._cursor, ignoreBounds=True)
        self.scene().sigMouseClicked.connect(self.clicked)
        # Looked at from nearer, a pixel is less.
        self.getPlotItem().vb.sigXRangeChanged.connect(lambda: self.place_cursor(self._epoch))

    def dress(self, theme: Theme) -> None:
        """Take the theme's colours and type."""
        super().dress(theme)
        self.getAxis("left").reserve(theme.size(36))
        self.getAxis("bottom").label.setFont(text_font(theme.size(11)))
        self._cursor.setPen(pg.mkPen(theme.text, width=2))
        self._cursor.setHoverPen(pg.mkPen(theme.text, width=4))

    def place_cursor(self, epoch: float) -> None:
        """Put the cursor where the present moment is."""
        self._epoch = epoch
        pixel, _ = self.getPlotItem().vb.viewPixelSize()
        if abs(epoch - self._cursor.value()) > _UNSEEN * pixel:
            self._cursor.setPos(epoch)

    @property
    def pens(self) -> list[QPen]:
        """How the curves are drawn, the first one at the bottom, the present one last of all."""
        return [line.pen for curves in (self._curves, self._present_curve) for line in curves.lines]

    def clear_drawn(self) -> None:
        """Take all curves and levels away."""
        for item in (*self._levels, *self._marks):
            self.removeItem(item)
        self._levels.clear()
        self._marks.clear()
        for curves in (self._curves, self._present_curve):
            curves.show_lines(())

    def draw(self, curves: Sequence[Curve], theme: Theme) -> None:
        """Draw these curves instead of those before, the first one at the bottom."""
        while self._marks:
            self.removeItem(self._marks.pop())
        self._curves.show_lines(_line(curve, theme) for curve in curves)
        for curve in curves:
            if len(curve.y) <= FEW:
                self._mark_points(curve, theme)

    def draw_present(self, curve: Curve | None, theme: Theme) -> None:
        """Draw a curve once more, thick and before all others, or none."""
        lines = () if curve is None else (_line(curve, theme, _PRESENT),)
        if lines or self._present_curve.lines:
            self._present_curve.show_lines(lines)

    def _mark_points(self, curve: Curve, theme: Theme) -> None:
        seen = np.isfinite(curve.y)
        colour = curve_pen(theme, curve.colour).color()
        points = pg.ScatterPlotItem(
            curve.x[seen], curve.y[seen], size=theme.size(4), pen=None, brush=colour, antialias=True
        )
        self.addItem(points, ignoreBounds=True)
        self._marks.append(points)

    def draw_level(self, height: float, colour: str, style: Qt.PenStyle) -> None:
        """Draw a level line over the whole width."""
        level = pg.InfiniteLine(height, angle=0, pen=pg.mkPen(colour, width=1.5, style=style))
        level.setCacheMode(KEPT)
        self.addItem(level, ignoreBounds=True)
        self._levels.append(level)

    def clicked(self, click: MouseClickEvent) -> None:
        """Tell the epoch of a click."""
        epoch = float(self.getPlotItem().vb.mapSceneToView(click.scenePos()).x())
        if click.button() is Qt.MouseButton.LeftButton:
            self.sought.emit(epoch)
        elif click.button() is Qt.MouseButton.RightButton:
            self.menu_asked.emit(epoch, click.screenPos().toPoint())


def _line(curve: Curve, theme: Theme, width: float = 1.5) -> Line:
    pen = curve_pen(theme, curve.colour, width)
    if curve.kept:
        pen.setStyle(Qt.PenStyle.DashLine)
    return Line(curve.levels, pen)
