"""engine.cli: `chainstep train` and `chainstep check`, as the entry point runs them."""

from __future__ import annotations

import csv
import io
import math
import os
import subprocess
import sys
from typing import TYPE_CHECKING, NoReturn

import pytest

from engine import Experiment, Sample, check_gradients, moment_at, random_weights, train
from engine.commands.options import protected
from engine.commands.output import plain
from engine.files.experiment_file import save
from engine.history import csv_rows
from tests.engine.chains import ALGORITHMS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.engine.conftest import Outcome

    Chainstep = Callable[..., Outcome]


# --- train ---------------------------------------------------------------------------------


def test_the_summary(chainstep: Chainstep) -> None:
    status, out, err = chainstep("train")
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert "3 layers, identity, backprop: 240 epochs of 2 samples, learning rate 0.05" in lines
    assert "initial weights  0.2333  -0.233  -0.52133" in lines
    assert "converged at epoch 191: mean loss below 0.001" in lines
    assert lines[-2:] == ["1 , -1", "-1 , 1"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--epochs", 0], "not trained: 0 epochs"),
        (["--epochs", 10], "not converged: mean loss 0.5"),
        (["--weights", 3, 3, 3, "--learning-rate", 1], "diverged at epoch "),
    ],
)
def test_what_a_training_came_to(chainstep: Chainstep, arguments: list[object], said: str) -> None:
    status, out, err = chainstep("train", *arguments)
    assert (status, err) == (0, "")
    assert said in out


def test_json_of_train(chainstep: Chainstep) -> None:
    outcome = chainstep("train", "--json")
    run = train(Experiment())
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.json() == {
        "final_weights": list(run.final_weights),
        "final_biases": [],
        "updates": 480,
        "predictions": [
            {"x": 1.0, "target": -1.0, "output": run.predict(1.0).output, "label": -1},
            {"x": -1.0, "target": 1.0, "output": run.predict(-1.0).output, "label": 1},
        ],
        "losses": [run.loss(478), run.loss(479)],
        "converged_at": 191,
        "diverged_at": None,
    }


def test_json_of_a_run_that_diverges_is_strict(chainstep: Chainstep) -> None:
    found = chainstep("train", "--weights", 3, 3, 3, "--learning-rate", 1, "--json").json()
    run = train(Experiment((3.0, 3.0, 3.0), learning_rate=1.0))
    assert run.diverged_at is not None
    assert found["diverged_at"] == {
        "epoch": run.diverged_at.epoch,
        "sample": run.diverged_at.sample,
    }
    assert found["final_weights"] == [None, None, None]
    assert found["predictions"][0] == {"x": 1.0, "target": -1.0, "output": None, "label": -1}


def test_json_without_training(chainstep: Chainstep) -> None:
    found = chainstep("train", "--epochs", 0, "--json").json()
    assert (found["updates"], found["losses"]) == (0, [None, None])
    assert found["final_weights"] == [0.2333, -0.233, -0.52133]


def test_every_option_counts(chainstep: Chainstep) -> None:
    arguments = "--weights 0.5 -1e-3 .25 -2 --sample 2 -1 --sample -1e-1 0.5 --sample 0 1"
    more = "--learning-rate 0.1 --epochs 7 --activation tanh --algorithm in_place --json"
    found = chainstep("train", *arguments.split(), *more.split()).json()
    run = train(
        Experiment(
            (0.5, -1e-3, 0.25, -2.0),
            (Sample(2.0, -1.0), Sample(-0.1, 0.5), Sample(0.0, 1.0)),
            0.1,
            7,
            "tanh",
            "in_place",
        )
    )
    assert found["final_weights"] == list(run.final_weights)
    assert found["updates"] == 21
    assert found["losses"] == list(run.losses[-3:])


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_every_algorithm_trains(chainstep: Chainstep, algorithm: str) -> None:
    arguments = ["train", "--algorithm", algorithm, "--activation", "tanh", "--epochs", 5]
    status, out, err = chainstep(*arguments)
    assert (status, err) == (0, "")
    assert out.startswith(f"3 layers, tanh, {algorithm}: 5 epochs")
    run = train(Experiment(activation="tanh", algorithm=algorithm, epochs=5))
    assert chainstep(*arguments, "--json").json()["final_weights"] == list(run.final_weights)


