"""Values of lessons, against numbers that were computed by hand."""

import math
from dataclasses import replace

import pytest

from engine import Experiment, Sample, train
from engine.teaching.values import (
    Standing,
    asked_index,
    holds,
    index_of,
    parse_condition,
    parse_place,
    parse_value,
    trained,
    value_at,
)
from engine.user_error import UserError

HAND = Experiment((-2, -1.5, -0.5), [Sample(2, 1)], 0.1, 20)
"""Its numbers are small enough to be computed by hand."""

LINE = replace(HAND, biases=(0.5, 0, 1))


def value(text: str, place: str = "end", experiment: Experiment = HAND) -> float:
    run = trained(experiment)
    return value_at(parse_value(text), Standing(run, asked_index(parse_place(place), run)))


def told(text: str, place: str = "after update 1", experiment: Experiment = HAND) -> str:
    with pytest.raises(UserError) as caught:
        value(text, place, experiment)
    return str(caught.value)


def true(text: str, experiment: Experiment = HAND) -> bool:
    return holds(parse_condition(text), Standing(trained(experiment), 0).at_end_of_sample())


@pytest.mark.parametrize(
    ("place", "text", "right"),
    [
        ("before forward 1", "output 1", -4),
        ("before forward 2", "output 2", 6),
        ("after forward 3", "output 3", -3),
        ("before loss", "loss", 8),
        ("before seed", "upstream 3", -4),
        ("before gradient 3", "gradient 3", -24),
        ("before pass_on 3", "upstream 2", 2),
        ("before gradient 2", "gradient 2", -8),
        ("before pass_on 2", "upstream 1", -3),
        ("before gradient 1", "gradient 1", -6),
        ("before update 3", "weight 3", 1.9),
        ("before update 2", "weight 2", -0.7),
        ("before update 1", "weight 1", -1.4),
        ("step 8", "upstream 2", 2),
        ("start", "output 0", 2),
        ("start", "target", 1),
        ("start", "learning_rate", 0.1),
        ("start", "loss with weight 3 + 1", 2),
        ("start", "loss with weight 3 - 1", 50),
        ("before update 3", "weight 1 * gradient 1", 12),
        ("after gradient 1", "checked 3", -24),
        ("start", "multiplications backprop 100", 199),
        ("start", "multiplications written_out", 6),
        ("start", "multiplications expanded 3", 9),
        ("start", "steps", 13),
        ("start", "updates", 20),
        ("start", "edge", 20),
        ("start", "converged_at", 20),
        ("start", "gradient 2 by in_place", 30.4),
        ("start", "gradient 1 by own_output", 12),
        ("start", "loss @ epoch 2", 3.710088),
        ("start", "weight 3 @ 1", 1.9),
        ("end", "weight 3 @ start", -0.5),
        ("start", "mean_loss 1", 8),
        # ∂e/∂wᵢ are x·w₂·w₃ = 1.5, x·w₁·w₃ = 2 and x·w₁·w₂ = 6.
        ("start", "−2 · curvature", -2 * (1.5**2 + 2**2 + 6**2)),
    ],
)
def test_a_value_is_what_one_computes_by_hand(place: str, text: str, right: float) -> None:
    assert value(text, place) == pytest.approx(right, rel=1e-7)


def test_a_bias_learns_the_public_derivative_itself() -> None:
    assert value("bias_gradient 3", experiment=LINE) == value("upstream 3", experiment=LINE)
    assert value("bias 1", "start", LINE) == 0.5
    moved = train(replace(LINE, biases=(0.5, 0, 2)))
    assert value("loss with bias 3 + 1", "start", LINE) == moved.loss(0)


def test_a_slope_is_the_derivative_of_the_activation() -> None:
    tanh = Experiment((0.5, 2), [Sample(1, 0.3)], activation="tanh", epochs=3)
    assert value("slope 1", "after forward 1", tanh) == pytest.approx(1 - math.tanh(0.5) ** 2)
    assert value("slope 2") == 1


def test_an_epoch_that_never_comes_is_later_than_any() -> None:
    still = replace(HAND, epochs=3)
    assert value("converged_at", experiment=still) == math.inf
    assert true("converged_at == never", experiment=replace(HAND, epochs=3))
    assert not true("converged_at == never")
    assert true("converged_at < 21")


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("upstream 3 < 0", True),
        ("loss @ epoch 2 < loss", True),
        ("upstream 3 * weight 3 @ start == upstream 2", True),
        ("0.1 + 0.2 == 0.3", True),
        ("gradient 3 == -24.0000001", False),
        ("gradient 3 ≤ −24", True),
        ("algorithm == backprop", True),
        ("algorithm != in_place", True),
        ("activation == tanh", False),
    ],
)
def test_a_condition_is_decided_at_the_end_of_the_sample(text: str, *, right: bool) -> None:
    assert true(text) is right


def test_the_weights_that_the_learner_changed_are_counted() -> None:
    changed = replace(HAND, weights=(-2, -1, -1))
    here = Standing(trained(changed), 0, HAND)
    assert holds(parse_condition("changes weights == 2"), here)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("upstream 5", "layer 5 does not exist; this chain has 3."),
        ("checked 0", "layer 0 does not exist; this chain has 3."),
        ("bias 1", "bias does not exist: this chain has no biases."),
        ("loss @ epoch 21", "epoch 21 does not exist; the run has 20."),
        ("loss @ sample 2", "sample 2 does not exist; the experiment has 1."),
        ("mean_loss 40", "epoch 40 does not exist; the run has 20."),
        ("weight", "a number is missing after weight: write weight 1."),
        ("weight 1 + 2 + 3", "'weight 1 + 2 + 3' goes on after its end, with '+ 3'"),
        ("loss / 0", "this divides by zero."),
        ("loss with weight 3", "lacks how far it is moved"),
        ("gradient 1 by magic", "after by stands one of backprop"),
        ("__import__ 1", "'__import__' is no value; there are output, weight"),
        ("open('x')", "can’t be read from"),
        ("algorithm", "algorithm is a name, not a number"),
    ],
)
def test_what_does_not_exist_is_said_with_what_does(text: str, sentence: str) -> None:
    assert sentence in told(text)


def test_a_value_that_comes_later_is_named_with_its_step() -> None:
    assert told("upstream 2", "start") == (
        "upstream 2 is not computed yet at this place; that is done by the step pass_on 3."
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("before nothing", "'nothing' is no step: there are forward, loss"),
        ("before loss 3", "loss and seed have no layer"),
        ("before update", "loss and seed have no layer"),
        ("after forward 4", "layer 4 does not exist; this chain has 3."),
        ("after bias_update 1", "this chain has no step bias_update 1; it has forward 1"),
        ("step 400", "step 400 does not exist; the run has 260."),
        ("before loss @ tomorrow", "after @ stands an epoch"),
        ("end @ epoch 99", "epoch 99 does not exist; the run has 20."),
        ("somewhere", "'somewhere' is no place"),
    ],
)
def test_a_place_that_does_not_exist_is_said(text: str, sentence: str) -> None:
    with pytest.raises(UserError) as caught:
        index_of(parse_place(text), trained(HAND))
    assert sentence in str(caught.value)


def test_the_window_stands_before_the_step_whose_result_is_asked() -> None:
    run = trained(HAND)
    place = parse_place("before pass_on 3 @ epoch 2 sample 1")
    assert (index_of(place, run), asked_index(place, run)) == (13 + 6, 13 + 7)
    place = parse_place("after pass_on 3")
    assert index_of(place, run) == asked_index(place, run) == 7
    assert index_of(parse_place("end"), run) == 260
