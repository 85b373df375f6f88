"""Internal errors: noted once, kept in a file, shown by `Help → Report a problem…`. No Qt.

A fault is an unexpected exception. What a user can correct is a `UserError` instead.
"""

import os
import sys
from collections import Counter, deque
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import NamedTuple

_KEPT = 20
"""The number of faults that are remembered until the window is closed."""

_SIZE, _FORMER = 256 * 1024, 1
"""In bytes: the largest size of the file before a new one begins, and how many former ones stay."""

_LONGEST = 20_000
"""In characters: of longer details the middle is left away, as in a recursion without end."""


class Fault(NamedTuple):
    """An exception: in which part, what it says, where it was raised, and what was open then."""

    part: str
    summary: str
    details: str
    context: str


class Kept:
    """What is done within hands its exception to `failed`, else calls `went_well`, if given.

    It is entered many times in each frame: a generator would take three times as long.
    """

    __slots__ = ("_failed", "_went_well")

    def __init__(
        self, failed: Callable[[Exception], None], went_well: Callable[[], None] | None = None
    ) -> None:
        self._failed, self._went_well = failed, went_well

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(
        self, _kind: type[BaseException] | None, raised: BaseException | None, _at: object
    ) -> bool:
        """Keep an exception; none that ends the program."""
        if raised is None:
            if self._went_well is not None:
                self._went_well()
        elif isinstance(raised, Exception):
            self._failed(raised)
            return True
        return False


class Faults:
    """The faults of this process.

    `count` is how many there were, `noted` the last different ones. `context` says what is open,
    for the file; the functions in `listeners` are called for every fault.
    """

    def __init__(self) -> None:
        self.count = 0
        self.noted: deque[Fault] = deque(maxlen=_KEPT)
        self.listeners: list[Callable[[BaseException], None]] = []
        self.context: Callable[[], str] = str
        self._times: Counter[tuple[object, ...]] = Counter()
        self._lock = Lock()

    def note(self, part: str, raised: BaseException) -> None:
        """Take an exception down; the same again is counted, and hardly written."""
        self.count += 1
        with self._lock:
            seen = part, type(raised), _place(raised.__traceback__)
            self._times[seen] += 1
            times = self._times[seen]
            if times == 1:
                fault = Fault(part, _summary(raised), _details(raised), self._told())
                first = not self.noted
                self.noted.append(fault)
                _write(f"{text_of(fault)}\n{environment()}" if first else text_of(fault))
            elif times in (10, 100, 1000):
                _write(f"{part}: {_summary(raised)} ({times} times)")
        for listener in tuple(self.listeners):
            listener(raised)

    def kept_in(self, part: str) -> "Kept":
        """Let no exception out of a part of the program, but note it."""
        return Kept(lambda raised: self.note(part, raised))

    def _told(self) -> str:
        context, self.context = self.context, str
        try:
            return context()
        except Exception as raised:  # noqa: BLE001 - what is open may itself be what is broken
            return f"({_summary(raised)})"
        finally:
            self.context = context


faults = Faults()


def watch() -> None:
    """Note, from now on, every exception that is not caught, in this thread and in others."""
    import threading  # noqa: PLC0415 - the window is seen earlier without it

    former, former_of_threads = sys.excepthook, threading.excepthook

    def caught(kind: type[BaseException], raised: BaseException, at: TracebackType | None) -> None:
        if isinstance(raised, Exception):
            faults.note("window", raised.with_traceback(at))
        else:
            former(kind, raised, at)

    def caught_in_thread(told: threading.ExceptHookArgs) -> None:
        if isinstance(told.exc_value, Exception):
            faults.note(told.thread.name if told.thread else "thread", told.exc_value)
        else:
            former_of_threads(told)

    sys.excepthook, threading.excepthook = caught, caught_in_thread


def log_file() -> Path:
    """Return the file that faults are written to, in the place that the platform has for it."""
    home = Path.home()
    if sys.platform == "win32":
        folder = Path(os.environ.get("LOCALAPPDATA") or home / "AppData/Local") / "Chainstep"
    elif sys.platform == "darwin":
        folder = home / "Library/Logs/Chainstep"
    else:
        folder = Path(os.environ.get("XDG_STATE_HOME") or home / ".local/state") / "chainstep"
    return folder / "problems.log"


def written() -> str:
    """Return what the file says, of earlier sessions too; nothing where there is none."""
    try:
        return log_file().read_text("utf-8", errors="replace")
    except (OSError, RuntimeError):
        return ""


def text_of(fault: Fault) -> str:
    """Return all that is known of a fault."""
    return "\n".join(filter(None, (f"{fault.part}: {fault.summary}", fault.details, fault.context)))


def environment() -> str:
    """Return the versions of all that takes part, a line each."""
    import platform  # noqa: PLC0415 - for a report alone
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415

    lines = []
    for name in ("chainstep", "PySide6-Essentials", "pyqtgraph", "numpy", "numba"):
        try:
            lines.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            lines.append(f"{name} –")
    return "\n".join(
        (*lines, f"Python {platform.python_version()}", platform.platform(), f"at {sys.prefix}")
    )


def _summary(raised: BaseException) -> str:
    return f"{type(raised).__name__}: {raised}"[:200]


def _details(raised: BaseException) -> str:
    import traceback  # noqa: PLC0415 - for a fault alone

    text = "".join(traceback.format_exception(raised)).rstrip()
    half = _LONGEST // 2
    return text if len(text) <= _LONGEST else f"{text[:half]}\n…\n{text[-half:]}"


def _place(at: TracebackType | None) -> tuple[str, int] | None:
    """Return the file and the line where an exception was raised."""
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    return None if at is None else (at.tb_frame.f_code.co_filename, at.tb_lineno)


def _write(text: str) -> None:
    """Add an entry to the file; where that can't be, it stays in memory alone."""
    import logging.handlers  # noqa: PLC0415 - for a fault alone

    try:
        path = log_file()
        path.parent.mkdir(parents=True, exist_ok=True)
        file = logging.handlers.RotatingFileHandler(
            path, maxBytes=_SIZE, backupCount=_FORMER, encoding="utf-8", errors="replace"
        )
    except (OSError, RuntimeError):  # there may be no home
        return
    file.setFormatter(logging.Formatter("%(asctime)s %(message)s\n"))
    # Not even a full disk is worth another exception.
    file.handleError = lambda _record: None  # type: ignore[method-assign, assignment]
    file.emit(logging.LogRecord("chainstep", logging.ERROR, "", 0, text, None, None))
    file.close()
