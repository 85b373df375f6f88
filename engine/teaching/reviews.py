"""Reviews: what is due comes again with fresh numbers, as a short lesson of one question a topic.

The questions are steps of the kind `number`, so that they are shown and judged as all others.
"""

import random
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from engine.experiment import Experiment
from engine.steps import Phase, Step, steps_of
from engine.teaching.fingerprint import fingerprint
from engine.teaching.judge import margin
from engine.teaching.lesson import Lesson, LessonStep, Number, Text
from engine.teaching.outcome import Outcome
from engine.teaching.parsing import parse_value
from engine.teaching.places import Place, asked_index, step_name
from engine.teaching.progress import Done, Entry, Reviewed, StepKey, Topic
from engine.teaching.slips import slips_at
from engine.teaching.standing import trained
from engine.teaching.terms import LAYERED, OF_THE_CHAIN

NAME = "review"
"""The name of the lesson that is a review."""

MOST_QUESTIONS = 5
"""Of one review: the rest is due another time."""

_DRAWS = 6
"""So many chains are drawn for a slip until one tells it from the right number."""

_WORDS = {quantity: word for word, quantity in (LAYERED | OF_THE_CHAIN).items()}

Draw = Callable[[int], Experiment]
"""Returns an experiment with friendly numbers for a seed."""

Tells = Callable[[Number], Collection[str]]
"""Returns the slips that give another number than the right one at a question."""


def tells(asked: Number) -> Collection[str]:
    """Return the slips that give another number than the right one at a question."""
    run, right = trained(asked.experiment), asked.answer
    found = slips_at(run, asked_index(asked.at, run))
    return [slip.name for slip in found if abs(slip.value - right) > margin(right)]


class Review(NamedTuple):
    """A short lesson, and the topic of each of its steps."""

    lesson: Lesson
    topics: tuple[Topic, ...]


def review(
    topics: Iterable[Topic],
    seed: int,
    draw: Draw,
    tells: Tells,
    title: Text,
    prompt: Callable[[Step, Experiment], Text],
) -> Review | None:
    """Return a review of the first few of these topics; None where there is none.

    The same seed gives the same questions. `prompt` returns the text of a question for what a
    step of a chain computes.
    """
    asked: list[tuple[Topic, Number]] = []
    for number, topic in enumerate(tuple(topics)[:MOST_QUESTIONS]):
        step, asks = question(topic, 1000 * seed + number, draw, tells)
        asked.append((topic, replace(asks, number=number + 1, text=prompt(step, asks.experiment))))
    if not asked:
        return None
    lesson = Lesson(name=NAME, title=title, steps=tuple(step for _, step in asked))
    return Review(lesson, tuple(topic for topic, _ in asked))


def question(topic: Topic, seed: int, draw: Draw, tells: Tells) -> tuple[Step, Number]:
    """Return a question on a topic, with the step of the chain that answers it.

    It asks for a step of that phase, or where that slip can be told from the right number. Where
    none can be told, as that of an activation in a chain without any, it asks for a gradient.
    """
    choice = random.Random(seed)  # noqa: S311 - no secret
    phase = topic.name if topic.kind == "phase" else Phase.GRADIENT
    others: list[tuple[Step, Number]] = []
    for attempt in range(_DRAWS if topic.kind == "slip" else 1):
        questions = list(_questions(draw(_DRAWS * seed + attempt)))
        choice.shuffle(questions)
        for step, asks in questions:
            if topic.kind == "slip" and topic.name in tells(asks):
                return step, asks
        others = others or [found for found in questions if found[0].phase == phase] or questions
    return others[0]


def _questions(experiment: Experiment) -> Iterator[tuple[Step, Number]]:
    """Yield a question for each step of the first sample."""
    for step in steps_of(experiment.structure):
        name = step.result
        word = _WORDS[name.quantity]
        asked = word if word in OF_THE_CHAIN else f"{word} {name.layer}"
        at = Place("before", step_name(step))
        yield step, Number(experiment=experiment, at=at, ask=parse_value(asked))


def entry_of(
    lesson: Lesson | Review,
    number: int,
    outcome: Outcome,
    slips: tuple[str, ...],
    today: date,
) -> Entry:
    """Return what is put down when step `number` (from 1) of a lesson or of a review has ended."""
    if isinstance(lesson, Review):
        return Reviewed(lesson.topics[number - 1], outcome, today)
    step = lesson.steps[number - 1]
    return Done(keys_of(lesson)[number - 1], outcome, today, slips, phase_of(step))


def keys_of(lesson: Lesson) -> tuple[StepKey, ...]:
    """Return what the outcomes of the steps are kept by: a step that was changed begins anew.

    Of steps that are alike in all, the first has the key that it would have alone, and each has a
    key of its own.
    """
    seen: Counter[str] = Counter()
    found = []
    for step in lesson.steps:
        key = fingerprint(step)
        found.append(StepKey(lesson.name, fingerprint(step, seen[key]) if seen[key] else key))
        seen[key] += 1
    return tuple(found)


def phase_of(step: LessonStep) -> str:
    """Return the phase to which what is asked belongs, "" where it belongs to none."""
    if step.at.step is None or not step.is_question:
        return ""
    word = step.at.step.word.removeprefix("bias_")
    return word if word in set(Phase) else ""
