"""Has what happens said, once each, as long as a screen reader listens."""

from time import monotonic

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from gui.shell.announcing.picture import announcement
from gui.state import State
from gui.state.session import Session
from gui.widgets.accessible import announce, listening, tell_changes

_APART = 2.0
"""In seconds: while playing fast, so much lies between two announcements at least."""


class Announcer(QObject):
    """Follows a session; `chain` is the widget in whose name it speaks.

    What follows at once is told together: only the state in which it ends is described.
    """

    def __init__(self, session: Session, chain: QWidget) -> None:
        super().__init__(chain)
        self._session, self._chain = session, chain
        self._former: State | None = None
        self._heard = session.state.run
        self._said = 0.0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._tell)
        session.changed.connect(self._follow)
        self._last = session.state

    def _follow(self, state: State) -> None:
        """Take notice of a state; nothing else is done while nobody listens."""
        former, self._last = self._last, state
        if not listening():
            self._former, self._heard = None, state.run
        elif self._former is None:
            self._former = former
            self._soon.start(0)

    def _tell(self) -> None:
        former, state = self._former, self._session.state
        self._former = None
        if former is None:
            return
        tell_changes(self._chain)
        words, at_once = announcement(former, state, self._heard)
        if not state.typing and state.progress is None:
            self._heard = state.run
        now = monotonic()
        if words and not (state.playing and now - self._said < _APART):
            self._said = now
            announce(self._chain, words, at_once=at_once)
