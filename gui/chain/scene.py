"""Painting what is seen of the chain's picture."""

from PySide6.QtGui import QPainter

from gui.chain.painting import (
    draw_arrow,
    draw_box,
    draw_caption,
    draw_labels,
    draw_token,
    path_of,
)
from gui.chain.picture import ChainPicture
from gui.drawing.ink import Stress
from gui.theme import Theme

REACH = 76.0
"""In units of the scene: no box, with its glow, reaches farther from its centre."""

_MARGIN = 14
"""In pixels."""


def draw_scene(
    painter: QPainter,
    theme: Theme,
    picture: ChainPicture,
    window: tuple[float, float],
    share: float,
) -> None:
    """Paint the picture in its own units, `share` of the present step's movement done.

    `window` is the left edge and the width of what is seen.
    """
    left, right = window[0] - REACH, window[0] + window[1] + REACH
    margin = _MARGIN / painter.worldTransform().m11()
    for caption in picture.captions:
        # The names of the rails stay in sight where the chain is moved along.
        start, end = window[0] + margin, window[0] + window[1] - margin
        draw_caption(painter, theme, caption, start, end)
    for arrow in picture.arrows:
        xs = [x for x, _ in arrow.points]
        if min(xs) < right and max(xs) > left:
            draw_arrow(painter, theme, arrow)
    for arrow in picture.arrows:
        if arrow.label and left < arrow.label_at[0] < right:
            draw_labels(painter, theme, arrow)
    for box in picture.boxes:
        if left < box.x < right:
            draw_box(painter, theme, box, shown=share if box.stress is Stress.RESULT else 1.0)
    for token in picture.tokens if share < 1 else ():
        path = path_of(token.path, curved=token.curved)
        draw_token(painter, theme, path, token.number, token.ink, share)
