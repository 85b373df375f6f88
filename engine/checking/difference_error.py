"""How far a central difference and a right gradient can lie apart: bounds that hold.

They differ for three reasons. Every operation rounds; a running error analysis follows what that
does to the losses and to the gradient (Higham, Accuracy and Stability of Numerical Algorithms,
§3.3). What is smaller than the smallest normal float loses digits or becomes 0. And where the loss
bends between w − ε and w + ε, its mean slope is not that at w.
"""

import sys
from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from typing import NamedTuple

from engine.activations import Activation
from engine.expressions import (
    Activated,
    Difference,
    HalfSquare,
    Node,
    Product,
    Reading,
    Spread,
    Sum,
    fold,
)
from engine.quantities import Name, Quantity
from engine.steps import Step

UNIT = sys.float_info.epsilon
"""Twice the unit roundoff: an operation is off by at most half of it, so the bounds have room."""

_LIBRARY = 4 * UNIT
"""The relative error of an f that is not made of straight pieces, as a library computes it."""

_NORMAL, _TINY = sys.float_info.min, 5e-324
"""Below the first a float has fewer digits than usual: an error may be up to the second."""


class Bound(NamedTuple):
    """A bound of an error: what is due to rounding, and what is due to underflow."""

    rounding: float
    underflow: float

    @property
    def both(self) -> float:
        """The sum of the two."""
        return self.rounding + self.underflow

    def __add__(self, other: "Bound") -> "Bound":  # type: ignore[override]
        """Return the bound of the error of a sum."""
        return Bound(self.rounding + other.rounding, self.underflow + other.underflow)

    def over(self, width: float) -> "Bound":
        """Return the bound after a division by 2·`width`."""
        return Bound(self.rounding / 2 / width, self.underflow / 2 / width)


EXACT = Bound(0.0, 0.0)


class Inexact(NamedTuple):
    """A number as it is computed, and how far it can be off."""

    value: float
    off: Bound = EXACT

    @property
    def ends(self) -> tuple[float, float]:
        """Between which numbers the true one lies."""
        return self.value - self.off.both, self.value + self.off.both


def times(a: Inexact, b: Inexact) -> Inexact:
    """Return a product of two numbers that have errors themselves."""
    size_a, size_b = abs(a.value), abs(b.value)
    rounding = size_a * b.off.rounding + (size_b + b.off.rounding) * a.off.rounding
    underflow = (size_a + a.off.both) * b.off.underflow
    underflow += (size_b + b.off.rounding) * a.off.underflow
    value = a.value * b.value
    if abs(value) < _NORMAL and (a.value or a.off != EXACT) and (b.value or b.off != EXACT):
        underflow += _TINY
    return Inexact(value, Bound(rounding + UNIT * abs(value), underflow))


def plus(a: Inexact, b: Inexact) -> Inexact:
    """Return a sum; among the smallest floats it is exact."""
    value = a.value + b.value
    off = a.off + b.off
    return Inexact(value, Bound(off.rounding + UNIT * abs(value), off.underflow))


def minus(a: Inexact) -> Inexact:
    """Return a number with the opposite sign, as far off as it is."""
    return Inexact(-a.value, a.off)


def half_square(d: Inexact) -> Inexact:
    """Return ½d²."""
    lost = _TINY if 0.0 < abs(d.value) < 2 * _NORMAL else 0.0
    half = Bound(d.off.rounding / 2, d.off.underflow / 2 + lost)
    return times(Inexact(0.5 * d.value, half), d)


def activated(f: Activation, z: Inexact) -> Inexact:
    """Return f(z)."""
    a = f.function(z.value)
    if f.bends is None:
        # A piece with a slope other than 0 and 1 is a product.
        rounding = 0.0 if a in (0.0, z.value) else UNIT * abs(a)
        lost = _TINY if rounding and abs(a) < _NORMAL else 0.0
        return Inexact(a, Bound(z.off.rounding + rounding, z.off.underflow + lost))
    steep, *_ = f.bends.bounds(*z.ends)
    lost = _TINY if abs(a) < _NORMAL else 0.0
    rounding = steep * z.off.rounding + _LIBRARY * abs(a)
    return Inexact(a, Bound(rounding, steep * z.off.underflow + lost))


