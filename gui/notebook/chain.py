"""The window's description of the chain as SVG. No Qt.

Sizes and places are those of `gui/chain/painting.py`, which paints the same description on screen.
"""

from collections.abc import Iterator
from math import atan2, cos, hypot, pi, sin

from gui.chain.picture import ChainPicture
from gui.drawing.ink import Arrow, Box, Caption, Ink, Point, Stress
from gui.drawing.light import PLAIN
from gui.notebook.drawing import (
    OUTLINE,
    blend,
    fill,
    framed,
    ink_of_text,
    line,
    soft,
    width_of,
    written,
)

_HEAD, _WIDE_HEAD = 10.0, 24 * pi / 180


def chain_svg(picture: ChainPicture, title: str) -> str:
    """Return the picture of a chain."""
    parts = [
        *map(_caption, picture.captions),
        *map(_arrow, picture.arrows),
        *(part for arrow in picture.arrows for part in _labels(arrow)),
        *(part for box in picture.boxes for part in _box(box)),
    ]
    return framed(picture.width, picture.height, title, parts)


def _caption(caption: Caption) -> str:
    colour = ink_of_text(caption.ink)
    return written(caption.x, caption.y, caption.text, 13, colour, bold=True, anchor="start")


def _arrow(arrow: Arrow) -> str:
    empty = arrow.stress is Stress.EMPTY
    colour = OUTLINE if empty else line(arrow.ink)
    thick = arrow.thickness * (1.35 if arrow.stress is Stress.RESULT else 1.0)
    thick = 1.5 if empty else thick
    dashes = ""
    if empty or arrow.dotted:
        dashes = f' stroke-dasharray="{thick:.1f} {2.5 * thick:.1f}" stroke-linecap="round"'
    elif arrow.dashed:
        dashes = ' stroke-dasharray="9 5"'
    drawn = _path(_shortened(arrow.points, _HEAD - 2 if arrow.head else 0), curved=arrow.curved)
    path = f'<path d="{drawn}" fill="none" stroke="{colour}" stroke-width="{thick:.1f}"{dashes}/>'
    if not arrow.head:
        return path
    size = 1.0 + 0.12 * (arrow.thickness * (1.35 if arrow.stress is Stress.RESULT else 1.0))
    return path + f'<polygon points="{_head(arrow.points[-2:], _HEAD * size)}" fill="{colour}"/>'


def _path(points: tuple[Point, ...], *, curved: bool) -> str:
    first, *others = (f"{x:.1f} {y:.1f}" for x, y in points)
    if curved:
        return f"M{first} {'Q' if len(others) == 2 else 'C'}{' '.join(others)}"  # noqa: PLR2004
    return f"M{first} L{' L'.join(others)}"


def _shortened(points: tuple[Point, ...], by: float) -> tuple[Point, ...]:
    """Return a path that ends earlier: its end lies under the head."""
    (x0, y0), (x1, y1) = points[-2:]
    long = hypot(x1 - x0, y1 - y0) or 1.0
    share = max(0.0, 1 - by / long)
    return (*points[:-1], (x0 + share * (x1 - x0), y0 + share * (y1 - y0)))


def _head(last: tuple[Point, ...], long: float) -> str:
    (x0, y0), (x1, y1) = last
    back = atan2(y0 - y1, x0 - x1)
    corners = [(x1, y1)]
    corners += [
        (x1 + long * cos(back + turn), y1 + long * sin(back + turn))
        for turn in (-_WIDE_HEAD, _WIDE_HEAD)
    ]
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)


def _labels(arrow: Arrow) -> Iterator[str]:
    colour = PLAIN["muted"] if arrow.stress is Stress.EMPTY else ink_of_text(arrow.ink)
    bold = arrow.stress >= Stress.USED
    room, texts = arrow.room, (arrow.label, arrow.below)
    widest = max(width_of(text, 14) for text in texts)
    if widest > room.right - room.left and arrow.aside is not None:
        room, texts = arrow.aside, (arrow.label + arrow.below.replace("×", " ·"), "")
    x, y = room.at
    for text, down in zip(texts, (y, 2 * arrow.points[-1][1] - y), strict=True):
        if text:
            wide = width_of(text, 14) + 4
            middle = max(min(x, room.right - wide / 2), room.left + wide / 2)
            canvas = PLAIN["canvas"]
            yield (
                f'<rect x="{middle - wide / 2:.1f}" y="{down - 8:.1f}" width="{wide:.1f}"'
                f' height="16" rx="4" fill="{canvas}"/>'
            )
            yield written(middle, down, text, 14, colour, bold=bold, italic=True)


