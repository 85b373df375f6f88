"""Where the rows of factors stand: lines of chips, broken where the panel ends."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontMetricsF

from gui.panels.chain_rule.picture.factors import Factor, WrittenOut
from gui.theme import Theme, math_font, text_font

LINE = 19
"""In pixels, at the ordinary size of type: how high a line of a factor's name is."""

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


class Place(NamedTuple):
    """Where a chip stands within its row, and its name in one or several lines."""

    where: QRectF
    lines: tuple[str, ...]


@dataclass(frozen=True)
class RowPlace:
    """Where a row stands, and its chips within it; `inside` is its height without what follows."""

    top: float
    height: float
    inside: float
    written: WrittenOut
    chips: tuple[Place, ...]


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
            chips = tuple(self._chips(row.factors))
            inside = chips[-1].where.bottom() + self._theme.size(_SPREAD)
            height = inside + self._theme.size(10 - _SPREAD)
            yield RowPlace(top, height, inside, row, chips)
            top += height

    def _chips(self, factors: tuple[Factor, ...]) -> Iterator[Place]:
        gap, between = self._theme.size(self.GAP), self._theme.size(9)
        x, y, line_height = 0.0, float(self.header), 0.0
        for factor in factors:
            lines, width, height = self._measured(factor)
            if x and x + width > self._width:
                # Room for the point of the product, and for the marks, which stand a little above.
                x, y, line_height = float(gap), y + line_height + between, 0.0
            yield Place(QRectF(x, y, width, height), lines)
            x, line_height = x + width + gap, max(line_height, height)

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
        return min(self._widest, max(wide, number, self._narrowest) + self._padding)

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
