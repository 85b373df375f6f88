"""The state of the window, where one stands in the run, and how it is shown."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING, Unpack

from PySide6.QtCore import QObject, Signal

from engine import Moment, UserError
from engine.quantities import Name
from gui.state import Pointed, State
from gui.state.changes import LookChanges, StateChanges
from gui.state.places import Stand, after, before
from gui.state.views import ViewHistory

if TYPE_CHECKING:
    from gui.state.presenter import Presenter


class Showing(QObject):
    """Holds the `state` and announces every new one: `changed` carries it.

    While a question waits, `held_back` is asked before anything that comes later is shown; where it
    returns true, that is not shown.
    """

    changed = Signal(object)
    state: State
    held_back: Callable[[], bool] | None = None

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._views = ViewHistory()
        self._stood: Moment | Stand | None = None

    def _set(self, **changes: Unpack[StateChanges]) -> None:
        state = replace(self.state, **(changes | self._possible()))
        if state != self.state:
            self.state = state
            self.changed.emit(state)

    def _possible(self) -> StateChanges:
        """Return what can be taken back now."""
        return {
            "can_undo_view": self._views.has_before,
            "can_redo_view": self._views.has_after,
        }

    # Where to stand in the run

    def seek(self, index: int) -> None:
        """Show the moment `index`, or the nearest that the run has."""
        if index > self.state.index and self.held_back is not None and self.held_back():
            return
        self._stood = None
        self._set(index=min(max(index, 0), self.state.last), notice=None)

    def step(self, by: int) -> None:
        """Go `by` steps forward, or back where it is negative."""
        self.seek(self.state.index + by)

    def next_sample(self) -> None:
        """Go to the end of this sample, or of the next one."""
        self.seek(after(self.state.index, self.state.per_sample))

    def previous_sample(self) -> None:
        """Go back to where this sample began, or the one before."""
        self.seek(before(self.state.index, self.state.per_sample))

    def next_epoch(self) -> None:
        """Go to the end of this epoch, or of the next one."""
        self.seek(after(self.state.index, self.state.per_epoch))

    def previous_epoch(self) -> None:
        """Go back to where this epoch began, or the one before."""
        self.seek(before(self.state.index, self.state.per_epoch))

    def to_start(self) -> None:
        """Go to the very first moment."""
        self.seek(0)

    def to_end(self) -> None:
        """Go to the very last moment."""
        self.seek(self.state.last)

    def play(self, playing: bool) -> None:  # noqa: FBT001 - a signal's argument
        """Start or stop playing."""
        if playing and self.held_back is not None and self.held_back():
            return
        self._set(playing=playing and self.state.index < self.state.last)

    def hold_keys(self, holds: bool) -> None:  # noqa: FBT001 - a signal's argument
        """Tell whether a field has the keys of the window."""
        self._set(typing=holds)

    # How it is shown

    def point(self, at: Pointed | None) -> None:
        """Light up everywhere the number under the mouse, or none."""
        self._set(pointed=at)

    def highlight(self, at: Pointed | None, *, walks: bool = False) -> None:
        """Light up everywhere the number on which the keys stand, or none.

        `walks` tells that ← and → walk on from there.
        """
        self._set(highlight=at, walking=walks)

    def set_look(self, **changes: Unpack[LookChanges]) -> None:
        """Change how things are shown."""
        self._set(look=replace(self.state.look, **changes))

    def show_view(self, view: object) -> None:
        """Have another view of a part, the record of which is in `State.views`."""
        self._set(views=self._views.put(self.state.views, view, monotonic()))

    def undo_view(self) -> None:
        """Go back to the view before."""
        self._set(views=self._views.back(self.state.views))

    def redo_view(self) -> None:
        """Go forth again to the view that was left by going back."""
        self._set(views=self._views.forth(self.state.views))

    def cover(self, names: AbstractSet[Name], update: int | None = None) -> None:
        """Let numbers of an update (from 0) be seen nowhere; none of them: all are seen again."""
        self._set(covered=frozenset(names), covered_at=update if names else None)

    def draw_curtain(self, drawn: bool) -> None:  # noqa: FBT001 - what is to be
        """Hide the future, or stop to, whatever the look says."""
        self._set(curtain=drawn)

    def show_to_class(self, presenter: "Presenter | None") -> None:
        """Present to a class like that, or stop to."""
        self._set(presenter=presenter)

    def tell(self, problem: UserError | None) -> None:
        """Show a sentence about something that could not be done."""
        self._set(notice=problem)
