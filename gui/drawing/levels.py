"""A line of any number of points, reduced to what a diagram of some width can show. No Qt."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_FIRST = 8
"""The number of points in one of the finest level that is kept; finer ones are quickly computed
again."""

_SHORTEST = 64
"""No level of fewer places is needed: the narrowest diagram has room for as many."""


class Levels:
    """A line through (x, y), x ascending, and its extremes in coarser and coarser levels.

    Each level has half as many places as the one before, so that all together take no more room
    than half of the line, and what is seen is found as fast in a million points as in a thousand.
    """

    def __init__(
        self, x: Floats, y: Floats, kept: list[tuple[Floats, Floats]] | None = None
    ) -> None:
        self._x, self._y = x, y
        self._kept: list[tuple[Floats, Floats]] = [] if kept is None else kept
        if kept is None and len(y) >= _FIRST * _SHORTEST:
            self._kept.append(_extremes(y, _FIRST))
            while len(self._kept[-1][0]) > _SHORTEST:
                lows, highs = self._kept[-1]
                self._kept.append((_paired(np.fmin, lows), _paired(np.fmax, highs)))

    def first(self, count: int) -> "Levels":
        """Return the levels of the line's first points; those of the whole line are used on."""
        return Levels(self._x[:count], self._y[:count], self._kept)

    def within(self, left: float, right: float, most: int) -> tuple[Floats, Floats]:
        """Return the line from x = left to right, and a little beyond, in about `most` points.

        Where there are more, neighbours are drawn together, as a stroke from the highest to the
        lowest of them, so that no peak is lost. NaN is left out beside numbers.
        """
        first = max(int(np.searchsorted(self._x, left, side="right")) - 1, 0)
        end = min(int(np.searchsorted(self._x, right, side="left")) + 1, len(self._x))
        together = 1
        while 2 * (end - first) > most * together and end - first > most:
            together *= 2
        if together == 1:
            return self._x[first:end], self._y[first:end]
        return self._strokes(first // together, -(-end // together), together)

    def _strokes(self, first: int, end: int, together: int) -> tuple[Floats, Floats]:
        lows, highs = self._level(first, end, together)
        middles = np.arange(first, end) * together + together // 2
        x = self._x[np.minimum(middles, len(self._x) - 1)]
        return np.repeat(x, 2), np.column_stack([highs, lows]).ravel()

    def _level(self, first: int, end: int, together: int) -> tuple[Floats, Floats]:
        number = (together // _FIRST).bit_length() - 1
        if 0 <= number < len(self._kept):
            lows, highs = (extremes[first:end] for extremes in self._kept[number])
            if end * together > len(self._y):
                # The line may end within these points, where that of the level goes on.
                low, high = _extremes(self._y[(end - 1) * together :], together)
                lows, highs = np.append(lows[:-1], low), np.append(highs[:-1], high)
            return lows, highs
        return _extremes(self._y[first * together : end * together], together)


def _extremes(y: Floats, together: int) -> tuple[Floats, Floats]:
    """Return the smallest and the largest of each group of numbers, NaN where there is no other."""
    firsts = np.arange(0, len(y), together)
    return np.fmin.reduceat(y, firsts), np.fmax.reduceat(y, firsts)


def _paired(reduce: np.ufunc, numbers: Floats) -> Floats:
    found: Floats = reduce.reduceat(numbers, np.arange(0, len(numbers), 2))
    return found
