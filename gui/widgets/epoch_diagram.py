"""A diagram over the epochs of a run, with a cursor at the present moment. Imported late."""

import pyqtgraph as pg
from pyqtgraph.GraphicsScene.mouseEvents import MouseClickEvent
from PySide6.QtCore import Qt, Signal

from gui.pictures.plots import Curve, Floats
from gui.theme import Theme, text_font
from gui.widgets.diagram import KEPT, Diagram, curve_pen

SMOOTH = 20_000
"""Up to so many points a curve is drawn smooth; antialiasing more takes a hundred times longer."""

FEW = 12
"""Up to so many points are marked themselves: a line through one of them could not be seen."""


class EpochDiagram(Diagram):
    """Curves over epochs; `sought` tells the epoch that was clicked."""

    sought = Signal(float)

    def __init__(self, name: str, *, zooms: bool = False, draggable: bool = False) -> None:
        super().__init__(name, zooms=zooms)
        self._drawn: list[pg.GraphicsObject] = []
        self._cursor = pg.InfiniteLine(angle=90, movable=draggable)
        self._cursor.setZValue(20)
        self._cursor.sigDragged.connect(lambda line: self.sought.emit(float(line.value())))
        self.addItem(self._cursor, ignoreBounds=True)
        self.scene().sigMouseClicked.connect(self.clicked)

    def dress(self, theme: Theme) -> None:
        """Take the theme's colours and type."""
        super().dress(theme)
        self.getAxis("left").reserve(theme.size(36))
        self.getAxis("bottom").label.setFont(text_font(theme.size(11)))
        self._cursor.setPen(pg.mkPen(theme.text, width=2))
        self._cursor.setHoverPen(pg.mkPen(theme.text, width=4))

    def place_cursor(self, epoch: float) -> None:
        """Put the cursor where the present moment is."""
        if self._cursor.value() != epoch:
            self._cursor.setPos(epoch)

    def clear_drawn(self) -> None:
        """Take all curves and levels away."""
        for item in self._drawn:
            self.removeItem(item)
        self._drawn.clear()

    def draw(self, curve: Curve, theme: Theme, y: Floats | None = None) -> pg.PlotDataItem:
        """Draw a curve, with other heights `y` where they are given, and return it."""
        y = curve.y if y is None else y
        smooth = len(y) < SMOOTH
        pen = curve_pen(theme, curve.colour, 1.5 if smooth else 1.0)
        if curve.kept:
            pen.setStyle(Qt.PenStyle.DashLine)
        line = self.plot(curve.x, y, pen=pen, antialias=smooth)
        if len(y) <= FEW:
            line.setSymbol("o")
            line.setSymbolSize(theme.size(4))
            line.setSymbolPen(None)
            line.setSymbolBrush(pen.color())
        line.setDownsampling(auto=True, method="peak")
        line.setClipToView(True)
        line.curve.setCacheMode(KEPT)
        self._drawn.append(line)
        return line

    def draw_level(self, height: float, colour: str, style: Qt.PenStyle) -> None:
        """Draw a level line over the whole width."""
        level = pg.InfiniteLine(height, angle=0, pen=pg.mkPen(colour, width=1.5, style=style))
        level.setCacheMode(KEPT)
        self.addItem(level, ignoreBounds=True)
        self._drawn.append(level)

    def clicked(self, click: MouseClickEvent) -> None:
        """Tell the epoch of a click."""
        place = self.getPlotItem().vb.mapSceneToView(click.scenePos())
        self.sought.emit(float(place.x()))
