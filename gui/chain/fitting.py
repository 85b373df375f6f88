"""How large the chain is drawn in the room that it has."""

from typing import NamedTuple

from gui.chain.picture.layout import LOWEST, narrowest_width

OVERVIEW = 26
"""In pixels: the height of the strip under a chain that has to be moved along."""

_ROOMY = 430.0
_SMALLEST, _LARGEST = 0.5, 1.6


class Fit(NamedTuple):
    """`scale` is how many pixels a unit of the scene takes; `width` and `height` are in units.

    `overflows` tells that the chain is wider than its room.
    """

    scale: float
    width: float
    height: float
    overflows: bool


def fitted(layers: int, width: int, height: int, enlarged: float) -> Fit:
    """Fit a chain into a room in pixels, its type `enlarged` as the theme wants it.

    Where it is too long all the same, the overview takes a strip of the room.
    """
    narrowest = narrowest_width(layers)
    high = max(1.0, float(height))
    scale = _scale(narrowest, width, high, enlarged)
    overflows = narrowest * scale > width + 1
    if overflows:
        high = max(1.0, high - OVERVIEW)
        scale = _scale(narrowest, width, high, enlarged)
        overflows = narrowest * scale > width + 1
    return Fit(scale, width / scale, high / scale, overflows)


def _scale(narrowest: float, width: int, height: float, enlarged: float) -> float:
    """Return the scale: as large as fits.

    A chain that is somewhat too long is drawn smaller, not moved along.
    """
    room = width / narrowest
    roomy = min(height / _ROOMY, room, _LARGEST * enlarged)
    scale = max(min(enlarged, height / LOWEST), roomy)
    return room if _SMALLEST * enlarged <= room < scale else scale
