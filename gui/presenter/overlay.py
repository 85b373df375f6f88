"""What a teacher points with, over the picture that a class sees: a spotlight, and a laser."""

from time import monotonic

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui.theme import Theme

_TAIL, _FRAME = 0.3, 16
"""How long the laser's tail is, in seconds, and how often it is painted, in milliseconds."""

_DOT, _AROUND, _CORNER = 9, 9, 14
"""In pixels, at the ordinary size of type: the radius of the dot; what stays bright round a box."""

_VEIL = QColor(0, 0, 0, 150)

Trail = list[tuple[float, QPointF]]


class Overlay(QWidget):
    """Lies over all, and lets the mouse through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("pointing")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._theme: Theme | None = None
        self._bright: tuple[QRectF, ...] = ()
        self._laser = self._moves = False
        self._trail: Trail = []
        self._timer = QTimer(self)
        self._timer.setInterval(_FRAME)
        self._timer.timeout.connect(self._fade)

    @property
    def bright(self) -> tuple[QRectF, ...]:
        """What is not dimmed; nothing is where this is empty."""
        return self._bright

    @property
    def dot(self) -> QPointF | None:
        """Where the laser points."""
        return self._trail[-1][1] if self._laser and self._trail else None

    def present(self, theme: Theme, *, laser: bool, moves: bool) -> None:
        """Have a laser or none; its tail only where things may move."""
        if (theme, laser, moves) == (self._theme, self._laser, self._moves):
            return
        self._theme, self._laser, self._moves = theme, laser, moves
        if not laser:
            self._timer.stop()
            self._trail.clear()
        self.update()

    def light(self, bright: tuple[QRectF, ...]) -> None:
        """Dim all but some rectangles; without any, nothing."""
        if bright != self._bright:
            self._bright = bright
            self.update()

    def point(self, where: QPointF | None) -> None:
        """Point the laser at a place, or at none."""
        if not self._laser or where == self.dot:
            return
        before = self._region()
        if where is None:
            self._trail.clear()
        else:
            kept = self._trail if self._moves else []
            self._trail = [*kept, (monotonic(), where)]
            if self._moves and not self._timer.isActive():
                self._timer.start()
        self.update(before.united(self._region()).toAlignedRect())

    def _fade(self) -> None:
        before, now = self._region(), monotonic()
        last = self._trail[-1:]
        self._trail = [one for one in self._trail[:-1] if now - one[0] < _TAIL] + last
        if len(self._trail) < 2:  # noqa: PLR2004
            self._timer.stop()
        self.update(before.united(self._region()).toAlignedRect())

    def _region(self) -> QRectF:
        """Return what the laser covers now."""
        around, whole = 2.0 * self._size(_DOT), QRectF()
        for _, at in self._trail:
            dot = QRectF(at.x() - around, at.y() - around, 2 * around, 2 * around)
            whole = dot if whole.isNull() else whole.united(dot)
        return whole

    def _size(self, points: float) -> int:
        return self._theme.size(points) if self._theme is not None else round(points)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Dim what is not in the spotlight; paint the laser."""
        if self._theme is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._bright:
            veil = QPainterPath()
            veil.addRect(QRectF(self.rect()))
            away, corner = self._size(_AROUND), self._size(_CORNER)
            for room in self._bright:
                hole = QPainterPath()
                around = room.adjusted(-away, -away, away, away)
                hole.addRoundedRect(around, corner, corner)
                veil = veil.subtracted(hole)
            painter.fillPath(veil, _VEIL)
        self._paint_laser(painter, self._theme)
        painter.end()

    def _paint_laser(self, painter: QPainter, theme: Theme) -> None:
        if not self._trail:
            return
        radius, now = self._size(_DOT), monotonic()
        colour = QColor(theme.problem)
        for (_, start), (then, end) in zip(self._trail, self._trail[1:], strict=False):
            left = max(0.0, 1 - (now - then) / _TAIL)
            colour.setAlphaF(0.6 * left)
            width = 2 * radius * (0.3 + 0.6 * left)
            painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            painter.drawLine(start, end)
        painter.setPen(QPen(QColor(theme.panel), 2))
        painter.setBrush(QColor(theme.problem))
        painter.drawEllipse(self._trail[-1][1], radius, radius)
