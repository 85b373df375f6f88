"""engine.chain against arithmetic that knows nothing of it."""

import math
import sys
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.activations import ACTIVATIONS
from engine.algorithms import ALGORITHMS
from engine.chain import Learner, loss, output_of
from tests.engine import chains, oracle

Pair = tuple[float, float]

# Near the end of the floats there is no relative accuracy left.
TINY = 1e-300
EXTREMES = (1e308, -1e308, math.inf, -math.inf, math.nan, 5e-324, -0.0, 710.0, -746.0)


def test_every_name_that_the_tests_draw_is_there_and_no_other() -> None:
    assert tuple(ACTIVATIONS) == chains.ACTIVATIONS
    assert tuple(ALGORITHMS) == chains.ALGORITHMS


def test_loss_is_half_the_square() -> None:
    assert loss(3.0, -1.0) == 8.0
    assert loss(1e200, 0.0) == math.inf
    assert math.isnan(loss(math.nan, 0.0))


def test_outputs_of_each_layer() -> None:
    learner = Learner([2.0, -3.0, 0.5], 0.25, "identity", "backprop")
    assert learner.learn(1.5, -4.0) == 0.5 * 0.5**2
    assert learner.outputs == [1.5, 3.0, -9.0, -4.5]
    assert learner.upstreams == [-0.5 * 0.5 * -3.0, -0.5 * 0.5, -0.5]
    assert learner.gradients == [0.75 * 1.5, -0.25 * 3.0, -0.5 * -9.0]
    assert learner.weights == [2.0 - 0.28125, -3.0 + 0.1875, 0.5 - 1.125]


def test_in_place_passes_on_with_the_new_weight() -> None:
    learner = Learner([2.0, -3.0, 0.5], 0.25, "identity", "in_place")
    learner.learn(1.5, -4.0)
    assert learner.weights[2] == -0.625
    assert learner.upstreams[1] == -0.5 * -0.625
    assert learner.gradients[1] == 0.3125 * 3.0
    assert learner.weights[1] == -3.0 - 0.25 * 0.9375
    assert learner.upstreams[0] == 0.3125 * learner.weights[1]
    assert learner.gradients[0] == learner.upstreams[0] * 1.5


def test_a_learner_leaves_the_weights_it_was_given_alone() -> None:
    given_weights = [0.5, 0.5]
    Learner(given_weights, 0.1, "tanh", "backprop").learn(1.0, 2.0)
    assert given_weights == [0.5, 0.5]


@given(chains.numbers(30.0), chains.names)
def test_activation_and_its_derivative(z: float, activation: str) -> None:
    record = ACTIVATIONS[activation]
    function, derivative = record.function, record.derivative
    value, slope = oracle.BENT[activation](z)
    assert function(z) == pytest.approx(value, rel=1e-14, abs=1e-15)
    # f′ is made from a = f(z), so it can be no better than a's own rounding.
    assert derivative(function(z)) == pytest.approx(slope, rel=1e-13, abs=4e-16)


@pytest.mark.parametrize("activation", chains.ACTIVATIONS)
def test_nan_stays_nan(activation: str) -> None:
    assert math.isnan(ACTIVATIONS[activation].function(math.nan))


def test_relu_is_flat_at_its_kink() -> None:
    relu = ACTIVATIONS["relu"]
    function, derivative = relu.function, relu.derivative
    assert (function(0.0), derivative(0.0)) == (0.0, 0.0)
    assert (function(5e-324), derivative(5e-324)) == (5e-324, 1.0)


def test_tanh_and_sigmoid_saturate_at_the_ends_of_the_floats() -> None:
    largest = sys.float_info.max
    for z, tanh, sigmoid in ((largest, 1.0, 1.0), (-largest, -1.0, 0.0)):
        for end in (z, math.copysign(1e308, z), math.copysign(math.inf, z)):
            assert output_of([1.0], end, "tanh") == tanh
            assert output_of([1.0], end, "sigmoid") == sigmoid
    assert output_of([-746.0], 1.0, "sigmoid") == pytest.approx(0.0, abs=1e-300)


@given(chains.numbers(1000.0))
def test_sigmoid_keeps_its_small_values(z: float) -> None:
    assert output_of([1.0], -abs(z), "sigmoid") == pytest.approx(
        math.exp(-abs(z)) / (1 + math.exp(-abs(z))), rel=1e-15
    )


