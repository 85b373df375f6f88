"""gui.panels.gradient_check.picture and error_curves: what the panel says, of every kind of run."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Experiment, Sample, UserError, Verdict, check_gradients
from engine.checking.conclusion import OverallVerdict
from engine.checking.conclusion_words import named
from engine.checking.error_curve import EPSILONS, error_curve
from engine.checking.gradient_check import checked_epsilon
from engine.quantities import Name, Quantity
from engine.words import Say
from gui.language.numbers import POINT, parsed, rounded
from gui.panels.gradient_check.picture import (
    MARKS,
    CheckPicture,
    check_picture,
    found,
    subject,
)
from gui.panels.gradient_check.picture.curves import (
    HIGHEST,
    NONE,
    ErrorCurves,
    curves_picture,
)
from gui.panels.gradient_check.picture.epsilons import (
    LAST_TICK,
    complaint,
    epsilon_at,
    tick_of,
)
from gui.status.picture import status_picture
from tests.engine import chains, oracle
from tests.gui import examples

if TYPE_CHECKING:
    from gui.state import State


def curves_of(state: State) -> ErrorCurves:
    of = subject(state)
    return ErrorCurves(
        tuple(
            error_curve(of.experiment, of.theta, of.sample, Name(Quantity.WEIGHT, layer), gradient)
            for layer, gradient in enumerate(of.gradients, start=1)
        )
    )


def opening(index: int = 8, **look: object) -> State:
    return examples.state(Experiment(), index, **look)


# --- the rows --------------------------------------------------------------------------------


@pytest.mark.parametrize("experiment", examples.KINDS, ids=examples.name)
def test_the_rows_are_the_checks(experiment: Experiment) -> None:
    n, last = experiment.layers, examples.steps(experiment)
    kinds = (Quantity.WEIGHT, Quantity.BIAS) if experiment.biases else (Quantity.WEIGHT,)
    names = [(kind, i) for i in range(n, 0, -1) for kind in kinds]
    for index in (0, 1, last - 1, last, last + 1, 2 * last):
        state = examples.state(experiment, index)
        moment = state.moment
        sample = state.run.sample(moment.update)
        checks = check_gradients(experiment, moment.theta_before, sample)
        places = ((kind, i) for i in range(1, n + 1) for kind in kinds)
        expected = dict(zip(places, checks, strict=True))
        rows = check_picture(state).rows
        assert [row.name for row in rows] == names
        for row in rows:
            truth = expected[row.name]
            assert row.gradient == rounded(truth.gradient, 5, POINT)
            assert row.difference == rounded(truth.numeric, 5, POINT)
            assert row.sign == MARKS[truth.verdict]
            assert repr(truth.numeric) in row.copied.split("\t")


@pytest.mark.parametrize("experiment", examples.KINDS, ids=examples.name)
def test_the_gradients_are_those_of_the_chain(experiment: Experiment) -> None:
    state = examples.state(experiment, examples.steps(experiment))
    gradients = (*state.moment.gradients, *state.moment.bias_gradients)
    shown = [rounded(g, 5, POINT) for g in gradients if g is not None]
    rows = sorted(check_picture(state).rows, key=lambda row: (row.symbol[0] == "b", row.name[1]))
    assert [row.gradient for row in rows] == shown


def test_a_row_in_full() -> None:
    row = check_picture(opening()).rows[0]
    assert row.symbol == "w₃"
    assert row.full.startswith("∂L/∂w₃ = −0.055899372808501")
    layer, gradient, difference, absolute, relative, verdict = row.copied.split("\t")
    assert (layer, verdict) == ("w3", "right")
    assert float(absolute) == abs(float(gradient) - float(difference))
    assert float(relative) < 1e-10
    assert all(part in row.spoken for part in ("central difference = ", "relative error = "))


def test_every_verdict_has_a_sign() -> None:
    assert set(MARKS) == set(Verdict)
    assert MARKS[Verdict.RIGHT] != MARKS[Verdict.WRONG]


def test_digits_are_the_users() -> None:
    (row, *_) = check_picture(opening(digits=12)).rows
    assert row.gradient == rounded(-0.055899372808501456, 12, POINT)


# --- what it comes to ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("algorithm", "activation", "first", "alarm"),
    [
        ("backprop", "identity", "Every gradient is right", False),
        ("in_place", "identity", "Caught: wrong at layer 1, suspicious at layer 2;", True),
        ("front_to_back", "identity", "Caught: wrong at layers 1–3", True),
        ("sign_flipped", "tanh", "Caught: wrong at layers 1–3", True),
        ("own_output", "identity", "Caught: wrong at layers 1–3", True),
        ("no_local_derivative", "identity", "The mistake has no effect here", False),
        ("no_local_derivative", "tanh", "Caught: wrong at layer 1, suspicious at", True),
    ],
)
def test_the_finding(
    algorithm: str,
    activation: str,
    first: str,
    alarm: bool,  # noqa: FBT001
) -> None:
    experiment = Experiment(algorithm=algorithm, activation=activation, epochs=2)
    picture = check_picture(examples.state(experiment, 5))
    assert picture.findings[0].startswith(first)
    assert picture.alarm is alarm


@pytest.mark.parametrize("experiment", examples.KINDS, ids=examples.name)
def test_what_is_summed_up_is_what_the_rows_say(experiment: Experiment) -> None:
    """Which layers are called wrong, and by how much, in the rows, their sum and the status."""
    for index in (1, examples.steps(experiment), 2 * examples.steps(experiment)):
        state = examples.state(experiment, index)
        picture = check_picture(state)
        head = picture.findings[0]
        for word, sign in (("wrong at ", "✗"), ("suspicious at ", "?")):
            names = tuple(sorted(row.name for row in picture.rows if row.sign == sign))
            if head.startswith("Caught"):
                assert (word in head) is bool(names)
                assert not names or word + named(names, experiment, Say()) in head
        if "relative error" in head:
            error = head.rstrip(".").rpartition(" ")[2]
            assert error in {row.error for row in picture.rows}
            assert status_picture(state).truth.endswith(error)


def test_the_status_line_says_what_is_compared_and_when_it_is_the_same() -> None:
    wrong = examples.state(Experiment(algorithm="own_output", epochs=2), 8)
    assert status_picture(wrong).truth.endswith("gradients do not match, relative error up to 1.5")
    dead = examples.state(Experiment(activation="relu", epochs=2), 8)
    assert status_picture(dead).truth.endswith("gradients match exactly: all are 0")
    even = examples.state(Experiment((0.0,), (Sample(1.0, 1.0),), epochs=1), 0, epsilon=0.5)
    assert status_picture(even).truth.endswith("gradients match exactly")
    sums = check_picture(even).findings[0]
    assert sums == "Every gradient is right: it equals the central difference to the last digit."


def test_the_status_line_raises_no_alarm_where_a_bent_chain_has_converged() -> None:
    samples = (Sample(1.0, 0.4),)
    experiment = Experiment((0.9, -1.1), samples, 0.5, 3000, activation="tanh")
    state = examples.state(experiment, 0)
    state = replace(state, index=state.last)
    assert status_picture(state).truth.endswith(
        "gradients match to within the difference's own error"
    )


def test_as_the_article_does_it() -> None:
    experiment = Experiment(algorithm="in_place", epochs=2)
    picture = check_picture(examples.state(experiment, 5, after_update=True))
    assert [(row.gradient, row.difference) for row in picture.rows] == [
        ("−0.055899", "−0.052914"),
        ("−0.12440", "−0.12099"),
        ("0.12093", "0.12074"),
    ]
    assert "no check" in picture.comparison
    assert picture.findings[0].startswith("Relative error up to 0.05")
    assert not check_picture(examples.state(experiment, 5)).comparison


def test_right_gradients_differ_after_the_update_too() -> None:
    before, after = check_picture(opening()), check_picture(opening(after_update=True))
    assert [row.gradient for row in before.rows] == [row.gradient for row in after.rows]
    assert before.rows[0].difference != after.rows[0].difference
    assert after.alarm
    assert not before.alarm


def test_what_is_checked_is_said() -> None:
    assert check_picture(opening(8)).subject.startswith("Epoch 1, sample 1")
    assert check_picture(opening(20)).subject.startswith("Epoch 1, sample 2")
    assert check_picture(opening(27)).subject.startswith("Epoch 2, sample 1")
    empty = examples.state(Experiment(epochs=0), 0)
    assert check_picture(empty).subject == "Initial weights, sample 1"


def test_the_slip_in_the_printed_formula_is_noted() -> None:
    note = check_picture(opening()).note.replace("\u00a0", " ")
    assert note.index(") + f(") < note.index(") − f(")


def test_pointing_lights_the_row() -> None:
    state = opening()
    for pointed, lit in (
        (None, None),
        (Name(Quantity.GRADIENT, 2), (Quantity.WEIGHT, 2)),
        (Name(Quantity.WEIGHT, 1), (Quantity.WEIGHT, 1)),
        (Name(Quantity.OUTPUT, 1), None),
    ):
        assert check_picture(replace(state, pointed=pointed)).lit == lit
        assert curves_picture(replace(state, pointed=pointed), None).lit == lit


@given(
    chains.experiments(st.one_of(chains.numbers(3.0), chains.finite_float), most_epochs=3),
    st.floats(0, 1),
    st.booleans(),
    st.sampled_from((1e-300, 1e-14, 1e-4, 0.3, 1.0, 1e300)),
)
def test_any_run_has_a_picture(
    experiment: Experiment,
    share: float,
    after_update: bool,  # noqa: FBT001
    epsilon: float,
) -> None:
    state = examples.state(experiment, 0, after_update=after_update, epsilon=epsilon)
    state = replace(state, index=round(share * state.last))
    picture = check_picture(state)
    assert isinstance(picture, CheckPicture)
    assert len(picture.rows) == experiment.layers
    assert all(text.endswith(".") for text in picture.findings)
    curves = curves_picture(state, curves_of(state))
    for line in curves.lines:
        assert len(line.errors) == len(EPSILONS)
        assert all(math.isnan(e) or NONE <= e <= HIGHEST for e in line.errors)


# --- ε ---------------------------------------------------------------------------------------


def test_the_slider_goes_from_the_smallest_to_the_largest() -> None:
    assert epsilon_at(0) == 1e-14
    assert epsilon_at(LAST_TICK) == 1.0
    for tick in range(LAST_TICK + 1):
        assert tick_of(epsilon_at(tick)) == tick


@given(st.floats(min_value=5e-324, allow_infinity=False))
def test_any_epsilon_has_a_place_on_the_slider(epsilon: float) -> None:
    assert 0 <= tick_of(epsilon) <= LAST_TICK
    if epsilon > 1.0:
        assert tick_of(epsilon) == LAST_TICK
    if epsilon < 1e-14:
        assert tick_of(epsilon) == 0


@pytest.mark.parametrize("text", ["0", "-1", "inf", "nan"])
def test_a_complaint_names_epsilon(text: str) -> None:
    with pytest.raises(UserError) as caught:
        checked_epsilon(parsed(text))
    assert complaint(caught.value, "en").startswith("ε must be ")


def test_a_complaint_about_no_number() -> None:
    with pytest.raises(UserError) as caught:
        parsed("small")
    assert "“small” is not a number" in complaint(caught.value, "en")


# --- the curves ------------------------------------------------------------------------------


def test_curves_show_the_relative_errors() -> None:
    experiment = Experiment(activation="tanh", epochs=2)
    state = examples.state(experiment, 3)
    picture = curves_picture(state, curves_of(state))
    assert [line.symbol for line in picture.lines] == ["w₁", "w₂", "w₃"]
    _, true = oracle.tape_gradients(experiment.weights, 1.0, -1.0, "tanh")
    at = EPSILONS.index(1e-1)
    for layer, line in enumerate(picture.lines, start=1):
        up, down = list(experiment.weights), list(experiment.weights)
        up[layer - 1] += 0.1
        down[layer - 1] -= 0.1
        rise = oracle.loss_of(up, 1, -1, "tanh") - oracle.loss_of(down, 1, -1, "tanh")
        gradient, numeric = true[layer - 1], rise / 0.2
        error = abs(gradient - numeric) / max(abs(gradient), abs(numeric))
        assert line.errors[at] == pytest.approx(error, rel=1e-6)


def test_an_error_of_zero_stands_at_the_foot() -> None:
    state = examples.state(Experiment((0.0, 0.0), epochs=1), 0)
    picture = curves_picture(state, curves_of(state))
    assert {error for line in picture.lines for error in line.errors} == {NONE}
    assert picture.best is None
    assert picture.reasons == ("Every gradient is 0 here: a relative error says nothing.",)


@pytest.mark.parametrize(
    ("activation", "start"),
    [
        ("identity", "The loss is a parabola"),
        ("tanh", "The curve is a V:"),
        ("sigmoid", "The curve is a V:"),
    ],
)
def test_the_reason_for_the_shape(activation: str, start: str) -> None:
    state = examples.state(Experiment(activation=activation, epochs=2), 3)
    picture = curves_picture(state, curves_of(state))
    assert picture.reasons[0].startswith(start)
    assert len(picture.reasons) == 1
    assert picture.best is not None
    if activation == "tanh":
        assert 10**-6.5 < picture.best < 1e-4


def test_the_kinks_of_relu() -> None:
    experiment = Experiment((0.3, 1.4), (Sample(1.0, 3.0),), activation="relu", epochs=1)
    state = examples.state(experiment, 0)
    assert curves_picture(state, curves_of(state)).reasons[0].startswith("Between kinks")


def test_a_wrong_gradient_lies_flat_and_is_no_guide_to_the_best() -> None:
    state = examples.state(Experiment(activation="tanh", algorithm="in_place", epochs=2), 3)
    picture = curves_picture(state, curves_of(state))
    assert picture.reasons[1].startswith("At layers 1, 2 the curve is flat")
    flipped = examples.state(Experiment(algorithm="sign_flipped", epochs=2), 3)
    assert curves_picture(flipped, curves_of(flipped)).best is None


def test_after_the_update_no_epsilon_is_best() -> None:
    state = opening(after_update=True)
    picture = curves_picture(state, curves_of(state))
    assert picture.best is None
    assert "no ε" in picture.reasons[0]


def test_what_is_not_computed_yet_is_not_drawn() -> None:
    picture = curves_picture(opening(), None)
    assert picture.lines == ()
    assert picture.best is None
    assert picture.reasons == ("Computing…",)


def test_a_run_that_ran_away() -> None:
    state = examples.state(examples.DIVERGING, 0)
    state = replace(state, index=state.last)
    assert found(subject(state), 1e-4).verdict is OverallVerdict.NOT_FINITE
    assert {row.sign for row in check_picture(state).rows} == {"∞"}
    picture = curves_picture(state, curves_of(state))
    assert "nothing to draw" in picture.reasons[0]


def test_no_reason_is_told_that_is_not_so() -> None:
    for sample, words in (
        (Sample(1e-160, 0.0), "they underflow"),
        (Sample(1.0, 1e200), "they overflow"),
    ):
        experiment = Experiment((0.5, 0.5), (sample,))
        state = examples.state(experiment, 0)
        curves = tuple(
            error_curve(
                experiment, experiment.weights, sample, Name(Quantity.WEIGHT, layer), gradient
            )
            for layer, gradient in enumerate(subject(state).gradients, start=1)
        )
        picture = curves_picture(state, ErrorCurves(curves))
        assert words in picture.reasons[0]
        assert picture.best is None
        check = check_picture(state)
        assert check.findings[0] == "No verdict is possible here."
        assert not check.alarm
        assert status_picture(state).truth.endswith("no verdict on the gradients is possible here")