def test_every_algorithm_trains_to_weights_of_its_own() -> None:
    runs = [
        train(Experiment(activation="tanh", algorithm=algorithm, epochs=5))
        for algorithm in ALGORITHMS
    ]
    assert len({run.final_weights for run in runs}) == len(ALGORITHMS)


@pytest.mark.parametrize("command", ["train", "check"])
def test_an_unknown_algorithm_is_told_all_names(chainstep: Chainstep, command: str) -> None:
    line = one_line(chainstep(command, "--algorithm", "Backprop"))
    assert "'Backprop'" in line
    assert ", ".join(ALGORITHMS) in line


@pytest.mark.parametrize("command", ["train", "check"])
def test_help_names_every_algorithm(chainstep: Chainstep, command: str) -> None:
    status, out, _ = chainstep(command, "--help")
    assert status == 0
    assert ", ".join(ALGORITHMS) in " ".join(out.split())


@pytest.mark.parametrize(
    ("arguments", "weights"),
    [
        (["--layers", 5, "--seed", 7], random_weights(5, 7)),
        (["--layers", 2], random_weights(2, 0)),
        (["--seed", 3], random_weights(3, 3)),
        (["--seed", 0], random_weights(3, 0)),
    ],
)
def test_a_random_start(
    chainstep: Chainstep, arguments: list[object], weights: tuple[float, ...]
) -> None:
    found = chainstep("train", "--epochs", 0, "--json", *arguments).json()
    assert found["final_weights"] == list(weights)


def test_options_go_before_the_file(chainstep: Chainstep, tmp_path: Path) -> None:
    experiment = Experiment((0.3, 0.4), (Sample(1.0, 2.0),), 0.2, 9, "sigmoid", "in_place")
    path = tmp_path / "experiment.json"
    save(experiment, path)
    assert chainstep("train", "--file", path, "--json").json()["final_weights"] == list(
        train(experiment).final_weights
    )
    found = chainstep("train", "--file", path, "--epochs", 0, "--json").json()
    assert found["final_weights"] == [0.3, 0.4]
    found = chainstep("train", "--file", path, "--weights", 0.1, "--epochs", 0, "--json").json()
    assert found["final_weights"] == [0.1]


# --- the table -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "experiment",
    [
        Experiment(),
        Experiment((0.5,), (Sample(1 / 3, 0.1),), epochs=3, activation="tanh"),
        Experiment((3.0, 3.0), (Sample(1.0, 1.0), Sample(2.0, 1.0)), 1.0, 9, algorithm="in_place"),
        Experiment(epochs=0),
        *(Experiment(epochs=2, activation="sigmoid", algorithm=name) for name in ALGORITHMS),
    ],
)
def test_the_table_of_updates(experiment: Experiment) -> None:
    run = train(experiment)
    n = experiment.layers
    header, *rows = csv.reader(io.StringIO("".join(csv_rows(run))))
    assert header == [
        *["update", "epoch", "sample", "x", "target", "output", "loss"],
        *(f"w{i}" for i in range(1, n + 1)),
        *(f"g{i}" for i in range(1, n + 1)),
    ]
    assert len(rows) == run.updates
    for update, row in enumerate(rows):
        last = moment_at(run, (update + 1) * (4 * n + 1))
        assert list(map(int, row[:3])) == [update + 1, last.epoch, last.sample]
        expected = [last.x, last.target, last.outputs[-1], last.loss]
        expected += [*last.weights_before, *last.gradients]
        for text, number in zip(row[3:], expected, strict=True):
            assert number is not None
            found = float(text)
            assert found == number or (math.isnan(found) and math.isnan(number))


