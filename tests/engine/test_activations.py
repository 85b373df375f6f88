"""engine.activations: all that the records say of f is so."""

from __future__ import annotations

import math
import re
import struct
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.activations import ACTIVATIONS, IDENTITY, Activation
from tests.engine.chains import any_float, finite_float

if TYPE_CHECKING:
    from collections.abc import Callable

ALL = tuple(ACTIVATIONS.values())
every_activation = pytest.mark.parametrize("f", ALL, ids=lambda f: f.name)


def bits(number: float) -> bytes:
    return struct.pack("d", math.nan if math.isnan(number) else number)


def slope(f: Activation, z: float) -> float:
    return f.derivative(f.function(z))


def test_the_first_is_none_at_all() -> None:
    assert list(ACTIVATIONS) == [f.name for f in ALL]
    assert [f.name for f in ALL if f.is_identity] == [IDENTITY] == [ALL[0].name]
    assert len({f.title for f in ALL}) == len({f.symbol for f in ALL}) == len(ALL)


@every_activation
@given(z=st.floats(-8, 8))
def test_the_derivative_is_the_slope(f: Activation, z: float) -> None:
    h = 1e-5
    if all(abs(z - kink) > h for kink in f.kinks):
        rise = f.function(z + h) - f.function(z - h)
        assert slope(f, z) == pytest.approx(rise / (2 * h), rel=1e-6, abs=1e-9)


@every_activation
@given(z=any_float)
def test_nothing_is_beyond_its_ends(f: Activation, z: float) -> None:
    a = f.function(z)
    if math.isnan(z):
        assert math.isnan(a)
        return
    assert f.low <= a <= f.high
    if math.isfinite(z):
        assert 0.0 <= slope(f, z) <= f.steepest


@every_activation
def test_and_it_comes_to_its_ends_and_to_its_steepest(f: Activation) -> None:
    far = (f.function(-math.inf), f.function(math.inf))
    assert far == (f.low, f.high)
    assert f.is_bounded == any(map(math.isfinite, far))
    steepest = max(slope(f, z / 64) for z in range(-640, 641))
    assert steepest == pytest.approx(f.steepest, rel=1e-4)


@every_activation
def test_it_bends_at_its_kinks_alone(f: Activation) -> None:
    h = 2.0**-20
    for k in range(-64, 65):
        z = k / 16
        jumps = abs(slope(f, z + h) - slope(f, z - h)) > 0.01
        assert jumps == (z in f.kinks)


@every_activation
@given(z=finite_float)
def test_its_properties(f: Activation, z: float) -> None:
    a = f.function(z)
    if f.is_identity:
        assert bits(a) == bits(z)
    if f.is_odd:
        assert f.function(-z) == -a
        assert abs(a) <= abs(z)
    if f.is_flat_below_zero and z <= 0:
        assert a == slope(f, z) == 0.0
    sign = math.copysign(1.0, z) if z else 0.0
    if a:
        assert f.sign(sign) == math.copysign(1.0, a)
    elif f.sign(sign):
        # Then a alone underflows.
        assert z < -700 or f.is_odd


@every_activation
def test_the_properties_that_it_has_not(f: Activation) -> None:
    assert f.is_identity == (f.function(3.0) == 3.0 and f.function(-3.0) == -3.0)
    assert f.is_odd == (f.function(-0.5) == -f.function(0.5) and slope(f, 0.0) == 1.0)
    assert f.is_flat_below_zero == (f.function(-0.5) == 0.0)
    straight = f.function(3.0) - f.function(2.0) == f.function(2.0) - f.function(1.0)
    assert f.is_straight == straight


@every_activation
@given(z=any_float)
def test_its_code_is_it(f: Activation, z: float) -> None:
    if f.is_identity:
        assert f.code.function == ()  # programs leave it out
        return
    names: dict[str, Any] = {name: getattr(math, name) for name in f.code.imports}
    body = "".join(f"    {line}\n" for line in f.code.function)
    exec(f"def f(z):\n{body}\ndef f_prime(a):\n    return {f.code.derivative}\n", names)  # noqa: S102
    function: Callable[[float], float] = names["f"]
    a = function(z)
    assert bits(a) == bits(f.function(z))
    assert bits(names["f_prime"](a)) == bits(f.derivative(a))


