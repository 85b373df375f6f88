"""The menu of recent experiments."""

from datetime import datetime

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMenu

from engine.words import mark
from gui.language import speech
from gui.shell.files.documents import Documents
from gui.shell.files.recent import recent_picture
from gui.state import State
from gui.state.record import Entry
from gui.widgets.memo import Memo


class RecentMenu:
    """Lists recent experiments in a menu; the list is read again whenever it is opened."""

    def __init__(self, menu: QMenu, documents: Documents) -> None:
        self._menu, self._documents = menu, documents
        self._language = ""
        self._shown = Memo[tuple[Entry, ...]]()
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(self._fill)
        # Not within the click on an entry, which is replaced here.
        documents.when_listed(lambda: QTimer.singleShot(0, menu, self._fill))

    def present(self, state: State) -> None:
        """Name the entries in the language of the state."""
        if state.look.locale != self._language:
            self._language = state.look.locale
            self._fill()

    def _fill(self) -> None:
        entries = self._documents.recent
        if self._shown.renew(entries):
            self._make(entries)
        self._name(entries)

    def _make(self, entries: tuple[Entry, ...]) -> None:
        self._menu.clear()
        for entry in entries:
            action = self._menu.addAction("")
            action.triggered.connect(lambda _on=False, entry=entry: self._documents.recall(entry))
        if entries:
            self._menu.addSeparator()
            clear = self._menu.addAction("")
            clear.triggered.connect(lambda _on=False: self._documents.forget_recent())
        else:
            self._menu.addAction("").setEnabled(False)

    def _name(self, entries: tuple[Entry, ...]) -> None:
        say, now = speech(self._language or "en"), datetime.now().astimezone()
        actions = self._menu.actions()
        for action, entry in zip(actions, entries, strict=False):
            picture = recent_picture(entry, now, say)
            action.setText(picture.text.replace("&", "&&"))
            action.setToolTip(picture.hint)
        last = mark("Clear the list") if entries else mark("Nothing was open before")
        actions[-1].setText(say(last))
