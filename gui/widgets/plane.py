"""A plane with axes, for the diagrams that paint themselves: which value lies at which pixel."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPaintEngine, QPainter, QPixmap

from engine.words import Say
from gui.drawing.axes import AxisWords, horizontal, vertical
from gui.drawing.ticks import Tick
from gui.theme import Theme, text_font
from gui.widgets.accessible import Item

_TYPE, _TITLE = 11, 12
_TICK, _GAP, _ROW, _TITLE_ROW = 4, 7, 14, 19
"""In pixels, at the ordinary size of type: a tick, the gap beside words, and the heights of the
words and of the title under the bottom axis."""

_GRID = 0.08
"""The opacity of grid lines."""

_FAR = 1e4
"""In sizes of the plane: what is further outside is drawn as if it were so far."""

_WHOLE = Qt.TextFlag.TextDontClip
_CENTRE = int(Qt.AlignmentFlag.AlignCenter | _WHOLE)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | _WHOLE)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True)
class Axis:
    """The values from one end of an axis to the other, and what is written at it.

    `first` is at the left or at the bottom, `last` at the other end; they must differ. On a
    logarithmic axis (`log`) both are above 0, as is every value that is asked for.
    """

    first: float
    last: float
    ticks: tuple[Tick, ...] = ()
    title: str = ""
    log: bool = False

    @cached_property
    def _span(self) -> tuple[float, float]:
        """The first end and the length, as logarithms on a logarithmic axis."""
        ends = self.first, self.last
        first, last = map(math.log10, ends) if self.log else ends
        return first, last - first

    def share(self, value: float) -> float:
        """Return where a value lies: 0 at the first end, 1 at the last."""
        first, length = self._span
        share = ((math.log10(value) if self.log else value) - first) / length
        return share if -_FAR < share < _FAR else math.copysign(_FAR, share)

    def value(self, share: float) -> float:
        """Return the value that lies there."""
        first, length = self._span
        place = first + share * length
        return 10.0**place if self.log else place


class Margins(NamedTuple):
    """The room for axes and words round a plane, in pixels at the ordinary size of type."""

    left: float
    top: float
    right: float
    bottom: float

    def inside(self, outer: QRectF, theme: Theme) -> QRectF:
        """Return what they leave of `outer`."""
        left, top, right, bottom = map(theme.size, self)
        return outer.adjusted(left, top, -right, -bottom)


@dataclass(frozen=True)
class Plane:
    """A plane inside `outer`, in pixels: an axis is at its `bottom`, one at its left `side`.

    `grid` draws a line at each tick of the side.
    """

    outer: QRectF
    margins: Margins
    bottom: Axis
    side: Axis
    theme: Theme
    grid: bool = False

    @cached_property
    def area(self) -> QRectF:
        """Where the values lie, in pixels."""
        return self.margins.inside(self.outer, self.theme)

    def x(self, value: float) -> float:
        """Return where a value of the bottom axis lies, in pixels."""
        return self.area.left() + self.bottom.share(value) * self.area.width()

    def y(self, value: float) -> float:
        """Return where a value of the side lies, in pixels."""
        return self.area.bottom() - self.side.share(value) * self.area.height()

    def at(self, x: float, y: float) -> QPointF:
        """Return where a pair of values lies, in pixels."""
        return QPointF(self.x(x), self.y(y))

    def values(self, at: QPointF) -> tuple[float, float]:
        """Return the values that lie at a place, in pixels."""
        across = (at.x() - self.area.left()) / self.area.width()
        up = (self.area.bottom() - at.y()) / self.area.height()
        return self.bottom.value(across), self.side.value(up)

    def items(self, say: Say) -> tuple[Item, Item]:
        """Return the axes in words, for a screen reader."""
        area, outer = self.area, self.outer
        below = QRectF(area.left(), area.bottom(), area.width(), outer.bottom() - area.bottom())
        beside = QRectF(outer.left(), outer.top(), area.left() - outer.left(), outer.height())
        bottom, side = (
            AxisWords(axis.title, tuple(words for _, words in axis.ticks))
            for axis in (self.bottom, self.side)
        )
        return (
            Item("bottom", horizontal(bottom, say), where=below.toAlignedRect()),
            Item("side", vertical(side, say), where=beside.toAlignedRect()),
        )

    def words(self) -> Iterator[tuple[QRectF, int, str]]:
        """Yield what is written at the axes but for titles: where, how it is aligned, and what."""
        size, area = self.theme.size, self.area
        right, top = area.left() - size(_GAP), area.bottom() + size(_TICK)
        for place, words in self.side.ticks:
            y = round(self.y(place)) - size(8)
            yield QRectF(self.outer.left(), y, right - self.outer.left(), size(16)), _RIGHT, words
        metrics = QFontMetricsF(text_font(size(_TYPE)))
        for place, words in self.bottom.ticks:
            width = metrics.horizontalAdvance(words) + 2
            # At the very end, words move inside rather than being cut.
            left = min(round(self.x(place)) - width / 2, self.outer.right() - width)
            yield QRectF(left, top, width, size(_ROW)), _CENTRE, words
            right = left + width + size(_GAP)
        if not self._has_title_row:
            row = QRectF(right, top, self.outer.right() - right, size(_ROW))
            yield row, _LEFT, self.bottom.title

    @property
    def _has_title_row(self) -> bool:
        """Whether the title of the bottom axis has a row of its own, under the words."""
        return self.margins.bottom >= _TICK + _ROW + _TITLE_ROW

    def paint(self, painter: QPainter) -> None:
        """Paint the axes, their ticks, words and titles, and the grid."""
        size, area = self.theme.size, self.area
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        self._paint_lines(painter)
        painter.setFont(text_font(size(_TYPE)))
        painter.setPen(QColor(self.theme.muted))
        for where, aligned, words in self.words():
            painter.drawText(where, aligned, words)
        painter.setFont(text_font(size(_TITLE)))
        painter.setPen(QColor(self.theme.text))
        above = QRectF(self.outer.topLeft(), QPointF(self.outer.right(), area.top() - 4))
        painter.drawText(above, _LEFT, self.side.title)
        if self._has_title_row:
            top = area.bottom() + size(_TICK + _ROW)
            below = QRectF(area.left(), top, area.width(), size(_TITLE_ROW))
            painter.drawText(below, _CENTRE, self.bottom.title)
        painter.restore()

    def _paint_lines(self, painter: QPainter) -> None:
        theme, area = self.theme, self.area
        left, bottom, tick = area.left() - 1, area.bottom(), theme.size(_TICK)
        grid = QColor(theme.text)
        grid.setAlphaF(_GRID)
        for place, _ in self.side.ticks:
            y = round(self.y(place))
            if self.grid:
                painter.setPen(grid)
                painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(QColor(theme.border))
            painter.drawLine(QPointF(left - tick, y), QPointF(left, y))
        painter.setPen(QColor(theme.border))
        for place, _ in self.bottom.ticks:
            x = round(self.x(place))
            painter.drawLine(QPointF(x, bottom), QPointF(x, bottom + tick))
        ends = QPointF(left, area.top()), QPointF(left, bottom), QPointF(area.right(), bottom)
        painter.drawPolyline(ends)


class PaintedPlane:
    """Keeps the axes of a plane, which begins at 0, 0, as a picture until they change."""

    def __init__(self) -> None:
        self._kept: tuple[Plane, float, QPixmap] | None = None

    def paint(self, painter: QPainter, plane: Plane) -> None:
        """Paint the axes of a plane, on the theme's colour of panels."""
        # A file may want finer pixels than the screen's, or none at all.
        engine = painter.paintEngine()
        ratio = engine.paintDevice().devicePixelRatioF()
        if engine.type() is not QPaintEngine.Type.Raster:
            plane.paint(painter)
            return
        if self._kept is None or self._kept[:2] != (plane, ratio):
            self._kept = plane, ratio, _pixmap(plane, ratio)
        painter.drawPixmap(0, 0, self._kept[2])


def _pixmap(plane: Plane, ratio: float) -> QPixmap:
    pixmap = QPixmap(plane.outer.size().toSize() * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(plane.theme.panel)
    painter = QPainter(pixmap)
    plane.paint(painter)
    painter.end()
    return pixmap
