"""The dialog for work sheets: what is wanted at the left, the pages at the right."""

from collections.abc import Iterator
from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
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
from gui.sheets.paging import Page, pages_of, usual_paper
from gui.sheets.pdf import pdf
from gui.sheets.picture.blocks import Document
from gui.shell.files.documents import Documents
from gui.shell.files.names import proposed
from gui.shell.paper.form import Form, new_seed
from gui.shell.paper.picture import Wishes, documents_for, remembered, to_keep
from gui.shell.paper.preview import PagePreview
from gui.shell.saved_values import SavedValues
from gui.shell.screen import fit_to_screen
from gui.state import State
from gui.theme import dressed, load_fonts
from gui.widgets.accessible import announce
from gui.widgets.dialog_button import DialogButton
from gui.widgets.labels import heading

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtPrintSupport import QPrinter

    from engine.teaching.sheets import Sheet

_WIDTH, _HEIGHT = 900, 680
"""In pixels, at the ordinary size of type."""

PDF = ".pdf"
_CHOICES = "worksheet/choices"
_TITLE = mark("Work sheet")
_PAGE = mark("Page {number} of {count}")
_SLICE = 0.01
"""In seconds: so long a turn of the event loop works for the sheet."""

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
        ask_printer: "Callable[[QPrinter, QWidget], bool] | None" = None,
    ) -> None:
        """Begin with what was chosen last, as `values` keep it.

        `ask_printer` lets the user set a printer up, and tells whether to print.
        """
        super().__init__(parent)
        load_fonts()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("work sheet")
        self._documents, self._theme = documents, dressed(state.look)
        self._say = speech(state.look.locale)
        self._ask_printer = ask_printer or _asked
        self._values = values
        self._first = self._wishes = remembered(_first(state), values.text(_CHOICES))
        self._documents_made: tuple[Document, ...] = ()
        self._pages: list[tuple[Page, Document, int, int]] = []
        self._page = 0
        self._making: Iterator[None] = iter(())
        self._turns = QTimer(self)
        self._turns.setInterval(0)
        self._turns.timeout.connect(self._go_on)
        self.setWindowTitle(self._say(_TITLE))
        self._form = Form(self._wishes, self._theme, state.look.locale)
        self._form.wished.connect(self._take)
        self._form.hindered.connect(self._wait)
        self._preview = PagePreview(self._theme, self._say)
        self._told = heading("muted")
        self._before, self._next = QPushButton("‹"), QPushButton("›")
        self._print, self._save = DialogButton(""), DialogButton("")
        self._arrange()
        self.resize(self._theme.size(_WIDTH), self._theme.size(_HEIGHT))
        fit_to_screen(self)
        self._begin()
        self._form.choices["kind"].setFocus()
        self.finished.connect(self._remember)

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
        close = QPushButton(say("Close"))
        close.setAutoDefault(False)
        box.addButton(self._print, role.ActionRole)
        box.addButton(self._save, role.ActionRole)
        box.addButton(close, role.RejectRole)
        box.rejected.connect(self.reject)
        return box

    def _take(self, wishes: Wishes) -> None:
        self._wishes = wishes
        self._begin()

    def _wait(self, why: str) -> None:
        self._turns.stop()
        self._stand(why)
        if not self._pages:
            self._show_none()

    def _remember(self) -> None:
        last = replace(self._wishes, apart=self._form.apart.isChecked())
        kept = to_keep(self._first, last, self._values.text(_CHOICES))
        self._values.remember_text(_CHOICES, kept)

    # The sheet

    def _begin(self) -> None:
        """Begin a sheet anew; the page before is gone as soon as something else is wanted."""
        self._page, self._pages = 0, []
        self._making = self._make()
        self._turns.start()
        self._go_on()
        if not self._pages:
            self._show_none()

    def _go_on(self) -> None:
        """Work for a slice of time."""
        until = perf_counter() + _SLICE
        for _ in self._making:
            if perf_counter() >= until:
                return
        self._turns.stop()
        self._stand("")

    def _make(self) -> Iterator[None]:
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

    def _lay_out(self, made: "Sheet") -> Iterator[None]:
        documents, laid_out = [], list[tuple[Page, Document, int, int]]()
        for document in documents_for(made, self._wishes):
            documents.append(document)
            pages = []
            for page in pages_of(document, self._wishes.paper):
                pages.append(page)
                yield
            laid_out += [(page, document, k, len(pages)) for k, page in enumerate(pages, 1)]
        self._documents_made, self._pages = tuple(documents), laid_out
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
        from gui.sheets.printing import print_pages, printer_for  # noqa: PLC0415 - seldom

        printer = printer_for(self._wishes.paper, self._documents_made[0].title)
        if self._ask_printer(printer, self):
            try:
                print_pages(printer, self._documents_made, self._wishes.paper)
            except OSError:
                say = self._say
                self._documents.complain(say("The printer did not begin."))

    def _save_it(self) -> None:
        say = self._say
        learners, teachers = self._documents_made
        title = say("Save the work sheet")
        if not self._form.apart.isChecked():
            self._export(title, learners.title, self._documents_made)
        elif self._export(title, learners.title, (learners,)):
            self._export(say("Save the answers"), teachers.title, (teachers,))

    def _export(self, title: str, name: str, pages: tuple[Document, ...]) -> bool:
        paper = self._wishes.paper
        return self._documents.export(
            title, proposed(name), (PDF,), lambda _path: pdf(pages, paper)
        )


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


def _asked(printer: "QPrinter", parent: QWidget) -> bool:
    from PySide6.QtPrintSupport import QPrintDialog  # noqa: PLC0415 - when somebody prints

    return QPrintDialog(printer, parent).exec() == QDialog.DialogCode.Accepted
