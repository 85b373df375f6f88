"""The panel of numbers: every value of this sample, and the history of all updates."""

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gui.language import speech
from gui.panels.numbers.history import HistorySection
from gui.panels.numbers.picture.sorting import shown_as
from gui.panels.numbers.sample import SampleSection
from gui.state import State
from gui.state.intents import Do, Point, Seek, Show, ShowView, Tell
from gui.theme import THEMES
from gui.widgets.button import Button
from gui.widgets.panel import Panel
from gui.widgets.tabs import Tabs


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
        top = QHBoxLayout()
        top.addWidget(self._tabs, 1)
        top.addWidget(self._export)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 8)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self._stack, 1)

    def present(self, state: State) -> None:
        """Show the table that is chosen."""
        say, theme = speech(state.look.language), THEMES[state.look.palette]
        words = {"sample": say("This sample"), "history": say("History")}
        self._tabs.present(theme, state.look.table, words, {})
        hint = say("Save this table to a file, with all digits")
        self._export.present(theme, say("Export as CSV…"), hint)
        section = self._sections[state.look.table]
        self._stack.setCurrentWidget(section)
        section.present(state, say, theme)

    def _ask_export(self) -> None:
        name = "history" if self._stack.currentWidget() is self._history else "sample"
        self.wished.emit(Do(f"export {name}"))
