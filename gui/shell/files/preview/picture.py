"""What was understood of a table, before its samples are taken. No Qt."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from engine import Sample
from engine.files.tables import DELIMITERS, Table, read_text
from engine.files.tables.cells import is_number
from engine.files.tables.encoding import decoded
from engine.words import mark
from gui.drawing.grid import Cell, Dress
from gui.drawing.ink import Ink, Stress
from gui.language import Say, sentence, speech
from gui.language.numbers import exact
from gui.shell.files.preview.questions import Question, answered, encodings_of, questions_of
from gui.state.limits import MOST_ROWS

_NUMBERS = 2
"""The first columns are the two numbers that were understood."""

_MUTED = Dress(Ink.MUTED)
_FAULTY = Dress(Ink.TEXT, Ink.LOSS, Stress.RESULT)


@dataclass(frozen=True)
class TablePreview:
    """A table as a grid: the two numbers of each line, its cells as they stand, and a note.

    `leave_out` tells that lines with a fault shall be left out.
    """

    table: Table
    language: str
    leave_out: bool = False

    @cached_property
    def _say(self) -> Say:
        return speech(self.language)

    # What is asked

    @property
    def questions(self) -> tuple[Question, ...]:
        """What may be changed, in the order in which it is read."""
        names = tuple(self._column_name(column) for column in range(self.table.width))
        return questions_of(self.table.layout, names, self._say)

    def answered(self, name: str, row: int, data: bytes) -> "TablePreview":
        """Return the preview of the table, whose bytes are `data`, with another choice.

        With another delimiter or encoding all else is found again. Raises `UserError`.
        """
        layout = self.table.layout
        text, _ = decoded(data, layout.encoding)
        if name == "encoding":
            text, encoding = decoded(data, encodings_of(layout)[row])
            table = read_text(text, encoding=encoding)
        elif name == "delimiter":
            table = read_text(text, encoding=layout.encoding, delimiter=DELIMITERS[row])
        else:
            table = read_text(text, answered(layout, name, row))
        return replace(self, table=table)

    def leaving_out(self, *, on: bool) -> "TablePreview":
        """Return the preview with lines that have a fault left out, or not."""
        return replace(self, leave_out=on)

    # What comes of it

    @property
    def good(self) -> int:
        """How many samples there are."""
        return len(self.table.pairs)

    @property
    def faulty(self) -> int:
        """How many lines have a fault."""
        return len(self.table.faulty)

    @property
    def hindrance(self) -> str:
        """Why the samples can't be taken; empty where they can."""
        say = self._say
        if self.faulty and not self.good:
            return say("The marked lines cannot be read this way: change the choices above.")
        if not self.good:
            return say("There is no row of numbers in the table.")
        if self.faulty and not self.leave_out:
            return say(
                "The marked lines cannot be read this way: change the choices above, or leave "
                "these lines out."
            )
        if self.good > MOST_ROWS:
            return say("The window shows at most {most}").format(most=MOST_ROWS)
        return ""

    @property
    def summary(self) -> str:
        """How many samples are taken."""
        return self._say(mark("Samples: {count}")).format(count=self.good)

    def samples(self) -> tuple[Sample, ...]:
        """Return the samples of the lines without a fault. Raises `UserError` for none."""
        return self.table.good_samples()

    # The grid

    @property
    def rows(self) -> int:
        """The number of lines."""
        return len(self.table.rows)

    @property
    def columns(self) -> int:
        """The numbers, the cells, the note."""
        return _NUMBERS + self.table.width + 1

    @property
    def order(self) -> Sequence[Hashable]:
        """Lines never move."""
        return ()

    def changed(self, _former: Any) -> None:  # noqa: ANN401 - another grid
        """Tell that all may look otherwise."""
        return

    def heading(self, column: int) -> str:
        """Return the head of a column."""
        say = self._say
        if column < _NUMBERS:
            return (say("input x"), say("target ê"))[column]
        if column == self.columns - 1:
            return say("Note")
        return self._column_name(column - _NUMBERS)

    def heading_hint(self, _column: int) -> str:
        """Return nothing: the choices above say what the columns are."""
        return ""

    def arrow(self, _column: int) -> str:
        """Nothing is sorted."""
        return ""

    def is_words(self, column: int) -> bool:
        """Tell whether words stand in a column, or numbers."""
        if column < _NUMBERS:
            return False
        return column == self.columns - 1 or not self._is_figures(column - _NUMBERS)

    def is_symbol(self, _column: int) -> bool:
        """No head is a symbol."""
        return False

    @property
    def row_heading(self) -> str:
        """The head of the numbers of the lines."""
        return self._say(mark("Line"))

    def row_head(self, row: int) -> Cell:
        """Return the number of a line, with a sign where it has a fault."""
        line = str(self.table.rows[row].line)
        faulty = self._is_faulty(row)
        return Cell(
            f"✗ {line}" if faulty else line, line, _FAULTY if faulty else _MUTED, right=True
        )

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell."""
        if column == self.columns - 1:
            return self._note(row)
        dress = _FAULTY if self._is_faulty(row) else Dress()
        if column < _NUMBERS:
            pair = self.table.pairs.get(row)
            if pair is None:
                return Cell("", "", dress, right=True)
            value = pair[column]
            return Cell(
                exact(value, self._say),
                repr(value),
                Dress(Ink.FORWARD),
                number=value,
                digits=15,
                right=True,
                say=self._say,
            )
        cells = self.table.rows[row].cells
        place = column - _NUMBERS
        text = cells[place] if place < len(cells) else ""
        used = place in (self.table.layout.x, self.table.layout.target)
        if dress.stress is not Stress.RESULT and not used:
            dress = _MUTED
        return Cell(text, text, dress, hint=text, right=self._is_figures(place))

    def _is_faulty(self, row: int) -> bool:
        return row not in self.table.pairs and not self._is_heading(row)

    def _is_heading(self, row: int) -> bool:
        return self.table.layout.heading and row == 0

    def _note(self, row: int) -> Cell:
        if self._is_heading(row):
            text = self._say(mark("names the columns"))
            return Cell(text, text, _MUTED)
        if not self._is_faulty(row):
            return Cell("", "")
        text = sentence(self.table.fault(row), self.language)
        return Cell(text, text, _FAULTY, hint=text, note=True)

    @cached_property
    def _figures(self) -> frozenset[int]:
        start = int(self.table.layout.heading)
        first = self.table.rows[start : start + 20]
        return frozenset(
            column
            for column in range(self.table.width)
            if any(column < len(row.cells) and is_number(row.cells[column]) for row in first)
        )

    def _is_figures(self, column: int) -> bool:
        return column in self._figures

    def _column_name(self, column: int) -> str:
        """Return the name of a column of the file, or its letters as in a spreadsheet."""
        head = self.table.rows[0].cells if self.table.layout.heading else []
        name = head[column] if column < len(head) else ""
        return name or _letters(column)


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
