"""The list of all keys: it can be searched, and walked through by keys."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui.language import speech
from gui.shell.actions import Entry
from gui.shell.help.keys import all_keys, found
from gui.shell.screen import fit_to_screen
from gui.state import State
from gui.theme import dressed
from gui.widgets.labels import heading

_WIDTH, _HEIGHT = 640, 620
"""In pixels, at the ordinary size of type."""

_ROWS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class KeysDialog(QDialog):
    """A field for what is sought, and below it the keys; ↑ and ↓ go through them from the field."""

    def __init__(self, entries: Iterable[Entry], state: State, parent: QWidget) -> None:
        super().__init__(parent)
        say, theme = speech(state.look.language), dressed(state.look)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("keys dialog")
        self.setWindowTitle(say("All keys"))
        self.resize(theme.size(_WIDTH), theme.size(_HEIGHT))
        fit_to_screen(self)
        self._groups = all_keys(entries, say)
        self._nothing = heading("muted")
        self._nothing.setText(say("No key does that."))
        self._sought, self._list = QLineEdit(), QTreeWidget()
        self._sought.setPlaceholderText(say("Search"))
        self._sought.setAccessibleName(say("Search"))
        self._sought.setClearButtonEnabled(True)
        self._sought.textChanged.connect(self._show)
        self._sought.installEventFilter(self)
        self._list.setObjectName("keys list")
        self._list.setAccessibleName(say("All keys"))
        self._list.setHeaderHidden(True)
        self._list.setColumnCount(2)
        self._list.setRootIsDecorated(False)
        self._list.setItemsExpandable(False)
        self._list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        mouse = heading("muted")
        mouse.setText(
            say(
                "Click a weight to edit it. Click a neuron or a derivative to go to the step that"
                " computes it."
            )
        )
        mouse.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        for part in (self._sought, self._nothing, self._list, mouse):
            column.addWidget(part)
        self._show("")
        self._sought.setFocus()

    def _show(self, sought: str) -> None:
        groups = found(self._groups, sought)
        self._nothing.setVisible(not groups)
        self._list.clear()
        for group in groups:
            heading = QTreeWidgetItem(self._list, [group.name])
            font = heading.font(0)
            font.setBold(True)
            heading.setFont(0, font)
            heading.setFirstColumnSpanned(True)
            for line in group.lines:
                QTreeWidgetItem(heading, list(line))
        self._list.expandAll()
        head = self._list.topLevelItem(0)
        first = head.child(0) if head is not None else None
        if first is not None:
            self._list.setCurrentItem(first)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the keys of the list work in the field."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() in _ROWS:
            QApplication.sendEvent(self._list, event)
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with the key that opened it."""
        if event.key() == Qt.Key.Key_F1:
            self.reject()
        else:
            super().keyPressEvent(event)


def show_keys(entries: Iterable[Entry], state: State, parent: QWidget) -> QDialog:
    """Show every key and what it does; Esc or F1 closes it."""
    dialog = KeysDialog(entries, state, parent)
    dialog.open()
    return dialog
