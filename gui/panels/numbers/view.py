"""The panel of numbers: every value of this sample, and the history of all updates."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from gui.drawing.grid import Export
from gui.language import Say, speech
from gui.panels.numbers.picture.history import HistoryTable, Pages, history_table
from gui.panels.numbers.picture.kept import kept_words
from gui.panels.numbers.picture.sample import SampleTable, sample_table, shown_as
from gui.panels.numbers.picture.sorting import next_sorting
from gui.panels.numbers.widths import history_widths, row_heads_width, sample_widths
from gui.state import State
from gui.state.intents import Do, Point, Seek, Show, ShowView, Tell
from gui.theme import Theme, dressed
from gui.widgets.button import Button
from gui.widgets.flow import Flow
from gui.widgets.labels import heading
from gui.widgets.panel import Panel
from gui.widgets.table import Table
from gui.widgets.tabs import Tabs

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
        self.table = Table("sample table", main=_VALUES, sortable=True)
        self.table.taken.connect(self._seek)
        self.table.pointed.connect(self._point)
        self.table.sort_asked.connect(self._sort)
        self.table.refused.connect(self.refused)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._words)
        column.addWidget(self.table, 1)

    def present(self, state: State, say: Say, theme: Theme) -> None:
        """Show the numbers, and bring the latest into view when it is another."""
        former = self._shown
        plain = say("Values not computed yet are left empty. Ctrl+C copies the selection.")
        self._words.setText(kept_words(state) or plain)
        hint = say(
            "Click to sort; again to reverse; a third time for the order of computation (Alt+↑,"
            " Alt+↓)"
        )
        self.table.name(say("The numbers of this sample"), hint)
        self._shown = shown = sample_table(state)
        self.table.present(shown, theme, partial(sample_widths, shown))
        other = former is None or former.sorting != shown.sorting
        if former is None or other or former.state.index != state.index:
            self._follow()

    def _follow(self) -> None:
        row = self._shown.present if self._shown else None
        if row is not None:
            self.table.show_row(row)

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
        self.table = Table("history table", main=_OUTPUT)
        self.table.taken.connect(self._seek)
        self.table.refused.connect(self.refused)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._words)
        column.addWidget(self.table, 1)

    def present(self, state: State, say: Say, theme: Theme) -> None:
        """Show the updates, and bring the present one into view when it is another."""
        former = self._shown
        same_run = former is not None and former.run is state.run
        pages = former.pages if former is not None and same_run else Pages(state.run)
        self._shown = shown = history_table(state, pages)
        self._words.setText(say("One row per update; Enter or a double click goes there."))
        hint = say("Alt+← and Alt+→ go from column to column")
        self.table.name(say("The history of updates"), hint)
        empty = say("There are no updates: the number of epochs is 0.")
        if state.curtained:
            empty = say("No update is done yet: after each update, its row appears here.")
        widths = partial(history_widths, shown, theme)
        heads = row_heads_width(shown, theme)
        self.table.present(shown, theme, widths, empty, heads)
        moved = former is None or not same_run or former.present != shown.present
        if moved and shown.present is not None:
            self.table.show_row(shown.present)

    def export(self) -> Export:
        """Return the table to be written to a file."""
        assert self._shown is not None  # noqa: S101 - it was shown before it can be asked for
        return self._shown.export()

    def _seek(self, row: int) -> None:
        if self._shown is not None:
            self.sought.emit(self._shown.seek(row))


class NumbersView(Panel):
    """Shows the numbers in tables."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("numbers")
        self._sample, self._history = SampleSection(), HistorySection()
        self._sections: dict[str, SampleSection | HistorySection] = {
            "sample": self._sample,
            "history": self._history,
        }
        self._stack = QStackedWidget()
        for section in (self._sample, self._history):
            self._stack.addWidget(section)
            section.sought.connect(lambda index: self.wished.emit(Seek(index)))
            section.refused.connect(lambda problem: self.wished.emit(Tell(problem)))
        self._sample.sorting_chosen.connect(
            lambda sorting: self.wished.emit(ShowView(shown_as(sorting)))
        )
        self._sample.pointed.connect(lambda at: self.wished.emit(Point(at)))
        self._tabs = Tabs(tuple(self._sections), role="small")
        self._tabs.chosen.connect(lambda name: self.wished.emit(Show({"table": name})))
        self._export = Button(role="small")
        self._export.setObjectName("export numbers")
        self._export.clicked.connect(self._ask_export)
        self._arrange()

    def _arrange(self) -> None:
        top = Flow(ends_right=True)
        top.addWidget(self._tabs)
        top.addWidget(self._export)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 8)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self._stack, 1)

    def present(self, state: State) -> None:
        """Show the table that is chosen."""
        say, theme = speech(state.look.locale), dressed(state.look)
        words = {"sample": say("This sample"), "history": say("History")}
        self._tabs.present(theme, state.look.table, words, {})
        hint = say("Save this table to a file, with all digits")
        self._export.present(theme, say("Export as CSV…"), hint)
        section = self._sections[state.look.table]
        self._stack.setCurrentWidget(section)
        section.present(state, say, theme)

    @property
    def main(self) -> QWidget | None:
        """The table in front."""
        section = self._stack.currentWidget()
        return section.table if isinstance(section, SampleSection | HistorySection) else None

    def _ask_export(self) -> None:
        name = "history" if self._stack.currentWidget() is self._history else "sample"
        self.wished.emit(Do(f"export {name}"))
