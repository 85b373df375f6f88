"""The texts of a lesson, Markdown from anybody: nothing is loaded, and no link works."""

import re

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QAccessible,
    QColor,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.theme import Theme, text_font
from gui.widgets.accessible import Accessible
from gui.widgets.memo import Memo

_JOINER = "\u2060"

_SPACE = "\u00a0"
_SHORT_EQUATION = re.compile(r"(?<=[^\s=]) = (?=[^\s=]{1,9}(?:[，。；、？！]|\s(?![−+×·=])|$))")
_OPERATOR = re.compile(r"(?<=\S) ([−+×·≈<>]) (?=\S)")

_WITHIN_A_WORD = re.compile("[0-9A-Za-zÀ-ÿ₀-₉∂]")
"""What stands beside a letter that is no symbol: e in "else". A hanzi does not count."""

Inks = tuple[tuple[str, str], ...]
"""Symbols, and their colours."""


class Document(QTextDocument):
    """A text that shows nothing but its own letters."""

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:
        """Return nothing: no picture, no file, no page."""
        return None

    def read(self, text: str) -> None:
        """Take a text in Markdown without HTML; links become ordinary text."""
        features = QTextDocument.MarkdownFeature.MarkdownDialectCommonMark
        self.setMarkdown(joined(text), features | QTextDocument.MarkdownFeature.MarkdownNoHTML)
        block = self.begin()
        while block.isValid():
            pieces = block.begin()
            while not pieces.atEnd():
                fragment = pieces.fragment()
                pieces += 1
                if fragment.charFormat().isAnchor():
                    cursor = QTextCursor(self)
                    cursor.setPosition(fragment.position())
                    end = fragment.position() + fragment.length()
                    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
                    cursor.setCharFormat(QTextCharFormat())
            block = block.next()

    def draw(self, painter: QPainter, colour: QColor) -> None:
        """Draw it in a colour, whatever that of the program's text is."""
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette.setColor(QPalette.ColorRole.Text, colour)
        self.documentLayout().draw(painter, context)

    def colour(self, words: str, colour: QColor) -> None:
        """Write all places of some words in a colour, not those within a longer word."""
        ink = QTextCharFormat()
        ink.setForeground(colour)
        words = joined(words)
        found = self.find(words, 0, QTextDocument.FindFlag.FindCaseSensitively)
        while not found.isNull():
            beside = (found.selectionStart() - 1, found.selectionEnd())
            if not any(_WITHIN_A_WORD.match(self.characterAt(place)) for place in beside):
                found.mergeCharFormat(ink)
            found = self.find(words, found, QTextDocument.FindFlag.FindCaseSensitively)


def joined(text: str) -> str:
    """Return a text in which no line ends within ∂L/∂z, e − ê, or y = −4.

    Before an equals sign with more after it, one may end.
    """
    text = text.replace("/∂", f"/{_JOINER}∂")
    text = _SHORT_EQUATION.sub(f"{_SPACE}={_SPACE}", text)
    return _OPERATOR.sub(lambda found: f"{_SPACE}{found[1]}{_SPACE}", text).replace(
        "= ", f"={_SPACE}"
    )


class Prose(QWidget):
    """Shows such a text, as high as it needs to be in its width."""

    def __init__(self, points: float = 14, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points, self._document = points, Document(self)
        self._document.setDocumentMargin(0)
        self._colour = QColor()
        self._shown = Memo[tuple[object, ...]]()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def present(
        self,
        theme: Theme,
        text: str,
        inks: tuple[tuple[str, str], ...] = (),
        *,
        muted: bool = False,
    ) -> None:
        """Show a text; `inks` are symbols in it with their colours. Without a text it is hidden."""
        self.setVisible(bool(text))
        if not self._shown.renew((theme, text, inks, muted)):
            return
        self._colour = QColor(theme.muted if muted else theme.text)
        self._document.setDefaultFont(text_font(theme.size(self._points)))
        self._document.read(text)
        for words, colour in inks:
            self._document.colour(words, QColor(colour))
        self.setAccessibleName(self.text)
        self.updateGeometry()
        self.update()

    @property
    def text(self) -> str:
        """All that can be read."""
        return self._document.toPlainText().replace(_JOINER, "")

    def accessible(self) -> Accessible:
        """Return the text."""
        return Accessible(QAccessible.Role.StaticText, self.text)

    def hasHeightForWidth(self) -> bool:
        """Tell that the height depends on the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the text in a width."""
        self._document.setTextWidth(width)
        return round(self._document.size().height() + 0.5)

    def sizeHint(self) -> QSize:
        """Return the size of the text in the present width."""
        width = self.width() or 300
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return the least size: a word, a line."""
        return QSize(60, self.fontMetrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the height of the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the text."""
        self._document.setTextWidth(self.width())
        painter = QPainter(self)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._document.draw(painter, self._colour)
        painter.end()
