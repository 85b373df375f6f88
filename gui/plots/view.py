"""The plots of the run. Imported after the first paint: pyqtgraph takes its time."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPixmapCache
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QMenu, QWidget

from gui.language import speech
from gui.plots.diagram import RunDiagram
from gui.plots.picture import cursor, index_at
from gui.plots.picture.ends import present_curve
from gui.plots.picture.reading import plot_reading
from gui.plots.picture.so_far import plots_of
from gui.plots.picture.spoken import curves_in_words
from gui.plots.picture.words import PlotWords, plot_hints, plot_words
from gui.plots.shown import Part, PlotsZoom
from gui.state import State
from gui.state.intents import Do, Highlight, Seek, Show, ShowView
from gui.theme import Theme, dressed
from gui.widgets.button import Button
from gui.widgets.labels import heading
from gui.widgets.memo import Memo

_KEPT_SIZE = 64 * 1024
"""In kilobytes: enough for the curves, axes and names of all diagrams on a large screen."""


class PlotsView(QWidget):
    """Shows loss, weights and outputs.

    `wished` carries an `Intent`, whatever the user wants.
    """

    wished = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("plots")
        QPixmapCache.setCacheLimit(_KEPT_SIZE)
        self._state: State | None = None
        self._named = Memo[tuple[object, ...]]()
        self._titles: dict[str, QLabel] = {}
        self._diagrams: dict[str, RunDiagram] = {}
        self._log = Button(role="small")
        self._log.setObjectName("logarithmic")
        self._log.setCheckable(True)
        self._log.clicked.connect(self._rescale)
        self._curtain = Button("eye-off", role="small")
        self._curtain.setObjectName("curtain")
        self._curtain.setCheckable(True)
        self._curtain.clicked.connect(lambda on: self.wished.emit(Show({"curtain": on})))
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(14, 2, 14, 2)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(2)
        for column, name in enumerate(("loss", "weights", "outputs")):
            self._titles[name], self._diagrams[name] = heading(), RunDiagram(name)
            self._diagrams[name].sought.connect(self._seek)
            self._diagrams[name].zoomed.connect(partial(self._zoom, name))
            self._diagrams[name].read_by(partial(self._read, name))
            self._diagrams[name].tell_by(partial(self._in_words, name))
            self._diagrams[name].crosshair.walks.connect(self._walk)
            self._diagrams[name].menu_asked.connect(partial(self._offer, name))
            title = QHBoxLayout()
            title.addWidget(self._titles[name])
            title.addStretch()
            if name == "loss":
                title.addWidget(self._log)
            if name == "outputs":
                title.addWidget(self._curtain)
            grid.addLayout(title, 0, column)
            grid.addWidget(self._diagrams[name], 1, column)
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(1, 1)

    def show_only(self, name: str) -> None:
        """Show one diagram, or all of them where the name is empty."""
        for column, one in enumerate(self._diagrams):
            seen = name in ("", one)
            for part in (self._titles[one], self._diagrams[one]):
                part.setVisible(seen)
            self._grid.setColumnStretch(column, int(seen))
        self._log.setVisible(name in ("", "loss"))
        self._curtain.setVisible(name in ("", "outputs"))

    def sizeHint(self) -> QSize:
        """Return the size of the drawings."""
        return QSize(800, 240)

    def minimumSizeHint(self) -> QSize:
        """Return the least size at which the curves can be read."""
        return QSize(300, 108)

    def present(self, state: State) -> None:
        """Show the run's curves and the place in it."""
        self._state = state
        plots, words, theme = plots_of(state), plot_words(state), dressed(state.look)
        self._log.setChecked(state.look.logarithmic)
        self._curtain.setChecked(state.look.curtain)
        # All that names and hints depend on: to say them takes longer than to move the cursor.
        if self._named.renew((state.look, state.experiment, state.reference is not None)):
            self._name(state, words, theme)
        for name, diagram in self._diagrams.items():
            logarithmic = name == "loss" and state.look.logarithmic
            diagram.present(getattr(plots, name), plots, theme, logarithmic=logarithmic)
            diagram.present_words(words, plots.diverged)
            diagram.light(present_curve(state, name))
            diagram.look_at(self._part(state, name))
            diagram.place_cursor(cursor(state))
            diagram.crosshair.present(theme)

    def _name(self, state: State, words: PlotWords, theme: Theme) -> None:
        """Name everything in the language of the state."""
        say, hints = speech(state.look.locale), plot_hints(state)
        for name, diagram in self._diagrams.items():
            self._titles[name].setText(getattr(words, name))
            self._titles[name].setToolTip(hints[name])
            diagram.speak(say)
            diagram.explain(hints[name])
            if diagram.accessibleName() != getattr(words, name):
                diagram.setAccessibleName(getattr(words, name))
        hint = say("Click to go there · drag the line · scroll to zoom · double-click to show all")
        self.setToolTip(hint)
        self._log.present(theme, say("Log"), say("Show the loss on a logarithmic axis"))
        name = say("Hide the future")
        hint = say("Show curves, verdicts and tables only up to the present step")
        self._curtain.present(theme, "", f"{name}\n{hint}", icon_only=True)
        self._curtain.setAccessibleName(name)
        self._curtain.setAccessibleDescription(hint)

    @staticmethod
    def _part(state: State, name: str) -> Part:
        """Return the part of a diagram that is to be seen."""
        zoom = state.view(PlotsZoom)
        if name == "loss" and zoom.logarithmic != state.look.logarithmic:
            return ()
        return {"loss": zoom.loss, "weights": zoom.weights, "outputs": zoom.outputs}[name]

    def _zoom(self, name: str, part: Part) -> None:
        if self._state is None:
            return
        zoom = self._state.view(PlotsZoom)
        match name:
            case "loss":
                zoom = replace(zoom, loss=part, logarithmic=self._state.look.logarithmic)
            case "weights":
                zoom = replace(zoom, weights=part)
            case _:
                zoom = replace(zoom, outputs=part)
        self.wished.emit(ShowView(zoom))

    @property
    def reading(self) -> str:
        """What is under the cross-hair, in lines; nothing where there is none."""
        return "".join(diagram.crosshair.reading for diagram in self._diagrams.values())

    def _in_words(self, name: str) -> tuple[str, ...]:
        if self._state is None:
            return ()
        return curves_in_words(self._state, getattr(plots_of(self._state), name))

    def _read(self, name: str, epoch: float, height: float) -> tuple[str, ...]:
        if self._state is None:
            return ()
        return plot_reading(self._state, getattr(plots_of(self._state), name), epoch, height)

    def _walk(self, walks: bool) -> None:  # noqa: FBT001 - a signal's
        self.wished.emit(Highlight(None, walks=walks))

    def _seek(self, epoch: float) -> None:
        if self._state is not None:
            self.wished.emit(Seek(index_at(self._state, epoch)))

    def _rescale(self, logarithmic: bool) -> None:  # noqa: FBT001 - a signal's
        self.wished.emit(Show({"logarithmic": logarithmic}))

    def _save(self) -> None:
        self.wished.emit(Do("export picture plots"))

    def _offer(self, name: str, epoch: float, where: QPoint) -> None:
        """Open the menu of a diagram, for a place in it."""
        if self._state is None:
            return
        say, diagram = speech(self._state.look.locale), self._diagrams[name]
        menu = QMenu(self)
        menu.setObjectName("plot menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(say("Go here"), partial(self._seek, epoch))
        menu.addAction(say("Show all"), diagram.reset)
        if name == "loss":
            scale = menu.addAction(say("Logarithmic loss"))
            scale.setCheckable(True)
            scale.setChecked(self._state.look.logarithmic)
            scale.triggered.connect(self._rescale)
        menu.addSeparator()
        menu.addAction(say("Copy this plot as a picture"), partial(_copy, diagram))
        menu.addAction(say("Save the plots as a picture…"), self._save)
        menu.popup(where)


def _copy(diagram: QWidget) -> None:
    QGuiApplication.clipboard().setPixmap(diagram.grab())
