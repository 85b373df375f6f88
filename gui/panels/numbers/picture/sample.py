"""The table of this sample: every number of it, sorted as the user likes. No Qt."""

import math
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

from engine.words import mark
from gui.drawing.grid import Cell, Dress, Export, count_cell, number_cell
from gui.drawing.ink import Ink, Stress
from gui.formula.picture import PHASE_INKS
from gui.language import Say, speech
from gui.language.numbers import rounded, telling
from gui.panels.numbers.picture.kept import kept_values, place
from gui.panels.numbers.picture.values import KINDS, Entry, entries, entry_name, values
from gui.state import Pointed, State
from gui.words.glossary import Meaning, explained, meaning


class Column(StrEnum):
    """What stands in a column."""

    NAME = "name"
    KIND = "kind"
    LAYER = "layer"
    VALUE = "value"
    REFERENCE = "reference"
    DIFFERENCE = "difference"


_HEADINGS: Mapping[Column, str] = MappingProxyType(
    {
        Column.NAME: mark("Name"),
        Column.KIND: mark("What it is"),
        Column.LAYER: mark("Layer"),
        Column.VALUE: mark("Value"),
        Column.REFERENCE: mark("Kept"),
        Column.DIFFERENCE: mark("Difference"),
    }
)

_TERMS: Mapping[Column, Meaning] = MappingProxyType(
    {Column.LAYER: Meaning.LAYER, Column.REFERENCE: Meaning.KEPT}
)

_ALONE = (Column.NAME, Column.KIND, Column.LAYER, Column.VALUE)
_COMPARED = (*_ALONE, Column.REFERENCE, Column.DIFFERENCE)


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


