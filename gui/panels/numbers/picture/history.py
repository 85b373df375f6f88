"""The table of all updates of a run; only the rows that are looked at are computed. No Qt."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import Any

from engine import Experiment, Run
from engine.history import UpdateRow, csv_rows, rows
from engine.parameters import parameter_of
from engine.quantities import Name, Quantity
from engine.steps import steps_per_sample
from engine.words import mark
from gui.drawing.grid import Cell, Dress, Export, count_cell, number_cell
from gui.drawing.ink import Ink, Stress
from gui.language import Say, speech
from gui.state import State
from gui.words import symbols
from gui.words.glossary import learned, meaning
from gui.words.meanings import Meaning

_PAGE = 64
"""The number of updates computed at a time: about as many as are seen at once."""

_KEPT = 64
"""The number of pages that are kept."""

PRESENT = "▸ "
"""Stands before the update that the window shows."""

_HEADS = (mark("Update"), mark("Epoch"), mark("Sample"))
COUNTS = len(_HEADS)
"""The number of columns that count, before the numbers."""

_NUMBERS = 4
"""x, ê, e and L, in the columns after those that count."""


class Pages:
    """The rows of one run, computed a page at a time when they are looked at."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self._page = lru_cache(maxsize=_KEPT)(self._learn)

    def row(self, update: int) -> UpdateRow:
        """Return what `update` (from 0) met and computed."""
        number, place = divmod(update, _PAGE)
        return self._page(number)[place]

    def _learn(self, number: int) -> tuple[UpdateRow, ...]:
        return tuple(rows(self.run, number * _PAGE, (number + 1) * _PAGE))


def history_table(state: State, pages: Pages) -> "HistoryTable":
    """Describe the history of the state's run, or as much of it as is known."""
    present = state.moment.update if state.last else None
    if not state.curtained:
        return HistoryTable(pages, present, state.look.digits, state.look.locale)
    done = state.seen_until // state.per_sample
    complete = present if done and done * state.per_sample == state.index else None
    return HistoryTable(pages, complete, state.look.digits, state.look.locale, done)


