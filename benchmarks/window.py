"""How quick the window is: its first paints against a bare window's, and what a key press costs.

    python benchmarks/window.py

Every figure is measured in this one run. The first paint is that of the window, bare on its
ground; the chain's is the first that has the chain in it. Both count from the command's first
line, after Python itself has started. A step, a seek and a slider move are timed from the
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
from typing import NamedTuple

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
def painted():
    print(time.perf_counter() - start, flush=True)
from gui.__main__ import main
from gui.start import Opening
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
fill = Opening._fill
def filled(self):
    painted()
    from gui.views.chain_view import ChainView
    paint = ChainView.paintEvent
    def paint_chain(self, event):
        paint(self, event)
        painted()
        QTimer.singleShot(0, QApplication.quit)
        ChainView.paintEvent = paint
    ChainView.paintEvent = paint_chain
    fill(self)
Opening._fill = filled
main([])
"""


class FirstPaints(NamedTuple):
    """Medians in seconds: of a bare window, of ours, and of the chain in it."""

    bare: float
    window: float
    chain: float


def first_paints() -> FirstPaints:
    """Start a bare window and ours in turn, and return when they painted first."""
    bare, window, chain = [], [], []
    for _ in range(15):
        bare += _seconds(_BARE)
        first, second = _seconds(_OURS)
        window.append(first)
        chain.append(second)
    return FirstPaints(*map(statistics.median, (bare, window, chain)))


def _seconds(program: str) -> list[float]:
    """Run a program in a process of its own and return the numbers that it prints."""
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", program],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parent.parent,
    )
    return [float(line) for line in done.stdout.split()]


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
    first = first_paints()
    print(f"first paint of a bare window {1000 * first.bare:4.0f} ms")
    for name, seconds in (("the window   ", first.window), ("the chain    ", first.chain)):
        print(f"first paint of {name} {1000 * seconds:4.0f} ms, ratio {seconds / first.bare:.2f}")
    for layers, epochs in ((3, 240), (3, 500_000), (64, 240), (64, 20_000)):
        measure(layers, epochs)


if __name__ == "__main__":
    main()
