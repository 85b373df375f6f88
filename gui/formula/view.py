"""The formula under the chain."""

from html import escape
from math import ceil

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QFont, QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from engine.quantities import Name, Quantity
from gui.drawing.ink import SIGNS
from gui.formula.picture import FormulaPicture, Piece, formula_picture
from gui.state import Pointed, State
from gui.state.intents import Point
from gui.theme import Theme, dressed, math_font, text_font
from gui.widgets.accessible import Accessible
from gui.widgets.isolated import IsolatedWidget
from gui.widgets.labels import heading
from gui.widgets.memo import Memo
from gui.widgets.selecting import Selecting

_LARGEST, _HEIGHT = 24, 76
"""In pixels, at the ordinary size of type."""

_SIDE, _SIDE_AT_MOST = 260, 0.36
"""How wide the words are beside the line: in pixels, and as a share of the whole."""

_MARGIN, _AROUND = 24, 12
"""In pixels: at the sides, and above, between and below heading and words."""

Row = tuple[Piece, ...]


class FormulaView(IsolatedWidget):
    """Shows what the step computes: its name and words at the left, the line beside them.

    `wished` carries an `Intent`: to point at a number, or at none.
    """

    wished = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("formula")
        self._shown = Memo[tuple[FormulaPicture, Theme]]()
        self._enlarged = 1.0
        self._heading = QLabel()
        self._words = heading("muted")
        self._words.setWordWrap(True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._line = _Line()
        self._line.setWordWrap(True)
        self._line.setTextFormat(Qt.TextFormat.RichText)
        flags = Qt.TextInteractionFlag
        self._line.setTextInteractionFlags(
            flags.TextSelectableByMouse | flags.LinksAccessibleByMouse
        )
        Selecting(self._line)
        self._line.linkHovered.connect(lambda link: self.wished.emit(Point(_pointed(link))))
        self._line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch()
        words.addWidget(self._heading)
        words.addWidget(self._words)
        words.addStretch()
        self._side = QWidget()
        self._side.setLayout(words)
        words.setContentsMargins(0, 0, _MARGIN, 0)
        row = QHBoxLayout(self.inside)
        row.setContentsMargins(_MARGIN, 4, _MARGIN, 4)
        row.setSpacing(0)
        row.addWidget(self._side)
        row.addWidget(self._line, 1)
        row.addStretch()
        self._row = row
        self._seat: QWidget | None = None

    def seat(self, seat: QWidget) -> None:
        """Take in what stands at the end of a line that asks for its result."""
        self._seat = seat
        seat.hide()
        self._row.insertWidget(2, seat)

    def present(self, state: State) -> None:
        """Show the formula of the state's moment."""
        theme = dressed(state.look)
        picture = formula_picture(state)
        former = self._shown.value
        if not self._shown.renew((picture, theme)):
            return
        if former is None or former[1] is not theme:
            self._dress(theme)
        colour = theme.inks[picture.ink].text
        self._heading.setText(f'<span style="color:{colour}">{escape(_signed(picture))}</span>')
        self._words.setText(picture.words)
        self._fit()
        self._line.setToolTip(picture.tip or picture.hint)
        self._line.show_as(picture)

    def enlarge(self, enlarged: float) -> None:
        """Write everything so many times as large as usual, for there is room."""
        if self._enlarged == enlarged:
            return
        self._enlarged = enlarged
        if self._shown.value is not None:
            self._dress(self._shown.value[1])
            self._fit()

    def _dress(self, theme: Theme) -> None:
        # It may be squeezed to its usual height: the window may then become as small as ever.
        self.setMinimumHeight(theme.size(_HEIGHT))
        self.setMaximumHeight(self._sized(theme, _HEIGHT))
        self.updateGeometry()

    def _sized(self, theme: Theme, points: float) -> int:
        return theme.size(self._enlarged * points)

    def sizeHint(self) -> QSize:
        """Return the height for type as large as there is room for."""
        return QSize(super().sizeHint().width(), self.maximumHeight())

    @property
    def sentence(self) -> str:
        """The formula as one sentence."""
        return self._line.sentence

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the line to the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Set the line in one row where a somewhat smaller type can do it, else broken before =."""
        if self._shown.value is None:
            return
        picture, theme = self._shown.value
        side = min(self._sized(theme, _SIDE), round(_SIDE_AT_MOST * self.width()))
        room = self.width() - side - 3 * _MARGIN
        asks = picture.asks and self._seat is not None
        if self._seat is not None:
            self._seat.setVisible(asks)
            room -= self._seat.sizeHint().width() if asks else 0
        # A label of a fixed size asks for no new layout when its text is another.
        self._side.setFixedWidth(side + _MARGIN)
        # In large type the margin is larger too.
        wide = side + _MARGIN - round(_MARGIN * max(1.0, theme.zoom))
        self._heading.setFont(_fitting(_signed(picture), self._sized(theme, 14), wide))
        words = text_font(self._sized(theme, 13))
        if theme.zoom > 1.0:
            heading_high = QFontMetricsF(self._heading.font()).height()
            high = self.height() - heading_high - theme.size(_AROUND)
            words = _wrapped(picture.words, words.pixelSize(), QRectF(0, 0, wide, high))
        if self._words.font() != words:
            self._words.setFont(words)
        self._line.setFixedSize(max(0, room), self.height() - 8)
        self._line.setWordWrap(picture.is_prose)
        if picture.is_prose:
            rows: list[Row] = [(piece,) for piece in picture.symbols]
            font = text_font(self._sized(theme, 15))
        else:
            largest = self._sized(theme, _LARGEST)
            rows, share = _set(picture, largest, 0.96 * room)
            font = math_font(share * largest)
        if asks:
            metrics = QFontMetricsF(math_font(share * largest, bold=True))
            room = ceil(max(metrics.horizontalAdvance(_plain(row)) for row in rows))
            self._line.setFixedWidth(room)
        self._line.setFont(font)
        self._line.setText("<br>".join(_row_html(row, theme) for row in rows))
        # A label that lays its text out while it is painted is painted once more.
        self._line.sizeHint()


class _Line(QLabel):
    """A line of links; a pointer that leaves fast is on none of them, which Qt does not tell."""

    def __init__(self) -> None:
        super().__init__()
        self._picture: FormulaPicture | None = None

    def show_as(self, picture: FormulaPicture) -> None:
        """Take what the line says, for a screen reader."""
        self._picture = picture

    @property
    def sentence(self) -> str:
        """The whole as one sentence."""
        return self._picture.sentence if self._picture is not None else ""

    def accessible(self) -> Accessible:
        """Return the sentence, and the full values."""
        digits = self._picture.hint if self._picture is not None else ""
        return Accessible(QAccessible.Role.StaticText, self.sentence, digits)

    def leaveEvent(self, event: QEvent) -> None:
        """Tell that no link is pointed at any more."""
        super().leaveEvent(event)
        self.linkHovered.emit("")


def _signed(picture: FormulaPicture) -> str:
    """Return the heading after the sign that says the same as its colour."""
    sign = SIGNS.get(picture.ink)
    return f"{sign} {picture.heading}" if sign and picture.numbers else picture.heading


def _fitting(text: str, largest: int, room: float) -> QFont:
    """Return the font of a heading: smaller where it would be cut off."""
    needed = QFontMetricsF(text_font(largest, bold=True)).horizontalAdvance(text)
    return text_font(int(min(1.0, room / max(1.0, needed)) * largest), bold=True)


def _wrapped(text: str, largest: int, room: QRectF) -> QFont:
    """Return the font of words that go on in the next line: smaller where they have no room."""
    longest = max(text.split(), key=len, default="")
    for pixels in range(largest, max(largest // 3, 1), -1):
        metrics = QFontMetricsF(text_font(pixels))
        taken = metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), text)
        if metrics.horizontalAdvance(longest) <= room.width() and taken.height() <= room.height():
            break
    return text_font(pixels)


def _set(picture: FormulaPicture, largest: int, room: float) -> tuple[list[Row], float]:
    """Return the rows to set a formula in, and the share of the largest type that has room."""
    symbols, first, rest = picture.rows
    metrics = QFontMetricsF(math_font(largest, bold=True))
    for rows, most, enough in (
        ([(*symbols, *first, *rest)], 1.0, 0.85),
        ([symbols, (*first, *rest)], 0.85, 0.62),
        ([symbols, first, rest], 0.72, 0.0),
    ):
        needed = max(metrics.horizontalAdvance(_plain(row)) for row in rows)
        share = min(most, room / max(1.0, needed))
        if share >= enough:
            break
    return rows, share


def _plain(row: Row) -> str:
    return "".join(piece.text for piece in row).lstrip()


def _row_html(row: Row, theme: Theme) -> str:
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
