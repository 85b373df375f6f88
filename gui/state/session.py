"""The one object behind the window: edits, undo and redo, on top of trainings and what is shown."""

from collections import deque
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from PySide6.QtCore import QObject, Signal

from engine import Experiment, Sample, UserError, train
from engine.experiment import changed
from engine.moment import length
from engine.parameters import PARAMETERS, WEIGHT
from engine.user_error import Location
from gui.state import Look, Past, State
from gui.state.borrowing import FIXED, Borrowing
from gui.state.changes import StateChanges
from gui.state.limits import fits
from gui.state.places import placed, stand_at
from gui.state.record import Kept, opened
from gui.state.training import Faults, takes_long
from gui.state.worker import Readier

MOST_EDITS = 500
"""The number of edits that can be undone."""


class Session(Borrowing):
    """Holds the state of the window, and has a function for whatever changes it.

    It begins as a window stood that was kept, or with the opening experiment. `left` carries the
    `Past` in whose place another experiment was opened. `readier` is the `Worker`'s.
    """

    left = Signal(object)

    def __init__(
        self,
        look: Look | None = None,
        parent: QObject | None = None,
        kept: Kept | None = None,
        readier: Readier = lambda: lambda _: None,
    ) -> None:
        super().__init__(parent, readier)
        self._undo = deque(maxlen=MOST_EDITS)
        self._redo = deque(maxlen=MOST_EDITS)
        self._beside: Experiment | None = None
        self._dragged: tuple[Experiment, tuple[Past, ...]] | None = None
        self._worker.failed.connect(self.cancel)
        self._resume(kept or opened(), look or Look())

    def _resume(self, kept: Kept, look: Look) -> None:
        """Stand as a window stood; what takes long to train is trained from here on."""
        experiment, path, saved, self._beside, place = kept.present
        long = takes_long(experiment)
        run = train(replace(experiment, epochs=1) if long else experiment)
        self._finished = self._settled = run
        self._undo.extend(kept.undo)
        self._redo.extend(kept.redo)
        self.state = State(
            run,
            min(max(place or 0, 0), length(run)),
            experiment,
            look,
            progress=0.0 if long else None,
            path=path,
            saved=saved,
            can_undo=bool(self._undo),
            can_redo=bool(self._redo),
            views=kept.views,
        )
        if long:
            self._stood = stand_at(experiment, place or 0)
            self._worker.start(experiment)
        if kept.reference is not None:
            self._refer(kept.reference)

    def kept(self) -> Kept:
        """Return all that another session needs to continue from here; of a lesson, nothing."""
        if self._own is not None:
            return self._own
        state = self.state
        index = state.index
        if state.progress is not None:
            index = placed(self._stood or state.moment, state.experiment)
        reference = state.reference.experiment if state.reference else None
        return Kept(
            self._present()._replace(place=index),
            tuple(self._undo),
            tuple(self._redo),
            self._awaited or reference,
            state.look,
            state.views,
        )

    def _possible(self) -> StateChanges:
        """Return what can be taken back now."""
        edits: StateChanges = {"can_undo": bool(self._undo), "can_redo": bool(self._redo)}
        return {**super()._possible(), **edits}

    # What is trained

    def change(self, location: Location, value: object) -> None:
        """Change one field of the experiment; what can't be is kept as a fault of that field."""
        before = self._before_typing(location)
        if location.row is not None and location.row >= len(getattr(before, location.field)):
            return  # a field that is about to go tells once more what was typed in it
        try:
            wanted = fits(changed(before, location, value))
        except UserError as fault:
            self.refuse(location, fault)
            return
        self._edit(wanted, location, self._other_faults(location))

    def _before_typing(self, location: Location) -> Experiment:
        """Return the experiment that an edit changes.

        While a number is typed digit by digit, that is the one before the first of them: the 1 of
        a 12 must not take layers away.
        """
        return self._undo[-1].experiment if location == self._typing else self.state.experiment

    def _other_faults(self, location: Location) -> Faults:
        """Return the faults that stay when `location` was edited: not those of its own rows."""
        layers = {"layers", *(one.field for one in PARAMETERS)}
        whole = {"layers": layers, "seed": {"layers", WEIGHT.field}}
        fields = whole.get(location.field, {location.field})
        return {
            other: fault
            for other, fault in self.state.faults.items()
            if other != location and (location.row is not None or other.field not in fields)
        }

    def refuse(self, location: Location, fault: UserError) -> None:
        """Keep what is wrong with the text of a field.

        The experiment from before this typing stays: "1" on the way to "1/2" was not meant.
        """
        faults = {**self.state.faults, location: fault}
        if location == self._typing:
            self._typing = None
            self._start(self._undo.pop().experiment, faults)
        else:
            self._set(faults=MappingProxyType(faults))

    def settle(self) -> None:
        """End the typing in a field: the next edit there will be an edit of its own."""
        self._typing = None

    def drag(self, location: Location, value: float) -> None:
        """Drag one number; of a long training only its beginning is shown until it is dropped."""
        if self._dragged is None:
            self.settle()
            self._dragged = self.state.experiment, tuple(self._redo)
        self.change(location, value)

    def drop(self, *, kept: bool = True) -> None:
        """Let go of what is dragged: one edit; or put everything back, what can be redone too."""
        if self._dragged is None:
            return
        (began, redo), self._dragged = self._dragged, None
        if not kept and self._typing is not None and self._undo:
            self._undo.pop()
        self._typing = None
        wanted = self.state.experiment if kept else began
        if wanted == began and not self._redo:
            self._redo.extend(redo)
        self._start(wanted, dict(self.state.faults))
        self._go_on()

    def replace_experiment(self, experiment: Experiment) -> None:
        """Put another experiment in the place of the present one; it can be undone."""
        try:
            wanted = fits(experiment)
        except UserError as fault:
            self._set(notice=fault)
            return
        self._edit(wanted, None, {})

    def take_samples(self, samples: tuple[Sample, ...]) -> None:
        """Train with other samples; it can be undone. Raises `UserError` for too many."""
        wanted = fits(replace(self.state.experiment, samples=samples))
        self._typing = None
        self._edit(wanted, None, {})

    def open(self, experiment: Experiment, path: Path | None) -> None:
        """Show an experiment from a file (or the menu) from its first step; it can be undone.

        What a preset puts beside it is the reference until something else is opened; one that the
        user kept stays. Raises `UserError` for what the window can't show; then all is as it was.
        """
        self.bring(opened(experiment, path).present)

    def bring(self, document: Past) -> None:
        """Show a recent experiment at its former step; else as `open` does."""
        wanted = fits(document.experiment)
        self.give_back()
        if (wanted, document.path) != (self.state.experiment, self.state.path):
            self._leave()
            self._undo.append(self._present()._replace(place=self.state.index))
            self._redo.clear()
            self._settle_run()
        self._typing = self._stood = None
        changes: StateChanges = {"index": document.place or 0, "playing": False}
        if self._has_to_be_awaited(wanted):
            changes["index"], self._stood = 0, stand_at(wanted, document.place or 0)
        if document.beside:
            changes["reference"] = self._at_hand(document.beside)
        self._put(document, changes)

    def _leave(self) -> None:
        self.left.emit(self.kept().present)

    def _put(self, document: Past, wanted: StateChanges | None = None) -> None:
        changes: StateChanges = {**(wanted or {}), "path": document.path, "saved": document.saved}
        former, self._beside = self._beside, document.beside
        if self._beside != former and "reference" not in changes:
            shown = self.state.reference and self.state.reference.experiment
            if self._beside is not None:
                changes["reference"] = self._at_hand(self._beside)
            elif shown == former:
                changes["reference"] = None
        if "reference" in changes:
            self._forget_awaited()
        self._start(document.experiment, {}, changes)

    def saved_as(self, path: Path) -> None:
        """Remember where the present experiment was saved."""
        self._set(path=path, saved=self.state.experiment, notice=None)

    def undo(self) -> None:
        """Take the latest edit back."""
        self._swap(self._undo, self._redo)

    def redo(self) -> None:
        """Do again what was taken back."""
        self._swap(self._redo, self._undo)

    def cancel(self) -> None:
        """Stop a long training: take edits back, as far as to one that is trained already.

        They can all be made again.
        """
        if self.state.progress is None:
            return
        if self._redo and self._redo[-1].experiment == self._finished.experiment:
            self.redo()  # it was undoing that asked for the training
            return
        self._typing = None
        past = self._present()
        while self._at_hand(past.experiment) is None:
            self._redo.append(past)
            if not self._undo:
                past = past._replace(experiment=self._settled.experiment)
                break
            past = self._undo.pop()
        self._put(past)

    def _present(self) -> Past:
        return Past(self.state.experiment, self.state.path, self.state.saved, self._beside)

    def _swap(self, source: deque[Past], target: deque[Past]) -> None:
        if not source:
            return
        self._typing = None
        past = source.pop()
        if past.place is not None:
            self._leave()
        stood = None if past.place is None else self.state.index
        target.append(self._present()._replace(place=stood))
        # What the file of the present experiment holds has not changed by taking an edit back.
        same_file = past.path is not None and past.path == self.state.path
        known = past.place is not None and not takes_long(past.experiment)
        place: StateChanges = {"index": past.place or 0} if known else {}
        self._put(past._replace(saved=self.state.saved) if same_file else past, place)

    def _edit(self, wanted: Experiment, location: Location | None, faults: Faults) -> None:
        if self.state.editable is not None and not self._may_be(wanted):
            self._set(notice=UserError(FIXED))
            return
        if wanted != self.state.experiment:
            if location is None or location != self._typing:
                self._undo.append(self._present())
                self._settle_run()
            self._redo.clear()
            self._typing = location
            if self._undo[-1].experiment == wanted:
                # Typed back to where it began: nothing is left to be undone.
                self._undo.pop()
                self._typing = None
        self._start(wanted, faults)
