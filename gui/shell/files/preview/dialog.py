"""The dialog before a table is taken: what was understood of it, to be looked at and changed."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from engine import UserError
from gui.language import Say, sentence, speech
from gui.shell.files.preview.picture import TablePreview
from gui.shell.files.preview.questions import Question
from gui.theme import Theme
from gui.widgets.accessible import announce
from gui.widgets.check_box import CheckBox
from gui.widgets.choice import Choice
from gui.widgets.dialog_button import DialogButton
from gui.widgets.labels import heading
from gui.widgets.table import Table
from gui.widgets.table.cells import PAD, cell_font

_WIDTH, _HEIGHT = 860, 520
_FRAME = QSize(40, 60)
"""In pixels: what a window's frame and a task bar may need."""

_LINE, _LEAST, _MOST, _NOTE = 64, 72, 180, 340
"""In pixels, at the ordinary size of type: the widths of columns."""

_MEASURED = 100
"""So many rows tell how wide a column is."""

_ABREAST = 3
"""So many questions stand side by side."""


class TablePreviewDialog(QDialog):
    """Shows a preview and lets its answers be changed; `taken` tells the samples."""

    taken = Signal(object)

    def __init__(
        self, data: bytes, preview: TablePreview, name: str, theme: Theme, parent: QWidget
    ) -> None:
        """Show the `preview` of the table called `name`, whose bytes are `data`."""
        super().__init__(parent)
        self.setObjectName("table preview")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._data, self._preview = data, preview
        self._theme = theme
        self._problem = ""
        say = speech(preview.language)
        self.setWindowTitle(say("Import samples from {name}").format(name=name))
        wanted = QSize(self._theme.size(_WIDTH), self._theme.size(_HEIGHT))
        self.resize(wanted.boundedTo(parent.screen().availableSize() - _FRAME))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        column.addWidget(self._intro(say))
        self._choices: dict[str, Choice] = {}
        column.addLayout(self._form(preview.questions))
        self._table = Table("preview table", main=0)
        self._table.name(say("The table as it is understood"), "")
        column.addWidget(self._table, 1)
        column.addLayout(self._foot(say))
        self._show()
        self._choices["x"].setFocus()

    def _intro(self, say: Say) -> QLabel:
        intro = heading("muted")
        intro.setText(
            say(
                "This is how the table is understood. If something is wrong, change it: the "
                "lines below follow."
            )
        )
        intro.setWordWrap(True)
        return intro

    def _form(self, questions: Sequence[Question]) -> QGridLayout:
        form = QGridLayout()
        form.setHorizontalSpacing(18)
        form.setVerticalSpacing(4)
        for place, question in enumerate(questions):
            label, choice = QLabel(question.label), Choice(())
            label.setProperty("role", "muted")
            label.setBuddy(choice)
            choice.setObjectName(f"preview {question.name}")
            choice.setAccessibleName(question.label)
            choice.give_way()
            choice.activated.connect(lambda row, name=question.name: self._answer(name, row))
            self._choices[question.name] = choice
            row, column = divmod(place, _ABREAST)
            form.addWidget(label, 3 * row, column)
            form.addWidget(choice, 3 * row + 1, column)
            form.setRowMinimumHeight(3 * row + 2, self._theme.size(PAD))
            form.setColumnStretch(column, 1)
        return form

    def _foot(self, say: Say) -> QHBoxLayout:
        self._summary = QLabel()
        self._summary.setObjectName("preview summary")
        self._summary.setWordWrap(True)
        self._leave_out = CheckBox()
        self._leave_out.setObjectName("leave out")
        self._leave_out.toggled.connect(self._leave)
        buttons = QDialogButtonBox()
        self._take = DialogButton(say("Import"))
        self._take.setObjectName("take samples")
        self._take.setDefault(True)
        buttons.addButton(self._take, QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = QPushButton(say("Cancel"))
        buttons.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        words = QVBoxLayout()
        words.addWidget(self._summary)
        words.addWidget(self._leave_out)
        foot = QHBoxLayout()
        foot.addLayout(words, 1)
        foot.addWidget(buttons, 0, Qt.AlignmentFlag.AlignBottom)
        return foot

    def accept(self) -> None:
        """Take the samples, where nothing hinders it."""
        if not self._preview.hindrance:
            super().accept()
            self.taken.emit(self._preview.samples())

    def _answer(self, name: str, row: int) -> None:
        self._problem = ""
        try:
            self._preview = self._preview.answered(name, row, self._data)
        except UserError as problem:
            self._problem = sentence(problem, self._preview.language)
        self._show()

    def _leave(self, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        self._preview = self._preview.leaving_out(on=on)
        self._show()

    def _show(self) -> None:
        preview, theme = self._preview, self._theme
        say = speech(preview.language)
        for question in preview.questions:
            choice = self._choices[question.name]
            names = tuple(map(str, range(len(question.words))))
            if choice.names != names:
                choice.offer(names)
            choice.present(theme, str(question.chosen), question.words)
        self._table.present(preview, theme, self._widths, heads=theme.size(_LINE))
        hindrance = self._problem or preview.hindrance
        told = hindrance or preview.summary
        if self._summary.text() not in ("", told):
            announce(self._summary, told)
        self._summary.setText(told)
        self._summary.setProperty("role", "problem" if hindrance else "title")
        self._summary.style().polish(self._summary)
        self._leave_out.setText(say("Leave out marked lines: {count}").format(count=preview.faulty))
        self._leave_out.setVisible(bool(preview.faulty and preview.good))
        self._take.block(hindrance)

    def _widths(self, room: int) -> list[int]:
        """Return how wide the columns are in a room: what is left over goes to the notes."""
        size, preview = self._theme.size, self._preview
        metrics = QFontMetrics(cell_font(self._theme))
        rows = range(min(preview.rows, _MEASURED))
        widths = []
        for column in range(preview.columns - 1):
            texts = [preview.heading(column), *(preview.cell(row, column).text for row in rows)]
            widest = max(map(metrics.horizontalAdvance, texts)) + 4 * size(PAD)
            widths.append(min(max(widest, size(_LEAST)), size(_MOST)))
        return [*widths, max(room - sum(widths), size(_NOTE))]
