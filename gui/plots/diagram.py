"""One of the run's diagrams: its curves with their names, and a cursor that can be dragged."""

from collections.abc import Sequence

import pyqtgraph as pg
from pyqtgraph.GraphicsScene.mouseEvents import MouseClickEvent
from PySide6.QtCore import QPointF, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QResizeEvent

from engine.words import Say
from gui.drawing.curve import Curve
from gui.plots.gutter import NameGutter
from gui.plots.picture import RunPlots
from gui.plots.picture.ends import beyond, free_place
from gui.plots.picture.plot import Plot
from gui.plots.picture.words import PlotWords
from gui.plots.shown import Part
from gui.state.views import has_area
from gui.theme import Theme, text_font
from gui.widgets.diagram import curve_colour
from gui.widgets.diagram.epochs import EpochDiagram
from gui.widgets.memo import Memo


class DivergenceLine(pg.InfiniteLine):  # type: ignore[misc] # pyqtgraph ships no types
    """An upright dashed line at the epoch of divergence, its words on a plate beside it."""

    def __init__(self) -> None:
        super().__init__(angle=90, label=" ", labelOpts={"position": 1.0})
        self.setVisible(False)

    def present(self, theme: Theme, words: str, epoch: float | None) -> None:
        """Stand at an epoch with these words, or nowhere."""
        self.setVisible(epoch is not None)
        if epoch is None:
            return
        self.setPos(epoch)
        self.setPen(pg.mkPen(theme.problem, width=1.5, style=Qt.PenStyle.DashLine))
        background = QColor(theme.panel)
        background.setAlpha(235)
        self.label.fill = pg.mkBrush(background)
        self.label.setColor(theme.problem)
        self.label.setFont(text_font(theme.size(11)))
        self.label.setFormat(words)

    def size(self) -> QSizeF:
        """Return the size of the words in pixels."""
        return QSizeF(self.label.boundingRect().size())

    def put_words(self, height: float, *, leftwards: bool) -> None:
        """Put the words' middle at `height`, from 0 (foot) to 1, left or right of the line."""
        end = 1.0 if leftwards else 0.0
        self.label.anchors = [(end, 0.5), (end, 0.5)]
        self.label.setPosition(height)


_ROOM_FOR_NAME = 120
"""In pixels: the height from which on the axis is named."""

_CLOSEST = 1e-3
"""The wheel magnifies up to this share of all: the numbers at the axis would grow too long."""


_FEWEST = 2.0
"""In epochs: the least that is seen."""

_FURTHEST, _BESIDE, _SLACK = 2.0, 0.1, 1e-6
"""How far the view goes beyond the whole: in heights above and below, in widths beside it; and how
much of a width does not count."""


