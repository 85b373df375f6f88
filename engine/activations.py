"""The activations: one record each, and all that anybody has to know of them.

    >>> ACTIVATIONS["tanh"].derivative(0.5)
    0.75

Whoever needs an activation asks its record, never its name.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from engine.words import mark

Scalar = Callable[[float], float]

_TINY = 5e-324
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
    differ in the last bit. `low` and `high` are the ends of its outputs, `steepest` is the largest
    f′, `kinks` are the z where f′ jumps; `bends` tells of an f that is not made of straight pieces.
    `is_identity`: f(z) = z, and nothing is left of f and f′. `is_odd`: f(−z) = −f(z), f′(0) = 1 and
    |f(z)| ≤ |z|, so a chain with small weights is like a linear one. `is_flat_below_zero`:
    f = f′ = 0 for z ≤ 0. `sign` returns the sign of f(z) from that of z, whatever underflows.
    """

    name: str
    title: str
    symbol: str
    function: Scalar
    derivative: Scalar
    on_arrays: Callable[[], Callable[[Any], Any]]
    code: Code
    steepest: float = 1.0
    low: float = -math.inf
    high: float = math.inf
    kinks: tuple[float, ...] = ()
    bends: Bends | None = None
    is_identity: bool = False
    is_odd: bool = False
    is_flat_below_zero: bool = False
    sign: Scalar = field(default=lambda sign: sign)

    @property
    def is_bounded(self) -> bool:
        """Whether some targets are out of reach."""
        return self.low > -math.inf or self.high < math.inf

    @property
    def is_straight(self) -> bool:
        """Whether f is made of straight pieces."""
        return self.bends is None


def _identity(z: float) -> float:
    return z


def _one(_a: float) -> float:
    return 1.0


_IDENTITY = Activation(
    name="identity",
    title=mark("None (linear)"),
    symbol="",
    function=_identity,
    derivative=_one,
    on_arrays=lambda: _identity,
    code=Code("", (), "1.0"),
    is_identity=True,
    is_odd=True,
)


def _tanh_derivative(a: float) -> float:
    return 1.0 - a * a


def _tanh_bounds(low: float, high: float) -> tuple[float, float, float]:
    # f″ = −2f·f′, f‴ = f′·(6f² − 2)
    small = math.exp(-2 * _nearest_to_zero(low, high))
    steep = max(4 * small / (1 + small) ** 2, _TINY)
    t = math.tanh(max(abs(low), abs(high)))
    return steep, 2 * t * steep, max(2.0, 6 * t * t - 2) * steep


def _tanh_on_arrays() -> Callable[[Any], Any]:
    import numpy as np  # noqa: PLC0415 - surfaces alone need it

    return np.tanh


_TANH = Activation(
    name="tanh",
    title=mark("tanh"),
    symbol="tanh",
    function=math.tanh,
    derivative=_tanh_derivative,
    on_arrays=_tanh_on_arrays,
    code=Code(
        mark("The activation."), ("return tanh(z)",), "1.0 - a * a", ("tanh",), "torch.tanh({})"
    ),
    low=-1.0,
    high=1.0,
    # 1 − a² rounds as 1 does.
    bends=Bends(_tanh_bounds, lambda a: 2 * abs(a), lambda _slope: 1.0),
    is_odd=True,
)


def _sigmoid(z: float) -> float:
    # Two branches, so that exp never sees a large positive number and can't overflow.
    if z >= 0.0:
        return 1.0 / (1.0 + math.exp(-z))
    grown = math.exp(z)
    return grown / (1.0 + grown)


def _sigmoid_derivative(a: float) -> float:
    return a * (1.0 - a)


def _sigmoid_slope(low: float, high: float) -> float:
    """Return the largest σ′ over an interval: at 0, or as close to it as can be."""
    small = math.exp(-_nearest_to_zero(low, high))
    return max(small / (1 + small) ** 2, _TINY)


def _sigmoid_bounds(low: float, high: float) -> tuple[float, float, float]:
    # f″ = f′·(1 − 2f), f‴ = f′·(1 − 6f + 6f²)
    steep = _sigmoid_slope(low, high)
    return steep, steep * math.tanh(max(abs(low), abs(high)) / 2), steep


