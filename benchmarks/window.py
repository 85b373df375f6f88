"""From an intent to the painted window: steps, seeks, the slider, and all of it drawn again.

Measured with the plots open and movement off, at 1440 × 900.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator

from benchmarks.table import Row, within
from benchmarks.timing import in_own_process

_FRAME = 0.016
_INTENTS = 200


def painted(*, long: bool) -> Iterator[Row]:
    """Ask for one thing so many times, for chains and runs of several lengths."""
    for layers in (3, 64):
        for updates in (100, 1_000_000, *((100_000_000,) if long else ())):
            times = in_own_process("-m", __name__, str(layers), str(updates))
            for name, seconds in times.items():
                what = f"n = {layers}, {updates:,} updates: {name}"
                yield Row(what, *within(seconds, _FRAME, "a frame"))


def main(layers: int, updates: int) -> None:
    """Print the seconds of every intent."""
    from PySide6.QtCore import QEvent, QObject  # noqa: PLC0415 - in this process alone
    from PySide6.QtWidgets import QWidget  # noqa: PLC0415

    from engine import Experiment, random_weights  # noqa: PLC0415
    from gui.shell.app import Chainstep, application  # noqa: PLC0415
    from gui.shell.settings import Settings  # noqa: PLC0415
    from gui.state import Look  # noqa: PLC0415
    from gui.state.intents import Seek  # noqa: PLC0415

    class Paints(QObject):
        """Counts how often a widget was painted."""

        count = 0

        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
            """Count, and let the event pass."""
            self.count += event.type() == QEvent.Type.Paint
            return False

    app = application()
    program = Chainstep(app, Settings(), Look(theme="light", movement=False))
    few = 3
    weights = Experiment().weights if layers == few else random_weights(layers, 1)
    program.open_at_once(Experiment(weights=weights, epochs=updates // 2))
    program.window.resize(1440, 900)
    program.window.show()
    program.add_parts()
    paints = Paints()
    program.window.chain.installEventFilter(paints)

    def timed(act: Callable[[int], None]) -> Iterator[float]:
        for _ in range(10):
            app.processEvents()
        for i in range(_INTENTS):
            before, began = paints.count, time.perf_counter()
            act(i)
            while paints.count == before:
                app.processEvents()
            app.processEvents()
            yield time.perf_counter() - began

    session, last = program.session, program.session.state.last

    def redraw(_: int) -> None:
        for widget in (program.window, *program.window.findChildren(QWidget)):
            widget.update()

    intents: dict[str, Callable[[int], None]] = {
        "step": lambda _: session.step(1),
        "seek": lambda i: session.seek((i * 7919 * last // 100_003) % last),
        "slider": lambda i: program.window.timeline.wished.emit(Seek(last - i * last // _INTENTS)),
        "redraw": redraw,
    }
    print(json.dumps({name: list(timed(act)) for name, act in intents.items()}))
    program.window.close()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
