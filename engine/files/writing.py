"""Writing files: whole or not at all; a stream is written to at its current position.

A file is first written beside its place, under a name of its own that holds a lock, and then
takes the place of the old one, which keeps its mode, owner and attributes. Whoever writes next in
that folder removes such a file if its writer is gone: nobody holds its lock any more. (A file
without a name, Linux's O_TMPFILE, would need one before it can replace another, and many file
systems have none.)
"""

import errno
import os
import re
import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from engine.words import mark

READ_ONLY = mark("Permission denied (the file is read-only)")
"""What is said of a file that nobody may write to."""

_BARRED = {errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY}
"""Where a folder takes no new file, or doesn't let the old one be replaced."""

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}

_UNFINISHED = re.compile(r"\.chainstep-[0-9a-f]{16}\.tmp")

_STREAMS = re.compile(r"/proc/(\d+)(/task/\d+)?/fd|/dev/fd")
"""Folders whose entries are open files."""

_ABOUT_TO_BE_PUT = 60
"""In seconds: a file that was written later may be about to take its place."""

_MOST_LINKS = 40
"""As many links as Linux follows."""

_unfinished: set[Path] = set()


def write_atomically(
    path: str | os.PathLike[str],
    content: str | bytes | Iterable[str],
    in_place: Callable[[], bool] = lambda: False,
) -> None:
    """Write a file, whole or not at all; text in UTF-8.

    A long text may come piece by piece; where that breaks off, `path` stays as it was. A link
    stays a link, and its file is written. What is no ordinary file (a pipe, a device, a stream
    of this process such as /dev/stdout) is written to as it is. Where the folder does not let the
    old file be replaced, `in_place` is asked whether to overwrite it instead, which may break off
    in the middle. Raises OSError, which names `path`, also for a file that is read-only.
    """
    name = os.fspath(path)
    try:
        _write(name, _encoded(content), in_place)
    except OSError as fault:
        raise OSError(fault.errno, fault.strerror, name) from None


def discard_unfinished() -> None:
    """Remove what this process has begun to write, because it ends at once."""
    for path in tuple(_unfinished):
        with suppress(OSError):
            path.unlink()


def _encoded(content: str | bytes | Iterable[str]) -> Iterable[bytes]:
    if isinstance(content, bytes):
        return (content,)
    return (piece.encode() for piece in ((content,) if isinstance(content, str) else content))


def _write(path: str, pieces: Iterable[bytes], in_place: Callable[[], bool]) -> None:
    stream = _stream(path)
    if stream is not None:
        with os.fdopen(stream, "wb") as file:
            file.writelines(pieces)
        return
    try:
        there = os.stat(path)  # noqa: PTH116 - it may be "", which is not "."
    except FileNotFoundError:
        if not os.path.basename(path):  # noqa: PTH119 - "", or a folder that is not there
            raise
        there = None
    if there is None or stat.S_ISREG(there.st_mode):
        # A path that is no link stays as it was given: it may be too long from the root on.
        target = Path(os.path.realpath(path)) if os.path.islink(path) else Path(path)  # noqa: PTH114
        _replace(target, there, pieces, in_place)
        return
    with Path(path).open("wb") as file:
        file.writelines(pieces)


def _stream(path: str) -> int | None:
    """Return a descriptor of the open file that `path` names, as /dev/stdout does; None for others.

    It shares its place in the file with that of this process; another one's is appended to.
    """
    for _ in range(_MOST_LINKS):
        folder, name = os.path.split(path)
        found = _STREAMS.fullmatch(os.path.realpath(folder))
        if found and name.isascii() and name.isdecimal():
            if found[1] not in (None, str(os.getpid())):
                return os.open(path, os.O_WRONLY | os.O_APPEND)
            for printed in (sys.stdout, sys.stderr):
                printed.flush()
            return os.dup(int(name))
        try:
            path = os.path.join(folder, os.readlink(path))  # noqa: PTH115, PTH118 - see `_write`
        except OSError:
            return None
    return None


def _replace(
    target: Path,
    there: os.stat_result | None,
    pieces: Iterable[bytes],
    in_place: Callable[[], bool],
) -> None:
    if there is not None and not _is_writable(target, there):
        raise PermissionError(errno.EACCES, READ_ONLY)
    _clear(target.parent)
    try:
        if there is not None:
            _refuse_sticky(target.parent, there)
        handle, path = _beside(target.parent, 0o666 if there is None else 0o600)
    except OSError as fault:
        if there is None or fault.errno not in _BARRED or not in_place():
            raise
        import tempfile  # noqa: PLC0415 - for this rare case

        with tempfile.TemporaryFile() as file:
            file.writelines(pieces)
            _overwrite(target, file)
        return
    try:
        with os.fdopen(handle, "w+b") as file:
            file.writelines(pieces)
            file.flush()
            _take_over(target, there, path)
            os.fsync(handle)
            _put(file, path, target, in_place if there is not None else lambda: False)
    finally:
        path.unlink(missing_ok=True)
        _unfinished.discard(path)
    _sync(target.parent)


