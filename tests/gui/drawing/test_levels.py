"""A long line, reduced to what a diagram can show: nothing that could be seen gets lost."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.drawing.levels import Levels

HEIGHTS = st.one_of(st.floats(-1e6, 1e6), st.just(math.nan), st.just(math.inf))


def drawn_over(x: np.ndarray, y: np.ndarray, left: float, right: float) -> tuple[float, float]:
    """Return the lowest and the highest of what is drawn over a stretch, and around it."""
    heights = y[(x >= left) & (x <= right) & ~np.isnan(y)]
    return float(heights.min()), float(heights.max())


@given(
    st.lists(HEIGHTS, min_size=1, max_size=60),
    st.integers(1, 400),
    st.integers(8, 300),
    st.floats(0, 1),
    st.floats(0, 1),
)
def test_every_height_that_is_seen_is_drawn(
    some: list[float], times: int, most: int, one: float, other: float
) -> None:
    y = np.array(some * times)
    x = np.arange(len(y), dtype=float)
    left, right = sorted((one * len(y), other * len(y)))
    found = Levels(x, y).within(left, right, most)
    assert len(found[0]) == len(found[1]) <= most + 4
    assert (np.diff(found[0]) >= 0).all()
    seen = y[(x >= left) & (x <= right)]
    numbers = seen[~np.isnan(seen)]
    if len(numbers):
        low, high = drawn_over(*found, -math.inf, math.inf)
        assert low <= numbers.min()
        assert high >= numbers.max()
    # Nothing is made up.
    assert set(found[1][~np.isnan(found[1])]) <= set(y)
    assert bool(len(numbers)) or np.isnan(seen).all()


def test_a_short_stretch_is_drawn_as_it_is_and_goes_on_beyond_the_edges() -> None:
    x = np.linspace(0, 100, 1_000_001)
    levels = Levels(x, np.sin(x))
    found, heights = levels.within(50.00005, 50.00095, 100)
    assert found == pytest.approx(np.arange(500000, 500011) / 10000)
    assert (heights == np.sin(x)[500000:500011]).all()


@pytest.mark.parametrize("place", [0, 1, 77_777, 999_999])
@pytest.mark.parametrize("most", [16, 500, 1200, 100_000])
def test_a_single_peak_among_a_million_points_stands_in_its_place(place: int, most: int) -> None:
    x, y = np.arange(1_000_000.0), np.zeros(1_000_000)
    y[place] = 1.0
    found, heights = Levels(x, y).within(-1, 1e6, most)
    assert heights.max() == 1.0
    assert abs(found[int(heights.argmax())] - place) <= 4 * 1e6 / most


def test_a_stretch_of_nan_stays_a_gap() -> None:
    y = np.ones(100_000)
    y[40_000:60_000] = math.nan
    found, heights = Levels(np.arange(100_000.0), y).within(0, 1e5, 400)
    gap = found[np.isnan(heights)]
    # Strokes stand in the middle of their neighbours, and those at the edges are not of NaN alone.
    near = 1.5 * (found[2] - found[0])
    assert gap.min() == pytest.approx(40_000, abs=near)
    assert gap.max() == pytest.approx(60_000, abs=near)


def test_a_line_of_no_points_has_none() -> None:
    nothing = np.zeros(0)
    assert [len(part) for part in Levels(nothing, nothing).within(0, 1, 100)] == [0, 0]
