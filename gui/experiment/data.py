"""The training data: a row for each sample."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from engine.user_error import Location
from gui.experiment.section import Section, discard
from gui.language import Say
from gui.state import State
from gui.state.intents import ImportSamples
from gui.state.limits import MOST_ROWS
from gui.theme import Theme
from gui.widgets.button import Button
from gui.widgets.labels import heading
from gui.widgets.rows import Rows
from gui.words import symbols
from gui.words.glossary import meaning
from gui.words.meanings import Meaning

if TYPE_CHECKING:
    from engine import Sample


class DataSection(Section):
    """Edits the samples; the one that is being trained carries a mark."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._samples: tuple[Sample, ...] = ()
        self._numbers: list[QLabel] = []
        self._removers: list[Button] = []
        self._add = Button("plus")
        self._add.setObjectName("add sample")
        self._add.clicked.connect(self._append)
        self._import = Button("upload")
        self._import.setObjectName("import samples")
        self._import.clicked.connect(lambda: self.wished.emit(ImportSamples()))
        self.add_buttons(self._add, self._import)
        self._grid = QGridLayout()
        self._grid.setSpacing(5)
        self._heads = (heading("muted"), heading("muted"))
        for column, label in enumerate(self._heads, start=1):
            self._grid.setColumnStretch(column, 1)
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(label, 0, column)
        self._rows = Rows(self._grid, keeps_width=True)
        self.column.addWidget(self._rows)
        self.add_problems("samples")

    def title(self, say: Say) -> str:
        """Return the heading."""
        return say("Training data")

    def tab_order(self) -> list[QWidget]:
        """Return the buttons that add samples, then the rows."""
        order: list[QWidget] = []
        for row, remover in enumerate(self._removers):
            order += [self.fields[Location("samples", row, name)] for name in ("x", "target")]
            order.append(remover)
        return [self._add, self._import, *order]

    def _append(self) -> None:
        self.change_at_once("samples", (*self._samples, self._samples[-1]))
        self._rows.show_last()

    def _remove(self, row: int) -> None:
        self.change_at_once("samples", (*self._samples[:row], *self._samples[row + 1 :]))

    def present(self, state: State, say: Say, theme: Theme) -> None:
        """Show the samples."""
        super().present(state, say, theme)
        self._samples = state.experiment.samples
        self._match_rows()
        entering = symbols.output(0, state.experiment.layers)
        names = (say("input {symbol}").format(symbol=entering), say("target ê"))
        for label, name, term in zip(
            self._heads, names, (Meaning.INPUT, Meaning.TARGET), strict=True
        ):
            label.setText(name)
            label.setToolTip(meaning(term, say))
        numbers: dict[Location, float] = {}
        for row, sample in enumerate(self._samples):
            numbers[Location("samples", row, "x")] = sample.x
            numbers[Location("samples", row, "target")] = sample.target
            self._present_row(row, names, say, theme)
        self.present_numbers(state, numbers)
        hint = say("Add a sample; it starts as a copy of the last one")
        if len(self._samples) == MOST_ROWS:
            hint = say("The window shows at most {most}").format(most=MOST_ROWS)
        self._add.present(theme, say.within("add", "Sample"), hint)
        self._add.allow(len(self._samples) < MOST_ROWS)
        self._add.setAccessibleName(say("Add a sample"))
        hint = say("Take the samples from a table with two columns, x and target")
        self._import.present(theme, say("CSV…"), hint)
        self._import.setAccessibleName(say("Import samples from a CSV file"))

    def mark(self, present: int) -> None:
        """Mark the sample (from 1) whose turn it is."""
        for sample, number in enumerate(self._numbers, start=1):
            number.setText(f"{'▸' if sample == present else ' '} {sample}")

    def _present_row(
        self,
        row: int,
        names: tuple[str, str],
        say: Say,
        theme: Theme,
    ) -> None:
        remover = self._removers[row]
        hint = say("Remove sample {number}").format(number=row + 1)
        if len(self._samples) == 1:
            hint = say("Training needs at least one sample")
        remover.present(theme, "", hint, icon_only=True)
        remover.allow(len(self._samples) > 1)
        for column, name in zip(("x", "target"), names, strict=True):
            text = say("{column} of sample {number}").format(column=name, number=row + 1)
            self.fields[Location("samples", row, column)].setAccessibleName(text)

    def _match_rows(self) -> None:
        while len(self._numbers) < len(self._samples):
            self._add_row(len(self._numbers))
        while len(self._numbers) > len(self._samples):
            discard(self._numbers.pop())
            discard(self._removers.pop())
            for column in ("x", "target"):
                discard(self.fields.pop(Location("samples", len(self._numbers), column)))
        self._rows.hold(len(self._numbers))

    def _add_row(self, row: int) -> None:
        number, remover = heading("muted"), Button("x", "plain")
        remover.setObjectName(f"remove sample {row + 1}")
        remover.clicked.connect(lambda: self._remove(row))
        self._numbers.append(number)
        self._removers.append(remover)
        self._grid.addWidget(number, row + 1, 0)
        for column, name in enumerate(("x", "target"), start=1):
            self._grid.addWidget(self.field(Location("samples", row, name)), row + 1, column)
        self._grid.addWidget(remover, row + 1, 3)
