"""A program to read: it can be scrolled, selected and copied, and never takes a key of the window.

The type is as large as the width allows, so that lines need not be broken.
"""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRect, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from engine.programs import COLUMNS
from engine.words import Say
from gui.drawing.ink import Ink
from gui.panels.code.margin import Margin, MarginLook
from gui.panels.code.picture import Listing
from gui.theme import Theme, code_font
from gui.widgets.selecting import Selecting

_SMALLEST, _LARGEST = 10, 14
"""The size of type, in pixels of the ordinary theme."""

_LINE_HEIGHT = 120
"""In percent of the font's own."""

_AROUND = 2
"""The number of lines seen before and after what is marked."""

_SCROLLING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class CodeText(QTextEdit):
    """Shows a listing; the lines of the present step are marked and kept in view."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("code text")
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        Selecting(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self._margin = Margin(self, self.lines_seen)
        self._listing: Listing | None = None
        self._theme: Theme | None = None
        self._say = Say()
        self._marks: tuple[tuple[int, ...], Ink] = ((), Ink.TEXT)
        self.verticalScrollBar().valueChanged.connect(self._margin.update)
        # Qt lays a text out when it is shown, and once more when it has a scroll bar.
        self.verticalScrollBar().rangeChanged.connect(lambda: self._reveal(anew=True))
        self.document().documentLayout().documentSizeChanged.connect(self._margin.update)

    def present(
        self, listing: Listing, marked: tuple[int, ...], ink: Ink, theme: Theme, say: Say
    ) -> None:
        """Show a program; `marked` are the lines of the present step, in the colour of `ink`."""
        other = listing is not self._listing and listing != self._listing
        dressed = theme != self._theme
        if not other and not dressed and (marked, ink) == self._marks and say is self._say:
            return
        self._say = say
        self._listing, self._theme, self._marks = listing, theme, (marked, ink)
        if dressed:
            self._fit()
        if other:
            self.setPlainText(listing.text.removesuffix("\n"))
        if other or dressed:
            self._dress(listing, theme)
        self._margin.present(MarginLook(theme, say, listing.inks, marked, ink))
        self.viewport().update()
        self._reveal(anew=other or dressed)

    def lines_seen(self) -> Iterator[tuple[int, tuple[int, int]]]:
        """Yield for each line that is seen its number, and its top and height in pixels."""
        block = self.cursorForPosition(QPoint(0, 0)).block()
        while block.isValid():
            top, height = self._place(block)
            top -= self.verticalScrollBar().value()
            if top > self.viewport().height():
                return
            yield block.blockNumber() + 1, (top, height)
            block = block.next()

    def _place(self, block: QTextBlock) -> tuple[int, int]:
        """Return the top of a line, from the top of the text, and its height, both in pixels."""
        layout, next_one = self.document().documentLayout(), block.next()
        place = layout.blockBoundingRect(block)
        # The room between lines belongs to neither of them for Qt; here marked lines touch.
        end = layout.blockBoundingRect(next_one).top() if next_one.isValid() else place.bottom()
        return round(place.top()), round(end) - round(place.top())

    def _line(self, number: int) -> QTextBlock:
        return self.document().findBlockByNumber(number - 1)

    def _dress(self, listing: Listing, theme: Theme) -> None:
        """Let remarks, and what is outside of the core, stand back."""
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.setCharFormat(_format(theme.muted))
        airy = QTextBlockFormat()
        airy.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.mergeBlockFormat(airy)
        last = self._line(listing.core.stop - 1)
        cursor.setPosition(self._line(listing.core.start).position())
        cursor.setPosition(last.position() + last.length() - 1, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(_format(theme.text))
        for remark in listing.remarks:
            start = self._line(remark.line).position()
            cursor.setPosition(start + remark.start)
            cursor.setPosition(start + remark.end, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(_format(theme.muted))
        cursor.endEditBlock()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the marks under the text."""
        if self._theme is not None:
            marked, ink = self._marks
            painter = QPainter(self.viewport())
            for number, (top, height) in self.lines_seen():
                if number in marked:
                    painter.fillRect(0, top, self.viewport().width(), height, self._theme.soft(ink))
            painter.end()
        super().paintEvent(event)

    def _reveal(self, *, anew: bool = False) -> None:
        """Scroll to the algorithm, and on to the marked lines, unless they are seen already.

        `anew` scrolls there even if they are, so that as much of the algorithm is seen as fits.
        """
        if self._listing is None:
            return
        marked, _ = self._marks
        bar, page = self.verticalScrollBar(), self.viewport().height()
        home, _ = self._place(self._line(self._listing.core.start))
        top, bottom = self._ends(marked) if marked else (home, home)
        seen = not marked or bar.value() <= top <= bottom <= bar.value() + page
        if anew or not seen:
            bar.setValue(min(top, max(home, bottom - page)))

    def _ends(self, marked: tuple[int, ...]) -> tuple[int, int]:
        """Return where the marked lines begin and end, with some around them, in pixels."""
        first = self._line(max(1, min(marked) - _AROUND))
        last = self._line(min(self.document().blockCount(), max(marked) + _AROUND))
        return self._place(first)[0], sum(self._place(last))

    # Size of type and margin

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the type as large as the new width allows."""
        super().resizeEvent(event)
        self._fit()
        self._reveal(anew=True)

    def _fit(self) -> None:
        if self._theme is None:
            return
        theme = self._theme
        margin = theme.size(_BESIDE)
        bar = self.verticalScrollBar().sizeHint().width()
        room = self.width() - 2 * self.frameWidth() - margin - bar
        font = _largest_font(room, theme)
        if font != self.font():
            self.setFont(font)
        self.setViewportMargins(margin, 0, 0, 0)
        inner = self.contentsRect()
        self._margin.setGeometry(QRect(inner.left(), inner.top(), margin, inner.height()))

    # Keys and focus

    def event(self, event: QEvent) -> bool:
        """Claim the keys that copy the selection; every other one is the window's first."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self._is_own(event):
                event.accept()
            else:
                event.ignore()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll, select all and copy; nothing else."""
        if event.key() in _SCROLLING or self._is_own(event):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; the type has the size that fits, and is not zoomed."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().wheelEvent(event)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy plain text: colours are of no use in an editor."""
        data = QMimeData()
        data.setText(self.textCursor().selection().toPlainText())
        return data

    def _is_own(self, event: QKeyEvent) -> bool:
        if event.matches(QKeySequence.StandardKey.Copy):
            return self.textCursor().hasSelection()
        return event.matches(QKeySequence.StandardKey.SelectAll)


_BESIDE = 33
"""The width of the margin, in pixels of the ordinary theme."""


def _largest_font(room: int, theme: Theme) -> QFont:
    """Return the largest type in which the longest line fits into `room` pixels."""
    for size in range(theme.size(_LARGEST), theme.size(_SMALLEST), -1):
        font = code_font(size)
        if COLUMNS * QFontMetricsF(font).horizontalAdvance("0") <= room:
            return font
    return code_font(theme.size(_SMALLEST))


def _format(colour: str) -> QTextCharFormat:
    format_ = QTextCharFormat()
    format_.setForeground(QColor(colour))
    return format_