@given(chains.chains(), chains.numbers(3.0), chains.numbers(3.0), chains.names)
def test_backprop_agrees_with_the_tape(
    weights: list[float], x: float, target: float, activation: str
) -> None:
    rate = 0.125
    learner = Learner(weights, rate, activation, "backprop")
    met = learner.learn(x, target)
    expected_loss, expected = oracle.tape_gradients(weights, x, target, activation)
    assert met == pytest.approx(expected_loss, rel=1e-12, abs=1e-13)
    assert learner.gradients == pytest.approx(expected, rel=1e-8, abs=1e-12)
    stepped = [w - rate * g for w, g in zip(weights, expected, strict=True)]
    assert learner.weights == pytest.approx(stepped, rel=1e-8, abs=1e-12)


@given(chains.chains(), chains.numbers(3.0), chains.numbers(3.0), chains.names)
def test_backprop_agrees_with_differences(
    weights: list[float], x: float, target: float, activation: str
) -> None:
    h = 1e-3
    learner = Learner(weights, 0.1, activation, "backprop")
    learner.learn(x, target)
    for layer, w in enumerate(weights, start=1):
        if ACTIVATIONS[activation].kinks:
            around = [
                oracle.signs([*weights[: layer - 1], v, *weights[layer:]], x)
                for v in (w - h, w, w + h)
            ]
            assume(around[0] == around[1] == around[2])
        numeric = oracle.slope_by_differences(weights, layer, x, target, activation, h)
        assert learner.gradients[layer - 1] == pytest.approx(numeric, rel=1e-6, abs=1e-6)


@given(chains.chains(3.0, 8), chains.numbers(3.0), chains.numbers(3.0))
def test_a_linear_chain_agrees_with_exact_arithmetic(
    weights: list[float], x: float, target: float
) -> None:
    learner = Learner(weights, 0.1, "identity", "backprop")
    learner.learn(x, target)
    exact = oracle.exact_gradients(weights, x, target)
    # The rounding of e enters every gradient, multiplied with what lies before and behind.
    size = (math.prod(max(1.0, abs(w)) for w in weights) * max(1.0, abs(x))) ** 2 + 3.0
    for gradient, true in zip(learner.gradients, exact, strict=True):
        assert abs(gradient - float(true)) <= 1e-14 * size * 100


# --- the algorithms, right and wrong -------------------------------------------------------


def learned(weights: list[float], sample: Pair, activation: str, algorithm: str) -> Learner:
    """Return a learner after one update with a learning rate of 0.25."""
    learner = Learner(weights, 0.25, activation, algorithm)
    learner.learn(*sample)
    return learner


@pytest.mark.parametrize("algorithm", chains.ALGORITHMS)
@given(chains.chains(), chains.pairs, chains.names)
def test_every_algorithm_agrees_with_the_table(
    algorithm: str, weights: list[float], sample: Pair, activation: str
) -> None:
    learner = learned(weights, sample, activation, algorithm)
    exact = oracle.exact_update(algorithm, weights, *sample, activation, 0.25)
    sizes = oracle.size_of_update(algorithm, weights, *sample, activation, 0.25)
    rows = (learner.upstreams, learner.gradients, learner.weights)
    for row, truths, largest in zip(rows, exact, sizes, strict=True):
        for number, truth, size in zip(row, truths, largest, strict=True):
            assert abs(Fraction(number) - truth) <= Fraction(1e-13) * size + Fraction(TINY)


@given(chains.chains(), chains.pairs, chains.names, st.sampled_from(chains.ALGORITHMS))
def test_no_slip_touches_the_way_forward(
    weights: list[float], sample: Pair, activation: str, algorithm: str
) -> None:
    slip = Learner(weights, 0.25, activation, algorithm)
    right = Learner(weights, 0.25, activation, "backprop")
    assert slip.learn(*sample) == right.learn(*sample)
    assert slip.outputs == right.outputs


@given(chains.chains(), chains.pairs, chains.names)
def test_in_place_takes_the_last_layer_rightly(
    weights: list[float], sample: Pair, activation: str
) -> None:
    slip = learned(weights, sample, activation, "in_place")
    right = learned(weights, sample, activation, "backprop")
    assert slip.gradients[-1] == right.gradients[-1]
    # (α·public)·input and α·(public·input) may differ in their last bit.
    size = abs(weights[-1]) + abs(0.25 * slip.gradients[-1])
    assert slip.weights[-1] == pytest.approx(right.weights[-1], abs=1e-15 * size + TINY, rel=0)


