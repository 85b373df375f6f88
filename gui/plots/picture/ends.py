"""Words in a diagram: names at the ends of curves, and where a note hides none. No Qt."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.parameters import WEIGHT, parameter_of
from gui.drawing.curve import COLOURS, MEAN, Curve, Floats
from gui.plots.picture import curve_number
from gui.plots.picture.plot import Plot
from gui.state import State
from gui.words import symbols

_NEAR = 0.04
"""A curve that ends so close to the right edge, as a share of the width, ends at it."""


Size = tuple[float, float]


@dataclass(frozen=True, slots=True)
class CurveEnd:
    """Where a curve leaves the diagram, in the axis' units; `at_edge` if it is seen to do so."""

    name: str
    colour: int
    height: float
    at_edge: bool


def present_curve(state: State, name: str) -> int | None:
    """Return which curve of a plot stands out: a parameter that is pointed at, or the present.

    The present one is that of the step's parameter or layer, or of the sample; few curves are told
    apart without.
    """
    experiment, step = state.run.experiment, state.moment.step
    if name != "weights":
        return state.moment.sample - 1 if len(experiment.samples) > COLOURS else None
    many = step is not None and experiment.layers > COLOURS
    for quantity, layer in (*state.lit, *([step.result] if step and many else ())):
        if quantity in symbols.LEARNED | symbols.GRADIENTS:
            return curve_number(experiment, parameter_of(quantity).of(layer))
    return curve_number(experiment, WEIGHT.of(step.layer)) if step and many else None


def curve_ends(
    curves: Sequence[Curve], left: float, right: float, *, logarithmic: bool = False
) -> tuple[CurveEnd, ...]:
    """Return the ends of all curves with a name, for a diagram that shows x from left to right."""
    ends = (_end(curve, left, right, logarithmic=logarithmic) for curve in curves if curve.name)
    return tuple(end for end in ends if end is not None)


def _end(curve: Curve, left: float, right: float, *, logarithmic: bool) -> CurveEnd | None:
    last = int(np.searchsorted(curve.x, right, side="right"))
    # A curve may end in numbers that cannot be shown: where it was seen last.
    place = _last_seen(curve.y[:last], above=0.0 if logarithmic else -math.inf)
    if place is None:
        return None
    height = math.log10(curve.y[place]) if logarithmic else float(curve.y[place])
    at_edge = right - float(curve.x[place]) <= _NEAR * (right - left)
    return CurveEnd(curve.name, curve.colour, height, at_edge)


def _last_seen(y: Floats, above: float) -> int | None:
    """Return the last place with a finite number above a bound; mostly it is the very last."""
    end, size = len(y), 16
    while end > 0:
        begin = max(end - size, 0)
        piece = y[begin:end]
        good = np.flatnonzero(np.isfinite(piece) & (piece > above))
        if len(good):
            return begin + int(good[-1])
        end, size = begin, 4 * size
    return None


def chosen(ends: Sequence[CurveEnd], present: int | None, room: int) -> list[CurveEnd]:
    """Return the ends to name: all, or where room is only for some, those that matter most.

    They are the mean, the present curve, the first and the last; the rest then goes without.
    """
    if len(ends) <= room:
        return list(ends)
    numbers = [end.colour for end in ends if end.colour != MEAN]
    wanted = [MEAN, present, numbers[0], numbers[-1]] if numbers else [MEAN]
    ranked = [end for number in dict.fromkeys(wanted) for end in ends if end.colour == number]
    return ranked[: max(room, 1)]


def spread(heights: Sequence[float], gap: float, top: float, bottom: float) -> list[float]:
    """Return the heights moved apart to at least `gap`, as little as can be, within the ends.

    They come in any order and keep it. Without room for all, they stand evenly from the top.
    """
    order = sorted(range(len(heights)), key=lambda i: heights[i])
    # Less the gaps, heights need only rise. Groups that stand together: their sum and their count.
    groups: list[tuple[float, int]] = []
    for k, i in enumerate(order):
        total, count = heights[i] - k * gap, 1
        while groups and groups[-1][0] / groups[-1][1] > total / count:
            total, count = total + groups[-1][0], count + groups[-1][1]
            groups.pop()
        groups.append((total, count))
    lowest = max(top, bottom - (len(heights) - 1) * gap)
    means = [min(max(total / count, top), lowest) for total, count in groups for _ in range(count)]
    placed = [mean + k * gap for k, mean in enumerate(means)]
    return [height for _, height in sorted(zip(order, placed, strict=True))]


def beyond(plot: Plot) -> str:
    """Return the arrows towards what is not shown of a plot's curves: "", ↑, ↓ or ↑↓."""
    with np.errstate(invalid="ignore"):
        above = any(np.any(curve.y > plot.high) for curve in plot.curves)
        below = any(np.any(curve.y < plot.low) for curve in plot.curves)
    return "↑" * above + "↓" * below


@dataclass(frozen=True, slots=True)
class NotePlace:
    """Where a note stands beside an upright line, its middle at `height`, from 0 (foot) to 1."""

    height: float
    leftwards: bool


def free_place(
    curves: Sequence[Curve], view: tuple[float, float, float, float], at: float, note: Size
) -> NotePlace:
    """Return where a note beside the line at x = `at` hides the least of the curves.

    `view` is what is shown: left, right, low, high; the note's size is given as shares of it.
    """
    left, right, low, high = view
    width, half = note[0] * (right - left), note[1] / 2
    best, least = NotePlace(1 - half, leftwards=False), math.inf
    for leftwards in (False, True):
        begin = at - width if leftwards else at
        outside = max(left - begin, begin + width - right, 0.0) / (right - left)
        for height in (1 - half, half, 0.5, 0.75, 0.25):
            floor, ceiling = (low + (height + end) * (high - low) for end in (-half, half))
            hidden = sum(
                _hidden(curve, (begin, begin + width), (floor, ceiling)) for curve in curves
            )
            if hidden + 10 * outside < least:
                best, least = NotePlace(height, leftwards), hidden + 10 * outside
    return best


def _hidden(curve: Curve, x: tuple[float, float], y: tuple[float, float]) -> float:
    """Return which share of a curve's stretch over these x lies between these y."""
    first, last = np.searchsorted(curve.x, x)
    over = curve.y[first:last]
    with np.errstate(invalid="ignore"):
        inside = np.count_nonzero((over > y[0]) & (over < y[1]))
    level = curve.target is not None and y[0] < curve.target < y[1]
    return float(inside) / max(len(over), 1) + 0.1 * level
