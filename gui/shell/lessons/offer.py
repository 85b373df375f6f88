"""What a first start offers, once: lesson 1. It waits in the status line and asks for nothing."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from gui.language import speech
from gui.state import State
from gui.theme import dressed
from gui.widgets.button import Button


class Offer(QWidget):
    """Offers lesson 1: `begun` tells that it was taken, `closed` that it was not."""

    begun = Signal()
    closed = Signal()

    def __init__(self, minutes: int) -> None:
        super().__init__()
        self.setObjectName("lesson offer")
        self._minutes = minutes
        self._words, self._begin, self._close = QLabel(), Button(role="play"), Button("x", "plain")
        self._begin.setObjectName("begin lesson 1")
        self._close.setObjectName("close lesson offer")
        self._begin.clicked.connect(self.begun)
        self._close.clicked.connect(self.closed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 10, 0)
        for part in (self._words, self._begin, self._close):
            row.addWidget(part)

    def present(self, state: State) -> None:
        """Show it in the language of the state."""
        say, theme = speech(state.look.locale), dressed(state.look)
        words = say("New here? Lesson 1 takes {number} minutes.").format(number=self._minutes)
        self._words.setText(words)
        self._begin.present(theme, say("Begin lesson 1"), words)
        self._close.present(theme, "", say("Not now"), icon_only=True)
