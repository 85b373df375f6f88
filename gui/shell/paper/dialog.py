"""The dialog for work sheets: what is wanted at the left, the pages at the right."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from engine.teaching.sheets import sheet_made
from engine.words import mark
from gui.language import speech
from gui.sheets.paging import Laid, counted, pages_of, usual_paper
from gui.shell.files.documents import Documents
from gui.shell.paper.form import Form, new_seed
from gui.shell.paper.output import AskPrinter, Output
from gui.shell.paper.picture import Wishes, documents_for, remembered, to_keep
from gui.shell.paper.preview import PagePreview
from gui.shell.paper.slices import Slices, Work
from gui.shell.saved_values import SavedValues
from gui.shell.screen import fit_to_screen
from gui.state import State
from gui.theme import dressed, load_fonts
from gui.widgets.accessible import announce
from gui.widgets.dialog_button import DialogButton
from gui.widgets.labels import heading

if TYPE_CHECKING:
    from engine.teaching.sheets import Sheet

_WIDTH, _HEIGHT = 900, 680
"""In pixels, at the ordinary size of type."""

_CHOICES = "worksheet/choices"
_TITLE = mark("Work sheet")
_PAGE = mark("Page {number} of {count}")
_DRAWING = mark("Drawing numbers: {number} of {count}")


class WorkSheet(QDialog):
    """Makes a sheet as it is wished, shows it, prints it and saves it.

    It is made in slices between other events, so that the dialog answers meanwhile: finding the
    numbers of one exercise may take seconds, and laying out many pages a tenth of one.
    """

    def __init__(
        self,
        state: State,
        documents: Documents,
        values: SavedValues,
        parent: QWidget,
        ask_printer: AskPrinter | None = None,
    ) -> None:
        """Begin with what was chosen last, as `values` keep it.

        `ask_printer` lets the user set a printer up, and tells whether to print.
        """
        super().__init__(parent)
        load_fonts()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("work sheet")
        self._theme = dressed(state.look)
        self._say = speech(state.look.locale)
        self._values = values
        self._first = self._wishes = remembered(_first(state), values.text(_CHOICES))
        self._pages: list[Laid] = []
        self._page = 0
        self._making = Slices(self)
        self._output = Output(documents, self, ask_printer, self._say, self._tell_output)
        self._had_focus: QWidget | None = None
        self.setWindowTitle(self._say(_TITLE))
        self._form = Form(self._wishes, self._theme, state.look.locale)
        self._form.wished.connect(self._take)
        self._form.hindered.connect(self._wait)
        self._preview = PagePreview(self._theme, self._say)
        self._told = heading("muted")
        self._before, self._next = QPushButton("‹"), QPushButton("›")
        self._print, self._save = DialogButton(""), DialogButton("")
        self._close = QPushButton()
        self._arrange()
        self.resize(self._theme.size(_WIDTH), self._theme.size(_HEIGHT))
        fit_to_screen(self)
        self._begin()
        self._form.choices["kind"].setFocus()
        self.finished.connect(self._end)

    # The parts

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(14)
        middle = QHBoxLayout()
        middle.setSpacing(24)
        middle.addWidget(self._form)
        middle.addLayout(self._shown(), 1)
        column.addLayout(middle, 1)
        column.addWidget(self._buttons())

    def _shown(self) -> QVBoxLayout:
        say, row = self._say, QHBoxLayout()
        for button, name, by in (
            (self._before, mark("Page before"), -1),
            (self._next, mark("Next page"), 1),
        ):
            button.setAccessibleName(say(name))
            button.setToolTip(say(name))
            button.setObjectName(f"sheet page {by}")
            button.setAutoDefault(False)
            button.clicked.connect(lambda _on=False, by=by: self._turn(by))
        self._told.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._told.setObjectName("sheet told")
        row.addWidget(self._before)
        row.addWidget(self._told, 1)
        row.addWidget(self._next)
        self._preview.turned.connect(self._turn)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(self._preview, 1)
        column.addLayout(row)
        return column

    def _buttons(self) -> QDialogButtonBox:
        say, role = self._say, QDialogButtonBox.ButtonRole
        box = QDialogButtonBox()
        self._print.setText(say("Print…"))
        self._print.setObjectName("sheet print")
        self._print.setAutoDefault(False)
        self._print.clicked.connect(self._print_it)
        self._save.setText(say("Save as PDF…"))
        self._save.setObjectName("sheet save")
        self._save.setDefault(True)
        self._save.clicked.connect(self._save_it)
        self._close.setText(say("Close"))
        self._close.setObjectName("sheet close")
        self._close.setAutoDefault(False)
        box.addButton(self._print, role.ActionRole)
        box.addButton(self._save, role.ActionRole)
        box.addButton(self._close, role.RejectRole)
        box.rejected.connect(self.reject)
        return box

    def _take(self, wishes: Wishes) -> None:
        self._wishes = wishes
        self._begin()

    def _wait(self, why: str) -> None:
        self._making.stop()
        self._stand(why)
        if not self._pages:
            self._show_none()

    def _end(self) -> None:
        """Leave all work, and remember what was chosen."""
        self._making.stop()
        self._output.stop()
        last = replace(self._wishes, apart=self._form.apart.isChecked())
        kept = to_keep(self._first, last, self._values.text(_CHOICES))
        self._values.remember_text(_CHOICES, kept)

    # The sheet

    def _begin(self) -> None:
        """Begin a sheet anew; the page before is gone as soon as something else is wanted."""
        self._page, self._pages = 0, []
        self._making.begin(self._make())
        if not self._pages:
            self._show_none()

    def _make(self) -> Work:
        """Draw exercise by exercise, and show the first at once; yield where others may work."""
        wishes, count = self._wishes, int(self._wishes.count)
        made, seen = None, 0
        self._stand(self._say(_DRAWING).format(number=1, count=count))
        for made in sheet_made(
            wishes.seed, count, wishes.kind, int(wishes.layers), wishes.activation
        ):
            if len(made.exercises) > seen:
                seen = len(made.exercises)
                if seen == 1:
                    yield from self._lay_out(made)
                number = min(seen + 1, count)
                self._stand(self._say(_DRAWING).format(number=number, count=count))
            yield
        if made is not None and seen > 1:
            yield from self._lay_out(made)
        self._stand("")

    def _lay_out(self, made: "Sheet") -> Iterator[None]:
        laid_out = list[Laid]()
        for document in documents_for(made, self._wishes):
            pages = []
            for page in pages_of(document, self._wishes.paper):
                pages.append(page)
                yield
            laid_out += counted(pages, document)
        self._pages = laid_out
        self._turn(0)

    def _show_none(self) -> None:
        told = self._save.toolTip()
        self._preview.present_none()
        self._preview.setAccessibleName(told)
        self._told.setText(told)
        self._before.setEnabled(False)
        self._next.setEnabled(False)

    def _stand(self, hindrance: str) -> None:
        self._print.block(hindrance)
        self._save.block(hindrance)

    def _turn(self, by: int) -> None:
        if not self._pages:
            return
        self._page = min(max(self._page + by, 0), len(self._pages) - 1)
        page, document, number, count = self._pages[self._page]
        told = self._say(_PAGE).format(number=self._page + 1, count=len(self._pages))
        self._preview.present(page, document, self._wishes.paper, number, count)
        self._preview.setAccessibleName(told)
        self._told.setText(told)
        self._before.setEnabled(self._page > 0)
        self._next.setEnabled(self._page < len(self._pages) - 1)
        if by:
            announce(self._preview, told)

    # Out of it

    def _print_it(self) -> None:
        self._output.print(self._pages, self._wishes.paper)

    def _save_it(self) -> None:
        say, pages = self._say, self._pages
        title = say("Save the work sheet")
        files = [(title, pages)]
        if self._form.apart.isChecked():
            answers = next(k for k, one in enumerate(pages) if k and one.number == 1)
            files = [(title, pages[:answers]), (say("Save the answers"), pages[answers:])]
        self._output.save(files, self._wishes.paper)

    def _tell_output(self, words: str) -> None:
        """Tell how far the pages are made; while they are, nothing else can be wished."""
        say, form = self._say, self._form
        if words and form.isEnabled():
            self._had_focus = QApplication.focusWidget()
            announce(self._told, words)
        form.setEnabled(not words)
        self._close.setText(say("Cancel") if words else say("Close"))
        self._stand(words)
        if words:
            self._told.setText(words)
            return
        self._turn(0)
        if self._had_focus is not None and form.isAncestorOf(self._had_focus):
            self._had_focus.setFocus()
        self._had_focus = None

    def reject(self) -> None:
        """Cancel what is being made, or close."""
        if self._output.at_work:
            self._output.cancel()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close, whatever is being made."""
        self._output.stop()
        super().closeEvent(event)


def _first(state: State) -> Wishes:
    """Return what is wished at first: a sheet like the experiment that is open."""
    experiment = state.run.experiment
    layers = min(experiment.layers, 5)
    return Wishes(
        layers=str(layers),
        activation=experiment.activation,
        language=state.look.language,
        paper=usual_paper(),
        seed=new_seed(),
    )
