"""A field for one number, typed as people type numbers."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from engine.exact import bits
from engine.problem import Problem
from gui.numbers import exact, given, parsed

_LONGEST = 10
"""In characters: a longer number is shown rounded while nobody edits it."""


class NumberField(QLineEdit):
    """Sends every number while it is typed; what is no number it refuses with a `Problem`.

    What was typed stays as it was typed, also when it can't be accepted.
    """

    typed = Signal(object)
    refused = Signal(object)
    settled = Signal()

    def __init__(self, parent: QWidget | None = None, *, whole: bool = False) -> None:
        super().__init__(parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setAcceptDrops(False)  # a file that is dropped here is the window's
        self._value: float | None = None
        self._valid: float | None = None
        self._digits = 5
        self._whole = whole
        self._faulty = False
        self.textEdited.connect(self._read)
        self.editingFinished.connect(self.settled)

    def present(self, value: float, digits: int, *, faulty: bool = False) -> None:
        """Show `value`; leave the text alone where it says the same, or where it is at fault."""
        self._valid = value
        self.present_fault(faulty=faulty)
        if faulty:
            self._faulty = True
            return
        if self._faulty or not self._holds(value) or digits != self._digits:
            self._faulty, self._value, self._digits = False, value, digits
            self._write()

    def _holds(self, value: float) -> bool:
        return self._value is not None and bits([self._value]) == bits([value])

    def present_fault(self, *, faulty: bool) -> None:
        """Mark the field, or take the mark away; the text stays."""
        if faulty != bool(self.property("faulty")):
            self.setProperty("faulty", faulty)
            self.style().polish(self)

    def _write(self) -> None:
        if self._value is None:
            return
        text = exact(self._value)
        if not self.hasFocus() and len(text) > _LONGEST:
            text = given(self._value, self._digits)
        if text != self.text():
            self.setText(text)
            self.setCursorPosition(0)
        self.setToolTip(exact(self._value))

    def _read(self, text: str) -> None:
        try:
            number = parsed(text, whole=self._whole)
        except Problem as fault:
            self.refused.emit(fault)
            return
        self._value, self._faulty = number, False
        self.setToolTip(exact(number))
        self.typed.emit(number)

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window: there they cover every edit, not this text alone."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = QKeySequence.StandardKey
            if event.matches(keys.Undo) or event.matches(keys.Redo):
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Finish with Enter: the keys of the window work again. Escape takes a fault back."""
        if event.key() == Qt.Key.Key_Escape and self._faulty and self._valid is not None:
            self._value, self._faulty = self._valid, False
            self._write()
            self.typed.emit(self._valid)
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clearFocus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the number in full while it is edited."""
        super().focusInEvent(event)
        if not self._faulty and self.isModified() is False:
            self._write()
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Shorten a number that is too long to be seen whole."""
        super().focusOutEvent(event)
        if not self._faulty and len(self.text()) > _LONGEST:
            self._write()
        self.deselect()
