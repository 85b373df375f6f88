"""Pages: groups of blocks, each whole on one page, and what stands at the foot."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QLocale, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter

from gui.sheets.drawing import Height, draw, height_of
from gui.sheets.ink import BLACK, POINT, SIZES, draw_line
from gui.sheets.papers import A4, LETTER, PAPERS
from gui.sheets.picture.blocks import Block, Document, Group, plain

_SIDE, _TOP, _BOTTOM = 50.0, 44.0, 56.0
_FOOT = 34.0
"""In points: how far above the lower edge the foot stands."""

_BETWEEN = 16.0
_LEAST, _MOST = 0.66, 1.22
"""So much smaller or higher rows and chains are, so that a page is well filled."""


def usual_paper() -> str:
    """Return the paper that is usual where the system stands."""
    american = QLocale.MeasurementSystem.ImperialUSSystem
    return LETTER if QLocale.system().measurementSystem() is american else A4


@dataclass(frozen=True, slots=True)
class Page:
    """A page: blocks with the rectangle and the stretch of each."""

    blocks: tuple[tuple[Block, QRectF, float], ...]


class Laid(NamedTuple):
    """A page of a document: its `number`, of so many `pages` in that."""

    page: Page
    document: Document
    number: int
    pages: int


def laid_out(documents: Iterable[Document], paper: str) -> list[Laid]:
    """Return the pages of documents one after the other; each counts its own."""
    return [one for document in documents for one in counted(pages_of(document, paper), document)]


def counted(pages: Iterable[Page], document: Document) -> list[Laid]:
    """Return all pages of a document with their numbers."""
    every = tuple(pages)
    return [Laid(page, document, number, len(every)) for number, page in enumerate(every, 1)]


def pages_of(document: Document, paper: str) -> Iterator[Page]:
    """Yield the pages of a document as they are laid out; no group is cut."""
    return _Paging(paper).pages(document)


class _Paging:
    """Fills pages; the height of a block is found once, which takes the longest of all."""

    def __init__(self, paper: str) -> None:
        self._width = POINT * (PAPERS[paper][0] - 2 * _SIDE)
        self._room = POINT * (PAPERS[paper][1] - _TOP - _BOTTOM)
        self._heights: dict[int, Height] = {}

    def pages(self, document: Document) -> Iterator[Page]:
        for groups in self._filled(document.groups):
            for page in self._split(groups):
                yield self._page(page)

    def _filled(self, groups: Iterable[Group]) -> Iterator[list[Group]]:
        page, first = list[Group](), True
        for group in groups:
            only_head = first and len(page) == 1
            least = _LEAST if only_head else 0.92
            if page and (group.new_page or self._height([*page, group]).at(least) > self._room):
                yield page
                page, first = [], False
            page.append(group)
        yield page

    def _split(self, groups: list[Group]) -> Iterator[list[Group]]:
        """Yield the page; a group that is higher than one is cut between its blocks."""
        if len(groups) > 1 or self._height(groups).at(_LEAST) <= self._room:
            yield groups
            return
        rest: list[Block] = []
        for block in groups[0].blocks:
            if rest and self._height([Group((*rest, block))]).at(_LEAST) > self._room:
                yield [Group(tuple(rest))]
                rest = []
            rest.append(block)
        yield [Group(tuple(rest))]

    def _height_of(self, block: Block) -> Height:
        # Blocks live as long as their document: each has an identity of its own.
        if id(block) not in self._heights:
            self._heights[id(block)] = height_of(block, self._width)
        return self._heights[id(block)]

    def _height(self, groups: Sequence[Group]) -> Height:
        heights = [self._height_of(block) for group in groups for block in group.blocks]
        spaces = POINT * _BETWEEN * max(0, len(groups) - 1)
        return Height(spaces + sum(h.fixed for h in heights), sum(h.flexible for h in heights))

    def _page(self, groups: Sequence[Group]) -> Page:
        whole = self._height(groups)
        stretch = 1.0
        if whole.flexible:
            stretch = min(_MOST, max(_LEAST, (self._room - whole.fixed) / whole.flexible))
        placed, y = [], POINT * _TOP
        for group in groups:
            for block in group.blocks:
                high = self._height_of(block).at(stretch)
                placed.append((block, QRectF(POINT * _SIDE, y, self._width, high), stretch))
                y += high
            y += POINT * _BETWEEN
        return Page(tuple(placed))


def paint(
    page: Page, painter: QPainter, document: Document, paper: str, number: int, count: int
) -> None:
    """Paint a page, the first of whose tenths of a point is at the origin."""
    for block, where, stretch in page.blocks:
        draw(block, painter, where, stretch)
    size = QSizeF(*PAPERS[paper]) * POINT
    width = size.width() - 2 * POINT * _SIDE
    place = QRectF(POINT * _SIDE, size.height() - POINT * _FOOT, width, 10 * POINT)
    painter.setPen(QColor(BLACK))
    draw_line(painter, plain(document.foot), place, SIZES["foot"])
    right = Qt.AlignmentFlag.AlignRight
    draw_line(painter, plain(f"{number} / {count}"), place, SIZES["foot"], right)