def _box(box: Box) -> Iterator[str]:
    filled = box.stress is Stress.RESULT and box.ink is not Ink.LOSS
    yield _shape(box, filled=filled)
    quiet = PLAIN["text"] if box.kind == "circle" else PLAIN["muted"]
    back = box.ink in (Ink.BACKWARD, Ink.GRADIENT, Ink.UPDATE)
    strong = ink_of_text(box.ink) if back else PLAIN["text"]
    if filled:
        quiet = strong = fill(box.ink)[1]
    circle = box.kind == "circle"
    symbol, number = 21 if circle else 15, 13 if circle else 19 if box.note else 16
    spacing = 27 if box.note else max(20, 0.58 * (symbol + number))
    rows = 3 if box.note else 2
    downs = (-17.0, 7.0) if circle else tuple(spacing * (k - (rows - 1) / 2) for k in range(rows))
    yield from _name(box, box.y + downs[0], symbol, quiet)
    if box.number:
        texts = (box.number, *box.shorter)
        room = box.width - (14 if box.kind == "card" else 20)
        text = next((t for t in texts if width_of(t, 0.9 * number) <= room), texts[-1])
        yield written(box.x, box.y + downs[1], text, number, strong, bold=True)
    if box.note:
        yield written(box.x, box.y + downs[2], box.note, symbol, quiet, italic=True)


def _name(box: Box, y: float, size: float, colour: str) -> Iterator[str]:
    """Yield the symbol, and beside it what the number replaced, struck out, or a remark."""
    more = box.former or box.remark
    if not more:
        yield written(box.x, y, box.symbol, size, colour, italic=True)
        return
    left, right = width_of(box.symbol, size) + 8, width_of(more, size - 1)
    start = box.x - (left + right) / 2
    if left + right <= box.width - 4:
        yield written(start + (left - 8) / 2, y, box.symbol, size, colour, italic=True)
        start += left
    else:
        start = box.x - right / 2
    yield written(start + right / 2, y, more, size - 1, colour, struck=bool(box.former))


def _shape(box: Box, *, filled: bool) -> str:
    inside, edge, width, dashes = "#FFFFFF", PLAIN["border"], 1.2, ""
    if box.stress is Stress.EMPTY:
        inside, edge = PLAIN["canvas"], OUTLINE
        dashes = ' stroke-dasharray="4.8 3.6"'
    elif box.stress is Stress.KNOWN and box.kind != "card":
        edge, width = line(box.ink), 2.0
        inside = soft(box.ink) if box.kind == "pill" else inside
    elif box.stress is Stress.KNOWN:
        edge = line(box.ink) if box.ink is Ink.GRADIENT else OUTLINE
    elif box.stress is Stress.USED:
        inside, edge, width = soft(box.ink), line(box.ink), 2.6
    elif filled:
        inside, edge, width = fill(box.ink)[0], line(box.ink), 2.0
    else:
        edge, width = fill(box.ink)[0], 2.6
    x, y = box.x - box.width / 2, box.y - box.height / 2
    round_ = 9.0 if box.kind == "card" else box.height / 2
    glow = ""
    if filled:
        around = blend(line(box.ink), PLAIN["canvas"], 0.25)
        glow = _rectangle(x - 4, y - 4, box.width + 8, box.height + 8, round_ + 4, around)
    painted = f' stroke="{edge}" stroke-width="{width}"{dashes}'
    return glow + _rectangle(x, y, box.width, box.height, round_, inside, painted)


def _rectangle(
    x: float, y: float, width: float, height: float, corner: float, inside: str, more: str = ""
) -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
        f' rx="{corner:.1f}" fill="{inside}"{more}/>'
    )
