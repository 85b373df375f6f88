"""engine.files.writing: what becomes of a file, and of what is no file, that is written to."""

import errno
import fcntl
import os
import stat
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from engine import Experiment
from engine.files.experiment_file import load, save
from engine.files.writing import write_atomically

LEFT = ".chainstep-0123456789abcdef.tmp"


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# --- names -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a" * 246, "a" * 255, "实" * 85, "lr0.05", "-", "a b\nc"])
def test_every_name_that_the_system_takes_is_written(name: str, tmp_path: Path) -> None:
    for text in ("first", "second"):
        write_atomically(tmp_path / name, text)
        assert (tmp_path / name).read_text() == text
    assert names_in(tmp_path) == [name]


@pytest.mark.parametrize(
    ("name", "said"), [("", "No such"), ("no/", "No such"), (".", "directory")]
)
def test_what_names_no_file_is_refused(
    name: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OSError, match=said):
        write_atomically(name, "text")
    assert names_in(tmp_path) == []


def test_a_name_that_is_too_long_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="File name too long"):
        write_atomically(tmp_path / ("a" * 256), "text")
    assert names_in(tmp_path) == []


def test_a_relative_path_is_not_made_longer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for _ in range(20):  # the absolute path has more than the 4096 bytes that a path may have
        Path("b" * 250).mkdir()
        os.chdir("b" * 250)
    write_atomically("deep.txt", "text")
    assert Path("deep.txt").read_text() == "text"


@pytest.mark.parametrize("act", [load, lambda path: save(Experiment(), path)])
@pytest.mark.parametrize("size", [1, 2, 7])
def test_links_that_go_round_are_refused(
    act: Callable[[Path], object], size: int, tmp_path: Path
) -> None:
    for i in range(size):
        (tmp_path / f"link{i}").symlink_to(f"link{(i + 1) % size}")
    with pytest.raises(OSError, match="Too many levels of symbolic links") as caught:
        act(tmp_path / "link0")
    assert caught.value.filename == str(tmp_path / "link0")
    assert len(names_in(tmp_path)) == size


# --- what belongs to the old file ------------------------------------------------------------


