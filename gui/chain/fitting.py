"""How large the chain is drawn in the room that it has."""

from typing import NamedTuple

from gui.chain.picture.layout import lowest_height, narrowest_width

OVERVIEW = 26
"""In pixels: the height of the strip under a chain that has to be moved along."""

_ROOM = 88.0
"""The picture is drawn larger where there is so much more height than it needs."""

_SMALLEST, _LARGEST = 0.5, 1.6


class Fit(NamedTuple):
    """`scale` is how many pixels a unit of the scene takes; `width` and `height` are in units.

    `overflows` tells that the chain is wider than its room.
    """

    scale: float
    width: float
    height: float
    overflows: bool


def fitted(layers: int, width: int, height: int, enlarged: float, parameters: int = 1) -> Fit:
    """Fit a chain into a room in pixels, its type `enlarged` as the theme wants it.

    Where it is too long all the same, the overview takes a strip of the room.
    """
    narrowest, lowest = narrowest_width(layers), lowest_height(parameters)
    high = max(1.0, float(height))
    scale = _scale((narrowest, lowest), width, high, enlarged)
    overflows = narrowest * scale > width + 1
    if overflows:
        high = max(1.0, high - OVERVIEW)
        scale = _scale((narrowest, lowest), width, high, enlarged)
        overflows = narrowest * scale > width + 1
    return Fit(scale, width / scale, high / scale, overflows)


def _scale(least: tuple[float, float], width: int, height: float, enlarged: float) -> float:
    """Return the scale: as large as fits, of a picture of at `least` this width and height.

    A chain that is somewhat too long is drawn smaller, not moved along.
    """
    narrowest, lowest = least
    room = width / narrowest
    roomy = min(height / (lowest + _ROOM), room, _LARGEST * enlarged)
    scale = max(min(enlarged, height / lowest), roomy)
    return room if _SMALLEST * enlarged <= room < scale else scale
