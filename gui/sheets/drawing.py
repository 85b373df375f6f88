"""The blocks on paper: how high each is, and its painting. In tenths of a point."""

from dataclasses import replace
from math import ceil
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QRegion

from gui.chain.picture import ChainPicture, chain_picture
from gui.chain.picture.layout import lowest_height, narrowest_width
from gui.chain.scene import draw_scene
from gui.language import speech
from gui.language.numbers import given
from gui.sheets.ink import BLACK, GREY, PALE, PAPER, POINT, SIZES, draw_line, font_of, width_of
from gui.sheets.picture.blocks import (
    Blanks,
    Block,
    Chain,
    Given,
    Options,
    Piece,
    Program,
    Prose,
    Rules,
    Table,
    Text,
    plain,
)
from gui.sheets.picture.chains import DIGITS, states_of
from gui.sheets.prose import (
    draw_document,
    draw_options,
    draw_prose,
    options_height,
    plain_document,
    prose_height,
)

_BELOW = {"title": 5.0, "heading": 2.0, "body": 3.0, "note": 3.0}
"""In points: the space under a paragraph."""

_BETWEEN_GIVEN, _BETWEEN_BLANKS = 16.0, 14.0
_CHAIN = 150.0
_LEAST_TYPE, _MOST_TYPE = 6.5, 16
"""The smallest letters of a chain: in points on paper, and at most so large in its own units."""

_PADDING = 6.0
_BOX = 15.0


class Height(NamedTuple):
    """The height of a block: what is fixed, and what may give way or grow."""

    fixed: float
    flexible: float = 0.0

    def at(self, stretch: float) -> float:
        """Return the whole height, the flexible part `stretch` times as high."""
        return self.fixed + stretch * self.flexible


def height_of(block: Block, width: float) -> Height:
    """Return how high a block is in this width."""
    match block:
        case Text():
            return Height(_text_height(block, width))
        case Given():
            return Height(len(_given_rows(block, width)) * 17 * POINT + 3 * POINT)
        case Chain():
            return Height(4 * POINT, _CHAIN * POINT)
        case Table():
            head = _head_height(block)
            rows = len(block.rows) * block.row * POINT
            below = 8 * POINT
            return Height(head + rows + below) if block.tight else Height(head + below, rows)
        case Blanks() | Rules():
            count = block.count if isinstance(block, Rules) else 1
            return Height(2 * POINT, count * block.row * POINT)
        case Program():
            return Height(6 * POINT, len(block.lines) * block.row * POINT)
        case Prose():
            return Height(prose_height(block, width))
        case Options():
            return Height(options_height(block, width))


def draw(block: Block, painter: QPainter, where: QRectF, stretch: float) -> None:
    """Paint a block into its place."""
    match block:
        case Text():
            _draw_text(block, painter, where)
        case Given():
            _draw_given(block, painter, where)
        case Chain():
            _draw_chain(block, painter, where)
        case Table():
            _draw_table(block, painter, where, stretch)
        case Blanks():
            _draw_blanks(block, painter, where)
        case Rules():
            _draw_rules(block, painter, where)
        case Program():
            _draw_program(block, painter, where)
        case Prose():
            draw_prose(block, painter, where)
        case Options():
            draw_options(block, painter, where)


def _text_font(kind: str) -> QFont:
    style = "bold" if kind in ("title", "heading") else "plain"
    return font_of(style, SIZES[kind])


def _text_height(block: Text, width: float) -> float:
    height = plain_document(block.text, width, _text_font(block.kind)).size().height()
    return height + _BELOW[block.kind] * POINT


def _draw_text(block: Text, painter: QPainter, where: QRectF) -> None:
    made = plain_document(block.text, where.width(), _text_font(block.kind))
    draw_document(painter, made, where.topLeft(), GREY if block.kind == "note" else BLACK)


def _given_rows(block: Given, width: float) -> list[list[tuple[float, int]]]:
    """Return the places of the items, row by row: how far from the left, and which."""
    rows: list[list[tuple[float, int]]] = [[]]
    x = 0.0
    for k, item in enumerate(block.items):
        wide = width_of(item, SIZES["cell"])
        if x + wide > width and rows[-1]:
            rows.append([])
            x = 0.0
        rows[-1].append((x, k))
        x += wide + _BETWEEN_GIVEN * POINT
    return rows


def _draw_given(block: Given, painter: QPainter, where: QRectF) -> None:
    for row, places in enumerate(_given_rows(block, where.width())):
        top = where.top() + row * 17 * POINT
        for x, k in places:
            place = QRectF(where.left() + x, top, where.width() - x, 17 * POINT)
            draw_line(painter, block.items[k], place, SIZES["cell"])


def _draw_chain(block: Chain, painter: QPainter, where: QRectF) -> None:
    where = where.adjusted(0, 0, 0, -4 * POINT)
    experiment = block.experiment
    lowest = lowest_height(len(experiment.parameters))
    narrowest = narrowest_width(experiment.layers)
    scale = min(where.height() / lowest, where.width() / narrowest)
    width = min(where.width() / scale, 1.5 * narrowest)
    picture = _picture(block, width, where.height() / scale)
    painter.save()
    painter.translate(where.left() + (where.width() - scale * picture.width) / 2, where.top())
    painter.scale(scale, scale)
    everywhere = QRegion(-(10**6), -(10**6), 2 * 10**6, 2 * 10**6)
    least = min(_MOST_TYPE, ceil(_LEAST_TYPE * POINT / scale))
    # Beside a short chain there is room for its captions.
    beside = max(0.0, where.width() / scale - picture.width) / 2
    window = (-beside, picture.width + 2 * beside)
    draw_scene(painter, PAPER, picture, window, 1.0, everywhere, least)
    painter.restore()


