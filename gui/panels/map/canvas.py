"""The map itself: pixels and axes; the wheel zooms, a drag moves, a click chooses."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from engine.words import Say
from gui.drawing.ticks import short_ticks
from gui.language.numbers import with_sign
from gui.panels.map.picture import MapPicture
from gui.panels.map.picture.plane import View
from gui.theme import THEMES, Theme
from gui.widgets.accessible import Accessible
from gui.widgets.crosshair import Crosshair
from gui.widgets.plane import Axis, Margins, PaintedPlane, Plane

MARGINS = Margins(left=46, top=22, right=8, bottom=40)

_ZOOM = 1.25


class Canvas(QWidget):
    """Shows a picture of a view, wherever the present view is by now.

    `moved` tells the view that the user wants, `resized` that there are more or fewer pixels,
    `pointed` the place (x, y) under the pointer, or None, `picked` a place that was clicked.
    """

    moved = Signal(object)
    resized = Signal()
    pointed = Signal(object)
    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("map")
        self.setMouseTracking(True)
        # A click leaves the focus, and with it the arrow keys, where they are.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._theme = THEMES["light"]
        self._view = View(0.0, 1.0, 0.0, 1.0)
        self._image: tuple[QImage, View] | None = None
        self._words, self._say = ("", ""), Say()
        self._mark: tuple[float, float] | None = None
        self._pressed: tuple[QPointF, View] | None = None
        self._dragged = False
        self._axes = PaintedPlane()
        self.share = 1.0
        self._told: Callable[[], str] = str
        self.crosshair = Crosshair(self, self, zooms=True)
        self.crosshair.moved.connect(self._point)
        self.crosshair.chosen.connect(lambda at: self.picked.emit(self._plane.values(at)))
        self.crosshair.zoomed.connect(lambda by, at: self.zoom(by, self._plane.values(at)))
        self.crosshair.panned.connect(self._pan)

    def tell_by(self, told: Callable[[], str]) -> None:
        """Have a screen reader told this of what is under the cross-hair."""
        self._told = told

    def accessible(self) -> Accessible:
        """Return what is under the cross-hair, and what is written at the axes."""
        return Accessible(
            QAccessible.Role.Chart, description=self._told(), items=self._plane.items(self._say)
        )

    def sizeHint(self) -> QSize:
        """Return the least at which there is something to be seen; it takes all that is left."""
        return QSize(self._theme.size(200), self._theme.size(220))

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    def present(
        self,
        view: View,
        mark: tuple[float, float],
        words: tuple[str, str],
        theme: Theme,
        say: Say,
    ) -> None:
        """Show this view, with a ring at `mark`; `words` name the two axes."""
        self._view, self._mark, self._words = view, mark, words
        if theme != self._theme or self.crosshair.at is None:
            self.crosshair.present(theme)
            self.updateGeometry()  # how small it can be depends on the type
        self._theme, self._say = theme, say
        self.update()

    def show_picture(self, picture: MapPicture | None, view: View) -> None:
        """Show another picture, of `view`, or none."""
        self._image = None if picture is None else (image_of(picture), view)
        self.update()

    def show_progress(self, share: float) -> None:
        """Show how much of the next picture is there, from 0 to 1; 1 shows nothing."""
        self.share = share
        self.update()

    @property
    def _plane(self) -> Plane:
        return plane_of(
            QRectF(self.rect()), MARGINS, self._view, self._words, self._theme, self._say
        )

    @property
    def room(self) -> QRect:
        """Where the map is, between its axes."""
        return MARGINS.inside(QRectF(self.rect()), self._theme).toRect()

    @property
    def pixels(self) -> tuple[int, int]:
        """How many pixels of the screen the map has, in width and in height."""
        ratio = self.devicePixelRatioF()
        return max(2, int(self.room.width() * ratio)), max(2, int(self.room.height() * ratio))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell that the map has another size."""
        super().resizeEvent(event)
        self.resized.emit()

    def _pixel(self, at: QPointF) -> tuple[float, float]:
        """Return the place in the middle of the pixel that the pointer is on."""
        half = 0.5 / self.devicePixelRatioF()
        return self._plane.values(at + QPointF(half, half))

    # What the user does

    def zoom(self, factor: float, about: tuple[float, float] | None = None) -> None:
        """Wish for a view `factor` times as large, about a place or the middle."""
        view = self._view
        x, y = about or ((view.left + view.right) / 2, (view.bottom + view.top) / 2)
        self.moved.emit(view.scaled(factor, x, y))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the pointer."""
        steps = event.angleDelta().y() / 120
        if steps:
            self.zoom(_ZOOM**-steps, self._plane.values(event.position()))
        event.accept()

    # Under the cross-hair

    def cross_area(self) -> QRectF:
        """Return where the middles of the pixels of the screen are."""
        half = 0.5 / self.devicePixelRatioF()
        return self._plane.area.adjusted(half, half, -half, -half)

    def cross_start(self) -> QPointF:
        """Begin at the ring, if it can be seen, or in the middle."""
        area = self.cross_area()
        mark = area.center() if self._mark is None else self._plane.at(*self._mark)
        return mark if area.contains(mark) else area.center()

    def reading_at(self, _at: QPointF) -> Sequence[str]:
        """Return nothing: what is pointed at is read under the map."""
        return ()

    def _point(self) -> None:
        at = self.crosshair.at
        self.pointed.emit(None if at is None else self._plane.values(at))

    def _pan(self, right: float, up: float) -> None:
        self.moved.emit(self._view.moved(right / self.room.width(), up / self.room.height()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a drag."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed, self._dragged = (event.position(), self._view), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the map, or tell what is under the pointer."""
        if self._pressed is None:
            inside = self.room.contains(event.position().toPoint())
            self.pointed.emit(self._pixel(event.position()) if inside else None)
            return
        began, view = self._pressed
        far = (event.position() - began).manhattanLength()
        self._dragged = self._dragged or far >= QApplication.startDragDistance()
        if self._dragged:
            room = self.room
            way = began - event.position()
            self.moved.emit(view.moved(way.x() / room.width(), -way.y() / room.height()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a drag, or choose the pixel that was clicked."""
        if event.button() is not Qt.MouseButton.LeftButton or self._pressed is None:
            return
        self._pressed = None
        if not self._dragged and self.room.contains(event.position().toPoint()):
            self.picked.emit(self._pixel(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing any more."""
        super().leaveEvent(event)
        self.pointed.emit(None)

    # What is seen

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the map, its axes, and the ring round the present experiment."""
        painter, theme, plane = QPainter(self), self._theme, self._plane
        self._axes.paint(painter, plane)
        room = plane.area.toRect()
        painter.fillRect(room, QColor(theme.canvas))
        painter.setClipRect(room)
        if self._image is not None:
            image, view = self._image
            corners = plane.at(view.left, view.top), plane.at(view.right, view.bottom)
            painter.drawImage(QRectF(*corners), image)
        if self._mark is not None:
            _paint_mark(painter, plane.at(*self._mark))
        painter.setClipping(False)
        painter.setPen(QColor(theme.border))
        painter.drawRect(room.adjusted(-1, -1, 0, 0))
        if self.share < 1.0:
            done = QRectF(room.left(), room.bottom() + 1, room.width() * self.share, 3)
            painter.fillRect(done, QColor(theme.accent))
        painter.end()


def plane_of(
    outer: QRectF, margins: Margins, view: View, words: tuple[str, str], theme: Theme, say: Say
) -> Plane:
    """Return the plane of a view inside `outer`; `words` name its two axes."""
    room = margins.inside(outer, theme)
    across = _axis(view.left, view.right, int(room.width() / theme.size(64)), words[0], say)
    up = _axis(view.bottom, view.top, int(room.height() / theme.size(36)), words[1], say)
    return Plane(outer, margins, across, up, theme)


def _axis(low: float, high: float, most: int, name: str, say: Say) -> Axis:
    marks, unit = short_ticks(low, high, max(2, most))
    ticks = tuple(mark._replace(words=with_sign(mark.words, say)) for mark in marks)
    base = with_sign(unit.base, say)
    return Axis(low, high, ticks, unit._replace(base=base).named(name))


def _paint_mark(painter: QPainter, at: QPointF) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    # Black and white, one in the other: one of them is seen on any colour.
    for colour, width in (("#000000", 4.5), ("#ffffff", 2.0)):
        painter.setPen(QPen(QColor(colour), width))
        painter.drawEllipse(at, 7, 7)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def image_of(picture: MapPicture) -> QImage:
    """Return the pixels of a map as an image."""
    height, width, _ = picture.pixels.shape
    image = QImage(picture.pixels.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888)
    return image.copy()
