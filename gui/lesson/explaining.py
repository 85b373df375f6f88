"""Where a learner explains: a text of one's own, the model answer, the points that it had."""

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QTextEdit, QVBoxLayout, QWidget

from gui.language import Say
from gui.lesson.keys import LESSON
from gui.lesson.picture import LessonPicture
from gui.lesson.prose import Prose
from gui.state.intents import HoldKeys, Teach
from gui.theme import Theme
from gui.widgets.button import Button
from gui.widgets.check_box import CheckBox
from gui.widgets.labels import heading
from gui.widgets.spaces import keep_own

_LOW, _HIGH = 46, 84
"""In pixels, at the ordinary size of type: the height of the text in a strip, and in a column."""


class Writing(QTextEdit):
    """A field for a sentence or two: Ctrl+Enter compares, Esc gives the keys back."""

    compared = Signal()
    left = Signal()
    holding = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("explanation text")
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)

    def event(self, event: QEvent) -> bool:
        """Keep Esc from the window: before a class it would end that."""
        overrides = event.type() == QEvent.Type.ShortcutOverride
        if overrides and isinstance(event, QKeyEvent) and LESSON.use(event) == "leave":
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Compare, or leave."""
        if LESSON.use(event) == "compare":
            self.compared.emit()
        elif LESSON.use(event) == "leave":
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that it has the keys."""
        super().focusInEvent(event)
        self.holding.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that it has them no more."""
        super().focusOutEvent(event)
        if self.window().isVisible():
            self.holding.emit(False)


class Explaining(QWidget):
    """A text of one's own, the model answer, and the points to tick."""

    wished = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text, self.compare = Writing(), Button(role="play")
        self.compare.setObjectName("compare")
        self._ticks: list[CheckBox] = []
        self._labels: list[QLabel] = []
        self._model = Prose()
        self._head = heading("title")
        self._head.setWordWrap(True)
        self.text.textChanged.connect(self._write)
        self.text.compared.connect(self._compare)
        self.text.left.connect(self.left)
        self.text.holding.connect(lambda holds: self.wished.emit(HoldKeys(holds)))
        self.compare.clicked.connect(self._compare)
        self._column = QVBoxLayout(self)
        keep_own(self._column)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.text)
        self._column.addWidget(self.compare, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self._model)
        self._column.addWidget(self._head)

    def present(self, picture: LessonPicture, theme: Theme, say: Say, *, low: bool) -> None:
        """Show it, or nothing."""
        self.setVisible(picture.writes)
        if not picture.writes:
            return
        self._column.setSpacing(theme.size(6))
        if self.text.toPlainText() != picture.written:
            self.text.setPlainText(picture.written)
        self.text.setFixedHeight(theme.size(_LOW if low else _HIGH))
        self.text.setReadOnly(not picture.asks)
        self.text.setPlaceholderText(say("Your answer, in a sentence or two"))
        self.text.setAccessibleName(say("Your answer, in a sentence or two"))
        self.compare.setVisible(picture.asks)
        self.compare.present(
            theme, say("Compare"), say("Read a model answer beside yours (Ctrl+Enter)")
        )
        self._model.present(theme, picture.model)
        self._head.setText(say("Which of these did yours say?"))
        self._head.setVisible(bool(picture.points))
        while len(self._ticks) < len(picture.points):
            self._add_tick()
        for k, (tick, label) in enumerate(zip(self._ticks, self._labels, strict=True)):
            for part in (tick, label):
                part.setVisible(k < len(picture.points))
            if k < len(picture.points):
                words, ticked = picture.points[k]
                label.setText(words)
                tick.setAccessibleName(words)
                tick.setChecked(ticked)

    def _add_tick(self) -> None:
        """Add a point: its text wraps, which that of a check box does not."""
        place, made, label = len(self._ticks), CheckBox(), QLabel()
        made.setObjectName(f"point {place + 1}")
        made.clicked.connect(partial(self._tick, place))
        label.setWordWrap(True)
        label.setBuddy(made)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label, 1)
        self._ticks.append(made)
        self._labels.append(label)
        self._column.addLayout(row)

    def _tick(self, point: int, *_: object) -> None:
        self.wished.emit(Teach("tick", point))

    def _write(self) -> None:
        if self.text.hasFocus():
            self.wished.emit(Teach("write", self.text.toPlainText()))

    def _compare(self) -> None:
        self.wished.emit(Teach("write", self.text.toPlainText()))
        self.wished.emit(Teach("compare"))
