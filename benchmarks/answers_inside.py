"""The windows that `benchmarks.answers` measures, each in a process of its own."""

import json
import sys
import threading
import time
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest

from engine import Experiment, random_weights
from gui.shell.app import Chainstep, application
from gui.shell.settings import Settings
from gui.state import Look, State

_LAYERS = 64

_REPEATS, _HELD = 30.0, 3.0
"""In keys a second, and in seconds: a key that is held."""

_CANCELLED = 30
"""So many trainings."""

_SETTLED, _AT_REST, _WATCHED = 3.0, 14.0, 6.0
"""In seconds. Until it is at rest, a window that is left alone may still tidy up."""


class Keyboard(QObject):
    """Holds →: a thread counts the time, and the window takes the keys as fast as it can."""

    def __init__(self, program: Chainstep) -> None:
        super().__init__()
        self._window = program.window.windowHandle()
        self._taken = 0
        self.waiting: list[int] = []

    def customEvent(self, _event: QEvent) -> None:  # noqa: N802
        """Let the window have a key."""
        self._taken += 1
        QTest.keyClick(self._window, Qt.Key.Key_Right)

    def hold(self) -> None:
        """Repeat the key, and note each time how many still wait."""
        began = time.perf_counter()
        for count in range(round(_REPEATS * _HELD)):
            time.sleep(max(0.0, began + count / _REPEATS - time.perf_counter()))
            self.waiting.append(count - self._taken)
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.User))


def wait(seconds: float) -> None:
    """Let the window run, asleep while nothing happens."""
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()


def held(program: Chainstep) -> tuple[int, int, int]:
    """Return how many keys wait when → is let go, the most that ever did, and how many steps."""
    keyboard, start = Keyboard(program), program.session.state.index
    holding = threading.Thread(target=keyboard.hold)
    holding.start()
    while holding.is_alive():
        wait(0.1)
    wait(1)
    return keyboard.waiting[-1], max(keyboard.waiting), program.session.state.index - start


def cancelled(program: Chainstep, updates: int) -> tuple[list[float], list[float]]:
    """Return the seconds from the key that cancels a training to the paint without it.

    First those of the clock, then those of the processor in the window's thread.
    """
    times, busy = list[float](), list[float]()
    session, painted = program.session, Painted()
    program.window.installEventFilter(painted)
    for count in range(_CANCELLED):
        session.replace_experiment(
            replace(Experiment(), epochs=updates // 2, learning_rate=0.01 + 0.001 * count)
        )
        # At another moment of the training each time, the first while it is compiled.
        wait(0.3 + 0.037 * count)
        painted.done = False
        began, used = time.perf_counter(), time.thread_time()
        QTest.keyClick(program.window.windowHandle(), Qt.Key.Key_Escape)
        while not _is_over(session.state) or not painted.done:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        times.append(time.perf_counter() - began)
        busy.append(time.thread_time() - used)
    return times, busy


class Painted(QObject):
    """Notes that the window has been painted."""

    done = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Let it paint first."""
        if event.type() != QEvent.Type.UpdateRequest:
            return False
        watched.event(event)
        self.done = True
        return True


def _is_over(state: State) -> bool:
    return state.progress is None


def idle() -> float:
    """Return the share of a processor that a window at rest takes."""
    wait(_AT_REST)
    began = time.process_time()
    wait(_WATCHED)
    return (time.process_time() - began) / _WATCHED


def main(what: str, updates: int) -> None:
    """Measure one of these, and print it."""
    program = Chainstep(application(), Settings(), Look(theme="light", movement=False))
    if what != "cancelled":
        weights = random_weights(_LAYERS, 1)
        program.open_at_once(Experiment(weights=weights, epochs=updates // 2))
    program.show()
    wait(_SETTLED)
    if what == "held":
        print(json.dumps(held(program)))
    elif what == "cancelled":
        print(json.dumps(cancelled(program, updates)))
    else:
        print(json.dumps(idle()))
    program.window.close()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
