"""Every number of this sample, in a table that can be sorted."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.drawing.grid import Export
from gui.language import Say
from gui.panels.numbers.picture.kept import kept_words
from gui.panels.numbers.picture.sample import SampleTable, next_sorting
from gui.panels.numbers.picture.sorting import sample_table
from gui.panels.numbers.widths import sample_widths
from gui.state import State
from gui.theme import Theme
from gui.widgets.labels import heading
from gui.widgets.table import Table

_VALUES = 3
"""The column of the values."""


class SampleSection(QWidget):
    """Shows the numbers; `sought` tells the index of the step that computes one.

    `pointed` tells the number under the mouse or None, `sorting_chosen` another `Sorting` or None,
    `refused` why something can't be copied.
    """

    sought = Signal(object)
    sorting_chosen = Signal(object)
    pointed = Signal(object)
    refused = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: SampleTable | None = None
        self._words = heading("muted")
        self._words.setWordWrap(True)
        self._table = Table("sample table", main=_VALUES, sortable=True)
        self._table.taken.connect(self._seek)
        self._table.pointed.connect(self._point)
        self._table.sort_asked.connect(self._sort)
        self._table.refused.connect(self.refused)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._words)
        column.addWidget(self._table, 1)

    def present(self, state: State, say: Say, theme: Theme) -> None:
        """Show the numbers, and bring the latest into view when it is another."""
        former = self._shown
        plain = say("Values not computed yet are left empty. Ctrl+C copies the selection.")
        self._words.setText(kept_words(state) or plain)
        hint = say(
            "Click to sort; again to reverse; a third time for the order of computation (Alt+↑,"
            " Alt+↓)"
        )
        self._table.name(say("The numbers of this sample"), hint)
        self._shown = shown = sample_table(state)
        self._table.present(shown, theme, partial(sample_widths, shown))
        other = former is None or former.sorting != shown.sorting
        if former is None or other or former.state.index != state.index:
            self._follow()

    def _follow(self) -> None:
        row = self._shown.present if self._shown else None
        if row is not None:
            self._table.show_row(row)

    def export(self) -> Export:
        """Return the table to be written to a file."""
        assert self._shown is not None  # noqa: S101 - it was shown before it can be asked for
        return self._shown.export()

    def _seek(self, row: int) -> None:
        index = self._shown.seek(row) if self._shown else None
        if index is not None:
            self.sought.emit(index)

    def _point(self, row: int | None) -> None:
        if self._shown is not None:
            self.pointed.emit(None if row is None else self._shown.name(row))

    def _sort(self, column: int, falling: bool | None) -> None:  # noqa: FBT001 - a signal's
        if self._shown is not None:
            wanted = self._shown.kinds[column]
            sorting = next_sorting(self._shown.sorting, wanted, falling=falling)
            self.sorting_chosen.emit(sorting)