def _sigmoid_on_arrays() -> Callable[[Any], Any]:
    import numpy as np  # noqa: PLC0415

    # An array can't take one of two branches: 1/(1 + e⁻ᶻ) = ½ + ½·tanh(z/2).
    return lambda z: 0.5 + 0.5 * np.tanh(0.5 * z)


_SIGMOID = Activation(
    name="sigmoid",
    title=mark("sigmoid"),
    symbol="sigmoid",
    function=_sigmoid,
    derivative=_sigmoid_derivative,
    on_arrays=_sigmoid_on_arrays,
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


def _relu(z: float) -> float:
    return 0.0 if z <= 0.0 else z  # noqa: FURB136 - max(0.0, NaN) is 0.0


def _relu_derivative(a: float) -> float:
    return 0.0 if a <= 0.0 else 1.0


def _relu_on_arrays() -> Callable[[Any], Any]:
    import numpy as np  # noqa: PLC0415

    return lambda z: np.maximum(z, 0.0)


_RELU = Activation(
    name="relu",
    title=mark("ReLU"),
    symbol="ReLU",
    function=_relu,
    derivative=_relu_derivative,
    on_arrays=_relu_on_arrays,
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


_LEAK = 0.01
"""The slope of the leaky ReLU for z ≤ 0, as PyTorch has it by default."""


def _leaky_relu(z: float) -> float:
    return _LEAK * z if z <= 0.0 else z


def _leaky_relu_derivative(a: float) -> float:
    return _LEAK if a <= 0.0 else 1.0


def _leaky_relu_on_arrays() -> Callable[[Any], Any]:
    import numpy as np  # noqa: PLC0415

    return lambda z: np.where(z <= 0.0, _LEAK * z, z)


_LEAKY_RELU = Activation(
    name="leaky_relu",
    title=mark("leaky ReLU"),
    symbol="LReLU",
    function=_leaky_relu,
    derivative=_leaky_relu_derivative,
    on_arrays=_leaky_relu_on_arrays,
    code=Code(
        mark("The activation, leaky relu."),
        ("return 0.01 * z if z <= 0.0 else z",),
        "0.01 if a <= 0.0 else 1.0",
        torch="F.leaky_relu({})",
    ),
    kinks=(0.0,),
)


def _softplus(z: float) -> float:
    # ln(1 + eᶻ) in which exp never sees a positive number, so there is no threshold to be linear.
    return max(z, 0.0) + math.log1p(math.exp(-abs(z)))


def _softplus_derivative(a: float) -> float:
    # f′ = σ(z) = 1 − e⁻ᵃ
    return -math.expm1(-a)


def _softplus_bounds(low: float, high: float) -> tuple[float, float, float]:
    # f″ = f′·(1 − f′) = σ′, f‴ = f″·(1 − 2f′)
    bend = _sigmoid_slope(low, high)
    return max(_sigmoid(high), _TINY), bend, bend * math.tanh(max(abs(low), abs(high)) / 2)


def _softplus_on_arrays() -> Callable[[Any], Any]:
    import numpy as np  # noqa: PLC0415

    return lambda z: np.logaddexp(0.0, z)


_SOFTPLUS = Activation(
    name="softplus",
    title=mark("softplus"),
    symbol="softplus",
    function=_softplus,
    derivative=_softplus_derivative,
    on_arrays=_softplus_on_arrays,
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


def _nearest_to_zero(low: float, high: float) -> float:
    return 0.0 if low <= 0.0 <= high else min(abs(low), abs(high))


ACTIVATIONS: Mapping[str, Activation] = MappingProxyType(
    {one.name: one for one in (_IDENTITY, _TANH, _SIGMOID, _RELU, _LEAKY_RELU, _SOFTPLUS)}
)
"""All of them by their names, in the order of menus; the first is no activation at all."""

IDENTITY = _IDENTITY.name
"""The name of the activation that does nothing: the chain is linear."""
