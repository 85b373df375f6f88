"""Simulated learners play all lessons and 100 samples: nobody is stuck, nobody wrongly blamed."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from random import Random

import pytest

from engine.run import Run
from engine.steps import steps_per_sample
from engine.teaching.belief import Answer, answered, explanation
from engine.teaching.friendly import friendly
from engine.teaching.judge import judge
from engine.teaching.lesson import Lesson
from engine.teaching.lesson_file import from_bytes
from engine.teaching.outcome import Outcome
from engine.teaching.progress import Progress, Topic, after
from engine.teaching.reviews import entry_of
from engine.teaching.session import begin
from engine.teaching.shelf import shipped
from engine.teaching.slips import slips_at
from engine.teaching.standing import trained
from tests.engine.teaching.learners import (
    Asked,
    Played,
    Types,
    asked_at,
    careless,
    copier,
    guesser,
    holding,
    perfect,
    play,
)

LESSONS = tuple(from_bytes(path.read_bytes()) for path in shipped())
SAMPLES = range(100)


@cache
def sample(seed: int) -> Run:
    return trained(friendly(seed))


SLIPS = sorted(
    {slip.name for run in map(sample, range(5)) for k in range(1, 14) for slip in slips_at(run, k)}
)
TODAY = date(2026, 11, 27)

lessons = pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)


def draw() -> Random:
    return Random(7)  # noqa: S311 - no secret


def outcomes(played: Played) -> set[Outcome | None]:
    session = played.session
    pairs = zip(session.lesson.steps, session.tasks, strict=True)
    return {task.outcome for step, task in pairs if step.is_question}


@lessons
def test_who_knows_all_finds_all_alone(lesson: Lesson) -> None:
    played = play(lesson, perfect, draw())
    assert outcomes(played) == {Outcome.ALONE}
    assert {verdict.kind for verdict in played.verdicts} <= {"right"}


@lessons
def test_who_only_goes_on_finishes_and_all_is_shown(lesson: Lesson) -> None:
    session = begin(lesson)
    for _ in lesson.steps:
        session = session.next()
    assert session.is_last
    assert outcomes(Played(session, ())) == {Outcome.SHOWN}


@lessons
def test_who_guesses_ends_each_task_within_three_tries_and_is_never_stuck(lesson: Lesson) -> None:
    played = play(lesson, guesser(draw()), draw(), patience=3)
    assert None not in outcomes(played)
    assert all(task.tries <= 3 or task.rows for task in played.session.tasks)


@lessons
def test_who_copies_numbers_of_the_picture_is_told_what_they_are(lesson: Lesson) -> None:
    played = play(lesson, copier(draw()), draw(), patience=3)
    untold = [v for v in played.verdicts if v.kind == "wrong" and v.typed]
    assert untold == []


@lessons
def test_each_slip_is_named_and_no_other_and_is_set_for_a_review(lesson: Lesson) -> None:
    for name in made_in(lesson):
        session, progress = play(lesson, holding(name), draw()).session, Progress()
        for number, (step, task) in enumerate(zip(lesson.steps, session.tasks, strict=True), 1):
            told = set(task.slips)
            assert not told or name in told, f"step {number} blames {told}, not {name}"
            if step.is_question and task.outcome is not None:
                entry = entry_of(lesson, number, task.outcome, task.slips, TODAY)
                progress = after(progress, entry)
        assert Topic("slip", name) in progress.boxes


def made_in(lesson: Lesson) -> set[str]:
    """Return the slips that can be made in a lesson."""
    made: set[str] = set()

    def types(asked: Asked) -> float:
        made.update(slip.name for slip in asked.slips)
        return asked.right

    play(lesson, types, draw())
    return made


def answers(run: Run, types: Types) -> Iterator[Answer]:
    for index in range(1, steps_per_sample(run.experiment.structure) + 1):
        yield answered(run, index, types(asked_at(run, index)))


def test_who_knows_all_is_right_in_a_hundred_samples_and_copies_are_told() -> None:
    copies = copier(draw())
    for run in map(sample, SAMPLES):
        for index in range(2, 14):
            asked = asked_at(run, index)
            assert judge(run, index, f"{asked.right:.10g}").is_right
            verdict = judge(run, index, f"{copies(asked):.10g}")
            assert verdict.kind != "wrong" or not verdict.typed


def test_a_slip_is_named_in_a_hundred_samples_and_no_other_is() -> None:
    for run in map(sample, SAMPLES):
        for index in range(1, 14):
            for made in asked_at(run, index).slips:
                verdict = judge(run, index, f"{made.value:.10g}")
                assert verdict.kind == "slip"
                assert made.name in {slip.name for slip in verdict.slips}


def test_no_belief_is_asserted_of_the_careless() -> None:
    now_and_then = careless(draw(), 0.05)
    blamed = [explanation(tuple(answers(run, now_and_then))) for run in map(sample, SAMPLES)]
    assert blamed == [None] * len(SAMPLES)


def test_who_holds_a_slip_is_found_out_in_most_samples() -> None:
    told = found = 0
    for run in map(sample, SAMPLES[:12]):
        for name in SLIPS:
            given = tuple(answers(run, holding(name)))
            if sum(answer.tells(name) for answer in given) < 2:
                continue
            belief = explanation(given)
            told += 1
            found += belief is not None and belief.slip.name == name
    assert told > 100
    assert found >= 0.9 * told
