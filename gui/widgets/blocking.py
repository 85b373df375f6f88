"""A control that can do nothing now keeps the focus: its tool tip says why, and is read."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QToolTip, QWidget

_PRESSES = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_BY_TAB = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class Blocking(QObject):
    """Answers presses of `control` by its tool tip while it is blocked."""

    def __init__(self, control: QWidget) -> None:
        super().__init__(control)
        self._control = control
        self.on = False

    def block(self, *, on: bool) -> None:
        """Keep the control from being pressed, or no longer; it looks as if it were disabled."""
        if on == self.on:
            return
        self.on = on
        # Only meanwhile: each event would come here.
        if on:
            self._control.installEventFilter(self)
        else:
            self._control.removeEventFilter(self)
        self._control.update()

    def eventFilter(self, _control: QObject, event: QEvent) -> bool:
        """Say why instead of what would be done; to who comes by keyboard at once."""
        kind = event.type()
        if kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            self._say_why()
            return True
        if isinstance(event, QKeyEvent) and kind == QEvent.Type.KeyPress:
            if event.key() in _PRESSES:
                self._say_why()
                return True
        elif isinstance(event, QFocusEvent):
            self._follow_focus(event)
        return False

    def _follow_focus(self, event: QFocusEvent) -> None:
        if not event.gotFocus():
            QToolTip.hideText()
        elif event.reason() in _BY_TAB:
            # Qt hides tool tips when the focus moves.
            QTimer.singleShot(0, self, self._say_why)

    def _say_why(self) -> None:
        where = self._control.mapToGlobal(self._control.rect().bottomLeft())
        QToolTip.showText(where, self._control.toolTip(), self._control)
