"""What a screen reader is told. Nothing of it is made until one listens.

A widget that has more to tell than Qt knows has a method `accessible`, which returns an
`Accessible`. It is asked each time a reader asks, and never otherwise.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QAccessibleInterface,
)
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class Item:
    """A part of a widget that is no widget itself, as a box of the chain.

    `key` tells it from the others of the widget, now and later. `name` has all that is written
    there, `value` all its digits, `where` is its place in pixels of the widget. `press` does what a
    click does, if anything, and `verb` says that; `focused` tells that the keys are on it.
    """

    key: Hashable
    name: str
    description: str = ""
    value: str = ""
    role: QAccessible.Role = QAccessible.Role.StaticText
    where: QRect = field(default_factory=QRect)
    verb: str = ""
    press: Callable[[], None] | None = None
    focused: bool = False


class KeptItems:
    """Parts put into words once for all that a reader asks of them, until something changes."""

    def __init__(self) -> None:
        self._stamp: object = None
        self._items: tuple[Item, ...] = ()

    def of(self, stamp: object, make: Callable[[], Iterable[Item]]) -> tuple[Item, ...]:
        """Return the parts; they are made anew where `stamp`, all they depend on, is another."""
        if stamp != self._stamp:
            self._stamp, self._items = stamp, tuple(make())
        return self._items


@dataclass(frozen=True, slots=True)
class Number:
    """What a slider stands for, in the unit that its description names: the speed, not a notch."""

    value: float
    least: float
    most: float
    put: Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Accessible:
    """What a widget is to a screen reader; None leaves what Qt tells by itself.

    `items` are its parts; `chosen` tells whether it is the chosen one of some, or switched on.
    One that is not `possible` takes the focus, but counts as disabled.
    """

    role: QAccessible.Role | None = None
    name: str | None = None
    description: str | None = None
    items: tuple[Item, ...] = ()
    number: Number | None = None
    press: Callable[[], None] | None = None
    chosen: bool | None = None
    possible: bool = True


@runtime_checkable
class Tells(Protocol):
    """A widget that has more to tell than Qt knows."""

    def accessible(self) -> Accessible:
        """Return what a screen reader is told of it now."""


@lru_cache(maxsize=1)
def install() -> None:
    """Have Qt ask for these widgets' own interfaces, once a screen reader asks Qt for them."""
    QAccessible.installFactory(_interface_of)


def _interface_of(kind: str, made_for: QObject) -> QAccessibleInterface | None:
    # A window without a reader has no need of them.
    from gui.widgets.accessible.interfaces import interface_of  # noqa: PLC0415

    return interface_of(kind, made_for)


def listening() -> bool:
    """Tell whether a screen reader listens."""
    return QAccessible.isActive()


def announce(part: QWidget, words: str, *, at_once: bool = False) -> None:
    """Have a sentence said, if anybody listens; `at_once` interrupts what is being said."""
    if words and listening():
        event = QAccessibleAnnouncementEvent(part, words)
        if at_once:
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)


def tell_changes(part: QWidget) -> None:
    """Tell which parts of a widget have other names now."""
    if listening():
        from gui.widgets.accessible.interfaces import changed  # noqa: PLC0415 - as above

        for interface in changed(part):
            QAccessible.updateAccessibility(
                QAccessibleEvent(interface, QAccessible.Event.NameChanged)
            )


def tell_focus(part: QWidget, key: Hashable) -> None:
    """Tell that the keys are on a part of a widget."""
    if listening():
        from gui.widgets.accessible.interfaces import part_of  # noqa: PLC0415 - as above

        interface = part_of(part, key)
        if interface is not None:
            QAccessible.updateAccessibility(QAccessibleEvent(interface, QAccessible.Event.Focus))
