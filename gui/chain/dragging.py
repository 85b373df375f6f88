"""Dragging the weights and biases of the chain: their initial values."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeyEvent, QMouseEvent

from engine.parameters import location_of
from engine.quantities import Name
from gui.drawing.ink import Box
from gui.state import State
from gui.state.dragged import value_at
from gui.state.intents import Drag, Drop, Edit, Intent
from gui.widgets.scrub import Scrub, nudged

if TYPE_CHECKING:
    from engine.user_error import Location


class ChainDrag(QObject):
    """Turns the mouse on a card with a handle into edits, which `wish` is told of."""

    def __init__(self, parent: QObject, wish: Callable[[Intent], None]) -> None:
        super().__init__(parent)
        self._wish = wish
        self._held: Location | None = None
        self._scrub = Scrub(self)
        self._scrub.moved.connect(self._drag)
        self._scrub.ended.connect(self._drop)

    def take_hold(self, event: QMouseEvent, box: Box | None, state: State | None) -> None:
        """Begin at a press on a box."""
        if box is None or not box.handle or box.name is None or state is None:
            return
        self._held = location_of(box.name)
        self._scrub.begin(value_at(state.experiment, self._held), event.globalPosition())

    def move(self, event: QMouseEvent) -> bool:
        """Follow the mouse; return whether it drags."""
        return self._scrub.move(event)

    def end(self) -> bool:
        """Let go; return whether it was a drag."""
        return self._scrub.end()

    def _drag(self, value: float) -> None:
        if self._held is not None:
            self._wish(Drag(self._held, value))

    def _drop(self, kept: bool) -> None:  # noqa: FBT001 - a signal's argument
        self._held = None
        self._wish(Drop(kept))


def nudge(event: QKeyEvent, name: Name, state: State) -> Edit | None:
    """Return the edit that a key on a parameter's card asks for, if it asks for one."""
    try:
        location = location_of(name)
    except KeyError:
        return None
    value = nudged(event, value_at(state.experiment, location))
    return None if value is None else Edit(location, value)
