"""Writes in the background, one thing after the other: the window never waits for a disk."""

from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread

Job = Callable[[], None]


class Writer:
    """Does jobs in their order on a thread of its own, which does not keep the process alive.

    `failed` is told, on that thread, of every job that ended with an OSError.
    """

    def __init__(self, failed: Callable[[OSError], None]) -> None:
        self._failed = failed
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._thread: Thread | None = None

    def do(self, job: Job) -> None:
        """Do a job as soon as those before are done."""
        if self._thread is None:
            self._thread = Thread(target=self._work, name="keeping", daemon=True)
            self._thread.start()
        self._jobs.put(job)

    def finish(self, patience: float) -> None:
        """Wait until all is done, at most this number of seconds."""
        if self._thread is not None:
            self._jobs.put(None)
            self._thread.join(patience)
            self._thread = None

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                job()
            except OSError as fault:
                self._failed(fault)
