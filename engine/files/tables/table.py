"""A table as it was understood: its rows, which numbers they give, and what is wrong with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from math import isfinite
from typing import Any

from engine.experiment import Sample
from engine.files.tables.cells import is_missing, is_number
from engine.files.tables.columns import Columns, found_columns, with_row_names
from engine.files.tables.encoding import decoded
from engine.files.tables.rows import (
    NO_ROWS,
    Row,
    best_split,
    lines_of,
    split,
    usual_width,
    width_of,
)
from engine.files.tables.signs import POINT, Signs, found_signs, meanings, value_in
from engine.user_error import Location, UserError, shown
from engine.words import counted, mark

LARGEST_TABLE = 1_000_000
"""In bytes."""

MOST_COLUMNS = 1000

TOO_LARGE = mark("The table is larger than {allowed} bytes.")
_TWO = 2


@dataclass(frozen=True)
class Layout:
    """How a table is written.

    `x` and `target` are columns, from 0; `heading` tells whether the first row names them.
    Without `signs`, each number tells its decimal sign by itself.
    """

    x: int
    target: int
    heading: bool
    delimiter: str = ","
    signs: Signs | None = POINT
    encoding: str = "utf-8"


@dataclass(frozen=True)
class Table:
    """What was understood of a table.

    `rows` are all rows that count, the heading among them; `width` is the number of columns.
    `pairs` are the numbers of the rows that have two, by their place in `rows`, and `faulty` the
    places of the others. `doubt` tells why the layout, merely the likeliest,
    has to be confirmed; `plain` that nothing in it had to be guessed.
    """

    layout: Layout
    rows: Sequence[Row]
    width: int
    pairs: Mapping[int, tuple[float, float]]
    faulty: Sequence[int]
    doubt: UserError | None = None
    plain: bool = False

    def samples(self) -> tuple[Sample, ...]:
        """Return the samples. Raises `UserError` for a doubt, for the first fault, and for none."""
        if self.doubt is not None:
            raise self.doubt
        if self.faulty:
            raise self.fault(self.faulty[0])
        return self.good_samples()

    def fault(self, place: int) -> UserError:
        """Return what is wrong with the row at `place`, one of `faulty`."""
        row, layout = self.rows[place], self.layout
        if self.width < _TWO:
            return _two_numbers(row, layout.delimiter)
        fault = _wrong_length(row, self.width, layout)
        return fault or _wrong_number(row, place - layout.heading, layout)

    def good_samples(self) -> tuple[Sample, ...]:
        """Return the samples of the rows without a fault. Raises `UserError` if there is none."""
        if not self.pairs:
            raise UserError(NO_ROWS)
        return tuple(Sample(x, target) for x, target in self.pairs.values())


def read(data: bytes, layout: Layout | None = None, *, encoding: str = "") -> Table:
    """Read the bytes of a table, as `layout` says, or finding out how it is written.

    The `encoding` may be given alone. Raises `UserError` if it is not a table.
    """
    if len(data) > LARGEST_TABLE:
        raise UserError(TOO_LARGE, allowed=LARGEST_TABLE)
    text, encoding = decoded(data, layout.encoding if layout else encoding)
    return read_text(text, layout, encoding=encoding)


def read_text(
    text: str, layout: Layout | None = None, *, encoding: str = "utf-8", delimiter: str = ""
) -> Table:
    """Read the text of a table, as `layout` says, or finding out how it is written.

    The `delimiter` may be given alone. Raises `UserError` if it is not a table.
    """
    if len(text) > LARGEST_TABLE:
        raise UserError(TOO_LARGE, allowed=LARGEST_TABLE)
    lines = lines_of(text)
    if layout is not None:
        rows = split(lines, layout.delimiter)
        width = usual_width(rows)
        rows = with_row_names(rows, width) if rows else rows
        return _understood(rows, max(width, layout.x + 1, layout.target + 1), layout)
    rows, delimiter = best_split(lines._replace(delimiter=delimiter or lines.delimiter))
    if not rows:
        raise UserError(NO_ROWS)
    return _guessed(rows, delimiter, encoding)


def _guessed(rows: list[Row], delimiter: str, encoding: str) -> Table:
    width = usual_width(rows)
    if width < _TWO:
        return _single_column(rows, delimiter, encoding)
    if width > MOST_COLUMNS:
        raise UserError(
            mark("The table has {value} columns; it may have {allowed}."),
            value=width,
            allowed=MOST_COLUMNS,
        )
    rows = with_row_names(rows, width)
    columns = found_columns(rows, width)
    body = rows[1:] if columns.heading else rows
    pair = (columns.x, columns.target)
    signs = found_signs([_column(body, column) for column in pair])
    layout = Layout(*pair, columns.heading, delimiter, signs, encoding)
    table = _understood(rows, width, layout)
    plain = encoding == "utf-8" and signs == POINT and width == _TWO
    return Table(
        *(layout, rows, width, table.pairs, table.faulty),
        doubt=None if columns.sure else _unsure(columns, width),
        plain=plain and not table.faulty and columns.heading == columns.named,
    )


def _single_column(rows: list[Row], delimiter: str, encoding: str) -> Table:
    """Return the table of lines that are no two cells."""
    layout = Layout(0, 0, heading=False, delimiter=delimiter, encoding=encoding)
    has_numbers = any(is_number(cell) for row in rows for cell in row.cells)
    doubt = _two_numbers(rows[0], delimiter) if has_numbers else UserError(NO_ROWS)
    return Table(layout, rows, 1, {}, range(len(rows)), doubt)


def _unsure(columns: Columns, width: int) -> UserError:
    told = (
        mark("The table has {value} columns: name two of them x and target in its first line.")
        if not columns.heading
        else mark(
            "The table has {value} columns, and their names do not tell which are x and target."
        )
    )
    return UserError(told, value=width)


def _column(rows: Sequence[Row], column: int) -> list[str]:
    return [row.cells[column] for row in rows if column < len(row.cells)]


def _understood(rows: Sequence[Row], width: int, layout: Layout) -> Table:
    x, target = layout.x, layout.target
    value = lru_cache(maxsize=None)(partial(_finite_value, signs=layout.signs))
    pairs: dict[int, tuple[float, float]] = {}
    faulty: list[int] = []
    for place in range(int(layout.heading), len(rows)):
        cells = rows[place].cells
        if len(cells) == width or _wrong_length(rows[place], width, layout) is None:
            first, second = value(cells[x]), value(cells[target])
            if first is not None and second is not None:
                pairs[place] = first, second
                continue
        faulty.append(place)
    return Table(layout, rows, width, pairs, faulty)


def _finite_value(cell: str, signs: Signs | None) -> float | None:
    try:
        value = value_in(cell, signs)
    except UserError:
        return None
    return value if value is not None and isfinite(value) else None


def _wrong_length(row: Row, width: int, layout: Layout) -> UserError | None:
    """Return what is wrong with the number of cells of a row."""
    filled = len(row.cells)
    if filled == width:
        return None
    if filled > width:
        filled = max(width_of(row), width)
    if filled <= width and filled > max(layout.x, layout.target):
        return None
    if width == _TWO:
        return _two_numbers(row, layout.delimiter)
    return UserError(
        counted(
            "Line {line} has {value} cell, the others have {allowed}.",
            "Line {line} has {value} cells, the others have {allowed}.",
            "value",
        ),
        line=row.line,
        value=filled,
        allowed=width,
    )


def _two_numbers(row: Row, delimiter: str) -> UserError:
    return UserError(
        mark("Line {line} must have two numbers, x and target, not {value}."),
        line=row.line,
        value=shown(delimiter.join(row.cells)),
    )


def _wrong_number(row: Row, index: int, layout: Layout) -> UserError:
    """Return what is wrong with the first cell of a row that is no finite number."""
    for name, column in (("x", layout.x), ("target", layout.target)):
        cell = row.cells[column]
        try:
            value = value_in(cell, layout.signs)
        except UserError as fault:
            return UserError(mark("Line {line}: {fault}"), line=row.line, fault=fault)
        if value is None:
            return _unread(cell, row.line, layout.signs)
        if not isfinite(value):
            return UserError(
                mark("Line {line}: {location} must be a finite number, not {value}."),
                Location("samples", index, name),
                line=row.line,
                value=shown(cell),
            )
    raise AssertionError


def _unread(cell: str, line: int, signs: Signs | None) -> UserError:
    gaps: dict[str, Any] = {"value": shown(cell), "line": line}
    if not cell:
        return UserError(mark("In line {line} a number is missing."), line=line)
    if is_missing(cell):
        return UserError(mark("In line {line} a number is missing: there is {value}."), **gaps)
    if signs is None and (both := meanings(cell)):
        told = mark("{value} in line {line} could be {one} or {other}: write it as one of these.")
        return UserError(told, one=both[0], other=both[1], **gaps)
    if is_number(cell):
        told = mark("{value} in line {line} has other decimal signs than the rest of the table.")
        return UserError(told, **gaps)
    return UserError(mark("{value} in line {line} is not a number."), **gaps)
