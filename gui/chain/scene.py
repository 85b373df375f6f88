"""Painting what is seen of the chain's picture, and the whole chain, small."""

from functools import lru_cache
from itertools import groupby

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QRegion

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
    _draw_neurons(painter, theme, picture, strip)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.inks[_ink_of_step(picture)].line))
    painter.drawEllipse(QPointF(picture.focus * share, strip.center().y()), 5, 5)


def _draw_neurons(painter: QPainter, theme: Theme, picture: ChainPicture, strip: QRectF) -> None:
    """Draw every neuron as a dot; one whose output is not known yet is hollow, as in the chain."""
    share, ratio = strip.width() / picture.width, painter.device().devicePixelRatioF()
    places = tuple(x * share for x, _ in picture.neurons)
    pitch, left = (places[1] - places[0]) / 2, 0.0
    for known, alike in groupby(enumerate(picture.neurons), key=lambda neuron: neuron[1][1]):
        *_, (last, _) = alike
        right = strip.width() if last + 1 == len(places) else round(places[last] + pitch)
        dots = _dots(places, theme, (strip.width(), strip.height()), ratio, known)
        part = QRectF(left * ratio, 0, (right - left) * ratio, dots.height())
        painter.drawImage(QRectF(left, strip.top(), right - left, strip.height()), dots, part)
        left = right


@lru_cache(maxsize=8)
def _dots(
    places: tuple[float, ...],
    theme: Theme,
    size: tuple[float, float],
    ratio: float,
    known: bool,  # noqa: FBT001
) -> QImage:
    """Return the whole strip of dots as if all were known, or none."""
    dots = QImage((QSizeF(*size) * ratio).toSize(), QImage.Format.Format_ARGB32_Premultiplied)
    dots.setDevicePixelRatio(ratio)
    dots.fill(Qt.GlobalColor.transparent)
    painter = QPainter(dots)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    forward = theme.inks[Ink.FORWARD].line
    full = Shape("circle", *_DOT, forward, forward, 1.0)
    shape = full if known else Shape("circle", *_DOT, "transparent", theme.muted, 1.0)
    middle = size[1] / 2
    draw_shapes(painter, (Placed(shape, round(_PARTS * x) / _PARTS, middle) for x in places))
    painter.end()
    return dots


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
    least: int | None = None,
    *,
    handles: bool = False,
) -> None:
    """Paint the picture in its own units, `share` of the present step's movement done.

    `window` is the left edge and the width of what is seen. `within` is all that has to
    be painted, in pixels. `least` is the smallest size of type, where it is not that of a screen.
    With `handles` it is shown what can be dragged: on paper, nothing.
    """
    left, right = window[0] - REACH, window[0] + window[1] + REACH
    world = painter.worldTransform()
    margin = _MARGIN / world.m11()
    least = least_size(world.m11(), theme) if least is None else least
    # To ask the region itself, for each part, would map and round its place in pixels.
    edges = QRectF(within.boundingRect().adjusted(-1, -1, 1, 1))
    asked_for = world.inverted()[0].mapRect(edges).intersects

    for caption in picture.captions:
        # The names of the rails stay in sight where the chain is moved along.
        ends = window[0] + margin, window[0] + window[1] - margin
        if asked_for(QRectF(window[0], caption.y - _ROW, window[1], 2 * _ROW)):
            draw_caption(painter, theme, caption, ends, least)
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
    draw_boxes(painter, theme, boxes, least, share, handles=handles)
    for token in picture.tokens if share < 1 else ():
        draw_token(painter, theme, token, share, least)
