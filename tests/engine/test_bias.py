"""A bias in every layer: the figures, and differences that know no chain rule."""

from __future__ import annotations

import contextlib
import csv
import io
import math
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Experiment, Sample, UserError, check_gradients, moment_at, train
from engine.activations import ACTIVATIONS
from engine.chain_rule.derivation import derivation
from engine.chain_rule.multiplications import count
from engine.checking.conclusion import OverallVerdict, conclude
from engine.diagnosis import invariants
from engine.files.experiment_file import from_json, to_json
from engine.history import csv_rows
from engine.maps.trainability import axis, trainability
from engine.moment import length
from engine.parameters import BIAS, WEIGHT
from engine.presets import preset_named
from engine.programs import COLUMNS, program
from engine.steps import Phase, steps_of, steps_per_sample
from tests.engine import chains, oracle

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.engine.conftest import Outcome

    Chainstep = Callable[..., Outcome]

BIASES = ("--biases", "0", "0", "0")
ZERO = Experiment(biases=(0, 0, 0))
LINE = preset_named("bias_line").experiment

numbers = st.lists(chains.numbers(1.5), min_size=1, max_size=5)


@st.composite
def biased(draw: st.DrawFn, activation: str = "tanh", algorithm: str = "backprop") -> Experiment:
    weights = draw(numbers)
    size = len(weights)
    biases = draw(st.lists(chains.numbers(1.5), min_size=size, max_size=size))
    pair = st.builds(Sample, chains.numbers(1.5), chains.numbers(1.5))
    samples = draw(st.lists(pair, min_size=1, max_size=3))
    return Experiment(weights, samples, 0.1, 2, activation, algorithm, biases)


def answer(weights: list[float], biases: list[float], x: float, activation: str) -> float:
    """Return e, by the functions of the oracle."""
    for w, b in zip(weights, biases, strict=True):
        x = oracle.BENT[activation](w * x + b)[0]
    return x


def slope(experiment: Experiment, row: str, i: int, sample: Sample) -> float:
    """Return ∂L/∂θ by a difference of fourth order."""
    h = 1e-3

    def loss(moved: float) -> float:
        rows = {"weights": list(experiment.weights), "biases": list(experiment.biases)}
        rows[row][i] += moved
        e = answer(rows["weights"], rows["biases"], sample.x, experiment.activation)
        return 0.5 * (e - sample.target) ** 2

    near, far = loss(h) - loss(-h), loss(2 * h) - loss(-2 * h)
    return (8 * near - far) / (12 * h)


# --- the figures -----------------------------------------------------------------------------


def test_the_first_sample_of_the_opening_experiment() -> None:
    run = train(ZERO)
    moment = moment_at(run, steps_per_sample(ZERO.structure))
    assert moment.bias_gradients == (0.1249122161434036, -0.5361039319459382, 1.028338925337)
    assert moment.gradients == moment_at(train(Experiment()), 13).gradients


def test_240_epochs_of_the_opening_experiment() -> None:
    run = train(ZERO)
    assert run.final_weights == (0.9928460878970397, 0.9876370117907841, -1.0198134003667279)
    assert run.final_biases == (
        *(-0.0007601228106502294, 0.0006008249016798596),
        -0.00015287055831807452,
    )
    assert (run.converged_at, train(Experiment()).converged_at) == (176, 191)


def test_a_line_that_does_not_go_through_0() -> None:
    run = train(LINE)
    assert run.final_weights == pytest.approx((1.9999975,), abs=1e-8)
    assert run.final_biases == pytest.approx((1.00000027,), abs=1e-8)
    assert run.converged_at == 17
    without = train(replace(LINE, biases=()))
    assert without.converged_at is None
    assert sum(without.epoch(60).losses) / 3 == pytest.approx(0.536, abs=1e-3)


def test_what_the_bias_learns_first() -> None:
    run = train(preset_named("bias_first").experiment)

    def answers(epoch: int) -> list[float]:
        theta = run.theta_before(2 * epoch)
        return [answer([*theta[:3]], [*theta[3:]], x, "identity") for x in (1.0, -1.0)]

    assert all(abs(e - 1.0) < 0.05 for e in answers(20))
    assert abs(answers(0)[0]) < 0.05
    assert abs(answers(40)[0] - answers(40)[1]) < 0.1
    assert answers(240) == pytest.approx([0.0, 2.0], abs=1e-6)


