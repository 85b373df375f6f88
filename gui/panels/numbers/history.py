"""The history of a run: a row for each update, of which only those in sight are computed."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.drawing.grid import Export
from gui.language import Say
from gui.panels.numbers.picture.history import HistoryTable, Pages, history_table
from gui.panels.numbers.widths import history_widths, row_heads_width
from gui.state import State
from gui.theme import Theme
from gui.widgets.labels import heading
from gui.widgets.table import Table

_OUTPUT = 5
"""The column of e."""


class HistorySection(QWidget):
    """Shows the updates; `sought` tells the index of the end of one.

    `refused` tells why something can't be copied.
    """

    sought = Signal(object)
    refused = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: HistoryTable | None = None
        self._words = heading("muted")
        self._words.setWordWrap(True)
        self._table = Table("history table", main=_OUTPUT)
        self._table.taken.connect(self._seek)
        self._table.refused.connect(self.refused)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._words)
        column.addWidget(self._table, 1)

    def present(self, state: State, say: Say, theme: Theme) -> None:
        """Show the updates, and bring the present one into view when it is another."""
        former = self._shown
        same_run = former is not None and former.run is state.run
        pages = former.pages if former is not None and same_run else Pages(state.run)
        self._shown = shown = history_table(state, pages)
        self._words.setText(say("One row per update; Enter or a double click goes there."))
        hint = say("Alt+← and Alt+→ go from column to column")
        self._table.name(say("The history of updates"), hint)
        empty = say("There are no updates: the number of epochs is 0.")
        if state.curtained:
            empty = say("No update is done yet: after each update, its row appears here.")
        palette = state.look.palette
        widths = partial(history_widths, shown, palette)
        heads = row_heads_width(shown, palette)
        self._table.present(shown, theme, widths, empty, heads)
        moved = former is None or not same_run or former.present != shown.present
        if moved and shown.present is not None:
            self._table.show_row(shown.present)

    def export(self) -> Export:
        """Return the table to be written to a file."""
        assert self._shown is not None  # noqa: S101 - it was shown before it can be asked for
        return self._shown.export()

    def _seek(self, row: int) -> None:
        if self._shown is not None:
            self.sought.emit(self._shown.seek(row))