@dataclass(frozen=True)
class SampleTable:
    """The numbers of the state's sample: a grid with a row for each.

    The rows stand in the order of the steps, or as `sorting` says; what is not known yet comes
    last. With a reference in the state there are two columns more.
    """

    state: State
    sorting: Sorting | None = None

    @cached_property
    def numbers(self) -> tuple[Row, ...]:
        """The rows, in their order."""
        state = self.state
        experiment, moment = state.run.experiment, state.moment
        shown = zip(entries(experiment), values(moment, experiment), strict=True)
        if state.reference is None:
            rows = [Row(entry, value, None) for entry, value in shown]
        else:
            others, n = kept_values(state), experiment.layers
            rows = [Row(entry, value, others.get(place(entry, n))) for entry, value in shown]
        return tuple(rows if self.sorting is None else _sorted(rows, self.sorting))

    @property
    def rows(self) -> int:
        """The number of numbers."""
        return len(self.numbers)

    @property
    def kinds(self) -> tuple[Column, ...]:
        """What stands in each column."""
        return _ALONE if self.state.reference is None else _COMPARED

    @property
    def columns(self) -> int:
        """The number of columns."""
        return len(self.kinds)

    @cached_property
    def order(self) -> Sequence[Hashable]:
        """The number that each row is about."""
        return tuple((row.entry.kind, row.entry.layer) for row in self.numbers)

    @property
    def present(self) -> int | None:
        """The row of what the latest step computed."""
        position = self.state.moment.position
        found = (i for i, row in enumerate(self.numbers) if _is_now(row.entry, position))
        return next(found, None)

    def changed(self, former: Any) -> Sequence[int] | None:  # noqa: ANN401 - another grid
        """Return the rows that look otherwise: other numbers, the latest result, what is lit."""
        if not isinstance(former, SampleTable) or former.sorting != self.sorting:
            return None
        old, new = former.state, self.state
        if (old.run, old.look, old.reference) != (new.run, new.look, new.reference):
            return None
        lit = {*old.lit} ^ {*new.lit}
        positions = {old.moment.position, new.moment.position}
        return [
            i
            for i, (was, row) in enumerate(zip(former.numbers, self.numbers, strict=True))
            if was != row
            or row.entry.position in positions
            or row.entry.name in lit
            or _digits(row.entry, old, 1) != _digits(row.entry, new, 1)
        ]

    def name(self, row: int) -> Pointed:
        """Return the name of a row's number, by which it is lit up elsewhere."""
        return self.numbers[row].entry.name

    def seek(self, row: int) -> int | None:
        """Return the index of the step that computes a row's number, None for what is given."""
        position = self.numbers[row].entry.position
        return self.state.moment.update * self.state.per_sample + position if position else None

    def heading(self, column: int) -> str:
        """Return the head of a column."""
        return self._say(_HEADINGS[self.kinds[column]])

    def heading_hint(self, column: int) -> str:
        """Return what the head of a column means, empty where it is a plain word."""
        term = _TERMS.get(self.kinds[column])
        return meaning(term, self._say) if term else ""

    def arrow(self, column: int) -> str:
        """Return ↑ or ↓ where the rows are sorted by that column, else nothing."""
        if self.sorting is None or self.sorting.column is not self.kinds[column]:
            return ""
        return "↓" if self.sorting.falling else "↑"

    def is_words(self, column: int) -> bool:
        """Tell whether words stand in a column, or numbers."""
        return self.kinds[column] in (Column.NAME, Column.KIND)

    def is_symbol(self, _column: int) -> bool:
        """Tell that all heads are words."""
        return False

    @property
    def row_heading(self) -> str:
        """Nothing: the table never scrolls sideways."""
        return ""

    def row_head(self, _row: int) -> Cell:
        """Return an empty cell."""
        return Cell("", "")

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell."""
        at, digits = self.numbers[row], self.state.look.digits
        dress = _dress(at.entry, self.state)
        name, typed = entry_name(at.entry, self._say), at.entry.kind.typed
        match self.kinds[column]:
            case Column.NAME:
                # Where a word stands beside the symbol, it is not slanted.
                symbol = not at.entry.kind.updated
                told = explained(self._kind(at.entry), at.entry.kind.term, self._say)
                return Cell(name, name, dress, told, symbol=symbol)
            case Column.KIND:
                words = self._kind(at.entry)
                hint = meaning(at.entry.kind.term, self._say)
                return Cell(words, words, replace(dress, ink=Ink.MUTED), hint, note=True)
            case Column.LAYER:
                return count_cell(at.entry.of_layer, dress)
            case Column.VALUE:
                return self._value(at, number_cell(at.value, digits, name, dress, typed=typed))
            case Column.REFERENCE:
                return number_cell(at.reference, digits, name, dress, typed=typed)
            case Column.DIFFERENCE:
                return number_cell(at.difference, digits, f"Δ {name}", dress)

    def _value(self, at: Row, cell: Cell) -> Cell:
        """Return the cell of a value; an update can be seen in the digits of its weight."""
        state, entry = self.state, at.entry
        least = _digits(entry, state, 1)
        if least > 1 and at.value is not None:
            digits = max(least, cell.digits)
            cell = replace(cell, text=rounded(at.value, digits), digits=digits, least=least)
        if entry.kind.updated and at.value is not None and _stays(entry, state):
            cell = replace(cell, hint=f"{cell.hint} ({self._say('unchanged')})")
        return cell

    def export(self) -> Export:
        """Return the table with all its digits, to be written to a file."""
        return Export(mark("numbers of a sample"), self._csv_lines(), self.rows + 1)

    def _csv_lines(self) -> Iterator[str]:
        """Yield the lines of the table for other programs, in English words and full values."""
        shown = self.kinds[1:]
        yield ",".join(shown) + "\n"
        for at in self.numbers:
            layer = "" if at.entry.of_layer is None else at.entry.of_layer
            numbers = (at.value, at.reference, at.difference)[: len(shown) - 2]
            texts = ("" if number is None else repr(number) for number in numbers)
            yield f"{at.entry.kind.word},{layer},{','.join(texts)}\n"

    def _kind(self, entry: Entry) -> str:
        return self._say(entry.kind.name)

    @property
    def _say(self) -> Say:
        return speech(self.state.look.language)


def _digits(entry: Entry, state: State, least: int) -> int:
    """Return how many digits tell a parameter's old value from its new one, once it is updated."""
    before, now = state.moment.before, state.moment.numbers
    if entry.name not in before:
        return least
    return telling(before[entry.name], now[entry.name], least)


def _stays(entry: Entry, state: State) -> bool:
    """Tell whether the parameter of an entry is what it was before the update."""
    return state.moment.before[entry.name] == state.moment.numbers[entry.name]


def _is_now(entry: Entry, position: int) -> bool:
    """Tell whether an entry is what the latest step was there for."""
    return entry.is_result and entry.position == position


def _dress(entry: Entry, state: State) -> Dress:
    """Return how a row stands out: the latest step's result most, what is to come least."""
    moment, lit = state.moment, entry.name in state.lit
    if entry.position > moment.position:
        return Dress(Ink.MUTED, stress=Stress.EMPTY, lit=lit)
    if moment.step and _is_now(entry, moment.position):
        return Dress(entry.kind.ink, PHASE_INKS[moment.step.phase], Stress.RESULT, lit)
    return Dress(entry.kind.ink, lit=lit)


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


def _sorted(rows: list[Row], sorting: Sorting) -> list[Row]:
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