def test_csv_writes_the_table(chainstep: Chainstep, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    outcome = chainstep("train", "--csv", path, "--json")
    assert outcome.status == 0
    assert outcome.json()["updates"] == 480
    assert path.read_bytes().decode() == "".join(csv_rows(train(Experiment())))
    assert [p.name for p in tmp_path.iterdir()] == ["table.csv"]


# --- check ---------------------------------------------------------------------------------


@pytest.mark.parametrize("algorithm", ["backprop", "in_place"])
def test_json_of_check(chainstep: Chainstep, algorithm: str) -> None:
    outcome = chainstep("check", "--algorithm", algorithm, "--json")
    assert (outcome.status, outcome.err) == (0, "")
    experiment = Experiment(algorithm=algorithm)
    assert outcome.json() == [
        {
            "sample": number,
            "layer": row.layer,
            "backprop": row.gradient,
            "numeric": row.numeric,
            "absolute_error": row.absolute_error,
            "relative_error": row.relative_error,
            "verdict": row.verdict,
            "parameter": f"w{row.layer}",
        }
        for number, sample in enumerate(experiment.samples, start=1)
        for row in check_gradients(experiment, experiment.weights, sample)
    ]


def test_epsilon(chainstep: Chainstep) -> None:
    found = chainstep("check", "--epsilon", 0.5, "--activation", "tanh", "--json").json()
    experiment = Experiment(activation="tanh")
    rows = check_gradients(experiment, experiment.weights, experiment.samples[0], 0.5)
    assert [row["numeric"] for row in found[:3]] == [row.numeric for row in rows]


def test_after_update_trains_from_sample_to_sample(chainstep: Chainstep) -> None:
    found = chainstep("check", "--after-update", "--json", "--epochs", 1).json()
    run = train(Experiment())
    second = moment_at(run, 26)
    assert [row["backprop"] for row in found[3:]] == list(second.gradients)
    truth = check_gradients(Experiment(), run.weights_before(2), Experiment().samples[1])
    assert [row["numeric"] for row in found[3:]] == [row.numeric for row in truth]


def test_check_of_the_opening_experiment_is_right(chainstep: Chainstep) -> None:
    status, out, _ = chainstep("check")
    assert status == 0
    rows = [line for line in out.splitlines() if line.startswith("  w")]
    assert len(rows) == 6
    assert all(row.endswith("  right") for row in rows)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((), "Every gradient is right: the largest relative error is "),
        (
            ("--algorithm", "in_place"),
            "Caught: wrong at layer 1, suspicious at layer 2; relative error up to 3.2e-02. ",
        ),
        (
            ("--algorithm", "sign_flipped"),
            "Caught: wrong at layers 1–3; relative error up to 2.0e+00.",
        ),
        (("--algorithm", "no_local_derivative"), "The mistake has no effect here: every gradient "),
        (("--weights", 0, 0), "No verdict is possible here. Zero at layer 2: the layer's input "),
        (("--activation", "tanh", "--epsilon", 1e-12), "No verdict is possible here. At layers "),
    ],
)
def test_check_ends_each_sample_with_what_it_found(
    chainstep: Chainstep, arguments: tuple[object, ...], expected: str
) -> None:
    lines = chainstep("check", *arguments).out.splitlines()
    ends = [i for i, line in enumerate(lines[1:]) if line.startswith("sample")] + [-1]
    assert len(ends) == 2
    for end in ends:
        assert lines[end].startswith(f"  {expected}")


# --- wrong arguments -----------------------------------------------------------------------