def _picture(block: Chain, width: float, height: float) -> ChainPicture:
    """Return the picture at its moment: captions in all languages, short numbers."""
    states = states_of(block)
    first, *others = (chain_picture(state, width, height) for state in states)
    captions = tuple(
        caption._replace(text=" · ".join((caption.text, *(o.captions[k].text for o in others))))
        for k, caption in enumerate(first.captions)
    )
    numbers, say = states[0].moment.numbers, speech(block.languages[0])
    boxes = tuple(
        replace(box, number=given(numbers[box.name] + 0.0, DIGITS, say), shorter=())
        if box.number and box.name is not None and box.name in numbers
        else box
        for box in first.boxes
    )
    return replace(first, boxes=boxes, captions=captions)


def _head_height(block: Table) -> float:
    lines = max((len(column.heads) for column in block.columns), default=0)
    return POINT * (6 + 12.5 * lines)


def _draw_table(block: Table, painter: QPainter, where: QRectF, stretch: float) -> None:
    widths = [column.share * where.width() for column in block.columns]
    lefts = [where.left() + sum(widths[:k]) for k in range(len(widths) + 1)]
    head = _head_height(block)
    row = POINT * block.row * (1.0 if block.tight else stretch)
    bottom = where.top() + head + len(block.rows) * row
    painter.fillRect(QRectF(lefts[0], where.top(), lefts[-1] - lefts[0], head), QColor("#E8E8E8"))
    for k, column in enumerate(block.columns):
        place = QRectF(lefts[k], where.top() + 3 * POINT, widths[k], 12.5 * POINT)
        for one in column.heads:
            _draw_cell(painter, plain(one, "bold"), place, SIZES["note"], centred=column.centred)
            place.translate(0, 12.5 * POINT)
    for r, cells in enumerate(block.rows):
        for k, cell in enumerate(cells):
            place = QRectF(lefts[k], where.top() + head + r * row, widths[k], row)
            centred = block.columns[k].centred
            _draw_cell(painter, cell.line, place, SIZES["cell"], centred=centred)
    painter.setPen(QPen(QColor(PALE), 0.6 * POINT))
    for r in range(1, len(block.rows)):
        y = where.top() + head + r * row
        painter.drawLine(QPointF(lefts[0], y), QPointF(lefts[-1], y))
    for x in lefts[1:-1]:
        painter.drawLine(QPointF(x, where.top()), QPointF(x, bottom))
    painter.setPen(QPen(QColor(BLACK), 1.0 * POINT))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(lefts[0], where.top(), lefts[-1] - lefts[0], bottom - where.top()))
    painter.drawLine(QPointF(lefts[0], where.top() + head), QPointF(lefts[-1], where.top() + head))
    for r, cells in enumerate(block.rows):
        for k, cell in enumerate(cells):
            if cell.stressed:
                place = QRectF(lefts[k], where.top() + head + r * row, widths[k], row)
                painter.setPen(QPen(QColor(BLACK), 1.6 * POINT))
                inside = 1.6 * POINT
                painter.drawRect(place.adjusted(inside, inside, -inside, -inside))


def _draw_cell(
    painter: QPainter, line: tuple[Piece, ...], where: QRectF, points: float, *, centred: bool
) -> None:
    flag = Qt.AlignmentFlag
    padding = _PADDING * POINT
    inner = where.adjusted(padding, 0, -padding, 0)
    draw_line(painter, line, inner, points, flag.AlignHCenter if centred else flag.AlignLeft)


def _draw_blanks(block: Blanks, painter: QPainter, where: QRectF) -> None:
    """Draw what is to be filled in; a width of 0 is all that is left, shared where it is little."""
    x = where.left()
    height = where.height() - 2 * POINT
    labels = [width_of(line, SIZES["body"]) for line, _ in block.items]
    between = (5 * len(labels) + _BETWEEN_BLANKS * (len(labels) - 1)) * POINT
    most = (where.width() - sum(labels) - between) / len(labels)
    for (line, wanted), wide in zip(block.items, labels, strict=True):
        place = QRectF(x, where.top() + 4 * POINT, wide, height - 4 * POINT)
        draw_line(painter, line, place, SIZES["body"])
        x += wide + 5 * POINT
        end = x + min(wanted * POINT, most) if wanted else where.right()
        y = place.center().y() + 0.36 * POINT * SIZES["body"] + 2 * POINT
        _rule(painter, x, end, y)
        x = end + _BETWEEN_BLANKS * POINT


def _draw_rules(block: Rules, painter: QPainter, where: QRectF) -> None:
    row = (where.height() - 2 * POINT) / block.count
    for k in range(1, block.count + 1):
        _rule(painter, where.left(), where.right(), where.top() + k * row)


def _rule(painter: QPainter, left: float, right: float, y: float) -> None:
    painter.setPen(QPen(QColor(GREY), 0.6 * POINT))
    painter.drawLine(QPointF(left, y), QPointF(right, y))


def _draw_program(block: Program, painter: QPainter, where: QRectF) -> None:
    row = (where.height() - 6 * POINT) / len(block.lines)
    box = min(_BOX * POINT, 0.8 * row)
    for k, (text, depth, number) in enumerate(block.lines):
        top = where.top() + k * row
        square = QRectF(where.left(), top + (row - box) / 2, 1.4 * box, box)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(BLACK), 0.8 * POINT))
        painter.drawRect(square)
        draw_line(
            painter, plain(number, "bold"), square, SIZES["body"], Qt.AlignmentFlag.AlignHCenter
        )
        indent = square.right() + (10 + 22 * depth) * POINT
        place = QRectF(indent, top, where.right() - indent, row)
        draw_line(painter, plain(text, "code"), place, SIZES["body"])
