"""What an activation is: f, its derivative, and all that anybody has to know of them."""

import math
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

Scalar = Callable[[float], float]

OnArrays = Callable[[Any], Any]
"""A function of NumPy's arrays, element by element."""

TINY = 5e-324
"""The smallest float above 0: what a bound is where exp underflows."""


@dataclass(frozen=True, slots=True)
class Bends:
    """How an activation bends: the bounds that the error of a central difference needs.

    `bounds` returns bounds of |f′|, |f″| and |f‴| over an interval of z, from a lower to a higher
    end. `per_output` returns |df′/da| at an output a and its slope f′: how much an error of a moves
    f′. `rounding` returns the size at which computing f′ from a rounds, from f′.
    """

    bounds: Callable[[float, float], tuple[float, float, float]]
    per_output: Callable[[float], float]
    rounding: Scalar


@dataclass(frozen=True, slots=True)
class Code:
    """An activation in programs: lines of Python, and PyTorch's own name.

    `function` are the lines of the body of f(z), `derivative` an expression for f′(z) in a = f(z);
    both need `imports` of the module math. `torch` is f({}) by a function of PyTorch, "" for none;
    F is torch.nn.functional.
    """

    docstring: str
    function: tuple[str, ...]
    derivative: str
    imports: tuple[str, ...] = ()
    torch: str = ""


@dataclass(frozen=True, slots=True)
class Activation:
    """An activation f.

    `derivative` is f′(z) as a function of the output a = f(z). `title` is its name in menus, to be
    translated, and `symbol` that in formulas. `on_arrays` returns f for NumPy's arrays, which may
    differ in the last bit; `exactly_on_arrays` returns f and f′ that differ in none. `low` and
    `high` are the ends of its outputs, `steepest` is the largest
    f′, `kinks` are the z where f′ jumps; `bends` tells of an f that is not made of straight pieces.
    `is_identity`: f(z) = z, and nothing is left of f and f′. `is_odd`: f(−z) = −f(z), f′(0) = 1 and
    |f(z)| ≤ |z|, so a chain with small weights is like a linear one. `is_flat_below_zero`:
    f = f′ = 0 for z ≤ 0. `formulas` are f and f′ as one computes them by hand. `sign` returns the
    sign of f(z) from that of z, whatever underflows.
    """

    name: str
    title: str
    symbol: str
    function: Scalar
    derivative: Scalar
    on_arrays: Callable[[], OnArrays]
    exactly_on_arrays: Callable[[], tuple[OnArrays, OnArrays]]
    code: Code
    steepest: float = 1.0
    low: float = -math.inf
    high: float = math.inf
    kinks: tuple[float, ...] = ()
    bends: Bends | None = None
    is_identity: bool = False
    is_odd: bool = False
    is_flat_below_zero: bool = False
    formulas: tuple[str, ...] = ()
    sign: Scalar = field(default=lambda sign: sign)

    @property
    def module(self) -> ModuleType:
        """The module that defines it."""
        return sys.modules[self.derivative.__module__]

    @property
    def is_bounded(self) -> bool:
        """Whether the outputs are bounded, so that some targets cannot be reached."""
        return self.low > -math.inf or self.high < math.inf

    @property
    def is_straight(self) -> bool:
        """Whether f is piecewise linear."""
        return self.bends is None


def one_by_one(function: Scalar) -> OnArrays:
    """Return a function of `math` for one-dimensional arrays, with `math`'s own bits.

    NumPy's own tanh, exp, expm1 and log1p may differ in the last bit. They are five times as fast.
    """
    import numpy as np  # noqa: PLC0415 - for large jobs alone

    return lambda z: np.fromiter(map(function, z.tolist()), np.float64, len(z))


def nearest_to_zero(low: float, high: float) -> float:
    """Return the smallest size of a number between two ends."""
    return 0.0 if low <= 0.0 <= high else min(abs(low), abs(high))
