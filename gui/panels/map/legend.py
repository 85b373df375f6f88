"""What the colours of a map mean, in words."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QLinearGradient,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from gui.language import Say
from gui.language.joining import groups
from gui.panels.map.picture import Entry
from gui.theme import THEMES, Theme, text_font

_LINE, _SWATCH = 22, 30
"""In pixels, at the ordinary size of type: the height of a line, the width of a colour."""

_LINES = 4

_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)


class MapLegend(QWidget):
    """A colour or a ramp of colours beside each of its entries, short ones side by side."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[Entry, ...] = ()
        self._theme = THEMES["light"]

    def present(self, entries: tuple[Entry, ...], theme: Theme, say: Say) -> None:
        """Show these entries."""
        self._entries, self._theme = entries, theme
        self.setAccessibleName(groups((entry.words for entry in entries), say))
        self._fit()
        self.update()

    def sizeHint(self) -> QSize:
        """Return a size for all lines that there may be."""
        return QSize(self._theme.size(300), _LINES * self._theme.size(_LINE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the entries in the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        # There is always room for most that there can be: the map keeps its size.
        self.setFixedHeight(max(_LINES, self._tops()[-1]) * self._theme.size(_LINE))

    def _tops(self) -> list[int]:
        """Return how many lines of text stand above each line of entries, and at last all."""
        tops = [0]
        for number in range(1 + max((line for line, _ in self._places()), default=-1)):
            tops.append(tops[-1] + max(self._lines_of(number)))
        return tops

    def _lines_of(self, number: int) -> list[int]:
        placed = zip(self._entries, self._places(), strict=True)
        return [self._lines(entry) for entry, (line, _) in placed if line == number]

    def _width(self, entry: Entry) -> int:
        metrics, size = QFontMetrics(text_font(self._theme.size(12))), self._theme.size
        return size(_SWATCH) + size(8) + metrics.horizontalAdvance(entry.words)

    def _lines(self, entry: Entry) -> int:
        """Return over how many lines an entry is written."""
        return 1 if self._width(entry) <= self.width() else 2

    def _places(self) -> list[tuple[int, int]]:
        """Return the line of each entry, and how far from the left it begins."""
        line = left = 0
        places = []
        for entry in self._entries:
            width = self._width(entry)
            if left and left + width > self.width():
                line, left = line + 1, 0
            places.append((line, left))
            left += width + self._theme.size(20)
        return places

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the entries."""
        painter = QPainter(self)
        painter.setFont(text_font(self._theme.size(12)))
        high, tops = self._theme.size(_LINE), self._tops()
        for entry, (line, left) in zip(self._entries, self._places(), strict=True):
            room = QRectF(0, tops[line] * high, self.width(), self._lines(entry) * high)
            self._paint_entry(painter, entry, left, room)
        painter.end()

    def _paint_entry(self, painter: QPainter, entry: Entry, left: int, room: QRectF) -> None:
        theme = self._theme
        top = room.top() + theme.size(4) + 0.5
        swatch = QRectF(left + 0.5, top, theme.size(_SWATCH), theme.size(13))
        gradient = QLinearGradient(swatch.topLeft(), swatch.topRight())
        gradient.setColorAt(0.0, QColor(*entry.colours[0]))
        gradient.setColorAt(1.0, QColor(*entry.colours[-1]))
        painter.setPen(QColor(theme.muted))
        painter.setBrush(gradient)
        painter.drawRect(swatch)
        painter.setPen(QColor(theme.text))
        room.setLeft(swatch.right() + theme.size(8))
        flags = Qt.AlignmentFlag.AlignVCenter.value | Qt.TextFlag.TextWordWrap.value
        painter.drawText(room, flags if room.height() > theme.size(_LINE) else _MIDDLE, entry.words)
