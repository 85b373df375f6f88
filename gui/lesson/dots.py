"""The dots of a lesson: a step each, done, open, or still to come."""

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QAccessible, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.lesson.picture import DONE, NOW
from gui.theme import THEMES, Theme
from gui.widgets.accessible import Accessible

_RADIUS, _APART, _MOST = 4.5, 16, 20
"""In pixels, at the ordinary size of type: a dot, and from one to the next; more than so many come
closer together."""


class Dots(QWidget):
    """Shows how far a lesson has come; the words beside it say so too."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme = THEMES["light"]
        self._dots: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def present(self, theme: Theme, dots: tuple[str, ...]) -> None:
        """Show them."""
        if (theme, dots) != (self._theme, self._dots):
            self._theme, self._dots = theme, dots
            self.updateGeometry()
            self.update()

    def accessible(self) -> Accessible:
        """Return nothing to be read: the words beside it are."""
        return Accessible(QAccessible.Role.Grouping, "")

    def sizeHint(self) -> QSize:
        """Return the room of all dots."""
        across = min(len(self._dots), _MOST) * _APART
        return QSize(self._theme.size(across), self._theme.size(2 * _RADIUS + 4))

    def minimumSizeHint(self) -> QSize:
        """Be content with less."""
        return QSize(self._theme.size(40), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a dot for each step: filled, ringed, or pale."""
        if not self._dots:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        apart = min(self._theme.size(_APART), self.width() / len(self._dots))
        radius = min(self._theme.size(10 * _RADIUS) / 10, apart * 0.4)
        for k, dot in enumerate(self._dots):
            colour = QColor(self._theme.outline if dot not in (DONE, NOW) else self._theme.text)
            pen = QPen(colour, self._theme.size(10 * (2.2 if dot == NOW else 1.2)) / 10)
            painter.setPen(pen)
            painter.setBrush(colour if dot == DONE else QColor(self._theme.panel))
            at = QPointF(apart * (k + 0.5), self.height() / 2)
            painter.drawEllipse(at, radius, radius)
        painter.end()
