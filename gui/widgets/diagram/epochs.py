"""A diagram over the epochs of a run, with a cursor at the present moment. Imported late."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np
import pyqtgraph as pg
from pyqtgraph.GraphicsScene.mouseEvents import MouseClickEvent
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui.drawing.curve import Curve
from gui.drawing.levels import Levels
from gui.theme import Theme, text_font
from gui.widgets.crosshair import Crosshair
from gui.widgets.diagram import KEPT, Diagram, curve_pen
from gui.widgets.diagram.cursor import KeptPicture

_PER_COLUMN = 4
"""The points of a curve for which a column of pixels has room; more of them look the same."""

_TRAVELLED = 25.0
"""A curve that goes up and down this many times is a block, without visible edges; to draw
it smooth takes a hundred times longer."""


class PaintedCurve(NamedTuple):
    """A curve as it is painted: its points, and how it looks."""

    levels: Levels
    pen: QPen


class _Shape(NamedTuple):
    """The points of a curve as they are seen at present, in whatever colour."""

    path: QPainterPath
    smooth: bool


class Curves(pg.GraphicsObject):  # type: ignore[misc] # pyqtgraph ships no types
    """Paints lines, the first one at the bottom, and keeps the picture until something changes.

    An item for each would cost the diagram more than painting it: pyqtgraph and Qt ask every item
    where it is, whenever one of them moves.
    """

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[PaintedCurve, ...] = ()
        self._seen: tuple[float, ...] = ()
        self._shapes: dict[Levels, _Shape] = {}
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    def show_lines(self, lines: Iterable[PaintedCurve]) -> None:
        """Paint these lines from now on."""
        self.lines = tuple(lines)
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
        box = self.getViewBox()
        (left, right), (low, high) = box.viewRange()
        seen = left, right, low, high, box.width()
        known = self._shapes if seen == self._seen else {}
        columns = max(int(box.width()), 1)
        self._seen, self._shapes = seen, {}
        for levels, pen in self.lines:
            shape = known.get(levels) or _shape(levels, left, right, high - low, columns)
            self._shapes[levels] = shape
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, shape.smooth)
            painter.setPen(pen if shape.smooth else _thin(pen))
            painter.drawPath(shape.path)


def _shape(levels: Levels, left: float, right: float, height: float, columns: int) -> _Shape:
    x, y = levels.within(left, right, _PER_COLUMN * columns)
    if not len(x):
        return _Shape(QPainterPath(), smooth=False)
    path: QPainterPath = pg.arrayToQPath(x, y, connect="finite")
    with np.errstate(invalid="ignore", over="ignore"):
        travelled = float(np.nansum(np.abs(np.diff(y)))) / height
    return _Shape(path, smooth=travelled <= _TRAVELLED)


def _thin(pen: QPen) -> QPen:
    thin = QPen(pen)
    thin.setWidthF(1.0)
    return thin


FEW = 12
"""The most points that are marked themselves: a line through one of them could not be seen."""


_PRESENT = 2.8
"""In pixels: how thick the present curve is."""

_IN_FRONT = 5

Reader = Callable[[float, float], Sequence[str]]
"""Returns what is read at an epoch and a height, in lines."""


class EpochDiagram(Diagram):
    """Curves over epochs; `sought` tells the epoch that was clicked, or chosen by keys.

    `menu_asked` tells the epoch of a click with the other button, and where on the screen it was;
    `epoch` is where the cursor stands.
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
            self.add(curves)
        self._kept = KeptPicture(self, self.view)
        self._handle = self._kept.handle
        self._handle.setMovable(draggable)
        self._handle.setZValue(20)
        self.epoch = 0.0
        self._handle.sigDragged.connect(lambda line: self.sought.emit(float(line.value())))
        self.add(self._handle)
        self.scene().sigMouseClicked.connect(self.clicked)
        self._reader: Reader = lambda _epoch, _height: ()
        self.crosshair = Crosshair(self, self, zooms=zooms)
        self.crosshair.chosen.connect(lambda at: self.sought.emit(self._values(at)[0]))

    def dress(self, theme: Theme) -> None:
        """Take the theme's colours and type."""
        super().dress(theme)
        self.axis("left").reserve(theme.size(36))
        self.axis("bottom").label.setFont(text_font(theme.size(11)))
        self._handle.setPen(pg.mkPen(theme.text, width=2))
        self._handle.setHoverPen(pg.mkPen(theme.text, width=4))

    def read_by(self, reader: Reader) -> None:
        """Have what is under the cross-hair said in these words."""
        self._reader = reader

    def _values(self, at: QPointF) -> tuple[float, float]:
        """Return the epoch and the height at a place, in pixels."""
        place = self.view.mapSceneToView(at)
        return float(place.x()), float(place.y())

    def cross_area(self) -> QRectF:
        """Return where the curves are."""
        return QRectF(self.view.sceneBoundingRect())

    def cross_start(self) -> QPointF:
        """Begin at the present moment, half-way up."""
        area = self.cross_area()
        x = self.view.mapViewToScene(QPointF(self.epoch, 0.0)).x()
        return QPointF(x if area.left() <= x <= area.right() else area.left(), area.center().y())

    def reading_at(self, at: QPointF) -> Sequence[str]:
        """Return what is read at a place."""
        return self._reader(*self._values(at))

    def place_cursor(self, epoch: float) -> None:
        """Put the cursor where the present moment is."""
        self.epoch = epoch
        self._kept.move(epoch)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the diagram, or only the cursor over it."""
        self._kept.paint(event, self.epoch)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Let the mouse take hold of the cursor where it is."""
        self._handle.setPos(self.epoch)
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show that the cursor can be dragged."""
        if not self._handle.moving:
            self._handle.setPos(self.epoch)
        super().mouseMoveEvent(event)

    @property
    def pens(self) -> list[QPen]:
        """How the curves are drawn, the first one at the bottom, the present one last of all."""
        return [line.pen for curves in (self._curves, self._present_curve) for line in curves.lines]

    def clear_drawn(self) -> None:
        """Take all curves and levels away."""
        for item in (*self._levels, *self._marks):
            self.remove(item)
        self._levels.clear()
        self._marks.clear()
        for curves in (self._curves, self._present_curve):
            curves.show_lines(())

    def draw(self, curves: Sequence[Curve], theme: Theme) -> None:
        """Draw these curves instead of those before, the first one at the bottom."""
        while self._marks:
            self.remove(self._marks.pop())
        self._curves.show_lines(_line(curve, theme) for curve in curves)
        self._kept.expect()
        for curve in curves:
            if len(curve.y) <= FEW:
                self._mark_points(curve, theme)

    def draw_present(self, curve: Curve | None, theme: Theme) -> None:
        """Draw a curve once more, thick and before all others, or none."""
        lines = () if curve is None else (_line(curve, theme, _PRESENT),)
        if lines or self._present_curve.lines:
            self._present_curve.show_lines(lines)
            self._kept.expect()

    def _mark_points(self, curve: Curve, theme: Theme) -> None:
        seen = np.isfinite(curve.y)
        colour = curve_pen(theme, curve.colour).color()
        points = pg.ScatterPlotItem(
            curve.x[seen], curve.y[seen], size=theme.size(4), pen=None, brush=colour, antialias=True
        )
        self.add(points)
        self._marks.append(points)

    def draw_level(self, height: float, colour: str, style: Qt.PenStyle) -> None:
        """Draw a level line over the whole width."""
        level = pg.InfiniteLine(height, angle=0, pen=pg.mkPen(colour, width=1.5, style=style))
        level.setCacheMode(KEPT)
        self.add(level)
        self._levels.append(level)

    def clicked(self, click: MouseClickEvent) -> None:
        """Tell the epoch of a click."""
        epoch = float(self.view.mapSceneToView(click.scenePos()).x())
        if click.button() is Qt.MouseButton.LeftButton:
            self.sought.emit(epoch)
        elif click.button() is Qt.MouseButton.RightButton:
            self.menu_asked.emit(epoch, click.screenPos().toPoint())


def _line(curve: Curve, theme: Theme, width: float = 1.5) -> PaintedCurve:
    pen = curve_pen(theme, curve.colour, width)
    if curve.kept:
        pen.setStyle(Qt.PenStyle.DashLine)
    return PaintedCurve(curve.levels, pen)