@pytest.mark.parametrize("mode", [0o444, 0o555, 0o400])
def test_a_file_that_nobody_may_write_to_is_refused(mode: int, tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    path.write_text("old")
    path.chmod(mode)
    with pytest.raises(PermissionError, match="read-only") as caught:
        write_atomically(path, "new")
    assert caught.value.filename == str(path)
    assert path.read_text() == "old"
    assert names_in(tmp_path) == ["kept.json"]


def test_mode_owner_and_attributes_stay(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("old")
    path.chmod(0o2750)
    owner = (12345, 12346) if os.geteuid() == 0 else (os.getuid(), os.getgid())
    os.chown(path, *owner)
    path.chmod(0o640)
    try:
        os.setxattr(path, "user.note", b"mine")
    except OSError:
        pytest.skip("this file system has no attributes")
    write_atomically(path, "new")
    there = path.stat()
    assert (there.st_uid, there.st_gid, stat.S_IMODE(there.st_mode)) == (*owner, 0o640)
    assert os.getxattr(path, "user.note") == b"mine"


# --- streams ---------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["/dev/fd/{}", "/proc/self/fd/{}", "/proc/thread-self/fd/{}"])
@pytest.mark.parametrize("linked", [False, True])
def test_a_stream_is_written_to_where_it_stands(form: str, *, linked: bool, tmp_path: Path) -> None:
    log, link = tmp_path / "log", tmp_path / "link"
    log.write_text("notes\n")
    before = log.stat().st_ino
    handle = os.open(log, os.O_WRONLY | os.O_APPEND)
    try:
        path = form.format(handle)
        if linked:
            link.symlink_to(path)
        write_atomically(link if linked else path, ["one\n", "two\n"])
        os.write(handle, b"three\n")
    finally:
        os.close(handle)
    assert log.read_text() == "notes\none\ntwo\nthree\n"
    assert log.stat().st_ino == before


def test_a_stream_without_append_goes_on_at_its_place(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with log.open("wb", buffering=0) as file:
        file.write(b"head ")
        write_atomically(f"/dev/fd/{file.fileno()}", "body ")
        file.write(b"foot")
    assert log.read_text() == "head body foot"


def test_a_stream_that_can_not_be_written_to_says_so(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("old")
    with (tmp_path / "log").open() as file, pytest.raises(OSError, match="Bad file descriptor"):
        write_atomically(f"/dev/fd/{file.fileno()}", "new")
    assert (tmp_path / "log").read_text() == "old"


def test_a_pipe_gets_all(tmp_path: Path) -> None:
    pipe, found = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: found.append(pipe.read_text()))
    reader.start()
    write_atomically(pipe, (f"{i}\n" for i in range(50_000)))
    reader.join(10)
    assert found == ["".join(f"{i}\n" for i in range(50_000))]
    assert names_in(tmp_path) == ["pipe"]


def test_a_full_device_says_so() -> None:
    with pytest.raises(OSError, match="No space left") as caught:
        write_atomically("/dev/full", "text")
    assert caught.value.filename == "/dev/full"


# --- what others left, and what others are at ------------------------------------------------


def test_what_a_killed_writer_left_is_cleared_and_nothing_else(tmp_path: Path) -> None:
    others = [".chainstep-notes.tmp", "chainstep-0123456789abcdef.tmp", f"{LEFT}~", f"x{LEFT}"]
    for name in (*others, LEFT):
        (tmp_path / name).write_text("half")
    write_atomically(tmp_path / "out", "whole")
    assert names_in(tmp_path) == sorted([*others, "out"])


def test_what_somebody_is_writing_stays(tmp_path: Path) -> None:
    with (tmp_path / LEFT).open("w") as living:
        fcntl.flock(living, fcntl.LOCK_EX)
        write_atomically(tmp_path / "out", "whole")
        assert names_in(tmp_path) == [LEFT, "out"]
    write_atomically(tmp_path / "out", "again")
    assert names_in(tmp_path) == ["out"]


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/dev/null"), Path.mkdir])
def test_what_only_has_such_a_name_stays(make: Callable[[Path], object], tmp_path: Path) -> None:
    make(tmp_path / LEFT)
    write_atomically(tmp_path / "out", "whole")
    assert names_in(tmp_path) == [LEFT, "out"]


def test_many_writers_at_once_all_succeed(tmp_path: Path) -> None:
    path = tmp_path / "out"
    texts = [f"{n}\n" * 3000 for n in range(6)]
    faults: list[BaseException] = []

    def write(text: str) -> None:
        try:
            for _ in range(15):
                write_atomically(path, text)
                assert path.read_text() in texts
        except BaseException as fault:  # noqa: BLE001 - it is raised below
            faults.append(fault)

    writers = [threading.Thread(target=write, args=(text,)) for text in texts]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert faults == []
    assert names_in(tmp_path) == ["out"]


# --- folders that let nothing be replaced ----------------------------------------------------


@pytest.mark.parametrize("code", [errno.EACCES, errno.EPERM, errno.EBUSY])
@pytest.mark.parametrize("call", ["pathlib.Path.replace", "os.open"])
def test_a_file_is_overwritten_only_when_that_is_allowed(
    code: int, call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out"
    path.write_text("a long old text")
    before, really = path.stat().st_ino, os.open

    def fail(name: object, *more: int, **_: object) -> int:
        if call == "os.open" and Path(str(name)).parent != tmp_path:
            return really(str(name), *more)
        if call == "os.open" and Path(str(name)) == path:
            return really(str(name), *more)
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(call, fail)
    with pytest.raises(OSError, match=os.strerror(code)):
        write_atomically(path, "new")
    assert path.read_text() == "a long old text"
    write_atomically(path, "new", in_place=lambda: True)
    assert (path.read_text(), path.stat().st_ino) == ("new", before)
    write_atomically(path, "longer than the old text was", in_place=lambda: True)
    assert path.read_text() == "longer than the old text was"
    assert names_in(tmp_path) == ["out"]


def test_no_text_no_overwriting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "out"
    path.write_text("old")

    def barred(*_: object) -> NoReturn:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    def broken() -> NoReturn:
        raise RuntimeError("no more")

    monkeypatch.setattr("engine.files.writing._beside", barred)
    with pytest.raises(RuntimeError):
        write_atomically(path, (broken() for _ in range(1)), in_place=lambda: True)
    assert path.read_text() == "old"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
@pytest.mark.parametrize(("folder_mode", "owner"), [(0o555, 0), (0o1777, 0)])
@pytest.mark.parametrize("allowed", [False, True])
def test_another_user_s_folder(
    folder_mode: int, owner: int, *, allowed: bool, tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    path = folder / "out"
    path.write_text("old")
    path.chmod(0o666)
    os.chown(path, owner, owner)
    folder.chmod(folder_mode)
    # Nobody else may go through the folders of the tests, or where Python is installed.
    for parent in (tmp_path, *tmp_path.parents):
        if Path(tempfile.gettempdir()) in parent.parents:
            parent.chmod(parent.stat().st_mode | 0o055)

    child = os.fork()
    if not child:
        try:
            os.setgid(65534)
            os.setuid(65534)
            write_atomically(path, "new", in_place=lambda: allowed)
            os._exit(0)
        except PermissionError:
            os._exit(7)
        finally:
            os._exit(9)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert (status, path.read_text()) == ((0, "new") if allowed else (7, "old"))
    assert names_in(folder) == ["out"]


def test_a_command_says_that_it_overwrites(
    chainstep: Callable[..., tuple[int, str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def barred(*_: object) -> NoReturn:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr("engine.files.writing._refuse_sticky", barred)
    path = tmp_path / "program.py"
    path.write_text("old")
    before = path.stat().st_ino
    status, out, err = chainstep("code", "--out", path)
    assert (status, out, path.stat().st_ino) == (0, "", before)
    assert err.count("\n") == 1
    assert "program.py: its folder lets no file be replaced" in err
    assert path.read_text().startswith('"""')
