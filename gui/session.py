"""The one object that holds the state of the window and announces every new one."""

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QObject, Signal

from engine import Experiment, Moment, Problem, Run, Sample, train
from engine.experiment import changed
from engine.moment import length
from engine.pace import Progress
from engine.presets import beside_of
from engine.problem import Spot
from gui.state import Look, Past, Pointed, State, after, before, carried_over, fits
from gui.worker import Worker

AT_ONCE = 20_000
"""Updates × layers that are trained on the spot: some ten milliseconds, no flicker."""

Faults = dict[Spot, Problem]


class Session(QObject):
    """Holds the state. Views send it intents; whoever shows something listens to `changed`."""

    changed = Signal(object)

    def __init__(self, look: Look | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        experiment = Experiment()
        self.state = State(train(experiment), 0, experiment, look or Look(), saved=experiment)
        self._undo: list[Past] = []
        self._redo: list[Past] = []
        self._typing: Spot | None = None
        self._stood: Moment | None = None
        self._finished = self._settled = self.state.run
        self._beside: Run | None = None
        self._worker = Worker(self)
        self._worker.progressed.connect(self._progressed)
        self._worker.grew.connect(self._grew)
        self._worker.finished.connect(self._show)
        self._worker.failed.connect(self.cancel)

    def _set(self, **changes: Any) -> None:  # noqa: ANN401 - the fields of State
        state = replace(self.state, **changes)
        state = replace(state, can_undo=bool(self._undo), can_redo=bool(self._redo))
        if state != self.state:
            self.state = state
            self.changed.emit(state)

    # Where to stand in the run

    def seek(self, index: int) -> None:
        """Show the moment `index`, or the nearest that the run has."""
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
        self._set(playing=playing and self.state.index < self.state.last)

    # What is trained

    def change(self, spot: Spot, value: object) -> None:
        """Change one field of the experiment; what can't be is kept as a fault of that field."""
        try:
            wanted = fits(changed(self.state.experiment, spot, value))
        except Problem as fault:
            self.refuse(spot, fault)
            return
        self._edit(wanted, spot, self._other_faults(spot))

    def _other_faults(self, spot: Spot) -> Faults:
        """Return the faults that stay when `spot` was edited: not those of its own rows."""
        field = "weights" if spot.field == "seed" else spot.field
        return {
            other: fault
            for other, fault in self.state.faults.items()
            if other != spot and (spot.row is not None or other.field != field)
        }

    def refuse(self, spot: Spot, fault: Problem) -> None:
        """Keep what is wrong with the text of a field.

        The experiment from before this typing stays: "1" on the way to "1/2" was not meant.
        """
        faults = {**self.state.faults, spot: fault}
        if spot == self._typing:
            self._typing = None
            self._start(self._undo.pop().experiment, faults)
        else:
            self._set(faults=MappingProxyType(faults))

    def settle(self) -> None:
        """End the typing in a field: the next edit there will be an edit of its own."""
        self._typing = None

    def replace_experiment(self, experiment: Experiment) -> None:
        """Put another experiment in the place of the present one; it can be undone."""
        try:
            wanted = fits(experiment)
        except Problem as fault:
            self._set(notice=fault)
            return
        self._edit(wanted, None, {})

    def take_samples(self, samples: tuple[Sample, ...]) -> None:
        """Train with other samples; it can be undone. Raises `Problem` for too many."""
        wanted = fits(replace(self.state.experiment, samples=samples))
        self._typing = None
        self._edit(wanted, None, {})

    def open(self, experiment: Experiment, path: Path | None) -> None:
        """Show an experiment from a file (or the menu) from its first step; it can be undone.

        What a preset puts beside it is the reference until something else is opened; one that the
        user kept stays. Raises `Problem` for what the window can't show; then all is as it was.
        """
        wanted = fits(experiment)
        if (wanted, path) != (self.state.experiment, self.state.path):
            self._undo.append(self._present()._replace(place=self.state.index))
            self._redo.clear()
            self._settle_run()
        self._typing = self._stood = None
        other = beside_of(wanted)
        beside = train(other) if other else None
        self._put(Past(wanted, path, wanted, beside), index=0, playing=False)

    def _put(self, document: Past, **changes: Any) -> None:  # noqa: ANN401 - the fields of State
        former, self._beside = self._beside, document.beside
        if self._beside is not former and (self._beside or self.state.reference is former):
            changes["reference"] = self._beside
        self._start(document.experiment, {}, path=document.path, saved=document.saved, **changes)

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

    def _swap(self, source: list[Past], target: list[Past]) -> None:
        if not source:
            return
        self._typing = None
        past = source.pop()
        stood = None if past.place is None else self.state.index
        target.append(self._present()._replace(place=stood))
        # What the file of the present experiment holds has not changed by taking an edit back.
        same_file = past.path is not None and past.path == self.state.path
        known = past.place is not None and not _takes_long(past.experiment)
        place = {"index": past.place} if known else {}
        self._put(past._replace(saved=self.state.saved) if same_file else past, **place)

    def _edit(self, wanted: Experiment, spot: Spot | None, faults: Faults) -> None:
        if wanted != self.state.experiment:
            if spot is None or spot != self._typing:
                self._undo.append(self._present())
                self._settle_run()
            self._redo.clear()
            self._typing = spot
            if self._undo[-1].experiment == wanted:
                # Typed back to where it began: nothing is left to be undone.
                self._undo.pop()
                self._typing = None
        self._start(wanted, faults)

    def _settle_run(self) -> None:
        """Keep the run that stands before an edit: who cancels or undoes it gets that at once."""
        if self.state.progress is None:
            self._settled = self._finished

    def _start(self, experiment: Experiment, faults: Faults, **changes: Any) -> None:  # noqa: ANN401
        """Put `experiment` in place: in one step, or with a training on the way to it."""
        changes |= {"faults": MappingProxyType(faults), "notice": None}
        if experiment == self.state.experiment:
            self._set(**changes)
            return
        self._worker.cancel()
        run = self._at_hand(experiment)
        if run is not None:
            self._show(run, **changes)
        else:
            self._set(**changes, experiment=experiment, progress=0.0, time_left=None)
            self._worker.start(experiment)

    def _at_hand(self, experiment: Experiment) -> Run | None:
        """Return the run of `experiment`, or None where it has to be waited for."""
        for run in (self._finished, self._settled):
            if run.experiment == experiment:
                return run
        return None if _takes_long(experiment) else train(experiment)

    def _progressed(self, progress: Progress) -> None:
        if self.state.progress is not None:
            self._set(progress=progress.share, time_left=progress.time_left)

    def _grew(self, run: Run) -> None:
        """Show how far a training has come."""
        if self.state.progress is not None:
            self._put_run(run)

    def _show(self, run: Run, **changes: Any) -> None:  # noqa: ANN401 - the fields of State
        """Show another run that is finished."""
        self._finished = run
        changes |= {"experiment": run.experiment, "progress": None, "time_left": None}
        self._put_run(run, **changes)

    def _put_run(self, run: Run, **changes: Any) -> None:  # noqa: ANN401 - the fields of State
        """Show another run, at the place where the user stood before the edits.

        While a number is typed digit by digit, or while it grows, the run may be too short for
        that place.
        """
        if "index" in changes:
            self._stood, index = None, min(changes["index"], length(run))
        else:
            self._stood = self._stood or self.state.moment
            index = carried_over(self._stood, run)
        self._set(
            **{
                **changes,
                "run": run,
                "index": index,
                "playing": changes.get("playing", self.state.playing) and index < length(run),
            }
        )

    # What it is compared with

    def keep_reference(self) -> None:
        """Keep the present run to compare others with it."""
        self._set(reference=self.state.run)

    def drop_reference(self) -> None:
        """Compare no longer."""
        self._set(reference=None)

    # How it is shown

    def point(self, at: Pointed | None) -> None:
        """Light up a number wherever it stands, or none."""
        self._set(pointed=at)

    def set_look(self, **changes: Any) -> None:  # noqa: ANN401 - the fields of Look
        """Change how things are shown."""
        self._set(look=replace(self.state.look, **changes))

    def tell(self, problem: Problem | None) -> None:
        """Show a sentence about something that could not be done."""
        self._set(notice=problem)

    def close(self) -> None:
        """Stop playing and the training thread."""
        self._set(playing=False)
        self._worker.close()


def _takes_long(experiment: Experiment) -> bool:
    return experiment.updates * experiment.layers > AT_ONCE
