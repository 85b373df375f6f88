"""The bar over a panel: its name, by which it is dragged, and the button that closes it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.theme import Theme
from gui.widgets.button import Button
from gui.widgets.labels import heading


class DockTitle(QWidget):
    """A slim title bar; `closed` tells that its button was pressed."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = heading("muted")
        self._close = Button("x", "plain")
        self._close.clicked.connect(self.closed)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 3, 6, 0)
        row.addWidget(self._name)
        row.addStretch()
        row.addWidget(self._close)

    def present(self, theme: Theme, name: str, hint: str) -> None:
        """Show the panel's name."""
        self._name.setText(name)
        self._close.present(theme, "", hint, icon_only=True)
