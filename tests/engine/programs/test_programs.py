"""engine.programs: what the programs print is what the engine says, bit for bit."""

from __future__ import annotations

import contextlib
import io
import itertools
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Experiment, Sample, check_gradients, random_weights, train
from engine.activations import ACTIVATIONS
from engine.algorithms import ALGORITHMS
from engine.programs import COLUMNS, FORMS, MOST_LAYERS, program
from tests.engine import chains

if TYPE_CHECKING:
    from pathlib import Path

PLAIN = tuple(form for form in FORMS if form != "pytorch")
PAIRS = tuple(itertools.product(ALGORITHMS, ACTIVATIONS))
ODD = (Sample(-0.0, 0.5), Sample(1e6, -0.0), Sample(1e-300, 1e300))
DATA = (Sample(1.0, -1.0), Sample(-0.75, 0.5), Sample(0.3, 2.0))

# Runs every program by itself, without Chainstep in reach, and tells where one ends.
DRIVER = """
import runpy, sys
for path in sys.argv[1:]:
    runpy.run_path(path, run_name="__main__")
    print("=====")
"""


def forms_of(experiment: Experiment) -> tuple[str, ...]:
    return PLAIN if experiment.layers <= MOST_LAYERS else PLAIN[1:]


def expected(experiment: Experiment) -> list[str]:
    """Return what a program should print, from what the engine says."""
    run = train(experiment)
    samples = experiment.samples
    last = run.losses[-len(samples) :]
    predictions = [run.predict(sample.x) for sample in samples]
    lines = [
        " ".join(["weights:", *map(repr, run.final_weights)]),
        " ".join(["last losses:", *map(repr, last)]),
        *(f"output: {found.output!r}" for found in predictions),
        *(
            f"{written(sample.x)} , {'nan' if found.output != found.output else found.label}"
            for sample, found in zip(samples, predictions, strict=True)
        ),
        "gradient check, initial weights",
    ]
    for sample in samples:
        lines.append(f"x = {written(sample.x)}, target = {written(sample.target)}")
        lines += [
            f"w{row.layer}: gradient {row.gradient!r}, central difference {row.numeric!r},"
            f" relative error {row.relative_error!r}"
            for row in check_gradients(experiment, experiment.weights, sample)
        ]
    return lines


def written(number: float) -> str:
    text = repr(number)
    return text if text == "-0.0" else text.removesuffix(".0")


def printed(experiment: Experiment, form: str) -> list[str]:
    """Run a program here and return what it prints."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(program(experiment, form).text, form, "exec"), {})  # noqa: S102 - our own
    return out.getvalue().splitlines()


def of_every_kind() -> list[Experiment]:
    """Return experiments of every algorithm and activation, short, long and diverging."""
    found = []
    for number, (algorithm, activation) in enumerate(PAIRS):
        for layers in (1, 2, 3, 4, 7):
            weights = tuple(2.5 * w for w in random_weights(layers, 10 * number + layers))
            found.append(Experiment(weights, DATA, 0.1, 25, activation, algorithm))
        runaway = Experiment((3.0, -3.0, 3.0), DATA, 5.0, 60, activation, algorithm)
        huge = Experiment((1e200, 1e200, -1e200), ODD, 0.1, 2, activation, algorithm)
        found += [runaway, huge, Experiment(epochs=0, activation=activation, algorithm=algorithm)]
    return found


def test_saved_programs_print_what_the_window_shows(tmp_path: Path) -> None:
    wanted, paths = [], []
    for number, experiment in enumerate(of_every_kind()):
        for form in forms_of(experiment):
            path = tmp_path / f"{number}_{form}.py"
            path.write_text(program(experiment, form).text, encoding="utf-8")
            paths.append(path)
            wanted.append(expected(experiment))
    ran = subprocess.run(
        [sys.executable, "-I", "-W", "error", "-c", DRIVER, *paths],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    assert ran.stderr == ""
    found = [part.splitlines() for part in ran.stdout.split("=====\n")[:-1]]
    for path, lines, wants in zip(paths, found, wanted, strict=True):
        assert lines == wants, path.name


@given(chains.experiments(), st.sampled_from(PLAIN))
def test_any_numbers(experiment: Experiment, form: str) -> None:
    if form in forms_of(experiment):
        assert printed(experiment, form) == expected(experiment)


@given(chains.experiments(chains.numbers(2.0), most_epochs=20), st.sampled_from(PLAIN))
def test_any_tame_numbers(experiment: Experiment, form: str) -> None:
    if form in forms_of(experiment):
        assert printed(experiment, form) == expected(experiment)


@pytest.mark.parametrize("form", PLAIN[1:])
def test_64_layers(form: str) -> None:
    experiment = Experiment(random_weights(64, 1), DATA * 5, epochs=3, activation="tanh")
    assert printed(experiment, form) == expected(experiment)
    assert max(map(len, program(experiment, form).lines)) <= COLUMNS


@pytest.mark.parametrize("form", PLAIN)
def test_the_article(form: str) -> None:
    """What the opening experiment came to when the article's figures were taken down."""
    lines = printed(Experiment(epochs=160), form)
    assert "output: -0.038612483512720945" in lines
    lines = printed(Experiment(epochs=160, algorithm="in_place"), form)
    assert "output: -0.9999746254878179" in lines
    assert lines[4:6] == ["1 , -1", "-1 , 1"]
    assert any(line.startswith("w3: gradient -0.0558993728085014") for line in lines)


