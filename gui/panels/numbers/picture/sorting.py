"""The rows of the table of a sample, and their order. No Qt."""

import math
from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from gui.panels.numbers.picture.values import KINDS, Entry


class Column(StrEnum):
    """What stands in a column."""

    NAME = "name"
    KIND = "kind"
    LAYER = "layer"
    VALUE = "value"
    REFERENCE = "reference"
    DIFFERENCE = "difference"


class Sorting(NamedTuple):
    """By which column rows are sorted, from the largest where `falling`."""

    column: Column
    falling: bool = False


def next_sorting(
    former: Sorting | None, column: Column, *, falling: bool | None = None
) -> Sorting | None:
    """Return the sorting that follows when `column` is asked for once more.

    Rising, then falling, then not at all; or, where `falling` says which, that way or, where it
    was that way already, not at all.
    """
    if falling is None:
        falling = former == Sorting(column)
        again = former == Sorting(column, falling=True)
    else:
        again = former == Sorting(column, falling)
    return None if again else Sorting(column, falling)


class Row(NamedTuple):
    """A number of the sample, as far as it is known, and the reference's at the same place."""

    entry: Entry
    value: float | None
    reference: float | None

    @property
    def difference(self) -> float | None:
        """How much larger the value is than the reference's."""
        if self.value is None or self.reference is None:
            return None
        return self.value - self.reference


_RANKS = {kind: rank for rank, kind in enumerate(KINDS)}


_KEYS: Mapping[Column, Callable[[Row], float | None]] = MappingProxyType(
    {
        Column.NAME: lambda row: _RANKS[row.entry.kind] * 1e6 + row.entry.layer,
        Column.KIND: lambda row: _RANKS[row.entry.kind],
        Column.LAYER: lambda row: row.entry.of_layer,
        Column.VALUE: lambda row: row.value,
        Column.REFERENCE: lambda row: row.reference,
        Column.DIFFERENCE: lambda row: row.difference,
    }
)


def in_order(rows: list[Row], sorting: Sorting) -> list[Row]:
    """Return the rows in another order: NaN after the numbers, what is not known last."""
    key = _KEYS[sorting.column]
    ordered: list[tuple[float, Row]] = []
    unordered: list[Row] = []
    unknown: list[Row] = []
    for row in rows:
        value = key(row)
        if value is None:
            unknown.append(row)
        elif math.isnan(value):
            unordered.append(row)
        else:
            ordered.append((value, row))
    ordered.sort(key=lambda pair: pair[0], reverse=sorting.falling)
    return [*(row for _, row in ordered), *unordered, *unknown]
