"""What asks the process to end (Ctrl+C in the terminal, kill, a closed terminal) closes the window.

While Qt waits for events, Python's own handlers of signals don't run. The numbers of the signals
are read from a pipe, on a thread that nothing can keep waiting.
"""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, Signal

from gui.process import leave

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")

FAILED = 128
"""A process that ended because of a signal has the status 128 + its number."""


class Stopping(QObject):
    """`asked` carries the number of the signal that asks to end; the second one ends at once."""

    asked = Signal(int)

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Listen for signals. What the one who started us wants ignored (nohup) stays ignored."""
        reading, writing = os.pipe()
        os.set_blocking(writing, False)
        former = {}
        for name in _NAMES:
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) not in (
                signal.SIG_IGN,
                None,
            ):
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
    """End the process without waiting for what still computes or compiles; else do nothing.

    Python would wait for such threads, and to take the interpreter away from under a compiler may
    crash. All that is to be kept has to be kept before.
    """
    me = threading.current_thread()
    if any(not t.daemon and t is not me for t in threading.enumerate()):
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        os._exit(status)
