"""How the commands write numbers and files, and show their progress."""

import json
import math
import sys
import time
from collections.abc import Iterable, Iterator
from threading import Event, Lock, Thread
from typing import Any, Self, TypeVar

from engine.commands.streams import STANDARD_STREAM, tell
from engine.files.writing import write_atomically
from engine.training.pace import Pace, Progress
from engine.user_error import named

_Item = TypeVar("_Item")

_LITTLE = 0.001
"""A smaller share than this is not told in figures."""


def strict(value: Any) -> Any:  # noqa: ANN401 - JSON may be anything
    """Return `value` with null for what JSON has no number for: infinities and NaN."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {name: strict(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [strict(inner) for inner in value]
    return value


def print_json(value: Any) -> None:  # noqa: ANN401 - JSON may be anything
    """Print strict JSON in ASCII, which every terminal can show."""
    print(json.dumps(strict(value)))


def plain(value: float) -> str:
    """Return the shortest text that reads back to `value`, without a needless .0."""
    return repr(value).removesuffix(".0")


def write(path: str, content: str | bytes | Iterable[str]) -> None:
    """Write a file, whole or not at all; where its folder forbids that, overwrite it and say so.

    The path - is standard output. Raises OSError.
    """
    if path == STANDARD_STREAM and not isinstance(content, bytes):
        sys.stdout.writelines([content] if isinstance(content, str) else content)
        return
    write_atomically(path, content, in_place=lambda: _tell_of_place(path))


def _tell_of_place(path: str) -> bool:
    tell(f"{named(path)}: its folder lets no file be replaced, so it is overwritten as it stands")
    return True


class Patience:
    """Shows on stderr the progress of long work, and the time left.

    It is called now and then with the share that is done, from 0 to 1. As a context manager it also
    writes between the calls. Not while results are printed: a slow reader would look like slow
    work.
    """

    _FIRST, _EVERY = 1.25, 2.0
    """In seconds: the time before the first report, and the interval of those that follow."""

    _LOOK = 0.25

    def __init__(self) -> None:
        self._lock, self._over = Lock(), Event()
        self._pace, self._progress = Pace(), Progress(0.0, None)
        self._began = time.monotonic()
        self._told = self._began + self._FIRST - self._EVERY

    def __call__(self, share: float) -> None:
        """Store the share that is done, and write it if it is time."""
        self._progress = self._pace.at(share)
        if self._progress.time_left is not None:
            self._tell_in_time()

    def over(self, items: Iterable[_Item], total: int) -> Iterator[_Item]:
        """Yield the `total` items, and show the progress meanwhile."""
        self._pace = Pace()
        for i, item in enumerate(items):
            self(i / total)
            yield item

    def __enter__(self) -> Self:
        """Start to write the progress between calls, too."""
        self._watch = Thread(target=self._keep_watch, daemon=True)
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop writing between calls."""
        self._over.set()
        self._watch.join()

    def _keep_watch(self) -> None:
        while not self._over.wait(self._LOOK):
            self._tell_in_time()

    def _tell_in_time(self) -> None:
        with self._lock:
            now = time.monotonic()
            if now - self._told >= self._EVERY:
                self._told = now
                tell(self._words(now))

    def _words(self, now: float) -> str:
        share, left = self._progress
        if share >= 1:
            return "nearly done"
        if not share:
            return f"{now - self._began:.0f} s so far"
        percent = f"{min(100 * share, 99):.2g} % done" if share >= _LITTLE else "<0.1 % done"
        return percent if left is None else f"{percent}, about {_duration(left)} left"


def _duration(seconds: float) -> str:
    """Return a time in the largest unit of which it has two or more, rounded up."""
    for name, unit in (("years", 365 * 86400), ("days", 86400), ("h", 3600), ("min", 60)):
        if seconds >= 2 * unit:
            return f"{math.ceil(seconds / unit)} {name}"
    return f"{math.ceil(seconds)} s"
