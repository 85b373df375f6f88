"""Where the rows of factors stand: lines of chips, broken where the panel ends.

Also where their column may be scrolled to, and where the keys stand.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontMetricsF

from gui.panels.chain_rule.picture.factors import Factor, WrittenOut
from gui.theme import Theme, math_font, text_font

LINE = 19
"""In pixels, at the ordinary size of type: how high a line of a factor's name is."""

_PACE = 4
"""In pixels: the widths of chips are multiples of it, so that few shapes have to be drawn."""

_SPREAD = 6
"""How far the ring around a chip goes beyond it."""

_SYMBOL, _NUMBER, _TITLE, _MARK = 16, 12, 17, 10


@dataclass(frozen=True)
class Fonts:
    """The fonts of the rows in a theme's size of type."""

    symbol: QFont
    upright: QFont
    number: QFont
    title: QFont
    value: QFont
    mark: QFont


@lru_cache(maxsize=8)
def fonts(scale: float) -> Fonts:
    """Return the fonts of the rows."""
    return Fonts(
        symbol=math_font(round(_SYMBOL * scale), italic=True),
        upright=text_font(round(_NUMBER * scale)),
        number=text_font(round(_NUMBER * scale)),
        title=math_font(round(_TITLE * scale), italic=True),
        value=text_font(round(13 * scale), bold=True),
        mark=text_font(round(_MARK * scale), bold=True),
    )


@lru_cache(maxsize=64)
def _metrics(scale: float, name: str) -> QFontMetricsF:
    return QFontMetricsF(getattr(fonts(scale), name))


@lru_cache(maxsize=4096)
def advance(scale: float, name: str, text: str) -> float:
    """Return how wide a text is in one of the fonts."""
    return _metrics(scale, name).horizontalAdvance(text)


class ChipPlace(NamedTuple):
    """Where a chip stands within its row, and its name in one or several lines."""

    where: QRectF
    lines: tuple[str, ...]


@dataclass(frozen=True)
class RowPlace:
    """Where a row stands, and its chips within it; `inside` is its height without what follows.

    The chips are placed when the row is first looked at: of a long chain few are.
    """

    top: float
    height: float
    inside: float
    written: WrittenOut
    place: Callable[[tuple[Factor, ...]], Iterable[ChipPlace]]

    @cached_property
    def chips(self) -> tuple[ChipPlace, ...]:
        """The places of the chips within the row."""
        return tuple(self.place(self.written.factors))


