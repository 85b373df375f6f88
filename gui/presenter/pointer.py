"""Where the teacher's mouse is: over which part, and where in it; its arrow may be hidden there."""

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QCursor, QMouseEvent
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
        self._widgets: list[QWidget] = []
        self._cursors: dict[QWidget, QCursor | None] = {}
        self._parts = dict(parts)
        for name, part in parts.items():
            for widget in (part, *part.findChildren(QWidget)):
                self._names[widget] = name
                self._widgets.append(widget)
                widget.setMouseTracking(True)
                widget.installEventFilter(self)

    def hide_arrow(self, hidden: bool) -> None:  # noqa: FBT001 - what is to be
        """Hide the mouse's arrow over the parts, where something else points; or give it back."""
        if hidden == bool(self._cursors):
            return
        if hidden:
            for widget in self._widgets:
                self._hide_over(widget)
            return
        cursors, self._cursors = self._cursors, {}
        for widget, cursor in cursors.items():
            widget.unsetCursor() if cursor is None else widget.setCursor(cursor)

    def _hide_over(self, widget: QWidget) -> None:
        """Hide the arrow over a widget, and keep the shape that it has a right to."""
        own = widget.testAttribute(Qt.WidgetAttribute.WA_SetCursor)
        if not (own and widget.cursor().shape() is Qt.CursorShape.BlankCursor):
            self._cursors[widget] = widget.cursor() if own else None
            widget.setCursor(Qt.CursorShape.BlankCursor)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell where the mouse is."""
        if event.type() == QEvent.Type.CursorChange and watched in self._cursors:
            self._hide_over(watched)
        elif event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            name = self._names.get(watched, "")
            part = self._parts.get(name)
            if part is not None:
                at = part.mapFromGlobal(event.globalPosition())
                width, height = max(1, part.width()), max(1, part.height())
                self.moved.emit(Pointed(name, at.x() / width, at.y() / height))
        elif event.type() == QEvent.Type.Leave and watched in self._parts.values():
            self.moved.emit(None)
        return False
