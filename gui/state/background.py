"""A thread beside the window's, for one job after the other."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

_at_work: set["Background"] = set()
"""Those whose thread may still speak: they outlive the window that they work for."""

_PATIENCE = 0.05
"""In seconds: how long the end of the program waits for a job to stop."""


class Background(QObject):
    """Runs jobs in a thread of its own; what they tell comes on the window's thread.

    A job is given its number, and should end soon once `is_current` says that it is superseded.
    There is no parent that could delete this while a thread still speaks through it.
    """

    _posted = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name, self._number, self._unfinished = name, 0, 0
        self._pool: ThreadPoolExecutor | None = None
        self._latest: Future[Any] | None = None
        self._posted.connect(self._act)

    def begin(
        self, job: Callable[[int], object], ended: "Callable[[int, Future[Any]], None]"
    ) -> None:
        """Drop the job under way and begin another; `ended` is given its number and the outcome."""
        self.cancel()
        if self._pool is None:
            from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - for long work alone

            self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix=self._name)
        number = self._number
        self._unfinished += 1
        _at_work.add(self)
        self._latest = self._pool.submit(job, number)
        self._latest.add_done_callback(lambda done: self.post(self._finish, ended, number, done))

    def is_current(self, number: int) -> bool:
        """Whether the job of this number is still wanted."""
        return number == self._number

    def cancel(self) -> None:
        """Drop the job under way, if there is one."""
        self._number += 1

    def close(self) -> None:
        """Drop the job under way; do not wait where it can't be stopped, as while it compiles."""
        self.cancel()
        if self._pool is not None and self._latest is not None:
            from concurrent.futures import wait  # noqa: PLC0415 - for long work alone

            self._pool.shutdown(wait=False, cancel_futures=True)
            wait([self._latest], _PATIENCE)
            self._pool = None

    def post(self, act: Callable[..., object], *values: object) -> None:
        """Have something done on the window's thread, from whichever this is."""
        self._posted.emit(partial(act, *values))

    def _act(self, act: Callable[[], object]) -> None:
        act()

    def _finish(
        self, ended: "Callable[[int, Future[Any]], None]", number: int, job: "Future[Any]"
    ) -> None:
        self._unfinished -= 1
        if not self._unfinished:
            _at_work.discard(self)
        ended(number, job)
