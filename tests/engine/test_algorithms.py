"""engine.algorithms: an algorithm is the list of its steps, and nothing else has to be written.

The algorithms here are made up, and known to no file of the engine.
"""

from __future__ import annotations

import ast
import contextlib
import io
import struct
import sys
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

import engine.training.loops
from engine import Experiment, Sample, Verdict, check_gradients, moment_at, train
from engine.activations import ACTIVATIONS
from engine.algorithms import ALGORITHMS, CORRECT, Algorithm
from engine.algorithms.backprop import backward as right
from engine.algorithms.rules import gradients, pass_on, seed, slope, updates, upstream
from engine.algorithms.step import Phase, Step, Words
from engine.checking.conclusion import OverallVerdict, conclude
from engine.checking.conclusion_words import sentences
from engine.expressions import product, total
from engine.files.experiment_file import from_json, to_json
from engine.history import rows
from engine.maps.trainability import axis, trainability
from engine.moment import length
from engine.programs import COLUMNS, FORMS, program
from engine.quantities import Quantity
from engine.steps import is_public, steps_of
from engine.training.compiled import possible
from engine.words import Say
from tests.engine import chains

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from engine.parameters import Parameter
    from tests.engine.conftest import Outcome

SAMPLES = (Sample(1.5, -0.5), Sample(-0.8, 0.9))
WEIGHTS = (0.7, -1.1, 0.4)


# --- three algorithms that nobody knows ----------------------------------------------------


def doubled(n: int, parameters: Sequence[Parameter]) -> Iterator[Step]:
    """Yield the steps of backpropagation, every gradient counted twice."""
    for step in right(n, parameters):
        twice = total(step.expression, step.expression)
        words = Words("twice the gradient", comment="wrong: twice")
        yield replace(step, expression=twice, words=words) if step.phase is Phase.GRADIENT else step


def weightless(n: int, parameters: Sequence[Parameter]) -> Iterator[Step]:
    """Yield steps that forget the weight when the derivative is passed on."""
    for step in right(n, parameters):
        passed = product(upstream(step.layer), slope(step.layer))
        yield replace(step, expression=passed) if step.phase is Phase.PASS_ON else step


def upwards(n: int, parameters: Sequence[Parameter]) -> Iterator[Step]:
    """Yield the steps of backpropagation, but for the updates, which begin at the first layer."""
    yield seed(n)
    for i in range(n, 0, -1):
        yield from gradients(i, parameters)
        if i > 1:
            yield pass_on(i)
    for i in range(1, n + 1):
        yield from updates(i, parameters)


@dataclass(frozen=True)
class MadeUp:
    """An algorithm, and the gradients it should compute, from ∂L/∂e, a₀ … aₙ, f′ and weights."""

    algorithm: Algorithm
    gradients: Callable[[float, list[float], list[float], list[float]], list[float]]
    wrong: tuple[int, ...]
    public: tuple[int, ...]


def passed_back(
    upstream: float, a: list[float], slopes: list[float], weights: list[float]
) -> list[float]:
    found = []
    for i in reversed(range(len(weights))):
        found.append(upstream * slopes[i] * a[i])
        upstream = upstream * slopes[i] * weights[i]
    return found[::-1]


MADE_UP = [
    MadeUp(
        Algorithm("doubled", "Doubled", "Twice.", doubled, "it counts every gradient twice"),
        lambda *pass_: [g + g for g in passed_back(*pass_)],
        wrong=(1, 2, 3),
        public=(1, 2, 3),
    ),
    MadeUp(
        Algorithm(
            "weightless",
            "Weightless",
            "No weight.",
            weightless,
            "it passes no weight on",
            untouched="Right at {layers}: nothing has been passed on.",
        ),
        lambda u, a, slopes, w: passed_back(u, a, slopes, [1.0] * len(w)),
        wrong=(1, 2),
        public=(3,),
    ),
    MadeUp(
        Algorithm("upwards", "Upwards", "Upwards.", upwards),
        passed_back,
        wrong=(),
        public=(1, 2, 3),
    ),
]


