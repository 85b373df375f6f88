"""ReLU's cousins: the figures of the mathematics, and what their records promise."""

import math
from dataclasses import replace

import mpmath
import pytest

from engine import Experiment, Sample, moment_at, train
from engine.activations import ACTIVATIONS

mpmath.mp.dps = 50


def gradients(activation: str) -> tuple[float | None, ...]:
    """Return the gradients at the first sample of the opening experiment."""
    return moment_at(train(Experiment(activation=activation)), 13).gradients


def test_the_leaky_relu() -> None:
    f = ACTIVATIONS["leaky_relu"]
    assert [f.function(z) for z in (-2.0, 0.0, 3.0)] == [-0.02, 0.0, 3.0]
    assert [f.derivative(f.function(z)) for z in (-2.0, 0.0, 3.0)] == [0.01, 0.01, 1.0]
    expected = (0.0012150431, -0.0012166076, -0.0005437430)
    assert gradients("leaky_relu") == pytest.approx(expected, abs=1e-10)


def test_a_leaky_relu_is_never_dead() -> None:
    dead = Experiment((-0.1,), (Sample(1.0, 1.0),), 0.5, 60, "relu")
    assert train(dead).final_weights == dead.weights
    assert train(replace(dead, activation="leaky_relu")).predict(1.0).output > 0.99


def test_the_softplus() -> None:
    f = ACTIVATIONS["softplus"]
    assert f.function(0.0) == math.log(2.0)
    assert f.derivative(f.function(0.0)) == pytest.approx(0.5, rel=1e-15)
    expected = (0.0200513605, -0.1259236151, 0.3938052448)
    assert gradients("softplus") == pytest.approx(expected, abs=1e-10)


@pytest.mark.parametrize("z", [1e3, 709.0, 40.0, 20.5, -20.5, -700.0, -744.0, 1.7e308])
def test_the_softplus_has_no_threshold(z: float) -> None:
    f = ACTIVATIONS["softplus"]
    true = mpmath.log1p(mpmath.exp(mpmath.mpf(z))) if z < 1e4 else mpmath.mpf(z)
    assert abs(mpmath.mpf(f.function(z)) - true) <= 4e-16 * true + 5e-324
    slope = 1 / (1 + mpmath.exp(-mpmath.mpf(z))) if z > -1e4 else mpmath.mpf(0)
    assert abs(mpmath.mpf(f.derivative(f.function(z))) - slope) <= 1e-14 * slope + 5e-324
