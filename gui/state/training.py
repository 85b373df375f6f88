"""From experiments to runs: at once, or in the background; and the run it is compared with."""

from dataclasses import replace
from types import MappingProxyType

from PySide6.QtCore import QObject

from engine import Experiment, Run, UserError, train
from engine.moment import length
from engine.training.pace import Progress
from engine.user_error import Location
from gui.state.changes import StateChanges
from gui.state.places import carried_over
from gui.state.showing import Showing
from gui.state.worker import Readier, Worker

AT_ONCE = 20_000
"""Updates × layers that are trained on the spot: some ten milliseconds, no flicker."""

Faults = dict[Location, UserError]


class Training(Showing):
    """Shows the runs of experiments; the run that stands stays until another is trained.

    `_finished` is the run that was trained last, `_settled` the one before the latest edits.
    """

    _finished: Run
    _settled: Run
    _dragged: object | None = None

    def __init__(self, parent: QObject | None, readier: Readier) -> None:
        super().__init__(parent)
        self._worker, self._reference_worker = Worker(readier), Worker(readier)
        self._awaited: Experiment | None = None
        self._worker.progressed.connect(self._progressed)
        self._worker.grew.connect(self._grew)
        self._worker.finished.connect(self._show)
        self._reference_worker.finished.connect(self._refer_to)
        self._reference_worker.failed.connect(self._forget_awaited)

    def _settle_run(self) -> None:
        """Keep the run that stands before an edit: who cancels or undoes it gets that at once."""
        if self.state.progress is None:
            self._settled = self._finished

    def _start(
        self, experiment: Experiment, faults: Faults, wanted: StateChanges | None = None
    ) -> None:
        """Put `experiment` in place: in one step, or with a training on the way to it."""
        changes: StateChanges = {
            **(wanted or {}),
            "faults": MappingProxyType(faults),
            "notice": None,
        }
        if experiment == self.state.experiment:
            if "index" in changes:
                changes["index"] = min(changes["index"], self.state.last)
            self._set(**changes)
            return
        self._worker.cancel()
        run = self._at_hand(experiment)
        if run is not None:
            self._show(run, changes)
        elif self._dragged is not None:
            self._show_beginning(experiment, changes)
        else:
            changes |= {"experiment": experiment, "progress": 0.0, "time_left": None}
            self._set(**changes)
            self._worker.start(experiment)

    def _show_beginning(self, experiment: Experiment, changes: StateChanges) -> None:
        """Show as much of a long training as can be trained on the spot."""
        epochs = max(1, AT_ONCE // (len(experiment.samples) * experiment.layers))
        run = train(replace(experiment, epochs=epochs))
        changes |= {"experiment": experiment, "progress": 0.0, "time_left": None}
        self._put_run(run, changes)

    def _go_on(self) -> None:
        """Train in the background what was only begun while it was dragged."""
        wanted = self.state.experiment
        if self.state.progress is not None and self._at_hand(wanted) is None:
            self._worker.start(wanted)

    def _at_hand(self, experiment: Experiment) -> Run | None:
        """Return the run of `experiment`, or None where it has to be waited for."""
        for run in (self._finished, self._settled):
            if run.experiment == experiment:
                return run
        return None if takes_long(experiment) else train(experiment)

    def _has_to_be_awaited(self, experiment: Experiment) -> bool:
        there = (self._finished.experiment, self._settled.experiment)
        return experiment not in there and takes_long(experiment)

    def _progressed(self, progress: Progress) -> None:
        if self.state.progress is not None:
            self._set(progress=progress.share, time_left=progress.time_left)

    def _grew(self, run: Run) -> None:
        """Show how far a training has come."""
        if self.state.progress is not None:
            self._put_run(run)

    def _show(self, run: Run, wanted: StateChanges | None = None) -> None:
        """Show another run that is finished."""
        self._finished = run
        changes: StateChanges = {
            **(wanted or {}),
            "experiment": run.experiment,
            "progress": None,
            "time_left": None,
        }
        self._put_run(run, changes)

    def _put_run(self, run: Run, wanted: StateChanges | None = None) -> None:
        """Show another run, at the place where the user stood before the edits.

        While a number is typed digit by digit, or while it grows, the run may be too short for
        that place.
        """
        changes: StateChanges = {**(wanted or {}), "run": run}
        if "index" in changes:
            self._stood, changes["index"] = None, min(changes["index"], length(run))
        else:
            self._stood = self._stood or self.state.moment
            changes["index"] = carried_over(self._stood, run)
        playing = changes.get("playing", self.state.playing)
        changes["playing"] = playing and changes["index"] < length(run)
        self._set(**changes)

    # What it is compared with

    def keep_reference(self) -> None:
        """Keep the present run to compare others with it."""
        self._refer_to(self.state.run)

    def drop_reference(self) -> None:
        """Stop comparing."""
        self._refer_to(None)

    def _refer(self, experiment: Experiment) -> None:
        """Compare with the run of an experiment, as soon as it is there."""
        run = self._at_hand(experiment)
        if run is not None:
            self._refer_to(run)
        else:
            self._awaited = experiment
            self._reference_worker.start(experiment)

    def _refer_to(self, run: Run | None) -> None:
        self._forget_awaited()
        self._set(reference=run)

    def _forget_awaited(self) -> None:
        self._awaited = None
        self._reference_worker.cancel()

    def close(self) -> None:
        """Stop playing, and whatever is trained."""
        self._set(playing=False)
        self._worker.close()
        self._reference_worker.close()


def takes_long(experiment: Experiment) -> bool:
    """Return whether a training is one for the background."""
    return experiment.updates * experiment.layers > AT_ONCE
