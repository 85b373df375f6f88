"""Lines of equal height on a grid (marching squares), and where heights are written. No Qt."""

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_FACTORS = ((1,), (1, 3), (1, 2, 5))
_FEWEST, _MOST = 4, 7

# The corners of a cell are counted from its lower left one against the clock, and so are its edges
# from the lower one: edge k lies between the corners k and k + 1. Which two edges a line joins, by
# the corners that lie above it, corner k as bit k.
_EDGES = np.array(
    [
        *[(0, 0), (3, 0), (0, 1), (3, 1), (1, 2), (3, 0), (0, 2), (3, 2)],
        *[(2, 3), (2, 0), (0, 1), (2, 1), (1, 3), (1, 0), (0, 3), (0, 0)],
    ]
)
_SECOND = {5: (1, 2), 10: (2, 3)}
"""Where opposite corners lie above, a second line joins these edges."""

_NEAR_RAY = 0.06
"""As a share of the box."""

_CORNERS = np.array([(0, 0), (0, 1), (1, 1), (1, 0)])
"""Rows and columns, from the lower left corner of a cell."""


class Label(NamedTuple):
    """Where the height of a contour is written."""

    x: float
    y: float
    level: float


def nice_levels(low: float, high: float) -> tuple[float, ...]:
    """Return a few round numbers between two positive ones: at most 7, as far as it goes 4."""
    found: list[float] = []
    for factors in _FACTORS:
        found = _between(low, high, factors)
        if len(found) >= _FEWEST:
            break
    return tuple(found[:: -(-len(found) // _MOST)]) if found else ()


def _between(low: float, high: float, factors: tuple[int, ...]) -> list[float]:
    if not 0.0 < low < high < math.inf:
        return []
    exponents = range(math.floor(math.log10(low)), math.floor(math.log10(high)) + 1)
    all_of = (float(f"{factor}e{k}") for k in exponents for factor in factors)
    return [level for level in all_of if low < level < high]


def contour(heights: Floats, xs: Floats, ys: Floats, level: float) -> Floats:
    """Return pieces of the line at `level`: shape (pieces, 2 ends, 2), in x and y.

    `heights` has rows over `ys` and columns over `xs`, both ascending. Pieces have no order.
    """
    above = heights > level
    height, width = heights.shape[0] - 1, heights.shape[1] - 1
    corners = [above[r : r + height, c : c + width] for r, c in _CORNERS]
    cases = np.zeros((height, width), dtype=np.intp)
    for bit, corner in enumerate(corners):
        cases |= corner.astype(np.intp) << bit
    rows, columns = np.nonzero((cases > 0) & (cases < 15))  # noqa: PLR2004 - all corners
    crossings = _crossings(heights, xs, ys, level, rows, columns)
    here = cases[rows, columns]
    pieces = [_joined(crossings, _EDGES[here])]
    for case, edges in _SECOND.items():
        cells = crossings[here == case]
        pieces.append(_joined(cells, np.full((len(cells), 2), edges)))
    return np.concatenate(pieces)


def _joined(crossings: Floats, edges: npt.NDArray[np.intp]) -> Floats:
    """Return a piece for each cell: where it crosses two of the cell's edges."""
    found: Floats = np.take_along_axis(crossings, edges[:, :, np.newaxis], axis=1)
    return found


def _crossings(
    heights: Floats,
    xs: Floats,
    ys: Floats,
    level: float,
    rows: npt.NDArray[np.intp],
    columns: npt.NDArray[np.intp],
) -> Floats:
    """Return where the line crosses each edge of some cells, by linear interpolation.

    Shape (cells, 4 edges, 2). An edge that it does not cross has some place too.
    """
    r, c = rows[:, np.newaxis] + _CORNERS[:, 0], columns[:, np.newaxis] + _CORNERS[:, 1]
    corner, x, y = heights[r, c], xs[c], ys[r]
    following = np.roll(corner, -1, axis=1)
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        share = (level - corner) / (following - corner)
    share = np.where(np.isfinite(share), share, 0.5)
    across = x + share * (np.roll(x, -1, axis=1) - x)
    return np.stack([across, y + share * (np.roll(y, -1, axis=1) - y)], axis=2)


def labels(
    lines: tuple[tuple[float, Floats], ...],
    box: tuple[float, float, float, float],
    apart: tuple[float, float],
    clear: Floats,
) -> tuple[Label, ...]:
    """Return where levels are written: if possible on a ray from the middle to a corner.

    `lines` are levels with their pieces, `box` is left, right, low, high; `apart` is how much room
    a label takes, as shares of its width and height; labels keep `clear` of these points, shape
    (points, 2). A line that finds no room has no label.
    """
    left, right, low, high = box
    size = np.array([right - left, high - low])
    taken = (clear - (left, low)) / size
    placed: list[Label] = []
    for level, pieces in lines:
        middle = pieces.mean(axis=1)
        places = (middle - (left, low)) / size
        inside = np.all((places > np.array(apart) / 2) & (places < 1 - np.array(apart) / 2), axis=1)
        chosen = np.flatnonzero(inside)
        for index in chosen[_preference(places[chosen])]:
            away = np.abs(taken - places[index]) / apart
            if not np.any(np.all(away < 1.0, axis=1)):
                placed.append(Label(float(middle[index, 0]), float(middle[index, 1]), level))
                taken = np.vstack([taken, places[index]])
                break
    return tuple(placed)


def _preference(places: Floats) -> npt.NDArray[np.intp]:
    """Return the order in which places, from 0 to 1 each way, are tried.

    First those on the ray to the lower left corner, from outside; then those on the other rays,
    then all others. So most labels stand in a row, and stay there while the surface moves.
    """
    across, up = places[:, 0] - 0.5, places[:, 1] - 0.5
    near = np.abs(np.abs(across) - np.abs(up)) < _NEAR_RAY
    ray = np.where(near, 2 * (across > 0) + (up > 0), 4)
    return np.lexsort((-np.hypot(across, up), ray))
