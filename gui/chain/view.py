"""The chain on screen: it paints the picture, moves what moves, and follows the step."""

from PySide6.QtCore import (
    QEasingCurve,
    QEvent,
    QPointF,
    QRectF,
    QSize,
    Qt,
    QVariantAnimation,
    Signal,
)
from PySide6.QtGui import (
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

from gui.chain.fitting import OVERVIEW, fitted
from gui.chain.painting import rectangle
from gui.chain.picture import ChainPicture, chain_picture, focus, layout_of
from gui.chain.scene import REACH, draw_overview, draw_scene
from gui.chain.shown import ChainPan
from gui.drawing.ink import Box
from gui.language import speech
from gui.state import Pointed, State
from gui.state.intents import Point, ShowView
from gui.theme import THEMES, Theme
from gui.transport.speeds import movement

_LEAST_HEIGHT, _MORE = 252, 48
"""In pixels, at the ordinary size of type: so much height the chain needs, and so much more for
every further parameter of a layer."""


class ChainView(QWidget):
    """Shows the chain.

    `wished` carries an `Intent`, whatever the user wants.
    """

    wished = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chain")
        self.setMouseTracking(True)
        self._state: State | None = None
        self._picture: ChainPicture | None = None
        self._theme: Theme = THEMES["light"]
        self._scale = 1.0
        self._overflows = False
        self._parameters = 1
        self._jumps = False
        self._offset = 0.0
        self._from = 0.0
        self._share = 1.0
        self._pressed: QPointF | None = None
        self._dragged = False
        self._movement = QVariantAnimation(self)
        self._movement.setStartValue(0.0)
        self._movement.setEndValue(1.0)
        self._movement.setEasingCurve(QEasingCurve.Type.InOutCubic)
        self._movement.valueChanged.connect(self._move)

    def sizeHint(self) -> QSize:
        """Return a size that suits a chain of three layers."""
        return QSize(820, 400)

    def minimumSizeHint(self) -> QSize:
        """Return the least size at which every number can be read."""
        strip = OVERVIEW if self._overflows else 0
        high = _LEAST_HEIGHT + _MORE * (self._parameters - 1)
        return QSize(360, round(high * self._theme.scale) + strip)

    def present(self, state: State) -> None:
        """Show the chain at the state's moment."""
        former, self._state = self._state, state
        theme = THEMES[state.look.palette]
        if theme is not self._theme:
            self._theme = theme
            self.updateGeometry()
        say = speech(state.look.language)
        self.setAccessibleName(say("Chain of neurons"))
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
            if glides:
                self._share = 0.0
                self._movement.setDuration(duration)
                self._movement.start()
            else:
                self._move(1.0)
        elif panned:
            self._stand_still()
        self.update()

    def _duration(self, former: State, state: State) -> int:
        """Return for how many milliseconds this step moves; 0 is not at all."""
        one_step = former.run is state.run and state.index == former.index + 1
        return movement(state.look, playing=state.playing) if one_step and self.isVisible() else 0

    def _move(self, share: object) -> None:
        self._share = float(share) if isinstance(share, float) else 1.0
        self._offset = self._from + (self._wanted_offset() - self._from) * self._share
        self.update()

    # From the scene to the screen

    def _describe(self) -> None:
        """Lay the picture out."""
        if self._state is None:
            return
        experiment, overflowed = self._state.run.experiment, self._overflows
        room = (self.width(), self.height())
        count = len(experiment.parameters)
        fit = fitted(experiment.layers, *room, self._theme.scale, count)
        self._scale, self._overflows = fit.scale, fit.overflows
        if self._overflows != overflowed or count != self._parameters:
            self._parameters = count
            self.updateGeometry()
        seen = self._seen(fit.width, fit.height)
        self._picture = chain_picture(self._state, fit.width, fit.height, seen)

    def _seen(self, width: float, height: float) -> tuple[float, float] | None:
        """Return between which edges the chain is seen: from here to where the step leads.

        Who jumps there does not see what lies between.
        """
        if not self._overflows or self._state is None:
            return None
        layout = layout_of(self._state.run.experiment, width, height)
        ahead = min(max(focus(self._state, layout) - width / 2, 0.0), layout.width - width)
        here = ahead if self._jumps else self._offset / self._scale
        return min(here, ahead) - REACH, max(here, ahead) + width + REACH

    def _wanted_offset(self) -> float:
        if self._picture is None or self._state is None or not self._overflows:
            return 0.0
        pan, middle = self._state.view(ChainPan), self._picture.focus
        if pan.middle is not None and pan.index == self._state.index:
            middle = pan.middle * self._picture.width
        return self._bounded(middle * self._scale - self.width() / 2)

    def _bounded(self, offset: float) -> float:
        if self._picture is None:
            return 0.0
        return min(max(offset, 0.0), max(0.0, self._picture.width * self._scale - self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the picture out anew."""
        super().resizeEvent(event)
        self._describe()
        self._offset = self._from = self._wanted_offset()

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
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
        draw_scene(painter, self._theme, self._picture, window, self._share)
        painter.restore()
        if self._overflows:
            draw_overview(painter, self._theme, self._picture, self._overview(), window)
        painter.end()

    def _overview(self) -> QRectF:
        return QRectF(0, self.height() - OVERVIEW, self.width(), OVERVIEW)

    # The mouse

    def _box_at(self, where: QPointF) -> Box | None:
        if self._picture is None or (self._overflows and self._overview().contains(where)):
            return None
        scene = QPointF((where.x() + self._offset) / self._scale, where.y() / self._scale)
        boxes = (box for box in self._picture.boxes if rectangle(box).contains(scene))
        return next(boxes, None)

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
        if self._overflows and self._overview().contains(event.position()):
            self._look_at(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the chain along, or show what can be clicked."""
        where = event.position()
        if self._pressed is None:
            box = self._box_at(where)
            clickable = box is not None and box.wish is not None
            shape = Qt.CursorShape.PointingHandCursor if clickable else Qt.CursorShape.ArrowCursor
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
        box = self._box_at(event.position())
        if self._pressed is not None and not self._dragged and box and box.wish:
            self.wished.emit(box.wish)
        self._pressed = None

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the full value of what is under the mouse for copying."""
        box = self._box_at(QPointF(event.pos()))
        if box is None or not box.full or self._state is None:
            return
        say = speech(self._state.look.language)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction(say("Copy {value}").format(value=box.full))
        copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(box.full))
        menu.popup(event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Move along a chain that does not fit."""
        turn = event.angleDelta()
        self._pan(-(turn.x() or turn.y()) / 2)

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
