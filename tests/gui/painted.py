"""What is painted against the room that it has: texts of widgets, and those painted by hand."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QLineEdit,
    QToolButton,
    QWidget,
)

from gui.shell.bar import NameButton
from gui.widgets.labels import Elided

_TEXTS = (QLabel, QAbstractButton, QLineEdit, QComboBox)
_GIVES_WAY = (Elided, NameButton)
"""What gives way by its nature: the file's name, the line of the status; the whole is its tip."""

_SLACK = 1.5
"""In pixels: letters may stand over the room that they count for."""


def cut_off(window: QWidget) -> list[str]:
    """Return every text of a window that can't be read as a whole where it stands."""
    return [*_widgets(window), *_by_hand(window)]


def _widgets(window: QWidget) -> Iterator[str]:
    for kind in _TEXTS:
        for widget in window.findChildren(kind):
            if widget.isVisible() and not isinstance(widget, _GIVES_WAY) and _text(widget):
                if _wanted(widget) > widget.width() + _SLACK:
                    yield f"{_named(widget)}: needs {_wanted(widget)} of {widget.width()} pixels"
                elif not _whole(widget):
                    yield f"{_named(widget)}: lies in part outside of what holds it"
                elif isinstance(widget, QLabel) and widget.wordWrap() and _too_low(widget):
                    yield f"{_named(widget)}: needs more lines than it has"


def _text(widget: QWidget) -> str:
    if isinstance(widget, QToolButton):
        only = widget.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly
        return "" if only else widget.text()
    if isinstance(widget, QComboBox):
        return widget.currentText()
    return widget.text()  # type: ignore[attr-defined, no-any-return]


def _wanted(widget: QWidget) -> float:
    """Return how wide a widget has to be for its text."""
    metrics, text = widget.fontMetrics(), _text(widget)
    if isinstance(widget, QLabel) and "<" in text:
        document = QTextDocument()
        document.setDefaultFont(widget.font())
        document.setDocumentMargin(0)
        document.setHtml(text)
        document.setTextWidth(0 if widget.wordWrap() else -1)
        return document.idealWidth()
    if isinstance(widget, QLabel):
        margins = widget.contentsMargins()
        # Chinese breaks between any two characters.
        parts = re.split("[\\s\u2e80-\uffef]+" if widget.wordWrap() else "\n", text)
        longest = max(map(metrics.horizontalAdvance, parts))
        return longest + margins.left() + margins.right()
    if isinstance(widget, QComboBox):
        return metrics.horizontalAdvance(text) + 30
    if isinstance(widget, QLineEdit):
        return metrics.horizontalAdvance(text) + 16
    return float(widget.sizeHint().width())


def _too_low(label: QLabel) -> bool:
    return label.height() < label.heightForWidth(label.width()) - _SLACK


def _whole(widget: QWidget) -> bool:
    """Tell whether nothing that holds a widget cuts it; what scrolls up and down may."""
    scrolls, ancestor = False, widget.parentWidget()
    while ancestor is not None:
        where = QRect(widget.mapTo(ancestor, QPoint(0, 0)), widget.size())
        room = ancestor.rect()
        if where.left() < room.left() or where.right() > room.right():
            return False
        scrolls = scrolls or isinstance(ancestor.parentWidget(), QAbstractScrollArea)
        if not scrolls and (where.top() < room.top() or where.bottom() > room.bottom()):
            return False
        ancestor = None if ancestor.isWindow() else ancestor.parentWidget()
    return True


def _named(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName()} {_text(widget)!r}"


def _by_hand(window: QWidget) -> list[str]:
    """Return the texts that Python paints with less room than they take, or cut short."""
    found: list[str] = []
    with _watching(found):
        window.grab()
    return found


@contextmanager
def _watching(found: list[str]) -> Iterator[None]:
    paint = QPainter.drawText

    def drawn(painter: QPainter, *parts: object) -> object:
        _look(painter, parts, found)
        return paint(painter, *parts)  # type: ignore[call-overload]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QPainter, "drawText", drawn)
        yield


def _look(painter: QPainter, parts: tuple[object, ...], found: list[str]) -> None:
    device, text = painter.device(), next(part for part in parts if isinstance(part, str))
    if not isinstance(device, QWidget) or isinstance(device, _GIVES_WAY) or not text:
        return
    metrics = QFontMetricsF(painter.font())
    if isinstance(parts[0], int) and isinstance(parts[1], int):
        parts = (QPoint(parts[0], parts[1]), text)
    if isinstance(parts[0], QRect | QRectF):
        room = QRectF(parts[0])
        if room.width() <= 0:  # a column that is scrolled away
            return
        flags = int(parts[1])  # type: ignore[call-overload]
        taken = metrics.boundingRect(room, flags, text)
        if taken.width() > room.width() + _SLACK and not flags & int(Qt.TextFlag.TextDontClip):
            found.append(f"{_named_device(device)} {text!r}: {taken.width()} of {room.width()}")
            return
    elif isinstance(parts[0], QPoint | QPointF):
        width = metrics.horizontalAdvance(text)
        taken = QRectF(QPointF(parts[0]) - QPointF(0, metrics.ascent()), metrics.size(0, text))
        taken.setWidth(width)
    else:
        return
    where = painter.worldTransform().mapRect(taken)
    if where.left() < -_SLACK or where.right() > device.width() + _SLACK:
        found.append(f"{_named_device(device)} {text!r}: beyond the edge, {where.getRect()}")
    own = isinstance(device, QAbstractButton) and device.text() == text  # "Save…" as it is
    if text.endswith("…") and len(text) > 1 and not own:
        found.append(f"{_named_device(device)} {text!r}: cut short")


def _named_device(device: QWidget) -> str:
    return f"{type(device).__name__} {device.objectName()}"
