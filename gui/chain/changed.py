"""What of the chain's picture looks otherwise than before: nothing else has to be painted."""

from functools import lru_cache
from itertools import zip_longest

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPolygonF

from gui.chain.labels import label_places, label_type
from gui.chain.painting import rectangle
from gui.chain.picture import ChainPicture
from gui.drawing.ink import Arrow, Box

_AROUND = 16.0
"""In units of the scene: no glow, ring or head of an arrow reaches farther."""


def changed(former: ChainPicture, picture: ChainPicture, least: int) -> list[QRectF] | None:
    """Return where two pictures differ, in units of the scene; None is everywhere.

    `least` is the smallest size of type.
    """
    if (former.width, former.height) != (picture.width, picture.height):
        return None
    if former.captions != picture.captions:
        return None
    places = zip_longest(former.boxes, picture.boxes)
    boxes = [box for pair in places if pair[0] != pair[1] for box in pair if box is not None]
    # Arrows that stand out are painted last: their order is another at each step.
    arrows = set(former.arrows) ^ set(picture.arrows)
    return [*map(around_box, boxes), *(around_arrow(arrow, least) for arrow in arrows)]


def around_box(box: Box) -> QRectF:
    """Return where all of a box is."""
    return rectangle(box).adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND)


@lru_cache(maxsize=1024)
def around_arrow(arrow: Arrow, least: int) -> QRectF:
    """Return where all of a path is, with its head and its labels."""
    path = QPolygonF([QPointF(*point) for point in arrow.points]).boundingRect()
    whole = path.adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND)
    if arrow.label:
        for _, where in label_places(arrow, label_type(arrow, least)):
            whole |= where.adjusted(-2, -2, 2, 2)
    return whole
