"""One of the run's diagrams: its curves with their names, and a cursor that can be dragged."""

from dataclasses import replace

import numpy as np
import pyqtgraph as pg
from pyqtgraph.GraphicsScene.mouseEvents import MouseClickEvent
from PySide6.QtCore import Qt
from PySide6.QtGui import QPen, QResizeEvent

from gui.pictures.curve_ends import beyond, free_place
from gui.pictures.plots import Curve, Floats, Plot, PlotWords, RunPlots
from gui.theme import Theme
from gui.views.plots.divergence import DivergenceLine
from gui.views.plots.gutter import NameGutter
from gui.widgets.diagram import curve_colour, curve_pen
from gui.widgets.epoch_diagram import FEW, SMOOTH, EpochDiagram

_ROOM_FOR_NAME = 120
"""In pixels: the height from which on the axis is named."""

_PRESENT = 2.8
"""In pixels: how thick the present curve is."""

_CLOSEST = 1e-3
"""The wheel magnifies up to this share of all: the numbers at the axis would grow too long."""


class RunDiagram(EpochDiagram):
    """Loss, weights or outputs over the epochs; the wheel zooms, a double click shows all."""

    def __init__(self, name: str) -> None:
        super().__init__(f"plot {name}", zooms=True, draggable=True)
        self._shown: tuple[Plot, Theme, bool] | None = None
        self._before_click = 0.0
        self._words: tuple[object, ...] = ()
        self._lines: dict[int, tuple[pg.PlotDataItem, QPen]] = {}
        self._all: list[pg.PlotDataItem] = []
        self._present: int | None = None
        self._gutter = NameGutter()
        self.setAxisItems({"right": self._gutter})
        self._diverged = DivergenceLine()
        self._diverged.setZValue(15)
        self.addItem(self._diverged, ignoreBounds=True)

    def present(
        self, plot: Plot, plots: RunPlots, theme: Theme, *, logarithmic: bool = False
    ) -> None:
        """Draw the curves anew where they are others, or look otherwise."""
        if self._shown == (plot, theme, logarithmic):
            return
        former, self._shown = self._shown, (plot, theme, logarithmic)
        if former and former[1:] == (theme, logarithmic) and _grown(former[0], plot):
            for line, curve in zip(self._all, plot.curves, strict=True):
                line.setData(curve.x, _heights(curve, logarithmic=logarithmic))
        else:
            self._draw_all(plot, theme, logarithmic=logarithmic)
        self._gutter.show_names(plot.curves, theme)
        self._bounds = _bounds(plot, plots, logarithmic=logarithmic)
        self.reset()

    def _draw_all(self, plot: Plot, theme: Theme, *, logarithmic: bool) -> None:
        self.clear_drawn()
        self._lines.clear()
        self._all.clear()
        self._present = None
        self.dress(theme)
        self.getPlotItem().setLogMode(x=False, y=logarithmic)
        for curve in plot.curves:
            line = self.draw(curve, theme, _heights(curve, logarithmic=logarithmic))
            self._all.append(line)
            if not curve.kept:
                self._lines[curve.colour] = line, line.opts["pen"]
            if curve.target is not None:
                colour = curve_colour(theme, curve.colour)
                self.draw_level(curve.target, colour, Qt.PenStyle.DotLine)

    def present_words(self, words: PlotWords, diverged: float | None) -> None:
        """Name the axis and the divergence."""
        assert self._shown is not None  # noqa: S101 - the curves are presented before
        if self._words == (words, diverged, *self._shown):
            return
        self._words = words, diverged, *self._shown
        plot, theme, _ = self._shown
        self.getAxis("bottom").setLabel(words.axis)
        note = f"{words.diverged}\n{beyond(plot)}".rstrip()
        self._diverged.present(theme, note, diverged)
        self._fit_words()

    def light(self, present: int | None) -> None:
        """Draw the curve of the present layer or sample thicker than the others."""
        if self._shown is None or present == self._present:
            return
        if self._present in self._lines:
            line, pen = self._lines[self._present]
            _draw_anew(line, pen, 0)
        if present is not None and present in self._lines:
            line, _ = self._lines[present]
            _draw_anew(line, curve_pen(self._shown[1], present, _PRESENT), 5)
        self._present = present
        self._gutter.light(present)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find room for the words."""
        super().resizeEvent(event)
        # PlotWidget is resized once while it is being made.
        if hasattr(self, "_words"):
            self._fit_words()

    def _fit_words(self) -> None:
        """Leave the axis' name away where the curves need the room; keep the note off them."""
        self.getAxis("bottom").showLabel(self.height() >= _ROOM_FOR_NAME)
        if self._shown is None or not self._diverged.isVisible():
            return
        plot, _, logarithmic = self._shown
        view, note = self.getPlotItem().vb.size(), self._diverged.size()
        size = note.width() / max(view.width(), 1.0), note.height() / max(view.height(), 1.0)
        curves = [_on_log_axis(curve) for curve in plot.curves] if logarithmic else plot.curves
        place = free_place(curves, self._bounds, float(self._diverged.value()), size)
        self._diverged.put_words(place.height, leftwards=place.leftwards)

    def reset(self) -> None:
        """Show all of the run."""
        left, right, low, high = self._bounds
        self.setLimits(minYRange=_CLOSEST * (high - low))
        self.setRange(xRange=(left, right), yRange=(low, high), padding=0)

    def clicked(self, click: MouseClickEvent) -> None:
        """Go to the epoch of a click; a double click shows all again."""
        if click.double():
            # Its first half has already gone somewhere: back from there.
            self.sought.emit(self._before_click)
            self.reset()
            return
        self._before_click = float(self._cursor.value())
        super().clicked(click)


def _heights(curve: Curve, *, logarithmic: bool) -> Floats:
    return np.where(curve.y > 0, curve.y, np.nan) if logarithmic else curve.y


def _grown(plot: Plot, other: Plot) -> bool:
    """Whether two plots differ in the lengths of long curves alone, as while a run grows."""
    lengths = [len(curve.y) for one in (plot, other) for curve in one.curves]
    same = [(c.name, c.colour, c.target, c.kept) for c in plot.curves] == [
        (c.name, c.colour, c.target, c.kept) for c in other.curves
    ]
    return same and FEW < min(lengths) <= max(lengths) < SMOOTH


def _draw_anew(line: pg.PlotDataItem, pen: QPen, z: int) -> None:
    # PlotDataItem.setPen would reduce all points to those of the screen once more.
    line.opts["pen"] = pen
    line.curve.setPen(pen)
    line.setZValue(z)


def _on_log_axis(curve: Curve) -> Curve:
    """Return a curve as a logarithmic axis has it; pyqtgraph does so by itself."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return replace(curve, y=np.log10(curve.y))


def _bounds(plot: Plot, plots: RunPlots, *, logarithmic: bool) -> tuple[float, float, float, float]:
    """Return left, right, low and high of all that is to be seen, in the axes' own units."""
    low, high = plot.low, plot.high
    if logarithmic:
        y = np.concatenate([curve.y for curve in plot.curves])
        y = y[np.isfinite(y) & (y > 0) & (y <= high)]
        low, high = (float(np.log10(y.min())), float(np.log10(y.max()))) if len(y) else (-1.0, 0.0)
        low, high = low - 0.3, high + 0.3
    return 0.0, max(plots.epochs, 1.0), low, high
