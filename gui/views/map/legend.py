"""What the colours of a map mean, in words."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui.pictures.trainability import Entry
from gui.theme import THEMES, Theme, text_font

_LINE, _SWATCH = 22, 30
"""In pixels, at the ordinary size of type: the height of a line, the width of a colour."""


class Legend(QWidget):
    """A line for each colour or ramp of colours."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[Entry, ...] = ()
        self._theme = THEMES["light"]

    def present(self, entries: tuple[Entry, ...], theme: Theme) -> None:
        """Show these lines; there is always room for all that there can be."""
        self._entries, self._theme = entries, theme
        self.setFixedHeight(5 * theme.size(_LINE))
        self.setAccessibleName("; ".join(entry.words for entry in entries))
        self.update()

    def sizeHint(self) -> QSize:
        """Return a size for five lines."""
        return QSize(self._theme.size(300), 5 * self._theme.size(_LINE))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the lines."""
        theme, painter = self._theme, QPainter(self)
        painter.setFont(text_font(theme.size(12)))
        for number, entry in enumerate(self._entries):
            top = number * theme.size(_LINE)
            swatch = QRectF(0.5, top + theme.size(4) + 0.5, theme.size(_SWATCH), theme.size(13))
            gradient = QLinearGradient(swatch.topLeft(), swatch.topRight())
            gradient.setColorAt(0.0, QColor(*entry.colours[0]))
            gradient.setColorAt(1.0, QColor(*entry.colours[-1]))
            painter.setPen(QColor(theme.muted))
            painter.setBrush(gradient)
            painter.drawRect(swatch)
            painter.setPen(QColor(theme.text))
            room = QRectF(swatch.right() + theme.size(8), top, self.width(), theme.size(_LINE))
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), entry.words)
        painter.end()
