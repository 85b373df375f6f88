"""The board on screen, under the formula: what is asked, the answers, how many chose each."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from gui.drawing.ink import Ink
from gui.language import speech
from gui.language.joining import sentences
from gui.lesson.prose import Document
from gui.presenter.picture import BoardPicture, OptionPicture, board_picture
from gui.state import State
from gui.theme import THEMES, Theme, dressed, text_font
from gui.widgets.accessible import Accessible

_TYPE, _OWN_TYPE, _SMALLEST = 19, 14, 11
"""In pixels, at the ordinary size of type: of all that is read, as large as there is room for; on a
screen of the teacher's own. A class reads nothing in the smallest."""

_LEAST = 14

_SIDE, _GAP, _BADGE, _BAR = 24, 0.45, 1.5, 0.55
"""In pixels, what is left free at the sides; in sizes of type, what lies between rows, a letter in
its circle, and a bar."""

_SHARE = 0.27
"""How much of the window's height it may take."""

_NEARLY = 0.75
"""Type of such a share of the largest is good enough for answers in one row."""

_COUNTS = 0.0, 3.2, 5.2
"""In sizes of type: how wide the counts of so many rounds are."""

_TEXT = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)


class Board(QWidget):
    """Shows what is asked; it is not there where nothing is."""

    def __init__(
        self, *, teacher: bool, own_screen: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._type, self._least = (_OWN_TYPE, _SMALLEST) if own_screen else (_TYPE, _LEAST)
        self._enlarged, self._most = 1.0, 0
        self.setObjectName("board")
        self._teacher = teacher
        self._theme: Theme = THEMES["projector"]
        self._document = Document(self)
        self._document.setDocumentMargin(0)
        self._shown: tuple[BoardPicture | None, Theme] | None = None
        self._size, self._locale = 0.0, "en"
        self.hide()

    @property
    def picture(self) -> BoardPicture | None:
        """What is to be seen."""
        return self._shown[0] if self._shown is not None else None

    def present(self, state: State) -> None:
        """Show the board of a state."""
        shown = board_picture(state, teacher=self._teacher), dressed(state.look)
        if shown == self._shown:
            return
        self._shown, self._theme, self._locale = shown, shown[1], state.look.locale
        self.setVisible(shown[0] is not None)
        self.fit()
        self.update()

    def accessible(self) -> Accessible:
        """Return all of it in words."""
        picture = self.picture
        words = (picture.spoken, picture.aside) if picture is not None else ()
        return Accessible(QAccessible.Role.StaticText, sentences(words, speech(self._locale)))

    def grow(self, enlarged: float, most: int) -> None:
        """Write all so many times as large as usual, if that is at most so many pixels high."""
        if (enlarged, most) != (self._enlarged, self._most):
            self._enlarged, self._most = enlarged, most
            self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the type to the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def fit(self) -> None:
        """Be as high as needed; where that is too high, in smaller type.

        Somewhat smaller type is better than answers in two rows.
        """
        if self.picture is None:
            return
        picture, largest = self.picture, round(self._enlarged * self._type)
        most = self._most or _SHARE * self.window().height()
        sizes = range(largest, self._least - 1, -1)
        in_a_row = [(size, True) for size in sizes if size >= _NEARLY * largest]
        for size, row in (*in_a_row, *((size, False) for size in sizes)):
            self._size = self._theme.size(size)
            if row and self._columns(picture) < len(picture.options):
                continue
            high = self._laid_out(picture)[-1].bottom() + _GAP * self._size
            if high <= most:
                break
        self.setFixedHeight(round(high))

    # Where everything stands

    def _laid_out(self, picture: BoardPicture) -> list[QRectF]:
        """Return the rooms of the question, of each answer, and of the note."""
        size, wide = self._size, self.width() - 2 * _SIDE
        self._document.setDefaultFont(text_font(round(size)))
        self._document.read(picture.question)
        self._document.setTextWidth(wide)
        asked = self._document.size().height() if picture.question else 0.0
        rooms = [QRectF(_SIDE, _GAP * size * bool(asked), wide, asked)]
        columns = self._columns(picture)
        across = (wide - (columns - 1) * size) / columns
        top = rooms[0].bottom()
        for k in range(0, len(picture.options), columns):
            row = picture.options[k : k + columns]
            high = max(self._high(one, across, picture.rounds) for one in row)
            for place in range(len(row)):
                left = _SIDE + place * (across + size)
                rooms.append(QRectF(left, top + _GAP * size, across, high))
            top = rooms[-1].bottom()
        noted = 1.4 * size if picture.note else 0.0
        rooms.append(QRectF(_SIDE, top + _GAP * size * bool(noted), wide, noted))
        metrics, free = QFontMetricsF(text_font(round(size))), QRectF(0, 0, wide, 10_000)
        told = metrics.boundingRect(free, _TEXT, picture.aside).height() if picture.aside else 0.0
        rooms.append(QRectF(_SIDE, rooms[-1].bottom() + _GAP * size * bool(told), wide, told))
        return rooms

    def _columns(self, picture: BoardPicture) -> int:
        """Return how many answers stand side by side: all, where each has room in a line."""
        metrics = QFontMetricsF(text_font(round(self._size), bold=True))
        widest = max((metrics.horizontalAdvance(one.text) for one in picture.options), default=0.0)
        for columns in (len(picture.options), 2):
            across = (self.width() - 2 * _SIDE - (columns - 1) * self._size) / max(1, columns)
            if columns and widest <= self._text_room(across, picture.rounds):
                return columns
        return 2 if len(picture.options) > 1 else 1

    def _high(self, one: OptionPicture, across: float, rounds: int) -> float:
        room = QRectF(0, 0, self._text_room(across, rounds), 10_000)
        font = text_font(round(self._size), bold=True)
        text = QFontMetricsF(font).boundingRect(room, _TEXT, one.text)
        return max(_BADGE * self._size, text.height()) + rounds * (_BAR + 0.25) * self._size

    def _text_room(self, across: float, rounds: int) -> float:
        return across - (_BADGE + 0.5 + _COUNTS[rounds]) * self._size

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint question, answers, bars and note."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(self._theme.panel))
        painter.fillRect(0, 0, self.width(), 1, QColor(self._theme.border))
        picture = self.picture
        if picture is None:
            return
        question, *answers, note, aside = self._laid_out(picture)
        painter.save()
        painter.translate(question.topLeft())
        self._document.draw(painter, QColor(self._theme.text))
        painter.restore()
        for one, room in zip(picture.options, answers, strict=True):
            self._paint_answer(painter, one, room, picture.rounds)
        painter.setFont(text_font(round(self._size)))
        painter.setPen(QColor(self._theme.muted))
        painter.drawText(note, _TEXT, picture.note)
        painter.setFont(text_font(round(self._size), bold=True))
        painter.setPen(QColor(self._theme.inks[Ink.BACKWARD].text))
        painter.drawText(note, _TEXT | int(Qt.AlignmentFlag.AlignRight), picture.suggestion)
        painter.setFont(text_font(round(self._size)))
        painter.setPen(QColor(self._theme.text))
        painter.drawText(aside, _TEXT, picture.aside)
        painter.end()

    def _paint_answer(
        self, painter: QPainter, one: OptionPicture, room: QRectF, rounds: int
    ) -> None:
        size, theme = self._size, self._theme
        ink = theme.inks[Ink.UPDATE if one.right else Ink.FORWARD]
        high = room.height() - rounds * (_BAR + 0.25) * size
        badge = QRectF(0, 0, _BADGE * size, _BADGE * size)
        badge.moveTo(room.left(), room.top() + (high - badge.height()) / 2)
        painter.setPen(QColor(ink.fill))
        painter.setBrush(QColor(ink.fill))
        painter.drawEllipse(badge)
        painter.setPen(QColor(ink.on_fill))
        painter.setFont(text_font(round(0.85 * size), bold=True))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, one.letter)
        painter.setFont(text_font(round(size), bold=one.right))
        painter.setPen(QColor(theme.text))
        words = QRectF(badge.right() + 0.5 * size, room.top(), 0, high)
        words.setWidth(self._text_room(room.width(), rounds))
        painter.drawText(words, _TEXT, one.text)
        if one.hands is not None:
            at_end = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            count = str(one.hands) if one.first is None else f"{one.first} → {one.hands}"
            told = f"✓ {count}" if one.right else count
            painter.drawText(QRectF(room.left(), room.top(), room.width(), high), at_end, told)
        top = room.top() + high + 0.15 * size
        bars = (
            ((one.first_share, True), (one.share, False)) if rounds > 1 else ((one.share, False),)
        )
        for share, pale in bars if rounds else ():
            bar = QRectF(room.left(), top, share * room.width(), _BAR * size)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.soft(Ink.FORWARD) if pale else QColor(ink.line))
            painter.drawRect(bar)
            if pale and share:
                painter.setPen(QColor(ink.line))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(bar)
            top += (_BAR + 0.25) * size
