"""The colour in which a number is written. No Qt."""

from engine.parameters import PARAMETERS
from engine.quantities import Name, Quantity
from gui.drawing.ink import Ink

_INKS = {
    Quantity.OUTPUT: Ink.FORWARD,
    Quantity.LOSS: Ink.LOSS,
    Quantity.UPSTREAM: Ink.BACKWARD,
    **{one.gradient: Ink.GRADIENT for one in PARAMETERS},
}


def ink_of(name: Name) -> Ink:
    """Return the colour of a number: of what goes forward, of the way back, of a gradient."""
    return _INKS.get(name.quantity, Ink.TEXT)
