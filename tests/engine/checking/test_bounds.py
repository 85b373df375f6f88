"""How far a right gradient may lie from its difference: no less than it can, and no more.

The same bounds are derived here anew, by arithmetic of long numbers: a number with an error is an
interval, an operation is tried at all corners, and what it rounds is added.
"""

from __future__ import annotations

import itertools
import math
from fractions import Fraction
from typing import NamedTuple

import mpmath
import pytest

from engine import Experiment, Sample
from engine.checking.around import Around
from engine.parameters import BIAS, WEIGHT
from engine.quantities import Name, Quantity

U = Fraction(1, 2**52)
ACCURACY = 4 * U
"""That of tanh and exp in the library of the system."""


def around(weights: tuple[float, ...], x: float, target: float, activation: str) -> Around:
    experiment = Experiment(weights, (Sample(x, target),), activation=activation)
    return Around(experiment, weights, experiment.samples[0])


def weight(layer: int) -> Name:
    return Name(Quantity.WEIGHT, layer)


@pytest.mark.parametrize("epsilon", [0.25, 8e307, 1e308])
def test_a_difference_over_a_width_that_is_no_float(epsilon: float) -> None:
    w, x, target = 0.5, 2e-308, 3.0
    above, below = (
        Fraction(1, 2) * ((Fraction(w) + step) * Fraction(x) - Fraction(target)) ** 2
        for step in (Fraction(epsilon), -Fraction(epsilon))
    )
    found = around((w,), x, target, "identity").difference(weight(1), epsilon)
    expected = float((above - below) / (2 * Fraction(epsilon)))
    # Of the difference of two losses near 4.5, so much is left by rounding.
    assert found == pytest.approx(expected, rel=1e-12, abs=1e-14 / epsilon)


# --- rounding at once -------------------------------------------------------------------------


@pytest.mark.parametrize("epsilon", [1e-4, 0.25])
@pytest.mark.parametrize("weights", [(0.5,), (0.5, -3.0), (1.5, 0.75, -2.0, 0.3)])
def test_what_rounding_can_do_at_once(weights: tuple[float, ...], epsilon: float) -> None:
    x, target, n = 1.25, 3.0, len(weights)
    checked = around(weights, x, target, "identity")
    for layer in range(1, n + 1):
        both = Fraction(0)
        for sign in (1, -1):
            moved = [Fraction(w) for w in weights]
            moved[layer - 1] += sign * Fraction(epsilon)
            e = math.prod(moved, start=Fraction(x))
            d = abs(e - Fraction(target))
            delta = U * (2 * n * abs(e) + d)
            # ½d² where d is off by δ, and the rounding of the loss itself.
            both += (d + delta) ** 2 / 2 - d * d / 2 + delta * delta / 2 + U * d * d
        expected = float(both / (2 * Fraction(epsilon)))
        assert checked.rounding(weight(layer), epsilon) == pytest.approx(expected, rel=1e-9, abs=0)


# --- rounding, followed through ---------------------------------------------------------------


class Off(NamedTuple):
    """A number, and how far it can be off."""

    value: mpmath.mpf
    by: mpmath.mpf

    def __mul__(self, other: Off) -> Off:  # type: ignore[override]
        product = self.value * other.value
        corners = (
            (self.value + i * self.by) * (other.value + j * other.by)
            for i, j in itertools.product((-1, 1), repeat=2)
        )
        return Off(product, max(abs(c - product) for c in corners) + abs(product) * mpf(U))

    def minus(self, exact: float) -> Off:
        d = self.value - exact
        return Off(d, self.by + abs(d) * mpf(U))

    def halved(self) -> Off:
        return Off(self.value / 2, self.by / 2)


def mpf(number: Fraction) -> mpmath.mpf:
    return mpmath.mpf(number.numerator) / number.denominator


def value_and_slope(name: str, z: mpmath.mpf) -> tuple[mpmath.mpf, mpmath.mpf]:
    if name == "tanh":
        return mpmath.tanh(z), mpmath.sech(z) ** 2
    if name == "sigmoid":
        a = 1 / (1 + mpmath.exp(-z))
        return a, a * (1 - a)
    if name == "softplus":
        return mpmath.log1p(mpmath.exp(z)), 1 / (1 + mpmath.exp(-z))
    return z, mpmath.mpf(1)


