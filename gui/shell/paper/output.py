"""A sheet that is made goes to a file or to a printer, page by page."""

from collections.abc import Callable, Generator, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QDialog, QWidget

from engine.words import mark
from gui.language import Say
from gui.sheets.paging import Laid
from gui.sheets.pdf import pdf_by_pages
from gui.shell.files.documents import Documents
from gui.shell.files.names import proposed
from gui.shell.paper.slices import Slices, Work

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

PDF = ".pdf"
_MAKING = mark("Making page {number} of {count}")
AskPrinter = Callable[["QPrinter", QWidget], bool]
Result = TypeVar("Result")


class Output:
    """Saves and prints in slices; `tell` shows what is done, and "" when no more is."""

    def __init__(
        self,
        documents: Documents,
        dialog: QWidget,
        ask_printer: AskPrinter | None,
        say: Say,
        tell: Callable[[str], None],
    ) -> None:
        """`ask_printer` lets the user set a printer up, and tells whether to print."""
        self._documents, self._dialog, self._say, self._tell = documents, dialog, say, tell
        self._ask_printer = ask_printer or _asked
        self._slices = Slices(dialog)

    @property
    def at_work(self) -> bool:
        """Whether pages are being made."""
        return self._slices.at_work

    def save(self, files: Sequence[tuple[str, Sequence[Laid]]], paper: str) -> None:
        """Ask for the name of each file, under its title, and write it when it is whole."""
        self._slices.begin(self._saved(files, paper))

    def print(self, pages: Sequence[Laid], paper: str) -> None:
        """Ask for a printer, and print."""
        self._slices.begin(self._printed(pages, paper))

    def cancel(self) -> None:
        """Let the pages be: nothing is written."""
        self.stop()
        self._tell("")

    def stop(self) -> None:
        """Let the pages be, and say nothing: the dialog goes."""
        self._slices.stop()

    def _saved(self, files: Sequence[tuple[str, Sequence[Laid]]], paper: str) -> Work:
        for title, pages in files:
            path = self._documents.ask_where(title, proposed(pages[0].document.title), (PDF,))
            if path is None:
                break
            content = yield from self._told(pdf_by_pages(pages, paper), len(pages))
            self._documents.write(path, partial(bytes, content))
        self._tell("")

    def _printed(self, pages: Sequence[Laid], paper: str) -> Work:
        from gui.sheets.printing import print_by_pages, printer_for  # noqa: PLC0415 - seldom

        printer = printer_for(paper, pages[0].document.title)
        if self._ask_printer(printer, self._dialog):
            try:
                yield from self._told(print_by_pages(printer, pages, paper), len(pages))
            except OSError:
                say = self._say
                self._documents.complain(say("The printer did not begin."))
        self._tell("")

    def _told(
        self, making: Generator[None, None, Result], count: int
    ) -> Generator[None, None, Result]:
        """Make pages, and tell which one comes next."""
        number = 1

        def told() -> None:
            self._tell(self._say(_MAKING).format(number=min(number, count), count=count))

        told()
        yield
        while True:
            try:
                next(making)
            except StopIteration as end:
                result: Result = end.value
                return result
            number += 1
            told()
            yield


def _asked(printer: "QPrinter", parent: QWidget) -> bool:
    from PySide6.QtPrintSupport import QPrintDialog  # noqa: PLC0415 - when somebody prints

    return QPrintDialog(printer, parent).exec() == QDialog.DialogCode.Accepted
