"""The lessons that ship: their answers against numbers computed by hand, their texts against what
a beginner can take in at once.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import pytest

from engine.experiment import Experiment
from engine.teaching.lesson import (
    GAP,
    LANGUAGES,
    OTHER_LANGUAGES,
    Choose,
    Do,
    Explain,
    Lesson,
    LessonStep,
    Text,
)
from engine.teaching.lesson_file import load
from engine.teaching.questions import number_of
from engine.teaching.standing import Standing, trained
from engine.teaching.values import holds

FILES = sorted((Path(__file__).parents[3] / "assets" / "lessons").glob("*.toml"))
LESSONS = {path.stem: load(path) for path in FILES}

BY_HAND = {
    "01-forward": {2: 6, 3: -3, 4: 8, 7: -4},
    "02-why-backwards": {5: -6, 7: 10},
    "03-public-derivative": {2: -24, 4: 2, 5: -8, 6: -3},
    "04-update": {1: 1.9, 2: -0.7, 6: 320},
    "05-check": {1: 2, 2: 50, 3: -24, 5: 12},
    "06-framework": {2: 2, 7: 82},
    "07-equal-weights": {2: 0.2305440, 5: 0, 6: 0.36},
    "09-vanishing": {1: 0.5, 6: 0.25},
    "10-learning-rate": {2: 97, 6: 2 / 3, 7: 0.2},
    "11-bias": {2: -2.5, 4: -4, 6: -3.8},
    "12-relu-cousins": {2: -0.1, 3: 0, 5: -0.02004, 7: 0.5},
}
"""The answers of all steps that ask for a number."""

MOST_WORDS = {"page": 60, "watch": 60}
MOST_HANZI = {"page": 108, "watch": 108}
BESIDE_A_QUESTION, HANZI_BESIDE_A_QUESTION = 25, 45
MOST_WORDS_TOLD, MOST_HANZI_TOLD = 20, 36

GIVEN = {"0.2333", "0.001", "0.0001", "0.66", "0.67", "0.5", "0.01", "1.2"}
"""Decimal numbers that texts may name: settings, and what a task demands."""

STEPS = [(name, step) for name, lesson in LESSONS.items() for step in lesson.steps]
Kind = TypeVar("Kind", bound=LessonStep)


def of_kind(kind: type[Kind]) -> list[tuple[str, Kind]]:
    return [(name, step) for name, step in STEPS if isinstance(step, kind)]


def words(text: str) -> int:
    return len(GAP.sub("1", text).split())


def hanzi(text: str) -> int:
    return len(re.findall(r"[一-鿿，。？！：；、“”（）]", GAP.sub("", text)))


def texts(step: LessonStep) -> Iterator[Text]:
    yield from (step.text, *step.hints, step.after, step.note)
    if isinstance(step, Choose):
        yield from (text for option in step.options for text in (option.text, option.because))
    if isinstance(step, Explain):
        yield from (step.model, *step.points)


def reached(step: Do, experiment: Experiment) -> bool:
    run = trained(experiment)
    here = Standing(run, run.updates and step.asked.index, step.experiment).at_end_of_sample()
    return all(holds(condition, here) for condition in step.goal)


def test_there_are_twelve_and_their_numbers_give_their_order() -> None:
    assert [path.stem[:2] for path in FILES] == [f"{k:02}" for k in range(1, 13)]
    assert [path.stem[3:] for path in FILES] == [lesson.name for lesson in LESSONS.values()]


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_is_short_and_nobody_reads_two_pages_in_a_row(name: str) -> None:
    lesson: Lesson = LESSONS[name]
    assert 5 <= len(lesson.steps) <= 9
    assert all(a.is_question or b.is_question for a, b in pairwise(lesson.steps))


def test_every_number_that_is_asked_is_the_one_computed_by_hand() -> None:
    asked = {
        name: {
            step.number: number.answer
            for of, step in STEPS
            if of == name and (number := number_of(step)) is not None
        }
        for name in LESSONS
    }
    assert {name: rows for name, rows in asked.items() if rows} == {
        name: pytest.approx(rows, abs=1e-6) for name, rows in BY_HAND.items()
    }


@pytest.mark.parametrize(
    ("name", "step"), [(name, step) for name, step in of_kind(Choose) if step.ask is None]
)
def test_one_option_is_right_and_the_others_say_why_not(name: str, step: Choose) -> None:
    here = step.here.at_end_of_sample()
    right = [all(holds(one, here) for one in option.holds) for option in step.options]
    assert sum(right) == 1, (name, step.number)
    assert [not option.because for option in step.options] == right


@pytest.mark.parametrize(("name", "step"), of_kind(Do))
def test_a_goal_is_missed_at_first_and_by_a_hair_and_can_be_reached(name: str, step: Do) -> None:
    assert step.solution is not None
    assert not reached(step, step.experiment), name
    assert reached(step, step.solution)
    assert step.near_miss
    assert not any(reached(step, near) for near in step.near_miss)


@pytest.mark.parametrize(("name", "step"), STEPS)
def test_all_is_said_in_each_language_with_the_same_values(name: str, step: LessonStep) -> None:
    for text in filter(None, texts(step)):
        assert set(text.languages) == {*LANGUAGES, *OTHER_LANGUAGES}, (name, step.number)
        gaps = [sorted(GAP.findall(text.of(language))) for language in text.languages]
        assert all(one == gaps[0] for one in gaps), text.of("en")


@pytest.mark.parametrize(("name", "step"), STEPS)
def test_a_text_fits_beside_the_chain(name: str, step: LessonStep) -> None:
    en, zh = step.text.of("en"), step.text.of("zh_CN")
    assert words(en) <= MOST_WORDS.get(step.kind, BESIDE_A_QUESTION), (name, en)
    assert hanzi(zh) <= MOST_HANZI.get(step.kind, HANZI_BESIDE_A_QUESTION), (name, zh)
    told = [step.after]
    if isinstance(step, Choose):
        told += [option.because for option in step.options]
    for text in told:
        assert words(text.of("en")) <= MOST_WORDS_TOLD, (name, text)
        assert hanzi(text.of("zh_CN")) <= MOST_HANZI_TOLD, (name, text)


@pytest.mark.parametrize(("name", "step"), STEPS)
def test_whoever_is_stuck_gets_a_thought_and_then_a_formula(name: str, step: LessonStep) -> None:
    if step.is_question and step.kind not in ("explain", "carry_out"):
        assert len(step.hints) == 2, (name, step.number)


@pytest.mark.parametrize(("name", "step"), STEPS)
def test_no_computed_number_is_written_as_text(name: str, step: LessonStep) -> None:
    for text in texts(step):
        for language in text.languages:
            said = GAP.sub("", text.of(language))
            if language == "es":
                assert not re.search(r"\d\.\d", said), (name, step.number, said)
                said = re.sub(r"(?<=\d),(?=\d)", ".", said)
            numbers = set(re.findall(r"\d+\.\d+", said))
            assert numbers <= GIVEN, (name, step.number, said)
