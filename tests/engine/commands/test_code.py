"""`chainstep code`: what it prints runs, and says what `chainstep train` and `check` say."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from engine import Experiment
from engine.programs import FORMS, program

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.engine.conftest import Outcome

    Chainstep = Callable[..., Outcome]

OPTIONS = ("--layers", 4, "--seed", 7, "--activation", "tanh", "--algorithm", "in_place")


def run(path: Path) -> list[str]:
    ran = subprocess.run(
        [sys.executable, "-I", path], capture_output=True, text=True, check=True, cwd=path.parent
    )
    return ran.stdout.splitlines()


@pytest.mark.parametrize("form", FORMS)
def test_it_prints_the_program(chainstep: Chainstep, form: str) -> None:
    assert chainstep("code", "--form", form) == (0, program(Experiment(), form).text, "")


def test_the_loop_is_what_one_gets(chainstep: Chainstep) -> None:
    assert chainstep("code").out == program(Experiment(), "loop").text


@pytest.mark.parametrize("form", FORMS[:-1])
def test_the_written_program_says_what_train_and_check_say(
    chainstep: Chainstep, tmp_path: Path, form: str
) -> None:
    path = tmp_path / "chain.py"
    assert chainstep("code", "--form", form, "--out", path, *OPTIONS) == (0, "", "")
    lines = run(path)
    trained = chainstep("train", "--json", *OPTIONS).json()
    assert [float(text) for text in lines[0].split()[1:]] == trained["final_weights"]
    assert [float(text) for text in lines[1].split()[2:]] == trained["losses"]
    outputs = [float(text.split()[1]) for text in lines[2:4]]
    assert outputs == [found["output"] for found in trained["predictions"]]
    assert lines[4:6] == chainstep("train", *OPTIONS).out.splitlines()[-2:]
    rows = [line.replace(",", "").split() for line in lines if line.startswith("w") and ":" in line]
    checked = [
        (float(row[2]), float(row[5]), float(row[8])) for row in rows if row[1] == "gradient"
    ]
    assert checked == [
        (row["backprop"], row["numeric"], row["relative_error"])
        for row in chainstep("check", "--json", *OPTIONS).json()
    ]


def test_unrolled_for_too_many_layers_is_one_clear_line(chainstep: Chainstep) -> None:
    status, out, err = chainstep("code", "--form", "unrolled", "--layers", 64)
    assert (status, out) == (2, "")
    assert err.count("\n") == 1
    assert "The unrolled form is for at most 4 layers, not 64." in err


def test_an_unknown_form_is_one_clear_line(chainstep: Chainstep) -> None:
    status, out, err = chainstep("code", "--form", "recursion")
    assert (status, out) == (2, "")
    assert err.count("\n") == 1
    assert all(form in err for form in FORMS)


def test_a_place_that_cannot_be_written_to(chainstep: Chainstep, tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "chain.py"
    status, out, err = chainstep("code", "--out", path)
    assert (status, out) == (2, "")
    assert err.count("\n") == 1
    assert str(path) in err
