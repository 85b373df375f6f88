"""Documents on a printer. QtPrintSupport is loaded when somebody prints."""

from collections.abc import Generator, Sequence

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from gui.sheets.ink import POINT
from gui.sheets.paging import Laid, paint
from gui.sheets.papers import PAPERS

_POINTS_OF_AN_INCH = 72

Printing = Generator[None, None, None]


def printer_for(paper: str, title: str) -> QPrinter:
    """Return a printer that is set to a paper."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    policy = QPageSize.SizeMatchPolicy.FuzzyMatch
    size = QPageSize(QSizeF(*PAPERS[paper]), QPageSize.Unit.Point, "", policy)
    printer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF()))
    printer.setFullPage(True)
    printer.setDocName(title)
    return printer


def print_by_pages(printer: QPrinter, pages: Sequence[Laid], paper: str) -> Printing:
    """Print pages, and yield after each; nothing is printed where they are not all wanted.

    Raises OSError where the printer does not begin.
    """
    painter = QPainter()
    if not painter.begin(printer):
        raise OSError(0, printer.printerName())
    scale = printer.resolution() / (_POINTS_OF_AN_INCH * POINT)
    try:
        for k, (page, document, number, count) in enumerate(pages):
            if k:
                printer.newPage()
            painter.save()
            painter.scale(scale, scale)
            paint(page, painter, document, paper, number, count)
            painter.restore()
            yield
    except GeneratorExit:
        printer.abort()
        raise
    finally:
        painter.end()
