"""Independent arithmetic to hold the engine against. Nothing here imports the engine."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Tape:
    """A record of every number computed, each with the slopes towards those it was made from.

    A number is its index on the tape. `slopes(of)` reads the tape backwards once.
    """

    def __init__(self) -> None:
        self.values: list[float] = []
        self._made_from: list[tuple[tuple[int, float], ...]] = []

    def note(self, value: float, *made_from: tuple[int, float]) -> int:
        self.values.append(value)
        self._made_from.append(made_from)
        return len(self.values) - 1

    def times(self, a: int, b: int) -> int:
        va, vb = self.values[a], self.values[b]
        return self.note(va * vb, (a, vb), (b, va))

    def minus(self, a: int, b: int) -> int:
        return self.note(self.values[a] - self.values[b], (a, 1.0), (b, -1.0))

    def bend(self, a: int, activation: str) -> int:
        value, slope = BENT[activation](self.values[a])
        return self.note(value, (a, slope))

    def slopes(self, of: int) -> list[float]:
        collected = [0.0] * len(self.values)
        collected[of] = 1.0
        for made in range(of, -1, -1):
            for source, slope in self._made_from[made]:
                collected[source] += collected[made] * slope
        return collected


def _bent_tanh(z: float) -> tuple[float, float]:
    cosh = math.cosh(z)
    return math.sinh(z) / cosh, 1.0 / (cosh * cosh)


def _bent_sigmoid(z: float) -> tuple[float, float]:
    small = math.exp(-abs(z))
    near_one = 1.0 / (1.0 + small)
    return (near_one if z > 0 else 1.0 - near_one), small * near_one * near_one


def _bent_softplus(z: float) -> tuple[float, float]:
    """Return ln(1 + eᶻ) by its series far from 0, where the formula loses its digits."""
    if abs(z) < 30:
        return math.log(1.0 + math.exp(z)), 1.0 / (1.0 + math.exp(-z))
    small = math.exp(-abs(z))
    value = small - small * small / 2
    return (z + value, 1.0 - small) if z > 0 else (value, small)


BENT: dict[str, Callable[[float], tuple[float, float]]] = {
    "identity": lambda z: (z, 1.0),
    "tanh": _bent_tanh,
    "sigmoid": _bent_sigmoid,
    "relu": lambda z: (max(z, 0.0), float(z > 0)),
    "softplus": _bent_softplus,
    "leaky_relu": lambda z: (max(z, 0.01 * z), 1.0 if z > 0 else 0.01),
}


def tape_gradients(
    weights: Sequence[float], x: float, target: float, activation: str
) -> tuple[float, list[float]]:
    """Return the loss, and its slope along every weight."""
    tape = Tape()
    leaves = [tape.note(w) for w in weights]
    signal = tape.note(x)
    for leaf in leaves:
        signal = tape.bend(tape.times(leaf, signal), activation)
    miss = tape.minus(signal, tape.note(target))
    loss = tape.times(tape.note(0.5), tape.times(miss, miss))
    slopes = tape.slopes(loss)
    return tape.values[loss], [slopes[leaf] for leaf in leaves]


def loss_of(weights: Sequence[float], x: float, target: float, activation: str) -> float:
    """Return the loss of one sample, from the definition."""
    for w in weights:
        x, _ = BENT[activation](w * x)
    return (x - target) * (x - target) / 2


def signs(weights: Sequence[float], x: float) -> list[bool]:
    """Return which layers of a relu chain are open."""
    found = []
    for w in weights:
        x = max(w * x, 0.0)
        found.append(x > 0)
    return found


def slope_by_differences(
    weights: Sequence[float], layer: int, x: float, target: float, activation: str, h: float
) -> float:
    """Return ∂L/∂w by central differences with one step of Richardson's extrapolation."""

    def difference(h: float) -> float:
        up, down = list(weights), list(weights)
        up[layer - 1] += h
        down[layer - 1] -= h
        rise = loss_of(up, x, target, activation) - loss_of(down, x, target, activation)
        return rise / (up[layer - 1] - down[layer - 1])

    return (4 * difference(h / 2) - difference(h)) / 3


def exact_gradients(weights: Sequence[float], x: float, target: float) -> list[Fraction]:
    """Return the gradients of a linear chain without any rounding."""
    exact = [Fraction(w) for w in weights]
    error = math.prod(exact) * Fraction(x) - Fraction(target)
    return [
        error * math.prod(exact[:i]) * math.prod(exact[i + 1 :]) * Fraction(x)
        for i in range(len(exact))
    ]


