"""The whole chain, small, with the part of it that is seen."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from gui.pictures.chain import ChainPicture
from gui.pictures.ink import Ink, Stress
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
    painter.setBrush(QColor(theme.border))
    painter.setPen(QColor(theme.muted))
    painter.drawRoundedRect(QRectF(left + 1, strip.top() + 3, width - 2, strip.height() - 6), 5, 5)
    painter.setPen(Qt.PenStyle.NoPen)
    for x, known in picture.neurons:
        painter.setBrush(QColor(theme.inks[Ink.FORWARD].line if known else theme.faint))
        painter.drawEllipse(QPointF(x * share, strip.center().y()), 3, 3)
    painter.setBrush(QColor(theme.inks[_ink_of_step(picture)].line))
    painter.drawEllipse(QPointF(picture.focus * share, strip.center().y()), 5, 5)


def _ink_of_step(picture: ChainPicture) -> Ink:
    return next((box.ink for box in picture.boxes if box.stress is Stress.RESULT), Ink.FORWARD)
