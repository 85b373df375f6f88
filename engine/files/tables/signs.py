"""The decimal sign of a table, and its sign between thousands: found from all of its numbers."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from engine.numerals import HARD_SPACE, value_of
from engine.user_error import UserError


class Signs(NamedTuple):
    """The decimal sign, and the sign between thousands, if there is one."""

    decimal: str
    thousands: str = ""


POINT, COMMA = Signs("."), Signs(",")
SIGNS = (
    *(POINT, COMMA, Signs(".", ","), Signs(",", ".")),
    *(Signs(".", " "), Signs(",", " "), Signs(".", "'"), Signs(",", "'")),
)
"""All that a table may have; where several mean the same numbers, the first."""

_NINES = str.maketrans("12345678", "9" * 8)
_FIGURE = re.compile(rf"[+-]?[.,' {HARD_SPACE}]*\d[\d.,' {HARD_SPACE}]*(?:[eE].*)?")
_PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?")
_EITHER = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
_ROUND = re.compile(r"[+-]?[1-9]\d{0,2}\.\d\d0")
_SMALL = re.compile(r"[+-]?[1-9]\d{0,2}")


def value_in(cell: str, signs: Signs | None) -> float | None:
    """Return the number in a cell, or None if it is not a number with these signs.

    Without signs, each number tells its decimal sign by itself; None is also what could be a
    thousand or one. Raises `UserError` as `value_of` does.
    """
    if signs is None:
        alone = not _EITHER.fullmatch(cell) and cell.count(",") + cell.count(".") <= 1
        return value_of(cell.replace(",", ".")) if alone else None
    if signs.thousands and (found := _grouped(signs.thousands).match(cell)):
        whole = re.sub(rf"[.,' {HARD_SPACE}]", "", found[0])
        cell = whole + cell[found.end() :]
    if signs.decimal == "." or "," not in cell:
        lone = signs.decimal == "." or "." not in cell
        return value_of(cell) if lone else None
    if "." in cell or cell.count(",") > 1:
        return None
    return value_of(cell.replace(",", "."))


@lru_cache
def _grouped(thousands: str) -> re.Pattern[str]:
    sign = f"[ {HARD_SPACE}]" if thousands == " " else re.escape(thousands)
    return re.compile(rf"[+-]?[1-9]\d{{0,2}}(?:{sign}\d{{3}})+(?!\d)")


def meanings(cell: str) -> tuple[str, str] | None:
    """Return the two numbers that a cell could be, a thousand and one, or None: 1,000."""
    if not _EITHER.fullmatch(cell):
        return None
    return re.sub("[.,]", "", cell), cell.replace(",", ".")


def found_signs(columns: Sequence[Sequence[str]]) -> Signs | None:
    """Return the signs in which the cells of some columns are numbers: all, or the most.

    Return None where they can't be told: each number has to tell by itself.
    """
    shapes = _shapes(cell for column in columns for cell in column)
    misfits = {signs: _misfits(shapes, signs) for signs in SIGNS}
    least = min(misfits.values())
    best = [signs for signs in SIGNS if misfits[signs] == least]
    doubtful = (
        any(map(_counts_in_thousands, columns))
        if best[0] == POINT
        else best[0] == COMMA and Signs(".", ",") in best
    )
    return None if doubtful or _misfits(shapes, None) < least else best[0]


def _shapes(cells: Iterable[str]) -> Mapping[str, int]:
    """Count cells that are alike: which digits they have matters only for 0 at the front."""
    counts: Counter[str] = Counter()
    for cell, count in Counter(cells).items():
        if "," in cell or not _PLAIN.fullmatch(cell):
            shape = cell.translate(_NINES)
            if shape.lstrip("+-")[:1] != "0":
                shape = shape.replace("0", "9")
            counts[shape] += count
        elif "." in cell:
            counts["9.999" if _EITHER.fullmatch(cell) else "0.5"] += count
    return {shape: count for shape, count in counts.items() if _is_figure(shape)}


def _is_figure(shape: str) -> bool:
    return _FIGURE.fullmatch(shape) is not None


def _misfits(shapes: Mapping[str, int], signs: Signs | None) -> int:
    return sum(count for shape, count in shapes.items() if not _fits(shape, signs))


def _fits(cell: str, signs: Signs | None) -> bool:
    try:
        return value_in(cell, signs) is not None
    except UserError:
        return True


def _counts_in_thousands(column: Sequence[str]) -> bool:
    """Whether 1.200 stands beside 900: three figures that are always written would be there too.

    Numbers written out as short as they can be do not end in 0.
    """
    points = [cell for cell in column if "." in cell]
    return (
        any(map(_ROUND.fullmatch, points))
        and all(map(_EITHER.fullmatch, points))
        and any(map(_SMALL.fullmatch, column))
    )
