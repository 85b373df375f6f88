"""Every text of a description, and every text of the window."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QLabel,
    QLineEdit,
    QListView,
    QWidget,
)

from engine import Experiment
from engine.words import Say
from gui.shell.app import Chainstep
from gui.state import State
from tests.gui.listening import told


def texts(thing: object) -> Iterator[str]:
    """Return every text in a description, those that are put together on demand too."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, list | tuple):
        for part in thing:
            yield from texts(part)
    elif is_dataclass(thing) and not isinstance(thing, type | State | Experiment | Say):
        for field in fields(thing):
            yield from texts(getattr(thing, field.name))
        for name in ("sentence", "hint", "tip", "copied", "summary", "title", "legend_text"):
            yield from texts(getattr(thing, name, ""))


def _columns(view: QAbstractItemView) -> int:
    return 1 if isinstance(view, QListView) else view.model().columnCount(view.rootIndex())


def seen(program: Chainstep) -> Iterator[str]:
    """Return every text of the window: on screen, in tool tips, and for those who do not see."""
    for widget in (program.window, *program.window.findChildren(QWidget)):
        yield from (widget.toolTip(), *told(widget))
        yield widget.statusTip()
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            yield widget.text()
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            model = widget.model()
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                for row in range(min(model.rowCount(widget.rootIndex()), 60)):
                    for column in range(_columns(widget)):
                        yield str(model.index(row, column).data(role) or "")
    for action in program.window.findChildren(QAction):
        yield from (action.text(), action.toolTip(), action.statusTip())
