"""`run.py stress`: short rounds pass, and what goes wrong is told with how to repeat it."""

import json
import subprocess
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import pytest

from engine.files import experiment_file
from tests.stress import __main__ as stress
from tests.stress import commands, files, saving, soak, window


def test_short_rounds_pass() -> None:
    assert files.run(1, 0.0, files=60).startswith("60 files, ")
    assert commands.run(1, 0.0, commands=2).startswith("2 command lines, ")
    assert saving.run(1, 0.0, attempts=12).endswith(" killed")


def test_a_round_depends_on_its_seed_alone() -> None:
    assert files.run(7, 0.0, files=40) == files.run(7, 0.0, files=40) != files.run(8, 0.0, files=40)


def test_an_exception_on_a_broken_file_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(_path: Path) -> None:
        raise IndexError("list index out of range")

    monkeypatch.setitem(files.READ, "experiment", (files.READ["experiment"][0], load))
    with pytest.raises(AssertionError, match="list index out of range"):
        files.run(1, 0.0, files=60)


def test_a_file_that_is_lost_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def save(experiment: object, path: Path) -> None:
        text = experiment_file.to_json(experiment)  # type: ignore[arg-type]
        with path.open("w") as file:
            file.write(text[:20])
            file.flush()
            file.write(text[20:])

    monkeypatch.setattr(saving, "save", save)
    with pytest.raises(AssertionError, match="ended with"):
        saving.run(1, 0.0, attempts=60)


def test_a_failure_is_told_with_how_to_repeat_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(seed: int, _seconds: float) -> str:
        assert seed != 4, "it was lost"
        return "all is well"

    monkeypatch.setitem(stress.KINDS, "saving", run)
    assert stress.main(["--only", "saving", "--seed", "3", "--rounds", "3"]) == 1
    told = capsys.readouterr().out
    assert told.count("all is well") == 2
    assert "it was lost" in told
    assert "python3 run.py stress --only saving --seed 4 --rounds 1" in told
    assert stress.main(["--only", "saving", "--rounds", "2"]) == 0


@pytest.mark.parametrize(
    ("found", "said", "status", "match"),
    [
        (
            {"slowest": [(251, 240, "key Tab"), (80, 80, "starting")]},
            "",
            0,
            "^answered after 251 ms, 240 of them at work: key Tab$",
        ),
        ({"faults": ["Traceback …"]}, "", 0, "Traceback"),
        ({}, "QPainter::begin: Paint device returned engine == 0", 0, "QPainter"),
        ({}, "", -11, "exit status -11"),
    ],
)
def test_a_window_that_does_not_stand_it_is_a_failure(
    monkeypatch: pytest.MonkeyPatch, found: dict[str, object], said: str, status: int, match: str
) -> None:
    told = json.dumps({"events": 9, "slowest": [(80, 80, "")], "faults": [], **found})
    _answer(monkeypatch, SimpleNamespace(returncode=status, stdout=told, stderr=said))
    with pytest.raises(AssertionError, match=match):
        window.run(0, 0.0, events=9)


@pytest.mark.parametrize(
    ("end", "match"),
    [({"memory": 104e6}, "104 MB"), ({"threads": 5}, "threads"), ({"handles": 31}, "handles")],
)
def test_what_goes_on_growing_is_a_failure(
    monkeypatch: pytest.MonkeyPatch, end: dict[str, float], match: str
) -> None:
    warm = {"memory": 100e6, "threads": 4, "handles": 30}
    told = {"steps": 9, "warm": warm, "end": {**warm, **end}, "faults": []}
    _answer(monkeypatch, SimpleNamespace(returncode=0, stdout=json.dumps(told), stderr=""))
    with pytest.raises(AssertionError, match=match):
        soak.run(0, 60.0)


def _answer(monkeypatch: pytest.MonkeyPatch, done: object) -> None:
    """Let a program that is started be done already, on a display that is not there."""

    def started(*_words: object, **_options: object) -> object:
        return done

    def display(_width: int, _height: int, *_others: object) -> object:
        return nullcontext(":0")

    for kind in (window, soak):
        monkeypatch.setattr(kind, "x_display", display)
        monkeypatch.setattr(kind, "absent", lambda *_names: [])
    monkeypatch.setattr(subprocess, "run", started)
