"""Documents as PDF: the same bytes for the same document, with the fonts that it needs."""

import re
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing

from PySide6.QtCore import QBuffer, QHashSeed, QIODevice, QMarginsF, QSizeF, QUuid
from PySide6.QtGui import QPageSize, QPainter, QPdfWriter

from gui.sheets.ink import POINT
from gui.sheets.paging import Laid, laid_out, paint
from gui.sheets.papers import PAPERS
from gui.sheets.picture.blocks import Document

Drawing = Callable[[QPainter, Callable[[], object]], Iterator[None]]
"""Paints all pages: with a painter, and what begins the next page; yields now and then."""

Making = Generator[None, None, bytes]
"""Makes a PDF bit by bit, and returns it at the end."""

_POINTS_OF_AN_INCH = 72
_DATES = re.compile(
    rb"""/(?:Creation|Mod)Date \(D:[^)]*\)| xmp:(?:Create|Modify|Metadata)Date="[^"]*\""""
)
_LETTERS = re.compile(rb"\[(?:<[0-9A-F]{4,}> ?)+\]")
"""What the letters of a font are, in the order of its glyphs."""

_IDS = QUuid("b1b8a1c2-6a0e-5a38-9d0c-5f2f6f0c1d2e")
"""What the identities of all documents are made from."""


def pdf(documents: Sequence[Document], paper: str) -> bytes:
    """Return documents one after the other as one PDF; each counts its own pages."""
    return made(pdf_by_pages(laid_out(documents, paper), paper))


def pdf_by_pages(pages: Sequence[Laid], paper: str) -> Making:
    """Make a PDF of pages, and yield after each."""

    def draw(painter: QPainter, new_page: Callable[[], object]) -> Iterator[None]:
        for k, (page, document, number, count) in enumerate(pages):
            if k:
                new_page()
            paint(page, painter, document, paper, number, count)
            yield

    documents = [one.document for one in pages if one.number == 1]
    named = "\n".join(f"{one.title}\n{one.foot}" for one in documents)
    return drawn(documents[0].title, named, paper, draw)


def made(making: Making) -> bytes:
    """Return the PDF that is made, without a pause."""
    while True:
        try:
            next(making)
        except StopIteration as end:
            return bytes(end.value)


def drawn(title: str, identity: str, paper: str, draw: Drawing) -> Making:
    """Make a PDF of what `draw` paints, in tenths of a point; `identity` tells it from others."""
    with closing(_written(title, identity, paper, draw)) as writing:
        while True:
            # Qt writes the fonts in the order of a hash table, another one in each process.
            QHashSeed.setDeterministicGlobalSeed()
            try:
                next(writing)
            except StopIteration as end:
                return _spaced(_undated(end.value))
            finally:
                QHashSeed.resetRandomGlobalSeed()
            yield


def _written(title: str, identity: str, paper: str, draw: Drawing) -> Making:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(round(_POINTS_OF_AN_INCH * POINT))
    unit = QPageSize.Unit.Point
    writer.setPageSize(
        QPageSize(QSizeF(*PAPERS[paper]), unit, paper, QPageSize.SizeMatchPolicy.ExactMatch)
    )
    writer.setPageMargins(QMarginsF())
    writer.setTitle(title)
    writer.setCreator("Chainstep")
    writer.setDocumentId(QUuid.createUuidV5(_IDS, f"{paper}\n{identity}".encode()))
    painter = QPainter(writer)
    try:
        yield from draw(painter, writer.newPage)
    finally:
        painter.end()  # Qt crashes where the writer goes first
    return bytes(buffer.data().data())


def _undated(content: bytes) -> bytes:
    """Return a PDF without its date: two prints of a sheet are the same file."""
    return _DATES.sub(lambda found: b" " * len(found[0]), content)


def _spaced(content: bytes) -> bytes:
    """Return a PDF whose spaces are copied as spaces: Qt says that they are tabs."""
    return _LETTERS.sub(lambda found: found[0].replace(b"<0009>", b"<0020>"), content)