class Layout:
    """The places of all rows in a width; it holds as long as the numbers of an update."""

    GAP = 15
    """Between chips, with the point of the product in it."""

    def __init__(
        self,
        rows: tuple[WrittenOut, ...],
        theme: Theme,
        width: float,
        left_out: Callable[[Factor], str],
    ) -> None:
        self._theme, self._width, self._left_out = theme, width, left_out
        sizes = map(theme.size, (21, LINE, 4, 22, 12, 18))
        self._number_height, self._line_height, self._slant, *wide = sizes
        self._narrowest, self._padding, self._margin = wide
        self._widest = width - theme.size(self.GAP)
        self._sizes: dict[int, tuple[tuple[str, ...], float, int]] = {}
        self.rows = tuple(self._placed(rows))
        self.height = self.rows[-1].top + self.rows[-1].height if self.rows else 0.0

    @property
    def header(self) -> int:
        """How high the line with the name of the gradient is."""
        return self._theme.size(27)

    def _placed(self, rows: tuple[WrittenOut, ...]) -> Iterator[RowPlace]:
        top = 0.0
        for row in rows:
            *_, (_, y, (_, _, last)) = self._flow(row.factors)
            inside = y + last + self._theme.size(_SPREAD)
            height = inside + self._theme.size(10 - _SPREAD)
            yield RowPlace(top, height, inside, row, self._chips)
            top += height

    def _chips(self, factors: tuple[Factor, ...]) -> Iterator[ChipPlace]:
        for x, y, (lines, width, height) in self._flow(factors):
            yield ChipPlace(QRectF(x, y, width, height), lines)

    def _flow(
        self, factors: tuple[Factor, ...]
    ) -> Iterator[tuple[float, float, tuple[tuple[str, ...], float, int]]]:
        """Yield where each chip of a row begins, and what `_measured` says of it."""
        gap, between = self._theme.size(self.GAP), self._theme.size(9)
        x, y, line_height = 0.0, float(self.header), 0.0
        for factor in factors:
            measured = self._measured(factor)
            _, width, height = measured
            if x and x + width > self._width:
                # Room for the point of the product, and for the marks, which stand a little above.
                x, y, line_height = float(gap), y + line_height + between, 0.0
            yield x, y, measured
            x += width + gap
            line_height = max(line_height, height)

    def _measured(self, factor: Factor) -> tuple[tuple[str, ...], float, int]:
        """Return the lines of a factor's name, and the size of its chip."""
        # Most factors stand in many rows.
        found = self._sizes.get(id(factor))
        if found is None:
            lines = self._lines(factor.text if not factor.left_out else self._left_out(factor))
            height = self._number_height + self._line_height * len(lines)
            found = self._sizes[id(factor)] = lines, self._chip_width(factor, lines), height
        return found

    def _chip_width(self, factor: Factor, lines: tuple[str, ...]) -> float:
        scale, slant = self._theme.scale, self._slant
        wide = max(advance(scale, "symbol", line) for line in lines) + slant
        number = advance(scale, "number", factor.value)
        needed = max(wide, number, self._narrowest) + self._padding
        return min(self._widest, _PACE * round(needed / _PACE))

    def _lines(self, text: str) -> tuple[str, ...]:
        """Break a long name after a point, a bracket or a sign."""
        room = self._widest - self._margin
        if advance(self._theme.scale, "symbol", text) <= room:
            return (text,)
        lines, line = [], ""
        for part in _parts(text):
            if line and advance(self._theme.scale, "symbol", line + part) > room:
                lines.append(line)
                line = ""
            line += part
        return (*lines, line)


def _parts(text: str) -> Iterator[str]:
    part = ""
    for letter in text:
        part += letter
        if letter in "·( ":
            yield part
            part = ""
    yield part


_ON = 0.75
"""The share of the room by which a row that is higher than it is scrolled at a time."""


class Stops:
    """The places for rows in a room of some height: each is how far the rows are moved up."""

    def __init__(self, rows: Sequence[RowPlace], room: float) -> None:
        self._rows, self._room = rows, max(1.0, room)
        self.places = tuple(self._found())

    def _found(self) -> Iterator[float]:
        end = self._rows[-1].top + self._rows[-1].inside if self._rows else 0.0
        yield 0.0
        last = 0.0
        for row in self._rows:
            bottom = row.top + row.inside
            for place in self._within(row):
                if last + self._room >= end:
                    return
                if place > last:
                    last = place
                    yield place
            if last + self._room < bottom and row.inside > self._room:
                last = bottom - self._room
                yield last

    def _within(self, row: RowPlace) -> Iterator[float]:
        """Yield the places at which a row begins, or a further part of one that is too high."""
        place = row.top
        while True:
            yield place
            place += _ON * self._room
            if place + self._room >= row.top + row.inside:
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


class Cursor(NamedTuple):
    """A chip: its row from the top, and its place there."""

    row: int
    chip: int

    def beside(self, by: int, rows: Sequence[RowPlace]) -> "Cursor":
        """Return the chip before or after this one, if need be in the next row."""
        row, chip = self.row, self.chip + by
        if chip < 0 and row > 0:
            return Cursor(row - 1, len(rows[row - 1].chips) - 1)
        if chip >= len(rows[row].chips) and row + 1 < len(rows):
            return Cursor(row + 1, 0)
        return Cursor(row, chip)

    def within(self, rows: Sequence[RowPlace]) -> "Cursor":
        """Return this chip, or the nearest one that there is."""
        row = min(max(self.row, 0), len(rows) - 1)
        return Cursor(row, min(max(self.chip, 0), len(rows[row].chips) - 1))
