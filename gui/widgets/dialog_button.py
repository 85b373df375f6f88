"""The buttons of dialogs."""

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QPushButton

from gui.widgets.accessible import Accessible
from gui.widgets.blocking import Blocking


class DialogButton(QPushButton):
    """A button that can do nothing now keeps the focus, and its tool tip says why."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._blocking = Blocking(self)

    def block(self, why: str) -> None:
        """Keep the button from being pressed for a reason; without one let it be pressed."""
        self.setToolTip(why)
        self.setAccessibleDescription(why)
        if bool(why) is not self._blocking.on:
            self._blocking.block(on=bool(why))
            self.setProperty("blocked", bool(why))
            self.style().polish(self)

    def accessible(self) -> Accessible:
        """Return that it is a button, and whether it can be pressed."""
        possible = not self._blocking.on
        press = self.click if possible else None
        return Accessible(QAccessible.Role.Button, self.text(), press=press, possible=possible)
