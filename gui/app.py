"""Puts the parts together: the only file that knows everyone."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QEventLoop, QLibraryInfo, QObject, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from engine import Experiment, Problem
from gui import theme
from gui.pictures.ink import EditWeight, SeekTo, Wish
from gui.session import Session
from gui.settings import Settings
from gui.state import NO_DISPLAY, Look, State
from gui.window import Window

if TYPE_CHECKING:
    from gui.furniture import Furniture
    from gui.views.plots_view import PlotsView


class Chainstep(QObject):
    """The program: one window over one session.

    It comes in two steps: the chain at once, and all around it by `furnish`.
    """

    def __init__(self, app: QApplication, settings: Settings, look: Look) -> None:
        super().__init__()
        self._app, self._settings = app, settings
        self._dressed = self._spoken = ""
        self._translator = QTranslator(self)
        self._furnished: Furniture | None = None
        self._plots: PlotsView | None = None
        self._dress(look)
        self.session = Session(look, self)
        self.window = Window()
        self.present(self.session.state)
        self.session.changed.connect(self.present)
        self.window.closing.connect(self._remember)
        self.window.timeline.sought.connect(self.session.seek)
        self.window.chain.wished.connect(self._grant)
        app.styleHints().colorSchemeChanged.connect(self._follow_system)

    @property
    def furniture(self) -> "Furniture":
        """All that stands around the chain; it is put in where it is missing."""
        if self._furnished is None:
            self.furnish()
        assert self._furnished is not None  # noqa: S101 - just put in
        return self._furnished

    def open_at_once(self, experiment: Experiment) -> None:
        """Show an experiment, however long it trains, before returning."""
        self.session.open(experiment, None)
        while self.session.state.progress is not None:
            self._app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def show(self) -> None:
        """Show the window where it was last time; furnish it after the first paint."""
        self.window.resize(1440, 900)
        self.window.restoreGeometry(self._settings.bytes("window/geometry"))
        self.window.setFocus()
        self.window.chain.installEventFilter(self)
        self.window.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the first paint."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._after_first_paint)
        return False

    def _after_first_paint(self) -> None:
        self.furnish()
        self.window.arrange(self._settings.bytes("window/layout"))
        from gui.motion import reduced_motion  # noqa: PLC0415 - after the first paint

        self.session.set_look(reduced_motion=reduced_motion())

    def furnish(self) -> None:
        """Put in, once, all that stands around the chain; last the plots: pyqtgraph is slow."""
        if self._furnished is not None:
            return
        from gui.furniture import Furniture  # noqa: PLC0415 - after the first paint
        from gui.theme.icons import app_icon  # noqa: PLC0415

        self._app.setWindowIcon(app_icon())
        theme.load_fonts(chinese=True)
        furniture = Furniture(self.window, self.session, self._settings)
        furniture.present(self.session.state)
        self._furnished = furniture
        self._show_plots(furniture)
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        furniture.keep_layout()

    def _show_plots(self, furniture: "Furniture") -> None:
        from gui.views.plots_view import PlotsView  # noqa: PLC0415 - after the first paint

        plots = PlotsView()
        plots.sought.connect(self.session.seek)
        plots.rescaled.connect(lambda on: self.session.set_look(logarithmic=on))
        self.window.fill(self.window.plots_dock, plots, furniture.titles[self.window.plots_dock])
        self._plots = plots
        plots.present(self.session.state)

    def present(self, state: State) -> None:
        """Show a new state everywhere."""
        self._dress(state.look)
        self.window.present(state)
        if self._furnished is not None:
            self._furnished.present(state)
        if self._plots is not None:
            self._plots.present(state)

    def _dress(self, look: Look) -> None:
        if self._dressed != look.palette:
            self._dressed = look.palette
            theme.apply(self._app, theme.THEMES[look.palette])
        if self._spoken != look.language:
            self._spoken = look.language
            if look.language == "zh_CN":
                theme.load_fonts(chinese=True)
            self._app.removeTranslator(self._translator)
            folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            if self._translator.load(f"qtbase_{look.language}", folder):
                self._app.installTranslator(self._translator)

    def _grant(self, wish: Wish) -> None:
        match wish:
            case SeekTo(index):
                self.session.seek(index)
            case EditWeight(layer):
                self.furniture.edit_weight(layer)

    def _follow_system(self) -> None:
        self.session.set_look(dark_system=theme.dark_system())

    def _remember(self) -> None:
        self.session.close()
        self._settings.remember(self.session.state.look)
        self._settings.remember_bytes("window/geometry", self.window.saveGeometry())
        if self._furnished is not None:
            self._settings.remember_bytes("window/layout", self.window.arrangement())
            self._furnished.documents.remember()


def application() -> QApplication:
    """Return the one QApplication, in Chainstep's style and with its fonts."""
    app = QApplication.instance() or QApplication(["chainstep"])
    assert isinstance(app, QApplication)  # noqa: S101 - PySide6 declares the base class
    app.setApplicationName("Chainstep")
    app.setStyle("Fusion")
    theme.load_fonts(chinese=False)
    return app


def start(file: Path | None, *, unseen: bool) -> None:
    """Open the window, with the experiment of `file` in it, and run until it is closed.

    `unseen` allows a platform without a display.

    Raises `Problem` and OSError for a file that can't be shown.
    """
    experiment = _loaded(file) if file else None
    app = application()
    if app.platformName() == "offscreen" and not unseen:
        raise Problem(NO_DISPLAY)
    settings = Settings()
    program = Chainstep(app, settings, settings.look())
    if experiment is not None:
        program.session.open(experiment, file)
    program.show()
    app.exec()


def _loaded(file: Path) -> Experiment:
    from engine.files import load  # noqa: PLC0415 - only where a file is opened

    return load(file)
