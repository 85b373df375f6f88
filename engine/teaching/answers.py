"""Judges what is typed at a step of a lesson, and tells which slips can be told there."""

import math
from typing import NamedTuple

from engine.steps import position_of
from engine.teaching.judge import Verdict, around, judged, margin
from engine.teaching.lesson import Number, Text
from engine.teaching.places import position_at
from engine.teaching.questions import asked_name
from engine.teaching.run_slips import run_slips
from engine.teaching.slips import Slip, slips_at, untold_at
from engine.teaching.spelled import sentence_of
from engine.teaching.values import value_at
from engine.words import Say

_SAME = 1e-9
_ENGLISH = Say()

LIKELY = frozenset(
    {
        "added",
        "from_x",
        "repeats_the_input",
        "forgot_half",
        "forgot_square",
        "loss_for_its_derivative",
        "target_minus_output",
        "public_derivative_itself",
        "times_weight",
        "seed_not_passed_on",
        "passes_gradient_on",
        "times_input",
        "unchanged",
        "climbs",
        "no_learning_rate",
    }
)
"""The slips that a question must be able to tell: who makes them is to be shown what went wrong."""


class Told(NamedTuple):
    """A wrong value, and what is said to who types it.

    `names` are the slips that give it: several where they can't be told apart.
    """

    names: tuple[str, ...]
    value: float
    sentence: str


class Tellable(NamedTuple):
    """The slips at a question: those that are told, and those that give the right answer."""

    told: tuple[Told, ...]
    untold: tuple[str, ...]


def computed_by(step: Number) -> int | None:
    """Return the index right after the step that computes what is asked.

    None where no step of the sample does: values of the run, and of two numbers. Raises `UserError`
    where the value does not exist.
    """
    name = asked_name(step)
    if name is None:
        return None
    structure, index = step.experiment.structure, step.asked.index
    try:
        position = position_of(structure, name)
    except KeyError:
        return None
    done = position_at(structure, index)
    return index - done + position if position <= done else None


def judge_answer(step: Number, text: str, sign: str = ".") -> Verdict:
    """Judge what was typed at a question; `sign` is the decimal sign of the learner's language.

    Raises `UserError` where the value that is asked does not exist.
    """
    index = computed_by(step)
    others = step.here.moment.numbers if index is None else around(step.run, index)
    return judged(step.answer, text, slips_told(step), others, sign, step.tolerance)


def slips_told(step: Number) -> tuple[Slip, ...]:
    """Return the slips at a question, and the other values of which its author says something.

    Those have no sentence of their own: `written_for` has it. Raises `UserError` where the value
    that is asked does not exist.
    """
    index = computed_by(step)
    known = run_slips(step) if index is None else slips_at(step.run, index)
    values = ((value.text, value_at(value, step.asked)) for value, _ in step.values)
    own = (Slip(name, value, "", "") for name, value in values if math.isfinite(value))
    return (*known, *(one for one in own if not any(_alike(one.value, k.value) for k in known)))


def written_for(step: Number, verdict: Verdict) -> Text | None:
    """Return what the author of a question says to an answer, if anything."""
    if verdict.kind != "slip":
        return None
    for value, text in step.values:
        if _alike(value_at(value, step.asked), verdict.slips[0].value):
            return text
    own = dict(step.slips)
    return next((own[slip.name] for slip in verdict.slips if slip.name in own), None)


def _alike(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=_SAME)


def slips_of(step: Number, say: Say = _ENGLISH, language: str = "en") -> Tellable:
    """Return which slips can be told at a question, and which give the right answer.

    None at all where none is known. Raises `UserError` as `judge_answer` does.
    """
    index, right = computed_by(step), step.answer
    room = max(margin(right), (step.tolerance or 0.0) * abs(right))
    untold = [] if index is None else [slip.name for slip in untold_at(step.run, index)]
    by_value: dict[float, list[str]] = {}
    for slip in slips_told(step):
        if abs(slip.value - right) <= room:
            untold.append(slip.name)
        else:
            by_value.setdefault(float(f"{slip.value:.9g}"), []).append(slip.name)
    told = (
        Told(tuple(dict.fromkeys(names)), value, _said(step, value, say, language))
        for value, names in by_value.items()
    )
    return Tellable(tuple(told), tuple(dict.fromkeys(untold)))


def _said(step: Number, value: float, say: Say, language: str) -> str:
    verdict = judge_answer(step, repr(value))
    written = written_for(step, verdict)
    if written is not None:
        return written.filled(language, step.asked, lambda number: f"{number:.6g}")
    return sentence_of(verdict, step.run, say)
