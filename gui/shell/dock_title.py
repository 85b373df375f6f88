"""The title bar of a dock."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.theme import Theme
from gui.widgets.button import Button
from gui.widgets.labels import heading


class DockTitle(QWidget):
    """A slim title bar; `closed` tells that its button, "close" and `part`, was pressed."""

    closed = Signal()

    def __init__(self, part: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = heading("title")
        self._note = heading("muted")
        self._close = Button("x", "plain")
        self._close.setObjectName(f"close {part}")
        self._close.clicked.connect(self.closed)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 3, 6, 0)
        row.addWidget(self._name)
        row.addSpacing(8)
        row.addWidget(self._note)
        row.addStretch()
        row.addWidget(self._close)

    def present(self, theme: Theme, name: str, hint: str) -> None:
        """Show the panel's name."""
        self._name.setText(name)
        self._close.present(theme, "", hint, icon_only=True)

    def note(self, words: str) -> None:
        """Say something about the panel behind its name, or nothing."""
        self._note.setText(words)