def passed_on(name: str, weights: list[Off], x: float) -> list[Off]:
    """Return every output, the input first."""
    outputs = [Off(mpmath.mpf(x), mpmath.mpf(0))]
    for w in weights:
        z = w * outputs[-1]
        a, slope = value_and_slope(name, z.value)
        rounded = 0 if name == "identity" else abs(a) * mpf(ACCURACY)
        outputs.append(Off(a, slope * z.by + rounded))
    return outputs


def slope_of(name: str, weight: Off, arriving: Off, output: Off) -> Off:
    a = output.value
    _, slope = value_and_slope(name, weight.value * arriving.value)
    # 1 − a², and a·(1 − a), where a is off: two operations more.
    bend, size = (2 * abs(a), 1) if name == "tanh" else (abs(1 - 2 * a), slope)
    return Off(slope, bend * output.by + output.by**2 + 2 * mpf(U) * size)


def rounding_of(
    weights: tuple[float, ...], x: float, target: float, name: str, layer: int, epsilon: float
) -> float:
    exact = [Off(mpmath.mpf(w), mpmath.mpf(0)) for w in weights]
    losses = []
    for moved in (weights[layer - 1] + epsilon, weights[layer - 1] - epsilon):
        first = Off(mpmath.mpf(moved), abs(mpmath.mpf(moved)) * mpf(U))
        e = passed_on(name, [*exact[: layer - 1], first, *exact[layer:]], x)[-1]
        d = e.minus(target)
        losses.append(d.halved() * d)
    width = 2 * mpmath.mpf(epsilon)
    numeric = (losses[0].value - losses[1].value) / width
    difference = (losses[0].by + losses[1].by) / width + 2 * mpf(U) * abs(numeric)
    outputs = passed_on(name, exact, x)
    upstream = outputs[-1].minus(target)
    for i in range(len(weights), layer - 1, -1):
        if name != "identity":
            upstream *= slope_of(name, exact[i - 1], outputs[i - 1], outputs[i])
        if i > layer:
            upstream *= exact[i - 1]
    gradient = upstream * outputs[layer - 1]
    return float(difference + gradient.by)


CHAINS = [
    ((0.5,), 1.25, 3.0),
    ((0.5,), 1.25, 0.625),
    ((-0.75, 1.5), 1.5, 0.25),
    ((0.3, -2.0, 1.25), -0.5, 2.0),
    ((1.75, 0.9, -1.1, 0.6), 2.0, -1.0),
]


@pytest.mark.parametrize("activation", ["identity", "tanh", "sigmoid"])
@pytest.mark.parametrize(("weights", "x", "target"), CHAINS)
@pytest.mark.parametrize("epsilon", [1e-5, 1e-3, 0.25])
def test_rounding_followed_through_all_operations(
    weights: tuple[float, ...], x: float, target: float, activation: str, epsilon: float
) -> None:
    checked = around(weights, x, target, activation)
    with mpmath.workdps(60):
        for layer in range(1, len(weights) + 1):
            off, _ = checked.bound(weight(layer), epsilon)
            expected = rounding_of(weights, x, target, activation, layer, epsilon)
            assert off.underflow < 1e-300
            assert off.rounding == pytest.approx(expected, rel=1e-6, abs=0)


# --- what a difference misses because the loss bends ------------------------------------------

# All derivatives of these have the sign that makes the most of them, so nothing is lost in bounds.
MOST_BENT = [
    ("tanh", (1.5,), 1.0, 2.0),
    ("tanh", (-1.5,), 1.0, -2.0),
    ("tanh", (1.5,), -1.0, -2.0),
    ("tanh", (0.0,), 1.0, 1.0),
    ("tanh", (1.5, 1.5), 1.0, 2.0),
    ("tanh", (1.6, 1.7, 1.8), 0.9, 1.5),
    ("sigmoid", (9.0,), 1.0, 2.0),
    ("sigmoid", (9.0, 10.0), 1.0, 3.0),
    ("sigmoid", (9.0, 8.0, 10.0), 1.2, 3.0),
    ("softplus", (-2.0,), 1.0, -1.0),
    ("softplus", (-2.0,), 2.0, -1.0),
]


