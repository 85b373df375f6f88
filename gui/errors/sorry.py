"""The sentence that is shown in place of a part that failed."""

from PySide6.QtCore import (
    QEvent,
    QObject,
    QPoint,
    QRect,
    Qt,
)
from PySide6.QtGui import QPainter, QRegion
from PySide6.QtWidgets import QAbstractScrollArea, QLabel, QWidget

_MARGIN = 12
"""In pixels: how far the sentence stays off the edges of its place."""


def sorry() -> str:
    """Return the sentence that is shown in place of a part that failed."""
    from gui.errors.words import SORRY  # noqa: PLC0415
    from gui.language import speech  # noqa: PLC0415 - the bare window needs no words

    return speech(_language[0])(SORRY)


class Sorry(QLabel):
    """The sentence in place of a part that failed: over all of it, or as a page of its own."""

    def __init__(self, part: QWidget | None = None) -> None:
        super().__init__(part)
        self.setObjectName("sorry")
        self.setWordWrap(True)
        self.setMargin(_MARGIN)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAutoFillBackground(True)
        self.setText(sorry())
        if part is not None:
            part.installEventFilter(self)

    def cover(self) -> None:
        """Cover the part as it is now."""
        self.setText(sorry())
        self.setToolTip(self.text())
        self._fit()
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the part."""
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        part = self.parentWidget()
        if part is not None:
            self.setGeometry(part.rect())


def paint_sorry(widget: QWidget) -> None:
    """Paint the sentence where a widget, in its paintEvent, has failed to paint itself."""
    place = widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget
    if place.paintingActive():
        return  # the one whose painter it is will come here too
    painter = QPainter(place)
    palette = place.palette()
    painter.fillRect(place.rect(), palette.window())
    painter.setPen(palette.windowText().color())
    room, words, metrics = _free_room(place), sorry(), painter.fontMetrics()
    flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
    inside = room.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
    if not inside.contains(metrics.boundingRect(inside, flags, words)):
        # In little room its beginning has to do.
        words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        inside = room
    painter.drawText(inside, flags, words)
    painter.end()


def _free_room(place: QWidget) -> QRect:
    """Return the largest part of a widget on which nothing else stands."""
    free = QRegion(place.rect())
    for child in place.findChildren(QWidget):
        if child.isVisible() and not child.findChildren(QWidget):
            free -= QRect(child.mapTo(place, QPoint()), child.size())
    rooms: list[QRect] = list(free)  # type: ignore[call-overload] # it can be gone through
    return max(rooms, key=lambda room: room.width() * room.height(), default=place.rect())


_language = ["en"]


def speak(language: str) -> None:
    """Say from now on in this language that something failed."""
    _language[0] = language
