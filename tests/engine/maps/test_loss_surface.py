"""The loss over two weights: the run's own loss, its saddle, and its valley of minima."""

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Experiment, Sample
from engine.maps.loss_surface import Pair, has_saddle, losses, minima
from engine.parameters import WEIGHT

W = WEIGHT.of
FUNCTIONS = {
    "identity": lambda z: z,
    "tanh": math.tanh,
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "relu": lambda z: max(z, 0.0),
    "softplus": lambda z: math.log1p(math.exp(z)),
    "leaky_relu": lambda z: max(z, 0.01 * z),
}
WEIGHTS = st.lists(st.floats(-2, 2), min_size=1, max_size=6)
SAMPLES = st.lists(st.builds(Sample, st.floats(-2, 2), st.floats(-2, 2)), min_size=1, max_size=4)


def mean_loss(experiment: Experiment, weights: list[float]) -> float:
    total = 0.0
    for sample in experiment.samples:
        e = sample.x
        for w in weights:
            e = FUNCTIONS[experiment.activation](w * e)
        total += 0.5 * (e - sample.target) ** 2
    return total / len(experiment.samples)


@given(WEIGHTS, SAMPLES, st.sampled_from(sorted(FUNCTIONS)), st.data())
def test_a_surface_is_the_mean_loss_at_every_place(
    weights: list[float], samples: list[Sample], activation: str, data: st.DataObject
) -> None:
    experiment = Experiment(weights=weights, samples=samples, activation=activation)
    layers = range(1, len(weights) + 1)
    x, y = data.draw(st.sampled_from(list(product(layers, repeat=2))))
    xs, ys = np.linspace(-2, 2, 5), np.linspace(-1, 3, 4)
    varied = {W(x): xs} if x == y else {W(x): xs, W(y): ys[:, np.newaxis]}
    found = losses(experiment, weights, varied)
    assert found.shape == ((5,) if x == y else (4, 5))
    for index in np.ndindex(*found.shape):
        there = list(weights)
        if x != y:
            there[y - 1] = ys[index[0]]
        there[x - 1] = xs[index[-1]]
        assert found[index] == pytest.approx(mean_loss(experiment, there), rel=1e-9, abs=1e-12)


@given(st.lists(st.floats(-2, 2), min_size=2, max_size=5), SAMPLES, st.data())
def test_at_a_saddle_there_is_no_slope_but_a_mixed_curvature(
    weights: list[float], samples: list[Sample], data: st.DataObject
) -> None:
    activation = data.draw(st.sampled_from(["identity", "tanh"]))
    experiment = Experiment(weights=weights, samples=samples, activation=activation)
    x, y = data.draw(st.permutations(range(1, len(weights) + 1)))[:2]
    h = 1e-3
    corners = {
        (i, j): float(losses(experiment, weights, {W(x): i * h, W(y): j * h}))
        for i, j in product((-1, 0, 1), repeat=2)
    }
    slope = (corners[1, 0] - corners[-1, 0]) / (2 * h), (corners[0, 1] - corners[0, -1]) / (2 * h)
    assert slope == pytest.approx((0, 0), abs=1e-9)
    mixed = corners[1, 1] + corners[-1, -1] - corners[1, -1] - corners[-1, 1]
    if abs(mixed / (4 * h * h)) > 1e-4:
        assert has_saddle(experiment, weights, Pair(W(x), W(y)))


@pytest.mark.parametrize(
    ("experiment", "pair"),
    [
        (Experiment(weights=(0.5,)), Pair(W(1), None)),
        (Experiment(activation="sigmoid"), Pair(W(1), W(2))),
        (Experiment(activation="relu"), Pair(W(1), W(2))),
        (Experiment(samples=(Sample(1, 0), Sample(-1, 0))), Pair(W(1), W(2))),
        (Experiment(weights=(0.5, 0.5, 0.0)), Pair(W(1), W(2))),
    ],
)
def test_without_one_there_is_none(experiment: Experiment, pair: Pair) -> None:
    assert not has_saddle(experiment, experiment.weights, pair)


@pytest.mark.parametrize(
    ("weights", "pair", "saddle"),
    [
        # The two weights themselves may be 0, as they are at the saddle.
        ((0.0, 0.0), Pair(W(1), W(2)), True),
        ((0.5, 0.0, 0.3), Pair(W(1), W(2)), True),
        ((0.0, 0.5, 0.5), Pair(W(3), W(1)), True),
        ((1.0, 0.0, 0.0), Pair(W(2), W(3)), True),
        # With another weight 0, nothing that they do is seen.
        ((0.5, 0.5, 0.0), Pair(W(1), W(2)), False),
        ((0.5, 0.0, 0.5), Pair(W(3), W(1)), False),
        ((0.0, 0.5, 0.5), Pair(W(2), W(3)), False),
        ((0.5, 0.5, 0.0, 0.5), Pair(W(4), W(1)), False),
    ],
)
@pytest.mark.parametrize("activation", ["identity", "tanh"])
def test_a_saddle_needs_all_other_weights(
    weights: tuple[float, ...], pair: Pair, activation: str, *, saddle: bool
) -> None:
    assert has_saddle(Experiment(weights, activation=activation), weights, pair) == saddle


def test_samples_that_want_opposite_slopes_leave_no_saddle() -> None:
    # Σx·ê = 2·1 − 1·2: the surface is flat to second order.
    samples = (Sample(2.0, 1.0), Sample(-1.0, 2.0))
    assert not has_saddle(Experiment((0.5, 0.5), samples), (0.5, 0.5), Pair(W(1), W(2)))
    assert has_saddle(Experiment((0.5, 0.5), samples[:1]), (0.5, 0.5), Pair(W(1), W(2)))


@given(st.lists(st.floats(0.1, 2), min_size=2, max_size=5), SAMPLES, st.floats(0.1, 3), st.data())
def test_nothing_is_lower_than_the_valley(
    weights: list[float], samples: list[Sample], across: float, data: st.DataObject
) -> None:
    experiment = Experiment(weights=weights, samples=samples)
    pair = Pair(W(1), W(2))
    valley = minima(experiment, weights, pair)
    if valley is None:
        return
    lowest = float(losses(experiment, weights, {W(1): across, W(2): valley / across}))
    elsewhere = data.draw(st.floats(-5, 5)), data.draw(st.floats(-5, 5))
    there = float(losses(experiment, weights, {W(1): elsewhere[0], W(2): elsewhere[1]}))
    assert lowest <= there + 1e-9 * (1 + there)


def test_a_valley_is_told_only_where_it_is_known() -> None:
    opening = Experiment()
    assert minima(opening, opening.weights, Pair(W(1), W(2))) == pytest.approx(-1 / -0.52133)
    assert minima(Experiment(weights=(0.5,)), (0.5,), Pair(W(1), None)) == pytest.approx(-1)
    assert minima(Experiment(activation="tanh"), opening.weights, Pair(W(1), W(2))) is None
    assert minima(opening, (1.0, 1.0, 0.0), Pair(W(1), W(2))) is None
    nothing = Experiment(samples=(Sample(0, 1),))
    assert minima(nothing, opening.weights, Pair(W(1), W(2))) is None
