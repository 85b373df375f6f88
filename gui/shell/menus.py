"""The menus of the window, and the display settings as choices in them."""

from collections.abc import Callable, Iterable
from html import escape
from types import MappingProxyType

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMainWindow, QMenu

from engine.presets import ARTICLE, FROM_ARTICLE, GROUPS, Preset, preset_of
from engine.words import mark
from gui.language import Say, languages, speech
from gui.panels import NAMES
from gui.shell.actions import Actions, Entry
from gui.shell.files.documents import Documents
from gui.shell.files.recent_menu import RecentMenu
from gui.state import Look, State
from gui.state.changes import LookChanges
from gui.state.intents import Intent, Show
from gui.theme import CHOICES
from gui.widgets.memo import Memo

ARRANGED = MappingProxyType(
    {"experiment": mark("Experiment"), "plots": mark("Plots"), "explanation": mark("Explanation")}
)
"""The docks that can be moved, from left to right."""

_DIGITS = (3, 4, 5, 6, 8, 10, 15)
_SIGNS = MappingProxyType(
    {"": mark("As the language"), ".": mark("Point: 0.5"), ",": mark("Comma: 0,5")}
)


def file_entries(documents: Documents, quit_program: Callable[[], None]) -> tuple[Entry, ...]:
    """Return the entries of the File menu."""
    return (
        Entry("new", mark("New"), ("Ctrl+N",), documents.new),
        Entry("open", mark("Open…"), ("Ctrl+O",), documents.open),
        Entry("save", mark("Save"), ("Ctrl+S",), documents.save),
        Entry("save_as", mark("Save as…"), ("Ctrl+Shift+S",), documents.save_as),
        Entry("quit", mark("Quit"), ("Ctrl+Q",), quit_program),
    )


