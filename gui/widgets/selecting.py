"""Text that is selected and copied, but never dragged away."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QTextEdit


class Selecting(QObject):
    """Lets every press of the mouse begin a selection anew.

    On text that is selected already, Qt would begin to drag it: in a loop of its own, in which the
    window answers nothing until the button is let go, or for good where that is missed.
    """

    def __init__(self, text: QLabel | QTextEdit | QPlainTextEdit) -> None:
        super().__init__(text)
        self._text = text
        (text if isinstance(text, QLabel) else text.viewport()).installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Forget the selection before the text hears of the press."""
        if (
            isinstance(event, QMouseEvent)
            and event.type() == QEvent.Type.MouseButtonPress
            and event.button() is Qt.MouseButton.LeftButton
            and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        ):
            self._deselect()
        return super().eventFilter(watched, event)

    def _deselect(self) -> None:
        if isinstance(self._text, QLabel):
            if self._text.hasSelectedText():
                self._text.setSelection(0, 0)
            return
        cursor = self._text.textCursor()
        cursor.clearSelection()
        self._text.setTextCursor(cursor)
