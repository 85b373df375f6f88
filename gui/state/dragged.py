"""The number that a drag makes of another. No Qt."""

import math

from engine import Experiment
from engine.user_error import Location

_FINE, _PLACES, _DECIMALS = 0.1, 12, 2
_RATIO = 1.01
"""So many times as large is a number that is only ever positive, a pixel further."""


def value_at(experiment: Experiment, location: Location) -> float:
    """Return the number at a place: the learning rate, or a parameter."""
    found = getattr(experiment, location.field)
    return float(found if location.row is None else found[location.row])


def dragged(start: float, pixels: float, *, fine: bool = False, positive: bool = False) -> float:
    """Return the number `pixels` further than `start`: 0.01 a pixel, of a large one 1 %.

    `fine` is a tenth of that. A `positive` number is multiplied instead, and stays positive.
    """
    pixels = round(pixels) * (_FINE if fine else 1.0)
    if positive and start > 0:
        return float(f"{start * _RATIO**pixels:.{3 + fine}g}") or start
    large = math.floor(math.log10(abs(start))) if start else 0
    decimals = _DECIMALS - max(0, large)
    unit = 10.0**-decimals
    return round(start + pixels * unit, min(_PLACES, decimals + 1 + fine))
