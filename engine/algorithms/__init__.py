"""The algorithms, one file each: the list of steps, and the sentences about it.

Other modules read the record or the steps of an algorithm and never compare its name. To add an
algorithm, write its file and list it here.
"""

from collections.abc import Mapping
from types import MappingProxyType

from engine.algorithms.algorithm import Algorithm
from engine.algorithms.backprop import BACKPROP
from engine.algorithms.front_to_back import FRONT_TO_BACK
from engine.algorithms.in_place import IN_PLACE
from engine.algorithms.no_local_derivative import NO_LOCAL_DERIVATIVE
from engine.algorithms.own_output import OWN_OUTPUT
from engine.algorithms.sign_flipped import SIGN_FLIPPED

__all__ = ["ALGORITHMS", "CORRECT", "Algorithm"]

ALGORITHMS: Mapping[str, Algorithm] = MappingProxyType(
    {
        one.name: one
        for one in (
            BACKPROP,
            IN_PLACE,
            FRONT_TO_BACK,
            SIGN_FLIPPED,
            NO_LOCAL_DERIVATIVE,
            OWN_OUTPUT,
        )
    }
)
"""The right one first; the others contain mistakes, for the gradient check to find."""

CORRECT = BACKPROP.name
"""The name of the right one."""
