"""Texts in Markdown and answers to choose from, on paper."""

from PySide6.QtCore import QPointF, QRectF, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QPainter,
    QPalette,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from gui.sheets.ink import BLACK, POINT, SIZES, font_of, width_of
from gui.sheets.picture.blocks import Options, Prose, plain

_NEW_LINE = "\u2028"
_BELOW = 4 * POINT
_BESIDE = 8 * POINT


class _Document(QTextDocument):
    """A document that asks for no file, whatever its text says."""

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: ARG002 - Qt's
        """Return nothing."""
        return None


def _document(text: str, width: float, points: float) -> QTextDocument:
    made = _Document()
    made.setDefaultFont(font_of("plain", points))
    made.setDocumentMargin(0)
    made.setMarkdown(text, QTextDocument.MarkdownFeature.MarkdownNoHTML)
    _dress_code(made, points)
    _lay_out(made, width)
    return made


def plain_document(text: str, width: float, font: QFont) -> QTextDocument:
    """Return a text without Markdown, laid out in this width."""
    made = _Document()
    made.setDefaultFont(font)
    made.setDocumentMargin(0)
    made.setPlainText(text)
    _lay_out(made, width)
    return made


def _lay_out(document: QTextDocument, width: float) -> None:
    """Break the lines of a document, and none of them within ∂L/∂z.

    A joiner would keep that together too, but no font of the program has one, and it is copied.
    """
    document.setTextWidth(width)
    while (cut := _cut_symbol(document)) is not None:
        found = QTextCursor(document)
        found.setPosition(cut)
        found.insertText(_NEW_LINE)


def _cut_symbol(document: QTextDocument) -> int | None:
    """Return where a symbol begins that two lines share."""
    document.size()  # lays it out
    block = document.begin()
    while block.isValid():
        layout, text = block.layout(), block.text()
        for line in map(layout.lineAt, range(layout.lineCount())):
            first, end = line.textStart(), line.textStart() + line.textLength()
            start = text.rfind("∂", first, end)
            if text[end - 1 : end + 1] == "/∂" and start > first:
                return block.position() + start
        block = block.next()
    return None


def _dress_code(document: QTextDocument, points: float) -> None:
    """Write what Qt would write in the system's own type in that of programs."""
    found = QTextCursor(document)
    while not found.atEnd():
        found.movePosition(found.MoveOperation.NextCharacter, found.MoveMode.KeepAnchor)
        if found.charFormat().fontFixedPitch():
            code = QTextCharFormat()
            code.setFont(font_of("code", points))
            found.setCharFormat(code)
        found.clearSelection()


def prose_height(block: Prose, width: float) -> float:
    """Return how high a text is in this width."""
    return _prose(block, width).size().height() + 4 * POINT


def draw_prose(block: Prose, painter: QPainter, where: QRectF) -> None:
    """Paint a text into its place."""
    draw_document(painter, _prose(block, where.width()), where.topLeft())


def _prose(block: Prose, width: float) -> QTextDocument:
    points = SIZES["note" if block.quiet else "body"]
    made = _document(block.text, width, points)
    if block.label:
        bold = QTextCharFormat()
        bold.setFont(font_of("bold", points))
        # A colon of full width has its space with it.
        space = "" if block.label.endswith("：") else " "
        QTextCursor(made).insertText(block.label + space, bold)
    return made


def options_height(block: Options, width: float) -> float:
    """Return how high the answers are in this width."""
    room = width - _indent(block)
    return sum(_option(text, room).size().height() + _BELOW for _, text in block.options)


def _indent(block: Options) -> float:
    """Return the room for the signs: that of the block, or more where they are wider."""
    signs = (width_of(plain(sign), SIZES["body"]) for sign, _ in block.options)
    return max(POINT * block.indent, max(signs, default=0.0) + _BESIDE)


def draw_options(block: Options, painter: QPainter, where: QRectF) -> None:
    """Paint the answers into their place, each behind its sign."""
    top, indent = where.top(), _indent(block)
    for sign, text in block.options:
        document = _option(text, where.width() - indent)
        height = document.size().height()
        draw_document(painter, _document(sign, indent, SIZES["body"]), QPointF(where.left(), top))
        draw_document(painter, document, QPointF(where.left() + indent, top))
        top += height + _BELOW


def _option(text: str, width: float) -> QTextDocument:
    return _document(text, width, SIZES["body"])


def draw_document(
    painter: QPainter, document: QTextDocument, where: QPointF, colour: str = BLACK
) -> None:
    """Paint a document in one colour, its corner at `where`."""
    # Qt would write in the colours of the window, which may be light ones.
    context = QAbstractTextDocumentLayout.PaintContext()
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, QColor(colour))
    context.palette = palette
    painter.save()
    painter.translate(where)
    document.documentLayout().draw(painter, context)
    painter.restore()