@pytest.fixture(params=MADE_UP, ids=lambda made: made.algorithm.name)
def made_up(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> MadeUp:
    """Put an algorithm on the list, as its line in engine/algorithms/__init__.py would."""
    made: MadeUp = request.param
    longer = MappingProxyType({**ALGORITHMS, made.algorithm.name: made.algorithm})
    for name, module in list(sys.modules.items()):
        if name.startswith("engine") and getattr(module, "ALGORITHMS", None) is ALGORITHMS:
            monkeypatch.setattr(module, "ALGORITHMS", longer)
    return made


def experiment_of(made: MadeUp, activation: str = "tanh", epochs: int = 7) -> Experiment:
    return Experiment(WEIGHTS, SAMPLES, 0.05, epochs, activation, made.algorithm.name)


def bits(numbers: Sequence[float]) -> bytes:
    return struct.pack(f"{len(numbers)}d", *numbers)


def by_hand(made: MadeUp, experiment: Experiment) -> tuple[list[list[float]], list[list[float]]]:
    """Return the weights before each update, the last ones after all, and all gradients."""
    f = ACTIVATIONS[experiment.activation]
    weights, met, found = [list(experiment.weights)], [], []
    for _ in range(experiment.epochs):
        for sample in experiment.samples:
            a = [sample.x]
            for w in weights[-1]:
                a.append(f.function(w * a[-1]))
            slopes = [f.derivative(output) for output in a[1:]]
            found = made.gradients(a[-1] - sample.target, a, slopes, weights[-1])
            met.append(found)
            pairs = zip(weights[-1], found, strict=True)
            weights.append([w - experiment.learning_rate * g for w, g in pairs])
    return weights, met


# --- they run everywhere -------------------------------------------------------------------


@pytest.mark.parametrize("activation", chains.ACTIVATIONS)
@pytest.mark.parametrize("epochs", [7, 1200], ids=["as it stands", "written out"])
def test_it_trains(made_up: MadeUp, activation: str, epochs: int) -> None:
    experiment = experiment_of(made_up, activation, epochs)
    run, (weights, met) = train(experiment), by_hand(made_up, experiment)
    for update in (0, 1, 2, run.updates // 2, run.updates - 1, run.updates):
        assert bits(run.weights_before(update)) == bits(weights[update])
    assert [bits(row.gradients) for row in rows(run, 0, 14)] == list(map(bits, met[:14]))


@pytest.mark.skipif(not possible(), reason="Numba is not installed")
@pytest.mark.timeout(300)
def test_it_is_compiled(made_up: MadeUp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine.training.loops, "LARGE", 0)
    monkeypatch.setattr(engine.training.loops, "READY", 0)
    monkeypatch.setattr(engine.training.loops, "_ready", {})
    experiment = experiment_of(made_up)
    run, (weights, _) = train(experiment), by_hand(made_up, experiment)
    assert engine.training.loops._ready
    assert bits(run.final_weights) == bits(weights[-1])


@pytest.mark.parametrize("activation", ["identity", "sigmoid"])
def test_it_can_be_stepped_through(made_up: MadeUp, activation: str) -> None:
    experiment = experiment_of(made_up, activation, 3)
    run, (weights, met) = train(experiment), by_hand(made_up, experiment)
    steps = steps_of(experiment.structure)
    assert length(run) == 6 * len(steps) == 6 * 13
    for index in range(1, length(run) + 1):
        moment = moment_at(run, index)
        update, position = divmod(index - 1, len(steps))
        assert moment.step == steps[position]
        assert moment.computation is not None
        assert moment.numbers[moment.step.result] == moment.computation.result.value
        if position == len(steps) - 1:
            assert bits(moment.weights) == bits(weights[update + 1])
            assert moment.gradients == tuple(met[update])


@pytest.mark.parametrize("activation", chains.ACTIVATIONS)
@pytest.mark.parametrize("form", [form for form in FORMS if form != "pytorch"])
def test_its_programs_print_what_it_comes_to(made_up: MadeUp, form: str, activation: str) -> None:
    experiment = experiment_of(made_up, activation)
    written, out = program(experiment, form), io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(written.text, form, "exec"), {"__name__": "__main__"})  # noqa: S102
    weights, _ = by_hand(made_up, experiment)
    lines = out.getvalue().splitlines()
    assert lines[0] == " ".join(["weights:", *map(repr, weights[-1])])
    found = [
        f"w{row.layer}: gradient {row.gradient!r},"
        for sample in SAMPLES
        for row in check_gradients(experiment, WEIGHTS, sample)
    ]
    printed = [line for line in lines if ": gradient " in line]
    assert [line[: len(start)] for line, start in zip(printed, found, strict=True)] == found
    for step in steps_of(experiment.structure):
        for number in written.lines_of(step):
            assert number in written.core
    assert max(map(len, written.lines)) <= COLUMNS


def test_its_program_for_pytorch_says_that_it_is_wrong(made_up: MadeUp) -> None:
    written = program(experiment_of(made_up), "pytorch")
    compile(written.text, "pytorch", "exec")
    said = ast.get_docstring(ast.parse(written.text)) or ""
    assert (made_up.algorithm.name in said) == bool(made_up.wrong)
    for step in steps_of(experiment_of(made_up).structure):
        assert written.lines_of(step)


def test_it_has_a_map(made_up: MadeUp) -> None:
    experiment = experiment_of(made_up, epochs=20)
    sides = axis(experiment, "w1", -2, 2, 5), axis(experiment, "learning_rate", 0.01, 0.4, 4)
    seen = trainability(experiment, *sides)
    for row in range(4):
        for column in range(5):
            there = seen.at(row, column).experiment
            last = train(there).epoch(20).losses
            assert seen.final_loss[row, column] == (last[0] + last[1]) / 2


def test_the_check_tells_what_is_wrong(made_up: MadeUp) -> None:
    experiment = experiment_of(made_up)
    found = check_gradients(experiment, WEIGHTS, SAMPLES[0])
    assert {row.layer for row in found if row.verdict is Verdict.WRONG} == set(made_up.wrong)
    of = conclude(experiment, WEIGHTS, SAMPLES[0], found, 1e-4)
    assert of.verdict is (OverallVerdict.CAUGHT if made_up.wrong else OverallVerdict.RIGHT)
    assert tuple(name.layer for name in of.caught) == made_up.wrong
    spoken = sentences(of, experiment, Say(), str)
    if made_up.algorithm.untouched:
        assert spoken[1:] == ("Right at layer 3: nothing has been passed on.",)
    else:
        assert len(spoken) == 1


def test_it_is_known_which_numbers_are_public_derivatives(made_up: MadeUp) -> None:
    structure = experiment_of(made_up).structure
    assert tuple(i for i in (1, 2, 3) if is_public(structure, i)) == made_up.public
    assert made_up.algorithm.is_right == (not made_up.wrong)


@pytest.mark.parametrize("command", ["train", "check", "diagnose", "code", "count"])
def test_the_commands_take_it(
    made_up: MadeUp, command: str, chainstep: Callable[..., Outcome]
) -> None:
    name = made_up.algorithm.name
    outcome = chainstep(command, *(["--algorithm", name] if command != "count" else []))
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out


def test_it_is_saved_and_opened(made_up: MadeUp) -> None:
    experiment = experiment_of(made_up)
    assert from_json(to_json(experiment)) == experiment


# --- those that there are ------------------------------------------------------------------


def test_the_right_one_is_first_and_alone() -> None:
    assert tuple(ALGORITHMS) == chains.ALGORITHMS
    assert [name for name, one in ALGORITHMS.items() if one.is_right] == [CORRECT]
    assert next(iter(ALGORITHMS)) == CORRECT
    assert all(name == one.name for name, one in ALGORITHMS.items())


@pytest.mark.parametrize("one", ALGORITHMS.values(), ids=lambda one: one.name)
def test_each_has_its_words(one: Algorithm) -> None:
    titles = [other.title for other in ALGORITHMS.values()]
    assert titles.count(one.title) == 1
    assert one.note.endswith(".")
    told = (one.harmless, one.harmless_everywhere, one.untouched, one.untouched_everywhere)
    for sentence in filter(None, told):
        assert sentence.endswith(".")
    for activation in ("identity", "tanh"):
        for step in steps_of(Experiment(algorithm=one.name, activation=activation).structure):
            said = step.words.of(linear=activation == "identity")
            assert said
            assert not said.endswith(".")


@pytest.mark.parametrize("one", ALGORITHMS.values(), ids=lambda one: one.name)
def test_a_mistake_is_commented_where_it_is_made(one: Algorithm) -> None:
    steps = steps_of(Experiment(algorithm=one.name, activation="tanh").structure)
    comments = {step.words.comment_of(linear=False) for step in steps} - {""}
    assert len(comments) == (0 if one.is_right else 1)
    assert all(comment.startswith("wrong: ") for comment in comments)


@pytest.mark.parametrize("name", chains.ALGORITHMS)
def test_no_forward_pass_is_an_algorithm_s_own(name: str) -> None:
    ahead = {Quantity.OUTPUT, Quantity.LOSS}
    steps = list(ALGORITHMS[name].backward(3, Experiment().parameters))
    assert not ahead & {step.result.quantity for step in steps}