def slope(f: Activation, z: Inexact, a: Inexact) -> Inexact:
    """Return f′, computed as it is from an output a that is off."""
    value = f.derivative(a.value)
    if f.bends is None:
        # The sign of a product is right, but where it underflows.
        unsure = bool(f.kinks) and z.value == 0.0 and a.off != EXACT
        return Inexact(value, Bound(0.0, 1.0 if unsure else 0.0))
    bend = f.bends.per_output(a.value)
    lost = _TINY if value < _NORMAL else 0.0
    rounding = bend * a.off.rounding + a.off.both * a.off.both
    rounding += 2 * UNIT * f.bends.rounding(value)
    return Inexact(value, Bound(rounding, bend * a.off.underflow + lost))


def carried_out(steps: Iterable[Step], f: Activation, known: dict[Name, Inexact]) -> None:
    """Carry out steps on inexact numbers; their results, and every z, are added to `known`."""

    def number(name: Name) -> Inexact:
        if name.quantity is Quantity.DERIVATIVE:
            z = known[Name(Quantity.WEIGHTED_INPUT, name.layer)]
            return slope(f, z, known[Name(Quantity.OUTPUT, name.layer)])
        return known[name]

    reading = Reading(number, _operations(f))
    for step in steps:
        expression = step.expression
        if step.result.quantity is Quantity.OUTPUT:
            inner = expression.parts[0] if isinstance(expression, Activated) else expression
            known[Name(Quantity.WEIGHTED_INPUT, step.layer)] = fold(inner, reading)
        known[step.result] = fold(expression, reading)


def _operations(f: Activation) -> Callable[[Node, list[Inexact]], Inexact]:
    def compute(node: Node, parts: list[Inexact]) -> Inexact:
        match node:
            case Product() | Spread():
                return reduce(times, parts)
            case Sum():
                return reduce(plus, parts)
            case Difference():
                return plus(parts[0], minus(parts[1]))
            case HalfSquare():
                return half_square(parts[0])
            case Activated():
                return activated(f, parts[0])
        raise TypeError(node)

    return compute


def difference_off(losses: tuple[Inexact, Inexact], epsilon: float, numeric: float) -> Bound:
    """Return how far the difference of the losses over 2ε can be off."""
    both = losses[0].off + losses[1].off
    lost = _TINY if abs(numeric) < _NORMAL and both != EXACT else 0.0
    return both.over(epsilon) + Bound(2 * UNIT * abs(numeric), lost)


class Span(NamedTuple):
    """A layer between w − ε and w + ε: its weight, and all that its z and its output can be."""

    weight: float
    z: tuple[float, float]
    outputs: tuple[Inexact, Inexact]


def bending(
    spans: Sequence[Span], f: Activation, target: float, factor: float, epsilon: float
) -> float:
    """Return how far the mean slope of the loss over w ± ε can lie from that at w.

    With ε²/6 of the largest third derivative of the loss, which is 3e′e″ + (e − ê)e‴. Each output
    rises or falls with w all the way, so it lies between its two ends, and so do its derivatives'
    bounds. `spans` begin with the layer of w, and `factor` is ∂z/∂w there.
    """
    if f.bends is None:
        return 0.0
    # Each derivative times ε, ε², ε³, as powers of ε alone may be no floats.
    first, second, third = epsilon * abs(factor), 0.0, 0.0
    for i, span in enumerate(spans):
        if i:
            w = abs(span.weight)
            first, second, third = w * first, w * second, w * third
        f1, f2, f3 = f.bends.bounds(*span.z)
        third = f3 * first * first * first + 3 * f2 * first * second + f1 * third
        second = f2 * first * first + f1 * second
        first = f1 * first
    largest = max(abs(e.value - target) + e.off.both for e in spans[-1].outputs)
    return (3 * first * second + largest * third) / 6 / epsilon
