"""The menus of the window, and how things look as choices in them."""

from collections.abc import Callable, Iterable

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMainWindow, QMenu

from engine.problem import mark
from gui.actions import Actions, Entry
from gui.documents import Documents
from gui.language import LANGUAGES, speech
from gui.session import Session
from gui.state import Look, State
from gui.theme import CHOICES

_DIGITS = (3, 4, 5, 6, 8, 10, 15)


def file_entries(documents: Documents, quit_program: Callable[[], None]) -> tuple[Entry, ...]:
    """Return the entries of the File menu."""

    def without_last(_state: State) -> str:
        return "" if documents.has_last() else mark("There was no last time yet")

    return (
        Entry("new", mark("New"), ("Ctrl+N",), documents.new),
        Entry("article", mark("The article’s first listing, as printed"), (), documents.article),
        Entry("last", mark("The experiment of last time"), (), documents.last_time, without_last),
        Entry("open", mark("Open…"), ("Ctrl+O",), documents.open),
        Entry("save", mark("Save"), ("Ctrl+S",), documents.save),
        Entry("save_as", mark("Save as…"), ("Ctrl+Shift+S",), documents.save_as),
        Entry("quit", mark("Quit"), ("Ctrl+Q",), quit_program),
    )


class Menus:
    """Builds the menus once and names them in the language of the state."""

    def __init__(self, window: QMainWindow, actions: Actions, session: Session) -> None:
        self._window, self._actions, self._session = window, actions, session
        self._menus: list[tuple[QMenu, str]] = []
        self._choices: list[tuple[QAction, Callable[[Look], str], Callable[[Look], bool]]] = []
        files = self._menu(mark("&File"))
        self._add(files, ("new", "article", "last"))
        files.addSeparator()
        self._add(files, ("open", "save", "save_as"))
        files.addSeparator()
        self._add(files, ("quit",))
        self._add(self._menu(mark("&Edit")), ("undo", "redo", "copy"))
        run = self._menu(mark("&Run"))
        self._add(run, ("play",))
        run.addSeparator()
        self._add(run, ("next_step", "next_sample", "next_epoch", "end"))
        run.addSeparator()
        self._add(run, ("previous_step", "previous_sample", "previous_epoch", "start"))
        run.addSeparator()
        self._add(run, ("cancel",))
        self._build_view()
        self._add(self._menu(mark("&Help")), ("keys", "about"))

    def _menu(self, name: str, parent: QMenu | None = None) -> QMenu:
        menu = parent.addMenu("") if parent else self._window.menuBar().addMenu("")
        self._menus.append((menu, name))
        return menu

    def _add(self, menu: QMenu, names: Iterable[str]) -> None:
        for name in names:
            menu.addAction(self._actions[name])

    def _build_view(self) -> None:
        view = self._menu(mark("&View"))
        language = self._menu(mark("Language"), view)
        group = QActionGroup(language)
        for code, own_name in LANGUAGES.items():
            self._choose(language, group, ("language", code), _always(own_name))
        theme = self._menu(mark("Theme"), view)
        group = QActionGroup(theme)
        for name, words in CHOICES.items():
            self._choose(theme, group, ("theme", name), _said(words))
        digits = self._menu(mark("Significant digits"), view)
        group = QActionGroup(digits)
        for number in _DIGITS:
            self._choose(digits, group, ("digits", number), _always(str(number)))
        view.addSeparator()
        self._switch(view, "movement", mark("Movement"))
        self._switch(view, "logarithmic", mark("Logarithmic loss"))
        view.addSeparator()
        self._panels = view.addMenu("")
        self._menus.append((self._panels, mark("Panels")))
        self._add(view, ("layout",))

    def add_panel(self, action: QAction) -> None:
        """Let a panel be shown and hidden from the View menu."""
        self._panels.addAction(action)

    def _choose(
        self,
        menu: QMenu,
        group: QActionGroup,
        choice: tuple[str, object],
        text: Callable[[Look], str],
    ) -> None:
        field, value = choice
        action = menu.addAction("")
        action.setCheckable(True)
        group.addAction(action)
        action.triggered.connect(lambda _on=False: self._session.set_look(**{field: value}))
        self._choices.append((action, text, lambda look: getattr(look, field) == value))

    def _switch(self, menu: QMenu, field: str, text: str) -> None:
        action = menu.addAction("")
        action.setCheckable(True)
        action.triggered.connect(lambda on: self._session.set_look(**{field: on}))
        self._choices.append((action, _said(text), lambda look: bool(getattr(look, field))))

    def present(self, state: State) -> None:
        """Name the menus and check what is chosen."""
        say = speech(state.look.language)
        for menu, name in self._menus:
            menu.setTitle(say(name))
        for action, text, chosen in self._choices:
            action.setText(text(state.look))
            action.setChecked(chosen(state.look))


def _always(text: str) -> Callable[[Look], str]:
    return lambda _look: text


def _said(text: str) -> Callable[[Look], str]:
    return lambda look: speech(look.language)(text)
