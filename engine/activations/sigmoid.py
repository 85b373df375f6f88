"""The logistic sigmoid, σ(z) = 1/(1 + e⁻ᶻ)."""

import math
from collections.abc import Callable
from typing import Any

from engine.activations.activation import (
    TINY,
    Activation,
    Bends,
    Code,
    OnArrays,
    nearest_to_zero,
    one_by_one,
)
from engine.words import mark


def sigmoid(z: float) -> float:
    """Return σ(z) = 1/(1 + e⁻ᶻ)."""
    # Two branches, so that exp never sees a large positive number and can't overflow.
    if z >= 0.0:
        return 1.0 / (1.0 + math.exp(-z))
    grown = math.exp(z)
    return grown / (1.0 + grown)


def _sigmoid_derivative(a: float) -> float:
    return a * (1.0 - a)


def sigmoid_slope(low: float, high: float) -> float:
    """Return the largest σ′ over an interval: its value at the point closest to 0."""
    small = math.exp(-nearest_to_zero(low, high))
    return max(small / (1 + small) ** 2, TINY)


def _sigmoid_bounds(low: float, high: float) -> tuple[float, float, float]:
    # f″ = f′·(1 − 2f), f‴ = f′·(1 − 6f + 6f²)
    steep = sigmoid_slope(low, high)
    return steep, steep * math.tanh(max(abs(low), abs(high)) / 2), steep


def _sigmoid_on_arrays() -> Callable[[Any], Any]:
    import numpy as np  # noqa: PLC0415

    # An array can't take one of two branches: 1/(1 + e⁻ᶻ) = ½ + ½·tanh(z/2).
    return lambda z: 0.5 + 0.5 * np.tanh(0.5 * z)


def _sigmoid_exactly() -> tuple[OnArrays, OnArrays]:
    import numpy as np  # noqa: PLC0415

    exp = one_by_one(math.exp)

    def function(z: Any) -> Any:  # noqa: ANN401 - NumPy's arrays
        grown = exp(-np.abs(z))
        return np.where(z >= 0.0, 1.0, grown) / (1.0 + grown)

    return function, _sigmoid_derivative


SIGMOID = Activation(
    name="sigmoid",
    title=mark("sigmoid"),
    symbol="sigmoid",
    formulas=("sigmoid(z) = 1 / (1 + exp(−z))", "sigmoid′(z) = sigmoid(z)·(1 − sigmoid(z))"),
    function=sigmoid,
    derivative=_sigmoid_derivative,
    on_arrays=_sigmoid_on_arrays,
    exactly_on_arrays=_sigmoid_exactly,
    code=Code(
        mark("The activation, the sigmoid."),
        (
            "if z >= 0.0:",
            "    return 1.0 / (1.0 + exp(-z))",
            "grown = exp(z)  # exp(-z) would overflow",
            "return grown / (1.0 + grown)",
        ),
        "a * (1.0 - a)",
        ("exp",),
        "torch.sigmoid({})",
    ),
    steepest=0.25,
    low=0.0,
    high=1.0,
    bends=Bends(_sigmoid_bounds, lambda a: abs(1 - 2 * a), lambda slope: slope),
    sign=lambda _sign: 1.0,
)