# --- the steps -------------------------------------------------------------------------------


def order(algorithm: str) -> str:
    """Return the steps after the seed for two layers: g2 b2 p2 …, w and b for updates."""
    letters = {Phase.GRADIENT: "g", Phase.PASS_ON: "p", Phase.UPDATE: "u"}
    steps = steps_of(replace(ZERO, weights=(1, 1), biases=(0, 0), algorithm=algorithm).structure)
    return " ".join(
        letters[step.phase] + ("b" if "bias" in step.result.quantity else "") + str(step.layer)
        for step in steps
        if step.phase in letters
    )


@pytest.mark.parametrize(
    ("algorithm", "expected"),
    [
        ("backprop", "g2 gb2 p2 g1 gb1 u2 ub2 u1 ub1"),
        ("in_place", "g2 gb2 u2 ub2 p2 g1 gb1 u1 ub1"),
        ("front_to_back", "g1 gb1 p1 g2 gb2 u2 ub2 u1 ub1"),
        ("own_output", "g2 gb2 p2 g1 gb1 u2 ub2 u1 ub1"),
    ],
)
def test_the_order_of_the_steps(algorithm: str, expected: str) -> None:
    assert order(algorithm) == expected


@pytest.mark.parametrize("algorithm", chains.ALGORITHMS)
def test_a_sample_has_6n_plus_1_steps(algorithm: str) -> None:
    for n in (1, 2, 5):
        experiment = Experiment((0.5,) * n, algorithm=algorithm, biases=(0.1,) * n)
        assert len(steps_of(experiment.structure)) == steps_per_sample(experiment.structure)
        assert steps_per_sample(experiment.structure) == 6 * n + 1


@pytest.mark.parametrize("activation", [name for name, f in ACTIVATIONS.items() if not f.kinks])
@given(st.data())
def test_every_gradient_is_the_slope_of_the_loss(activation: str, data: st.DataObject) -> None:
    experiment = data.draw(biased(activation))
    sample = experiment.samples[0]
    moment = moment_at(train(experiment), steps_per_sample(experiment.structure))
    for i in range(experiment.layers):
        found = (moment.gradients[i], moment.bias_gradients[i])
        for value, row in zip(found, ("weights", "biases"), strict=True):
            assert value == pytest.approx(slope(experiment, row, i, sample), rel=1e-5, abs=1e-7)


@given(biased("identity"))
def test_in_a_linear_chain_it_is_the_public_derivative_itself(experiment: Experiment) -> None:
    moment = moment_at(train(experiment), steps_per_sample(experiment.structure))
    assert moment.bias_gradients == moment.upstreams


@pytest.mark.parametrize("algorithm", chains.ALGORITHMS)
@given(st.data())
def test_a_moment_and_the_training_agree(algorithm: str, data: st.DataObject) -> None:
    experiment = data.draw(biased("sigmoid", algorithm))
    run = train(experiment)
    last = moment_at(run, length(run))
    assert last.weights == run.final_weights
    assert last.biases == run.final_biases
    rate = experiment.learning_rate
    for old, new, gradient in zip(
        last.biases_before, last.biases, last.bias_gradients, strict=True
    ):
        assert gradient is not None
        assert new == pytest.approx(old - rate * gradient, rel=1e-12, abs=1e-15)


def test_front_to_back_multiplies_the_bias_gradient_by_the_layers_own_weight() -> None:
    experiment = Experiment(
        (0.5, -0.8), (Sample(1.0, 0.2),), 0.1, 1, "tanh", "front_to_back", (0.1, 0.3)
    )
    moment = moment_at(train(experiment), 13)
    y = math.tanh(0.5 + 0.1)
    e = math.tanh(-0.8 * y + 0.3)
    p = (e - 0.2) * (1 - e * e) * -0.8
    first = p * (1 - y * y) * 0.5
    assert moment.bias_gradients == pytest.approx((first, first * (1 - e * e) * -0.8), rel=1e-12)


