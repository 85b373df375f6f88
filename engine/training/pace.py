"""The progress of long work: the share done, and the time left."""

import time
from typing import NamedTuple

_SETTLED = 0.5
"""In seconds: the least time after which the time left can be estimated."""


class Progress(NamedTuple):
    """The share of the work done, from 0 to 1, and the seconds left (None: not known yet)."""

    share: float
    time_left: float | None


class Pace:
    """Estimates the time left from the speed so far.

    The time before the first progress, such as compiling, is not counted.
    """

    def __init__(self) -> None:
        self._first = (0.0, 1.0)

    def at(self, share: float) -> Progress:
        """Return the progress, given the share of the work that is done."""
        now = time.perf_counter()
        began, before = self._first
        if share <= before:
            self._first = (now, share)
            return Progress(share, None)
        if now - began < _SETTLED:
            return Progress(share, None)
        return Progress(share, (now - began) / (share - before) * (1 - share))
