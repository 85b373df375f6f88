"""The bar beside the surface: which colour is which loss, and where the run is on it."""

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.panels.surface.marks import shades
from gui.panels.surface.picture import Bar
from gui.theme import Theme, text_font
from gui.widgets.memo import Memo

_POINTER, _RAMP, _TICK, _WORDS = 9, 11, 4, 32
"""In pixels, at the ordinary size of type, from left to right: what the bar is made of."""

_TYPE = 10
_PALE = 0.75
"""How strongly the losses that are outside of the view are veiled."""


class ColourBar(pg.GraphicsWidget):  # type: ignore[misc] # pyqtgraph ships no types
    """Stands in the layout of a plot, as high as its plane."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Bar, tuple[float, float], Theme] | None = None
        self._seen = Memo[tuple[Bar | None, tuple[float, float], Theme]]()

    def present(self, bar: Bar | None, seen: tuple[float, float], theme: Theme) -> None:
        """Show a bar, or none; `seen` are the ends of what is on screen, from 0 to 1."""
        if not self._seen.renew((bar, seen, theme)):
            return
        self.setVisible(bar is not None)
        self.setFixedWidth(theme.size(_POINTER + _RAMP + _TICK + _WORDS) if bar else 0)
        self._shown = (bar, seen, theme) if bar else None
        self.update()

    @property
    def words(self) -> tuple[str, ...]:
        """The losses that are written beside the colours."""
        return tuple(words for _, words in self._shown[0].ticks) if self._shown else ()

    def boundingRect(self) -> QRectF:
        """Return the bar with the halves of the words that stand over its ends."""
        return QRectF(self.rect().adjusted(0, -_TYPE, 0, _TYPE))

    def paint(
        self,
        painter: QPainter,
        _option: QStyleOptionGraphicsItem,
        _widget: QWidget | None = None,
    ) -> None:
        """Paint the colours, the losses beside them, and the pointer to the present one."""
        if self._shown is None or self.rect().isEmpty():
            return
        bar, seen, theme = self._shown
        size, height = theme.size, self.rect().height()
        ramp = QRectF(size(_POINTER), 0, size(_RAMP), height)
        painter.drawImage(ramp, _column())
        cover = QColor(theme.panel)
        cover.setAlphaF(_PALE)
        low, high = seen
        painter.fillRect(QRectF(ramp.left(), 0, ramp.width(), (1 - high) * height), cover)
        painter.fillRect(QRectF(ramp.left(), (1 - low) * height, ramp.width(), low * height), cover)
        painter.setPen(QColor(theme.border))
        painter.drawRect(ramp.adjusted(0, 0, -1, -1))
        self._paint_ticks(painter, bar, theme, ramp)
        if bar.now is not None:
            _paint_pointer(painter, QPointF(ramp.left() - 1, (1 - bar.now) * height), theme)

    def _paint_ticks(self, painter: QPainter, bar: Bar, theme: Theme, ramp: QRectF) -> None:
        font = text_font(theme.size(_TYPE))
        painter.setFont(font)
        line = theme.size(_TYPE) * 1.6
        for place, words in bar.ticks:
            y, right = (1 - place) * ramp.height(), ramp.right() + theme.size(_TICK)
            painter.setPen(QColor(theme.border))
            painter.drawLine(QPointF(ramp.right(), y), QPointF(right - 1, y))
            painter.setPen(QColor(theme.muted))
            room = QRectF(right + 2, y - line / 2, self.rect().right() - right - 2, line)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), words)


def _paint_pointer(painter: QPainter, tip: QPointF, theme: Theme) -> None:
    long, half = theme.size(_POINTER) - 2, theme.size(_POINTER) / 2 - 0.5
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.text))
    corners = (tip, tip + QPointF(-long, -half), tip + QPointF(-long, half))
    painter.drawPolygon(QPolygonF(corners))


def _column() -> QImage:
    ramp = shades()[::-1]
    return QImage(ramp.tobytes(), 1, len(ramp), 4, QImage.Format.Format_RGB32).copy()
