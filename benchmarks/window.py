"""How quick the window is: first paint against a bare window, and what a key press costs.

    python benchmarks/window.py

Every figure is measured in this one run. A step, a seek and a slider move are timed from the
intent to the end of painting, with the plots open and movement off, at 1440 × 900.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["XDG_CONFIG_HOME"] = tempfile.mkdtemp()
# As for anybody who starts it a second time: the bytecode is there.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from engine import Experiment, random_weights
from gui.app import Chainstep, application
from gui.settings import Settings
from gui.state import Look

_BARE = """
import sys, time
start = time.perf_counter()
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        print(time.perf_counter() - start)
        QTimer.singleShot(0, QApplication.quit)
app = QApplication(sys.argv)
window = Window()
window.resize(1440, 900)
window.show()
app.exec()
"""

_OURS = """
import time
start = time.perf_counter()
from PySide6.QtCore import QTimer
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
import gui.views.chain_view as view
paint = view.ChainView.paintEvent
def painted(self, event):
    paint(self, event)
    print(time.perf_counter() - start, flush=True)
    QTimer.singleShot(0, QApplication.quit)
    view.ChainView.paintEvent = paint
view.ChainView.paintEvent = painted
from gui.app import start as start_window
start_window(None, unseen=True)
"""


def first_paint() -> tuple[float, float]:
    """Return the medians, in seconds, of a bare window's first paint and of ours, interleaved."""
    times: dict[str, list[float]] = {_BARE: [], _OURS: []}
    for _ in range(9):
        for program, seconds in times.items():
            done = subprocess.run(  # noqa: S603 - our own interpreter
                [sys.executable, "-c", program],
                check=True,
                capture_output=True,
                text=True,
                cwd=Path(__file__).parent.parent,
            )
            seconds.append(float(done.stdout.split()[0]))
    return statistics.median(times[_BARE]), statistics.median(times[_OURS])


class Paints(QObject):
    """Counts how often a widget was painted."""

    count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Count, and let the event pass."""
        self.count += event.type() == QEvent.Type.Paint
        return False


def timed(app: QApplication, program: Chainstep, act: Callable[[int], None]) -> list[float]:
    """Return how long each of a hundred intents takes until all is painted, in milliseconds."""
    paints = Paints()
    program.window.chain.installEventFilter(paints)
    for _ in range(10):
        app.processEvents()
    taken = []
    for i in range(100):
        before = paints.count
        begin = time.perf_counter()
        act(i)
        while paints.count == before:
            app.processEvents()
        app.processEvents()
        taken.append(1000 * (time.perf_counter() - begin))
    return taken


def measure(layers: int, epochs: int) -> None:
    """Print the times of a chain of `layers` layers."""
    app = application()
    program = Chainstep(app, Settings(), Look(theme="light", movement=False))
    weights = Experiment().weights if layers == 3 else random_weights(layers, 1)  # noqa: PLR2004
    program.open_at_once(Experiment(weights=weights, epochs=epochs))
    program.window.resize(1440, 900)
    program.window.show()
    program.furnish()
    app.processEvents()
    session, last = program.session, program.session.state.last
    intents: dict[str, Callable[[int], None]] = {
        "step": lambda _i: session.step(1),
        "seek": lambda i: session.seek((i * 7919 * last // 100_003) % last),
        "slider": lambda i: program.window.timeline.sought.emit(last - i * last // 100),
    }
    for name, act in intents.items():
        taken = sorted(timed(app, program, act))
        print(
            f"n = {layers:2}, {2 * epochs:>9,} updates, {name:6}"
            f"  median {statistics.median(taken):5.1f} ms, p99 {taken[98]:5.1f} ms"
        )
    program.window.close()


def main() -> None:
    """Measure and print everything."""
    bare, ours = first_paint()
    print(f"first paint: bare window {1000 * bare:.0f} ms, Chainstep {1000 * ours:.0f} ms,")
    print(f"             ratio {ours / bare:.2f}")
    for layers, epochs in ((3, 240), (3, 500_000), (64, 240), (64, 20_000)):
        measure(layers, epochs)


if __name__ == "__main__":
    main()
