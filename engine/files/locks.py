"""Locks between processes. The system releases them when a process ends, however it ends."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PAUSE = 0.01


class Lock:
    """A file that this process holds for itself. What is written into it stays there."""

    def __init__(self, path: Path, handle: int) -> None:
        self.path, self._handle = path, handle

    def read(self) -> bytes:
        """Return what was written into the file."""
        os.lseek(self._handle, 0, os.SEEK_SET)
        return os.read(self._handle, 64)

    def write(self, content: bytes) -> None:
        """Write it into the file in place of what is there. Raises OSError."""
        os.ftruncate(self._handle, 0)
        os.lseek(self._handle, 0, os.SEEK_SET)
        os.write(self._handle, content)

    def release(self) -> None:
        """Let go of it."""
        os.close(self._handle)


def lock(path: Path) -> Lock | None:
    """Hold a file, made where it is missing; None where another process holds it. Raises OSError.

    Where the file system knows no locks, everybody may have it.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
    try:
        _take(handle)
    except (BlockingIOError, PermissionError):
        os.close(handle)
        return None
    except OSError:
        pass
    return Lock(path, handle)


if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30

    def _take(handle: int) -> None:
        os.lseek(handle, _FAR, os.SEEK_SET)  # what lies before may still be read
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def held(path: Path, patience: float) -> Iterator[bool]:
    """Lock a file as soon as it is free, or report after a number of seconds that it is not."""
    end = time.monotonic() + patience
    mine = lock(path)
    while mine is None and time.monotonic() < end:
        time.sleep(_PAUSE)
        mine = lock(path)
    try:
        yield mine is not None
    finally:
        if mine is not None:
            mine.release()
