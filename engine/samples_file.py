"""Training data from a table: a CSV file with an input and a target in every row."""

import csv
import io
import os
from pathlib import Path

from engine.experiment import Sample
from engine.files import sample_at
from engine.problem import Problem, mark, shown

LARGEST_TABLE = 1_000_000
"""In bytes."""


def load_samples(path: str | os.PathLike[str]) -> tuple[Sample, ...]:
    """Read the samples of a CSV file.

    Raises `Problem` for what is no such table, and OSError for what can't be read.
    """
    with Path(path).open("rb") as file:
        data = file.read(LARGEST_TABLE + 1)
    if len(data) > LARGEST_TABLE:
        raise Problem(mark("The table is larger than {allowed} bytes."), allowed=LARGEST_TABLE)
    try:
        return samples_from(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Problem(mark("This is no text file in UTF-8, so no table.")) from None


def samples_from(text: str) -> tuple[Sample, ...]:
    """Read samples from the text of a table: x and target a row, parted by , or ; or a tab.

    A first row without numbers is a heading. Where the parts are not parted by commas, numbers
    may be written with a decimal comma. Raises `Problem`, which names the line.
    """
    delimiter = next((d for d in "\t;" if d in text), ",")
    rows = csv.reader(io.StringIO(text), delimiter=delimiter, skipinitialspace=True)
    found: list[Sample] = []
    for row in rows:
        cells = [cell.strip() for cell in row]
        if not any(cells) or (not found and not any(map(_is_number, cells))):
            continue
        if len(cells) != 2:  # noqa: PLR2004 - x and target
            raise Problem(
                mark("Line {line} must have two numbers, x and target, not {value}."),
                line=rows.line_num,
                value=shown(delimiter.join(row)),
            )
        x, target = (_number(cell, rows.line_num) for cell in cells)
        found.append(sample_at(len(found), x, target))
    if not found:
        raise Problem(mark("There is no row of numbers in the table."))
    return tuple(found)


def _number(cell: str, line: int) -> float:
    try:
        return float(cell.replace(",", ".").replace("−", "-"))
    except ValueError:
        raise Problem(
            mark("{value} in line {line} is not a number."), value=shown(cell), line=line
        ) from None


def _is_number(cell: str) -> bool:
    try:
        _number(cell, 0)
    except Problem:
        return False
    return True