WRONG: list[tuple[list[object], tuple[str, ...]]] = [
    ([], ("required",)),
    (["trian"], ("trian", "train", "check")),
    (["train", "--nonsense"], ("--nonsense",)),
    (["train", "--weights"], ("--weights", "at least one")),
    (["train", "--weights", "x"], ("'x'", "not a number", "0.05")),
    (["train", "--weights", "nan"], ("weights[0]", "finite number", "nan")),
    (["train", "--weights", 1, "-inf"], ("weights[1]", "finite number", "-inf")),
    (["train", "--weights", 1, "--layers", 2], ("weights", "layers")),
    (["train", "--weights", 1, "--seed", 2], ("weights", "seed")),
    (["train", "--layers", 0], ("layers", "0", "1 up")),
    (["train", "--layers", -3], ("layers", "-3", "1 up")),
    (["train", "--layers", 1.5], ("1.5", "whole number")),
    (["train", "--seed", "x"], ("'x'", "whole number")),
    (["train", "--sample", 1], ("--sample", "2")),
    (["train", "--sample", 1, "nan"], ("samples[0].target", "finite", "nan")),
    (["train", "--sample", 1, 1, "--sample", "inf", 1], ("samples[1].x", "finite", "inf")),
    (["train", "--learning-rate", 0], ("learning_rate", "greater than 0, not 0")),
    (["train", "--learning-rate", -1e-3], ("learning_rate", "greater than 0", "-0.001")),
    (["train", "--learning-rate", "nan"], ("learning_rate", "finite", "nan")),
    (["train", "--epochs", -1], ("epochs", "0 up", "-1")),
    (["train", "--epochs", 1.5], ("1.5", "whole number")),
    (["train", "--epochs", 10**18], ("epochs", "at most", "1000000000000000000", "GB")),
    (["train", "--epochs", "9" * 400], ("epochs", "finite")),
    (["train", "--activation", "swish"], ("activation", "'swish'", "sigmoid")),
    (["train", "--algorithm", "sgd"], ("algorithm", "'sgd'", "in_place")),
    (["train", "--file", "/no/such/file.json"], ("/no/such/file.json", "No such file")),
    (["train", "--file", "/"], ("/", "directory")),
    (["train", "--csv", "/no/such/folder/table.csv"], ("/no/such/folder", "No such file")),
    (["check", "--epsilon", 0], ("epsilon", "greater than 0, not 0")),
    (["check", "--epsilon", "nan"], ("epsilon", "finite", "nan")),
    (["check", "--epsilon", "-1e-4", "--after-update"], ("epsilon", "greater than 0", "-0.0001")),
    (["check", "--epsilon", "small"], ("'small'", "not a number")),
    (["check", "--csv", "x"], ("--csv",)),
    (["check", "--file", "/no/such/file.json"], ("/no/such/file.json", "No such file")),
]


def one_line(outcome: Outcome) -> str:
    """Return the single line of complaint; nothing else may have been said."""
    assert outcome.status == 2
    assert outcome.out == ""
    assert outcome.err.endswith("\n")
    assert outcome.err.count("\n") == 1
    assert outcome.err.startswith("chainstep")
    assert "Traceback" not in outcome.err
    return outcome.err


@pytest.mark.parametrize(
    ("arguments", "said"), WRONG, ids=[" ".join(map(str, w[0]))[:40] for w in WRONG]
)
def test_a_wrong_argument_is_one_line(
    chainstep: Chainstep, arguments: list[object], said: tuple[str, ...]
) -> None:
    line = one_line(chainstep(*arguments))
    for part in said:
        assert part in line


def test_a_broken_file_is_one_line(chainstep: Chainstep, tmp_path: Path) -> None:
    path = tmp_path / "broken.json"
    path.write_text("{")
    assert "not valid JSON" in one_line(chainstep("train", "--file", path))


def test_a_file_with_an_endless_number_is_one_line(chainstep: Chainstep, tmp_path: Path) -> None:
    path = tmp_path / "broken.json"
    path.write_text("9" * 5000)
    one_line(chainstep("train", "--file", path))


