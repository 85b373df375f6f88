"""The labels of the chain's arrows: the local derivatives, the factors of a gradient."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from gui.chain.lettering import Line, Type, line_at, width_of, write
from gui.drawing.ink import Arrow, Room, Stress
from gui.theme import Theme


def draw_labels(painter: QPainter, theme: Theme, arrow: Arrow, least: int) -> None:
    """Write what a path multiplies by, clear of the paths that lead behind it.

    `least` is the smallest size of type.
    """
    painter.setBrush(QColor(theme.canvas))
    for line, where in _lines(theme, arrow, least):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(where, 4, 4)
        write(painter, line)


@lru_cache(maxsize=1024)
def _lines(theme: Theme, arrow: Arrow, least: int) -> list[tuple[Line, QRectF]]:
    faint = arrow.stress is Stress.EMPTY
    colour = QColor(theme.muted if faint else theme.inks[arrow.ink].text)
    kind = label_type(arrow, least)
    return [
        (line_at(kind, colour, text, where.center(), where.width()), where)
        for text, where in label_places(arrow, kind)
    ]


def label_type(arrow: Arrow, least: int) -> Type:
    """Return the type of a path's label."""
    return Type(max(14, least), bold=arrow.stress >= Stress.USED, italic=True)


def label_places(arrow: Arrow, kind: Type) -> list[tuple[str, QRectF]]:
    """Return the texts at a path, and where each has to stand."""
    room, texts = arrow.room, (arrow.label, arrow.below)
    widest = max(_label_width(text, kind) for text in texts)
    if widest > room.right - room.left and arrow.aside is not None:
        room, texts = arrow.aside, (arrow.label + arrow.below.replace("×", " ·"), "")
    x, y = room.at
    beyond = 2 * arrow.points[-1][1] - y
    heights = zip(texts, (y, beyond), strict=True)
    return [(text, _label_place(text, kind, room, x, down)) for text, down in heights if text]


def _label_place(text: str, kind: Type, room: Room, x: float, y: float) -> QRectF:
    width = min(_label_width(text, kind), room.right - room.left)
    middle = max(min(x, room.right - width / 2), room.left + width / 2)
    where = QRectF(0, 0, width, 1.1 * kind.pixels)
    where.moveCenter(QPointF(middle, y))
    lift = max(0.0, where.bottom() - room.floor)
    left, top = room.ceiling
    if where.left() < left:
        lift = min(lift, max(0.0, where.top() - top))
    return where.translated(0, -lift)


def _label_width(text: str, kind: Type) -> float:
    return width_of(text, kind) + 4