def test_without_biases_everything_is_as_before() -> None:
    moment = moment_at(train(Experiment()), 13)
    assert moment.biases == moment.biases_before == moment.bias_gradients == ()
    assert train(Experiment()).final_biases == ()


# --- the check, the chain rule, programs, maps ------------------------------------------------


def test_the_check_names_every_parameter() -> None:
    rows = check_gradients(ZERO, ZERO.weights, ZERO.samples[0])
    assert [row.parameter for row in rows] == ["w1", "b1", "w2", "b2", "w3", "b3"]
    assert all(row.verdict == "right" for row in rows)


@pytest.mark.parametrize("algorithm", chains.ALGORITHMS[1:])
def test_the_check_catches_every_mistake(algorithm: str) -> None:
    experiment = Experiment(activation="tanh", algorithm=algorithm, biases=(0.1, 0.2, 0.3))
    sample = experiment.samples[0]
    rows = check_gradients(experiment, experiment.theta, sample)
    found = conclude(experiment, experiment.theta, sample, rows, 1e-4)
    assert found.verdict is OverallVerdict.CAUGHT
    caught = {name.quantity for name in found.caught}
    alone = algorithm == "own_output"
    assert caught == ({WEIGHT.quantity} if alone else {WEIGHT.quantity, BIAS.quantity})


@given(biased("tanh"))
def test_the_chain_rule_has_a_row_for_each(experiment: Experiment) -> None:
    sample = experiment.samples[0]
    parts = (sample.x, sample.target, experiment.activation, experiment.parameters)
    found = derivation(experiment.theta, *parts)
    assert len(found.rows) == 2 * experiment.layers
    assert found.disagreement == 0.0
    for row in found.rows:
        assert row.value == math.prod(factor.value for factor in row.factors)


def test_their_gradients_cost_no_multiplication_of_their_own() -> None:
    for n in (1, 3, 10):
        counted = count(n, "tanh", (WEIGHT, BIAS))
        assert counted.backprop == count(n, "tanh").backprop
        assert counted.written_out > count(n, "tanh").written_out or n == 1


@pytest.mark.parametrize("activation", chains.ACTIVATIONS)
@pytest.mark.parametrize("algorithm", chains.ALGORITHMS)
def test_programs_print_what_the_engine_says(algorithm: str, activation: str) -> None:
    for n in (1, 2, 4, 6):
        weights, biases = (0.5, -0.75, 1.25, 0.9, -1.1, 0.7)[:n], (0.1, -0.2, 0.3, 0, 1, 2)[:n]
        samples = (Sample(1.0, -1.0), Sample(0.5, 0.25))
        experiment = Experiment(weights, samples, 0.1, 5, activation, algorithm, biases)
        run = train(experiment)
        rows = check_gradients(experiment, experiment.theta, samples[0])
        for form in ("unrolled", "loop", "framework", "pytorch"):
            if form == "unrolled" and n > 4:
                continue
            written = program(experiment, form)
            assert max(map(len, written.lines)) <= COLUMNS, (form, n)
            if form == "pytorch":
                compile(written.text, form, "exec")
                continue
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                exec(compile(written.text, form, "exec"), {})  # noqa: S102 - our own
            lines = out.getvalue().splitlines()
            assert lines[0] == " ".join(["weights:", *map(repr, run.final_weights)])
            assert lines[1] == " ".join(["biases:", *map(repr, run.final_biases)])
            for row in rows:
                wanted = f"{row.parameter}: gradient {row.gradient!r}, central difference"
                assert any(line.startswith(wanted) for line in lines), (form, wanted)


def test_a_map_runs_over_a_bias() -> None:
    start = replace(LINE, epochs=20)
    seen = trainability(start, axis(start, "b1", -2, 2, 3), axis(start, "w1", -2, 2, 3))
    for row, w in enumerate((-2.0, 0.0, 2.0)):
        for column, b in enumerate((-2.0, 0.0, 2.0)):
            run = train(replace(start, weights=(w,), biases=(b,)))
            loss = sum(run.epoch(20).losses) / 3
            assert seen.final_loss[row, column] == pytest.approx(loss, rel=1e-15)
            assert seen.at(row, column).experiment == run.experiment


