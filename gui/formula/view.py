"""The formula under the chain."""

from math import ceil

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.drawing.ink import SIGNS
from gui.formula.beside import Beside
from gui.formula.label import FormulaLabel, Row, plain
from gui.formula.picture import FormulaPicture, formula_picture
from gui.formula.shown import FOLD_KEY, LocalFold
from gui.formula.sizes import heading_font, rows_of, words_font
from gui.language import speech
from gui.language.joining import aside
from gui.state import State
from gui.state.intents import Point, Present, ShowView
from gui.theme import Theme, dressed, math_font, text_font
from gui.widgets.button import Button
from gui.widgets.isolated import IsolatedWidget
from gui.widgets.memo import Memo
from gui.words.key_names import key_text

_LARGEST, _HEIGHT = 24, 76
"""In pixels, at the ordinary size of type."""

_UNFOLDED, _LOCAL = 52, 17
"""In pixels: how much higher it is with the local derivative, and the type of that."""

_FOLD, _EDGE = 27, 2
"""In pixels: how wide the button is that unfolds it, and how far from the edge it stands."""

_SIDE, _SIDE_AT_MOST = 260, 0.36
"""How wide the words are beside the line: in pixels, and as a share of the whole."""

_MARGIN, _AROUND = 24, 12
"""In pixels: at the sides, and above, between and below heading and words."""


