"""Text becomes rows of cells: by the delimiter that fits all of them."""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from engine.files.tables.cells import cleaned, is_missing, is_number
from engine.numerals import HARD_SPACE, plain_signs
from engine.user_error import UserError
from engine.words import mark

DELIMITERS = ("\t", ";", ",", "|", " ")
"""What may stand between cells; where several fit, the first. The last means any spaces."""

NO_ROWS = mark("There is no row of numbers in the table.")

MOST_LINES = 30_000
"""The largest number of rows in a table."""

_COMMENT = re.compile(
    r"\s*(?:%|//|#(?!(?:N/A|NV|VALUE!|DIV/0!|REF!|NUM!|NAME\?|NULL!)|\s*[\t;,|]))"
)
_SEPARATOR = re.compile(r'"?sep=([\t;,| ]?)"?[\t;,]*', re.IGNORECASE)
_FIRST = 300
"""The number of rows that are read first, to see which delimiters are worth a try on all."""

_WRONG_WIDTH, _TOO_FEW = 100, 10
"""How much more than a cell without a number it counts against a delimiter if a row has another
number of cells, or fewer than two numbers."""


class Row(NamedTuple):
    """The cells of a row, and the number of its (first) line in the file."""

    line: int
    cells: list[str]


class Lines(NamedTuple):
    """The lines of a table with their numbers, and the delimiter that a first line may name.

    Without quotation marks, which can hold any line, those that are empty or comments are left out.
    """

    numbered: Sequence[tuple[int, str]]
    quoted: bool
    delimiter: str | None = None


def lines_of(text: str) -> Lines:
    """Return the lines of a table, with variants of a character brought to one form.

    Raises `UserError` where there are more than `MOST_LINES`.
    """
    plain = plain_signs(text.removeprefix("\ufeff")).replace("\r\n", "\n").replace("\r", "\n")
    if plain.count("\n") > MOST_LINES:
        raise UserError(mark("The table has more than {allowed} lines."), allowed=MOST_LINES)
    lines = list(enumerate(plain.split("\n"), start=1))
    first = next(((number, line) for number, line in lines if line.strip()), (0, ""))
    delimiter = _named_delimiter(first[1])
    if delimiter:
        lines = lines[first[0] :]
    if '"' in plain:
        return Lines(lines, quoted=True, delimiter=delimiter)
    return Lines([pair for pair in lines if _counts(pair[1])], quoted=False, delimiter=delimiter)


def _named_delimiter(line: str) -> str | None:
    """Return what Excel's first line names, as in sep=; or None."""
    named = _SEPARATOR.fullmatch(line.lstrip())
    return named and (named[1] or "\t")


def split(lines: Lines, delimiter: str) -> list[Row]:
    """Return the rows of a table whose cells have this delimiter between them.

    A row of empty cells is none. Raises `UserError` for a quotation mark that is not closed.
    """
    if lines.quoted:
        rows = [
            Row(line, list(map(cleaned, cells))) for line, cells in _by_quotes(lines, delimiter)
        ]
    elif delimiter == " ":
        rows = [Row(number, line.split()) for number, line in _soft(lines.numbered)]
    else:
        rows = [
            Row(number, [cell.strip() for cell in line.split(delimiter)])
            for number, line in lines.numbered
        ]
    return [row for row in rows if any(row.cells)]