def missed(
    name: str, weights: tuple[float, ...], x: float, target: float, layer: int, epsilon: float
) -> float:
    """Return how far the exact central difference lies from the exact derivative."""

    def loss(w: mpmath.mpf) -> mpmath.mpf:
        a = mpmath.mpf(x)
        for i, other in enumerate(weights, 1):
            a, _ = value_and_slope(name, a * (w if i == layer else other))
        return (a - target) ** 2 / 2

    w, step = mpmath.mpf(weights[layer - 1]), mpmath.mpf(epsilon)
    mean = (loss(w + step) - loss(w - step)) / (2 * step)
    return float(abs(mean - mpmath.diff(loss, w)))


@pytest.mark.parametrize(("activation", "weights", "x", "target"), MOST_BENT)
@pytest.mark.parametrize("epsilon", [1e-3, 1e-4])
def test_what_bending_can_do_is_what_it_does(
    activation: str, weights: tuple[float, ...], x: float, target: float, epsilon: float
) -> None:
    checked = around(weights, x, target, activation)
    with mpmath.workdps(60):
        for layer in range(1, len(weights) + 1):
            _, bending = checked.bound(weight(layer), epsilon)
            true = missed(activation, weights, x, target, layer, epsilon)
            assert true <= bending <= 1.02 * true


@pytest.mark.parametrize("activation", ["identity", "relu"])
def test_a_loss_of_straight_pieces_misses_nothing(activation: str) -> None:
    checked = around((0.5, 2.0), 1.0, 3.0, activation)
    assert [checked.bound(weight(layer), 0.1)[1] for layer in (1, 2)] == [0.0, 0.0]


# --- with biases ------------------------------------------------------------------------------

BIASED = Experiment((1.5, -1.25), (Sample(0.75, 2.0),), activation="tanh", biases=(0.5, -0.375))
EACH = [one.of(layer) for one in (WEIGHT, BIAS) for layer in (1, 2)]


def loss_with(name: Name, value: mpmath.mpf) -> mpmath.mpf:
    numbers = dict(zip(EACH, map(mpmath.mpf, BIASED.theta), strict=True)) | {name: value}
    a = mpmath.mpf(BIASED.samples[0].x)
    for layer in (1, 2):
        a = mpmath.tanh(numbers[WEIGHT.of(layer)] * a + numbers[BIAS.of(layer)])
    return (a - BIASED.samples[0].target) ** 2 / 2


@pytest.mark.parametrize("name", EACH)
@pytest.mark.parametrize("epsilon", [1e-2, 1e-3])
def test_what_bending_can_do_to_a_bias_holds_and_is_not_far_off(name: Name, epsilon: float) -> None:
    checked = Around(BIASED, BIASED.theta, BIASED.samples[0])
    _, bending = checked.bound(name, epsilon)
    with mpmath.workdps(60):
        w, step = mpmath.mpf(checked.value(name)), mpmath.mpf(epsilon)
        mean = (loss_with(name, w + step) - loss_with(name, w - step)) / (2 * step)
        true = float(abs(mean - mpmath.diff(lambda value: loss_with(name, value), w)))
        third = abs(mpmath.diff(lambda value: loss_with(name, value), w, 3))
    assert true == pytest.approx(float(third) * epsilon**2 / 6, rel=0.02)
    assert true <= bending <= 8 * true


def test_rounding_followed_through_a_sum() -> None:
    # One linear layer: z = w·x + b, d = z − ê, L = ½d²; moved is b, by ε.
    w, x, b, target, epsilon = 0.75, 1.5, 0.375, 3.0, 0.25
    experiment = Experiment((w,), (Sample(x, target),), biases=(b,))
    checked = Around(experiment, experiment.theta, experiment.samples[0])
    u, losses = float(U), []
    for moved in (b + epsilon, b - epsilon):
        z = w * x + moved
        z_off = u * abs(w * x) + u * abs(moved) + u * abs(z)
        d_off = z_off + u * abs(z - target)
        value = (z - target) ** 2 / 2
        losses.append((value, abs(z - target) * d_off + d_off**2 / 2 + u * value))
    numeric = (losses[0][0] - losses[1][0]) / (2 * epsilon)
    difference = (losses[0][1] + losses[1][1]) / (2 * epsilon) + 2 * u * abs(numeric)
    z = w * x + b
    gradient = u * abs(w * x) + u * abs(z) + u * abs(z - target)
    off, bending = checked.bound(BIAS.of(1), epsilon)
    assert off.rounding == pytest.approx(difference + gradient, rel=1e-9)
    assert (off.underflow, bending) == (0.0, 0.0)
