"""The only thread beside the window's: long trainings. A superseded job's answer is dropped."""

import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from engine import Cancelled, Experiment, Run, train
from engine.pace import Pace, Progress
from gui.faults import faults

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

_SHARE = 0.00005
"""In seconds: how soon the training gives way to the window, a hundred times sooner than usual."""


_PAUSE = 100
"""In milliseconds: the least time between two updates of the window while a run grows."""

_PATIENCE = 0.05
"""In seconds: how long the end of the program waits for a training to stop."""


class Worker(QObject):
    """Trains one experiment at a time; whoever asks again cancels the job before.

    `progressed` carries a `Progress`, `grew` the run so far, now and then, `finished` the run;
    `failed` tells that there will be none. All come on the window's thread.
    """

    progressed = Signal(object)
    grew = Signal(object)
    finished = Signal(object)
    failed = Signal()
    _told = Signal(object, object)
    _showed = Signal(object, object)
    _answered = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._number = 0
        sys.setswitchinterval(_SHARE)
        self._pool: ThreadPoolExecutor | None = None
        self._job: Future[Run | None] | None = None
        self._shows = False
        self._told.connect(self._tell)
        self._showed.connect(self._show)
        self._answered.connect(self._answer)

    def start(self, experiment: Experiment) -> None:
        """Begin to train; `finished` will tell the run, unless something else comes first."""
        self.cancel()
        number = self._number
        self._job = self._thread().submit(self._train, experiment, number)
        self._job.add_done_callback(lambda done: self._announce(number, done))

    def cancel(self) -> None:
        """Drop the job under way, if there is one."""
        self._number += 1

    def close(self) -> None:
        """Drop the job under way; do not wait where it can't be stopped, as while it compiles."""
        self.cancel()
        if self._pool is not None and self._job is not None:
            from concurrent.futures import wait  # noqa: PLC0415 - for long work alone

            self._pool.shutdown(wait=False, cancel_futures=True)
            wait([self._job], _PATIENCE)
            self._pool = None

    def _thread(self) -> "ThreadPoolExecutor":
        if self._pool is None:
            from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - for long work alone

            self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="training")
        return self._pool

    def _train(self, experiment: Experiment, number: int) -> Run | None:
        pace = Pace()
        try:
            run = train(
                experiment,
                progress=lambda done: self._told.emit(number, pace.at(done / experiment.updates)),
                cancelled=lambda: self._number != number,
                grown=lambda run: self._grow(number, run),
            )
        except Cancelled:
            return None
        _prepare(run)
        return run

    def _announce(self, number: int, job: "Future[Run | None]") -> None:
        with suppress(RuntimeError):  # where the window is gone meanwhile
            self._answered.emit(number, job)

    def _tell(self, number: int, progress: Progress) -> None:
        if number == self._number:
            self.progressed.emit(progress)

    def _grow(self, number: int, run: Run) -> None:
        # On the training's thread. What the window has no time for is left out.
        if not self._shows:
            self._shows = True
            _prepare(run)
            self._showed.emit(number, run)

    def _show(self, number: int, run: Run) -> None:
        if number == self._number:
            self.grew.emit(run)
        # Let what waits be painted first.
        QTimer.singleShot(_PAUSE, self, self._shown)

    def _shown(self) -> None:
        self._shows = False

    def _answer(self, number: int, job: "Future[Run | None]") -> None:
        raised = None if job.cancelled() else job.exception()
        if raised is not None:
            faults.note("training", raised)
            if number == self._number:
                self.failed.emit()
        elif number == self._number:
            self.finished.emit(job.result())


def _prepare(run: Run) -> None:
    """Do here what the window would have to wait for: the curves are remembered by their run."""
    from gui.pictures.plots import run_plots  # noqa: PLC0415 - it brings numpy

    run_plots(run).make_ready()
