"""The keys of a part that goes away find another one: the focus never falls into nothing."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from shiboken6 import isValid

from gui.widgets.button import Button
from gui.widgets.check_box import CheckBox
from gui.widgets.choice import Choice
from gui.widgets.focus import after, bring_into_view, takes_focus

_PRESSED = (Button, CheckBox, Choice)
"""What Space presses."""


class FocusKeeper(QObject):
    """Gives the focus to what Tab would come to next, where the part that had it is gone.

    A control that Space presses keeps that key while it has the focus; elsewhere it plays.
    """

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._lost: QWidget | None = None
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._find)
        app = QApplication.instance()
        assert isinstance(app, QApplication)  # noqa: S101 - no window without it
        app.focusChanged.connect(self._follow)

    def _follow(self, former: QWidget | None, present: QWidget | None) -> None:
        if former is not None:
            former.removeEventFilter(self)
        if isinstance(present, _PRESSED):
            present.installEventFilter(self)
        if present is None and former is not None and former.window() is self._window:
            self._lost = former
            # What is closed, or deleted, may still give the focus on by itself.
            self._soon.start(0)

    def eventFilter(self, _control: QObject, event: QEvent) -> bool:
        """Keep Space for the control that has the focus."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        mine = event.key() == Qt.Key.Key_Space and not event.modifiers()
        if mine:
            event.accept()
        return mine

    def _find(self) -> None:
        former, self._lost = self._lost, None
        elsewhere = QApplication.focusWidget() or QApplication.activePopupWidget()
        if elsewhere is not None or not self._window.isActiveWindow():
            return
        following = next(after(former), None) if former is not None and isValid(former) else None
        (following or self._window).setFocus()
        if following is not None:
            bring_into_view(following)


def next_part(
    parts: Sequence[QWidget], by: int, enter: Mapping[QWidget | None, Callable[[], None]]
) -> None:
    """Give the keys to the next of some parts that are seen, or where `by` is −1 to the one before.

    `enter` are those that know what in them the keys are for; of others it is the first control.
    """
    focus = QApplication.focusWidget()
    seen = [part for part in parts if part.isVisible()]
    at = [k for k, part in enumerate(seen) if focus and (focus is part or part.isAncestorOf(focus))]
    first = (at[0] + by if at else 0 if by > 0 else -1) if seen else 0
    for k in range(len(seen)):
        part = seen[(first + k * by) % len(seen)]
        if part in enter:
            enter[part]()
            return
        inside = (one for one in (part, *after(part)) if one is part or part.isAncestorOf(one))
        target = next((one for one in inside if takes_focus(one)), None)
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)
            bring_into_view(target)
            return
