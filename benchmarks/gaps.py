"""The longest gap in the window's event loop while a long run trains."""

import json
import sys
import time
from collections.abc import Iterator

from benchmarks.table import Row, duration, spread
from benchmarks.timing import in_own_process

_MOST = 0.05


def uninterrupted(updates: int) -> Iterator[Row]:
    """Train while the window is open, importing and compiling included."""
    idle, busy, seconds = in_own_process("-m", __name__, str(updates))
    _, late, longest = spread(busy)
    told = f"longest {duration(longest)}, p99 {duration(late)}, in {seconds:.3g} s"
    against = f"the window alone: {duration(max(idle))}"
    yield Row("while it trains", told, against, f"≤ {duration(_MOST)}", longest <= _MOST)


def main(updates: int) -> None:
    """Print the gaps of the window alone, those while it trains, and how long that took."""
    from PySide6.QtCore import Qt, QTimer  # noqa: PLC0415 - in this process alone

    from engine import Experiment  # noqa: PLC0415
    from gui.shell.app import Chainstep, application  # noqa: PLC0415
    from gui.shell.settings import Settings  # noqa: PLC0415
    from gui.state import Look  # noqa: PLC0415

    app = application()
    program = Chainstep(app, Settings(), Look(theme="light"))
    program.window.resize(1440, 900)
    program.show()
    gaps: list[float] = []
    latest = time.perf_counter()

    def tick() -> None:
        nonlocal latest
        now = time.perf_counter()
        gaps.append(now - latest)
        latest = now

    def wait(seconds: float) -> None:
        end = time.perf_counter() + seconds
        while time.perf_counter() < end or program.session.state.progress is not None:
            app.processEvents()

    wait(2)
    clock = QTimer()
    clock.setTimerType(Qt.TimerType.PreciseTimer)
    clock.timeout.connect(tick)
    clock.start(1)
    tick()
    gaps.clear()
    wait(2)
    idle, began = gaps.copy(), time.perf_counter()
    gaps.clear()
    program.session.replace_experiment(Experiment(epochs=updates // 2))
    wait(0.1)
    seconds = time.perf_counter() - began
    wait(0.5)
    print(json.dumps((idle, gaps, seconds)))
    program.window.close()


if __name__ == "__main__":
    main(int(sys.argv[1]))
