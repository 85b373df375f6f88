"""Softplus, ln(1 + eᶻ): a ReLU without its kink."""

import math
from collections.abc import Callable
from typing import Any

from engine.activations.activation import TINY, Activation, Bends, Code, OnArrays, one_by_one
from engine.activations.sigmoid import sigmoid, sigmoid_slope
from engine.words import mark


def _softplus(z: float) -> float:
    # ln(1 + eᶻ) in which exp never sees a positive number, so there is no threshold to be linear.
    return max(z, 0.0) + math.log1p(math.exp(-abs(z)))


def _softplus_derivative(a: float) -> float:
    # f′ = σ(z) = 1 − e⁻ᵃ
    return -math.expm1(-a)


def _softplus_bounds(low: float, high: float) -> tuple[float, float, float]:
    # f″ = f′·(1 − f′) = σ′, f‴ = f″·(1 − 2f′)
    bend = sigmoid_slope(low, high)
    return max(sigmoid(high), TINY), bend, bend * math.tanh(max(abs(low), abs(high)) / 2)


def _softplus_on_arrays() -> Callable[[Any], Any]:
    import numpy as np  # noqa: PLC0415

    return lambda z: np.logaddexp(0.0, z)


def _softplus_exactly() -> tuple[OnArrays, OnArrays]:
    import numpy as np  # noqa: PLC0415

    exp, log1p, expm1 = map(one_by_one, (math.exp, math.log1p, math.expm1))
    # max(NaN, 0) is NaN, as by `max` above.
    return lambda z: np.maximum(z, 0.0) + log1p(exp(-np.abs(z))), lambda a: -expm1(-a)


SOFTPLUS = Activation(
    name="softplus",
    title=mark("softplus"),
    symbol="softplus",
    formulas=("softplus(z) = ln(1 + exp(z))", "softplus′(z) = 1 / (1 + exp(−z))"),
    function=_softplus,
    derivative=_softplus_derivative,
    on_arrays=_softplus_on_arrays,
    exactly_on_arrays=_softplus_exactly,
    code=Code(
        mark("The activation, softplus."),
        ("small = exp(-abs(z))", "return max(z, 0.0) + log1p(small)"),
        "-expm1(-a)",
        ("exp", "expm1", "log1p"),
        # Above its threshold PyTorch takes z itself; from 37 on the two are equal.
        "F.softplus({}, threshold=40)",
    ),
    low=0.0,
    bends=Bends(_softplus_bounds, lambda a: math.exp(-a), lambda slope: slope),
    sign=lambda _sign: 1.0,
)
