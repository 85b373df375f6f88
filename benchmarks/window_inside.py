"""The window that `benchmarks.window` measures, in a process of its own."""

import json
import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QImage

from benchmarks.window import FEW, Times
from engine import Experiment, random_weights
from gui.shell.app import Chainstep, application
from gui.shell.garbage import Collector
from gui.shell.settings import Settings
from gui.state import Look
from gui.state.intents import Seek

_INTENTS = 100

_PATIENCE = 2.0
"""In seconds."""


class Paints(QObject):
    """Notes when the window has been painted, in seconds of the processor."""

    def __init__(self) -> None:
        super().__init__()
        self.ends: list[float] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Let the window paint, and look at the clock."""
        if event.type() != QEvent.Type.UpdateRequest:
            return False
        watched.event(event)
        self.ends.append(time.thread_time())
        return True


class Measured:
    """An open window, and the times of what is asked of it."""

    def __init__(self, layers: int, updates: int, panel: str) -> None:
        self._app = application()
        look = Look(theme="light", movement=False, panel=panel)
        self._program = Chainstep(self._app, Settings(), look)
        weights = Experiment().weights if layers == FEW else random_weights(layers, 1)
        self._program.open_at_once(Experiment(weights=weights, epochs=updates // 2))
        self._program.window.resize(1440, 900)
        self._program.window.show()
        self._program.add_parts()
        # As in the window that `gui.shell.start` opens.
        self._collector = Collector()
        self._program.session.changed.connect(self._collector.wake)
        self._canvas = QImage(self._program.window.size(), QImage.Format.Format_RGB32)
        self._paints = Paints()
        self._program.window.installEventFilter(self._paints)

    def _settle(self, patience: float = 0.0) -> None:
        for _ in range(10):
            self._app.processEvents()
        # A map of so long a run takes minutes: it is drawn in the background.
        latest = time.perf_counter() + patience
        while not self._program.parts.panels.done and time.perf_counter() < latest:
            self._app.processEvents()

    def _times(self, act: Callable[[int], None]) -> Times:
        first, whole, wall = [], [], []
        ends = self._paints.ends
        self._settle(_PATIENCE)
        for i in range(_INTENTS):
            ends.clear()
            began, now = time.thread_time(), time.perf_counter()
            act(i)
            while not ends:
                self._app.processEvents()
            # All else is shown in the next turn, laid out and painted in those after it.
            for _ in range(4):
                self._app.processEvents()
            first.append(ends[0] - began)
            whole.append(ends[-1] - began)
            wall.append(time.perf_counter() - now)
            self._settle()
        return Times(first, whole, wall)

    def _redraw(self, _: int) -> None:
        """Paint every part once; parts that are all asked to paint are mostly painted twice."""
        self._program.window.render(self._canvas)
        self._paints.ends.append(time.thread_time())

    def all(self, *, redrawn: bool) -> dict[str, Times]:
        """Return the times of every kind of intent, also of those that redraw everything."""
        session, timeline = self._program.session, self._program.window.timeline
        last = session.state.last
        intents: dict[str, Callable[[int], None]] = {
            "step": lambda _: session.step(1),
            "seek": lambda i: session.seek((i * 7919 * last // 100_003) % last),
            "slider": lambda i: timeline.wished.emit(Seek(last - i * last // _INTENTS)),
        }
        anew: dict[str, Callable[[int], None]] = {
            "redraw": self._redraw,
            "language": lambda i: session.set_look(language=("zh_CN", "en")[i % 2]),
            "theme": lambda i: session.set_look(theme=("dark", "light")[i % 2]),
        }
        found = {
            name: self._times(act) for name, act in (intents | (anew if redrawn else {})).items()
        }
        self._program.window.close()
        return found


if __name__ == "__main__":
    layers, updates, panel, redrawn = sys.argv[1:]
    measured = Measured(int(layers), int(updates), panel).all(redrawn=redrawn == "redrawn")
    print(json.dumps(measured))