class RunDiagram(EpochDiagram):
    """Loss, weights or outputs over the epochs; the wheel zooms, a double click shows all.

    `zoomed` tells the `Part` that the user wants to see.
    """

    zoomed = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__(f"plot {name}", zooms=True, draggable=True)
        self._shown: tuple[Plot, Theme, bool] | None = None
        self._before_click = 0.0
        self._bounds = 0.0, 1.0, 0.0, 1.0
        self._words = Memo[tuple[object, ...]]()
        self._lines: dict[int, Curve] = {}
        self._present: int | None = None
        self._looked_at: Part | None = None
        self.view.sigRangeChangedManually.connect(lambda *_: self._look())
        self.crosshair.zoomed.connect(self._zoom)
        self.crosshair.panned.connect(self._pan)
        self.crosshair.whole.connect(self.reset)
        self._gutter = NameGutter()
        self.put_axis("right", self._gutter)
        self._diverged = DivergenceLine()
        self._diverged.setZValue(15)
        self.add(self._diverged)

    def present(
        self, plot: Plot, plots: RunPlots, theme: Theme, *, logarithmic: bool = False
    ) -> None:
        """Draw the curves anew where they are others, or look otherwise."""
        if self._shown == (plot, theme, logarithmic):
            return
        former, self._shown = self._shown, (plot, theme, logarithmic)
        if former is None or _frame(*former) != _frame(*self._shown):
            self._draw_frame(plot, theme, logarithmic=logarithmic)
        curves = _heights(plot, logarithmic=logarithmic)
        self.draw(curves, theme)
        self._lines = {curve.colour: curve for curve in curves if not curve.kept}
        self._present = None
        self.draw_present(None, theme)
        self._gutter.show_names(plot.curves, theme)
        self._bounds = _bounds(plot, plots, logarithmic=logarithmic)
        self._limit()
        self._looked_at = None

    def speak(self, say: Say) -> None:
        """Write numbers as a language does."""
        super().speak(say)
        self._gutter.speak(say)

    def _draw_frame(self, plot: Plot, theme: Theme, *, logarithmic: bool) -> None:
        """Draw what stays while a run grows: pyqtgraph takes its time for it."""
        self.clear_drawn()
        self.dress(theme)
        for side in ("left", "right"):
            self.axis(side).setLogMode(False, logarithmic)
        for curve in plot.curves:
            if curve.target is not None:
                colour = curve_colour(theme, curve.colour)
                self.draw_level(curve.target, colour, Qt.PenStyle.DotLine)

    def present_words(self, words: PlotWords, diverged: float | None) -> None:
        """Name the axis and the divergence."""
        assert self._shown is not None  # noqa: S101 - the curves are presented before
        if not self._words.renew((words, diverged, *self._shown)):
            return
        plot, theme, _ = self._shown
        self.axis("bottom").setLabel(words.axis)
        note = "" if diverged is None else f"{words.diverged}\n{beyond(plot)}".rstrip()
        self._diverged.present(theme, note, diverged)
        self._fit_words()

    def explain(self, curves: str) -> None:
        """Say in a tool tip at the names what the curves are."""
        self._gutter.setToolTip(curves)

    def light(self, present: int | None) -> None:
        """Draw the curve of the present layer or sample thicker than the others."""
        if self._shown is None or present == self._present:
            return
        self.draw_present(None if present is None else self._lines.get(present), self._shown[1])
        self._present = present
        self._gutter.light(present)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find room for the words."""
        super().resizeEvent(event)
        # pyqtgraph resizes it once while it is being made.
        if hasattr(self, "_words"):
            self._fit_words()

    def _fit_words(self) -> None:
        """Leave the axis' name away where the curves need the room; keep the note off them."""
        self.axis("bottom").showLabel(self.height() >= _ROOM_FOR_NAME)
        if self._shown is None or not self._diverged.isVisible():
            return
        plot, _, logarithmic = self._shown
        curves = _heights(plot, logarithmic=logarithmic)
        view, note = self.view.size(), self._diverged.size()
        size = note.width() / max(view.width(), 1.0), note.height() / max(view.height(), 1.0)
        place = free_place(curves, self._bounds, float(self._diverged.value()), size)
        self._diverged.put_words(place.height, leftwards=place.leftwards)

    @property
    def _view_range(self) -> tuple[float, float, float, float]:
        (left, right), (low, high) = self.view.viewRange()
        return float(left), float(right), float(low), float(high)

    def look_at(self, part: Part) -> None:
        """Show a part, or all where it is empty or lies beyond the curves."""
        if part == self._looked_at:
            return
        self._looked_at = part
        across = self._bounds[1] - self._bounds[0]
        fits = part and part[1] <= self._bounds[1] + (_BESIDE + _SLACK) * across
        left, right, low, high = part if fits else self._bounds
        self.view.setRange(xRange=(left, right), yRange=(low, high), padding=0)

    def _look(self) -> None:
        """Tell which part the user went to by wheel or drag."""
        part = self._view_range
        if has_area(part):  # from very near, or very far, there may be none left
            self._looked_at = part
            self.zoomed.emit(part)

    def _zoom(self, factor: float, at: QPointF) -> None:
        """Look at a part `factor` times as large, in which a place stays where it is."""
        view = self.view
        view.scaleBy((factor, factor), center=view.mapSceneToView(at))
        self._look()

    def _pan(self, right: float, up: float) -> None:
        """Look further to the right and up, by so many pixels, where that is not all there is."""
        across, high = self.view.viewPixelSize()
        self.view.translateBy(x=right * across, y=up * high)
        self._look()

    def _limit(self) -> None:
        """Let nobody go further away from the curves than there is a use for."""
        left, right, low, high = self._bounds
        across, up = right - left, high - low
        self.view.setLimits(
            xMin=left - _BESIDE * across,
            xMax=right + _BESIDE * across,
            minXRange=min(across, max(_CLOSEST * across, _FEWEST)),
            yMin=low - _FURTHEST * up,
            yMax=high + _FURTHEST * up,
            minYRange=_CLOSEST * up,
        )

    def reset(self) -> None:
        """Ask for all of the run."""
        self.zoomed.emit(())

    def clicked(self, click: MouseClickEvent) -> None:
        """Go to the epoch of a click; a double click shows all again."""
        left = click.button() is Qt.MouseButton.LeftButton
        if left and click.double():
            # Its first half has already gone somewhere: back from there.
            self.sought.emit(self._before_click)
            self.reset()
            return
        if left:
            self._before_click = self.epoch
        super().clicked(click)


def _heights(plot: Plot, *, logarithmic: bool) -> Sequence[Curve]:
    """Return the curves in the axis' own units."""
    return [curve.on_log_axis for curve in plot.curves] if logarithmic else plot.curves


def _frame(plot: Plot, theme: Theme, logarithmic: bool) -> tuple[object, ...]:  # noqa: FBT001
    """Return what a diagram's looks depend on but for the points of its curves."""
    levels = [(c.target, c.colour) for c in plot.curves if c.target is not None]
    return levels, theme, logarithmic


def _bounds(plot: Plot, plots: RunPlots, *, logarithmic: bool) -> tuple[float, float, float, float]:
    """Return left, right, low and high of all that is to be seen, in the axes' own units."""
    low, high = plot.low, plot.high
    if logarithmic:
        low, high = plot.powers
    return 0.0, max(plots.epochs, 1.0), low, high
