"""The field in which a result is typed, and the button that checks it."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from gui.language import Say
from gui.practice.keys import ANSWERING
from gui.practice.picture import PracticePicture
from gui.theme import Theme, text_font
from gui.widgets.button import Button

_WIDTH = 124
"""In pixels, at the ordinary size of type."""

_MOVES = (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Home, Qt.Key.Key_End)


class AnswerField(QLineEdit):
    """A field for one number.

    `answered` carries its text, `left` tells that the keys go back to the chain. → at the end of
    the text, and every key that moves in an empty field, is the window's.
    """

    answered = Signal(str)
    left = Signal()
    holding = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("answer")
        self.setAcceptDrops(False)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    def _is_windows(self, event: QKeyEvent) -> bool:
        """Tell whether a key steps instead of moving in the text."""
        if event.key() not in _MOVES:
            return False
        at_end = ANSWERING.use(event) == "on" and self.cursorPosition() == len(self.text())
        return not self.text() or (at_end and not self.hasSelectedText())

    def event(self, event: QEvent) -> bool:
        """Leave keys that step to the window, but not Esc: before a class it would end that."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self._is_windows(event):
                event.ignore()
                return False
            if ANSWERING.use(event) == "leave":
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Check with Enter, leave with Escape."""
        use = ANSWERING.use(event)
        if use == "check":
            self.answered.emit(self.text())
        elif use == "leave":
            self.left.emit()
        elif self._is_windows(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that it has the keys."""
        super().focusInEvent(event)
        self.holding.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that it has them no more."""
        super().focusOutEvent(event)
        if self.window().isVisible():  # else nobody is left to be told
            self.holding.emit(False)


class AnswerSeat(QWidget):
    """The field and its button, to stand in the formula line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field, self.check = AnswerField(), Button(role="play")
        self.check.setObjectName("check answer")
        self.check.clicked.connect(lambda: self.field.answered.emit(self.field.text()))
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.field)
        row.addWidget(self.check)

    def present(self, picture: PracticePicture, theme: Theme, say: Say) -> None:
        """Show what is asked."""
        self.field.setFont(text_font(theme.size(16)))
        self.field.setFixedWidth(theme.size(_WIDTH))
        self.field.setAccessibleName(picture.field)
        self.field.setAccessibleDescription(picture.hint)
        self.field.setToolTip(picture.hint)
        if picture.faulty != bool(self.field.property("faulty")):
            self.field.setProperty("faulty", picture.faulty)
            self.field.style().polish(self.field)
        self.check.present(theme, say.within("an answer", "Check"), say("Check the answer (Enter)"))
