"""Where the teacher's mouse is: over which part, and where in it."""

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget


class Pointed(NamedTuple):
    """A place in a part: its name, and shares of its width and height. Parts differ in size."""

    part: str
    across: float
    down: float


class Pointer(QObject):
    """Follows the mouse over some parts; `moved` carries a `Pointed`, or None beside them."""

    moved = Signal(object)

    def __init__(self, parts: Mapping[str, QWidget], parent: QObject) -> None:
        super().__init__(parent)
        self._names: dict[QObject, str] = {}
        self._parts = dict(parts)
        for name, part in parts.items():
            for widget in (part, *part.findChildren(QWidget)):
                self._names[widget] = name
                widget.setMouseTracking(True)
                widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell where the mouse is."""
        if event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            name = self._names.get(watched, "")
            part = self._parts.get(name)
            if part is not None:
                at = part.mapFromGlobal(event.globalPosition())
                width, height = max(1, part.width()), max(1, part.height())
                self.moved.emit(Pointed(name, at.x() / width, at.y() / height))
        elif event.type() == QEvent.Type.Leave and watched in self._parts.values():
            self.moved.emit(None)
        return False
