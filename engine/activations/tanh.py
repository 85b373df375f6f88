"""The hyperbolic tangent."""

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


def _tanh_derivative(a: float) -> float:
    return 1.0 - a * a


def _tanh_bounds(low: float, high: float) -> tuple[float, float, float]:
    # f″ = −2f·f′, f‴ = f′·(6f² − 2)
    small = math.exp(-2 * nearest_to_zero(low, high))
    steep = max(4 * small / (1 + small) ** 2, TINY)
    t = math.tanh(max(abs(low), abs(high)))
    return steep, 2 * t * steep, max(2.0, 6 * t * t - 2) * steep


def _tanh_on_arrays() -> Callable[[Any], Any]:
    import numpy as np  # noqa: PLC0415 - surfaces alone need it

    return np.tanh


def _tanh_exactly() -> tuple[OnArrays, OnArrays]:
    return one_by_one(math.tanh), _tanh_derivative


TANH = Activation(
    name="tanh",
    title=mark("tanh"),
    symbol="tanh",
    formulas=("tanh′(z) = 1 − tanh(z)²",),
    function=math.tanh,
    derivative=_tanh_derivative,
    on_arrays=_tanh_on_arrays,
    exactly_on_arrays=_tanh_exactly,
    code=Code(
        mark("The activation."), ("return tanh(z)",), "1.0 - a * a", ("tanh",), "torch.tanh({})"
    ),
    low=-1.0,
    high=1.0,
    # 1 − a² rounds as 1 does.
    bends=Bends(_tanh_bounds, lambda a: 2 * abs(a), lambda _slope: 1.0),
    is_odd=True,
)
