"""How far long work is, and how long it will still take."""

import time
from typing import NamedTuple

_SETTLED = 0.5
"""In seconds: the least time after which the time left can be estimated."""


class Progress(NamedTuple):
    """How far work has come: a share from 0 to 1, and the seconds left, or None."""

    share: float
    time_left: float | None


class Pace:
    """Tells from how fast work goes how long it will take.

    What comes before the first of it is done does not count: compiling, for one.
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
