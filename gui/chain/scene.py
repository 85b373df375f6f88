"""Painting what is seen of the chain's picture, and the whole chain, small."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QRegion

from gui.chain.changed import around_arrow, around_box
from gui.chain.labels import draw_labels
from gui.chain.lettering import least_size
from gui.chain.painting import draw_arrow, draw_boxes, draw_caption, draw_token
from gui.chain.picture import ChainPicture
from gui.chain.shapes import Placed, Shape, draw_shapes
from gui.drawing.ink import Ink, Stress
from gui.theme import Theme

_DOT = 5.0, 5.0
"""In pixels: the size of a neuron in the whole chain, small."""

_PARTS = 4
"""Where a dot stands within its pixel: in so many places, so that each is drawn but once."""


def draw_overview(
    painter: QPainter,
    theme: Theme,
    picture: ChainPicture,
    strip: QRectF,
    window: tuple[float, float],
) -> None:
    """Paint the chain into `strip`; `window` is the left edge and the width of what is seen."""
    painter.fillRect(strip, QColor(theme.panel))
    painter.setPen(QColor(theme.border))
    painter.drawLine(strip.topLeft(), strip.topRight())
    share = strip.width() / picture.width
    left, width = (share * length for length in window)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.text), 1.5))
    painter.drawRoundedRect(QRectF(left + 1, strip.top() + 3, width - 2, strip.height() - 6), 5, 5)
    middle = strip.center().y()
    # What is not known yet is hollow, as it is in the chain.
    forward = theme.inks[Ink.FORWARD].line
    dots = {
        True: Shape("circle", *_DOT, forward, forward, 1.0),
        False: Shape("circle", *_DOT, "transparent", theme.muted, 1.0),
    }
    draw_shapes(
        painter,
        (
            Placed(dots[known], round(_PARTS * x * share) / _PARTS, middle)
            for x, known in picture.neurons
        ),
    )
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.inks[_ink_of_step(picture)].line))
    painter.drawEllipse(QPointF(picture.focus * share, middle), 5, 5)


def _ink_of_step(picture: ChainPicture) -> Ink:
    return next((box.ink for box in picture.boxes if box.stress is Stress.RESULT), Ink.FORWARD)


REACH = 76.0
"""In units of the scene: no box, with its glow, reaches farther from its centre."""

_MARGIN = 14
"""In pixels."""

_ROW = 24.0
"""In units of the scene: the name of a rail is no higher above its middle, nor lower."""


def draw_scene(
    painter: QPainter,
    theme: Theme,
    picture: ChainPicture,
    window: tuple[float, float],
    share: float,
    within: QRegion,
) -> None:
    """Paint the picture in its own units, `share` of the present step's movement done.

    `window` is the left edge and the width of what is seen. `within` is all that has to
    be painted, in pixels.
    """
    left, right = window[0] - REACH, window[0] + window[1] + REACH
    world = painter.worldTransform()
    least, margin = least_size(world.m11(), theme), _MARGIN / world.m11()

    def asked_for(where: QRectF) -> bool:
        return within.intersects(world.mapRect(where).toAlignedRect())

    for caption in picture.captions:
        # The names of the rails stay in sight where the chain is moved along.
        edges = window[0] + margin, window[0] + window[1] - margin
        if asked_for(QRectF(window[0], caption.y - _ROW, window[1], 2 * _ROW)):
            draw_caption(painter, theme, caption, edges, least)
    arrows = [
        arrow
        for arrow in picture.arrows
        if min(arrow.points)[0] < right
        and max(arrow.points)[0] > left
        and asked_for(around_arrow(arrow, least))
    ]
    for arrow in arrows:
        draw_arrow(painter, theme, arrow)
    for arrow in arrows:
        if arrow.label and left < arrow.label_at[0] < right:
            draw_labels(painter, theme, arrow, least)
    boxes = [box for box in picture.boxes if left < box.x < right and asked_for(around_box(box))]
    draw_boxes(painter, theme, boxes, least, share)
    for token in picture.tokens if share < 1 else ():
        draw_token(painter, theme, token, share, least)
