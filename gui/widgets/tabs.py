"""Tabs, one of them chosen."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from gui.theme import Theme
from gui.widgets.accessible import Accessible
from gui.widgets.button import Button
from gui.widgets.flow import Flow


class TabButton(Button):
    """One of the names: a tab, or one of a choice."""

    def accessible(self) -> Accessible:
        """Return that it is one of some, and whether it is the chosen one."""
        is_tab = self.property("role") == "tab"
        return Accessible(
            role=QAccessible.Role.PageTab if is_tab else QAccessible.Role.RadioButton,
            press=self.click if self.possible else None,
            chosen=self.isChecked(),
            possible=self.possible,
        )


class Tabs(QWidget):
    """Names next to one another, the chosen one underlined; `chosen` tells that one was pressed.

    `role` is the dress that the theme knows: "tab" for panels, "small" for a choice within one.
    Panels stand in rows of at most `per_row`; a choice goes on below where there is no room.
    """

    chosen = Signal(str)

    def __init__(
        self,
        names: tuple[str, ...],
        role: str = "tab",
        per_row: int = 8,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._buttons = {name: TabButton(role=role) for name in names}
        self._role = role
        if role != "tab":
            self._add(names, Flow(self, spacing=4))
            return
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        for first in range(0, len(names), per_row):
            row = QHBoxLayout()
            row.setSpacing(0)
            self._add(names[first : first + per_row], row)
            row.addStretch()
            rows.addLayout(row)

    def _add(self, names: tuple[str, ...], row: QLayout) -> None:
        for name in names:
            button = self._buttons[name]
            button.setObjectName(f"tab {name}")
            button.setCheckable(True)
            button.clicked.connect(lambda _on=False, name=name: self._choose(name))
            row.addWidget(button)

    def accessible(self) -> Accessible:
        """Return that its buttons are tabs, or that they belong together."""
        tabs = self._role == "tab"
        return Accessible(QAccessible.Role.PageTabList if tabs else QAccessible.Role.Grouping)

    def _choose(self, name: str) -> None:
        # Pressed again, the chosen one stays chosen. (Tab would pass by most of a QButtonGroup.)
        self._buttons[name].setChecked(True)
        self.chosen.emit(name)

    def present(
        self, theme: Theme, chosen: str, words: Mapping[str, str], hints: Mapping[str, str]
    ) -> None:
        """Show the names in `words`, with their tool tips, and which one is chosen."""
        for name, button in self._buttons.items():
            button.present(theme, words[name], hints.get(name, words[name]))
            button.setChecked(name == chosen)
