"""Tables of numbers as they are seen, and as they are copied. No Qt."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from engine.user_error import UserError
from engine.words import Say, counted
from gui.drawing.ink import Ink, Stress
from gui.language.numbers import exact, given, rounded

MOST_COPIED = 200_000
"""The most cells that are copied at once: a fraction of a second; more are better exported."""


@dataclass(frozen=True, slots=True)
class Dress:
    """How a cell stands out: its own ink, and the stress of its row.

    A row that is a result stands on a tint of its ink `shade`; `lit` is what is pointed at.
    """

    ink: Ink = Ink.TEXT
    shade: Ink = Ink.MUTED
    stress: Stress = Stress.KNOWN
    lit: bool = False


PLAIN = Dress()
_ENGLISH = Say()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text on screen, and the text that is copied.

    `number` is what the text is rounded from, `digits` to how many, so that a narrow column can
    show fewer, but no fewer than `least`; `say` knows its decimal sign. Numbers stand at the
    `right`; a `symbol` is set in the type of formulas, a `note` in a smaller one.
    """

    text: str
    copied: str
    dress: Dress = PLAIN
    hint: str = ""
    number: float | None = None
    digits: int = 0
    least: int = 1
    right: bool = False
    symbol: bool = False
    note: bool = False
    say: Say = _ENGLISH

    def narrower(self) -> Iterable[str]:
        """Return the same number with ever fewer digits; nothing for words."""
        if self.number is None:
            return ()
        fewer = range(self.digits - 1, self.least - 1, -1)
        return (rounded(self.number, digits, self.say) for digits in fewer)


class Area(NamedTuple):
    """A rectangle of cells, its last row and column within it."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        """Tell whether the cell lies in it."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


class Grid(Protocol):
    """What a table shows: the same grid, the same picture."""

    @property
    def rows(self) -> int:
        """The number of rows."""

    @property
    def columns(self) -> int:
        """The number of columns."""

    @property
    def order(self) -> Sequence[Hashable]:
        """What each row is about, to find it again once sorted; empty where rows never move."""

    def changed(self, former: Any) -> Sequence[int] | None:  # noqa: ANN401 - another grid
        """Return the rows that look otherwise than in a `former` grid; None if all may."""

    def heading(self, column: int) -> str:
        """Return the head of a column."""

    def heading_hint(self, column: int) -> str:
        """Return what the head of a column means, empty where it is a plain word."""

    def arrow(self, column: int) -> str:
        """Return ↑ or ↓ where the rows are sorted by that column, else nothing."""

    def is_words(self, column: int) -> bool:
        """Tell whether words stand in a column, or numbers."""

    def is_symbol(self, column: int) -> bool:
        """Tell whether the head of a column is a symbol, which is set as in formulas."""

    @property
    def row_heading(self) -> str:
        """The head of the heads of the rows, which never scroll away; empty if rows have none."""

    def row_head(self, row: int) -> Cell:
        """Return the head of a row."""

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell."""


def number_cell(
    value: float | None,
    digits: int,
    name: str,
    say: Say,
    dress: Dress = PLAIN,
    *,
    typed: bool = False,
) -> Cell:
    """Return the cell of a number, empty where it is not known; `typed` is one the user gave."""
    if value is None:
        return Cell("", "", dress, right=True)
    text = (given if typed else rounded)(value, digits, say)
    hint = f"{name} = {exact(value, say)}"
    return Cell(text, repr(value), dress, hint, value, digits, right=True, say=say)


def count_cell(number: int | None, dress: Dress = PLAIN, sign: str = "") -> Cell:
    """Return the cell of a number that counts, empty where there is none; `sign` stands before."""
    text = "" if number is None else str(number)
    return Cell(f"{sign}{text}", text, dress, right=True)


def copied_text(grid: Grid, areas: Sequence[Area]) -> str:
    """Return the cells of some areas, separated by tabs, under their heads; one cell alone bare.

    Raises `UserError` for more than can be copied at once.
    """
    size = sum((a.bottom - a.top + 1) * (a.right - a.left + 1) for a in areas)
    if size > MOST_COPIED:
        raise UserError(
            counted(
                "{count} number is too many to copy at once (at most {most}): export it as CSV.",
                "{count} numbers are too many to copy at once (at most {most}): export them as"
                " CSV.",
                "count",
            ),
            count=size,
            most=MOST_COPIED,
        )
    rows = sorted({row for a in areas for row in range(a.top, a.bottom + 1)})
    columns = sorted({column for a in areas for column in range(a.left, a.right + 1)})
    lines = [
        "\t".join(
            grid.cell(row, column).copied if any(a.holds(row, column) for a in areas) else ""
            for column in columns
        )
        for row in rows
    ]
    if size > 1:
        lines.insert(0, "\t".join(map(grid.heading, columns)))
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Export:
    """A table to be written to a file: what to call it (English), its lines, how many they are."""

    name: str
    lines: Iterable[str]
    count: int
