"""The plots of the run. Imported after the first paint: pyqtgraph takes its time."""

import numpy as np
import pyqtgraph as pg
from pyqtgraph.GraphicsScene.mouseEvents import MouseClickEvent
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPixmapCache, QResizeEvent
from PySide6.QtWidgets import QGraphicsItem, QGridLayout, QHBoxLayout, QLabel, QWidget

from gui.language import speech
from gui.pictures.ink import Ink
from gui.pictures.plots import (
    MEAN,
    Curve,
    Plot,
    PlotWords,
    RunPlots,
    cursor,
    index_at,
    plot_words,
    run_plots,
)
from gui.state import State
from gui.theme import THEMES, Theme, text_font
from gui.widgets.button import Button
from gui.widgets.labels import heading

_NAMED = 8
"""Up to so many curves carry their names at their ends; more would stand over one another."""

_KEPT = QGraphicsItem.CacheMode.DeviceCoordinateCache
"""The cursor moves over curves and axes: they are kept as pictures, not drawn anew each time."""

_KEPT_SIZE = 128 * 1024
"""In kilobytes: enough for 64 curves on a large screen."""

_ROOM_FOR_NAME = 120
"""In pixels."""

_SMOOTH = 20_000
"""Up to so many points a curve is drawn smooth; antialiasing more takes a hundred times longer."""


class PlotsView(QWidget):
    """Shows loss, weights and outputs.

    `sought` tells the index that the user wants to see, `rescaled` whether the loss should be
    shown on a logarithmic axis.
    """

    sought = Signal(object)
    rescaled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("plots")
        QPixmapCache.setCacheLimit(_KEPT_SIZE)
        self._state: State | None = None
        self._titles: dict[str, QLabel] = {}
        self._diagrams: dict[str, _Diagram] = {}
        self._log = Button(role="small")
        self._log.setObjectName("logarithmic")
        self._log.setCheckable(True)
        self._log.clicked.connect(self.rescaled)
        grid = QGridLayout(self)
        grid.setContentsMargins(14, 2, 14, 2)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(2)
        for column, name in enumerate(("loss", "weights", "outputs")):
            self._titles[name], self._diagrams[name] = heading(), _Diagram(name)
            self._diagrams[name].sought.connect(self._seek)
            title = QHBoxLayout()
            title.addWidget(self._titles[name])
            title.addStretch()
            if name == "loss":
                title.addWidget(self._log)
            grid.addLayout(title, 0, column)
            grid.addWidget(self._diagrams[name], 1, column)
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(1, 1)

    def sizeHint(self) -> QSize:
        """Return the size of the drawings."""
        return QSize(800, 240)

    def minimumSizeHint(self) -> QSize:
        """Return the least size at which the curves can be read."""
        return QSize(300, 108)

    def present(self, state: State) -> None:
        """Show the run's curves and the place in it."""
        self._state = state
        plots, words, theme = run_plots(state.run), plot_words(state), THEMES[state.look.palette]
        say = speech(state.look.language)
        for name, diagram in self._diagrams.items():
            self._titles[name].setText(getattr(words, name))
            logarithmic = name == "loss" and state.look.logarithmic
            diagram.present(getattr(plots, name), plots, theme, logarithmic=logarithmic)
            diagram.present_words(words)
            diagram.place_cursor(cursor(state))
        hint = say("Click to go there · drag the line · wheel zooms · double click shows all")
        self.setToolTip(hint)
        self._log.present(theme, say("log"), say("Show the loss on a logarithmic axis"))
        self._log.setChecked(state.look.logarithmic)

    def _seek(self, epoch: float) -> None:
        if self._state is not None:
            self.sought.emit(index_at(self._state, epoch))


