"""The diagram of multiplications over layers, with its three lines named at their ends."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.drawing.ticks import Tick
from gui.panels.chain_rule.picture.cost import LONGEST, CostCurve, CostPicture, grouped
from gui.theme import THEMES, Theme, text_font
from gui.widgets.plane import Axis, Margins, PaintedPlane, Plane

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

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
        self._axes = PaintedPlane()

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

    def _plane(self, picture: CostPicture) -> Plane:
        """Return where the lines are drawn: their names stand at the right of it."""
        metrics = QFontMetricsF(text_font(self._theme.size(_TYPE)))
        names = max(metrics.horizontalAdvance(curve.name) for curve in picture.curves)
        margins = Margins(46, 8, names / self._theme.scale + 8, 22)
        layers = [Tick(n, str(n)) for n in range(0, LONGEST + 1, 50)]
        most = _round_above(picture.most)
        counts = (0, most // 2, most) if picture.most else (0,)
        side = Axis(0, most, tuple(Tick(n, grouped(n)) for n in counts))
        bottom = Axis(0, LONGEST, tuple(layers), picture.axis)
        return Plane(QRectF(self.rect()), margins, bottom, side, self._theme, grid=True)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint axes, lines, and the place of n."""
        if self._picture is None:
            return
        painter, plane = QPainter(self), self._plane(self._picture)
        self._axes.paint(painter, plane)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(text_font(self._theme.size(_TYPE)))
        for curve in self._picture.curves if self._picture.most else ():
            self._line(painter, plane, curve)
            self._name(painter, plane, curve)
        self._here(painter, plane, self._picture)
        painter.end()

    def _line(self, painter: QPainter, plane: Plane, curve: CostCurve) -> None:
        pen = QPen(QColor(self._theme.inks[curve.ink].line), 2)
        if curve.dashed:
            pen.setDashPattern([4, 2.5])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF([plane.at(*point) for point in curve.points]))

    def _name(self, painter: QPainter, plane: Plane, curve: CostCurve) -> None:
        """Write the name at the end of the line."""
        end, size = plane.at(*curve.points[-1]), self._theme.size
        painter.setPen(QColor(self._theme.inks[curve.ink].text))
        where = QRectF(end.x() + size(6), end.y() - size(8), self.width() - end.x(), size(16))
        painter.drawText(where, _LEFT, curve.name)

    def _here(self, painter: QPainter, plane: Plane, picture: CostPicture) -> None:
        x = plane.x(picture.layers)
        painter.setPen(QPen(QColor(self._theme.text), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(x, plane.area.top()), QPointF(x, plane.area.bottom()))
        for curve in picture.curves if picture.most else ():
            if curve.here is not None:
                painter.setPen(QPen(QColor(self._theme.panel), 1))
                painter.setBrush(QColor(self._theme.inks[curve.ink].line))
                painter.drawEllipse(plane.at(picture.layers, curve.here), 4, 4)


def _round_above(count: int) -> int:
    """Return a round number, at least 10, that is not below `count`."""
    count = max(count, 10)
    unit: int = 10 ** (len(str(count)) - 1)
    return -(-count // unit) * unit