def exact_pass(
    weights: Sequence[float], x: float, activation: str
) -> tuple[list[Fraction], list[Fraction]]:
    """Return a₀ … aₙ and f′(z₁) … f′(zₙ): of a linear chain without any rounding."""
    outputs, slopes = [Fraction(x)], []
    for w in weights:
        if activation == "identity":
            outputs.append(Fraction(w) * outputs[-1])
            slopes.append(Fraction(1))
        else:
            a, slope = BENT[activation](w * float(outputs[-1]))
            outputs.append(Fraction(a))
            slopes.append(Fraction(slope))
    return outputs, slopes


class Backward(NamedTuple):
    """What a backward pass comes to, layer 1 first."""

    upstreams: list[Fraction]
    gradients: list[Fraction]
    weights: list[Fraction]


def backward_by_the_table(
    algorithm: str,
    weights: Sequence[Fraction],
    outputs: Sequence[Fraction],
    slopes: Sequence[Fraction],
    target: Fraction,
    rate: Fraction,
) -> Backward:
    """Write every number of a backward pass out as one product, without any rounding.

    After the table of algorithms and slips in the mathematics: nothing is passed on from layer
    to layer here, but in `in_place`, whose new weights need each other.
    """
    n, miss = len(weights), outputs[-1] - target
    if algorithm == "no_local_derivative":
        slopes = [Fraction(1)] * n
    carried = [w * slope for w, slope in zip(weights, slopes, strict=True)]
    if algorithm == "in_place":
        for i in reversed(range(n)):
            gradient = miss * math.prod(carried[i + 1 :]) * slopes[i] * outputs[i]
            carried[i] = (weights[i] - rate * gradient) * slopes[i]
    if algorithm == "front_to_back":
        upstreams = [miss * carried[-1] * math.prod(carried[:i]) for i in range(n)]
        gradients = [u * c * a for u, c, a in zip(upstreams, carried, outputs[:-1], strict=True)]
    else:
        upstreams = [miss * math.prod(carried[i + 1 :]) for i in range(n)]
        entered = outputs[1:] if algorithm == "own_output" else outputs[:-1]
        sign = -1 if algorithm == "sign_flipped" else 1
        gradients = [sign * u * s * a for u, s, a in zip(upstreams, slopes, entered, strict=True)]
    after = [w - rate * g for w, g in zip(weights, gradients, strict=True)]
    return Backward(upstreams, gradients, after)


def exact_update(
    algorithm: str, weights: Sequence[float], x: float, target: float, activation: str, rate: float
) -> Backward:
    """Return what one update of `algorithm` computes."""
    outputs, slopes = exact_pass(weights, x, activation)
    exact = [Fraction(w) for w in weights]
    return backward_by_the_table(
        algorithm, exact, outputs, slopes, Fraction(target), Fraction(rate)
    )


def size_of_update(
    algorithm: str, weights: Sequence[float], x: float, target: float, activation: str, rate: float
) -> Backward:
    """Return how large each number of an update would be if nothing in it cancelled.

    Floating-point errors are a small multiple of these sizes. No slope is larger than 1, and
    1 − a² can be off by a rounding of 1.
    """
    outputs, _ = exact_pass(weights, x, activation)
    return backward_by_the_table(
        "backprop" if algorithm == "sign_flipped" else algorithm,
        [abs(Fraction(w)) for w in weights],
        [abs(a) for a in outputs],
        [Fraction(1)] * len(weights),
        -abs(Fraction(target)),
        -Fraction(rate),
    )


def article_listing(
    w1: float,
    w2: float,
    w3: float,
    samples: Sequence[tuple[float, float]],
    rate: float,
    epochs: int,
) -> tuple[float, float, float]:
    """Train three layers as the article's first listing does, name by name."""
    for _ in range(epochs):
        for x, target in samples:
            y = w1 * x
            z = w2 * y
            e = w3 * z
            public = e - target
            w3 = w3 - rate * public * z
            public = public * w3
            w2 = w2 - rate * public * y
            public = public * w2
            w1 = w1 - rate * public * x
    return w1, w2, w3


def proper_listing(
    w1: float,
    w2: float,
    w3: float,
    samples: Sequence[tuple[float, float]],
    rate: float,
    epochs: int,
) -> tuple[float, float, float]:
    """Train three layers by the formulas for ∂L/∂w written out, from one snapshot."""
    for _ in range(epochs):
        for x, target in samples:
            y = w1 * x
            z = w2 * y
            e = w3 * z
            g3 = (e - target) * z
            g2 = (e - target) * w3 * y
            g1 = (e - target) * w3 * w2 * x
            w1, w2, w3 = w1 - rate * g1, w2 - rate * g2, w3 - rate * g3
    return w1, w2, w3
