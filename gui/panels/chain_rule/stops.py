"""Where a column of rows may stand when it is scrolled: whole rows are seen, not halves."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from gui.panels.chain_rule.layout import RowPlace

_ON = 0.75
"""The share of the room by which a row that is higher than it is scrolled at a time."""


class Stops:
    """The places for rows in a room of some height: each is how far the rows are moved up."""

    def __init__(self, rows: Sequence[RowPlace], room: float) -> None:
        self._rows, self._room = rows, max(1.0, room)
        self.places = tuple(self._found())

    def _found(self) -> Iterator[float]:
        end = self._rows[-1].top + self._rows[-1].height if self._rows else 0.0
        yield 0.0
        last = 0.0
        for row in self._rows:
            bottom = row.top + row.height
            for place in self._within(row):
                if last + self._room >= end:
                    return
                if place > last:
                    last = place
                    yield place
            if last + self._room < bottom and row.height > self._room:
                last = bottom - self._room
                yield last

    def _within(self, row: RowPlace) -> Iterator[float]:
        """Yield the places at which a row begins, or a further part of one that is too high."""
        place = row.top
        while True:
            yield place
            place += _ON * self._room
            if place + self._room >= row.top + row.height:
                return

    def seen(self, stop: int) -> range:
        """Return the rows that are seen at a stop: those that are whole, or one that never is."""
        first = bisect_right(self._rows, self.places[stop], key=lambda row: row.top) - 1
        end = self.places[stop] + self._room
        last = bisect_right(self._rows, end, key=lambda row: row.top + row.inside)
        return range(max(first, 0), max(last, first + 1))

    def showing(self, number: int, stop: int) -> int:
        """Return the stop that is nearest to `stop` at which a row is seen from its top."""
        row, place = self._rows[number], self.places[stop]
        if row.top < place or row.inside > self._room:
            return min(bisect_left(self.places, row.top), len(self.places) - 1)
        needed = row.top + row.inside - self._room
        return max(stop, min(bisect_left(self.places, needed), len(self.places) - 1))