@pytest.mark.parametrize("place", ["no/table.csv", "."])
def test_a_table_that_can_t_be_written_names_the_path_that_was_given(
    chainstep: Chainstep, tmp_path: Path, place: str
) -> None:
    path = tmp_path / place
    line = one_line(chainstep("train", "--csv", path))
    assert str(path) in line
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_one_line_that_names_the_file(
    chainstep: Chainstep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> NoReturn:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    line = one_line(chainstep("train", "--csv", tmp_path / "table.csv"))
    assert "No space left on device" in line
    assert "None" not in line


def test_a_table_at_an_empty_path_is_not_passed_over(chainstep: Chainstep) -> None:
    assert chainstep("train", "--csv", "").status == 2
    assert chainstep("train", "--file", "").status == 2


# --- samples from a table ------------------------------------------------------------------

COMMANDS = {
    "train": ["train", "--json"],
    "check": ["check", "--json"],
    "diagnose": ["diagnose", "--json"],
    "code": ["code"],
}


@pytest.mark.parametrize("command", COMMANDS)
def test_samples_come_from_a_table(chainstep: Chainstep, tmp_path: Path, command: str) -> None:
    table = tmp_path / "data.csv"
    table.write_bytes("输入;目标值\r\n0,5;－1,25\r\n2;1/2\r\n".encode("gbk"))
    found = chainstep(*COMMANDS[command], "--samples", table)
    typed = chainstep(*COMMANDS[command], "--sample", "0.5", "-1.25", "--sample", 2, 0.5)
    assert (found.status, found.err) == (0, "")
    assert found.out == typed.out


@pytest.mark.parametrize("name", ["-", "/dev/stdin"])
def test_samples_come_from_standard_input(name: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "gui", "train", "--json", "--samples", name],
        input=b"x\ttarget\n1\t-1\n",
        capture_output=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert b'"updates": 240' in ran.stdout


def test_a_table_that_is_none_is_one_line_with_its_name(
    chainstep: Chainstep, tmp_path: Path
) -> None:
    table = tmp_path / "data.csv"
    table.write_text("x,target\n1,NA\n")
    line = one_line(chainstep("train", "--samples", table))
    assert "data.csv: In line 2 a number is missing: there is 'NA'." in line
    assert "not allowed with" in one_line(
        chainstep("train", "--samples", table, "--sample", "1", "2")
    )
    assert "directory" in one_line(chainstep("train", "--samples", tmp_path))
    assert "No such file" in one_line(chainstep("train", "--samples", tmp_path / "none.csv"))


def test_negative_numbers_are_values() -> None:
    given = ["--weights", "-1e-3", "-inf", "-.5", "-5", "-x", "--json", "1"]
    assert [a.strip() for a in protected(given)] == given
    assert [a.startswith(" ") for a in protected(given)] == [False, *[True] * 4, *[False] * 3]


def test_numbers_are_read_as_people_write_them(chainstep: Chainstep) -> None:
    typed = ["−0.5", "-½", "-1/2", "－3", "-0,5", "1×10⁻³", "-1×10^-3", "０．５"]
    found = chainstep("train", "--weights", *typed, "--epochs", "1e1", "--learning-rate", "0,05")
    assert (found.status, found.err) == (0, "")
    assert "initial weights  -0.5  -0.5  -0.5  -3  -0.5  0.001  -0.001  0.5" in found.out
    assert "8 layers, identity, backprop: 10 epochs of 2 samples, learning rate 0.05" in found.out


@pytest.mark.parametrize("typed", ["1,000", "-1,000", "1 000", "-1'000", "-∞", "-1/0", "9" * 5000])
def test_numbers_that_could_be_others_are_one_short_line(chainstep: Chainstep, typed: str) -> None:
    line = one_line(chainstep("train", "--weights", typed))
    assert typed[:10] in line
    assert "at least one" not in line
    assert len(line) < 200


@pytest.mark.parametrize(
    ("value", "text"), [(1.0, "1"), (-0.5, "-0.5"), (1e22, "1e+22"), (10.0, "10"), (0.1, "0.1")]
)
def test_plain_numbers(value: float, text: str) -> None:
    assert plain(value) == text
    assert float(text) == value


# --- processes -----------------------------------------------------------------------------


def test_the_engine_needs_the_standard_library_alone() -> None:
    code = (
        "import engine, engine.cli, engine.files.experiment_file, sys;"
        "assert not any(m.startswith(('PySide6','pyqtgraph','numpy')) for m in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    code = (
        "import sys; from engine.cli import *; from engine.commands.options import *;"
        "p = Parser(prog='chainstep'); add_commands(p.add_subparsers());"
        "sys.exit(run_command(p, p.parse_args(protected(sys.argv[1:]))))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, "train", "--epochs", "0", "--layers", "20000"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 1


@pytest.mark.parametrize("typed", ["1,000", "1 000", "1/0", "9" * 5000])
def test_whole_numbers_that_could_be_others_are_told_why(chainstep: Chainstep, typed: str) -> None:
    line = one_line(chainstep("train", "--epochs", typed))
    assert typed[:10] in line
    assert "write one like 240" not in line
