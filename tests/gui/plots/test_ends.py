"""gui.plots.picture.ends: names where curves end, none over another, and a note off the curves."""

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Experiment, Sample
from engine.quantities import Name, Quantity
from gui.drawing.curve import MEAN, Curve
from gui.plots.picture import run_plots
from gui.plots.picture.ends import (
    CurveEnd,
    beyond,
    chosen,
    curve_ends,
    free_place,
    present_curve,
    spread,
)
from tests.gui import examples


def curve(*y: float, number: int = 0) -> Curve:
    return Curve(f"w{number}", np.arange(len(y), dtype=float), np.array(y), number)


def test_a_name_stands_where_its_curve_leaves_the_diagram() -> None:
    (end,) = curve_ends([curve(1, 2, 3, 4)], 0, 3)
    assert end == CurveEnd("w0", 0, 4.0, at_edge=True)
    (inside,) = curve_ends([curve(1, 2, 3, 4)], 0, 2)
    assert inside.height == 3
    (early,) = curve_ends([curve(1, 2, math.nan, math.inf)], 0, 3)
    assert (early.height, early.at_edge) == (2, False)
    (powers,) = curve_ends([curve(10, 1000, 0)], 0, 2, logarithmic=True)
    assert powers.height == pytest.approx(3)
    assert curve_ends([curve(math.nan), Curve("", np.zeros(1), np.ones(1), 0)], 0, 1) == ()


def test_where_not_all_can_be_named_those_that_matter_are() -> None:
    ends = [CurveEnd(f"w{i}", i, 0.0, at_edge=True) for i in range(30)]
    assert chosen(ends, 7, 30) == ends
    assert [end.name for end in chosen(ends, 7, 5)] == ["w7", "w0", "w29"]
    assert [end.name for end in chosen(ends, 7, 1)] == ["w7"]
    assert [end.name for end in chosen(ends, None, 5)] == ["w0", "w29"]
    mean = CurveEnd("L", MEAN, 0.0, at_edge=True)
    assert [end.name for end in chosen([*ends, mean], 7, 4)] == ["L", "w7", "w0", "w29"]


@given(st.lists(st.floats(-500, 500), max_size=12))
def test_names_move_apart_within_the_diagram(heights: list[float]) -> None:
    moved = spread(heights, 10, 0, 200)
    assert len(moved) == len(heights)
    order = sorted(range(len(heights)), key=lambda i: heights[i])
    for before, after in pairwise(order):
        assert moved[after] - moved[before] >= 10 - 1e-9
    assert all(-1e-9 <= height <= 200 + 1e-9 for height in moved)
    apart = all(abs(a - b) >= 10 for i, a in enumerate(heights) for b in heights[:i])
    if apart and all(0 <= height <= 200 for height in heights):
        assert moved == pytest.approx(heights)


def test_names_that_want_the_same_place_stand_around_it() -> None:
    assert spread([50, 50, 50], 10, 0, 200) == pytest.approx([40, 50, 60])
    assert spread([100, 100, 20], 10, 0, 200) == pytest.approx([95, 105, 20])


def test_of_many_curves_that_of_the_step_stands_out() -> None:
    many = Experiment(weights=(0.5,) * 12, samples=(Sample(1, 1),) * 9, epochs=2)
    start, later = examples.state(many, 0), examples.state(many, 49 * 4 + 5)
    assert (present_curve(start, "weights"), present_curve(start, "loss")) == (None, 0)
    assert (present_curve(later, "weights"), present_curve(later, "outputs")) == (4, 4)


def test_of_few_curves_only_a_weight_that_is_pointed_at_stands_out() -> None:
    state = examples.state(Experiment(), 15)
    assert {present_curve(state, name) for name in ("loss", "weights", "outputs")} == {None}
    pointed = replace(state, pointed=Name(Quantity.WEIGHT, 3))
    assert (present_curve(pointed, "weights"), present_curve(pointed, "outputs")) == (2, None)


def test_what_runs_off_the_diagram_is_told() -> None:
    steady = run_plots(examples.run(Experiment()))
    assert {beyond(plot) for plot in (steady.loss, steady.weights, steady.outputs)} == {""}
    wild = run_plots(examples.run(examples.DIVERGING))
    assert beyond(wild.loss) == "↑"


def test_a_note_stands_off_the_curves() -> None:
    rising = Curve("w", np.linspace(0, 5, 50), np.linspace(0, 10, 50), 0)
    view = (0.0, 10.0, 0.0, 10.0)
    place = free_place([rising], view, 5.0, (0.4, 0.2))
    assert (place.leftwards, place.height) == (False, 0.9)
    # There is no room at the right of 9: at the left, and not where the curve runs along the top.
    top = Curve("w", np.linspace(0, 9, 50), np.full(50, 9.0), 0)
    place = free_place([top], view, 9.0, (0.4, 0.2))
    assert place.leftwards
    assert place.height < 0.75
