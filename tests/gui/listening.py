"""What a screen reader gets, without one: interfaces as they are asked for, events as they come."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QAccessibleInterface,
)
from PySide6.QtWidgets import QWidget

from gui.widgets.accessible import Tells, install

Text = QAccessible.Text


class Heard:
    """Everything that was said, and what else was told: kinds of events, and of which name."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.events: list[tuple[QAccessible.Event, str]] = []

    def take(self, event: QAccessibleEvent) -> None:
        """Take an event."""
        if isinstance(event, QAccessibleAnnouncementEvent):
            self.said.append(event.message())
            return
        made = event.accessibleInterface()
        self.events.append((event.type(), made.text(Text.Name) if made is not None else ""))

    def new(self) -> list[str]:
        """Return what was said since the last time."""
        said, self.said = self.said, []
        return said


@contextmanager
def a_reader_listens(monkeypatch: pytest.MonkeyPatch) -> Iterator[Heard]:
    """Let Qt think that a screen reader is there."""
    heard = Heard()
    monkeypatch.setattr(QAccessible, "updateAccessibility", heard.take)
    QAccessible.setActive(True)
    yield heard
    QAccessible.setActive(False)


def interface(widget: QWidget) -> QAccessibleInterface:
    """Return what a screen reader gets to know of a widget."""
    install()
    made = QAccessible.queryAccessibleInterface(widget)
    assert made is not None
    return made


def name(widget: QWidget) -> str:
    """Return a widget's name."""
    return interface(widget).text(Text.Name)


def description(widget: QWidget) -> str:
    """Return a widget's description."""
    return interface(widget).text(Text.Description)


def told(widget: QWidget) -> tuple[str, str]:
    """Return name and description as the program gives them; Qt's own ways are left away."""
    said = widget.accessible() if isinstance(widget, Tells) else None
    given = widget.accessibleName(), widget.accessibleDescription()
    own = (said.name, said.description) if said is not None else (None, None)
    return own[0] or given[0], own[1] or given[1]


def everything(made: QAccessibleInterface) -> list[str]:
    """Return all texts that a reader reaches from here on: names, values and descriptions."""
    if made.state().invisible:
        return []
    found = [made.text(kind) for kind in (Text.Name, Text.Value, Text.Description)]
    for k in range(made.childCount()):
        child = made.child(k)
        if child is not None:
            found += everything(child)
    return found


def parts(widget: QWidget) -> list[QAccessibleInterface]:
    """Return the parts of a widget."""
    made = interface(widget)
    return [made.child(k) for k in range(made.childCount())]


def part(widget: QWidget, start: str) -> QAccessibleInterface:
    """Return the part of a widget whose name begins so."""
    (found,) = (one for one in parts(widget) if one.text(Text.Name).startswith(start))
    return found
