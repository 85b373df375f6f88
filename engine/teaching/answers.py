"""The slips that a question can tell, and the values of a task that is carried out."""

from collections.abc import Iterator
from typing import NamedTuple

from engine.moment import moment_at
from engine.steps import steps_of, steps_per_sample
from engine.teaching.lesson import CarryOut, Number
from engine.teaching.places import step_name, step_position, update_of


class Slip(NamedTuple):
    """A wrong value, the slips that give it, and what is said to who types it."""

    names: tuple[str, ...]
    value: float
    sentence: str = ""


def carried_out(step: CarryOut) -> Iterator[tuple[str, float]]:
    """Yield the name and the value of each step that is carried out. Raises `UserError`."""
    structure = step.experiment.structure
    first, last = step_position(structure, step.first), step_position(structure, step.last)
    size = steps_per_sample(structure)
    start = update_of(step.visit, step.experiment) * size
    for position in range(first, last + 1):
        computation = moment_at(step.run, start + position).computation
        assert computation is not None  # noqa: S101 - a step was taken
        yield str(step_name(steps_of(structure)[position - 1])), computation.result.value


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
