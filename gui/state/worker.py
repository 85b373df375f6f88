"""Long trainings in the background. The result of a replaced job is dropped."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal

from engine import Cancelled, Experiment, Run, train
from engine.training.pace import Pace, Progress
from gui.errors.faults import faults
from gui.state.background import Background

if TYPE_CHECKING:
    from concurrent.futures import Future

_SHARE = 0.00005
"""In seconds: how soon the training gives way to the window, a hundred times sooner than usual."""

_PAUSE = 100
"""In milliseconds: the least time between two updates of the window while a run grows."""


Readier = Callable[[], Callable[[Run], None]]
"""Returns what makes a run ready to be shown; it may have much to import."""


class Worker(Background):
    """Trains one experiment at a time; a new request cancels the one before.

    `progressed` carries a `Progress`, `grew` the run so far, now and then, `finished` the run;
    `failed` tells that there will be none. All come on the window's thread. What `readier` returns
    is called with every run before it is told, on the training's thread.
    """

    progressed = Signal(object)
    grew = Signal(object)
    finished = Signal(object)
    failed = Signal()

    def __init__(self, readier: Readier = lambda: lambda _: None) -> None:
        super().__init__("training")
        self._readier = readier
        sys.setswitchinterval(_SHARE)
        self._shows = False

    def start(self, experiment: Experiment) -> None:
        """Begin to train; `finished` will tell the run, unless something else comes first."""
        self.begin(lambda number: self._train(experiment, number), self._answer)

    def _train(self, experiment: Experiment, number: int) -> Run | None:
        make_ready = self._readier()  # what it imports takes no part of the training's pace
        pace = Pace()
        try:
            run = train(
                experiment,
                progress=lambda done: self.post(
                    self._tell, number, pace.at(done / experiment.updates)
                ),
                cancelled=lambda: not self.is_current(number),
                grown=lambda run: self._grow(number, run, make_ready),
            )
        except Cancelled:
            return None
        # Here, so that the window need not wait: the curves are remembered by their run.
        make_ready(run)
        return run

    def _tell(self, number: int, progress: Progress) -> None:
        if self.is_current(number):
            self.progressed.emit(progress)

    def _grow(self, number: int, run: Run, make_ready: Callable[[Run], None]) -> None:
        # On the training's thread. What the window has no time for is left out.
        if not self._shows:
            self._shows = True
            make_ready(run)
            self.post(self._show, number, run)

    def _show(self, number: int, run: Run) -> None:
        if self.is_current(number):
            self.grew.emit(run)
        # Let what waits be painted first.
        QTimer.singleShot(_PAUSE, self, self._shown)

    def _shown(self) -> None:
        self._shows = False

    def _answer(self, number: int, job: "Future[Run | None]") -> None:
        raised = None if job.cancelled() else job.exception()
        if raised is not None:
            faults.note("training", raised)
            if self.is_current(number):
                self.failed.emit()
        elif self.is_current(number):
            self.finished.emit(job.result())
