"""The whole chain, small, with the part of it that is seen."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

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