@given(chains.chains(), chains.pairs, chains.names)
def test_sign_flipped_takes_the_opposite_and_climbs(
    weights: list[float], sample: Pair, activation: str
) -> None:
    slip = learned(weights, sample, activation, "sign_flipped")
    right = learned(weights, sample, activation, "backprop")
    assert slip.upstreams == right.upstreams
    assert slip.gradients == [-g for g in right.gradients]
    for w, up, down in zip(weights, slip.weights, right.weights, strict=True):
        assert up - w == pytest.approx(w - down, abs=1e-15 * (abs(w) + abs(up)) + TINY, rel=0)


@given(chains.chains(), chains.pairs)
def test_without_activation_there_is_no_local_derivative_to_forget(
    weights: list[float], sample: Pair
) -> None:
    slip = learned(weights, sample, "identity", "no_local_derivative")
    right = learned(weights, sample, "identity", "backprop")
    assert (slip.upstreams, slip.gradients) == (right.upstreams, right.gradients)
    assert slip.weights == right.weights


@given(chains.chains(), chains.pairs, chains.names)
def test_no_local_derivative_is_straight_on_the_way_back_alone(
    weights: list[float], sample: Pair, activation: str
) -> None:
    slip = learned(weights, sample, activation, "no_local_derivative")
    entered, upstream = slip.outputs[:-1], slip.outputs[-1] - sample[1]
    for i in reversed(range(len(weights))):
        assert (slip.upstreams[i], slip.gradients[i]) == (upstream, upstream * entered[i])
        upstream *= weights[i]


@given(chains.chains(), chains.pairs, chains.names)
def test_own_output_takes_a_neighbour_for_the_input(
    weights: list[float], sample: Pair, activation: str
) -> None:
    slip = learned(weights, sample, activation, "own_output")
    right = learned(weights, sample, activation, "backprop")
    assert slip.upstreams == right.upstreams
    for i, (wrong, true) in enumerate(zip(slip.gradients, right.gradients, strict=True)):
        # wrong = true·aᵢ/aᵢ₋₁, written so that aᵢ₋₁ may be zero.
        one, other = wrong * slip.outputs[i], true * slip.outputs[i + 1]
        assert one == pytest.approx(other, rel=1e-14, abs=TINY)


@given(
    st.lists(st.floats(0.05, 2.0), min_size=1, max_size=6),
    st.data(),
    chains.pairs,
    st.sampled_from(("identity", "tanh", "sigmoid")),
)
def test_front_to_back_has_all_signs_right_or_all_wrong(
    sizes: list[float], data: st.DataObject, sample: Pair, activation: str
) -> None:
    # Where f′ > 0 it multiplies the true gradient i by wₙ·w₁⋯wᵢ / (wᵢ₊₁⋯wₙ) and a positive
    # number: by the sign of w₁⋯wₙ₋₁, the same for every layer.
    weights = [w * data.draw(st.sampled_from((-1.0, 1.0))) for w in sizes]
    slip = learned(weights, sample, activation, "front_to_back")
    right = learned(weights, sample, activation, "backprop")
    product = math.prod(weights[:-1])
    for wrong, true in zip(slip.gradients, right.gradients, strict=True):
        assume(min(abs(wrong), abs(true)) > 1e-250)
        assert (wrong > 0) == (true > 0 if product > 0 else true < 0)


# --- numbers at the edge -------------------------------------------------------------------


@given(
    st.lists(st.one_of(chains.any_float, st.sampled_from(EXTREMES)), min_size=1, max_size=4),
    st.one_of(chains.any_float, st.sampled_from(EXTREMES)),
    st.one_of(chains.any_float, st.sampled_from(EXTREMES)),
    chains.names,
    st.sampled_from(chains.ALGORITHMS),
)
def test_no_number_makes_it_raise(
    weights: list[float], x: float, target: float, activation: str, algorithm: str
) -> None:
    learner = Learner(weights, 0.5, activation, algorithm)
    for _ in range(3):
        learner.learn(x, target)
    assert len(learner.weights) == len(weights)
