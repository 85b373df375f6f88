"""How a task ended: one word for lessons, practice and what is kept of them."""

from enum import StrEnum


class Outcome(StrEnum):
    """How a task ended, the best first."""

    ALONE = "alone"
    """Without a hint, in at most two tries."""

    HELPED = "with help"
    SHOWN = "shown"


MOST_TRIES_ALONE = 2
"""A right answer within so many tries was found alone."""
