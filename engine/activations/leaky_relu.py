"""The leaky ReLU: z for z > 0, else a hundredth of z."""

from collections.abc import Callable
from typing import Any

from engine.activations.activation import Activation, Code, OnArrays
from engine.words import mark

_LEAK = 0.01
"""The slope of the leaky ReLU for z ≤ 0, as PyTorch has it by default."""


def _leaky_relu(z: float) -> float:
    return _LEAK * z if z <= 0.0 else z


def _leaky_relu_derivative(a: float) -> float:
    return _LEAK if a <= 0.0 else 1.0


def _leaky_relu_on_arrays() -> Callable[[Any], Any]:
    import numpy as np  # noqa: PLC0415

    return lambda z: np.where(z <= 0.0, _LEAK * z, z)


def _leaky_relu_exactly() -> tuple[OnArrays, OnArrays]:
    import numpy as np  # noqa: PLC0415

    return _leaky_relu_on_arrays(), lambda a: np.where(a <= 0.0, _LEAK, 1.0)


LEAKY_RELU = Activation(
    name="leaky_relu",
    title=mark("leaky ReLU"),
    symbol="LReLU",
    formulas=("LReLU(z) = z (z > 0) | 0.01·z (z ≤ 0)", "LReLU′(z) = 1 (z > 0) | 0.01 (z ≤ 0)"),
    function=_leaky_relu,
    derivative=_leaky_relu_derivative,
    on_arrays=_leaky_relu_on_arrays,
    exactly_on_arrays=_leaky_relu_exactly,
    code=Code(
        mark("The activation, leaky relu."),
        ("return 0.01 * z if z <= 0.0 else z",),
        "0.01 if a <= 0.0 else 1.0",
        torch="F.leaky_relu({})",
    ),
    kinks=(0.0,),
)
