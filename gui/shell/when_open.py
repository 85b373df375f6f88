"""A part in a closed dock takes the state when the dock is opened."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QDockWidget

from gui.errors.guard import kept
from gui.state import State
from gui.theme import dressed
from gui.widgets.spaces import space

if TYPE_CHECKING:
    from gui.experiment.view import ExperimentView
    from gui.plots.view import PlotsView


class WhenOpen(QObject):
    """Lets a part show each state while its dock is open, and the latest as soon as it opens."""

    def __init__(self, dock: QDockWidget, part: "ExperimentView | PlotsView") -> None:
        super().__init__(dock)
        self._dock, self._part = dock, part
        self._waiting: State | None = None
        dock.installEventFilter(self)

    def present(self, state: State) -> None:
        """Show a state, or keep it until somebody can see it."""
        self._waiting = state
        if not self._dock.isHidden():
            self._catch_up()

    def _catch_up(self) -> None:
        state, self._waiting = self._waiting, None
        if state is not None:
            with kept(self._part):
                self._part.present(state)

    def eventFilter(self, _dock: QObject, event: QEvent) -> bool:
        """Catch up when the dock opens."""
        if event.type() == QEvent.Type.ShowToParent and self._waiting is not None:
            zoom = dressed(self._waiting.look).zoom
            self._catch_up()
            if zoom != 1.0:
                space(self._dock, zoom)
        return False
