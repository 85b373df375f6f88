"""`chainstep experiment`: what it writes is the experiment that its options describe."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING

import pytest

from engine import Experiment, Sample, random_weights
from engine.files.experiment_file import from_json, load, to_json
from engine.presets import preset_named

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.engine.conftest import Outcome

    Chainstep = Callable[..., Outcome]

WRITTEN = [
    ((), Experiment()),
    (("--preset", "tanh"), preset_named("tanh").experiment),
    (("--layers", 4, "--seed", 7), Experiment(weights=random_weights(4, 7))),
    (
        ("--weights", -1e-3, 5e-324, 1.7e308, "--learning-rate", 0.1, "--epochs", 0),
        Experiment(weights=(-1e-3, 5e-324, 1.7e308), learning_rate=0.1, epochs=0),
    ),
    (
        ("--sample", -2, 3, "--sample", 0.5, "1e-320", "--algorithm", "in_place"),
        Experiment(samples=(Sample(-2.0, 3.0), Sample(0.5, 1e-320)), algorithm="in_place"),
    ),
]


@pytest.mark.parametrize(("options", "expected"), WRITTEN)
def test_it_writes_the_experiment(
    chainstep: Chainstep, tmp_path: Path, options: tuple[object, ...], expected: Experiment
) -> None:
    path = tmp_path / "lr0.05"
    assert chainstep("experiment", path, *options) == (0, "", "")
    assert path.read_text() == to_json(expected)
    assert load(path) == expected
    assert os.listdir(tmp_path) == ["lr0.05"]  # noqa: PTH208 - hidden files, too
    # The other commands start from it.
    again = chainstep("experiment", "-", "--file", path)
    assert (again.status, again.err) == (0, "")
    assert from_json(again.out) == expected


def test_a_file_can_be_changed_in_place(chainstep: Chainstep, tmp_path: Path) -> None:
    path = tmp_path / "e.json"
    chainstep("experiment", path, "--preset", "tanh")
    assert chainstep("experiment", path, "--file", path, "--epochs", 7).status == 0
    assert load(path).epochs == 7
    assert load(path).activation == "tanh"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--epochs", -1], "epochs"),
        (["--learning-rate", 0], "learning_rate"),
        (["--weights", "nan"], "finite"),
        (["--activation", "cosine"], "cosine"),
        (["--weights", 1, "--seed", 3], "random start"),
        (["--size", 3], "--size"),
    ],
)
def test_what_cannot_be_is_refused_and_no_file_is_touched(
    chainstep: Chainstep, tmp_path: Path, options: list[object], words: str
) -> None:
    path = tmp_path / "e.json"
    path.write_text("mine")
    refused = chainstep("experiment", path, *options)
    assert (refused.status, refused.out) == (2, "")
    assert words in refused.err
    assert refused.err.count("\n") == 1
    assert path.read_text() == "mine"


def test_a_file_name_is_needed(chainstep: Chainstep) -> None:
    assert "OUT.json" in chainstep("experiment").err


def test_a_folder_that_does_not_exist(chainstep: Chainstep, tmp_path: Path) -> None:
    refused = chainstep("experiment", tmp_path / "no" / "e.json")
    assert refused.status == 2
    assert "No such file" in refused.err


def test_a_dash_is_standard_input_and_output(
    chainstep: Chainstep, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    written = chainstep("experiment", "-", "--epochs", 1).out
    assert from_json(written) == Experiment(epochs=1)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(written.encode())))
    status, out, _ = chainstep("train", "--file", "-", "--csv", "-")
    assert status == 0
    assert out.startswith("update,epoch,sample,")
    assert "1 epoch of 2 samples" in out
    assert chainstep("train", "--file", "-").err.startswith("chainstep: standard input: ")
    assert chainstep("code", "--out", "-").out == chainstep("code").out
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("option", ["--file", "--samples"])
def test_a_name_without_signs_is_no_file(chainstep: Chainstep, option: str) -> None:
    assert chainstep("train", option, "").err == "chainstep: '': No such file or directory\n"
