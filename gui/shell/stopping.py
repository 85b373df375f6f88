"""What asks the process to end (Ctrl+C in the terminal, kill, a closed terminal) closes the window.

While Qt waits for events, Python's own handlers of signals don't run. The numbers of the signals
are read from a pipe, on a thread that nothing can keep waiting.
"""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from gui.shell.process import is_ours, leave

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")

FAILED = 128
"""A process that ended because of a signal has the status 128 + its number."""


class Stopping(QObject):
    """`asked` carries the number of the signal that asks to end; the second one ends at once."""

    asked = Signal(int)

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Listen for signals. A signal that was ignored at the start (nohup) stays ignored."""
        reading, writing = os.pipe()
        if sys.platform != "win32":  # which does not ask for it, and has no such function in 3.11
            os.set_blocking(writing, False)
        former = {}
        for name in _NAMES:
            number = getattr(signal, name, None)
            ignored = (None, signal.SIG_IGN)
            if number is not None and signal.getsignal(number) not in ignored:
                former[number] = signal.signal(number, lambda _number, _frame: None)
        before = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
        threading.Thread(target=self._listen, args=(reading,), name="signals", daemon=True).start()
        try:
            yield
        finally:
            signal.set_wakeup_fd(before)
            for number, handler in former.items():
                signal.signal(number, handler)
            os.close(writing)

    def _listen(self, reading: int) -> None:
        asked = False
        while number := os.read(reading, 1):
            if number[0] not in {getattr(signal, name, None) for name in _NAMES}:
                continue
            if asked:
                leave(number[0])
            asked = True
            self.asked.emit(number[0])
        os.close(reading)


def leave_at_once(status: int) -> None:
    """End the process, if it is ours or something in it still computes; else do nothing.

    All is kept by now. Python would wait for threads that compile, and to take the window apart
    takes longer than to leave; but what was copied is handed over only by a Qt that ends.
    """
    me = threading.current_thread()
    busy = any(not t.daemon and t is not me for t in threading.enumerate())
    if busy or (is_ours() and not QGuiApplication.clipboard().ownsClipboard()):
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):  # whoever read them may be gone
                stream.flush()
        os._exit(status)
