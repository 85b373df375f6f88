"""Painting what is seen of the chain's picture, and the whole chain, small."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from gui.chain.labels import draw_labels
from gui.chain.painting import (
    draw_arrow,
    draw_box,
    draw_caption,
    draw_token,
    path_of,
)
from gui.chain.picture import ChainPicture
from gui.drawing.ink import Ink, Stress
from gui.theme import Theme


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
    forward = QColor(theme.inks[Ink.FORWARD].line)
    for pen, brush, shown in (
        (QPen(forward, 1), QBrush(forward), True),
        (QPen(QColor(theme.muted), 1), QBrush(), False),
    ):
        painter.setPen(pen)
        painter.setBrush(brush)
        for x, known in picture.neurons:
            if known is shown:
                painter.drawEllipse(QPointF(x * share, middle), 2.5, 2.5)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.inks[_ink_of_step(picture)].line))
    painter.drawEllipse(QPointF(picture.focus * share, middle), 5, 5)


def _ink_of_step(picture: ChainPicture) -> Ink:
    return next((box.ink for box in picture.boxes if box.stress is Stress.RESULT), Ink.FORWARD)


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