class Menus:
    """Builds the menus once and names them in the language of the state."""

    def __init__(
        self,
        window: QMainWindow,
        actions: Actions,
        act: Callable[[Intent], None],
        documents: Documents,
    ) -> None:
        self._window, self._actions, self._act = window, actions, act
        self._menus: list[tuple[QMenu, str]] = []
        self._shown = Memo[tuple[str, Preset | None]]()
        self._chosen = Memo[Look]()
        self._choices: list[tuple[QAction, Callable[[Look], str], Callable[[Look], bool]]] = []
        files = self._menu(mark("&File"))
        self._add(files, ("new", "open"))
        self._recent = RecentMenu(self._menu(mark("Recent"), files), documents)
        files.addSeparator()
        self._add(files, ("save", "save_as"))
        self._build_exports(self._menu(mark("Export"), files))
        self._add(files, ("worksheet",))
        files.addSeparator()
        self._add(files, ("save_results", "reset_progress"))
        files.addSeparator()
        self._add(files, ("quit",))
        self._add(self._menu(mark("&Edit")), ("undo", "redo", "copy"))
        self._presets = self._build_presets(documents)
        run = self._menu(mark("&Run"))
        self._add(run, ("play",))
        run.addSeparator()
        self._add(run, ("next_step", "next_sample", "next_epoch", "end"))
        run.addSeparator()
        self._add(run, ("previous_step", "previous_sample", "previous_epoch", "start"))
        run.addSeparator()
        self._add(run, ("go_to",))
        run.addSeparator()
        self._add(run, ("practice", "hint"))
        run.addSeparator()
        self._add(run, ("faster", "slower"))
        run.addSeparator()
        self._add(run, ("cancel",))
        self.lessons = self._menu(mark("&Lessons"))
        self._add(self.lessons, ("lesson next", "lesson back", "lesson leave", "export lesson"))
        self._build_view()
        self._add(self._menu(mark("&Help")), ("why", "keys", "report", "about"))

    def _build_exports(self, menu: QMenu) -> None:
        names = [name for name in self._actions if name.startswith("export ")]
        pictures = [n for n in names if n.startswith(("export picture ", "export steps"))]
        self._add(menu, pictures)
        menu.addSeparator()
        self._add(menu, [name for name in names if name not in pictures])

    def _menu(self, name: str, parent: QMenu | None = None) -> QMenu:
        menu = parent.addMenu("") if parent else self._window.menuBar().addMenu("")
        self._menus.append((menu, name))
        return menu

    def _add(self, menu: QMenu, names: Iterable[str]) -> None:
        for name in names:
            menu.addAction(self._actions[name])

    def _build_presets(self, documents: Documents) -> tuple[tuple[QAction, Preset], ...]:
        self._presets_menu = self._menu(mark("&Presets"))
        self._presets_menu.setToolTipsVisible(True)
        one_of = QActionGroup(self._presets_menu)
        made = []
        for group in GROUPS:
            self._presets_menu.addSeparator()
            for preset in group:
                action = one_of.addAction(self._presets_menu.addAction(""))
                action.setCheckable(True)
                action.triggered.connect(lambda _on=False, preset=preset: documents.choose(preset))
                made.append((action, preset))
        # The status line tells of them by itself only where the menu hangs from the menu bar.
        self._presets_menu.hovered.connect(lambda action: action.showStatusText(self._window))
        self._presets_menu.aboutToHide.connect(self._window.statusBar().clearMessage)
        return tuple(made)

    def offer_presets(self, where: QPoint) -> None:
        """Open the menu of presets at a place on the screen."""
        self._presets_menu.popup(where)

    def offer_languages(self, where: QPoint) -> None:
        """Open the menu of languages at a place on the screen."""
        self._languages_menu.popup(where)

    def _build_view(self) -> None:
        view = self._menu(mark("&View"))
        self.present_menu = self._menu(mark("In front of a class"), view)
        names = [name for name in self._actions if name.startswith("present ")]
        votes = [name for name in names if name.startswith("present vote ")]
        self._add(self.present_menu, [name for name in names if name not in votes])
        self._add(self._menu(mark("While a class votes"), self.present_menu), votes)
        view.addSeparator()
        self._languages_menu = self._menu(mark("Language"), view)
        group = QActionGroup(self._languages_menu)
        for code in languages():
            own_name = _always(speech(code).own_name)
            self._choose(self._languages_menu, group, {"language": code}, own_name)
        theme = self._menu(mark("Theme"), view)
        group = QActionGroup(theme)
        for name, words in CHOICES.items():
            self._choose(theme, group, {"theme": name}, _said(words))
        digits = self._menu(mark("Significant digits"), view)
        group = QActionGroup(digits)
        for number in _DIGITS:
            self._choose(digits, group, {"digits": number}, _always(str(number)))
        sign = self._menu(mark("Decimal sign"), view)
        group = QActionGroup(sign)
        for choice, words in _SIGNS.items():
            self._choose(sign, group, {"decimal": choice}, _said(words))
        view.addSeparator()
        self._add(view, ("zoom_in", "zoom_out", "zoom_off"))
        view.addSeparator()
        self._add(view, ("local",))
        self._switch(view, mark("Animate steps"), lambda on: {"movement": on})
        self._switch(view, mark("Logarithmic loss"), lambda on: {"logarithmic": on})
        self._switch(view, mark("Hide the future"), lambda on: {"curtain": on})
        view.addSeparator()
        self._add(view, ("undo_view", "redo_view"))
        view.addSeparator()
        self._view, self._below_panels = view, view.addSeparator()
        self._add(view, [f"panel {name}" for name in NAMES])
        view.addSeparator()
        arrange = self._menu(mark("Arrange"), view)
        for name, title in ARRANGED.items():
            part = self._menu(title, arrange)
            self._add(part, [one for one in self._actions if one.startswith(f"arrange {name} ")])
        self._add(view, ("layout",))

    def add_panel(self, action: QAction) -> None:
        """Let a panel be shown and hidden from the View menu."""
        self._view.insertAction(self._below_panels, action)

    def _choose(
        self,
        menu: QMenu,
        group: QActionGroup,
        choice: LookChanges,
        text: Callable[[Look], str],
    ) -> None:
        action = menu.addAction("")
        action.setCheckable(True)
        group.addAction(action)
        action.triggered.connect(lambda _on=False: self._show(choice))
        self._choices.append((action, text, lambda look: _has(look, choice)))

    def _switch(self, menu: QMenu, text: str, choice: Callable[[bool], LookChanges]) -> None:
        action = menu.addAction("")
        action.setCheckable(True)
        action.triggered.connect(lambda on: self._show(choice(on)))
        self._choices.append((action, _said(text), lambda look: _has(look, choice(True))))

    def present(self, state: State) -> None:
        """Name the menus and check what is chosen."""
        say = speech(state.look.locale)
        if self._chosen.renew(state.look):
            self._present_choices(state.look, say)
        self._present_presets(state, say)
        self._recent.present(state)

    def _show(self, choice: LookChanges) -> None:
        # Qt has checked the action, whatever comes of the wish.
        self._chosen.value = None
        self._act(Show(choice))

    def _present_choices(self, look: Look, say: Say) -> None:
        for menu, name in self._menus:
            menu.setTitle(say(name))
        for action, text, chosen in self._choices:
            action.setText(text(look))
            action.setChecked(chosen(look))

    def _present_presets(self, state: State, say: Say) -> None:
        shown = (state.look.locale, preset_of(state.experiment))
        if not self._shown.renew(shown):
            return
        for action, preset in self._presets:
            action.setText(say(preset.title))
            action.setToolTip(_told(preset, say))
            action.setStatusTip(say(preset.sentence))
            action.setChecked(preset is shown[1])


def _has(look: Look, choice: LookChanges) -> bool:
    return all(getattr(look, field) == value for field, value in choice.items())


def _told(preset: Preset, say: Say) -> str:
    """Return a preset's sentence in paragraphs, which wrap; and which article it is from."""
    paragraphs = [say(preset.sentence)]
    if preset.name in FROM_ARTICLE:
        paragraphs.append(say("The article: {title}").format(title=ARTICLE))
    return "".join(f"<p>{escape(text)}</p>" for text in paragraphs)


def _always(text: str) -> Callable[[Look], str]:
    return lambda _look: text


def _said(text: str) -> Callable[[Look], str]:
    return lambda look: speech(look.locale)(text)
