"""Judges what is typed at a step of a lesson, and tells which slips can be told there."""

from typing import NamedTuple

from engine.moment import moment_at
from engine.steps import position_of
from engine.teaching.judge import Verdict, judged, margin
from engine.teaching.lesson import Number
from engine.teaching.places import position_at
from engine.teaching.questions import asked_name
from engine.teaching.rows import sentence_of
from engine.teaching.slips import Slip, slips_at, untold_at
from engine.words import mark

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
    if index is None:
        others = step.here.moment.numbers
        return judged(step.answer, text, of_run(step), others, sign, step.tolerance)
    name, here = asked_name(step), moment_at(step.run, index)
    given = moment_at(step.run, index - 1).numbers if here.position > 1 else here.before
    others = {one: value for one, value in given.items() if one != name}
    return judged(step.answer, text, slips_at(step.run, index), others, sign, step.tolerance)


def of_run(step: Number) -> tuple[Slip, ...]:
    """Return the slips at a question about the run: epochs or samples taken for updates."""
    term, experiment = step.ask.term, step.experiment
    if term is None or term.word != "updates":
        return ()
    each = mark("Every sample of every epoch makes an update: epochs times samples.")
    epochs, samples = float(experiment.epochs), float(len(experiment.samples))
    return (
        Slip("epochs_for_updates", epochs, each, mark("takes epochs for updates")),
        Slip("samples_for_updates", samples, each, mark("takes samples for updates")),
    )


def slips_of(step: Number) -> Tellable:
    """Return which slips can be told at a question, and which give the right answer.

    None at all where none is known. Raises `UserError` as `judge_answer` does.
    """
    index, right = computed_by(step), step.answer
    found = of_run(step) if index is None else slips_at(step.run, index)
    room = max(margin(right), (step.tolerance or 0.0) * abs(right))
    untold = [] if index is None else [slip.name for slip in untold_at(step.run, index)]
    by_value: dict[float, list[str]] = {}
    for slip in found:
        if abs(slip.value - right) <= room:
            untold.append(slip.name)
        else:
            by_value.setdefault(float(f"{slip.value:.9g}"), []).append(slip.name)
    told = (
        Told(tuple(dict.fromkeys(names)), value, _said(step, value))
        for value, names in by_value.items()
    )
    return Tellable(tuple(told), tuple(dict.fromkeys(untold)))


def _said(step: Number, value: float) -> str:
    own = dict(step.slips)
    verdict = judge_answer(step, repr(value))
    written = next((own[slip.name] for slip in verdict.slips if slip.name in own), None)
    if written is not None:
        return written.filled("en", step.asked, lambda number: f"{number:.6g}")
    return sentence_of(verdict, step.run)
