"""What can be done with a part of a widget, and the number of a slider, as interfaces of Qt's."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessibleActionInterface, QAccessibleValueInterface
from PySide6.QtWidgets import QWidget

from gui.errors.guard import safe
from gui.widgets.accessible import Accessible, Item, Number


class Press(QAccessibleActionInterface):
    """The one thing that can be done with an item."""

    def __init__(self, item: Callable[[], Item | None]) -> None:
        super().__init__()
        self._item = item

    @safe(list)
    def actionNames(self) -> list[str]:
        """Return "Press", where that does something."""
        item = self._item()
        return [self.pressAction()] if item is not None and item.press is not None else []

    @safe(str)
    def localizedActionName(self, name: str) -> str:
        """Return what pressing does, in words."""
        item = self._item()
        return item.verb if item is not None and item.verb else name

    @safe(str)
    def localizedActionDescription(self, name: str) -> str:
        """Return the same."""
        return self.localizedActionName(name)

    @safe(list)
    def keyBindingsForAction(self, _name: str) -> list[str]:
        """Return no key: those of the ring are listed with all keys."""
        return []

    @safe(lambda: None)
    def doAction(self, _name: str) -> None:
        """Do what a click does."""
        item = self._item()
        if item is not None and item.press is not None:
            item.press()


class Actions(QAccessibleActionInterface):
    """What can be done with a widget: press it, where it is told how, and give it the focus."""

    def __init__(self, told: Callable[[], Accessible], widget: Callable[[], QWidget]) -> None:
        super().__init__()
        self._told, self._widget = told, widget

    @safe(list)
    def actionNames(self) -> list[str]:
        """Return what can be done now."""
        widget, names = self._widget(), []
        if widget.isEnabled() and self._told().press is not None:
            names.append(self.pressAction())
        if widget.isEnabled() and widget.focusPolicy() is not Qt.FocusPolicy.NoFocus:
            names.append(self.setFocusAction())
        return names

    @safe(str)
    def localizedActionName(self, name: str) -> str:
        """Return the same name: a reader has its own words for these."""
        return name

    @safe(str)
    def localizedActionDescription(self, name: str) -> str:
        """Return the same."""
        return name

    @safe(list)
    def keyBindingsForAction(self, _name: str) -> list[str]:
        """Return no key."""
        return []

    @safe(lambda: None)
    def doAction(self, name: str) -> None:
        """Press it, or give it the focus."""
        press = self._told().press
        if name == self.pressAction() and press is not None:
            press()
        elif name == self.setFocusAction():
            self._widget().setFocus(Qt.FocusReason.OtherFocusReason)


class Value(QAccessibleValueInterface):
    """The number that a slider stands for."""

    def __init__(self, number: Callable[[], Number | None]) -> None:
        super().__init__()
        self._number = number

    @safe(float)
    def currentValue(self) -> float:
        """Return it."""
        number = self._number()
        return number.value if number else 0.0

    @safe(float)
    def minimumValue(self) -> float:
        """Return the least that it can be."""
        number = self._number()
        return number.least if number else 0.0

    @safe(float)
    def maximumValue(self) -> float:
        """Return the most that it can be."""
        number = self._number()
        return number.most if number else 0.0

    @safe(float)
    def minimumStepSize(self) -> float:
        """Return that there is no one step: sliders here go by ratios."""
        return 0.0

    @safe(lambda: None)
    def setCurrentValue(self, value: float) -> None:
        """Put the slider where it stands for this, or nearly so."""
        number = self._number()
        if number is not None:
            number.put(float(value))
