"""engine.checking.gradient_check: of right gradients, wrong ones and tiny ones."""

import math

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from engine import Experiment, GradientCheck, Sample, UserError, Verdict, check_gradients, train
from engine.checking.gradient_check import (
    after_update,
    central_difference,
    check_after_update,
    compare,
    relative_error,
)
from engine.parameters import WEIGHT
from tests.engine import chains, oracle

FALSE_ALARMS = {Verdict.WRONG, Verdict.SUSPICIOUS}
OPENING = Experiment()
FIRST = OPENING.samples[0]


def check(
    weights: tuple[float, ...],
    x: float,
    target: float,
    epsilon: float = 1e-4,
    activation: str = "identity",
) -> tuple[GradientCheck, ...]:
    experiment = Experiment(weights, (Sample(x, target),), activation=activation)
    return check_gradients(experiment, weights, experiment.samples[0], epsilon)


# --- the numbers ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (0.0, 0.0, 0.0),
        (-0.0, 0.0, 0.0),
        (0.0, 1e-300, 1.0),
        (1.0, -1.0, 2.0),
        (2.0, 1.0, 0.5),
        (1.0, 2.0, 0.5),
        (-4.0, -3.0, 0.25),
    ],
)
def test_relative_error(a: float, b: float, expected: float) -> None:
    assert relative_error(a, b) == expected


def test_rows_say_what_was_compared() -> None:
    rows = check_gradients(OPENING, OPENING.weights, FIRST)
    assert [row.layer for row in rows] == [1, 2, 3]
    _, true = oracle.tape_gradients(OPENING.weights, 1.0, -1.0, "identity")
    for row, gradient in zip(rows, true, strict=True):
        assert row.gradient == pytest.approx(gradient, rel=1e-14)
        assert row.numeric == pytest.approx(gradient, rel=1e-9)
        assert row.absolute_error == abs(row.gradient - row.numeric)
        assert row.relative_error == relative_error(row.gradient, row.numeric)


@given(chains.chains(), chains.numbers(2.0), chains.numbers(2.0), chains.names, st.data())
def test_the_central_difference_is_its_formula(
    weights: list[float], x: float, target: float, activation: str, data: st.DataObject
) -> None:
    layer = data.draw(st.integers(1, len(weights)))
    epsilon = data.draw(st.sampled_from((1e-4, 1e-3, 1e-2)))
    up, down = list(weights), list(weights)
    up[layer - 1] += epsilon
    down[layer - 1] -= epsilon
    rise = oracle.loss_of(up, x, target, activation) - oracle.loss_of(down, x, target, activation)
    experiment = Experiment(tuple(weights), activation=activation)
    found = central_difference(experiment, weights, Sample(x, target), WEIGHT.of(layer), epsilon)
    assert found == pytest.approx(rise / (2 * epsilon), rel=1e-9, abs=1e-13 * 5000 / epsilon)


def test_it_is_the_weights_given_that_are_checked() -> None:
    later = train(OPENING).weights_before(200)
    rows = check_gradients(OPENING, later, FIRST)
    _, true = oracle.tape_gradients(later, FIRST.x, FIRST.target, "identity")
    assert [row.gradient for row in rows] == pytest.approx(true, rel=1e-12)
    assert [row.numeric for row in rows] == pytest.approx(true, rel=1e-7)


@pytest.mark.parametrize("epsilon", [1.0, 0.1, 1e-2, 1e-3, 1e-4, 1e-5])
def test_a_linear_chain_has_no_truncation_error(epsilon: float) -> None:
    for row in check_gradients(OPENING, OPENING.weights, FIRST, epsilon):
        assert row.relative_error < 1e-14 / epsilon
        assert row.verdict is Verdict.RIGHT


@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
def test_a_bent_chain_has_its_lowest_error_in_the_middle(activation: str) -> None:
    def worst(epsilon: float) -> float:
        rows = check((0.9, -0.7, 1.2), 1.1, 0.4, epsilon, activation)
        return max(row.relative_error for row in rows)

    # Truncation grows with ε²: a hundred times for ten times the ε.
    assert worst(1e-1) / worst(1e-2) == pytest.approx(100, rel=0.2)
    assert worst(1e-5) < worst(1e-2) / 1000
    assert worst(1e-5) < worst(1e-9) / 100


# --- the verdicts --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("off", "verdict"),
    [
        (0.0, Verdict.RIGHT),
        (5e-8, Verdict.RIGHT),
        (2e-7, Verdict.KINKS),
        (9e-5, Verdict.KINKS),
        (2e-4, Verdict.SUSPICIOUS),
        (9e-3, Verdict.SUSPICIOUS),
        (2e-2, Verdict.WRONG),
        (-2.0, Verdict.WRONG),
        (math.nan, Verdict.NOT_FINITE),
        (math.inf, Verdict.NOT_FINITE),
    ],
)
def test_the_bands(off: float, verdict: Verdict) -> None:
    _, true = oracle.tape_gradients(OPENING.weights, 1.0, -1.0, "identity")
    rows = compare(OPENING, OPENING.weights, FIRST, [g * (1 + off) for g in true])
    assert [row.verdict for row in rows] == [verdict] * 3


