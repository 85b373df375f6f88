"""The menu of what was open lately."""

from datetime import datetime

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMenu

from engine.problem import mark
from gui.documents import Documents
from gui.language import speech
from gui.pictures.recent import recent_picture
from gui.state import State


class RecentMenu:
    """Lists what was open lately in a menu, anew whenever that is opened."""

    def __init__(self, menu: QMenu, documents: Documents) -> None:
        self._menu, self._documents = menu, documents
        self._language = ""
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(self._fill)
        # Not within the click on an entry, which is replaced here.
        documents.when_listed(lambda: QTimer.singleShot(0, menu, self._fill))

    def present(self, state: State) -> None:
        """Name the entries in the language of the state."""
        if state.look.language != self._language:
            self._language = state.look.language
            self._fill()

    def _fill(self) -> None:
        say, now = speech(self._language or "en"), datetime.now().astimezone()
        entries = self._documents.recent
        self._menu.clear()
        for entry in entries:
            picture = recent_picture(entry, now, say)
            action = self._menu.addAction(picture.text.replace("&", "&&"))
            action.setToolTip(picture.hint)
            action.triggered.connect(lambda _on=False, entry=entry: self._documents.recall(entry))
        if not entries:
            self._menu.addAction(say(mark("Nothing was open before"))).setEnabled(False)
            return
        self._menu.addSeparator()
        clear = self._menu.addAction(say(mark("Clear the list")))
        clear.triggered.connect(lambda _on=False: self._documents.forget_recent())
