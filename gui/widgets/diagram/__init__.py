"""What diagrams have in common: their dress, and lines that stand in them.

Imported late: pyqtgraph takes its time.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QAccessible, QPainter, QPen, QWheelEvent
from PySide6.QtWidgets import QGraphicsGridLayout, QGraphicsItem, QGraphicsWidget, QSizePolicy

from engine.words import Say
from gui.drawing.axes import AxisWords, horizontal, vertical
from gui.drawing.curve import MEAN
from gui.drawing.ticks import log_ticks, ticks
from gui.language.numbers import with_sign
from gui.theme import Theme, text_font
from gui.widgets.accessible import Accessible, Item

_LINES, _WIDTHS = 2.6, 5.5
"""The least distance of marks, in heights of their type: one above the other, and side by side."""


class Axis(pg.AxisItem):  # type: ignore[misc] # pyqtgraph ships no types
    """An axis at the "left" or the "bottom" whose marks are few, round and alike."""

    def __init__(self, side: str) -> None:
        super().__init__(side)
        # Else a number would be left away where the axis begins or ends with it.
        self.setStyle(hideOverlappingLabels=False, autoReduceTextSpace=False)
        self._apart = _LINES if side == "left" else _WIDTHS
        self._words: list[str] = []
        self._say = Say()
        self._written: tuple[str, ...] = ()

    @property
    def words(self) -> AxisWords:
        """What is written at the axis at present."""
        return AxisWords(self.labelText if self.label.isVisible() else "", self._written)

    def generateDrawSpecs(self, painter: QPainter) -> Any:  # noqa: ANN401 - as pyqtgraph has it
        """Remember which numbers there is room for."""
        specs = super().generateDrawSpecs(painter)
        self._written = tuple(text for *_, text in specs[2]) if specs else ()
        return specs

    def speak(self, say: Say) -> None:
        """Write numbers as a language does."""
        if say.decimal_sign != self._say.decimal_sign:
            self.picture = None
            self.update()
        self._say = say

    def reserve(self, width: int) -> None:
        """Keep room for numbers of this width in pixels; wider ones will take more."""
        self.textWidth = width
        self.setWidth(None)

    def boundingRect(self) -> QRectF:
        """Return the axis with the halves of the numbers that stand over its ends."""
        font = self.style["tickFont"]
        over = font.pixelSize() if font else 0
        return QRectF(super().boundingRect().adjusted(0, -over, 0, over))

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        """Return where marks stand."""
        font = self.style["tickFont"]
        most = int(size / (self._apart * (font.pixelSize() if font else 11))) + 1
        marks = (log_ticks if self.logMode else ticks)(low, high, most)
        self._words = [with_sign(mark.words, self._say) for mark in marks]
        return [(1.0, [mark.place for mark in marks])]

    def tickStrings(self, _values: list[float], _scale: float, _spacing: float) -> list[str]:
        """Return what is written at the marks that were asked for last."""
        return list(self._words)


KEPT = QGraphicsItem.CacheMode.DeviceCoordinateCache
"""What stays while other things move over it is kept as a picture, not drawn anew each time."""

_DASHES = ((), (7, 2.5, 1.5, 2.5), (7, 2.5, 1.5, 2.5, 1.5, 2.5), (14, 3))
"""Where there are more curves than colours the next ones are dashed, unlike a kept run's."""

_FASTEST = 10 * 120
"""In eighths of a degree: no wheel turns so far between two events."""


_GRID = 30
"""How opaque the lines of the grid are, up to 255."""

_PLACES = {"left": (2, 0), "view": (2, 1), "right": (2, 2), "bottom": (3, 1)}
"""The row and the column of each part."""