def _soft(numbered: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    # Python, too, takes a hard space for a space.
    for number, line in numbered:
        yield number, line.replace(HARD_SPACE, "'") if HARD_SPACE in line else line


def _counts(line: str) -> bool:
    return bool(line) and not line.isspace() and not _COMMENT.match(line)


def _by_quotes(lines: Lines, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    source = _Source(lines.numbered, spaces=delimiter == " ")
    reader = csv.reader(source, delimiter=delimiter, skipinitialspace=True, strict=True)
    while True:
        source.begins = True
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise UserError(
                mark("Line {line} has a quotation mark that is not closed, or text after it."),
                line=source.line,
            ) from None
        yield source.line, cells


class _Source:
    """Hands out lines to csv; between two rows it passes over those that do not count."""

    def __init__(self, lines: Sequence[tuple[int, str]], *, spaces: bool) -> None:
        self._lines, self._spaces = iter(lines), spaces
        self.begins, self.line = True, 0

    def __iter__(self) -> "_Source":
        return self

    def __next__(self) -> str:
        for number, line in self._lines:
            if not self.begins:
                return f"{line}\n"
            if _counts(line):
                self.begins, self.line = False, number
                if self._spaces:
                    line = line.replace("\t", " ").strip()  # noqa: PLW2901 - as csv needs it
                return f"{line}\n"
        raise StopIteration


def width_of(row: Row) -> int:
    """Return the number of cells of a row without the empty ones at its end."""
    width = len(row.cells)
    while not row.cells[width - 1]:
        width -= 1
    return width


def usual_width(rows: Sequence[Row]) -> int:
    """Return the number of cells that most rows have, two or more; 1 where there is none such.

    Columns at the end that are empty in all rows do not count.
    """
    counts = Counter(len(row.cells) for row in rows)
    wide = [width for width in counts if width > 1]
    width = max(wide, key=lambda width: (counts[width], -width), default=1)
    while width > 1 and not any(len(row.cells) >= width and row.cells[width - 1] for row in rows):
        width -= 1
    return width


def best_split(lines: Lines) -> tuple[list[Row], str]:
    """Return the rows by the delimiter that fits all of them, or the most, and that delimiter.

    It fits a row that has as many cells as the others, and two numbers or more. Raises `UserError`
    where no delimiter can be told because of a quotation mark.
    """
    if lines.delimiter:
        return split(lines, lines.delimiter), lines.delimiter
    best: tuple[tuple[int, bool], list[Row], str] | None = None
    fault: UserError | None = None
    for least, delimiter in _likely(lines):
        if best is not None and least > best[0][0]:
            break
        try:
            rows = split(lines, delimiter)
        except UserError as problem:
            fault = fault or problem
            continue
        misfits, width = _misfits(rows, best[0][0] if best else None)
        if best is None or (misfits, width != 2) < best[0]:  # noqa: PLR2004 - x and target
            best = (misfits, width != 2), rows, delimiter  # noqa: PLR2004
    if best is None:
        raise fault or UserError(NO_ROWS)
    return best[1], best[2]


def _likely(lines: Lines) -> list[tuple[int, str]]:
    """Return the delimiters that occur, and how badly each fits the first rows; the best first."""
    start = lines._replace(numbered=lines.numbered[:_FIRST])
    found: list[tuple[int, str]] = []
    for delimiter in DELIMITERS:
        if any(delimiter in line for _, line in lines.numbered):
            try:
                found.append((_misfits(split(start, delimiter), None)[0], delimiter))
            except UserError:
                found.append((0, delimiter))
    found.sort(key=lambda pair: pair[0])
    # Where none fits the first rows, these decide.
    return found[: None if found and found[0][0] <= len(start.numbered) else 1] or [(0, ",")]


def _misfits(rows: Sequence[Row], most: int | None) -> tuple[int, int]:
    """Return how badly the same number of cells fits all rows, and that number.

    Counting stops beyond `most`.
    """
    width, known = usual_width(rows), lru_cache(maxsize=None)(_is_value)
    total = 0
    for row in rows:
        filled = list(filter(None, row.cells))
        numbers = sum(map(known, filled))
        total += len(filled) - numbers
        if len(row.cells) != width and width_of(row) != width:
            total += _WRONG_WIDTH
        if numbers < 2:  # noqa: PLR2004 - x and target
            total += _TOO_FEW
        if most is not None and total > most:
            break
    return total, width


def _is_value(cell: str) -> bool:
    return is_number(cell) or is_missing(cell)
