"""Puts the parts together: the only file that knows everyone."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QEventLoop, QLibraryInfo, QObject, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from engine import Experiment, Problem
from engine.files import load
from engine.problem import mark
from gui import theme
from gui.actions import Actions, Entry, editing, transport
from gui.documents import Documents
from gui.help import show_about, show_keys
from gui.menus import Menus, file_entries
from gui.motion import reduced_motion
from gui.pictures.ink import EditWeight, SeekTo, Wish
from gui.player import Player
from gui.session import Session
from gui.settings import Settings
from gui.state import NO_DISPLAY, Look, State
from gui.window import Window

if TYPE_CHECKING:
    from gui.views.plots_view import PlotsView


class Chainstep(QObject):
    """The program: one window over one session."""

    def __init__(self, app: QApplication, settings: Settings, look: Look) -> None:
        super().__init__()
        self._app, self._settings = app, settings
        self._dressed = self._spoken = ""
        self._translator = QTranslator(self)
        self._plots: PlotsView | None = None
        app.setWindowIcon(theme.app_icon())
        self._dress(look)
        self.session = Session(look, self)
        self.player = Player(self.session)
        self._build()
        self.present(self.session.state)
        self.session.changed.connect(self.present)
        app.styleHints().colorSchemeChanged.connect(self._follow_system)

    def _build(self) -> None:
        session = self.session
        window_entries = (
            Entry("layout", mark("Panels as at first"), (), self._reset_layout),
            Entry("keys", mark("All keys"), ("F1",), self._show_keys),
            Entry("about", mark("About Chainstep"), (), self._show_about),
        )
        self.window = Window()
        self.documents = Documents(session, self._settings, self.window)
        self.actions = Actions(
            (
                *transport(session),
                *editing(session),
                *file_entries(self.documents, self._close),
                *window_entries,
            ),
            self.window,
        )
        self.window.bind(self.actions)
        self.menus = Menus(self.window, self.actions, session)
        for dock in (self.window.experiment_dock, self.window.plots_dock):
            self.menus.add_panel(dock.toggleViewAction())
        self._first_layout = self.window.arrangement()
        self._connect()

    def _close(self) -> None:
        self.window.close()

    def _connect(self) -> None:
        session, window = self.session, self.window
        window.closing.connect(self._remember)
        window.dropped.connect(self.documents.open_path)
        window.language_asked.connect(self._next_language)
        window.theme_asked.connect(self._next_theme)
        window.transport.paced.connect(lambda speed: session.set_look(speed=speed))
        window.timeline.sought.connect(session.seek)
        window.chain.wished.connect(self._grant)
        window.experiment.changed.connect(session.change)
        window.experiment.refused.connect(session.refuse)
        window.experiment.settled.connect(session.settle)
        window.experiment.import_asked.connect(self.documents.import_samples)
        window.status.cancelled.connect(session.cancel)

    def open_at_once(self, experiment: Experiment) -> None:
        """Show an experiment, however long it trains, before returning."""
        self.session.open(experiment, None)
        while self.session.state.progress is not None:
            self._app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def show(self) -> None:
        """Show the window where it was last time, and bring the plots after the first paint."""
        self.window.resize(1440, 900)
        self.window.restoreGeometry(self._settings.bytes("window/geometry"))
        self.window.arrange(self._settings.bytes("window/layout"))
        self.window.setFocus()
        self.window.chain.installEventFilter(self)
        self.window.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the first paint: pyqtgraph takes longer to import than all the rest."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._after_first_paint)
        return False

    def _after_first_paint(self) -> None:
        self.show_plots()
        self.session.set_look(reduced_motion=reduced_motion())

    def show_plots(self) -> None:
        """Bring the plots into the window."""
        from gui.views.plots_view import PlotsView  # noqa: PLC0415 - after the first paint

        plots = PlotsView()
        plots.sought.connect(self.session.seek)
        plots.rescaled.connect(lambda on: self.session.set_look(logarithmic=on))
        self.window.show_plots(plots)
        self._plots = plots
        plots.present(self.session.state)

    def present(self, state: State) -> None:
        """Show a new state everywhere."""
        self._dress(state.look)
        self.actions.present(state)
        self.menus.present(state)
        self.window.present(state)
        if self._plots is not None:
            self._plots.present(state)
        self.player.present(state)

    def _dress(self, look: Look) -> None:
        if self._dressed != look.palette:
            self._dressed = look.palette
            theme.apply(self._app, theme.THEMES[look.palette])
        if self._spoken != look.language:
            self._spoken = look.language
            self._app.removeTranslator(self._translator)
            folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            if self._translator.load(f"qtbase_{look.language}", folder):
                self._app.installTranslator(self._translator)

    def _grant(self, wish: Wish) -> None:
        match wish:
            case SeekTo(index):
                self.session.seek(index)
            case EditWeight(layer):
                self.window.experiment_dock.show()
                self.window.experiment.focus_weight(layer)

    def _next_language(self) -> None:
        other = {"en": "zh_CN", "zh_CN": "en"}
        self.session.set_look(language=other[self.session.state.look.language])

    def _next_theme(self) -> None:
        names = list(theme.THEMES)
        place = names.index(self.session.state.look.palette)
        self.session.set_look(theme=names[(place + 1) % len(names)])

    def _follow_system(self) -> None:
        self.session.set_look(dark_system=theme.dark_system())

    def _reset_layout(self) -> None:
        self.window.arrange(self._first_layout)

    def _show_keys(self) -> None:
        show_keys(self.actions, self.session.state, self.window)

    def _show_about(self) -> None:
        show_about(self.session.state, self.window)

    def _remember(self) -> None:
        self._settings.remember(self.session.state.look)
        self._settings.remember_bytes("window/geometry", self.window.saveGeometry())
        self._settings.remember_bytes("window/layout", self.window.arrangement())
        self.documents.remember()
        self.session.close()


def application() -> QApplication:
    """Return the one QApplication, in Chainstep's style and with its fonts."""
    app = QApplication.instance() or QApplication(["chainstep"])
    assert isinstance(app, QApplication)  # noqa: S101 - PySide6 declares the base class
    app.setApplicationName("Chainstep")
    app.setStyle("Fusion")
    theme.load_fonts()
    return app


def start(file: Path | None, *, unseen: bool) -> None:
    """Open the window, with the experiment of `file` in it, and run until it is closed.

    `unseen` allows a platform without a display.

    Raises `Problem` and OSError for a file that can't be shown.
    """
    experiment = load(file) if file else None
    app = application()
    if app.platformName() == "offscreen" and not unseen:
        raise Problem(NO_DISPLAY)
    settings = Settings()
    program = Chainstep(app, settings, settings.look())
    if experiment is not None:
        program.session.open(experiment, file)
    program.show()
    app.exec()
