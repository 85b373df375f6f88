"""gui.shell.keeping: a session for every window, one list for all, nothing is overwritten."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from engine import Experiment
from gui.shell.keeping.shelf import NOT_STOOD, Shelf
from gui.state.record import Entry, Kept, opened

ROOT = Path(__file__).parents[4]


def mine(epochs: int) -> Kept:
    return opened(Experiment(epochs=epochs))


def left(shelf: Shelf) -> list[int]:
    return [entry.document.experiment.epochs for entry in shelf.recent()]


def window(folder: Path, kept: Kept | None = None, *, resume: bool = True) -> tuple[Shelf, object]:
    """Start on a folder as a window does; return its shelf and what it found."""
    shelf = Shelf(folder)
    found = shelf.start(resume=resume)
    if kept is not None:
        shelf.keep(kept)
    return shelf, found.problem or found.kept


def test_the_first_start_finds_nothing(tmp_path: Path) -> None:
    shelf, found = window(tmp_path)
    assert found is None
    assert left(shelf) == []


def test_a_window_that_lives_keeps_its_session(tmp_path: Path) -> None:
    _first, _ = window(tmp_path, mine(1))
    second, found = window(tmp_path, mine(2))
    assert found is None
    assert left(second) == []
    assert len(list(tmp_path.glob("sessions/*.json"))) == 2


def test_the_latest_window_comes_back_and_the_others_are_listed(tmp_path: Path) -> None:
    windows = [window(tmp_path, mine(i))[0] for i in (1, 2, 3)]
    for number, path in enumerate(sorted(tmp_path.glob("sessions/*.json"))):
        os.utime(path, (number, number))
    for shelf in windows:
        shelf.close()
    third, found = window(tmp_path)
    assert isinstance(found, Kept)
    others = {1, 2, 3} - {found.present.experiment.epochs}
    assert set(left(third)) == others
    assert len(list(tmp_path.glob("sessions/*.json"))) == 1


def test_a_start_with_a_file_lists_what_was_there(tmp_path: Path) -> None:
    first, _ = window(tmp_path, mine(7))
    first.close()
    second, found = window(tmp_path, resume=False)
    assert found is None
    assert left(second) == [7]


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"\0" * 99, b"{}" * 3_000_000])
def test_a_broken_session_is_put_aside_whole(tmp_path: Path, content: bytes) -> None:
    first, _ = window(tmp_path, mine(1))
    first.close()
    (path,) = tmp_path.glob("sessions/*.json")
    path.write_bytes(content)
    _second, found = window(tmp_path, mine(2))
    assert "its file is kept" in str(found)
    (aside,) = tmp_path.glob("aside/*")
    assert aside.read_bytes() == content


def test_strange_things_in_the_folder_prevent_nothing(tmp_path: Path) -> None:
    (tmp_path / "sessions" / "folder.json").mkdir(parents=True)
    (tmp_path / "sessions" / "other.lock").mkdir()
    (tmp_path / "sessions" / "other.json").write_text("{}")
    (tmp_path / "sessions" / "link.json").symlink_to("nowhere")
    os.mkfifo(tmp_path / "sessions" / "pipe.json")
    (tmp_path / "recent.json").write_text("[]")
    shelf, _found = window(tmp_path, mine(3))
    shelf.put(Entry(mine(4).present, 1.0))
    assert left(shelf) == [4]
    shelf.close()
    for _ in range(5):
        shelf, found = window(tmp_path)
        shelf.close()
    assert isinstance(found, Kept)


def test_a_session_that_never_stands_is_listed_instead(tmp_path: Path) -> None:
    window(tmp_path, mine(5))[0].close()
    for _ in range(5):
        shelf, found = window(tmp_path)
        assert isinstance(found, Kept)
        shelf.close()
    shelf, found = window(tmp_path)
    assert str(found) == NOT_STOOD
    assert left(shelf) == [5]


def test_one_that_stood_comes_back_for_ever(tmp_path: Path) -> None:
    window(tmp_path, mine(5))[0].close()
    for _ in range(12):
        shelf, found = window(tmp_path)
        assert isinstance(found, Kept)
        shelf.stood()
        shelf.close()


def test_windows_that_list_at_once_lose_nothing(tmp_path: Path) -> None:
    shelves = [window(tmp_path)[0] for _ in range(3)]

    def put(number: int) -> None:
        for i in range(6):
            shelves[number].put(Entry(mine(10 * number + i).present, 10.0 * number + i))

    threads = [threading.Thread(target=put, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(left(shelves[0])) == 18


WRITES = """
import sys, itertools
from pathlib import Path
from engine import Experiment
from gui.state.record import opened
from gui.shell.keeping.shelf import Shelf
shelf = Shelf(Path(sys.argv[1]))
found = shelf.start(resume=True)
first = found.kept.present.experiment.epochs + 1 if found.kept else 1
shelf.stood()
print(found.problem or first, flush=True)
for i in itertools.count(first):
    shelf.keep(opened(Experiment(epochs=i, weights=(0.5,) * 64)))
    print(i, flush=True)
"""


def test_whenever_it_is_killed_while_it_writes_the_last_or_the_one_before_is_there(
    tmp_path: Path,
) -> None:
    last = 0
    command = [sys.executable, "-c", WRITES, str(tmp_path)]
    for attempt in range(12):
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            first = int(writer.stdout.readline())
            assert first in (last + 1, last + 2), "what was written whole is there"
            time.sleep(0.01 + 0.0037 * attempt)
            writer.kill()
            told = writer.stdout.read().split("\n")[:-1]
        last = int(told[-1]) if told else first - 1
    assert not list(tmp_path.glob("aside/*"))
    shelf = Shelf(tmp_path)
    shelf.start(resume=True)
    shelf.keep(mine(1))
    assert not list(tmp_path.glob("sessions/.*"))
