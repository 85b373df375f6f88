"""A line of the formula on screen: links that can be pointed at, and selected as text."""

from collections.abc import Sequence
from functools import lru_cache
from math import ceil

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QContextMenuEvent,
    QEnterEvent,
    QFont,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextLayout,
)
from PySide6.QtWidgets import QLabel, QSizePolicy

from engine.quantities import Name, Quantity
from gui.drawing.ink import Ink
from gui.drawing.markup import escape
from gui.errors.guard import safe
from gui.formula.picture import FormulaPicture, Piece
from gui.state import Pointed
from gui.theme import Theme
from gui.widgets.accessible import Accessible
from gui.widgets.selecting import Selecting

Row = tuple[Piece, ...]

_UNBOUNDED, _NEXT_LINE = 1e6, "\u2028"


class FormulaLabel(QLabel):
    """A line of links; a pointer that leaves fast is on none of them, which Qt does not tell.

    Qt's rich text takes ten times as long as the line itself is painted: it is made for the mouse.
    """

    pointed, pressed = Signal(object), Signal(object)

    def __init__(self, *, local: bool = False) -> None:
        super().__init__()
        self._local = local
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.LinksAccessibleByMouse)
        Selecting(self)
        self.linkHovered.connect(lambda link: self.pointed.emit(_pointed(link)))
        self.linkActivated.connect(lambda link: self.pressed.emit(_pointed(link)))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._picture: FormulaPicture | None = None
        self._rows: tuple[Row, ...] = ()
        self._theme: Theme | None = None
        self._layout: QTextLayout | None = None

    def show_rows(self, rows: Sequence[Row], theme: Theme, font: QFont) -> None:
        """Show some rows, one below the other."""
        if self.font() != font:
            self.setFont(font)
        self._rows, self._theme = tuple(rows), theme
        # Words that go on in the next line are Qt's own business.
        if self.wordWrap() or self.underMouse():
            self._layout = None
            self.setText(self.text())
            # A label that lays its text out while it is painted is painted once more.
            self.sizeHint()
        else:
            if self._layout is None:
                # Else Qt would lay its former text out anew for each font.
                self.setText("")
            self._layout = _laid_out(self._rows, theme, font)
            # Where Qt finds its size later, all is painted once more.
            super().sizeHint()
            self.update()

    @safe(str)
    def text(self) -> str:
        """Return the rows as rich text."""
        theme = self._theme
        return "<br>".join(row_html(row, theme) for row in self._rows) if theme else ""

    def _enrich(self) -> None:
        """Let Qt have the text: the mouse is here."""
        if self._layout is not None:
            self._layout = None
            self.setText(self.text())
            self.sizeHint()

    def sizeHint(self) -> QSize:
        """Return the size of the rows."""
        if self._layout is None:
            return super().sizeHint()
        taken = self._layout.boundingRect()
        return QSize(ceil(self._layout.maximumWidth()), ceil(taken.height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows in the middle of the height, as Qt does."""
        if self._layout is None:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        high = self._layout.boundingRect().height()
        self._layout.draw(painter, QPointF(0, max(0, (self.height() - high) // 2)))
        painter.end()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Let the text be pointed at."""
        self._enrich()
        super().enterEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Let the text be pointed at."""
        self._enrich()
        super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Let the text be pressed and selected."""
        self._enrich()
        super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Let the text be copied."""
        self._enrich()
        super().contextMenuEvent(event)

    def show_as(self, picture: FormulaPicture) -> None:
        """Take what the line says, for a screen reader."""
        self._picture = picture

    @property
    def sentence(self) -> str:
        """The whole as one sentence."""
        if self._picture is None:
            return ""
        return self._picture.told_local if self._local else self._picture.sentence

    def accessible(self) -> Accessible:
        """Return the sentence, and the full values."""
        digits = self._picture.hint if self._picture is not None and not self._local else ""
        return Accessible(QAccessible.Role.StaticText, self.sentence, digits)

    def leaveEvent(self, event: QEvent) -> None:
        """Tell that no link is pointed at any more."""
        super().leaveEvent(event)
        self.linkHovered.emit("")


def _laid_out(rows: Sequence[Row], theme: Theme, font: QFont) -> QTextLayout:
    """Set some rows of pieces one below the other, as rich text is set."""
    text, spans = "", list[QTextLayout.FormatRange]()
    for row in rows:
        # Rich text begins no line with a space.
        begins = True
        for piece in row:
            part = piece.text.lstrip(" ") if begins else piece.text
            begins = begins and not part
            span = QTextLayout.FormatRange()
            span.start, span.length = len(text), len(part)
            flags = piece.italic, piece.bold, piece.underlined, piece.lit
            span.format = _format(theme, piece.ink, *flags)
            spans.append(span)
            text += part
        text += _NEXT_LINE
    layout = QTextLayout(text.removesuffix(_NEXT_LINE), font)
    layout.setFormats(spans)
    layout.beginLayout()
    down = 0.0
    while (line := layout.createLine()).isValid():
        line.setLeadingIncluded(True)
        line.setLineWidth(_UNBOUNDED)
        line.setPosition(QPointF(0, down))
        down += line.height()
    layout.endLayout()
    return layout


@lru_cache(maxsize=256)
def _format(theme: Theme, ink: Ink, *flags: bool) -> QTextCharFormat:
    italic, bold, underlined, lit = flags
    found = QTextCharFormat()
    found.setForeground(QColor(theme.inks[ink].text))
    if italic:
        found.setFontItalic(True)
    if bold:
        found.setFontWeight(QFont.Weight.Bold)
    if underlined:
        found.setFontUnderline(True)
    if lit:
        found.setBackground(theme.soft(ink))
    return found


def plain(row: Row) -> str:
    """Return a row as text."""
    return "".join(piece.text for piece in row).lstrip()


def row_html(row: Row, theme: Theme) -> str:
    """Return a row in its colours."""
    return "".join(_html(piece, theme) for piece in row)


def _html(piece: Piece, theme: Theme) -> str:
    styles = [f"color:{theme.inks[piece.ink].text}"]
    if piece.italic:
        styles.append("font-style:italic")
    if piece.bold:
        styles.append("font-weight:700")
    if piece.underlined:
        styles.append("text-decoration:underline")
    if piece.lit:
        styles.append(f"background-color:{theme.soft(piece.ink).name()}")
    text = f'<span style="{";".join(styles)}">{escape(piece.text)}</span>'
    if piece.name is None:
        return text
    quantity, layer = piece.name
    return f'<a href="{quantity}:{layer}" style="text-decoration:none">{text}</a>'


def _pointed(link: str) -> Pointed | None:
    """Return the number that a piece of the line stands for; none between them."""
    quantity, _, layer = link.partition(":")
    return Name(Quantity(quantity), int(layer)) if layer else None
