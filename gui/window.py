"""The window: it arranges the parts and decides nothing."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QHBoxLayout,
    QMainWindow,
    QSizePolicy,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from engine.presets import title_of
from gui.language import speech
from gui.state import State
from gui.theme import THEMES
from gui.views.chain_view import ChainView
from gui.views.experiment_view import ExperimentView
from gui.views.formula_view import FormulaView
from gui.views.status_view import StatusView
from gui.views.timeline_view import TimelineView
from gui.views.transport_view import TransportView
from gui.widgets.controls import Button, Elided, heading
from gui.widgets.dock_title import DockTitle

_FEATURES = (
    QDockWidget.DockWidgetFeature.DockWidgetMovable
    | QDockWidget.DockWidgetFeature.DockWidgetClosable
)

_LEAST_NAME = 90
"""In pixels: the room that the bar leaves for the experiment's name, and its margins."""

_LAYOUT_VERSION = 1
"""To be raised when the docks change: a remembered layout of another version is not restored."""


class Window(QMainWindow):
    """Transport on top, the experiment left, chain, formula and timeline, plots at the bottom.

    `closing` tells that the user closes it, `dropped` the path of a file that was dropped on it,
    `language_asked` and `theme_asked` that the buttons at the right end of the bar were pressed.
    """

    closing = Signal()
    dropped = Signal(object)
    language_asked = Signal()
    theme_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setMinimumSize(QSize(900, 600))
        self.setDockOptions(QMainWindow.DockOption.AllowTabbedDocks)
        self.setAcceptDrops(True)
        self.transport = TransportView()
        self.experiment = ExperimentView()
        self.chain = ChainView()
        self.formula = FormulaView()
        self.timeline = TimelineView()
        self.status = StatusView()
        self._build_bar()
        # Tab goes through the parts in the order in which they come into the window.
        self.experiment_dock = self._dock("experiment", Qt.DockWidgetArea.LeftDockWidgetArea)
        self.experiment_dock.setWidget(self.experiment)
        self._build_middle()
        self.plots_dock = self._dock("plots", Qt.DockWidgetArea.BottomDockWidgetArea)
        for corner in (Qt.Corner.BottomLeftCorner, Qt.Corner.TopLeftCorner):
            self.setCorner(corner, Qt.DockWidgetArea.LeftDockWidgetArea)
        for corner in (Qt.Corner.BottomRightCorner, Qt.Corner.TopRightCorner):
            self.setCorner(corner, Qt.DockWidgetArea.RightDockWidgetArea)
        self.statusBar().addWidget(self.status, 1)
        self.statusBar().setSizeGripEnabled(False)

    def _build_bar(self) -> None:
        self._name = heading("name")
        self._name.setText("Chainstep")
        self._document = Elided("muted")
        self._document.setObjectName("document")
        self._language, self._theme = Button(), Button("sun-moon")
        self._language.setObjectName("language")
        self._theme.setObjectName("theme")
        self._language.clicked.connect(self.language_asked)
        self._theme.clicked.connect(self.theme_asked)
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(14, 6, 14, 6)
        row.setSpacing(10)
        row.addWidget(self._name)
        row.addWidget(self._document)
        row.addStretch(1)
        row.addWidget(self.transport)
        row.addStretch(1)
        row.addWidget(self._language)
        row.addWidget(self._theme)
        content.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar = QToolBar()
        bar.setObjectName("bar")
        bar.setMovable(False)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        bar.toggleViewAction().setVisible(False)
        bar.addWidget(content)
        self.addToolBar(bar)

    def _build_middle(self) -> None:
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.chain, 1)
        column.addWidget(self.formula)
        column.addWidget(self.timeline)
        self.setCentralWidget(middle)

    def _dock(self, name: str, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget()
        dock.setObjectName(f"{name} dock")
        dock.setFeatures(_FEATURES)
        title = DockTitle()
        title.closed.connect(dock.close)
        dock.setTitleBarWidget(title)
        self.addDockWidget(area, dock)
        return dock

    def bind(self, actions: Mapping[str, QAction]) -> None:
        """Let the transport's buttons trigger the actions of the same names."""
        self.transport.bind(actions)

    def show_plots(self, plots: QWidget) -> None:
        """Put the plots into their place."""
        self.plots_dock.setWidget(plots)

    def present(self, state: State) -> None:
        """Show the state in every part."""
        say, theme = speech(state.look.language), THEMES[state.look.palette]
        name = state.path.stem if state.path else say(title_of(state.experiment))
        self._document.setText(name)
        changed = state.experiment != state.saved
        self.setWindowTitle(f"{'• ' if changed else ''}{name} – Chainstep")
        for dock, title in (
            (self.experiment_dock, say("Experiment")),
            (self.plots_dock, say("Plots")),
        ):
            dock.setWindowTitle(title)
            bar = dock.titleBarWidget()
            if isinstance(bar, DockTitle):
                bar.present(theme, title, say("Close this panel; the View menu brings it back"))
        other = {"en": "中文", "zh_CN": "English"}[state.look.language]
        self._language.present(theme, other, say("Switch to Chinese"))
        self._theme.present(theme, "", say("Next theme"), icon_only=True)
        for part in (
            self.transport,
            self.experiment,
            self.chain,
            self.formula,
            self.timeline,
            self.status,
        ):
            part.present(state)
        self._fit_bar()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the transport the room that there is."""
        super().resizeEvent(event)
        self._fit_bar()

    def _fit_bar(self) -> None:
        others = (self._name, self._language, self._theme)
        taken = sum(widget.sizeHint().width() + 10 for widget in others) + _LEAST_NAME
        self.transport.fit(self.width() - taken)

    def arrangement(self) -> QByteArray:
        """Return where the docks stand, to be remembered."""
        return self.saveState(_LAYOUT_VERSION)

    def arrange(self, arrangement: QByteArray) -> None:
        """Put the docks where they were."""
        self.restoreState(arrangement, _LAYOUT_VERSION)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file from the file manager."""
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell the path of the file."""
        path = _dropped(event)
        if path:
            self.dropped.emit(path)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that the window closes."""
        self.closing.emit()
        super().closeEvent(event)


def _dropped(event: QDropEvent) -> Path | None:
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
