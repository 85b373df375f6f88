"""How the commands write numbers, and tell how long something takes."""

import math
import sys
import time
from typing import Any

from engine.pace import Pace


def strict(value: Any) -> Any:  # noqa: ANN401 - JSON may be anything
    """Return `value` with null for what JSON has no number for: infinities and NaN."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {name: strict(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [strict(inner) for inner in value]
    return value


def plain(value: float) -> str:
    """Return the shortest text that reads back to `value`, without a needless .0."""
    return repr(value).removesuffix(".0")


class Patience:
    """Tells on stderr, while something takes long, how far it is and how long it will take.

    It is called now and then with the share that is done, from 0 to 1.
    """

    _EVERY = 2.0
    """In seconds."""

    def __init__(self) -> None:
        self._pace, self._told = Pace(), time.monotonic()

    def __call__(self, share: float) -> None:
        """Tell, if there is something new to be told."""
        progress, now = self._pace.at(share), time.monotonic()
        if progress.time_left is None or now - self._told < self._EVERY:
            return
        self._told = now
        left = _duration(progress.time_left)
        print(f"{100 * share:.2g} % done, about {left} left", file=sys.stderr, flush=True)


def _duration(seconds: float) -> str:
    """Return a time in the largest unit of which it has two or more, rounded up."""
    for name, unit in (("years", 365 * 86400), ("days", 86400), ("h", 3600), ("min", 60)):
        if seconds >= 2 * unit:
            return f"{math.ceil(seconds / unit)} {name}"
    return f"{math.ceil(seconds)} s"