# --- How they are written ------------------------------------------------------------------


def every_text(layers: tuple[int, ...] = (1, 2, 3, 4, 64)) -> list[tuple[str, str]]:
    texts = []
    for n, (algorithm, activation) in itertools.product(layers, PAIRS):
        weights = tuple((0.25, -0.5, 0.75, 1.5) * 16)[:n]
        experiment = Experiment(weights, activation=activation, algorithm=algorithm)
        forms = FORMS if n <= MOST_LAYERS else FORMS[1:]
        name = f"{n} {algorithm} {activation}"
        texts += [(f"{name} {form}", program(experiment, form).text) for form in forms]
    return texts


def test_programs_are_clean_short_python() -> None:
    for name, text in every_text():
        compile(text, name, "exec")
        assert text.isascii(), name
        assert "#:" not in text, name
        assert "\n\n\n\n" not in text, name
        assert text.endswith("\n"), name
        assert not text.endswith("\n\n"), name
        for line in text.splitlines():
            assert len(line) <= COLUMNS, (name, line)
            assert line == line.rstrip(), (name, line)


def test_every_algorithm_and_activation_has_a_text_of_its_own() -> None:
    texts = every_text((3,))
    assert len({text for name, text in texts if not name.endswith("pytorch")}) == 3 * len(PAIRS)


def test_identity_has_neither_f_nor_its_derivative() -> None:
    for algorithm in ALGORITHMS:
        for form in PLAIN:
            text = program(Experiment(algorithm=algorithm), form).text
            code = text.replace("# wrong: f'(z) = 1 is left out", "").split('"""', 2)[2]
            assert "f(" not in code.replace("print(f", ""), (algorithm, form)
            assert "slope" not in code, (algorithm, form)
            assert "f_prime" not in code, (algorithm, form)


def test_the_listing_of_three_layers_has_the_article_s_names() -> None:
    text = program(Experiment(), "unrolled").text
    for line in ("y = w1 * x", "z = w2 * y", "e = w3 * z", "upstream = e - target"):
        assert f"    {line}\n" in text
    assert "a3 = w3 * a2" in program(Experiment((1.0, 2.0, 3.0, 4.0)), "unrolled").text


@pytest.mark.parametrize(
    "name",
    ["forward", "backward", "update", "display", "predict", "calc_gradient", "train_one_sample"],
)
def test_the_framework_has_the_article_s_methods(name: str) -> None:
    text = program(Experiment(), "framework").text
    assert "class Layer:" in text
    assert "class Network:" in text
    assert f"    def {name}(self" in text
    assert "    def train(self):" in text


def test_pytorch_agrees_where_it_is_installed(tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="PyTorch is not installed: its programs only compile")
    path = tmp_path / "chain.py"
    path.write_text(program(Experiment(), "pytorch").text, encoding="utf-8")
    ran = subprocess.run([sys.executable, path], capture_output=True, text=True, check=True)
    found, wants = ran.stdout.splitlines(), expected(Experiment())
    assert len(found) == len(wants)
    numbers = [float(text) for text in found[0].split()[1:]]
    assert numbers == pytest.approx(train(Experiment()).final_weights, rel=1e-12)


def test_pytorch_says_that_its_gradients_are_right() -> None:
    for algorithm in ALGORITHMS:
        text = " ".join(program(Experiment(algorithm=algorithm), "pytorch").text.split())
        assert ("these are the right gradients" in text) == (algorithm != "backprop")
