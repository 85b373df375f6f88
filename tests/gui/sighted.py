"""Every text that is to be seen in a part of the window, found without asking what it tells.

What is painted by hand is watched while it is painted, into a kept picture too; labels, buttons,
fields and the words in diagrams are read from the widgets.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

import pyqtgraph as pg
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAbstractTextDocumentLayout, QPainter, QPixmap, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QGraphicsItem,
    QGraphicsTextItem,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QTextEdit,
    QToolButton,
    QWidget,
)

from gui.widgets.diagram import Diagram

NUMBER = re.compile(r"\d+(?:\.\d+)?(?:×10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?")


def numbers(text: str) -> list[str]:
    """Return the numbers in a text as they are written, but for their sign."""
    return NUMBER.findall(text)


class Sight:
    """Sees what is painted; `texts` are those of the last part that was looked at."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._by_hand: set[QWidget] = set()
        self._kept: dict[int, list[str]] = defaultdict(list)

    def drawn(self, painter: QPainter, parts: tuple[object, ...]) -> None:
        """Take a text that is painted, or remember in which picture it is."""
        device, text = painter.device(), next(part for part in parts if isinstance(part, str))
        if isinstance(device, QPixmap):
            self._kept[device.cacheKey()].append(text)
        else:
            self.texts.append(text)
            if isinstance(device, QWidget):
                self._by_hand.add(device)

    def pictured(self, picture: QPixmap) -> None:
        """Take the texts of a picture that is put somewhere."""
        self.texts += self._kept.get(picture.cacheKey(), [])

    def look(self, part: QWidget) -> list[str]:
        """Return all texts that are to be seen in a part."""
        self.texts = []
        self._by_hand.clear()
        for diagram in part.findChildren(Diagram):
            _unkeep(diagram)
        part.grab()
        found = [*self.texts, *_written(part, self._by_hand)]
        return [text for text in found if text]


@contextmanager
def watching() -> Iterator[Sight]:
    """See all that is painted from now on."""
    sight, text, pixmap = Sight(), QPainter.drawText, QPainter.drawPixmap
    layout, contents = QAbstractTextDocumentLayout.draw, QTextDocument.drawContents

    def draw_text(painter: QPainter, *parts: object) -> object:
        sight.drawn(painter, parts)
        return text(painter, *parts)  # type: ignore[call-overload]

    def draw_pixmap(painter: QPainter, *parts: object) -> object:
        sight.pictured(next(part for part in parts if isinstance(part, QPixmap)))
        return pixmap(painter, *parts)  # type: ignore[call-overload]

    def draw(drawn: QAbstractTextDocumentLayout, painter: QPainter, *how: object) -> None:
        sight.drawn(painter, (drawn.document().toPlainText(),))
        layout(drawn, painter, *how)  # type: ignore[arg-type]

    def draw_contents(document: QTextDocument, painter: QPainter, *how: object) -> None:
        sight.drawn(painter, (document.toPlainText(),))
        contents(document, painter, *how)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QAbstractTextDocumentLayout, "draw", draw)
        patch.setattr(QTextDocument, "drawContents", draw_contents)
        patch.setattr(QPainter, "drawText", draw_text)
        patch.setattr(QPainter, "drawPixmap", draw_pixmap)
        yield sight


def _unkeep(diagram: Diagram) -> None:
    for item in diagram.scene().items():
        item.setCacheMode(QGraphicsItem.CacheMode.NoCache)
        if isinstance(item, pg.AxisItem):
            item.picture = None
            item.update()


def _written(part: QWidget, by_hand: set[QWidget]) -> Iterator[str]:
    for widget in (part, *part.findChildren(QWidget)):
        if not widget.isVisibleTo(part) or widget.visibleRegion().isEmpty():
            continue
        if widget in by_hand:
            continue
        if isinstance(widget, QTextEdit):
            yield widget.toPlainText()
        elif isinstance(widget, QLabel | QAbstractButton | QLineEdit | QComboBox | QPlainTextEdit):
            yield _text(widget)
        elif isinstance(widget, QTableView):
            yield from _heads(widget)
        elif isinstance(widget, Diagram):
            for item in widget.scene().items():
                if isinstance(item, QGraphicsTextItem) and item.isVisible():
                    yield item.toPlainText()


def _text(widget: QWidget) -> str:
    if isinstance(widget, QToolButton):
        only = widget.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly
        return "" if only else widget.text()
    if isinstance(widget, QComboBox):
        return widget.currentText()
    if isinstance(widget, QPlainTextEdit):
        first = widget.cursorForPosition(widget.viewport().rect().topLeft()).blockNumber()
        last = widget.cursorForPosition(widget.viewport().rect().bottomLeft()).blockNumber()
        return "\n".join(widget.toPlainText().split("\n")[first : last + 1])
    text: str = widget.text()  # type: ignore[attr-defined]
    if "<" in text:
        document = QTextDocument()
        document.setHtml(text)
        return document.toPlainText()
    return text


def _heads(table: QTableView) -> Iterator[str]:
    """Yield the heads of the columns that are in sight: Qt paints most of them."""
    for head, way in (
        (table.horizontalHeader(), Qt.Orientation.Horizontal),
        (table.verticalHeader(), Qt.Orientation.Vertical),
    ):
        if head.isVisible():
            for section in range(head.count()):
                at = head.sectionViewportPosition(section)
                if not head.isSectionHidden(section) and 0 <= at < head.viewport().width():
                    yield str(table.model().headerData(section, way) or "")
