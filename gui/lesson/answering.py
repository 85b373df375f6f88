"""Where a learner answers: a field, options, values to carry out."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QWidget,
)

from gui.language import Say
from gui.lesson.picture import LessonPicture
from gui.practice.field import AnswerField
from gui.state.intents import HoldKeys, Teach
from gui.theme import Theme, text_font
from gui.widgets.button import Button
from gui.widgets.spaces import keep_own

_FIELD = 124
_MARKS = {"right": "✓ ", "wrong": "✗ ", "found": "✓ "}


class FieldRow(QWidget):
    """A symbol, a field for its number, and Check. `wished` carries an `Intent`."""

    wished = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.symbol, self.field, self.check = QLabel(), AnswerField(), Button(role="play")
        self.field.setObjectName("lesson answer")
        self.check.setObjectName("check lesson answer")
        self.field.answered.connect(lambda text: self.wished.emit(Teach("answer", text)))
        self.field.left.connect(self.left)
        self.field.holding.connect(lambda holds: self.wished.emit(HoldKeys(holds)))
        self.check.clicked.connect(lambda: self.field.answered.emit(self.field.text()))
        self._row = row = QHBoxLayout(self)
        keep_own(row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.symbol)
        row.addWidget(self.field)
        row.addWidget(self.check)
        row.addStretch(1)

    def present(self, picture: LessonPicture, theme: Theme, say: Say) -> None:
        """Show what is asked, or nothing."""
        self.setVisible(bool(picture.symbol))
        self._row.setSpacing(theme.size(8))
        self.symbol.setFont(text_font(theme.size(16)))
        self.symbol.setText(picture.symbol)
        self.field.setFont(text_font(theme.size(16)))
        self.field.setMinimumWidth(theme.size(70))
        self.field.setMaximumWidth(theme.size(_FIELD))
        self.field.setAccessibleName(picture.field)
        if picture.faulty != bool(self.field.property("faulty")):
            self.field.setProperty("faulty", picture.faulty)
            self.field.style().polish(self.field)
        self.check.present(theme, say.within("an answer", "Check"), say("Check the answer (Enter)"))


class OptionButton(Button):
    """A button whose text wraps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(role="option", parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._label = QLabel(self)
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.MarkdownText)
        self._label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 10, 4)
        row.addWidget(self._label)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_text(self, theme: Theme, number: str, text: str, state: str, *, asks: bool) -> None:
        """Show an option: what was refused, or is no longer asked, steps back, the right one not.

        All stay readable: who goes back wants to see what the choice was.
        """
        self.setEnabled(asks and state != "wrong")
        role = "plain" if self.isEnabled() or state == "right" else "muted"
        if self._label.property("role") != role:
            self._label.setProperty("role", role)
            self._label.style().polish(self._label)
        shown = f"{_MARKS.get(state, '')}{text}"
        self._label.setFont(text_font(theme.size(13), bold=state == "right"))
        self._label.setText(f"**{number}** {shown}" if number else shown)
        self.present(theme, "", "")
        self.setToolTip("")
        self.setAccessibleName(f"{number} {shown}".strip())
        self.updateGeometry()

    @property
    def natural(self) -> int:
        """How wide it is in one line."""
        across = self._label.fontMetrics().horizontalAdvance(self._label.text())
        margins = self._row.contentsMargins()
        return across + margins.left() + margins.right() + 8

    def hasHeightForWidth(self) -> bool:
        """Tell that the height depends on the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the wrapped text."""
        return self._row.totalHeightForWidth(width)