class FormulaView(IsolatedWidget):
    """Shows what the step computes: its name and words at the left, the line beside them.

    `wished` carries an `Intent`: to point at a number, or at none.
    """

    wished = Signal(object)
    height_of_all, size_of_prose = _HEIGHT, 15

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("formula")
        self._shown = Memo[tuple[FormulaPicture, Theme]]()
        self._fold_shown = Memo[tuple[object, ...]]()
        self._enlarged = 1.0
        self._unfolded = False
        self._side = Beside(_MARGIN)
        self._heading, self._words = self._side.heading, self._side.words
        self._line = FormulaLabel()
        self._local = FormulaLabel(local=True)
        self._local.setObjectName("local derivative")
        self._local.hide()
        for line in (self._line, self._local):
            line.pointed.connect(lambda at: self.wished.emit(Point(at)))
            line.pressed.connect(lambda at: self.wished.emit(Present("show", at)))
        self._fold = Button("chevron-right", "plain")
        self._fold.setObjectName("fold local derivative")
        self._fold.clicked.connect(self._turn)
        column = QVBoxLayout(self.inside)
        column.setContentsMargins(_MARGIN, 4, _EDGE, 4)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._side)
        row.addWidget(self._line, 1)
        row.addStretch()
        row.addWidget(self._fold)
        column.addLayout(row)
        column.addWidget(self._local)
        self._row = row
        self._seat: QWidget | None = None

    def _turn(self) -> None:
        """Ask to unfold the local derivative, or to fold it away."""
        self.wished.emit(ShowView(LocalFold(not self._unfolded)))

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
        unfolds = state.view(LocalFold).unfolded
        if former is None or former[1] is not theme or unfolds != self._unfolded:
            self._unfolded = unfolds
            self._dress(theme)
        self._present_fold(picture, theme)
        self._tell(picture, theme)
        self._fit()
        self._line.setToolTip(picture.tip or picture.hint)
        for line in (self._line, self._local):
            line.show_as(picture)

    def _tell(self, picture: FormulaPicture, theme: Theme) -> None:
        """Say beside the line which step it is, and what is done in it."""
        self._heading.colour = QColor(theme.inks[picture.ink].text)
        self._heading.setText(signed(picture))
        self._words.setText(picture.words)

    def enlarge(self, enlarged: float) -> None:
        """Write everything so many times as large as usual, for there is room."""
        if self._enlarged == enlarged:
            return
        self._enlarged = enlarged
        if self._shown.value is not None:
            self._dress(self._shown.value[1])
            self._fit()

    def _present_fold(self, picture: FormulaPicture, theme: Theme) -> None:
        if not self._fold_shown.renew((picture.language, theme, self._unfolded, picture.folds)):
            return
        say = speech(picture.language)
        show, hide = say("Show the local derivative"), say("Hide the local derivative")
        hint = aside(hide if self._unfolded else show, key_text(FOLD_KEY, say), say)
        name = "chevron-down" if self._unfolded else "chevron-right"
        self._fold.present(theme, "", hint, name, icon_only=True)
        self._fold.setVisible(picture.folds)

    def _dress(self, theme: Theme) -> None:
        # It may be squeezed to its usual height: the window may then become as small as ever.
        self._fold.setFixedSize(theme.size(_FOLD), theme.size(_FOLD))
        high = self.height_of_all + (_UNFOLDED if self._unfolded else 0)
        self.setMinimumHeight(theme.size(high))
        self.setMaximumHeight(self._sized(theme, high))
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
        room = self.width() - side - 2 * _MARGIN - _EDGE
        room -= self._fold.width() if picture.folds else 0
        asks = picture.asks and self._seat is not None
        if self._seat is not None:
            self._seat.setVisible(asks)
            room -= self._seat.sizeHint().width() if asks else 0
        # A label of a fixed size asks for no new layout when its text is another.
        self._side.setFixedWidth(side + _MARGIN)
        self._fit_words(picture, theme, side)
        local = self._fit_local(picture, theme)
        self._fit_line(picture, theme, room, self.height() - 8 - local, asks=asks)

    def _fit_words(self, picture: FormulaPicture, theme: Theme, side: int) -> None:
        # In large type the margin is larger too.
        wide = side + _MARGIN - round(_MARGIN * max(1.0, theme.zoom))
        head = heading_font(signed(picture), self._sized(theme, 14), wide)
        words = text_font(self._sized(theme, 13))
        if theme.zoom > 1.0:
            high = self.height() - QFontMetricsF(head).height() - theme.size(_AROUND)
            words = words_font(picture.words, words.pixelSize(), QRectF(0, 0, wide, high))
        self._side.set_fonts(head, words)

    def _fit_line(
        self, picture: FormulaPicture, theme: Theme, room: int, high: int, *, asks: bool
    ) -> None:
        self._line.setFixedSize(max(0, room), high)
        self._line.setWordWrap(picture.is_prose)
        if picture.is_prose:
            rows: list[Row] = [(piece,) for piece in picture.symbols]
            font = text_font(self._sized(theme, self.size_of_prose))
        else:
            largest = self._sized(theme, _LARGEST)
            rows, share = rows_of(picture, largest, 0.96 * room)
            font = math_font(share * largest)
        if asks:
            metrics = QFontMetricsF(math_font(share * largest, bold=True))
            room = ceil(max(metrics.horizontalAdvance(plain(row)) for row in rows))
            self._line.setFixedWidth(room)
        self._line.show_rows(rows, theme, font)

    def _fit_local(self, picture: FormulaPicture, theme: Theme) -> int:
        """Set what is unfolded, each row in a line of its own; return how high it is."""
        self._local.setVisible(bool(picture.local))
        if not picture.local:
            return 0
        largest, room = self._sized(theme, _LOCAL), self.width() - 2 * _MARGIN
        metrics = QFontMetricsF(math_font(largest))
        needed = max(metrics.horizontalAdvance(plain(row)) for row in picture.local)
        share = min(1.0, 0.96 * room / max(1.0, needed))
        self._local.show_rows(picture.local, theme, math_font(share * largest))
        high = round(_UNFOLDED / (self.height_of_all + _UNFOLDED) * self.height())
        self._local.setFixedSize(max(0, room), high)
        return high


def signed(picture: FormulaPicture) -> str:
    """Return the heading after the sign that says the same as its colour."""
    sign = SIGNS.get(picture.ink)
    return f"{sign} {picture.heading}" if sign and picture.numbers else picture.heading
