"""The formula under the chain."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from gui.pictures.formula import FormulaPicture, Piece, formula_picture
from gui.state import State
from gui.theme import THEMES, Theme, math_font, text_font
from gui.widgets.island import Island
from gui.widgets.labels import heading

_SMALLEST, _IN_TWO_ROWS = 0.62, 0.8


class FormulaView(Island):
    """Shows what the step computes: its name and words at the left, the line beside them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("formula")
        self._shown: tuple[FormulaPicture, Theme] | None = None
        self._heading = QLabel()
        self._words = heading("muted")
        self._words.setWordWrap(True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._line = QLabel()
        self._line.setWordWrap(True)
        self._line.setTextFormat(Qt.TextFormat.RichText)
        self._line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch()
        words.addWidget(self._heading)
        words.addWidget(self._words)
        words.addStretch()
        self._side = QWidget()
        self._side.setLayout(words)
        words.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout(self.inside)
        row.setContentsMargins(24, 4, 24, 4)
        row.setSpacing(24)
        row.addWidget(self._side)
        row.addWidget(self._line, 1)

    def present(self, state: State) -> None:
        """Show the formula of the state's moment."""
        theme = THEMES[state.look.palette]
        picture = formula_picture(state)
        if self._shown == (picture, theme):
            return
        self._shown = (picture, theme)
        self.setFixedHeight(theme.size(76))
        self._heading.setFont(text_font(theme.size(14), bold=True))
        colour = theme.inks[picture.ink].text
        self._heading.setText(f'<span style="color:{colour}">{escape(picture.heading)}</span>')
        self._words.setText(picture.words)
        pieces = (*picture.symbols, *picture.numbers)
        self._line.setText("".join(_html(piece, theme) for piece in pieces))
        self._fit()
        self._line.setToolTip(picture.hint)
        self._line.setAccessibleName(picture.sentence)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the line to the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Set the line in one row where a somewhat smaller type can do it."""
        if self._shown is None:
            return
        picture, theme = self._shown
        self._side.setFixedWidth(min(theme.size(224), round(0.31 * self.width())))
        text = "".join(piece.text for piece in (*picture.symbols, *picture.numbers))
        room = self.width() - self._side.maximumWidth() - 24 * 3
        largest = theme.size(24)
        needed = QFontMetricsF(math_font(largest, bold=True)).horizontalAdvance(text)
        share = min(1.0, 0.95 * room / max(1.0, needed))
        # What would become too small is better read in two rows.
        in_two_rows = min(_IN_TWO_ROWS, 1.7 * share)
        self._line.setFont(math_font(largest * (share if share >= _SMALLEST else in_two_rows)))


def _html(piece: Piece, theme: Theme) -> str:
    styles = [f"color:{theme.inks[piece.ink].text}"]
    if piece.italic:
        styles.append("font-style:italic")
    if piece.bold:
        styles.append("font-weight:700")
    if piece.underlined:
        styles.append("text-decoration:underline")
    return f'<span style="{";".join(styles)}">{escape(piece.text)}</span>'