class Options(QWidget):
    """Some things to choose one of, by click or by number. `wished` carries an `Intent`."""

    wished = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._head = QLabel()
        self._head.setWordWrap(True)
        self._head.setProperty("role", "title")
        self._buttons: list[OptionButton] = []
        self._keys: tuple[object, ...] = ()
        self._spread = False
        self._grid = QGridLayout(self)
        keep_own(self._grid)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.addWidget(self._head, 0, 0, 1, 2)

    def spread(self, spread: bool) -> None:  # noqa: FBT001 - what is to be
        """Stand in two columns where the texts are short, or below one another."""
        self._spread = spread

    @property
    def first(self) -> QWidget | None:
        """The first that can be chosen."""
        return next((b for b in self._buttons if b.isVisible() and b.isEnabled()), None)

    def present(self, picture: LessonPicture, theme: Theme) -> None:
        """Show the options, or which step comes next; or nothing."""
        row = next((row for row in picture.rows if row.choices), None)
        texts = [(one.key, one.text, one.state) for one in picture.options]
        if row is not None:
            texts = [(k, text, "") for k, text in enumerate(row.choices)]
        self.setVisible(bool(texts))
        self._grid.setSpacing(theme.size(4 if self._spread else 6))
        self._head.setText(picture.rows_head)
        self._head.setVisible(bool(picture.rows_head) and row is not None)
        self._keys = tuple(key for key, _, _ in texts)
        while len(self._buttons) < len(texts):
            made = OptionButton(self)
            made.setObjectName(f"option {len(self._buttons) + 1}")
            made.clicked.connect(partial(self.choose, len(self._buttons)))
            self._buttons.append(made)
        for k, button in enumerate(self._buttons):
            button.setVisible(k < len(texts))
            if k < len(texts):
                _, text, state = texts[k]
                button.show_text(theme, str(k + 1), text, state, asks=picture.asks)
        self._place(len(texts))

    def _place(self, count: int) -> None:
        """Put the options below one another, or short ones side by side."""
        short = all(button.natural <= self.width() / 2 for button in self._buttons[:count])
        across = 2 if self._spread and short and count > 1 else 1
        for k, button in enumerate(self._buttons):
            self._grid.removeWidget(button)
            row, column = divmod(k, across)
            self._grid.addWidget(button, row + 1, column, 1, 3 - across)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place them anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._place(len(self._keys))

    def choose(self, place: int, *_: object) -> None:
        """Choose the option at a place, from 0."""
        if place < len(self._keys):
            self.wished.emit(Teach("choose", self._keys[place]))


class RowTable(QWidget):
    """The values of a task: those that are there, the one that is asked, those to come."""

    wished = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        keep_own(self._grid)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self._head = QLabel()
        self._head.setWordWrap(True)
        self._head.setProperty("role", "title")
        self._grid.addWidget(self._head, 0, 0, 1, 2)
        self._lines: list[tuple[QLabel, QLabel, Button]] = []

    @property
    def first(self) -> QWidget | None:
        """The first row that can be chosen."""
        return next((b for _, _, b in self._lines if b.isVisible()), None)

    def present(self, picture: LessonPicture, theme: Theme, say: Say) -> None:
        """Show the rows, or nothing."""
        self.setVisible(bool(picture.rows))
        self._grid.setHorizontalSpacing(theme.size(8))
        self._grid.setVerticalSpacing(theme.size(3))
        finds = bool(picture.rows) and all(row.value for row in picture.rows)
        self._head.setText(picture.rows_head)
        self._head.setVisible(finds and bool(picture.rows_head))
        while len(self._lines) < len(picture.rows):
            self._add()
        for k, (symbol, value, button) in enumerate(self._lines):
            seen = k < len(picture.rows)
            row = picture.rows[k] if seen else None
            chosen = row is not None and row.now and not row.types and not row.choices
            for label in (symbol, value):
                label.setVisible(seen and not chosen and not (row and row.choices))
            button.setVisible(chosen)
            if row is None:
                continue
            mark = _MARKS.get(row.state, "")
            symbol.setText(f"{mark}{row.symbol} =" if row.value else f"{mark}{row.symbol}")
            shown = say("{value} (filled in)").format(value=row.value)
            value.setText(shown if row.state == "shown" else row.value)
            for label in (symbol, value):
                label.setFont(text_font(theme.size(13), bold=row.now))
                _say_softly(label, softly=not row.value and not row.now)
            symbol.setContentsMargins(0, 0, theme.size(8), 0)
            button.present(theme, f"{mark}{row.symbol} = {row.value}", "")
            button.allow(row.state != "wrong")

    def _add(self) -> None:
        place = len(self._lines)
        symbol, value, button = QLabel(), QLabel(), Button(role="option")
        value.setWordWrap(True)
        button.setObjectName(f"row {place + 1}")
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.clicked.connect(lambda: self.wished.emit(Teach("choose", place)))
        self._grid.addWidget(symbol, place + 1, 0)
        self._grid.addWidget(value, place + 1, 1)
        self._grid.addWidget(button, place + 1, 0, 1, 2)
        self._lines.append((symbol, value, button))


def _say_softly(label: QLabel, *, softly: bool) -> None:
    role = "muted" if softly else ""
    if label.property("role") != role:
        label.setProperty("role", role)
        label.style().polish(label)
