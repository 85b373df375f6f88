"""The names of a diagram's curves, in a column at its right, each where its curve ends."""

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from engine.words import Say
from gui.drawing.curve import Curve
from gui.language.numbers import with_sign
from gui.plots.picture.ends import CurveEnd, chosen, curve_ends, spread
from gui.theme import Theme, text_font
from gui.widgets.diagram import KEPT, curve_colour

_TYPE = 11
"""In pixels, at the ordinary size of type."""

_BRIDGE, _SPACE, _WIDEST = 8, 3, 64
"""In pixels: the line from a curve to its name, the space after it, the widest name."""

_LINE = 1.1
"""The least distance between names, in heights of their letters."""


class NameGutter(pg.AxisItem):  # type: ignore[misc] # pyqtgraph ships no types
    """Stands in the place of a right axis and writes names instead of numbers."""

    def __init__(self) -> None:
        super().__init__("right")
        self._curves: tuple[Curve, ...] = ()
        self._present: int | None = None
        self._theme: Theme | None = None
        self._known: tuple[tuple[float, float], tuple[CurveEnd, ...]] | None = None
        self._say = Say()
        self.setCacheMode(KEPT)

    def speak(self, say: Say) -> None:
        """Write the numbers in the names as a language does."""
        if say.decimal_sign != self._say.decimal_sign:
            self.update()
        self._say = say

    def show_names(self, curves: Sequence[Curve], theme: Theme) -> None:
        """Name these curves."""
        self._curves, self._theme, self._known = tuple(curves), theme, None
        metrics = QFontMetricsF(text_font(theme.size(_TYPE)))
        widest = max(
            (metrics.horizontalAdvance(self._written(curve.name)) for curve in curves), default=0.0
        )
        self.setWidth(round(min(widest, theme.size(_WIDEST))) + _BRIDGE + 2 * _SPACE)
        self.update()

    def light(self, present: int | None) -> None:
        """Name the present curve, also where only some are named."""
        if self._present != present:
            former, self._present = self._chosen(), present
            if self._chosen() != former:
                self.update()

    def names(self) -> list[str]:
        """Return the names that are to be read, from the top down."""
        placed = sorted(self._placed(), key=lambda placed: placed[0])
        return [self._written(end.name) for _, end in placed]

    def _written(self, name: str) -> str:
        return with_sign(name, self._say)

    def paint(
        self,
        painter: QPainter,
        _option: QStyleOptionGraphicsItem,
        _widget: QWidget | None = None,
    ) -> None:
        """Write the names, each bridged to the end of its curve."""
        if self._theme is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = text_font(self._theme.size(_TYPE))
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        for height, end in self._placed():
            self._write(painter, height, end, metrics)

    def _write(
        self, painter: QPainter, height: float, end: CurveEnd, metrics: QFontMetricsF
    ) -> None:
        assert self._theme is not None  # noqa: S101 - nothing is written before
        area = self._area
        painter.setPen(QPen(QColor(curve_colour(self._theme, end.colour)), 1))
        wanted = self._height_of(end)
        if end.at_edge and area.top() <= wanted <= area.bottom():
            bridge = QPointF(area.left(), wanted), QPointF(area.left() + _BRIDGE, height)
            painter.drawLine(*bridge)
        left = area.left() + _BRIDGE + _SPACE
        room = QRectF(left, height - 20, area.right() - left, 40)
        fitting = metrics.elidedText(
            self._written(end.name), Qt.TextElideMode.ElideRight, room.width() + 1
        )
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, flags | Qt.TextFlag.TextDontClip, fitting)

    @property
    def _area(self) -> QRectF:
        return QRectF(self.mapRectFromParent(self.geometry()))

    def _placed(self) -> list[tuple[float, CurveEnd]]:
        """Return the names to write, with the heights of their middles in pixels."""
        ends, area, letters = self._chosen(), self._area, self._letters
        wanted = [self._height_of(end) for end in ends]
        top, bottom = area.top() + letters / 2, area.bottom() - letters / 2
        return list(zip(spread(wanted, _LINE * letters, top, bottom), ends, strict=True))

    def _chosen(self) -> list[CurveEnd]:
        """Return the ends that there is room to name."""
        letters = self._letters
        room = int(max(self._area.height() - letters, 0) / (_LINE * letters)) + 1
        return chosen(self._ends(), self._present, room)

    @property
    def _letters(self) -> float:
        """The height of the letters in pixels."""
        return float(self._theme.size(_TYPE)) if self._theme else float(_TYPE)

    def _ends(self) -> tuple[CurveEnd, ...]:
        """Return the ends of the curves; they are looked for only where others are shown."""
        left, right = self.linkedView().viewRange()[0]
        if self._known is None or self._known[0] != (left, right):
            ends = curve_ends(self._curves, left, right, logarithmic=bool(self.logMode))
            self._known = (left, right), ends
        return self._known[1]

    def _height_of(self, end: CurveEnd) -> float:
        low, high = self.range
        area = self._area
        return float(area.bottom() - area.height() * (end.height - low) / ((high - low) or 1.0))