class _Diagram(pg.PlotWidget):  # type: ignore[misc] # pyqtgraph ships no types
    """One plot with a cursor that can be dragged."""

    sought = Signal(float)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(f"plot {name}")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMenuEnabled(False)
        self.hideButtons()
        self._shown: tuple[Plot, Theme, bool] | None = None
        self._words: PlotWords | None = None
        self._before_click = 0.0
        self._drawn: list[pg.GraphicsObject] = []
        self._cursor = pg.InfiniteLine(angle=90, movable=True)
        self._cursor.setZValue(20)
        self._cursor.sigDragged.connect(lambda line: self.sought.emit(float(line.value())))
        self._diverged = pg.InfiniteLine(angle=90, label=" ", labelOpts={"position": 0.92})
        self.addItem(self._cursor, ignoreBounds=True)
        self.addItem(self._diverged, ignoreBounds=True)
        self.scene().sigMouseClicked.connect(self._clicked)

    def present(
        self, plot: Plot, plots: RunPlots, theme: Theme, *, logarithmic: bool = False
    ) -> None:
        """Draw the curves anew where they are others, or look otherwise."""
        if self._shown == (plot, theme, logarithmic):
            return
        self._shown = (plot, theme, logarithmic)
        for item in self._drawn:
            self.removeItem(item)
        self._drawn.clear()
        self._dress(theme)
        self.getPlotItem().setLogMode(x=False, y=logarithmic)
        for curve in plot.curves:
            self._draw(curve, theme, logarithmic=logarithmic)
        if 1 < len(plot.curves) <= _NAMED and plots.diverged is None and not logarithmic:
            self._name(plot, theme)
        self._diverged.setVisible(plots.diverged is not None)
        if plots.diverged is not None:
            self._diverged.setPos(plots.diverged)
        self._bounds = _bounds(plot, plots, logarithmic=logarithmic)
        self.reset()

    def present_words(self, words: PlotWords) -> None:
        """Name the axis and the divergence."""
        if self._words == words:
            return
        self._words = words
        self.getAxis("bottom").setLabel(words.axis)
        self._show_axis_name()
        self._diverged.label.setFormat(words.diverged)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the axis' name away where the curves need the room."""
        super().resizeEvent(event)
        self._show_axis_name()

    def _show_axis_name(self) -> None:
        # PlotWidget is resized once while it is being made.
        if hasattr(self, "_cursor"):
            self.getAxis("bottom").showLabel(self.height() >= _ROOM_FOR_NAME)

    def place_cursor(self, epoch: float) -> None:
        """Put the cursor where the present moment is."""
        if self._cursor.value() != epoch:
            self._cursor.setPos(epoch)

    def reset(self) -> None:
        """Show all of the run."""
        left, right, low, high = self._bounds
        self.setRange(xRange=(left, right), yRange=(low, high), padding=0)

    def _dress(self, theme: Theme) -> None:
        self.setBackground(theme.panel)
        font = text_font(theme.size(11))
        for side in ("left", "bottom"):
            axis = self.getAxis(side)
            axis.setPen(theme.border)
            axis.setTextPen(theme.muted)
            axis.setTickFont(font)
            axis.label.setFont(font)
            axis.setStyle(tickLength=4, maxTickLevel=0)
            axis.setCacheMode(_KEPT)
        self.getAxis("left").setWidth(theme.size(46))
        self.showGrid(y=True, alpha=0.12)
        self._cursor.setPen(pg.mkPen(theme.inks[Ink.BACKWARD].line, width=2))
        self._cursor.setHoverPen(pg.mkPen(theme.inks[Ink.BACKWARD].line, width=4))
        self._diverged.setPen(pg.mkPen(theme.problem, style=Qt.PenStyle.DashLine))
        self._diverged.label.setColor(theme.problem)
        self._diverged.label.setFont(font)

    def _draw(self, curve: Curve, theme: Theme, *, logarithmic: bool) -> None:
        colour = _colour(curve, theme)
        y = np.where(curve.y > 0, curve.y, np.nan) if logarithmic else curve.y
        smooth = len(y) < _SMOOTH
        pen = pg.mkPen(colour, width=1.5 if smooth else 1)
        line = self.plot(curve.x, y, pen=pen, antialias=smooth)
        line.setDownsampling(auto=True, method="peak")
        line.setClipToView(True)
        line.curve.setCacheMode(_KEPT)
        self._drawn.append(line)
        if curve.target is not None:
            pen = pg.mkPen(colour, style=Qt.PenStyle.DotLine)
            target = pg.InfiniteLine(curve.target, angle=0, pen=pen)
            self.addItem(target, ignoreBounds=True)
            self._drawn.append(target)

    def _name(self, plot: Plot, theme: Theme) -> None:
        """Write each curve's name at its end; those that end together stand side by side."""
        together: list[list[Curve]] = []
        close = 0.12 * (plot.high - plot.low)
        named = [c for c in plot.curves if c.target is None and len(c.y)]
        for curve in sorted(named, key=_end):
            if together and _end(curve) - _end(together[-1][-1]) < close:
                together[-1].append(curve)
            else:
                together.append([curve])
        for curves in together:
            self._write(curves, plot, theme)

    def _write(self, curves: list[Curve], plot: Plot, theme: Theme) -> None:
        names = (f'<span style="color:{_colour(c, theme)}">{c.name}</span>' for c in curves)
        height = sum(map(_end, curves)) / len(curves)
        below = height > (plot.low + plot.high) / 2
        text = pg.TextItem(html="&nbsp; ".join(names), anchor=(1, 0 if below else 1))
        text.setFont(text_font(theme.size(12), bold=True))
        text.setPos(float(curves[0].x[-1]), height)
        self.addItem(text, ignoreBounds=True)
        self._drawn.append(text)

    def _clicked(self, click: MouseClickEvent) -> None:
        if click.double():
            # Its first half has already gone somewhere: back from there.
            self.sought.emit(self._before_click)
            self.reset()
            return
        self._before_click = float(self._cursor.value())
        place = self.getPlotItem().vb.mapSceneToView(click.scenePos())
        self.sought.emit(float(place.x()))


def _end(curve: Curve) -> float:
    """Return how high a curve ends."""
    return float(curve.y[-1])


def _colour(curve: Curve, theme: Theme) -> str:
    if curve.colour == MEAN:
        return theme.text
    return theme.curves[curve.colour % len(theme.curves)]


def _bounds(plot: Plot, plots: RunPlots, *, logarithmic: bool) -> tuple[float, float, float, float]:
    """Return left, right, low and high of all that is to be seen, in the axes' own units."""
    low, high = plot.low, plot.high
    if logarithmic:
        y = np.concatenate([curve.y for curve in plot.curves])
        y = y[np.isfinite(y) & (y > 0) & (y <= high)]
        low, high = (float(np.log10(y.min())), float(np.log10(y.max()))) if len(y) else (-1.0, 0.0)
        low, high = low - 0.3, high + 0.3
    return 0.0, max(plots.epochs, 1.0), low, high
