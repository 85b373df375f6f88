"""The chain on screen: it paints the picture, moves what moves, and follows the step."""

from collections.abc import Iterator

from PySide6.QtCore import (
    QEasingCurve,
    QEvent,
    QPointF,
    QRectF,
    Qt,
    QVariantAnimation,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QContextMenuEvent,
    QGuiApplication,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QMenu, QToolTip, QWidget

from gui.chain.changed import changed
from gui.chain.dragging import ChainDrag
from gui.chain.fitted import FittedChain
from gui.chain.lettering import least_size
from gui.chain.picture import ChainPicture
from gui.chain.picture.parts import Part
from gui.chain.picture.summary import summary
from gui.chain.ring import Ring
from gui.chain.scene import draw_overview, draw_scene
from gui.chain.shown import ChainPan
from gui.chain.spoken import box_item, caption_item
from gui.language import speech
from gui.state import Pointed, State
from gui.state.intents import Point, ShowView
from gui.theme import dressed
from gui.transport.speeds import movement
from gui.widgets.accessible import Accessible, Item, KeptItems

_Standing = tuple[ChainPicture | None, tuple[object, ...]]

_BESIDE = 24
"""In pixels: so much is to be seen beside the box in the ring."""


class ChainView(FittedChain):
    """Shows the chain.

    `wished` carries an `Intent`, whatever the user wants.
    """

    wished = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chain")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self._from = 0.0
        self._share = 1.0
        self._pressed: QPointF | None = None
        self._dragged = False
        self._shape = Qt.CursorShape.ArrowCursor
        self._movement = QVariantAnimation(self)
        self._movement.setStartValue(0.0)
        self._movement.setEndValue(1.0)
        self._movement.setEasingCurve(QEasingCurve.Type.InOutCubic)
        self._movement.valueChanged.connect(self._move)
        self._spoken = KeptItems()
        self._drag = ChainDrag(self, self.wished.emit)
        self._ring = Ring(self, self)
        self._ring.wished.connect(self.wished)

    def present(self, state: State) -> None:
        """Show the chain at the state's moment."""
        before = self._stands()
        former, self._state = self._state, state
        theme = dressed(state.look)
        if theme is not self._theme:
            self._theme = theme
            self.updateGeometry()
        moved = former is None or former.index != state.index or former.run is not state.run
        panned = former is not None and former.view(ChainPan) != state.view(ChainPan)
        if former is not None and not panned and state.differs_in_views_alone(former):
            return  # another part was zoomed, sorted or folded
        duration = self._duration(former, state) if former is not None else 0
        glides = moved and duration > 0
        self._jumps = moved and not glides
        self._describe()
        self._jumps = False
        if moved:
            self._from = self._offset
            self._movement.stop()
            self._share = 0.0 if glides else 1.0
            if glides:
                self._movement.setDuration(duration)
                self._movement.start()
            else:
                self._offset = self._wanted_offset()
        elif panned:
            self._stand_still()
        self._paint_again(before)

    def _stands(self) -> _Standing:
        """Return what is on screen, and where."""
        place = (self._offset, self._scale, self._share, self._ring.name)
        return self._picture, (self._theme, *place)

    def _paint_again(self, before: _Standing) -> None:
        """Have painted what looks otherwise now; all, where the whole picture moves."""
        (former, at), (picture, now) = before, self._stands()
        still = at == now and self._share == 1 and not self._overflows
        # Elsewhere the edges of a part would lie within a pixel.
        on_pixels = self.devicePixelRatioF().is_integer()
        where = None
        if former and picture and still and on_pixels:
            where = changed(former, picture, least_size(self._scale, self._theme))
        if where is None:
            self.update()
            return
        whole = QRectF()
        for part in where:
            whole |= part
        self.update(self.on_screen(whole).toAlignedRect())

    def _duration(self, former: State, state: State) -> int:
        """Return for how many milliseconds this step moves; 0 is not at all."""
        one_step = former.run is state.run and state.index == former.index + 1
        return movement(state.look, playing=state.playing) if one_step and self.isVisible() else 0

    def _move(self, share: object) -> None:
        self._share = float(share) if isinstance(share, float) else 1.0
        self._offset = self._from + (self._wanted_offset() - self._from) * self._share
        self.update()

    # Painting

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the picture out anew."""
        super().resizeEvent(event)
        self._describe()
        self._offset = self._from = self._wanted_offset()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what can be seen of the picture."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(self._theme.canvas))
        if self._picture is None:
            return
        window = (self._offset / self._scale, self.width() / self._scale)
        painter.save()
        painter.translate(-self._offset, 0)
        painter.scale(self._scale, self._scale)
        answers, region = not self.on_paper, event.region()
        draw_scene(
            painter, self._theme, self._picture, window, self._share, region, handles=answers
        )
        painter.restore()
        if self.hasFocus() and answers:
            self._ring.paint(painter, self._theme, self._ringed())
        if self._overflows:
            draw_overview(painter, self._theme, self._picture, self._overview(), window)
        painter.end()

    def _ringed(self) -> QRectF | None:
        """Return where the box is that the ring stands on, if it is described and not far off."""
        return self.place_of(self._ring.name)

    def accessible(self) -> Accessible:
        """Return the chain in a sentence, and its boxes."""
        if self._state is None:
            return Accessible()
        say = speech(self._state.look.locale)
        ringed = self._ring.name if self.hasFocus() else None
        stamp = self._state, self.size(), self._offset, self._scale, ringed
        parts = self._spoken.of(stamp, lambda: self._items(ringed))
        return Accessible(
            role=QAccessible.Role.Grouping,
            name=say("Chain of neurons"),
            description=summary(self._state),
            items=parts,
        )

    def _items(self, ringed: Pointed | None) -> Iterator[Item]:
        """Yield the boxes and captions for a screen reader."""
        for part in self.parts():
            yield box_item(part, self.on_screen, self.wished, ringed)
        for caption in self._picture.captions if self._picture else ():
            yield caption_item(caption, self.on_screen, self.width() / self._scale)

    # The mouse

    def event(self, event: QEvent) -> bool:
        """Tell the full value of what the mouse is over."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            box = self._box_at(QPointF(event.pos()))
            if box and box.hint:
                QToolTip.showText(event.globalPos(), box.hint, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a drag."""
        self._pressed, self._dragged = event.position(), False
        if event.button() is Qt.MouseButton.LeftButton:
            self._drag.take_hold(event, self._box_at(event.position()), self._state)
        if self._overflows and self._overview().contains(event.position()):
            self._look_at(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the chain along, or show what can be clicked."""
        where = event.position()
        if self._drag.move(event):
            return
        if self._pressed is None:
            box = self._box_at(where)
            clickable = box is not None and box.wish is not None
            shape = Qt.CursorShape.PointingHandCursor if clickable else Qt.CursorShape.ArrowCursor
            if shape is not self._shape:
                self._shape = shape
                self.setCursor(shape)
            self._point(box.name if box else None)
        elif self._overflows and self._overview().contains(self._pressed):
            self._look_at(where.x())
        elif self._dragged or (where - self._pressed).manhattanLength() > 6:  # noqa: PLR2004
            self._dragged = True
            self._pan(self._pressed.x() - where.x())
            self._pressed = where

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing any more."""
        super().leaveEvent(event)
        self._point(None)

    def _point(self, at: Pointed | None) -> None:
        if self._state is not None and self._state.pointed != at:
            self.wished.emit(Point(at))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell what was clicked."""
        dragged = self._drag.end()
        box = self._box_at(event.position())
        if self._pressed is not None and not (dragged or self._dragged) and box and box.wish:
            self.wished.emit(box.wish)
        self._pressed = None

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the full value of what is under the mouse, or in the ring, for copying."""
        at = self._ring.at if event.reason() is QContextMenuEvent.Reason.Keyboard else None
        where = self.on_screen(QRectF(*at.where)).center() if at else QPointF(event.pos())
        box = self._box_at(where)
        if box is None or not box.full or self._state is None:
            return
        say = speech(self._state.look.locale)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction(say("Copy {value}").format(value=box.full))
        copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(box.full))
        menu.popup(self.mapToGlobal(where.toPoint()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Move along a chain that does not fit."""
        turn = event.angleDelta()
        self._pan(-(turn.x() or turn.y()) / 2)

    def bring(self, part: Part) -> None:
        """Move the chain along until a box is in sight."""
        at = self.on_screen(QRectF(*part.where))
        beyond = max(at.right() + _BESIDE - self.width(), 0) or min(at.left() - _BESIDE, 0)
        if beyond:
            self._pan(beyond)

    def _look_at(self, x: float) -> None:
        if self._picture is not None:
            share = x / max(1, self.width())
            self._pan(share * self._picture.width * self._scale - self.width() / 2 - self._offset)

    def _pan(self, by: float) -> None:
        if self._picture is None or self._state is None or not self._overflows:
            return
        middle = self._bounded(self._offset + by) + self.width() / 2
        share = min(max(middle / (self._picture.width * self._scale), 0.0), 1.0)
        self.wished.emit(ShowView(ChainPan(share, self._state.index)))

    def _stand_still(self) -> None:
        """Show at once what is to be seen of the chain."""
        self._movement.stop()
        self._share = 1.0
        self._offset = self._from = self._wanted_offset()
        self._describe()
