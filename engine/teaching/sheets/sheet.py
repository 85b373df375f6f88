"""Makes a work sheet for a seed: exercises of one kind, each with numbers of its own."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from engine.activations import ACTIVATIONS, IDENTITY
from engine.experiment import Experiment
from engine.teaching.sheet_numbers import LONGEST, sheet_tries
from engine.teaching.sheets.checks import check_of
from engine.teaching.sheets.exercise import Exercise, values_of
from engine.teaching.sheets.finds import with_mistake
from engine.teaching.sheets.orders import order_of
from engine.teaching.sheets.rows import empty, faded, worked_rows
from engine.user_error import UserError, shown
from engine.words import mark

KINDS = ("table", "fade", "find", "check", "order")
"""What can be on a sheet."""

MOST_EXERCISES = 60
LARGEST_SEED = 10**9
_APART = 1_000
"""Exercises of one seed have seeds of their own, so many for each sheet."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A work sheet: what it was made from, and its exercises."""

    seed: int
    kind: str
    layers: int
    activation: str
    exercises: tuple[Exercise, ...]


def sheet(
    seed: int = 0,
    count: int = 6,
    kind: str = "table",
    layers: int = 3,
    activation: str = IDENTITY,
) -> Sheet:
    """Make a work sheet; the first exercises of a longer one are those of a shorter one.

    Raises `UserError` for what no sheet can be made of.
    """
    *_, made = sheet_made(seed, count, kind, layers, activation)
    return made


def sheet_made(seed: int, count: int, kind: str, layers: int, activation: str) -> Iterator[Sheet]:
    """Yield the sheet as far as it is made, after each chain that was drawn.

    Most chains will not do, and the sheet is what it was. Who makes it between other work can
    pause at each. Raises `UserError` as `sheet` does.
    """
    _refuse(seed, count, kind, layers, activation)
    made = Sheet(seed, kind, layers, activation, ())
    for drawn in _chains(seed, count, layers, activation):
        if drawn is not None:
            exercise = _exercise(len(made.exercises) + 1, kind, *drawn)
            made = replace(made, exercises=(*made.exercises, exercise))
        yield made


def _refuse(seed: int, count: int, kind: str, layers: int, activation: str) -> None:
    for name, value, least, most in (
        ("--count", count, 1, MOST_EXERCISES),
        ("--layers", layers, 1, LONGEST),
        ("--seed", seed, 0, LARGEST_SEED),
    ):
        if not least <= value <= most:
            raise UserError(
                mark("{name} must be a whole number from {least} to {most}, not {value}."),
                name=name,
                least=least,
                most=most,
                value=shown(value),
            )
    if kind not in KINDS:
        raise UserError(
            mark("{name} must be one of {allowed}, not {value}."),
            name="--kind",
            allowed=KINDS,
            value=shown(kind),
        )
    if activation not in ACTIVATIONS:
        raise UserError(
            mark("{name} must be one of {allowed}, not {value}."),
            name="--activation",
            allowed=tuple(ACTIVATIONS),
            value=shown(activation),
        )


def _chains(
    seed: int, count: int, layers: int, activation: str
) -> Iterator[tuple[int, Experiment] | None]:
    """Yield the chains of a sheet, no two alike, each with the seed it was drawn by.

    None stands for each that will not do.
    """
    seen, own = set[Experiment](), seed * _APART
    while len(seen) < count:
        for experiment in sheet_tries(own, layers, activation):
            if experiment is None or experiment in seen:
                yield None
            else:
                seen.add(experiment)
                yield own, experiment
        own += 1


def _exercise(number: int, kind: str, own: int, experiment: Experiment) -> Exercise:
    rows = worked_rows(experiment)
    if kind == "fade":
        return Exercise(number, kind, experiment, faded(rows, number))
    if kind == "find":
        printed, found = with_mistake(experiment, rows, own)
        return Exercise(number, kind, experiment, printed, found=found)
    if kind == "check":
        return Exercise(number, kind, experiment, rows, check=check_of(experiment, own))
    if kind == "order":
        order = order_of(own, experiment.structure)
        return Exercise(number, kind, experiment, rows, order=order)
    return Exercise(number, kind, experiment, empty(rows))


def told(made: Sheet) -> dict[str, Any]:
    """Return a sheet as data for JSON."""
    return {
        "seed": made.seed,
        "kind": made.kind,
        "layers": made.layers,
        "activation": made.activation,
        "exercises": list(map(_exercise_told, made.exercises)),
    }


def _exercise_told(exercise: Exercise) -> dict[str, Any]:
    experiment = exercise.experiment
    told_so_far: dict[str, Any] = {
        "weights": list(experiment.weights),
        "samples": [{"x": one.x, "target": one.target} for one in experiment.samples],
        "learning_rate": experiment.learning_rate,
        "values": list(values_of(exercise)),
    }
    if exercise.kind == "fade" or exercise.found:
        told_so_far["printed"] = [_tidy(row.printed) for row in exercise.rows]
    if exercise.found:
        told_so_far["first_wrong"] = exercise.found.row
        told_so_far["slips"] = [slip.name for slip in exercise.found.slips]
    if exercise.check:
        told_so_far["distance"] = exercise.check.distance
        told_so_far["quotients"] = [_tidy(one.quotient) for one in exercise.check.weights]
        told_so_far["printed"] = [_tidy(one.printed) for one in exercise.check.weights]
    if exercise.order:
        told_so_far["lines"] = [line for line, _, _ in exercise.order.lines]
        told_so_far["places"] = [place for _, _, place in exercise.order.lines]
    return told_so_far


def _tidy(number: float | None) -> float | None:
    return None if number is None else float(f"{number:.12g}")