@dataclass(frozen=True)
class HistoryTable:
    """The updates of a run: a grid with a row for each, as `pages` learns them.

    `present` is the update that the window shows, None where it has no row. `known` is the number
    of updates that are done, where what is still to come is hidden.
    """

    pages: Pages
    present: int | None
    digits: int
    language: str
    known: int | None = None

    @property
    def run(self) -> Run:
        """The run whose updates these are."""
        return self.pages.run

    @property
    def rows(self) -> int:
        """The number of updates to be seen."""
        return self.run.updates if self.known is None else self.known

    @property
    def columns(self) -> int:
        """Three that count, x, ê, e and L, and each parameter and each gradient."""
        return COUNTS + _NUMBERS + 2 * len(self.run.experiment.theta)

    @property
    def order(self) -> Sequence[Hashable]:
        """Nothing: the rows never move."""
        return ()

    def changed(self, former: Any) -> Sequence[int] | None:  # noqa: ANN401 - another grid
        """Return the rows that look otherwise: the present one, and the one that was it."""
        if not isinstance(former, HistoryTable) or replace(former, present=self.present) != self:
            return None
        return [row for row in (former.present, self.present) if row is not None]

    def seek(self, row: int) -> int:
        """Return the index at which all numbers of a row are known: the update's end."""
        return (row + 1) * steps_per_sample(self.run.experiment.structure)

    def export(self) -> Export:
        """Return what is to be seen with all its digits, to be written to a file."""
        lines = self.rows + 1
        return Export(mark("updates"), islice(csv_rows(self.run), lines), lines)

    def heading(self, column: int) -> str:
        """Return the head of a column."""
        return headings(self.run.experiment, speech(self.language))[column]

    def heading_hint(self, column: int) -> str:
        """Return what the head of a column means."""
        return hints(self.run.experiment, speech(self.language))[column]

    def arrow(self, _column: int) -> str:
        """Return nothing: the rows stand as they were made."""
        return ""

    def is_words(self, _column: int) -> bool:
        """Tell that there are numbers everywhere."""
        return False

    def is_symbol(self, column: int) -> bool:
        """Tell whether the head of a column is a symbol: all but those that count."""
        return column >= COUNTS

    @property
    def row_heading(self) -> str:
        """What the head of a row tells: its epoch, and its sample where there are several."""
        say = speech(self.language)
        return say("Epoch·sample") if self._samples > 1 else say("Epoch")

    def row_head(self, row: int) -> Cell:
        """Return when an update was: 12·2 is that of the second sample in epoch 12."""
        at = self.pages.row(row)
        text = f"{at.epoch}·{at.sample}" if self._samples > 1 else str(at.epoch)
        say = speech(self.language)
        hint = say("Epoch {epoch}, sample {sample}: update {update} of {updates}")
        hint = hint.format(
            epoch=at.epoch, sample=at.sample, update=at.update, updates=self.run.updates
        )
        is_now = row == self.present
        dress = Dress(shade=Ink.FORWARD, stress=Stress.RESULT if is_now else Stress.KNOWN)
        return Cell(f"{PRESENT if is_now else ''}{text}", text, dress, hint, right=True)

    @property
    def most(self) -> tuple[int, int]:
        """How many epochs and samples there are."""
        return self.run.experiment.epochs, self._samples

    @property
    def _samples(self) -> int:
        return len(self.run.experiment.samples)

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell."""
        at = self.pages.row(row)
        is_now = row == self.present
        stress = Stress.RESULT if is_now else Stress.KNOWN
        if column < COUNTS:
            count = (at.update, at.epoch, at.sample)[column]
            dress = Dress(shade=Ink.FORWARD, stress=stress)
            return count_cell(count, dress)
        experiment = self.run.experiment
        name, ink = self.heading(column), _ink(names(experiment)[column - COUNTS])
        value = _value(at, column - COUNTS, experiment)
        typed = column < COUNTS + 2
        dress = Dress(ink, Ink.FORWARD, stress)
        say = speech(self.language)
        return number_cell(value, self.digits, name, say, dress, typed=typed)


@lru_cache(maxsize=8)
def names(experiment: Experiment) -> tuple[Name, ...]:
    """Return the numbers in the columns after those that count: x, ê, e, L, then the learned."""
    n = experiment.layers
    return (
        *(Name(Quantity.OUTPUT, 0), Name(Quantity.TARGET, n)),
        *(Name(Quantity.OUTPUT, n), Name(Quantity.LOSS, n)),
        *_learned(experiment),
    )


def _learned(experiment: Experiment) -> Iterator[Name]:
    """Yield the parameters of all layers and then their gradients, as the exported table does."""
    layers = range(1, experiment.layers + 1)
    for one in experiment.parameters:
        yield from map(one.of, layers)
        yield from map(one.gradient_of, layers)


@lru_cache(maxsize=8)
def headings(experiment: Experiment, say: Say) -> tuple[str, ...]:
    """Return the heads of the columns for an experiment's chain."""
    return (*map(say, _HEADS), *(symbols.of(name, experiment) for name in names(experiment)))


@lru_cache(maxsize=8)
def hints(experiment: Experiment, say: Say) -> tuple[str, ...]:
    """Return what the heads of the columns mean for an experiment's chain."""
    counts = (Meaning.COUNT, Meaning.EPOCH, Meaning.SAMPLE)
    others = (_term(name, experiment) for name in names(experiment))
    return tuple(meaning(term, say) for term in (*counts, *others))


def _term(name: Name, experiment: Experiment) -> Meaning:
    """Return the entry of the glossary for a column: a parameter is that before the update."""
    if name.quantity in symbols.LEARNED:
        return learned(parameter_of(name.quantity)).old
    return symbols.term(name, experiment)


def _value(at: UpdateRow, place: int, experiment: Experiment) -> float:
    """Return the number in a column, `place` counting from x."""
    if place < _NUMBERS:
        return (at.x, at.target, at.output, at.loss)[place]
    which, further = divmod(place - _NUMBERS, 2 * experiment.layers)
    row, i = divmod(further, experiment.layers)
    numbers = (at.theta, at.theta_gradients)[row]
    return numbers[which * experiment.layers + i]


def _ink(name: Name) -> Ink:
    """Return the ink of a column of numbers."""
    if name.quantity is Quantity.OUTPUT:
        return Ink.FORWARD
    return Ink.GRADIENT if name.quantity in symbols.GRADIENTS else Ink.TEXT
