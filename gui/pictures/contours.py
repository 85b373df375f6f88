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
# the corners that lie above it, corner k as bit k; two lines where opposite corners do.
_STROKES = (
    (1, 3, 0),
    (2, 0, 1),
    (3, 3, 1),
    (4, 1, 2),
    (5, 3, 0),
    (5, 1, 2),
    (6, 0, 2),
    (7, 3, 2),
    (8, 2, 3),
    (9, 2, 0),
    (10, 0, 1),
    (10, 2, 3),
    (11, 2, 1),
    (12, 1, 3),
    (13, 1, 0),
    (14, 0, 3),
)
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
    here = cases[rows, columns]
    pieces = []
    for case, begin, end in _STROKES:
        chosen = here == case
        cells = rows[chosen], columns[chosen]
        ends = [_crossing(heights, xs, ys, level, cells, edge) for edge in (begin, end)]
        pieces.append(np.stack(ends, axis=1))
    return np.concatenate(pieces)


def _crossing(
    heights: Floats,
    xs: Floats,
    ys: Floats,
    level: float,
    cells: tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]],
    edge: int,
) -> Floats:
    """Return where the line crosses an edge of some cells, by linear interpolation."""
    (r0, c0), (r1, c1) = _CORNERS[edge], _CORNERS[(edge + 1) % 4]
    rows, columns = cells
    first, second = heights[rows + r0, columns + c0], heights[rows + r1, columns + c1]
    with np.errstate(invalid="ignore"):
        share = np.nan_to_num((level - first) / (second - first), nan=0.5)
    x = xs[columns + c0] + share * (xs[columns + c1] - xs[columns + c0])
    y = ys[rows + r0] + share * (ys[rows + r1] - ys[rows + r0])
    return np.column_stack([x, y])


def labels(
    lines: tuple[tuple[float, Floats], ...],
    box: tuple[float, float, float, float],
    apart: tuple[float, float],
) -> tuple[Label, ...]:
    """Return where levels are written: on a ray from the middle to the lower left.

    `lines` are levels with their pieces, `box` is left, right, low, high; `apart` is how much room
    a label takes, as shares of its width and height. A line that finds no room has no label.
    """
    left, right, low, high = box
    placed: list[Label] = []
    for level, pieces in lines:
        if len(pieces) == 0:
            continue
        middle = pieces.mean(axis=1)
        u = (middle[:, 0] - left) / (right - left)
        v = (middle[:, 1] - low) / (high - low)
        inside = (u > apart[0] / 2) & (v > apart[1] / 2) & (u + v < 1) & (np.abs(u - v) < 0.06)  # noqa: PLR2004
        for index in np.nonzero(inside)[0][np.argsort(u[inside])]:
            x, y = float(middle[index, 0]), float(middle[index, 1])
            if all(
                abs(x - other.x) > apart[0] * (right - left)
                or abs(y - other.y) > apart[1] * (high - low)
                for other in placed
            ):
                placed.append(Label(x, y, level))
                break
    return tuple(placed)
