"""ReLU's cousins: the figures of the mathematics, and what their records promise."""

from dataclasses import replace

import pytest

from engine import Experiment, Sample, moment_at, train
from engine.activations import ACTIVATIONS


def gradients(activation: str) -> tuple[float | None, ...]:
    """Return the gradients at the first sample of the opening experiment."""
    return moment_at(train(Experiment(activation=activation)), 13).gradients


def test_the_leaky_relu() -> None:
    f = ACTIVATIONS["leaky_relu"]
    assert [f.function(z) for z in (-2.0, 0.0, 3.0)] == [-0.02, 0.0, 3.0]
    assert [f.derivative(f.function(z)) for z in (-2.0, 0.0, 3.0)] == [0.01, 0.01, 1.0]
    expected = (0.0012150431, -0.0012166076, -0.0005437430)
    assert gradients("leaky_relu") == pytest.approx(expected, rel=1e-6)


def test_a_leaky_relu_is_never_dead() -> None:
    dead = Experiment((-0.1,), (Sample(1.0, 1.0),), 0.5, 60, "relu")
    assert train(dead).final_weights == dead.weights
    assert train(replace(dead, activation="leaky_relu")).predict(1.0).output > 0.99
