"""The experiments of a lesson, in the place of the user's own, which is given back as it was."""

from collections import deque
from dataclasses import fields, replace
from typing import Unpack

from engine import Experiment
from engine.user_error import Location
from engine.words import mark
from gui.state import Past
from gui.state.changes import StateChanges
from gui.state.limits import fits
from gui.state.places import stand_at
from gui.state.practising import Practising
from gui.state.record import Kept

FIXED = mark("In this step of the lesson, that part of the experiment can’t be changed.")


class Borrowing(Practising):
    """Shows other experiments for a while: nothing of the user's own is lost, and none is listed.

    Meanwhile only the edits in them can be undone.
    """

    _undo: deque[Past]
    _redo: deque[Past]
    _typing: Location | None = None
    _own: Kept | None = None

    def kept(self) -> Kept:
        """Return all that another session needs to continue from here."""
        raise NotImplementedError

    def _put(self, document: Past, wanted: StateChanges | None = None) -> None:
        raise NotImplementedError

    def borrow(self, experiment: Experiment, index: int, /, **wanted: Unpack[StateChanges]) -> None:
        """Show an experiment at a place, with changes of the state, until `give_back`.

        Raises `UserError` for what the window can't show.
        """
        fits(experiment)
        self._own = self._own or self.kept()
        self._undo.clear()
        self._redo.clear()
        self._settle_run()
        changes: StateChanges = {**wanted, "index": index, "playing": False, "reference": None}
        self._typing = self._stood = None
        if self._has_to_be_awaited(experiment):
            changes["index"], self._stood = 0, stand_at(experiment, index)
        self._put(Past(experiment, None, experiment, None), changes)

    def give_back(self, **wanted: Unpack[StateChanges]) -> None:
        """Show the user's own experiment again, as it was, with all that can be undone there."""
        own, self._own = self._own, None
        if own is None:
            return
        for stack, kept in ((self._undo, own.undo), (self._redo, own.redo)):
            stack.clear()
            stack.extend(kept)
        nothing: StateChanges = {
            "lesson": None,
            "marked": (),
            "editable": None,
            "picks": False,
            "secret": False,
            "covered": frozenset(),
            "covered_at": None,
            "curtain": False,
        }
        former, look = own.look, self.state.look
        nothing["look"] = replace(look, panel=former.panel, level=former.level, form=former.form)
        self._typing = self._stood = None
        changes: StateChanges = {**nothing, "views": own.views, "index": own.present.place or 0}
        if self._has_to_be_awaited(own.present.experiment):
            changes["index"] = 0
            self._stood = stand_at(own.present.experiment, own.present.place or 0)
        self._put(own.present, {**changes, **wanted})
        if own.reference is not None:
            self._refer(own.reference)

    def in_lesson(self, **changes: Unpack[StateChanges]) -> None:
        """Change what a lesson has in the state."""
        self._set(**changes)

    def _may_be(self, wanted: Experiment) -> bool:
        """Tell whether an experiment differs in nothing that a lesson keeps as it is."""
        kept = (one.name for one in fields(wanted) if one.name not in (self.state.editable or ()))
        return all(getattr(wanted, one) == getattr(self.state.experiment, one) for one in kept)
