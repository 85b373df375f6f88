"""The rectified linear unit, max(z, 0)."""

from collections.abc import Callable
from typing import Any

from engine.activations.activation import Activation, Code, OnArrays
from engine.words import mark


def _relu(z: float) -> float:
    return 0.0 if z <= 0.0 else z  # noqa: FURB136 - max(0.0, NaN) is 0.0


def _relu_derivative(a: float) -> float:
    return 0.0 if a <= 0.0 else 1.0


def _relu_on_arrays() -> Callable[[Any], Any]:
    import numpy as np  # noqa: PLC0415

    return lambda z: np.maximum(z, 0.0)


def _relu_exactly() -> tuple[OnArrays, OnArrays]:
    import numpy as np  # noqa: PLC0415

    return lambda z: np.where(z <= 0.0, 0.0, z), lambda a: np.where(a <= 0.0, 0.0, 1.0)


RELU = Activation(
    name="relu",
    title=mark("ReLU"),
    symbol="ReLU",
    formulas=("ReLU(z) = max(z, 0)", "ReLU′(z) = 1 (z > 0) | 0 (z ≤ 0)"),
    function=_relu,
    derivative=_relu_derivative,
    on_arrays=_relu_on_arrays,
    exactly_on_arrays=_relu_exactly,
    code=Code(
        mark("The activation, relu."),
        ("return 0.0 if z <= 0.0 else z",),
        "0.0 if a <= 0.0 else 1.0",
        torch="torch.relu({})",
    ),
    low=0.0,
    kinks=(0.0,),
    is_flat_below_zero=True,
    sign=lambda sign: max(sign, 0.0),
)
