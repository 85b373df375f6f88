"""The plane of the loss surface: axes, zoom, and what the mouse does on it. Imported late."""

from collections.abc import Iterator, Sequence
from math import floor, log10

import numpy as np
import pyqtgraph as pg
from pyqtgraph.GraphicsScene.mouseEvents import MouseClickEvent
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QSizePolicy

from gui.language.joining import listed
from gui.panels.surface.bar import ColourBar
from gui.panels.surface.drawing import TYPE, Drawing
from gui.panels.surface.picture import SurfacePicture, index_near
from gui.panels.surface.picture.frame import Frame
from gui.panels.surface.picture.relief import Relief, relief_of
from gui.state.views import has_area
from gui.theme import Theme, text_font
from gui.widgets.accessible import Item
from gui.widgets.crosshair import Crosshair
from gui.widgets.diagram import Diagram
from gui.widgets.memo import Memo

_NEAR = 24.0
"""In pixels: a click so near to the path means it."""

_CLOSEST, _FURTHEST = 1e-6, 1e3
"""The smallest and largest zoom, in sizes of the frame."""

_SIDE = 200
"""In pixels, at the ordinary size of type: how high it is at least."""


class SurfaceDiagram(Diagram):
    """Shows a picture; `sought` tells the index of the step whose weights were clicked.

    Under the cross-hair it is as under the mouse.

    `seen_anew` carries the relief of the piece that is seen, whenever that is another; `pointed` a
    place under the mouse, or None; `zoomed` the piece that the user wants to see, None for all;
    `started` the place, away from the path, at which a training is to begin.
    """

    sought = Signal(object)
    seen_anew = Signal(object)
    pointed = Signal(object)
    zoomed = Signal(object)
    started = Signal(object)

    def __init__(self) -> None:
        super().__init__("loss surface", zooms=True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._shown: tuple[SurfacePicture, Theme] | None = None
        self._before_click: int | None = None
        self._clicked_at = QPointF()
        self._waits = QTimer(self, singleShot=True)
        self._waits.timeout.connect(lambda: self._start(self._clicked_at))
        self._looked_at: tuple[object, ...] | None = None
        self._named = Memo[tuple[str, str]]()
        for side in ("left", "bottom"):
            # Weights have no unit: no thousandths in the label.
            self.axis(side).enableAutoSIPrefix(False)
        self._drawing, self._bar = Drawing(self.view), ColourBar()
        self.put_beside(self._bar)
        self.view.sigRangeChanged.connect(self._look_anew)
        self.view.sigRangeChangedManually.connect(lambda *_: self._look())
        self.view.sigResized.connect(self._fit)
        self.scene().sigMouseClicked.connect(self._clicked)
        self.setMouseTracking(True)
        self.crosshair = Crosshair(self, self, zooms=True)
        self.crosshair.moved.connect(self._point)
        self.crosshair.chosen.connect(self._choose)
        self.crosshair.zoomed.connect(self._zoom_about)
        self.crosshair.panned.connect(self._pan)
        self.crosshair.whole.connect(self.reset)

    def sizeHint(self) -> QSize:
        """Return the least at which there is something to be seen; it takes all that is left."""
        side = self._shown[1].size(_SIDE) if self._shown else _SIDE
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    @property
    def piece(self) -> Frame:
        """The piece of the plane that is seen."""
        (left, right), (low, high) = self.view.viewRange()
        return Frame(float(left), float(right), float(low), float(high))

    def explain(self, bar: str) -> None:
        """Say in tool tips what the bar is."""
        self._bar.setToolTip(bar)

    def present(self, picture: SurfacePicture, theme: Theme, piece: Frame | None) -> None:
        """Show a picture, and of it this piece of the plane, or the whole frame."""
        former, self._shown = self._shown, (picture, theme)
        if former is None or former[1] != theme:
            self.dress(theme)
            self.show_grid(y=False)
            self.axis("left").reserve(theme.size(30))
            self.updateGeometry()
            self.crosshair.present(theme)
        self._name_axes(picture)
        framed = (picture.frame, picture.pair)
        if former is None or (former[0].frame, former[0].pair) != framed:
            self._limit(picture)
        if self._looked_at != (*framed, piece):
            self._looked_at = (*framed, piece)
            left, right, low, high = piece or picture.frame
            self.view.setRange(xRange=(left, right), yRange=(low, high), padding=0)
        self._look_anew()

    def _look(self) -> None:
        """Tell which piece the user went to."""
        piece = self.piece
        if self._shown is not None and has_area(piece):
            picture = self._shown[0]
            self._looked_at = (picture.frame, picture.pair, piece)
            self.zoomed.emit(piece)

    def items(self) -> Iterator[Item]:
        """Yield what is written at the contours, and beside the colours."""
        if self._shown is None:
            return
        contours, losses, say = self._drawing.words, self._bar.words, self._say
        if contours:
            told = say("Contours: {marks}").format(marks=listed(contours, say))
            yield Item("contours", told, where=self.place_of(self._drawing))
        if losses:
            told = say("Colours, loss: {marks}").format(marks=listed(losses, say))
            yield Item("colours", told, where=self.place_of(self._bar))

    def _name_axes(self, picture: SurfacePicture) -> None:
        if not self._named.renew(picture.axes):
            return
        for side, name in zip(("bottom", "left"), picture.axes, strict=True):
            self.axis(side).setLabel(name)

    def reset(self) -> None:
        """Ask for the whole frame."""
        self.zoomed.emit(None)

    def _limit(self, picture: SurfacePicture) -> None:
        left, right, low, high = picture.frame
        across, up = right - left, high - low
        # Much further away there would be no numbers between the pixels.
        self.view.setLimits(
            xMin=left - _FURTHEST * across,
            xMax=right + _FURTHEST * across,
            minXRange=_CLOSEST * across,
            maxXRange=_FURTHEST * across,
            yMin=low - _FURTHEST * up,
            yMax=high + _FURTHEST * up,
            minYRange=_CLOSEST * up,
            maxYRange=_FURTHEST * up,
        )
        self.view.setAspectLocked(bool(picture.pair.y))

    def relief(self) -> Relief | None:
        """Return the relief of the piece that is seen."""
        if self._shown is None:
            return None
        picture, theme = self._shown
        room = self._room(theme)
        return relief_of(picture.surface, self.piece, picture.scale, room, picture.path)

    def _room(self, theme: Theme) -> tuple[float, float]:
        """Return the size of a label as shares of the view's."""
        metrics, size = QFontMetricsF(text_font(theme.size(TYPE))), self.view.rect()
        width, height = max(size.width(), 1.0), max(size.height(), 1.0)
        return metrics.horizontalAdvance("0.0000") / width, 1.3 * metrics.height() / height

    def _look_anew(self) -> None:
        relief = self.relief()
        if relief is not None and self._shown is not None:
            picture, theme = self._shown
            self._drawing.present(picture, relief, theme)
            ends = picture.scale.share(np.array([relief.least, relief.most]))
            self._bar.present(picture.bar, (float(ends[0]), float(ends[1])), theme)
            self.seen_anew.emit(relief)

    def _fit(self) -> None:
        self._drawing.fit()
        self._look_anew()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw in the new size."""
        super().resizeEvent(event)
        # pyqtgraph resizes it once while it is being made.
        if hasattr(self, "_drawing"):
            self._fit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell what is under the mouse."""
        super().mouseMoveEvent(event)
        where = self.view.mapFromScene(self.mapToScene(event.position().toPoint()))
        if self.view.rect().contains(where):
            place = self.view.mapToView(where)
            self.pointed.emit((place.x(), place.y()))
        else:
            self.pointed.emit(None)

    def leaveEvent(self, event: pg.QtCore.QEvent) -> None:
        """Point at nothing."""
        super().leaveEvent(event)
        self.pointed.emit(None)

    def _clicked(self, click: MouseClickEvent) -> None:
        """Go where the path is near; a double click shows all again."""
        inside = self.view.sceneBoundingRect().contains(click.scenePos())
        if self._shown is None or not inside or click.button() is not Qt.MouseButton.LeftButton:
            return
        if click.double():
            if self._before_click is not None:
                # Its first half has already gone somewhere: back from there.
                self.sought.emit(self._before_click)
            self._waits.stop()
            self.reset()
            return
        self._before_click = None
        index = self.near(self.view.mapSceneToView(click.scenePos()))
        if index is not None:
            self._before_click = self._shown[0].index
            self.sought.emit(index)
        else:
            # It may be the first half of a double click.
            self._clicked_at = self.view.mapSceneToView(click.scenePos())
            self._waits.start(QApplication.doubleClickInterval())

    def _start(self, at: QPointF) -> None:
        """Ask for a training that begins at a place, with no more digits than can be seen."""
        across, high = self.view.viewPixelSize()
        self.started.emit((_seen(at.x(), across), _seen(at.y(), high)))

    # Under the cross-hair

    def cross_area(self) -> QRectF:
        """Return where the plane is."""
        return QRectF(self.view.sceneBoundingRect())

    def cross_start(self) -> QPointF:
        """Begin at the present point of the run, if it can be seen, or in the middle."""
        area = self.cross_area()
        if self._shown is None:
            return area.center()
        now = QPointF(self.view.mapViewToScene(QPointF(*self._shown[0].now)))
        return now if area.contains(now) else area.center()

    def reading_at(self, _at: QPointF) -> Sequence[str]:
        """Return nothing: what is pointed at is read under the diagram."""
        return ()

    def _point(self) -> None:
        at = self.crosshair.at
        place = None if at is None else self.view.mapSceneToView(at)
        self.pointed.emit(None if place is None else (place.x(), place.y()))

    def _choose(self, at: QPointF) -> None:
        place = self.view.mapSceneToView(at)
        index = self.near(place)
        if index is not None:
            self.sought.emit(index)
        else:
            self._start(place)

    def _zoom_about(self, factor: float, at: QPointF) -> None:
        self.view.scaleBy((factor, factor), center=self.view.mapSceneToView(at))
        self._look()

    def _pan(self, right: float, up: float) -> None:
        across, high = self.view.viewPixelSize()
        self.view.translateBy(x=right * across, y=up * high)
        self._look()

    def near(self, place: QPointF) -> int | None:
        """Return the step at which the path is nearest to a place, if that is near."""
        if self._shown is None:
            return None
        unit = self.view.viewPixelSize()
        return index_near(self._shown[0], (place.x(), place.y()), unit, _NEAR)

    def zoom(self, factor: float) -> None:
        """Show a piece `factor` times as large, about the same middle."""
        self.view.scaleBy((factor, factor))
        self._look()


def _seen(value: float, pixel: float) -> float:
    """Return a number of a place without digits that are less than a pixel."""
    digits = -floor(log10(pixel)) if pixel > 0 else 6
    return round(value, digits)
