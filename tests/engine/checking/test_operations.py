"""engine.checking.difference_error: an operation on numbers that are off is off by its corners."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

import pytest

from engine.activations import ACTIVATIONS
from engine.checking.difference_error import (
    EXACT,
    UNIT,
    Bound,
    Inexact,
    activated,
    bending,
    difference_off,
    half_square,
    minus,
    plus,
    slope,
    times,
)

if TYPE_CHECKING:
    from collections.abc import Callable

TINY = 5e-324
SMALL = 2.0**-1030
"""Below the smallest normal float."""

# Powers of two, so that nothing rounds here; errors far larger than those of the arithmetic.
NUMBERS = [
    Inexact(4.0, Bound(2.0**-3, 2.0**-5)),
    Inexact(-2.0, Bound(2.0**-4, 0.0)),
    Inexact(0.5, Bound(0.0, 2.0**-6)),
    Inexact(8.0),
]


def corners(of: Callable[[float, float], float], a: Inexact, b: Inexact) -> float:
    """Return how far a result is off if both numbers are off by all they can be."""
    return max(
        abs(of(a.value + i * a.off.both, b.value + j * b.off.both) - of(a.value, b.value))
        for i, j in itertools.product((-1, 1), repeat=2)
    )


def without_underflow(a: Inexact) -> Inexact:
    return Inexact(a.value, Bound(a.off.rounding, 0.0))


@pytest.mark.parametrize(("a", "b"), [*itertools.product(NUMBERS, repeat=2)])
def test_products_and_sums(a: Inexact, b: Inexact) -> None:
    for operation, of in ((times, float.__mul__), (plus, float.__add__)):
        found = operation(a, b)
        assert found.value == of(a.value, b.value)
        rounded = UNIT * abs(found.value)
        assert found.off.both - rounded == pytest.approx(corners(of, a, b), rel=1e-12, abs=1e-14)
        # What rounding alone does, and underflow beside it.
        alone = corners(of, without_underflow(a), without_underflow(b))
        assert found.off.rounding - rounded == pytest.approx(alone, rel=1e-12, abs=1e-14)


@pytest.mark.parametrize("a", NUMBERS)
def test_signs_ends_and_half_squares(a: Inexact) -> None:
    assert minus(a) == (-a.value, a.off)
    assert a.ends == (a.value - a.off.both, a.value + a.off.both)
    found = half_square(a)
    assert found.value == a.value**2 / 2
    rounded = UNIT * found.value
    square = corners(lambda d, _: d * d / 2, a, a)
    assert found.off.both - rounded == pytest.approx(square, rel=1e-12, abs=1e-14)
    alone = corners(lambda d, _: d * d / 2, without_underflow(a), a)
    assert found.off.rounding - rounded == pytest.approx(alone, rel=1e-12, abs=1e-14)


@pytest.mark.parametrize(
    ("a", "b", "lost"),
    [
        (Inexact(1.0), Inexact(2.0**-1022), 0.0),
        (Inexact(-0.5), Inexact(2.0**-1022), TINY),
        (Inexact(0.5), Inexact(2.0**-1022), TINY),
        (Inexact(1e-200), Inexact(1e-200), TINY),
        (Inexact(0.0), Inexact(1.0), 0.0),
        (Inexact(1.0), Inexact(0.0), 0.0),
        (Inexact(0.0), Inexact(0.0), 0.0),
        # 0 itself may stand for a number that is not.
        (Inexact(0.0, Bound(0.0, TINY)), Inexact(1.0), 2 * TINY),
        (Inexact(1.0), Inexact(0.0, Bound(0.0, TINY)), 2 * TINY),
        (Inexact(0.0, Bound(0.0, TINY)), Inexact(0.0), 0.0),
    ],
)
def test_a_product_below_the_normal_floats_may_lose_its_last_digit(
    a: Inexact, b: Inexact, lost: float
) -> None:
    assert times(a, b).off.underflow == lost


def test_a_sum_loses_nothing_there() -> None:
    assert plus(Inexact(SMALL), Inexact(SMALL)).off.underflow == 0.0


@pytest.mark.parametrize(
    ("d", "lost"),
    [(0.0, False), (TINY, True), (2.0**-1022, True), (2.0**-1021, False), (1.0, False)],
)
def test_half_of_a_small_number_may_lose_its_last_digit(d: float, *, lost: bool) -> None:
    # An error of d makes this large enough to be seen.
    off = Bound(2.0**100, 0.0)
    found = half_square(Inexact(d, off)).off.underflow
    assert found == (2.0**100 * TINY if lost else TINY * (d < 1.0))
    assert half_square(Inexact(-d, off)).off == half_square(Inexact(d, off)).off


def test_a_bound_over_a_width() -> None:
    assert Bound(3.0, 5.0).over(0.25) == (6.0, 10.0)
    assert Bound(3.0, 5.0) + Bound(1.0, 2.0) == (4.0, 7.0)
    # Twice the width may be no float.
    assert Bound(1.6e308, 0.8e308).over(1.6e308) == (0.5, 0.25)


@pytest.mark.parametrize(
    ("name", "z", "expected"),
    [
        ("identity", 4.0, Bound(0.25, 0.125)),
        ("relu", 4.0, Bound(0.25, 0.125)),
        ("relu", -4.0, Bound(0.25, 0.125)),
        ("leaky_relu", 4.0, Bound(0.25, 0.125)),
        ("leaky_relu", -4.0, Bound(0.25 + UNIT * 0.04, 0.125)),
        ("leaky_relu", -SMALL, Bound(0.25 + UNIT * 0.01 * SMALL, 0.125 + TINY)),
    ],
)
def test_straight_pieces_pass_on_how_far_z_is_off(name: str, z: float, expected: Bound) -> None:
    f = ACTIVATIONS[name]
    found = activated(f, Inexact(z, Bound(0.25, 0.125)))
    assert found.value == f.function(z)
    assert found.off == pytest.approx(expected, rel=1e-15, abs=0)


@pytest.mark.parametrize("name", ["tanh", "sigmoid", "softplus"])
@pytest.mark.parametrize("z", [-3.0, 0.0, 2.0])
def test_a_bent_f_passes_it_on_by_the_steepest_slope_near_z(name: str, z: float) -> None:
    f, off = ACTIVATIONS[name], Bound(0.25, 0.125)
    found = activated(f, Inexact(z, off))
    near = [z - 0.375 + 0.75 * k / 1000 for k in range(1001)]
    steepest = max(f.derivative(f.function(place)) for place in near)
    rounded = 4 * UNIT * abs(f.function(z))
    assert found.value == f.function(z)
    assert found.off.rounding == pytest.approx(0.25 * steepest + rounded, rel=1e-9, abs=0)
    assert found.off.underflow == pytest.approx(0.125 * steepest, rel=1e-9)


def test_a_bent_f_may_lose_the_last_digit_of_a_small_output() -> None:
    f = ACTIVATIONS["tanh"]
    assert activated(f, Inexact(SMALL)).off.underflow == TINY
    assert activated(f, Inexact(-SMALL)).off.underflow == TINY
    assert activated(f, Inexact(2.0**-1022)).off.underflow == 0.0


@pytest.mark.parametrize("name", ["tanh", "sigmoid", "softplus"])
@pytest.mark.parametrize("z", [-2.0, 0.5, 3.0])
def test_a_slope_is_off_by_how_it_bends_and_its_own_rounding(name: str, z: float) -> None:
    f = ACTIVATIONS[name]
    a = f.function(z)
    exact = slope(f, Inexact(z), Inexact(a))
    assert exact.value == f.derivative(a)
    # 1 − a² rounds at 1, where a·(1 − a) and 1 − exp(−a) round at their own size.
    size = 1.0 if name == "tanh" else exact.value
    assert exact.off == (pytest.approx(2 * UNIT * size, abs=0), 0.0)
    off = 2.0**-20
    for bound in (Bound(off, 0.0), Bound(0.0, off)):
        found = slope(f, Inexact(z), Inexact(a, bound))
        bend = max(abs(f.derivative(a + s * off) - f.derivative(a)) for s in (-1, 1))
        assert bend <= found.off.both * (1 + 1e-9)
        assert found.off.both <= bend + 2 * off * off
        square = off * off + 2 * UNIT * size
        part = found.off.rounding - (0.0 if bound.underflow else found.off.both)
        assert abs(part) == pytest.approx(square if bound.underflow else 0.0, rel=1e-6, abs=1e-30)


def test_a_slope_that_underflows_may_lose_its_last_digit() -> None:
    f = ACTIVATIONS["sigmoid"]
    assert slope(f, Inexact(-740.0), Inexact(f.function(-740.0))).off.underflow == TINY
    assert slope(f, Inexact(-700.0), Inexact(f.function(-700.0))).off.underflow == 0.0


@pytest.mark.parametrize(
    ("name", "z", "off", "unsure"),
    [
        ("relu", 0.0, Bound(0.0, TINY), 1.0),
        ("leaky_relu", 0.0, Bound(0.0, TINY), 1.0),
        ("identity", 0.0, Bound(0.0, TINY), 0.0),
        ("relu", 0.0, EXACT, 0.0),
        ("relu", 1.0, Bound(0.5, 0.0), 0.0),
    ],
)
def test_at_a_kink_only_underflow_leaves_a_slope_unsure(
    name: str, z: float, off: Bound, unsure: float
) -> None:
    f = ACTIVATIONS[name]
    found = slope(f, Inexact(z), Inexact(f.function(z), off))
    assert found == (f.derivative(f.function(z)), (0.0, unsure))


def test_how_far_a_difference_of_two_losses_is_off() -> None:
    above, below = Inexact(3.0, Bound(0.25, 0.5)), Inexact(2.0, Bound(0.125, 1.0))
    found = difference_off((above, below), 0.25, -2.0)
    assert found == (0.75 + 4 * UNIT, 3.0)
    # The smallest differences lose digits, unless the losses are exact.
    assert difference_off((above, below), 0.25, -SMALL).underflow == 3.0 + TINY
    assert difference_off((Inexact(3.0), Inexact(2.0)), 0.25, SMALL) == (2 * UNIT * SMALL, 0.0)
    off = Inexact(3.0, Bound(0.0, TINY))
    assert difference_off((off, Inexact(2.0)), 1.0, -SMALL).underflow == TINY
    assert difference_off((off, Inexact(2.0)), 1.0, 1.0).underflow == 0.0


def test_straight_pieces_do_not_bend() -> None:
    assert bending((), ACTIVATIONS["leaky_relu"], math.inf, 1.0, 1.0) == 0.0
