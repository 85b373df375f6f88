"""The parts of the window around the chain: bar, menus, panels, status line.

They are added after the first paint, because importing and building them takes longer than the
window with the chain in its middle.
"""

from collections.abc import Callable, Iterator
from functools import partial
from weakref import WeakMethod

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QDockWidget, QWidget

from engine.quantities import Name
from engine.words import mark
from gui.errors.faults import faults
from gui.errors.guard import kept
from gui.experiment.view import ExperimentView
from gui.language import speech
from gui.panels import PANELS
from gui.shell.actions import Actions, Entry, editing, practising, transport, zooming
from gui.shell.announcing.announcer import Announcer
from gui.shell.arranging import arranging
from gui.shell.bar import Bar
from gui.shell.dock_title import DockTitle
from gui.shell.docks import NARROW, ROOMY, DockHeight, DockHider, DockSizes
from gui.shell.files.documents import Documents
from gui.shell.files.exports import Exports, Part
from gui.shell.focus import FocusKeeper, next_part
from gui.shell.going.dialog import GoTo
from gui.shell.help.about import show_about
from gui.shell.help.dialogs import show_keys
from gui.shell.help.report import show_report
from gui.shell.keeping.keeper import Keeper
from gui.shell.learning import Learning
from gui.shell.lessons.lessons import Lessons
from gui.shell.lessons.menu import LessonMenu
from gui.shell.menus import ARRANGED, Menus, file_entries
from gui.shell.naming import name_of
from gui.shell.panels import Panels
from gui.shell.presenter.entries import presenting
from gui.shell.presenter.presentation import Presentation
from gui.shell.settings import Settings
from gui.shell.when_open import WhenOpen
from gui.shell.window import Window
from gui.state import State
from gui.state.intents import Intent
from gui.state.session import Session
from gui.status.view import StatusView
from gui.theme import Theme, dressed
from gui.transport.player import Player
from gui.widgets.memo import Memo
from gui.widgets.spaces import space


