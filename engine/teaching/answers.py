"""The slips that a question can tell."""

from typing import NamedTuple

from engine.teaching.lesson import Number


class Slip(NamedTuple):
    """A wrong value, the slips that give it, and what is said to who types it."""

    names: tuple[str, ...]
    value: float
    sentence: str = ""


def slips_of(step: Number) -> tuple[Slip, ...]:  # noqa: ARG001 - the judge is to come
    """Return the slips that can be told at a question, each value once; none where it is no step.

    Raises `UserError`.
    """
    return ()


def taken_for_right(step: Number, value: float) -> bool:
    """Return whether a value is accepted as the right answer of a question."""
    right = step.answer
    share = 0.002 if step.tolerance is None else step.tolerance
    return abs(value - right) <= share * abs(right)


def names_of_slips() -> frozenset[str]:
    """Return the names of all slips; none where they are not known."""
    return frozenset()
