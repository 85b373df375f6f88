"""Keys and a mouse, as the system sends them, to whatever is open."""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
NONE = Qt.KeyboardModifier.NoModifier
_MODIFIERS = [
    (Qt.Key.Key_Shift, Qt.KeyboardModifier.ShiftModifier),
    (Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier),
    (Qt.Key.Key_Alt, Qt.KeyboardModifier.AltModifier),
]
HELD = (NONE, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier)

_FRAME = 20
"""In milliseconds: so long a mouse rests between two places."""


class Hand:
    """Uses `window`, or what lies over it: a menu, a dialog, what a class sees."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    def open(self) -> QWidget:
        """Return what the user has before him."""
        popup = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        return popup or self.stage(fills=True) or self._window

    def stage(self, *, fills: bool) -> QWidget | None:
        """Return what a class sees, if it `fills` the one screen, or if it has one of its own."""
        for one in QApplication.topLevelWidgets():
            if one.objectName() == "stage" and one.isVisible():
                own = one.screen() is self._window.screen()
                return one if own == fills else None
        return None

    def press(self, *names: str) -> None:
        """Press keys, with those that are held for them each for itself."""
        for name in names:
            keys = QKeySequence(name)[0]
            held = [key for key, one in _MODIFIERS if one in keys.keyboardModifiers()]
            # Alt alone may close the menu that the next key would go to.
            for key in (*held, keys.key()):
                self._send(key, keys.keyboardModifiers() if key == keys.key() else NONE, True)
            for key in (keys.key(), *held):
                self._send(key, keys.keyboardModifiers() if key == keys.key() else NONE, False)

    def _send(self, key: int, held: Qt.KeyboardModifier, press: bool) -> None:  # noqa: FBT001
        window = self.open()
        text = QTest.keyToAscii(key).strip("\0")
        QTest.simulateEvent(window.windowHandle() or window, press, key, held, text, False)

    def write(self, text: str) -> None:
        """Type a text into what has the keys."""
        focus = QApplication.focusWidget()
        if focus is not None:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                for letter in text:
                    QApplication.sendEvent(focus, QKeyEvent(kind, 0, NONE, letter))

    def drag(self, widget: QWidget, *places: QPoint, leave: bool = False) -> None:
        """Press at the first place, go to the others, let go; Esc is pressed before, to `leave`."""
        QTest.mousePress(widget, LEFT, NONE, places[0])
        for where in places[1:]:
            if not isValid(widget):
                return  # it may go while it is dragged
            # QTest's own moves go by the real pointer, and hold no button.
            inside, button = QPointF(where), Qt.MouseButton.NoButton
            there = widget.mapToGlobal(inside)
            event = QMouseEvent(QEvent.Type.MouseMove, inside, there, button, LEFT, NONE)
            QApplication.sendEvent(widget, event)
            QTest.qWait(_FRAME)
        if leave:
            self.press("Escape")
        if isValid(widget):
            QTest.mouseRelease(widget, LEFT, NONE, places[-1])

    def wheel(self, widget: QWidget, at: QPoint, turns: int, held: Qt.KeyboardModifier) -> None:
        """Turn the wheel over a place."""
        where = QPointF(at)
        event = QWheelEvent(
            where,
            widget.mapToGlobal(where),
            QPoint(),
            QPoint(0, turns),
            Qt.MouseButton.NoButton,
            held,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(widget, event)
