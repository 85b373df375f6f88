"""What a class can vote on: a question of a lesson, or the value that the next step computes."""

import math
from dataclasses import fields

from engine.moment import moment_at
from engine.run import Run
from engine.teaching.answers import LIKELY
from engine.teaching.choices import SLIPS, options_of, right_options, shuffled
from engine.teaching.judge import margin
from engine.teaching.lesson import Choose, LessonStep, Number
from engine.teaching.slips import slips_at
from engine.user_error import UserError
from engine.words import mark
from gui.state import State
from gui.state.voting import LETTERS, Vote

_APART = 0.05
"""Two values differ by this share of the larger one, so that nobody has to count digits."""


def vote_of(state: State) -> Vote:
    """Return a vote on what is asked now. Raises `UserError` where nothing can be voted on."""
    if state.lesson is not None:
        return _of_lesson(state, state.lesson.step, state.lesson.place)
    if state.index == state.last:
        raise UserError(mark("There is no next step to vote on."))
    values, right = values_at(state.run, state.index + 1)
    if len(values) < 2:  # noqa: PLR2004
        raise UserError(mark("Nothing to choose from: no mistake gives another number here."))
    return Vote((state.run.experiment, state.index), None, right, (0,) * len(values), values=values)


def _of_lesson(state: State, step: LessonStep, place: int) -> Vote:
    asked = as_choice(step)
    if asked is None:
        raise UserError(mark("This step of the lesson is no question to vote on."))
    order = shuffled(asked)[: len(LETTERS)]
    right = [k for k, option in enumerate(order) if option in right_options(asked)]
    if not right or len(order) < 2:  # noqa: PLR2004
        raise UserError(mark("This step of the lesson is no question to vote on."))
    where = state.run.experiment, state.index
    return Vote(where, place, right[0], (0,) * len(order), options=order)


def as_choice(step: LessonStep) -> Choose | None:
    """Return a question as one to choose: of a number, its right value and what slips give."""
    if isinstance(step, Choose):
        return step
    if not isinstance(step, Number):
        return None
    common = {one.name: getattr(step, one.name) for one in fields(LessonStep)}
    return Choose(**common, ask=step.ask)


def has_options(step: LessonStep) -> bool:
    """Return whether a step has options that a class sees before it votes."""
    return isinstance(step, Choose) and 0 < len(options_of(step)) <= len(LETTERS)


def values_at(run: Run, index: int) -> tuple[tuple[float, ...], int]:
    """Return the value of the step that leads to `index` and what slips give, in their order.

    With them comes the place of the right one.
    """
    computed = moment_at(run, index).computation
    if computed is None or not math.isfinite(computed.result.value):
        return (), 0
    right = computed.result.value
    values = [right]
    for slip in sorted(slips_at(run, index), key=lambda slip: slip.name not in LIKELY):
        if len(values) <= SLIPS and all(_differ(slip.value, value) for value in values):
            values.append(slip.value)
    values.sort()
    return tuple(values), values.index(right)


def _differ(one: float, other: float) -> bool:
    room = max(margin(one), margin(other), _APART * max(abs(one), abs(other)))
    return math.isfinite(one) and abs(one - other) > room
