"""Chainstep as it is, except that it tells on request which texts are to be seen in its window.

For test_listening: what is seen and what a screen reader is told are then of the same moment. It
obeys lines of its input; each answer is a line of JSON.
"""

import json
import sys
from threading import Thread

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from gui.__main__ import main
from gui.shell.window import Window
from tests.gui.sighted import Sight, watching


class Asked(QObject):
    """Waits for questions in a thread, and has them answered in the thread of the window."""

    came = Signal()

    def __init__(self, sight: Sight) -> None:
        super().__init__()
        self._sight = sight
        self.came.connect(self._answer, Qt.ConnectionType.QueuedConnection)
        Thread(target=self._wait, daemon=True).start()

    def _wait(self) -> None:
        for _ in sys.stdin:
            self.came.emit()

    def _answer(self) -> None:
        seen: list[str] = []
        for window in QApplication.topLevelWidgets():
            if window.objectName() == "stage" and window.isVisible():
                seen = self._sight.look(window)
                break  # it lies over the window
            if isinstance(window, Window):
                seen = self._sight.look(window)
        sys.stdout.write(json.dumps(seen) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    with watching() as sight:
        asked = Asked(sight)
        sys.exit(main())
