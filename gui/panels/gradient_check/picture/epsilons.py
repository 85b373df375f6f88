"""The values of ε that can be chosen, and what is said of one that can't. No Qt."""

import math

from engine import UserError
from engine.checking.error_curve import EPSILONS
from engine.user_error import Location
from gui.language import sentence

LAST_TICK = len(EPSILONS) - 1
"""The number of places of a slider over ε, from 10⁻¹⁴ at the left to 1 at the right."""


def epsilon_at(tick: int) -> float:
    """Return the ε at a place of the slider."""
    return EPSILONS[LAST_TICK - tick]


def tick_of(epsilon: float) -> int:
    """Return the place of the slider that is nearest to an ε, which may lie beyond its ends."""
    place = math.log10(epsilon)
    return min(range(LAST_TICK + 1), key=lambda tick: abs(math.log10(epsilon_at(tick)) - place))


def complaint(problem: UserError, language: str) -> str:
    """Return what is wrong with an ε that was typed."""
    location = None if problem.location is None else Location("ε")
    return sentence(UserError(problem.template, location, **problem.values), language)
