"""What an exercise of a work sheet consists of."""

from dataclasses import dataclass

from engine.experiment import Experiment
from engine.moment import Computation
from engine.steps import Step
from engine.teaching.slips import Slip


@dataclass(frozen=True, slots=True)
class Row:
    """One step of the sample: what it computes, and what of it stands on the sheet.

    `printed` is the number on the sheet, None for a gap; in an exercise with a mistake it may
    differ from the result. `worked` tells whether the numbers of the formula are printed too.
    """

    step: Step
    computation: Computation
    printed: float | None = None
    worked: bool = False

    @property
    def value(self) -> float:
        """What is right."""
        return self.computation.result.value


@dataclass(frozen=True, slots=True)
class Found:
    """The mistake in a filled table: the first wrong row, from 1, and the slips that give it."""

    row: int
    slips: tuple[Slip, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """A weight moved up and down: outputs and losses there, the quotient, and the gradients.

    `printed` is the gradient on the sheet; it is `gradient`, or `slips` give it.
    """

    layer: int
    up: tuple[float, float]
    down: tuple[float, float]
    quotient: float
    gradient: float
    printed: float
    slips: tuple[Slip, ...] = ()

    @property
    def is_right(self) -> bool:
        """Whether the gradient on the sheet is right."""
        return not self.slips


@dataclass(frozen=True, slots=True)
class Check:
    """Gradients to be checked by differences, with the distance by which weights are moved.

    In a chain of straight pieces the quotient is the gradient: `exact`.
    """

    distance: float
    exact: bool
    weights: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """The lines of the loop, shuffled: each with its indentation and its place, from 1.

    The place of a line that is too many is 0.
    """

    lines: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Exercise:
    """An exercise: its chain, the rows of the sample, and what its kind adds."""

    number: int
    kind: str
    experiment: Experiment
    rows: tuple[Row, ...]
    found: Found | None = None
    check: Check | None = None
    order: Order | None = None


def values_of(exercise: Exercise) -> tuple[float, ...]:
    """Return the results of all steps, without what floats leave of decimals."""
    return tuple(float(f"{row.value:.12g}") for row in exercise.rows)
