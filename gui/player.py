"""Plays a run: a timer that steps. It holds no position of its own."""

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

from gui.session import Session
from gui.state import State

_FRAME = 16
"""In milliseconds: faster than one step a frame, each frame takes several."""


class Player(QObject):
    """Steps forward while the state says that it plays, as fast as the look says."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)
        self._clock = QElapsedTimer()
        self._owed = 0.0

    def present(self, state: State) -> None:
        """Start, stop or change the pace, as `state` says."""
        if not state.playing:
            self._timer.stop()
            return
        pause = max(_FRAME, round(1000 / state.look.speed))
        if not self._timer.isActive():
            self._clock.start()
            self._owed = 0.0
            self._timer.start(pause)
        elif self._timer.interval() != pause:
            self._timer.start(pause)

    def _tick(self) -> None:
        # The clock counts, not the ticks: a busy machine shows fewer frames at the same pace.
        self._owed += self._clock.restart() * self._session.state.look.speed / 1000
        steps = max(1, int(self._owed))
        self._owed = max(0.0, self._owed - steps)
        self._session.step(steps)
        if self._session.state.index == self._session.state.last:
            self._session.play(False)
