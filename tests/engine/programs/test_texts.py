"""engine.programs: whole texts, as a person gets them, with what each line does in front of it.

A form, a line of `=`, and its lines; `|` stands before those of the core. After a change that is
wanted, read `git diff` once these are written anew:

    CHAINSTEP_UPDATE_SNAPSHOTS=1 pytest tests/engine/programs/test_texts.py
"""

import os
from pathlib import Path

import pytest

from engine import Experiment, Sample
from engine.programs import FORMS, MOST_LAYERS, Program, program
from engine.programs.parts import packed

TEXTS = Path(__file__).with_name("texts")
SAMPLES = (Sample(-0.0, 0.5), Sample(1, -2), Sample(1e-7, 0.125), Sample(1234567, 3))

WHOLE = {
    "opening": Experiment(),
    "biases": Experiment(
        (0.5, -0.25), SAMPLES, 0.1, 7, "softplus", "in_place", biases=(0.125, -0.0625)
    ),
}
CORES = {
    "bias_of_one_layer": Experiment((0.5,), biases=(0.25,)),
    "front_to_back": Experiment(
        (0.5,) * 4, activation="tanh", algorithm="front_to_back", biases=(0.0,) * 4
    ),
    "front_to_back_linear": Experiment((0.5,) * 2, algorithm="front_to_back"),
    "sign": Experiment((0.5,), activation="leaky_relu", algorithm="sign_flipped"),
    "sign_with_biases": Experiment((0.5, 1), algorithm="sign_flipped", biases=(0.0, 0.0)),
    "no_derivative": Experiment(
        (0.5,) * 4, activation="sigmoid", algorithm="no_local_derivative", biases=(0.0,) * 4
    ),
    "own_output": Experiment((0.5,) * 5, activation="relu", algorithm="own_output"),
    "own_output_linear": Experiment((0.5,) * 3, algorithm="own_output", biases=(0.0,) * 3),
}


def shown(written: Program, *, core: bool) -> list[str]:
    """Return the lines of a program, what each does in front."""
    phases = written.phases()
    return [
        f"{phases.get(number, ''):9}{'|' if number in written.core else ' '} {line}".rstrip()
        for number, line in enumerate(written.lines, start=1)
        if number in written.core or not core
    ]


@pytest.mark.parametrize("name", [*WHOLE, *CORES])
def test_a_program_reads_so(name: str) -> None:
    experiment = WHOLE[name] if name in WHOLE else CORES[name]
    lines: list[str] = []
    for form in FORMS:
        if form != "unrolled" or experiment.layers <= MOST_LAYERS:
            found = shown(program(experiment, form), core=name in CORES)
            lines += [form, "=" * len(form), *found, ""]
    path = TEXTS / f"{name}.txt"
    if os.environ.get("CHAINSTEP_UPDATE_SNAPSHOTS"):
        path.write_text("\n".join(lines), "utf-8")
    assert lines == path.read_text("utf-8").split("\n")


def test_a_list_stands_on_one_line_where_it_fits() -> None:
    fits = ["1"] * 11 + ["2345"]
    assert packed("abc", fits) == f"abc = [{', '.join(fits)}]"
    assert len(packed("abc", fits)) == 45
    longer = packed("abcd", fits)
    assert longer.splitlines() == ["abcd = [", "    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2345,", "]"]


def test_a_line_of_a_list_is_filled_up_to_the_last_column() -> None:
    items = ["1"] * 12 + ["234", "5"] * 2
    lines = packed("numbers", [*items, "6" * 60]).splitlines()
    assert lines[1:] == [
        "    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 234,",
        "    5, 234, 5,",
        f"    {'6' * 60},",
        "]",
    ]
    assert max(map(len, lines[:3])) == 44
    exact = packed("numbers", ["1"] * 12 + ["2345", "6"]).splitlines()
    assert len(exact[1]) == 45
