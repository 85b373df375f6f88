"""The program, playing at top speed from within; `soak` starts it on a display of its own."""

import json
import os
import sys
import threading
import time
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest

from gui.errors.faults import faults
from gui.shell.application import bare_application, set_background
from gui.shell.saved_values import SavedValues
from gui.shell.start import Opening
from gui.state import FASTEST


def resources() -> dict[str, int]:
    """Return the memory in bytes, the threads, and the open files of this process."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return {
        "memory": pages * os.sysconf("SC_PAGESIZE"),
        "threads": threading.active_count(),
        "handles": sum(1 for _ in Path("/proc/self/fd").iterdir()),
    }


class Player(QObject):
    """Plays a run again and again, panel after panel."""

    def __init__(self, opening: Opening, seconds: float, warm: float) -> None:
        super().__init__()
        self._opening, self._start, self._round = opening, time.monotonic(), 0
        self._warm: dict[str, int] = {}
        self._steps, self._index = 0, 0
        self._every = QTimer(self, interval=500)
        self._every.timeout.connect(self._go_on)
        QTimer.singleShot(3000, self._every.start)
        QTimer.singleShot(round(1000 * warm), self, self._note)
        QTimer.singleShot(round(1000 * seconds), self, lambda: self._opening.stop(0))

    def _note(self) -> None:
        self._warm = resources()

    def _go_on(self) -> None:
        program = self._opening._program
        assert program is not None
        session = program.session
        self._steps += abs(session.state.index - self._index)
        self._round += 1
        if not session.state.playing:
            if session.state.index == session.state.last:
                session.to_start()
            session.set_look(speed=FASTEST)
            session.play(playing=True)
        if self._round % 60 == 0:
            keys = [getattr(Qt.Key, f"Key_{n}") for n in range(1, 8)]
            QTest.keyClick(
                program.window, keys[self._round // 60 % 7], Qt.KeyboardModifier.ControlModifier
            )
        self._index = session.state.index

    def tell(self) -> None:
        """Print how it went."""
        details = [fault.details for fault in faults.noted]
        found = {"steps": self._steps, "warm": self._warm, "end": resources(), "faults": details}
        print(json.dumps(found), flush=True)


def main() -> None:
    """Start the program as a user does, and let it play."""
    seconds, warm = map(float, sys.argv[2:4])
    app = bare_application()
    values = SavedValues()
    set_background(app, values.text("look/theme"))
    opening = Opening(app, None, None)
    with opening.stopping.listening():
        opening.show(values)
        player = Player(opening, seconds, warm)
        app.exec()
        player.tell()
        opening.close()
    sys.stdout.flush()


if __name__ == "__main__":
    main()
