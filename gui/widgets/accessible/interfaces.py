"""The widgets that tell more than Qt knows, as interfaces of Qt's.

Whoever asks one for an interface that it does not have must get a null pointer: None, 0 and the
parent's answer end in a segmentation fault; and so does the widget's own interface in place of that
of its actions, which begins elsewhere in it. Qt keeps no Python object alive: all are kept here, by
the widget that they belong to, until that is gone.
"""

from collections.abc import Hashable
from typing import Any
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleInterface,
    QWindow,
)
from PySide6.QtWidgets import QAccessibleWidget, QWidget
from shiboken6 import Shiboken, VoidPtr

from gui.errors.guard import safe
from gui.widgets.accessible import Accessible, Item, Tells
from gui.widgets.accessible.abilities import Actions, Press, Value

_NONE = VoidPtr(0)
_Text, _Kind, Role = QAccessible.Text, QAccessible.InterfaceType, QAccessible.Role


class ItemInterface(QAccessibleInterface):
    """A part of a widget; it stays the same while what it tells changes."""

    def __init__(self, widget: "WidgetInterface", key: Hashable) -> None:
        super().__init__()
        self._widget, self.key = widget, key
        self._press = Press(lambda: self.item)
        self.told = ""

    @property
    def item(self) -> Item | None:
        """What there is to tell now; nothing once the part is gone."""
        return self._widget.item(self.key) if self.isValid() else None

    @safe(bool)
    def isValid(self) -> bool:
        """Tell whether the widget is still there."""
        return Shiboken.isValid(self._widget) and self._widget.isValid()

    @safe(lambda: None)
    def object(self) -> QObject | None:  # type: ignore[override]
        """Return no object: it is a part of one."""
        return None

    @safe(lambda: None)
    def parent(self) -> QAccessibleInterface:
        """Return the widget."""
        return self._widget

    @safe(lambda: None)
    def window(self) -> QWindow | None:  # type: ignore[override]
        """Return the widget's window."""
        return self._widget.window() if self.isValid() else None

    @safe(lambda: None)
    def child(self, _index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return nothing: a part has no parts."""
        return None

    @safe(lambda: None)
    def childAt(self, _x: int, _y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return nothing."""
        return None

    @safe(int)
    def childCount(self) -> int:
        """Return 0."""
        return 0

    @safe(lambda: -1)
    def indexOfChild(self, _child: QAccessibleInterface) -> int:
        """Return that it is none of its own."""
        return -1

    @safe(str)
    def text(self, kind: QAccessible.Text) -> str:
        """Return name, value or description."""
        item = self.item
        if item is None:
            return ""
        texts = {_Text.Name: item.name, _Text.Value: item.value}
        return texts.get(kind, item.description if kind is _Text.Description else "")

    @safe(lambda: None)
    def setText(self, _kind: QAccessible.Text, _text: str) -> None:
        """Change nothing."""

    @safe(QRect)
    def rect(self) -> QRect:
        """Return where it is on the screen."""
        item = self.item
        return self._widget.on_screen(item.where) if item is not None else QRect()

    @safe(lambda: Role.StaticText)
    def role(self) -> QAccessible.Role:
        """Return what it is."""
        item = self.item
        return item.role if item is not None else Role.StaticText

    @safe(QAccessible.State)
    def state(self) -> QAccessible.State:
        """Return whether it has the keys, and whether it is there."""
        item, state = self.item, QAccessible.State()
        if item is None:
            state.invisible = True
            return state
        state.readOnly = True
        state.focusable = item.press is not None
        state.focused = item.focused
        state.offscreen = not self._widget.sees(item.where)
        return state

    @safe(lambda: _NONE)
    def interface_cast(self, kind: QAccessible.InterfaceType) -> Any:  # noqa: ANN401
        """Return what can be done with it."""
        return self._press if kind is _Kind.ActionInterface else _NONE


class WidgetInterface(QAccessibleWidget):
    """A widget that tells more than Qt knows."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._items: dict[Hashable, ItemInterface] = {}
        self._actions = Actions(lambda: self.told, self.widget)
        self._value = Value(lambda: self.told.number)
        items = self._items
        widget.destroyed.connect(lambda: _forget(items))

    @property
    def told(self) -> Accessible:
        """What there is to tell now."""
        widget = self.widget()
        assert isinstance(widget, Tells)  # noqa: S101 - who else gets no such interface
        return widget.accessible()

    def item(self, key: Hashable) -> Item | None:
        """Return one of its parts as it is now."""
        return next((item for item in self.told.items if item.key == key), None)

    def of(self, item: Item) -> ItemInterface:
        """Return a part as an interface, the same each time."""
        if item.key not in self._items:
            self._items[item.key] = ItemInterface(self, item.key)
            self._items[item.key].told = item.name
            QAccessible.registerAccessibleInterface(self._items[item.key])
        return self._items[item.key]

    def changed(self) -> list[ItemInterface]:
        """Return the parts that were asked for and have other names than when last told."""
        found = []
        for item in self.told.items:
            known = self._items.get(item.key)
            if known is not None and known.told != item.name:
                known.told = item.name
                found.append(known)
        return found

    def on_screen(self, where: QRect) -> QRect:
        """Return where a place of the widget is on the screen."""
        return QRect(self.widget().mapToGlobal(where.topLeft()), where.size())

    def sees(self, where: QRect) -> bool:
        """Tell whether a place of the widget is in sight: within all that holds it."""
        # Qt's visible region leaves out what children cover, as the viewport of a diagram does.
        above: QWidget | None = self.widget()
        seen = where if self.widget().isVisible() else QRect()
        while above is not None:
            seen = seen.intersected(above.rect()).translated(above.pos())
            above = None if above.isWindow() else above.parentWidget()
        return not seen.isEmpty()

    @safe(int)
    def childCount(self) -> int:
        """Return how many parts it has, and widgets in it."""
        return len(self.told.items) or super().childCount()

    @safe(lambda: None)
    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return one of them."""
        items = self.told.items
        if not items:
            return super().child(index)
        return self.of(items[index]) if 0 <= index < len(items) else None

    @safe(lambda: None)
    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return the part at a place on the screen."""
        items = self.told.items
        if not items:
            return super().childAt(x, y)
        found = (item for item in items if self.on_screen(item.where).contains(x, y))
        item = next(found, None)
        return self.of(item) if item is not None else None

    @safe(lambda: -1)
    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Return which of its parts one is."""
        if not isinstance(child, ItemInterface):
            return super().indexOfChild(child)
        keys = [item.key for item in self.told.items]
        return keys.index(child.key) if child.key in keys else -1

    @safe(lambda: None)
    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return the part that the keys are on."""
        found = next((item for item in self.told.items if item.focused), None)
        return self.of(found) if found is not None else super().focusChild()

    @safe(str)
    def text(self, kind: QAccessible.Text) -> str:
        """Return name or description."""
        told = self.told
        texts = {_Text.Name: told.name, _Text.Description: told.description}
        text = texts.get(kind)
        return super().text(kind) if text is None else text

    @safe(lambda: Role.Client)
    def role(self) -> QAccessible.Role:
        """Return what it is."""
        role = self.told.role
        return super().role() if role is None else role

    @safe(QAccessible.State)
    def state(self) -> QAccessible.State:
        """Return also whether it is the chosen one, and whether it can be used."""
        state, told = super().state(), self.told
        state.disabled = state.disabled or not told.possible
        if told.chosen is not None:
            is_tab = told.role is Role.PageTab
            state.selectable, state.selected = is_tab, is_tab and told.chosen
            state.checkable, state.checked = not is_tab, not is_tab and told.chosen
        return state

    @safe(lambda: _NONE)
    def interface_cast(self, kind: QAccessible.InterfaceType) -> object:  # type: ignore[override]
        """Return what can be done with it, and its number."""
        if kind is _Kind.ActionInterface:
            return self._actions
        if kind is _Kind.ValueInterface and self.told.number is not None:
            return self._value
        return _NONE


def _forget(items: dict[Hashable, ItemInterface]) -> None:
    """Have Qt forget the parts of a widget that is gone: it has kept them under their numbers."""
    for item in items.values():
        QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(item))
    items.clear()


_made: "WeakKeyDictionary[QObject, WidgetInterface]" = WeakKeyDictionary()


def interface_of(_class: str, made_for: QObject) -> QAccessibleInterface | None:
    """Return the interface of a widget that tells more than Qt knows; of the others none."""
    # Qt asks for every widget of the window: a protocol would be looked through each time.
    if not isinstance(made_for, QWidget) or not hasattr(made_for, "accessible"):
        return None
    if made_for not in _made:
        _made[made_for] = WidgetInterface(made_for)
    return _made[made_for]


def _interface(widget: QWidget) -> WidgetInterface | None:
    """Return the interface of a widget, made now where nobody has asked for it yet."""
    QAccessible.queryAccessibleInterface(widget)
    return _made.get(widget)


def changed(widget: QWidget) -> list[ItemInterface]:
    """Return the parts of a widget, of those that a reader knows, whose names are others now."""
    made = _made.get(widget)
    return made.changed() if made is not None else []


def part_of(widget: QWidget, key: Hashable) -> ItemInterface | None:
    """Return a part of a widget."""
    made = _interface(widget)
    item = made.item(key) if made is not None else None
    return made.of(item) if made is not None and item is not None else None
