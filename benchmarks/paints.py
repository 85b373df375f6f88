"""The first paint, of the window and of the chain in it, against a bare PySide6 window."""

import statistics
from collections.abc import Iterator

from benchmarks.table import Row, at_most, duration
from benchmarks.timing import in_own_process

_TRIES = 15

_BARE = """
import time
start = time.perf_counter()
import json, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        print(json.dumps(time.perf_counter() - start))
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
import json, sys
times = []
def painted():
    times.append(time.perf_counter() - start)
from gui.__main__ import main
from gui.shell.start import Opening
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
fill = Opening._fill
def filled(self):
    painted()
    from gui.chain.view import ChainView
    paint = ChainView.paintEvent
    def paint_chain(self, event):
        paint(self, event)
        painted()
        print(json.dumps([*times, "numba" in sys.modules]))
        QTimer.singleShot(0, QApplication.quit)
        ChainView.paintEvent = paint
    ChainView.paintEvent = paint_chain
    fill(self)
Opening._fill = filled
main([])
"""


def first_painted() -> Iterator[Row]:
    """Start a bare window and ours in turn. Time counts from when Python itself has started."""
    bare, window, chain, numba = [], [], [], False
    for _ in range(_TRIES):
        bare.append(in_own_process("-c", _BARE))
        first, second, brought = in_own_process("-c", _OURS)
        window.append(first)
        chain.append(second)
        numba = numba or brought
    middle = statistics.median(bare)
    against = f"a bare PySide6 window's {duration(middle)}"
    first, second = statistics.median(window), statistics.median(chain)
    yield Row("the window", duration(first), *at_most(first / middle, 1.3, against))
    yield Row("the chain in it", duration(second), *at_most(second / middle, 1.6, against))
    loaded = "loaded" if numba else "not loaded"
    yield Row("Numba after that", loaded, "", "absent", not numba)
