"""The map itself: pixels and axes; the wheel zooms, a drag moves, a click chooses."""

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from gui.drawing.ticks import short_ticks
from gui.panels.map.picture import MapPicture
from gui.panels.map.picture.plane import View
from gui.theme import THEMES, Theme, text_font

_LEFT, _BOTTOM, _TOP, _BESIDE = 46, 40, 22, 8
"""In pixels, at the ordinary size of type: the room for the axes, and above and beside the map."""

_ZOOM = 1.25
_ZOOMS = {Qt.Key.Key_Plus: 1 / _ZOOM, Qt.Key.Key_Equal: 1 / _ZOOM, Qt.Key.Key_Minus: _ZOOM}
_PANS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Down: (0, -1),
    Qt.Key.Key_Up: (0, 1),
}
_PANNED = 0.1
"""The share of the width or height by which an arrow moves the view."""

_CENTRE, _MIDDLE = Qt.AlignmentFlag.AlignCenter, Qt.AlignmentFlag.AlignVCenter

_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)

_FAR = 1e4
"""In sizes of the map: what is further outside is drawn as if it were so far."""


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
        self._words = ("", "")
        self._mark: QPointF | None = None
        self._pressed: tuple[QPointF, View] | None = None
        self._dragged = False
        self.share = 1.0

    def sizeHint(self) -> QSize:
        """Return the least at which there is something to be seen; it takes all that is left."""
        return QSize(self._theme.size(200), self._theme.size(220))

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    def present(
        self, view: View, mark: tuple[float, float], words: tuple[str, str], theme: Theme
    ) -> None:
        """Show this view, with a ring at `mark`; `words` name the two axes."""
        self._view, self._mark, self._words = view, QPointF(*mark), words
        self._theme = theme
        self.update()

    def show_picture(self, picture: MapPicture | None, view: View) -> None:
        """Show another picture, of `view`, or none."""
        self._image = None if picture is None else (_image_of(picture), view)
        self.update()

    def show_progress(self, share: float) -> None:
        """Show how much of the next picture is there, from 0 to 1; 1 shows nothing."""
        self.share = share
        self.update()

    @property
    def room(self) -> QRect:
        """Where the map is, between its axes."""
        size = self._theme.size
        return self.rect().adjusted(size(_LEFT), size(_TOP), -size(_BESIDE), -size(_BOTTOM))

    @property
    def pixels(self) -> tuple[int, int]:
        """How many pixels of the screen the map has, in width and in height."""
        ratio = self.devicePixelRatioF()
        return max(2, int(self.room.width() * ratio)), max(2, int(self.room.height() * ratio))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell that the map has another size."""
        super().resizeEvent(event)
        self.resized.emit()

    def _place(self, at: QPointF) -> tuple[float, float]:
        room, view = self.room, self._view
        across = (at.x() - room.left()) / room.width()
        up = (room.bottom() + 1 - at.y()) / room.height()
        return (
            view.left + across * (view.right - view.left),
            view.bottom + up * (view.top - view.bottom),
        )

    def _pixel(self, at: QPointF) -> tuple[float, float]:
        """Return the place in the middle of the pixel that the pointer is on."""
        half = 0.5 / self.devicePixelRatioF()
        return self._place(at + QPointF(half, half))

    def _point(self, x: float, y: float) -> QPointF:
        room, view = self.room, self._view
        across = _near((x - view.left) / (view.right - view.left))
        up = _near((y - view.bottom) / (view.top - view.bottom))
        return QPointF(room.left() + across * room.width(), room.bottom() + 1 - up * room.height())

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
            self.zoom(_ZOOM**-steps, self._place(event.position()))
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Keep the arrows, with which the window steps elsewhere."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in _PANS
            and event.modifiers() in _PLAIN
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom by + and −, move by the arrows; Enter chooses the middle."""
        key = Qt.Key(event.key())
        if key in _ZOOMS:
            self.zoom(_ZOOMS[key])
        elif key in _PANS and event.modifiers() in _PLAIN:
            across, up = _PANS[key]
            self.moved.emit(self._view.moved(across * _PANNED, up * _PANNED))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.picked.emit(self._place(QRectF(self.room).center()))
        else:
            super().keyPressEvent(event)

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
        painter, theme, room = QPainter(self), self._theme, self.room
        painter.fillRect(room, QColor(theme.canvas))
        painter.setClipRect(room)
        if self._image is not None:
            image, view = self._image
            corners = self._point(view.left, view.top), self._point(view.right, view.bottom)
            painter.drawImage(QRectF(*corners), image)
        self._paint_mark(painter)
        painter.setClipping(False)
        line = QColor(theme.accent if self.hasFocus() else theme.border)
        painter.setPen(line)
        painter.drawRect(room.adjusted(-1, -1, 0, 0))
        self._paint_axes(painter)
        if self.share < 1.0:
            done = QRectF(room.left(), room.bottom() + 1, room.width() * self.share, 3)
            painter.fillRect(done, QColor(theme.accent))
        painter.end()

    def _paint_mark(self, painter: QPainter) -> None:
        if self._mark is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        at = self._point(self._mark.x(), self._mark.y())
        # Black and white, one in the other: one of them is seen on any colour.
        for colour, width in (("#000000", 4.5), ("#ffffff", 2.0)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawEllipse(at, 7, 7)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _paint_axes(self, painter: QPainter) -> None:
        theme, view, room = self._theme, self._view, self.room
        size = theme.size
        painter.setFont(text_font(size(11)))
        painter.setPen(QColor(theme.muted))
        marks, across = short_ticks(view.left, view.right, max(2, room.width() // size(64)))
        for mark in marks:
            x = self._point(mark.place, 0.0).x()
            where = QRectF(x - size(40), room.bottom() + 3, size(80), size(15))
            painter.drawText(where, int(_CENTRE), mark.words)
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        marks, up = short_ticks(view.bottom, view.top, max(2, room.height() // size(36)))
        for mark in marks:
            y = self._point(0.0, mark.place).y()
            where = QRectF(0, y - size(8), room.left() - 5, size(16))
            painter.drawText(where, right, mark.words)
        painter.setFont(text_font(size(12)))
        painter.setPen(QColor(theme.text))
        below = QRectF(room.left(), room.bottom() + size(19), room.width(), size(19))
        painter.drawText(below, int(_CENTRE), across.named(self._words[0]))
        above = QRectF(0, 0, room.width(), size(_TOP) - 4)
        painter.drawText(above, int(_MIDDLE), up.named(self._words[1]))


def _near(share: float) -> float:
    return max(-_FAR, min(_FAR, share))


def _image_of(picture: MapPicture) -> QImage:
    height, width, _ = picture.pixels.shape
    image = QImage(picture.pixels.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888)
    return image.copy()