@every_activation
def test_its_code_is_short_and_has_pytorch_s_name(f: Activation) -> None:
    assert all(len(line) <= 41 for line in f.code.function)
    written = f.code.torch.format("z")
    assert written == "" if f.is_identity else re.search(r"\w\(z[,)]", written)


@every_activation
@given(zs=st.lists(any_float, min_size=1, max_size=20))
def test_on_arrays(f: Activation, zs: list[float]) -> None:
    with np.errstate(all="ignore"):
        found = f.on_arrays()(np.array(zs))
    wanted = [f.function(z) for z in zs]
    # ½ + ½·tanh(z/2) has lost what is below 10⁻¹⁶.
    assert found == pytest.approx(wanted, rel=1e-14, abs=1e-15, nan_ok=True)


@every_activation
@given(zs=st.lists(any_float, min_size=1, max_size=20))
def test_exactly_on_arrays(f: Activation, zs: list[float]) -> None:
    function, derivative = f.exactly_on_arrays()
    with np.errstate(all="ignore"):
        found = function(np.array(zs))
        slopes = derivative(found) + np.zeros(len(zs))
    wanted = [f.function(z) for z in zs]
    assert list(map(bits, found.tolist())) == list(map(bits, wanted))
    np.testing.assert_array_equal(slopes, [f.derivative(a) for a in wanted])


def derivatives(f: Activation, z: float) -> tuple[float, float, float]:
    """Return f′, f″ and f‴ by differences of the derivative."""
    h = 1e-3
    below, at, above = (slope(f, z + k * h) for k in (-1, 0, 1))
    return at, (above - below) / (2 * h), (above - 2 * at + below) / (h * h)


bent = pytest.mark.parametrize("f", [f for f in ALL if f.bends], ids=lambda f: f.name)


@bent
@given(z=st.floats(-12, 12), below=st.floats(0, 3), above=st.floats(0, 3))
def test_the_bounds_of_a_bend_hold(f: Activation, z: float, below: float, above: float) -> None:
    assert f.bends is not None
    bounds = f.bends.bounds(z - below, z + above)
    for bound, found in zip(bounds, derivatives(f, z), strict=True):
        assert abs(found) <= bound * (1 + 1e-4) + 1e-5


@bent
def test_the_bounds_of_a_bend_are_close(f: Activation) -> None:
    assert f.bends is not None
    bounds = f.bends.bounds(-4.0, 4.0)
    places = [derivatives(f, k / 50) for k in range(-200, 201)]
    for order, bound in enumerate(bounds):
        largest = max(abs(found[order]) for found in places)
        assert largest <= bound * (1 + 1e-4)
        assert bound < 4 * largest


@bent
@given(z=st.floats(-6, 6))
def test_an_error_of_a_moves_the_slope_by_as_much_as_is_said(f: Activation, z: float) -> None:
    assert f.bends is not None
    a, h = f.function(z), 1e-6
    moved = abs(f.derivative(a + h) - f.derivative(a - h)) / (2 * h)
    assert f.bends.per_output(a) == pytest.approx(moved, rel=1e-4, abs=1e-8)


@bent
@pytest.mark.parametrize("z", [-3.0, -1.25, -0.5, 0.25, 1.5, 3.0])
def test_at_a_point_the_bounds_are_the_derivatives(f: Activation, z: float) -> None:
    assert f.bends is not None
    steep, bend, third = f.bends.bounds(z, z)
    found = [abs(value) for value in derivatives(f, z)]
    assert steep == pytest.approx(found[0], rel=1e-9)
    assert bend == pytest.approx(found[1], rel=1e-4)
    # Of the third there is a simple bound.
    assert found[2] * (1 - 1e-3) <= third <= max(2.0, found[2] / found[0]) * steep * 1.01
