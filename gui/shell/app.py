"""Puts the parts together: the only file that knows all of them."""

import gc
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from engine import Experiment, Run
from engine.files.experiment_file import to_json
from gui import theme
from gui.chain.view import ChainView
from gui.errors import guard, sorry
from gui.errors.faults import faults
from gui.errors.words import FAILED
from gui.formula.view import FormulaView
from gui.language import speech
from gui.language.joining import has_chinese
from gui.shell.application import bare_application
from gui.shell.dispatch import Dispatcher
from gui.shell.keeping.keeper import Keeper
from gui.shell.naming import name_of
from gui.shell.presenting import Presenting
from gui.shell.qt_words import QtWords
from gui.shell.settings import Settings
from gui.shell.when_open import WhenOpen
from gui.shell.window import Window
from gui.state import Look, State
from gui.state.record import Kept
from gui.state.session import Session
from gui.timeline.view import TimelineView
from gui.widgets import accessible
from gui.widgets.memo import Memo

if TYPE_CHECKING:
    from pathlib import Path

    from gui.plots.view import PlotsView
    from gui.practice.view import PracticeView
    from gui.shell.window_parts import WindowParts

_STANDING = "window/standing"


class Chainstep(QObject):
    """The program: one window over one session.

    It is built in two steps: the chain at once, the rest by `add_parts`. An empty window may be
    given.
    """

    def __init__(
        self,
        app: QApplication,
        settings: Settings,
        look: Look,
        window: Window | None = None,
        keeper: Keeper | None = None,
        kept: Kept | None = None,
    ) -> None:
        super().__init__()
        self._app, self._settings = app, settings
        self._keeper = keeper or Keeper()
        self._keeper.setParent(self)
        self._dressed: theme.Theme | None = None
        self._spoken = ""
        self._laid_out = Memo[tuple[theme.Theme, str]]()
        self._qt_words = QtWords(app, self)
        self._parts: WindowParts | None = None
        self._plots: PlotsView | None = None
        self._drawn: WhenOpen | None = None
        self._practice: PracticeView | None = None
        accessible.install()
        self._dress(look)
        self.session = Session(look, self, kept, _curves_readier)
        self.window = window or Window()
        self.window.build(ChainView(), FormulaView(), TimelineView())
        self._presenting = Presenting(self._present_first, self._present_others, self)
        self._presenting.present(self.session.state)
        self.session.changed.connect(self._presenting.present)
        docks = (self.window.experiment_dock, self.window.plots_dock, self.window.panels_dock)
        self._keeper.follow(self.session, self._remember, *docks)
        for changed in (self.window.moved, self.window.resized):
            changed.connect(self._keeper.soon)
        self.window.closing.connect(self.close)
        self._act = Dispatcher(self.session, lambda: self.parts).act
        for part in (self.window.chain, self.window.formula, self.window.timeline):
            part.wished.connect(self._act)
        self._hears = True
        app.styleHints().colorSchemeChanged.connect(self._follow_system)
        # Not at once: Chainstep's own dressing sets a font too.
        self._system_type = theme.system_type()
        self.window.system_changed.connect(self._follow_type, Qt.ConnectionType.QueuedConnection)
        guard.herald.heard.connect(self._tell_of_fault, Qt.ConnectionType.QueuedConnection)
        faults.context = self._context

        self.asked: Path | None = None
        """A file to be opened once all is there: a lesson, or what the system hands over."""

    @property
    def parts(self) -> "WindowParts":
        """All that stands around the chain; it is put in where it is missing."""
        if self._parts is None:
            self.add_parts()
        assert self._parts is not None  # noqa: S101 - just put in
        return self._parts

    def open_at_once(self, experiment: Experiment) -> None:
        """Show an experiment, however long it trains, before returning."""
        self.session.open(experiment, None)
        while self.session.state.progress is not None:
            self._app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def show(self) -> None:
        """Show the window where it was last time; its parts are added after the first paint."""
        if not self.window.isVisible():
            self.window.place(self._settings.bytes("window/geometry"))
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
        with guard.kept(self.window.panels_dock):
            self._put_in_order()

    def _put_in_order(self) -> None:
        layout, standing = self._settings.bytes("window/layout"), self._settings.text(_STANDING)
        self.parts.arrange(layout, standing)
        from gui.shell.reduced_motion import reduced_motion  # noqa: PLC0415 - after the first paint

        self.session.set_look(reduced_motion=reduced_motion())
        # One layout asks for the next; only the last of them is to be seen. (A window that holds
        # its updates back meanwhile never paints again if it is resized just then.)
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        if self.asked is not None:
            self.parts.documents.open_path(self.asked)

    def offer_lesson(self) -> None:
        """Offer lesson 1 to who starts Chainstep for the first time."""
        self.parts.lesson_menu.offer_first(self.window)

    def add_parts(self) -> None:
        """Put in, once, all that stands around the chain; last the plots: pyqtgraph is slow."""
        if self._parts is not None:
            return
        from gui.shell.window_parts import WindowParts  # noqa: PLC0415 - after the first paint
        from gui.theme.icons import app_icon  # noqa: PLC0415

        self._app.setWindowIcon(app_icon())
        theme.load_fonts(chinese=True)
        parts = WindowParts(self.window, self.session, self._settings, self._keeper, self._act)
        parts.present(self.session.state)
        self._parts = parts
        self._present_plots(self.session.state)
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        parts.keep_layout()
        # What is there now stays: looking through it for garbage would cost two frames each time.
        gc.freeze()

    def _present_plots(self, state: State) -> None:
        dock = self.window.plots_dock
        with guard.kept(dock):
            if self._plots is None:
                self._plots = self._made_plots()
                self.window.fill(dock, self._plots, self.parts.titles[dock])
                self._drawn = WhenOpen(dock, self._plots)
            if self._drawn is not None:
                self._drawn.present(state)

    def _made_practice(self) -> "PracticeView":
        from gui.practice.view import PracticeView  # noqa: PLC0415 - for who practises

        practice = PracticeView()
        practice.wished.connect(self._act)
        self.window.add_practice(practice, practice.seat)
        return practice

    def _made_plots(self) -> "PlotsView":
        from gui.plots.view import PlotsView  # noqa: PLC0415 - after the first paint

        plots = PlotsView()
        plots.wished.connect(self._act)
        return plots

    def _present_first(self, state: State) -> None:
        """Show a new state in the middle of the window."""
        guard.try_again()
        self._dress(state.look)
        if state.practice is not None and self._practice is None:
            self._practice = self._made_practice()
        if state.presenter is None or not state.presenter.fills:
            self.window.present(state, name_of(state))
        if self._parts is not None:
            self._parts.presentation.present(state)
        if self._practice is not None:
            with guard.kept(self._practice):
                self._practice.present(state)

    def _present_others(self, state: State) -> None:
        """Show it in all that stands around the middle."""
        if self._parts is not None:
            self._parts.present(state)
            if state.presenter is None or not state.presenter.fills:
                self._present_plots(state)
            if self._laid_out.renew((theme.dressed(state.look), state.look.locale)):
                # Else it would be painted after each of several layouts.
                self._parts.sizes.settle()

    def _dress(self, look: Look) -> None:
        if self._dressed is not theme.dressed(look):
            self._dressed = theme.dressed(look)
            theme.apply(self._app, self._dressed)
        if self._spoken != look.language:
            self._spoken = look.language
            sorry.speak(look.language)
            if has_chinese(speech(look.language).own_name):
                theme.load_fonts(chinese=True)
            self._qt_words.speak(look.language)

    def _tell_of_fault(self) -> None:
        self.session.tell(FAILED)

    def _context(self) -> str:
        """Return what is open, for the report of a fault."""
        state = self.session.state
        return f"step {state.index} of {state.last}, {state.look}\n{to_json(state.experiment)}"

    def _follow_system(self) -> None:
        self.session.set_look(dark_system=theme.dark_system())

    def _follow_type(self) -> None:
        """Be as large as the system's type is now, if the user has changed it meanwhile."""
        former, self._system_type = self._system_type, theme.system_type()
        if self._hears and former != self._system_type:
            self.session.set_look(system_type=self._system_type)

    def _remember(self) -> None:
        """Keep what was chosen for all windows, and where the parts of this one stand."""
        self._settings.remember(self.session.state.look)
        self._settings.remember_bytes("window/geometry", self.window.saveGeometry())
        if self._parts is not None:
            self._settings.remember_bytes("window/layout", self.window.arrangement())
            self._settings.remember_sizes(self._parts.sizes.sizes)
            self._settings.remember_text(_STANDING, self._parts.standing)
        self._settings.sync()

    def close(self) -> None:
        """Keep everything; stop what is under way."""
        if self._parts is not None:
            self._parts.presentation.close()
        self.session.close()
        self._remember()
        self._keeper.close()
        if self._hears:
            # What is heard from now on would find no window to show it in.
            self._hears = False
            self._qt_words.end()
            self._app.styleHints().colorSchemeChanged.disconnect(self._follow_system)
            self.window.system_changed.disconnect(self._follow_type)
            guard.herald.heard.disconnect(self._tell_of_fault)
        faults.context = str  # who holds on to a window when Python ends may crash


def _curves_readier() -> Callable[[Run], None]:
    """Return what computes the curves of a run: the window need not wait for them."""
    from gui.plots.picture import run_plots  # noqa: PLC0415 - it brings numpy

    return lambda run: run_plots(run).make_ready()


def application() -> QApplication:
    """Return the one QApplication, in Chainstep's style and with its fonts."""
    app = bare_application()
    theme.load_fonts(chinese=False)
    return app
