"""engine.teaching.progress_file: one file that loses nothing, whatever happens to it."""

import errno
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.files.locks import lock
from engine.teaching import progress_file
from engine.teaching.outcome import Outcome
from engine.teaching.progress import Done, Missed, Progress, StepKey, Topic, after
from engine.teaching.progress_file import (
    NEWER,
    ProgressFile,
    progress_from,
    progress_text,
)
from tests.engine.teaching.test_progress import entries

TODAY = date(2026, 3, 2)
SLIP = Missed(Topic("slip", "in_place"), TODAY)


def step(name: str, outcome: Outcome = Outcome.ALONE) -> Done:
    return Done(StepKey("lesson", name), outcome, TODAY, ("climbs",))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "progress.json"


def on_disk(path: Path) -> Progress:
    return progress_from(path.read_text("utf-8"))


@given(st.lists(entries, max_size=12))
def test_what_is_written_reads_back(happened: list[Done | Missed]) -> None:
    progress = after(Progress(), *happened)
    assert progress_from(progress_text(progress)) == progress


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text() | st.floats(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    ),
    st.sampled_from(["lessons", "boxes", "version", "format"]),
)
def test_no_content_gets_by_unread_or_breaks_off(content: object, place: str) -> None:
    text = json.dumps({**json.loads(progress_text(Progress())), place: content})
    try:
        progress = progress_from(text)
    except ValueError:
        return
    assert progress_from(progress_text(progress)) == progress


def test_it_is_there_at_the_next_start(path: Path) -> None:
    first = ProgressFile(path)
    assert first.read() is None, "no file yet"
    assert first.add(step("a"), SLIP) is None
    again = ProgressFile(path)
    assert again.read() is None
    assert again.progress == first.progress == after(Progress(), step("a"), SLIP)


def test_two_windows_lose_nothing_of_each_other(path: Path) -> None:
    one, two = ProgressFile(path), ProgressFile(path)
    one.read()
    two.read()
    for number in range(6):
        assert (one, two)[number % 2].add(step(str(number))) is None
    one.read()
    assert set(one.progress.steps) == {StepKey("lesson", str(n)) for n in range(6)}
    assert two.progress == one.progress == on_disk(path)


def test_windows_that_write_at_the_same_time(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress_file, "_PATIENCE", 30.0)

    def work(name: str) -> None:
        for number in range(8):
            assert ProgressFile(path).add(step(f"{name}{number}")) is None

    threads = [Thread(target=work, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(on_disk(path).steps) == 24


def test_while_another_writes_entries_wait(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress_file, "_PATIENCE", 0.02)
    file = ProgressFile(path)
    assert file.add(step("a")) is None
    holds = lock(path.with_suffix(".lock"))
    assert holds is not None
    problem = file.add(step("b"))
    assert problem is not None
    assert "another window" in str(problem)
    assert file.add(step("c")) is None, "it is said once"
    assert len(file.progress.steps) == 3
    assert len(on_disk(path).steps) == 1
    holds.release()
    assert file.add(step("d")) is None
    assert len(on_disk(path).steps) == 4


def test_a_later_version_is_told_and_left_alone(path: Path) -> None:
    path.parent.mkdir()
    text = json.dumps({"format": "chainstep progress", "version": 2, "pages": [1, 2]})
    path.write_text(text, "utf-8")
    file = ProgressFile(path)
    problem = file.read()
    assert problem is not None
    assert problem.template == NEWER
    assert str(path) in str(problem)
    assert file.add(step("a")) is None, "it is said once"
    assert file.progress.outcome("lesson", "a") is Outcome.ALONE, "this window knows it"
    assert ProgressFile(path).reset() is not None
    assert path.read_text("utf-8") == text
    assert [each.name for each in path.parent.iterdir() if each.suffix == ".json"] == [path.name]


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b"null",
        b'{"format": "chainstep experiment", "version": 1}',
        b'{"format": "chainstep progress", "version": "1", "lessons": {}, "boxes": {}}',
        b'{"format": "chainstep progress", "version": 1, "lessons": {"a": 3}, "boxes": {}}',
        b"[" * 100_000,
    ],
)
def test_a_damaged_file_is_kept_aside_and_told(path: Path, damaged: bytes) -> None:
    path.parent.mkdir()
    for number in (1, 2):
        path.write_bytes(damaged)
        file = ProgressFile(path)
        problem = file.read()
        assert problem is not None
        aside = path.with_name(f"progress-damaged-{number}.json")
        assert str(aside) in str(problem)
        assert aside.read_bytes() == damaged
        assert not path.exists()
        assert file.add(step("a")) is None
        assert on_disk(path) == file.progress
    path.write_bytes(damaged)
    assert ProgressFile(path).add(step("b")) is not None
    assert set(on_disk(path).steps) == {StepKey("lesson", "b")}


def test_a_huge_file_is_not_read(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b" " * (progress_file.LARGEST + 1))
    assert ProgressFile(path).read() is not None


def test_reset_forgets_in_every_window(path: Path) -> None:
    one, two = ProgressFile(path), ProgressFile(path)
    one.add(step("a"), SLIP)
    two.read()
    assert one.reset() is None
    assert one.progress == Progress() == on_disk(path)
    two.add(step("b"))
    assert set(two.progress.steps) == {StepKey("lesson", "b")}


@contextmanager
def failing(monkeypatch: pytest.MonkeyPatch, name: str, fault: int) -> Iterator[None]:
    def fail(*_args: object, **_more: object) -> None:
        raise OSError(fault, os.strerror(fault))

    with monkeypatch.context() as patch:
        patch.setattr(os, name, fail)
        yield


@pytest.mark.parametrize("name", ["fsync", "open"])
@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EACCES, errno.EIO])
def test_a_full_disk_loses_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch, name: str, fault: int
) -> None:
    file = ProgressFile(path)
    file.add(step("a"))
    before = path.read_bytes()
    with failing(monkeypatch, name, fault):
        problem = file.add(step("b"))
        assert problem is not None
        assert os.strerror(fault) in str(problem)
        assert file.add(step("c")) is None
    assert path.read_bytes() == before
    assert file.add(step("d")) is None
    assert set(on_disk(path).steps) == {StepKey("lesson", name) for name in "abcd"}


def test_a_folder_in_its_place_is_told(path: Path) -> None:
    path.mkdir(parents=True)
    file = ProgressFile(path)
    assert file.read() is not None
    assert file.add(step("a")) is None
    assert path.is_dir()


_WRITER = """
import sys
from datetime import date
from pathlib import Path
from engine.teaching.outcome import Outcome
from engine.teaching.progress import Done, StepKey
from engine.teaching.progress_file import ProgressFile
file = ProgressFile(Path(sys.argv[1]))
print("begun", flush=True)
for number in range(10**6):
    file.add(Done(StepKey("lesson", str(number % 50)), Outcome.SHOWN, date(2026, 3, 2)))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a killed writer's lock goes later there")
def test_a_killed_window_leaves_a_whole_file(path: Path) -> None:
    for _ in range(4):
        with subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(path)], stdout=subprocess.PIPE
        ) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            while not path.exists():
                time.sleep(0.001)
            writer.kill()
        before = on_disk(path)
        file = ProgressFile(path)
        assert file.add(step("mine")) is None
        assert set(file.progress.steps) == {*before.steps, StepKey("lesson", "mine")}