# --- files and commands ------------------------------------------------------------------------


@given(biased())
def test_files_keep_biases(experiment: Experiment) -> None:
    assert from_json(to_json(experiment)) == experiment


def test_a_file_without_biases_is_that_of_the_first_version() -> None:
    assert "biases" not in to_json(Experiment())
    assert from_json(to_json(Experiment())).biases == ()


@pytest.mark.parametrize("biases", [(0.0,), (0.0,) * 4, (0.0, math.inf, 0.0), "abc", 5])
def test_biases_are_one_for_each_layer(biases: object) -> None:
    with pytest.raises(UserError, match="biases"):
        Experiment(biases=biases)  # type: ignore[arg-type]


def test_train_tells_the_final_biases(chainstep: Chainstep) -> None:
    found = chainstep("train", *BIASES, "--json").json()
    assert tuple(found["final_biases"]) == train(ZERO).final_biases
    assert chainstep("train", "--json").json()["final_biases"] == []
    lines = chainstep("train", *BIASES).out.splitlines()
    assert [line.split("  ")[0] for line in lines[1:5]] == [
        *("initial weights", "final weights", "initial biases", "final biases")
    ]


def test_check_tells_the_parameter(chainstep: Chainstep) -> None:
    rows = chainstep("check", *BIASES, "--json").json()
    assert [row["parameter"] for row in rows[:3]] == ["w1", "b1", "w2"]
    assert {row["parameter"] for row in chainstep("check", "--json").json()} == {
        *("w1", "w2", "w3")
    }


def test_a_random_start_has_biases_of_its_own_length(chainstep: Chainstep) -> None:
    arguments = ("--preset", "bias_first", "--layers", "5", "--seed", "1", "--epochs", "0")
    found = from_json(chainstep("experiment", "-", *arguments).out)
    assert (found.layers, found.biases) == (5, (0.0,) * 5)


def test_the_table_has_columns_of_them_after_those_of_the_weights(
    chainstep: Chainstep, tmp_path: Path
) -> None:
    out = tmp_path / "run.csv"
    assert chainstep("train", *BIASES, "--csv", out).status == 0
    rows = list(csv.DictReader(out.read_text("utf-8").splitlines()))
    names = [f"{letter}{i}" for letter in "wgbh" for i in (1, 2, 3)]
    assert list(rows[0]) == ["update", "epoch", "sample", "x", "target", "output", "loss", *names]
    moment = moment_at(train(ZERO), 19)
    assert [float(rows[0][f"h{i}"]) for i in (1, 2, 3)] == list(moment.bias_gradients)
    assert [float(rows[1][f"b{i}"]) for i in (1, 2, 3)] == list(moment.biases)
    assert next(iter(csv_rows(train(Experiment(epochs=1))))).strip().endswith("g3")


@given(biased("identity"))
def test_what_gradient_flow_conserves(experiment: Experiment) -> None:
    # d/dt(w² + b² − v²) = −2(w·∂L/∂w + b·∂L/∂b − v·∂L/∂v), v the weight of the next layer.
    moment = moment_at(train(experiment), steps_per_sample(experiment.structure))
    sizes = [abs(number) for number in (*experiment.theta, *filter(None, moment.outputs))]
    for i in range(experiment.layers - 1):
        w, v = experiment.weights[i], experiment.weights[i + 1]
        g, h, next_ = moment.gradients[i], moment.bias_gradients[i], moment.gradients[i + 1]
        assert g is not None
        assert h is not None
        assert next_ is not None
        gain = w * g + experiment.biases[i] * h - v * next_
        assert abs(gain) <= 1e-12 * (1 + max(sizes)) ** 6
    before = invariants(experiment.theta, experiment.parameters)
    assert before == pytest.approx(
        [
            w * w + b * b - v * v
            for w, b, v in zip(
                experiment.weights, experiment.biases, experiment.weights[1:], strict=False
            )
        ]
    )