# Weights of any size but the very small, where products of them leave the floats.
sizeable = st.one_of(st.just(0.0), st.floats(1e-6, 3.0), st.floats(-3.0, -1e-6))
epsilons = st.sampled_from((1e-2, 1e-3, 1e-4, 1e-5, 1e-6))


@given(st.lists(sizeable, min_size=1, max_size=8), sizeable, sizeable, epsilons)
def test_right_gradients_of_a_linear_chain_raise_no_alarm(
    weights: list[float], x: float, target: float, epsilon: float
) -> None:
    for row in check(tuple(weights), x, target, epsilon):
        assert row.verdict not in FALSE_ALARMS, row


@given(st.lists(st.floats(0.3, 1.7), min_size=1, max_size=8), st.floats(0.3, 2.0), st.data())
def test_well_scaled_linear_chains_are_right(
    sizes: list[float], x: float, data: st.DataObject
) -> None:
    weights = tuple(w * data.draw(st.sampled_from((-1, 1))) for w in sizes)
    e = math.prod(weights) * x
    target = e + data.draw(st.sampled_from((-1, 1))) * max(1.0, abs(e))
    assume(abs(e) > 1e-3)
    for row in check(weights, x, target):
        assert row.verdict is Verdict.RIGHT, row


@given(st.lists(st.floats(0.3, 1.5), min_size=1, max_size=5), st.floats(0.3, 1.5), st.data())
def test_right_gradients_of_a_bent_chain_raise_no_alarm(
    weights: list[float], x: float, data: st.DataObject
) -> None:
    activation = data.draw(st.sampled_from(("tanh", "sigmoid", "relu")))
    for row in check(tuple(weights), x, -1.0, 1e-4, activation):
        assert row.verdict not in FALSE_ALARMS, row


@given(
    st.lists(st.floats(0.3, 1.7), min_size=1, max_size=6),
    st.floats(0.3, 2.0),
    st.sampled_from((-1.0, 0.0, 0.5, 1.1, 2.0)),
)
def test_wrong_gradients_are_caught(sizes: list[float], x: float, factor: float) -> None:
    experiment = Experiment(tuple(sizes), (Sample(x, -1.0),))
    _, true = oracle.tape_gradients(sizes, x, -1.0, "identity")
    rows = compare(experiment, sizes, experiment.samples[0], [g * factor for g in true])
    assert {row.verdict for row in rows} == {Verdict.WRONG}


def test_a_wrong_gradient_is_caught_close_to_the_end_of_training() -> None:
    experiment = Experiment((0.8, 1.2), (Sample(1.0, 0.96 + 1e-3),))
    _, true = oracle.tape_gradients(experiment.weights, 1.0, 0.96 + 1e-3, "identity")
    rows = compare(experiment, experiment.weights, experiment.samples[0], [-g for g in true])
    assert {row.verdict for row in rows} == {Verdict.WRONG}


@example([0.7, 0.9, 1.3], 1.0)
@example([1.1, 0.3], 1.0)
@given(st.lists(st.floats(0.1, 2.0), min_size=1, max_size=6), st.floats(0.1, 2.0))
def test_no_false_alarm_where_the_target_is_met(weights: list[float], x: float) -> None:
    # The gradient vanishes, and nothing but rounding is left of the difference.
    e = x
    for w in weights:
        e *= w
    for row in check(tuple(weights), x, e):
        assert row.gradient == 0.0
        assert row.verdict not in FALSE_ALARMS, row


@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
def test_no_false_alarm_where_a_bent_chain_meets_its_target(activation: str) -> None:
    # The gradient vanishes, and the difference keeps what it misses of the bending loss.
    experiment = Experiment((0.9, -1.1), (Sample(1.0, 0.4),), 0.5, 3000, activation)
    run, sample = train(experiment), experiment.samples[0]
    verdicts = set()
    for update in range(0, run.updates, 25):
        rows = check_gradients(experiment, run.weights_before(update), sample)
        verdicts |= {row.verdict for row in rows}
    assert not verdicts & FALSE_ALARMS
    assert Verdict.TRUNCATED in verdicts


def test_truncation_excuses_no_wrong_gradient() -> None:
    experiment = Experiment((0.9, -1.1), (Sample(1.0, 0.4),), activation="tanh")
    _, true = oracle.tape_gradients(experiment.weights, 1.0, 0.4, "tanh")
    for epsilon in (1e-3, 1e-4, 1e-5):
        rows = compare(
            experiment,
            experiment.weights,
            experiment.samples[0],
            [g * 1.001 for g in true],
            epsilon,
        )
        assert {row.verdict for row in rows} == {Verdict.SUSPICIOUS}


def test_the_comparison_after_an_update_is_the_articles() -> None:
    experiment = Experiment(algorithm="in_place")
    rows = check_after_update(experiment, experiment.weights, FIRST)
    ((_, first), *_) = after_update(experiment, 1e-4)
    assert rows == first
    assert round(rows[2].numeric, 6) == -0.052914


