"""The buttons of the window."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QToolButton, QWidget

from gui.theme import Theme
from gui.theme.icons import icon


class Button(QToolButton):
    """A button that Enter presses: Space plays, whatever has the focus."""

    def __init__(self, icon_name: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("role", role)
        self._icon_name = icon_name
        self._shown: tuple[object, ...] | None = None

    def present(
        self, theme: Theme, text: str, hint: str, icon_name: str = "", *, icon_only: bool = False
    ) -> None:
        """Show text and icon; `hint` is the tool tip."""
        shown = (theme, text, hint, icon_name, icon_only)
        if self._shown == shown:
            # Setting an icon asks for a new layout of all around, even if it is the same.
            return
        self._shown = shown
        self._icon_name = icon_name or self._icon_name
        if self._icon_name:
            filled = self.property("role") == "play"
            self.setIcon(icon(self._icon_name, theme, filled=filled))
            self.setIconSize(QSize(theme.size(16), theme.size(16)))
        self.setText(text)
        self.setToolTip(hint)
        self.setAccessibleName(text or hint)
        style = Qt.ToolButtonStyle
        self.setToolButtonStyle(
            style.ToolButtonIconOnly
            if icon_only
            else style.ToolButtonTextBesideIcon
            if self._icon_name
            else style.ToolButtonTextOnly
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press with Enter as well."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)