def _is_writable(target: Path, there: os.stat_result) -> bool:
    # The superuser may write to all files, and does not want to.
    return bool(there.st_mode & 0o222) and os.access(target, os.W_OK)


def _refuse_sticky(folder: Path, there: os.stat_result) -> None:
    """Raise PermissionError where the folder's sticky bit keeps the file from being replaced."""
    if sys.platform == "win32":
        return
    home, user = folder.stat(), os.geteuid()
    if home.st_mode & stat.S_ISVTX and user not in (0, there.st_uid, home.st_uid):
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))


def _beside(folder: Path, mode: int) -> tuple[int, Path]:
    """Return a new file in `folder` and its name; as long as it is open, it is locked."""
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    while True:
        path = folder / f".chainstep-{os.urandom(8).hex()}.tmp"
        _unfinished.add(path)
        try:
            handle = os.open(path, flags, mode)
        except OSError:
            _unfinished.discard(path)
            raise
        # Another writer may have found it before it was locked, and removed it.
        if _lock(handle, wait=True) is not False and os.fstat(handle).st_nlink:
            return handle, path
        os.close(handle)
        _unfinished.discard(path)


def _lock(handle: int, *, wait: bool) -> bool | None:
    """Lock a file; return whether that was possible, None where there are no locks."""
    if sys.platform == "win32":
        return None
    import fcntl  # noqa: PLC0415 - Windows has none

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True


def _clear(folder: Path) -> None:
    """Remove what writers that are gone have left in `folder`."""
    with suppress(OSError), os.scandir(folder) as entries:
        names = [entry.path for entry in entries if _UNFINISHED.fullmatch(entry.name)]
        for name in names:
            with suppress(OSError):
                _remove_if_left(name)


def _remove_if_left(name: str) -> None:
    if sys.platform == "win32":
        # There, an open file can't be removed; one that is just to take its place is not open.
        if time.time() - Path(name).stat().st_mtime > _ABOUT_TO_BE_PUT:
            Path(name).unlink()
        return
    safe = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    handle = os.open(name, os.O_RDONLY | safe)
    try:
        if stat.S_ISREG(os.fstat(handle).st_mode) and _lock(handle, wait=False):
            Path(name).unlink()
    finally:
        os.close(handle)


def _take_over(target: Path, there: os.stat_result | None, path: Path) -> None:
    """Give a new file what belongs to the old one, as far as this user may, and the usual mode."""
    old = path.stat() if there is None else there
    if there is not None and sys.platform != "win32":
        for owner in ((-1, there.st_gid), (there.st_uid, -1)):
            with suppress(OSError):
                os.chown(path, *owner)
    if there is not None and sys.platform == "linux":
        with suppress(OSError):
            for attribute in os.listxattr(target):  # access control lists are among them
                os.setxattr(path, attribute, os.getxattr(target, attribute))
    path.chmod(stat.S_IMODE(old.st_mode))


def _put(file: BinaryIO, path: Path, target: Path, in_place: Callable[[], bool]) -> None:
    if sys.platform == "win32":
        file.close()  # there, an open file stays where it is
    try:
        path.replace(target)
    except OSError as fault:
        if fault.errno not in _BARRED or not in_place():
            raise
        # It may be closed by now.
        with path.open("rb") as again:
            _overwrite(target, again)


def _overwrite(target: Path, file: BinaryIO) -> None:
    """Write what is in `file` into `target` as it stands, if there is room for it."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    with os.fdopen(os.open(target, os.O_WRONLY), "wb") as old:
        before = os.fstat(old.fileno()).st_size
        if sys.platform == "linux" and size > before:
            try:
                os.posix_fallocate(old.fileno(), 0, size)
            except OSError as fault:
                if fault.errno in _FULL:
                    old.truncate(before)
                    raise
        shutil.copyfileobj(file, old)
        old.truncate(size)
        old.flush()
        os.fsync(old.fileno())


def _sync(folder: Path) -> None:
    """See to it that a power cut does not bring the old file back."""
    if sys.platform == "win32":
        return
    # Some folders can't be read, some file systems don't know this.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
