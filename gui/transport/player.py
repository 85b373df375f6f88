"""Plays a run: a timer that steps. It holds no position of its own."""

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

from engine import Phase
from gui.state import State
from gui.state.session import Session
from gui.transport.speeds import can_be_followed

_FRAME = 16
"""In milliseconds: faster than one step a frame, each frame takes several."""

_READING, _LONGER = 2.0, 4.0
"""In seconds: how long the first step of a phase that begins for the first time stays, long enough
to
read its sentence; and the largest multiple of the time of any other step."""


class Player(QObject):
    """Steps forward while the state says that it plays, as fast as the look says.

    In the first sample it waits at the beginning of each phase, if it plays so slowly that a step
    can be followed.
    """

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
        pause = max(_FRAME, round(1000 * seconds(state)))
        if not self._timer.isActive():
            self._clock.start()
            self._owed = 0.0
            self._timer.start(pause)
        elif self._timer.interval() != pause:
            self._timer.start(pause)

    def _tick(self) -> None:
        # The clock counts, not the ticks: a busy machine shows fewer frames at the same pace.
        speed = self._session.state.look.speed
        self._owed += self._clock.restart() * speed / 1000
        # What is to be followed is never skipped.
        steps = 1 if can_be_followed(speed) else max(1, int(self._owed))
        self._owed = 0.0 if can_be_followed(speed) else max(0.0, self._owed - steps)
        self._session.step(steps)
        if self._session.state.index == self._session.state.last:
            self._session.play(False)


def seconds(state: State) -> float:
    """Return how long the state's step is shown before the next one."""
    usual = 1 / state.look.speed
    if not (can_be_followed(state.look.speed) and _begins_phase(state)):
        return usual
    return max(usual, min(_READING, _LONGER * usual))


def _begins_phase(state: State) -> bool:
    """Tell whether the latest step is the run's first one forward, of the loss, back, or update."""
    if not 0 < state.index <= state.per_sample:
        return False
    *before, present = (_of(step.phase) for step in state.steps[: state.index])
    return present not in before


def _of(phase: Phase) -> Phase:
    """Return the phase, the whole way back as one."""
    return Phase.SEED if phase in (Phase.GRADIENT, Phase.PASS_ON) else phase
