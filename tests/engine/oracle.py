"""Independent arithmetic to hold the engine against. Nothing here imports the engine."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

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


BENT: dict[str, Callable[[float], tuple[float, float]]] = {
    "identity": lambda z: (z, 1.0),
    "tanh": _bent_tanh,
    "sigmoid": _bent_sigmoid,
    "relu": lambda z: (max(z, 0.0), float(z > 0)),
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
