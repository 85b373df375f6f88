"""What the steps of a lesson ask, and what answers them: options, goals, values to carry out.

>>> from engine.teaching.lesson import CarryOut
>>> from engine.teaching.places import StepName
>>> task = CarryOut(first=StepName("seed"), last=StepName("pass_on", 3))
>>> [str(row.name) for row in rows_of(task)]
['seed', 'gradient 3', 'pass_on 3']
"""

import random
from dataclasses import dataclass, replace

from engine.algorithms import ALGORITHMS, CORRECT
from engine.moment import length, moment_at
from engine.quantities import Name
from engine.run import Run
from engine.steps import Structure, steps_of, steps_per_sample
from engine.teaching.fingerprint import fingerprint
from engine.teaching.lesson import CarryOut, Choose, Do, LessonStep, Number
from engine.teaching.places import StepName, step_name, step_position
from engine.teaching.standing import Standing, trained
from engine.teaching.terms import Condition
from engine.teaching.values import holds, name_of_term

CHOICES = 4
"""So many steps are offered where it is asked which comes next."""


def seed_of(step: LessonStep) -> int:
    """Return the seed of what is drawn for a step: the same each time it is opened."""
    return int(fingerprint(step), 16) % 2**32


def reached(step: Do, run: Run) -> bool:
    """Return whether a finished run reaches the goal of a step. Raises `UserError`."""
    here = Standing(run, 0, step.experiment).at_end_of_sample()
    return all_hold(step.goal, here)


def all_hold(conditions: tuple[Condition, ...], here: Standing) -> bool:
    """Return whether all of some conditions hold at a place. Raises `UserError`."""
    return all(holds(condition, here) for condition in conditions)


def number_of(step: LessonStep) -> Number | None:
    """Return the question for a number that a step is; to choose among values is one, too."""
    if isinstance(step, Choose) and step.ask is not None:
        return Number(
            number=step.number, line=step.line, experiment=step.experiment, at=step.at, ask=step.ask
        )
    return step if isinstance(step, Number) else None


def asked_name(step: Number) -> Name | None:
    """Return the engine's name of the number that is asked, if it is one of the present sample."""
    term = step.ask.term
    if term is None or term.place is not None or term.by is not None:
        return None
    return name_of_term(term, step.experiment.layers)


@dataclass(frozen=True, slots=True)
class RowTask:
    """One value to carry out: the step that computes it, its index in the run, and the value.

    `index` is the moment right after the step.
    """

    name: StepName
    result: Name
    index: int
    value: float


def rows_of(step: CarryOut) -> tuple[RowTask, ...]:
    """Return the values to carry out, in their order. Raises `UserError`."""
    return _rows(step, step.run)


def _rows(step: CarryOut, run: Run) -> tuple[RowTask, ...]:
    structure = run.experiment.structure
    first, last = (step_position(structure, name) for name in (step.first, step.last))
    began = _began(step, run)
    found = []
    for position in range(first, last + 1):
        one = steps_of(structure)[position - 1]
        index = began + position
        value = moment_at(run, index).numbers[one.result]
        found.append(RowTask(step_name(one), one.result, index, value))
    return tuple(found)


def began_at(step: CarryOut) -> int:
    """Return the index in the run from which the values are carried out."""
    return _began(step, step.run) + step_position(step.run.experiment.structure, step.first) - 1


def _began(step: CarryOut, run: Run) -> int:
    epoch, sample = step.visit.epoch or 1, step.visit.sample or 1
    update = (epoch - 1) * len(run.experiment.samples) + sample - 1
    return min(update * steps_per_sample(run.experiment.structure), length(run))


def next_steps(step: CarryOut, row: int) -> tuple[StepName, ...]:
    """Return the steps that are offered where it is asked which comes next, that one among them."""
    rows = rows_of(step)
    right = rows[row].name
    others = [one.name for k, one in enumerate(rows) if k != row]
    choice = random.Random(seed_of(step) + row)  # noqa: S311 - no secret
    offered = [right, *choice.sample(others, min(CHOICES - 1, len(others)))]
    choice.shuffle(offered)
    return tuple(offered)


@dataclass(frozen=True, slots=True)
class Search:
    """A filled table with a slip in it: its algorithm, the rows, and which one is wrong first."""

    algorithm: str
    rows: tuple[RowTask, ...]
    wrong: int


def search_of(step: CarryOut) -> Search | None:
    """Return the table of a task to find a slip, drawn by seed; None where no slip shows in it."""
    right = rows_of(step)
    found = []
    for name, one in ALGORITHMS.items():
        if one.is_right or name == CORRECT:
            continue
        experiment = replace(step.experiment, algorithm=name)
        if _order(experiment.structure) != _order(step.experiment.structure):
            continue
        rows = _rows(step, trained(experiment))
        pairs = enumerate(zip(rows, right, strict=True))
        wrong = [k for k, (row, true) in pairs if row.value != true.value]
        if wrong:
            found.append(Search(name, rows, wrong[0]))
    return random.Random(seed_of(step)).choice(found) if found else None  # noqa: S311


def _order(structure: Structure) -> tuple[StepName, ...]:
    return tuple(map(step_name, steps_of(structure)))
