"""The diagram of multiplications over layers, with its three lines named at their ends."""

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.panels.chain_rule.picture.cost import LONGEST, CostCurve, CostPicture, grouped
from gui.theme import THEMES, Theme, text_font

_CENTRE = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


_TYPE, _HEIGHT = 11, 136
"""In pixels, at the ordinary size of type."""


class CostDiagram(QWidget):
    """Draws what is counted so far, and marks the n of the slider on every line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cost diagram")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._picture: CostPicture | None = None
        self._theme: Theme = THEMES["light"]

    def present(self, picture: CostPicture, theme: Theme) -> None:
        """Show the lines of `picture`."""
        if (self._picture, self._theme) == (picture, theme):
            return
        if self.height() != theme.size(_HEIGHT):
            self.setFixedHeight(theme.size(_HEIGHT))
        self._picture, self._theme = picture, theme
        self.setAccessibleName(picture.heading)
        self.setAccessibleDescription(picture.sentence)
        self.update()

    def sizeHint(self) -> QSize:
        """Return a size at which the lines can be told apart."""
        return QSize(280, self._theme.size(_HEIGHT))

    @property
    def _field(self) -> QRectF:
        """Where the lines are drawn: their names stand at the right of it."""
        size = self._theme.size
        names = [curve.name for curve in self._picture.curves] if self._picture else []
        metrics = QFontMetricsF(text_font(self._theme.size(_TYPE)))
        right = max(map(metrics.horizontalAdvance, names), default=0.0) + size(8)
        return QRectF(size(46), size(8), self.width() - size(46) - right, self.height() - size(30))

    def _at(self, layers: float, count: float) -> QPointF:
        field, most = self._field, self._most
        return QPointF(
            field.left() + field.width() * layers / LONGEST,
            field.bottom() - field.height() * count / most,
        )

    @property
    def _most(self) -> float:
        """What the height stands for: a round number that holds all counts."""
        counted = max(self._picture.most if self._picture else 0, 10)
        unit = 10.0 ** math.floor(math.log10(counted))
        return math.ceil(counted / unit) * unit

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint axes, lines, and the place of n."""
        if self._picture is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(text_font(self._theme.size(_TYPE)))
        self._axes(painter, self._picture)
        for curve in self._picture.curves if self._picture.most else ():
            self._line(painter, curve)
            self._name(painter, curve)
        self._here(painter, self._picture)
        painter.end()

    def _axes(self, painter: QPainter, picture: CostPicture) -> None:
        size, field = self._theme.size, self._field
        for share in (0.0, 0.5, 1.0) if picture.most else (0.0,):
            count = share * self._most
            y = self._at(0, count).y()
            painter.setPen(QPen(QColor(self._theme.border), 1))
            painter.drawLine(QPointF(field.left(), y), QPointF(field.right(), y))
            painter.setPen(QColor(self._theme.muted))
            where = QRectF(0, y - size(8), field.left() - size(6), size(16))
            painter.drawText(where, _RIGHT, grouped(round(count)))
        below = field.bottom() + size(4)
        for layers in range(0, LONGEST + 1, 50):
            x = self._at(layers, 0).x()
            painter.drawText(QRectF(x - 30, below, 60, size(16)), _CENTRE, str(layers))
        right = field.right() + size(18)
        painter.drawText(QRectF(right, below, self.width() - right, size(16)), _LEFT, picture.axis)

    def _line(self, painter: QPainter, curve: CostCurve) -> None:
        pen = QPen(QColor(self._theme.inks[curve.ink].line), 2)
        if curve.dashed:
            pen.setDashPattern([4, 2.5])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF([self._at(*point) for point in curve.points]))

    def _name(self, painter: QPainter, curve: CostCurve) -> None:
        """Write the name at the end of the line."""
        end, size = self._at(*curve.points[-1]), self._theme.size
        painter.setPen(QColor(self._theme.inks[curve.ink].text))
        where = QRectF(end.x() + size(6), end.y() - size(8), self.width() - end.x(), size(16))
        painter.drawText(where, _LEFT, curve.name)

    def _here(self, painter: QPainter, picture: CostPicture) -> None:
        x, field = self._at(picture.layers, 0).x(), self._field
        painter.setPen(QPen(QColor(self._theme.text), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(x, field.top()), QPointF(x, field.bottom()))
        for curve in picture.curves if picture.most else ():
            if curve.here is not None:
                painter.setPen(QPen(QColor(self._theme.panel), 1))
                painter.setBrush(QColor(self._theme.inks[curve.ink].line))
                painter.drawEllipse(self._at(picture.layers, curve.here), 4, 4)
