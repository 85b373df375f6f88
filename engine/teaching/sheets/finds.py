"""A filled table with one mistake in it: the numbers after it are computed from the wrong one."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random

from engine.experiment import Experiment
from engine.quantities import Quantity
from engine.run import Run
from engine.steps import Phase, Step, steps_of
from engine.teaching.judge import margin
from engine.teaching.sheets.exercise import Found, Row
from engine.teaching.sheets.rows import computed, given
from engine.teaching.slips import Slip, slips_at
from engine.teaching.standing import trained

_LARGEST, _PLACES, _DIGITS = 1000.0, 10_000, 10_000
"""What follows from a wrong number is no longer than this, where that can be had."""

_CLEARLY = 0.05
"""By this share of what is right the first wrong number is off, at least."""

_TRIES = 60


def with_mistake(
    experiment: Experiment, rows: Sequence[Row], seed: int
) -> tuple[tuple[Row, ...], Found]:
    """Return the rows with what stands on the sheet, and the mistake that was made.

    A mistake that an algorithm makes is made in each of its rows, any other one in one row.
    """
    draw, run = Random(f"find {seed}"), trained(experiment)  # noqa: S311 - no secret
    kept = None
    for _ in range(_TRIES):
        # One of the phases first: else nearly all would be gradients and updates.
        phase = tuple(Phase)[int(draw.random() * len(Phase))]
        places = [k for k, row in enumerate(rows) if row.step.phase is phase]
        if not places:
            continue
        place = places[int(draw.random() * len(places))]
        slips = _seen(run, place, rows)
        if not slips:
            continue
        slip = slips[int(draw.random() * len(slips))]
        printed = tuple(_carried_on(experiment, rows, place, slip))
        first = _first_wrong(rows, printed)
        if first is None or not _looks_wrong(rows[first].value, printed[first]):
            continue
        found = Found(first + 1, _giving(printed[first], _seen(run, first, rows)))
        if not found.slips:
            continue
        made = tuple(replace(row, printed=v) for row, v in zip(rows, printed, strict=True))
        if not experiment.structure.f.is_straight or all(map(_is_short, printed)):
            return made, found
        kept = kept or (made, found)
    assert kept is not None  # noqa: S101 - each chain has slips that can be told
    return kept


def _seen(run: Run, place: int, rows: Sequence[Row]) -> tuple[Slip, ...]:
    """Return the mistakes in a row that can be found from the others.

    Where an algorithm has passed on something else before, its number comes from nowhere here.
    """
    passed = {row.value for row in rows if row.step.result.quantity is Quantity.UPSTREAM}

    def is_seen(slip: Slip) -> bool:
        operands = slip.computation.operands if slip.computation else ()
        arrives = [term.value for term in operands if term.quantity is Quantity.UPSTREAM]
        return not slip.algorithm or (bool(arrives) and passed.issuperset(arrives))

    return tuple(filter(is_seen, slips_at(run, place + 1)))


def _carried_on(
    experiment: Experiment, rows: Sequence[Row], place: int, slip: Slip
) -> Iterator[float]:
    """Yield the results of all rows, the mistake made at `place`."""
    numbers, f = given(experiment), experiment.structure.f
    steps: Sequence[Step] = [row.step for row in rows]
    others = steps
    if slip.algorithm:
        other = steps_of(experiment.structure._replace(algorithm=slip.algorithm))
        if [step.result for step in other] == [step.result for step in steps]:
            others = other
    for k, step in enumerate(steps):
        if k == place and others is steps:
            value = slip.value
        else:
            value = computed(others[k], numbers, f).result.value
        numbers[step.result] = value
        yield value


def _first_wrong(rows: Sequence[Row], printed: Sequence[float]) -> int | None:
    pairs = enumerate(zip(rows, printed, strict=True))
    return next((k for k, (row, value) in pairs if abs(row.value - value) > 1e-9), None)  # noqa: PLR2004 - rounding


def _looks_wrong(right: float, value: float) -> bool:
    return abs(right - value) > max(2 * margin(right), _CLEARLY * abs(right))


def _giving(value: float, slips: Sequence[Slip]) -> tuple[Slip, ...]:
    """Return the slips that give a number, each name once."""
    same = (slip for slip in slips if abs(slip.value - value) <= 1e-9 * max(1.0, abs(value)))
    return tuple({slip.name: slip for slip in same}.values())


def _is_short(number: float) -> bool:
    places = round(abs(number) * _PLACES)
    if abs(number) > _LARGEST or abs(abs(number) * _PLACES - places) > 1e-6:  # noqa: PLR2004 - rounding
        return False
    while places and places % 10 == 0:
        places //= 10
    return places < _DIGITS
