"""Documents on a printer. QtPrintSupport is loaded when somebody prints."""

from collections.abc import Sequence

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from gui.sheets.ink import POINT
from gui.sheets.paging import pages_of, paint
from gui.sheets.papers import PAPERS
from gui.sheets.picture.blocks import Document

_POINTS_OF_AN_INCH = 72


def printer_for(paper: str, title: str) -> QPrinter:
    """Return a printer that is set to a paper."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    policy = QPageSize.SizeMatchPolicy.FuzzyMatch
    size = QPageSize(QSizeF(*PAPERS[paper]), QPageSize.Unit.Point, "", policy)
    printer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF()))
    printer.setFullPage(True)
    printer.setDocName(title)
    return printer


def print_pages(printer: QPrinter, documents: Sequence[Document], paper: str) -> None:
    """Print documents one after the other. Raises OSError where the printer does not begin."""
    painter = QPainter()
    if not painter.begin(printer):
        raise OSError(0, printer.printerName())
    scale = printer.resolution() / (_POINTS_OF_AN_INCH * POINT)
    first = True
    for document in documents:
        pages = tuple(pages_of(document, paper))
        for number, page in enumerate(pages, 1):
            if not first:
                printer.newPage()
            first = False
            painter.save()
            painter.scale(scale, scale)
            paint(page, painter, document, paper, number, len(pages))
            painter.restore()
    painter.end()
