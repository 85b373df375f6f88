"""The box in which an answer is judged: an edge in the colour of the verdict, and a sentence."""

from html import escape

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from gui.drawing.ink import Ink
from gui.theme import Theme, text_font
from gui.widgets.memo import Memo

_TYPE = 13
"""In pixels, at the ordinary size of type."""

_EDGE, _ROUND = 4, 6
"""In pixels, at the ordinary size of type: the edge at the left, and the corners."""


class VerdictBox(QWidget):
    """Shows a verdict in words, its first ones in bold, and below them a small note.

    What the colour says, the first words say too. Where nothing is said it is empty and invisible.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edge, self._ground = QColor(), QColor()
        self._theme: Theme | None = None
        self._bounded = False
        self._shown = Memo[tuple[object, ...]]()
        self._words, self._note = QLabel(), QLabel()
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.RichText)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._words.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._note.setWordWrap(True)
        self._note.setProperty("role", "muted")
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._words)
        self._column.addWidget(self._note)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def present(self, theme: Theme, ink: Ink, bold: str, words: str, note: str = "") -> None:
        """Show a verdict in the colour of `ink`; all of it is plain text."""
        if not self._shown.renew((theme, ink, bold, words, note)):
            return
        self._edge, self._ground = QColor(theme.inks[ink].line), theme.soft(ink)
        told = [f"<b>{escape(bold)}</b>" if bold else "", escape(words)]
        self._words.setText(_gap(bold).join(filter(None, told)))
        self._theme = theme
        self._note.setText(note)
        self._note.setVisible(bool(note))
        side = theme.size(10)
        self._column.setContentsMargins(theme.size(_EDGE) + side, side // 2, side, side // 2)
        self._column.setSpacing(theme.size(2))
        said = _gap(bold).join(filter(None, (bold, words)))
        self.setAccessibleName(_gap(said).join(filter(None, (said, note))))
        self._fit()
        self.update()

    def bound(self) -> None:
        """Stay in the height that it is given: longer words are written smaller."""
        self._bounded = True
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the words to the room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._theme is None:
            return
        for points in range(_TYPE, _TYPE - 5, -1):
            self._words.setFont(text_font(self._theme.size(points)))
            self._note.setFont(text_font(self._theme.size(min(points, _TYPE - 2))))
            if not self._bounded or self._needed() <= self.height():
                break

    def _needed(self) -> int:
        """Return how high the words are in the present width."""
        margins = self._column.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        labels = [label for label in (self._words, self._note) if label.text()]
        high = sum(label.heightForWidth(room) for label in labels)
        return high + margins.top() + margins.bottom() + self._column.spacing() * (len(labels) - 1)

    @property
    def text(self) -> str:
        """All that is said."""
        return self.accessibleName()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground and the edge."""
        if not self.text:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), _ROUND, _ROUND)
        painter.setClipPath(shape)
        painter.fillRect(self.rect(), self._ground)
        left = self._column.contentsMargins().left() - self._column.contentsMargins().right()
        painter.fillRect(0, 0, left, self.height(), self._edge)
        painter.end()


def _gap(before: str) -> str:
    """Return what stands after a sentence: Chinese full stops have their own space."""
    return "" if before.endswith(("。", "！", "？")) else " "
