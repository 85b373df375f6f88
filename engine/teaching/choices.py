"""The options of a question to choose from: those of its author, or the right value and slips."""

import math
import random
from collections.abc import Iterator

from engine.teaching.answers import LIKELY, Told, judge_answer, slips_of
from engine.teaching.judge import Verdict, margin
from engine.teaching.lesson import Choose, Number, Option, Text
from engine.teaching.questions import all_hold, number_of, seed_of

SLIPS = 3
"""So many slips stand beside a right value."""

_APART = 0.05
"""Two options differ by this share of the larger one, so that nobody has to count digits."""


def options_of(step: Choose) -> tuple[Option, ...]:
    """Return the options, of which each has its place in the file; with `ask` the right one first.

    Raises `UserError` where the value that is asked does not exist.
    """
    if step.ask is None:
        return step.options
    return tuple(Option(text=_gap(value), holds=()) for value in _values(step))


def shuffled(step: Choose) -> tuple[int, ...]:
    """Return the options by their places, in the order in which they are shown."""
    order = list(range(len(options_of(step))))
    random.Random(seed_of(step)).shuffle(order)  # noqa: S311 - no secret
    return tuple(order)


def right_options(step: Choose) -> tuple[int, ...]:
    """Return the options that hold at the end of the sample; a checked lesson has one."""
    if step.ask is not None:
        return (0,)
    here = step.here.at_end_of_sample()
    return tuple(k for k, option in enumerate(step.options) if all_hold(option.holds, here))


def judge_option(step: Choose, option: int) -> Verdict | None:
    """Return what is said of a value that was chosen; None where the options are no values."""
    task = number_of(step)
    return None if task is None else judge_answer(task, repr(_values(step)[option]))


def chosen_slips(task: Number) -> tuple[Told, ...]:
    """Return the slips that stand beside the right value: likely ones first, all well apart."""
    found = sorted(slips_of(task).told, key=lambda told: LIKELY.isdisjoint(told.names))
    values = [task.answer]
    chosen: list[Told] = []
    for told in found:
        if len(chosen) < SLIPS and all(_differ(told.value, value) for value in values):
            values.append(told.value)
            chosen.append(told)
    return tuple(chosen)


def _values(step: Choose) -> tuple[float, ...]:
    def found(task: Number) -> Iterator[float]:
        yield task.answer
        yield from (told.value for told in chosen_slips(task))

    task = number_of(step)
    return () if task is None else tuple(found(task))


def _differ(one: float, other: float) -> bool:
    room = max(margin(one), margin(other), _APART * max(abs(one), abs(other)))
    return math.isfinite(one) and abs(one - other) > room


def _gap(value: float) -> Text:
    """Return a text that is a number, written as its reader writes numbers."""
    return Text((("en", f"{{{value:.10f}}}"),))
