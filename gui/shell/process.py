"""What a process owes the system that started it: its streams, its signals, its exit status.

It is imported before all else, and imports next to nothing: a signal may come at any moment.
"""

import io
import os
import signal
import sys
from collections.abc import Callable
from types import FrameType

_HARMLESS = ("replace", "ignore", "backslashreplace", "xmlcharrefreplace", "namereplace")
"""What Python may do with a sign that the terminal does not know, instead of giving up."""

_SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)

_WRITING = __name__.partition("gui")[0] + "engine.files.writing"
"""The module that writes files; an installed Chainstep has it below `chainstep`."""

_ours = [False]


def _begin() -> None:
    """Prepare the streams and signals of this process, before anything is imported or opened."""
    _fill_gaps()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.errors not in _HARMLESS:
            stream.reconfigure(errors="replace")
    for number in _SIGNALS:
        # What was ignored stays ignored: nohup, a shell's background jobs.
        if signal.getsignal(number) not in (signal.SIG_IGN, None):
            signal.signal(number, leave)
    if hasattr(signal, "pthread_sigmask"):
        # `run.py` holds them back until there is somebody to hear them.
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)


def is_ours() -> bool:
    """Whether the program owns this process, instead of being called as a function that returns."""
    return _ours[0]


def run(work: Callable[[], int]) -> int:
    """Do the work of this process; return the exit status, once all that was printed arrived."""
    _ours[0] = True
    _begin()
    status = 0
    try:
        status = work()
        sys.stdout.flush()
    except OSError as fault:
        from engine.commands.streams import abandon, tell  # noqa: PLC0415 - for this case

        abandon(sys.stdout)
        if isinstance(fault, BrokenPipeError):
            # The reader of a pipe (head, less) has seen enough.
            return status or 1
        tell(f"chainstep: {fault.filename or 'standard output'}: {fault.strerror}")
        return status or 2
    return status


def _fill_gaps() -> None:
    """Open what is closed of the three streams, so that no file gets their numbers.

    What can't be read from, or written to, says so to whoever tries; what is told, goes nowhere.
    """
    for number, flags in enumerate((os.O_WRONLY, os.O_RDONLY, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, flags)  # it gets the lowest free number
    if sys.__stdout__ is None:
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    if sys.__stderr__ is None:
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115


def leave(number: int, _frame: FrameType | None = None) -> None:
    """End at once and in silence, as the signal of this number asks.

    An exception instead would come out of whatever runs: an import, a destructor, the middle of
    Numba, which does not survive it.
    """
    # It may not be imported yet, or in part.
    discard = getattr(sys.modules.get(_WRITING), "discard_unfinished", None)
    if discard is not None:
        discard()
    os._exit(128 + number)
