"""The table of this sample: every number of it, sorted as the user likes. No Qt."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

from engine.quantities import Name
from engine.words import mark
from gui.drawing.grid import Cell, Dress, Export, count_cell, number_cell
from gui.drawing.ink import Ink, Stress
from gui.formula.picture import PHASE_INKS
from gui.language import Say, speech
from gui.language.covering import is_covered
from gui.language.joining import aside
from gui.language.numbers import rounded, telling
from gui.panels.numbers.picture.kept import kept_values, place
from gui.panels.numbers.picture.sorting import Column, Row, Sorting, in_order
from gui.panels.numbers.picture.values import Entry, entries, entry_name, values
from gui.panels.numbers.shown import SampleSorting
from gui.state import Pointed, State
from gui.words.glossary import explained, meaning
from gui.words.meanings import Meaning

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
            rows = [
                row._replace(reference=row.value) if is_covered(row.value) else row for row in rows
            ]
        return tuple(rows if self.sorting is None else in_order(rows, self.sorting))

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
        told = {name for name in new.moment.before if _told(name, old) != _told(name, new)}
        return [
            i
            for i, (was, row) in enumerate(zip(former.numbers, self.numbers, strict=True))
            if was != row
            or row.entry.position in positions
            or row.entry.name in lit
            or row.entry.name in told
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
                return self._value(
                    at, number_cell(at.value, digits, name, self._say, dress, typed=typed)
                )
            case Column.REFERENCE:
                return number_cell(at.reference, digits, name, self._say, dress, typed=typed)
            case Column.DIFFERENCE:
                return number_cell(at.difference, digits, f"Δ {name}", self._say, dress)

    def _value(self, at: Row, cell: Cell) -> Cell:
        """Return the cell of a value; an update can be seen in the digits of its weight."""
        state, entry = self.state, at.entry
        least = _told(entry.name, state) if entry.name in state.moment.before else 1
        if least > 1 and at.value is not None:
            digits = max(least, cell.digits)
            cell = replace(
                cell, text=rounded(at.value, digits, self._say), digits=digits, least=least
            )
        if entry.kind.updated and at.value is not None and _stays(entry, state):
            cell = replace(cell, hint=aside(cell.hint, self._say("unchanged"), self._say))
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
        return speech(self.state.look.locale)


def _told(name: Name, state: State) -> int:
    """Return how many digits tell a parameter's old value from its new one, once it is updated."""
    return telling(state.moment.before[name], state.moment.numbers[name], 1)


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


def sample_table(state: State) -> SampleTable:
    """Return the table of the state's sample, sorted as the state says."""
    shown = state.view(SampleSorting)
    known = shown.column in tuple(Column)
    return SampleTable(state, Sorting(Column(shown.column), shown.falling) if known else None)


def shown_as(sorting: Sorting | None) -> SampleSorting:
    """Return what the state keeps of a sorting."""
    return SampleSorting() if sorting is None else SampleSorting(sorting.column, sorting.falling)