class WindowParts:
    """The parts around the chain, wired to the session."""

    def __init__(
        self,
        window: Window,
        session: Session,
        settings: Settings,
        keeper: Keeper,
        act: Callable[[Intent], None],
    ) -> None:
        self._window, self._session, self._act = window, session, act
        self.player = Player(session)
        self.documents = Documents(session, keeper, window)
        self.learning = Learning(session, keeper.folder, window)
        self.lessons = Lessons(window, session, self.learning, self)
        self.presentation = Presentation(window, session, act)
        self.actions = Actions(self._entries(), window)
        self.bar = Bar(self.actions)
        self.experiment = ExperimentView()
        self._experiment = WhenOpen(window.experiment_dock, self.experiment)
        self.status = StatusView()
        self.panels = Panels(session.state, act)
        self.menus = Menus(window, self.actions, act, self.documents)
        self.presentation.menu = self.menus.present_menu
        self.presentation.actions = self.actions
        self.lesson_menu = LessonMenu(
            self.menus.lessons,
            session,
            self.learning,
            self.lessons,
            self.documents.complain,
            own=keeper.folder is not None,
        )
        self.documents.open_lesson = WeakMethod(self.lessons.open_path)
        self._titled, self.titles = Memo[tuple[object, ...]](), dict[QDockWidget, DockTitle]()
        window.add_parts(self.bar, self.status)
        self.titles[window.experiment_dock] = self._title(window.experiment_dock, "experiment")
        self.titles[window.plots_dock] = self._title(window.plots_dock, "plots")
        self.titles[window.panels_dock] = self._title(window.panels_dock, "explanation")
        window.fill(window.experiment_dock, self.experiment, self.titles[window.experiment_dock])
        window.fill(window.panels_dock, self.panels, self.titles[window.panels_dock])
        self.bar.follow(window.panels_dock.toggleViewAction())
        self._hiders = (
            DockHider(window, window.panels_dock, window.experiment_dock, ROOMY),
            DockHider(window, window.plots_dock),
            DockHider(window, window.experiment_dock, narrow=NARROW),
        )
        self._settings, self.sizes = settings, DockSizes(window, settings.sizes())
        self._dock_height = DockHeight(window, window.plots_dock, window.chain)
        self._first_layout = self.arrangement()
        self._focus = FocusKeeper(window)
        self._announcer, self._zoom = Announcer(session, window.chain), 1.0
        self._made = ("", 0, 0)
        self._connect()

    def _entries(self) -> Iterator[Entry]:
        yield from transport(self._session)
        yield from editing(self._session)
        yield from practising(self._session, self.lessons.do)
        yield from self.lessons.entries()
        yield Entry("lessons", mark("Lessons…"), ("Ctrl+L",), self._offer_lessons)
        for name, text, key, by in (
            ("next_part", mark("To the next part of the window"), "F6", 1),
            ("previous_part", mark("To the part of the window before"), "Shift+F6", -1),
        ):
            yield Entry(name, text, (key,), partial(self._walk, by))
        yield from presenting(self.presentation.do)
        yield from zooming(self._session)
        yield from file_entries(self.documents, self._close)
        yield from Exports(self._session, self.documents, self._parts()).entries()
        yield Entry("worksheet", mark("Work sheet…"), ("Ctrl+P",), self._make_sheet)
        yield from self.learning.entries(self.documents, self._window)
        yield Entry("go_to", mark("Go to…"), ("Ctrl+G",), self._go_to)
        docks = self._window.experiment_dock, self._window.plots_dock, self._window.panels_dock
        yield from arranging(self._window, dict(zip(ARRANGED, docks, strict=True)))
        yield Entry("layout", mark("Reset layout"), (), self._reset_layout)
        for tab in PANELS:
            show = partial(self._show_or_enter, tab.name)
            yield Entry(f"panel {tab.name}", tab.title, (tab.key,), show)
        yield Entry("keys", mark("All keys"), ("F1",), self._show_keys)
        yield Entry("why", mark("Why backpropagation?"), ("Ctrl+B",), self._show_race)
        yield Entry("report", mark("Report a problem…"), (), self._show_report)
        yield Entry("about", mark("About Chainstep"), (), self._show_about)

    def _make_sheet(self) -> None:
        from gui.shell.paper.dialog import WorkSheet  # noqa: PLC0415 - when somebody wants one

        WorkSheet(self._session.state, self.documents, self._settings, self._window).open()

    def _show_race(self) -> None:
        from gui.shell.race.dialog import show_race  # noqa: PLC0415 - when somebody asks for it

        show_race(self._session.state, self._window)

    def _offer_lessons(self) -> None:
        self.lesson_menu.offer(self.bar.below_name())

    def _walk(self, by: int) -> None:
        """Give the keys to the next part of the window: chain, timeline, lesson, docks."""
        window, lesson = self._window, self.lessons.dock
        docks = (window.experiment_dock, window.plots_dock, window.panels_dock)
        parts = [window.chain, window.timeline, *filter(None, (lesson,)), *docks]
        next_part(parts, by, {lesson: self.lessons.enter} if lesson else {})

    def act_on(self, intent: Intent) -> None:
        """Do what the user wants."""
        self._act(intent)

    def _parts(self) -> tuple[Part, ...]:
        window = self._window
        return (
            Part("window", mark("Picture of the window…"), mark("window"), lambda: window),
            Part("chain", mark("Picture of the chain…"), mark("chain"), lambda: window.chain),
            Part("plots", mark("Picture of the plots…"), mark("plots"), self._plots),
            Part("panel", mark("Picture of the panel…"), mark("panel"), lambda: self.panels.front),
        )

    def _plots(self) -> QWidget:
        return self._window.content(self._window.plots_dock)

    def _title(self, dock: QDockWidget, part: str) -> DockTitle:
        title = DockTitle(part)
        title.closed.connect(dock.toggleViewAction().trigger)
        self.menus.add_panel(dock.toggleViewAction())
        return title

    def _connect(self) -> None:
        self._window.dropped.connect(self.documents.take_dropped)
        self.bar.presets_asked.connect(self.menus.offer_presets)
        self.bar.languages_asked.connect(self.menus.offer_languages)
        for part in (self.bar, self.experiment, self.status):
            part.wished.connect(self._act)

    def present(self, state: State) -> None:
        """Show the state in every part; before a class nothing of them is seen."""
        if state.presenter is not None and state.presenter.fills:
            with faults.kept_in("menus"):
                self.actions.present(state)
                self.menus.present(state)
            self.player.present(state)
            return
        say, theme = speech(state.look.locale), dressed(state.look)
        if theme.zoom != self._zoom:
            # The bar has to know its spaces to share its room.
            space(self._window, theme.zoom)
        with faults.kept_in("menus"):
            self.actions.present(state)
            self.menus.present(state)
        with kept(self.bar):
            self.bar.present(state, name_of(state))
        # A lesson may take the place of Experiment, which need not be drawn then.
        with faults.kept_in("lesson"):
            self.lessons.present(state)
        self._experiment.present(state)
        for part in (self.status, self.panels):
            with kept(part):
                part.present(state)
        self._space(state, theme)
        self.sizes.present(state)
        for hider in self._hiders:
            hider.present(state)
        self.player.present(state)
        compared = state.reference is not None and state.reference is not state.run
        if self._titled.renew((theme, say, compared)):
            names = (say("Experiment"), say("Plots"), say("Explanation"))
            for (dock, title), name in zip(self.titles.items(), names, strict=True):
                dock.setWindowTitle(name)
                title.present(theme, name, say("Close {panel}").format(panel=name))
            words = say("dashed: the kept run") if compared else ""
            self.titles[self._window.plots_dock].note(words)

    def _space(self, state: State, theme: Theme) -> None:
        """Let spaces grow with the type, also those of what was made meanwhile."""
        made = (state.look.panel, state.experiment.layers, len(state.experiment.samples))
        if theme.zoom != self._zoom or (made != self._made and theme.zoom != 1.0):
            space(self._window, theme.zoom)
        self._zoom, self._made = theme.zoom, made

    def edit_parameter(self, name: Name) -> None:
        """Bring the field of a parameter into view and put the cursor into it."""
        self._window.experiment_dock.show()
        self.experiment.focus_parameter(name)

    def show_panel(self, name: str) -> None:
        """Show a panel, also where the window is narrow."""
        if self._window.panels_dock.isHidden():
            self._window.panels_dock.toggleViewAction().trigger()
        self._session.set_look(panel=name)

    def _show_or_enter(self, name: str) -> None:
        """Show a panel; enter the one that is in front already."""
        in_front = name == self._session.state.look.panel
        if in_front and not self._window.panels_dock.isHidden():
            self.panels.enter()
        else:
            self.show_panel(name)

    def _close(self) -> None:
        self._window.close()

    def keep_layout(self) -> None:
        """Remember the present layout of the panels, to restore it later."""
        self._first_layout = self.arrangement()

    def arrangement(self) -> QByteArray:
        """Return the layout of the panels in a window with room for all, to be remembered."""
        self._show_again()
        kept = self._window.arrangement()
        self._fit_again()
        return kept

    def _show_again(self) -> None:
        for hider in self._hiders:
            hider.show_again()

    def _fit_again(self) -> None:
        for hider in self._hiders:
            hider.fit_again()

    def arrange(self, arrangement: QByteArray, standings: str = "") -> None:
        """Put the panels where they were, as far as there is room for them."""
        # Where there is nothing to restore, those that gave way are still to come back.
        self._show_again()
        self._window.arrange(arrangement)
        told = (*standings.split(";"), "")
        for hider, standing in zip(self._hiders, told, strict=False):
            hider.stand(standing)

    @property
    def standing(self) -> str:
        """The panels that have no room now, to be remembered with the layout."""
        if self.lessons.before is not None:
            return self.lessons.before[1]
        return ";".join(hider.standing for hider in self._hiders)

    def _reset_layout(self) -> None:
        self.arrange(self._first_layout)

    def _go_to(self) -> None:
        GoTo(self._session.state, self._act, self._session.changed, self._window).open()

    def _show_keys(self) -> None:
        show_keys(self.actions.entries.values(), self._session.state, self._window)

    def _show_report(self) -> None:
        show_report(self._session.state, self._window)

    def _show_about(self) -> None:
        show_about(self._session.state, self._window)