def test_no_false_alarm_on_the_way_to_the_end_of_training() -> None:
    run = train(Experiment(epochs=2000))
    for epoch in range(0, 2000, 20):
        weights = run.weights_before(2 * epoch)
        for row in check_gradients(run.experiment, weights, FIRST):
            assert row.verdict not in FALSE_ALARMS, (epoch, row)


@pytest.mark.parametrize("activation", chains.ACTIVATIONS)
def test_no_false_alarm_where_nothing_can_be_seen(activation: str) -> None:
    for weights in ((0.0, 0.0, 0.0), (1e-8, 1e-8, 1e-8), (0.01,) * 12):
        for row in check(weights, 1.0, -1.0, activation=activation):
            assert row.verdict not in FALSE_ALARMS, row


def test_a_closed_relu_is_right() -> None:
    for row in check((-1.0, 2.0), 1.0, 3.0, activation="relu"):
        assert (row.gradient, row.numeric, row.verdict) == (0.0, 0.0, Verdict.RIGHT)


def test_a_difference_below_rounding_is_too_small_to_tell() -> None:
    # Here the gradient is 1e-12, far below what a difference of losses near ½ can resolve.
    rows = check((1e-4, 1e-4, 1e-4, 1e-4), 1.0, -1.0)
    assert {row.verdict for row in rows} <= {Verdict.UNRESOLVED, Verdict.RIGHT}
    assert Verdict.UNRESOLVED in {row.verdict for row in rows}


@pytest.mark.parametrize("weights", [(math.nan, 1.0), (math.inf, 1.0), (1e200, 1e200)])
def test_numbers_that_have_run_away_are_not_finite(weights: tuple[float, ...]) -> None:
    for row in check_gradients(Experiment(weights=(1.0, 1.0)), weights, FIRST):
        assert row.verdict is Verdict.NOT_FINITE


@pytest.mark.parametrize("epsilon", [0, -1e-4, math.nan, math.inf, True, "1e-4", None])
def test_a_refused_epsilon(epsilon: float) -> None:
    with pytest.raises(UserError, match="epsilon must be") as caught:
        check_gradients(OPENING, OPENING.weights, FIRST, epsilon)
    assert repr(epsilon) in str(caught.value)


@pytest.mark.parametrize("epsilon", [5e-324, 1e-300, 1e300, 1e308])
def test_an_absurd_epsilon_raises_nothing_and_calls_nothing_wrong(epsilon: float) -> None:
    for row in check_gradients(OPENING, OPENING.weights, FIRST, epsilon):
        assert row.verdict in {Verdict.UNRESOLVED, Verdict.NOT_FINITE}


# --- progress ------------------------------------------------------------------------------


def test_the_share_that_is_done_counts_the_layers_that_are_run() -> None:
    told: list[float] = []
    experiment = Experiment((0.5, 0.4, 0.3, 0.2), (FIRST,))
    check_gradients(experiment, experiment.weights, FIRST, progress=told.append)
    # From layer i on: what is left to do shrinks like the area of a triangle.
    assert told == [1 - (left / 4) ** 2 for left in (3, 2, 1, 0)]


def test_an_epoch_is_checked_in_equal_parts() -> None:
    told: list[float] = []
    experiment = Experiment((0.5, 0.4), (FIRST, Sample(0.5, 1.0), Sample(2.0, 0.0)))
    for number, _ in after_update(experiment, 1e-4, progress=told.append):
        assert told[-1] == pytest.approx(number / 3)
    assert told == pytest.approx([s / 3 + p / 3 for s in range(3) for p in (0.75, 1.0)])


@pytest.mark.parametrize(
    ("experiment", "verdict"),
    [
        # No factor of the gradient is 0, but their product is too small for a float.
        (Experiment((1.0, 1.0), (Sample(1e-200, 1e-200 * 1e-10),)), Verdict.UNDERFLOW),
        # The target is so near that e − ê rounds to 0: nothing underflows there.
        (Experiment((1.0,), (Sample(0.0, 1.0),)), Verdict.RIGHT),
    ],
)
def test_a_gradient_that_is_lost_is_told_from_one_that_is_0(
    experiment: Experiment, verdict: Verdict
) -> None:
    rows = check_gradients(experiment, experiment.weights, experiment.samples[0])
    assert [(row.gradient, row.numeric) for row in rows] == [(0.0, 0.0)] * experiment.layers
    assert {row.verdict for row in rows} == {verdict}


def test_results_are_tuples_that_nobody_changes() -> None:
    rows = check_gradients(OPENING, OPENING.weights, FIRST)
    assert isinstance(rows, tuple)
    assert isinstance(compare(OPENING, OPENING.weights, FIRST, [0.0] * 3), tuple)


def test_the_error_of_numbers_too_far_apart_has_no_sign() -> None:
    assert relative_error(-1.7e308, 1.7e308) == relative_error(1.7e308, -1.7e308) == 2.0