class Diagram(pg.GraphicsView):  # type: ignore[misc] # pyqtgraph ships no types
    """A plot in the theme's dress. It keeps its range and leaves the wheel, unless it `zooms`.

    `view` is the area of the curves. pyqtgraph's own PlotWidget would bring 75 hidden widgets
    along, of menus that nobody opens; they would be dressed with every theme.
    """

    def __init__(self, name: str, *, zooms: bool = False) -> None:
        super().__init__()
        self.view = pg.ViewBox(enableMenu=False, enableMouse=zooms)
        self._frame = pg.GraphicsWidget()
        self._places = QGraphicsGridLayout()
        self._places.setSpacing(0)
        self._places.setRowStretchFactor(_PLACES["view"][0], 100)
        self._places.setColumnStretchFactor(_PLACES["view"][1], 100)
        self._frame.setLayout(self._places)
        self._places.addItem(self.view, *_PLACES["view"])
        self._axes: dict[str, pg.AxisItem] = {}
        for side in ("left", "bottom"):
            self.put_axis(side, Axis(side))
        self.enableMouse(b=False)
        self.setCentralItem(self._frame)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._zooms = zooms
        self._told: Callable[[], Sequence[str]] = tuple
        self._say = Say()
        # To put the kept pictures together again piece by piece takes five times as long as whole.
        self.setViewportUpdateMode(self.ViewportUpdateMode.FullViewportUpdate)

    def put_axis(self, side: str, axis: pg.AxisItem) -> None:
        """Put an axis at a side."""
        self._axes[side] = axis
        axis.linkToView(self.view)
        axis.setZValue(0.5)  # over the curves, where it is crossed by them
        axis.setFlag(QGraphicsItem.GraphicsItemFlag.ItemNegativeZStacksBehindParent)
        self._places.addItem(axis, *_PLACES[side])

    def put_beside(self, part: QGraphicsWidget) -> None:
        """Put a part at the right of everything, as high as the view."""
        self._places.addItem(part, _PLACES["view"][0], 3)

    def axis(self, side: str) -> Any:  # noqa: ANN401 - pyqtgraph ships no types
        """Return the axis at a side."""
        return self._axes[side]

    def add(self, item: QGraphicsItem) -> None:
        """Draw an item in the view; the range does not depend on it."""
        self.view.addItem(item, ignoreBounds=True)

    def remove(self, item: QGraphicsItem) -> None:
        """Draw an item no more."""
        self.view.removeItem(item)

    def tell_by(self, told: Callable[[], Sequence[str]]) -> None:
        """Have a screen reader told these sentences, a curve each."""
        self._told = told

    def accessible(self) -> Accessible:
        """Return the sentences about what is drawn, and what is written at the axes."""
        told = self._told() or (self.accessibleDescription(),)
        items = [Item(k, words, where=self.rect()) for k, words in enumerate(told) if words]
        for side, in_words in (("bottom", horizontal), ("left", vertical)):
            axis = self.axis(side)
            if axis.words.marks:
                where = self.place_of(axis)
                items.append(Item(side, in_words(axis.words, self._say), where=where))
        return Accessible(QAccessible.Role.Chart, items=(*items, *self.items()))

    def items(self) -> Iterable[Item]:
        """Return what else is written in the diagram."""
        return ()

    def place_of(self, part: QGraphicsItem) -> QRect:
        """Return where a part is, in pixels of the widget."""
        return QRect(self.mapFromScene(part.sceneBoundingRect()).boundingRect())

    def dress(self, theme: Theme) -> None:
        """Take the theme's colours and type."""
        self.setBackground(theme.panel)
        # A number may stand at the very top of its axis.
        self._places.setContentsMargins(0, theme.size(6), 0, 0)
        font = text_font(theme.size(11))
        for side in ("left", "bottom"):
            axis = self.axis(side)
            axis.setPen(theme.border)
            axis.setTextPen(theme.muted)
            axis.setTickFont(font)
            axis.label.setFont(font)
            axis.setStyle(tickLength=4)
            axis.setCacheMode(KEPT)
        self.axis("left").setWidth(theme.size(38))
        self.show_grid(y=True)

    def show_grid(self, *, y: bool) -> None:
        """Draw the lines of the left axis' marks through the view, or don't."""
        self.axis("left").setGrid(_GRID if y else False)

    def speak(self, say: Say) -> None:
        """Write numbers as a language does."""
        self._say = say
        for side in ("left", "bottom"):
            self.axis(side).speak(say)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel, which scrolls."""
        if not self._zooms:
            event.ignore()
        elif abs(event.angleDelta().y()) > _FASTEST:
            # pyqtgraph would zoom by a factor beyond all numbers, at once.
            event.accept()
        else:
            super().wheelEvent(event)


def curve_colour(theme: Theme, number: int) -> str:
    """Return the colour of a curve by its number from 0; below are a mean, and what is behind."""
    if number < 0:
        return theme.text if number == MEAN else theme.outline
    return theme.curves[number % len(theme.curves)]


def curve_pen(theme: Theme, number: int, width: float = 1.5) -> QPen:
    """Return the pen of a curve by its number: other dashes where colours come again."""
    pen: QPen = pg.mkPen(curve_colour(theme, number), width=width)
    dashes = _DASHES[max(number, 0) // len(theme.curves) % len(_DASHES)]
    if dashes:
        pen.setDashPattern([dash * 1.5 / width for dash in dashes])
    return pen
