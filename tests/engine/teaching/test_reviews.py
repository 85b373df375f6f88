"""engine.teaching.reviews: what was missed comes again, with fresh numbers, where it was missed."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

import pytest

from engine import Experiment, Sample
from engine.algorithms import ALGORITHMS
from engine.steps import Phase, Step
from engine.teaching.friendly import friendly
from engine.teaching.lesson import CarryOut, Lesson, Number, Page, Text
from engine.teaching.outcome import Outcome
from engine.teaching.parsing import parse_value
from engine.teaching.places import Place, StepName
from engine.teaching.progress import (
    Done,
    Missed,
    Progress,
    Reviewed,
    Topic,
    after,
)
from engine.teaching.reviews import (
    MOST_QUESTIONS,
    NAME,
    Review,
    entry_of,
    keys_of,
    phase_of,
    question,
    review,
)
from engine.teaching.reviews import tells as told
from engine.teaching.values import trained, value_at

TODAY = date(2026, 3, 2)
TITLE = Text((("en", "Review"),))


def draw(seed: int) -> Experiment:
    signs = [1 - 2 * (seed >> bit & 1) for bit in range(3)]
    weights = tuple(sign * size for sign, size in zip(signs, (2.0, 1.5, 0.5), strict=True))
    return Experiment(weights, (Sample(2.0, 1.0),), 0.1, epochs=1)


def tells(asked: Number) -> Collection[str]:
    """The wrong algorithms of the engine whose number is another one there."""
    right = asked.answer
    found = []
    for name in ALGORITHMS:
        other = replace(asked, experiment=replace(asked.experiment, algorithm=name))
        try:
            wrong = value_at(asked.ask, other.asked)
        except ValueError:
            continue
        if abs(wrong - right) > 0.01 * abs(right):
            found.append(name)
    return found


def test_wrong_algorithms_are_told_by_friendly_numbers() -> None:
    for seed in range(5):
        asked = _gradient(friendly(seed))
        assert {"sign_flipped", "own_output", "in_place"} <= set(told(asked))
        assert set(told(asked)) >= set(tells(asked))
        assert "public_derivative_itself" in told(asked)


def _gradient(experiment: Experiment) -> Number:
    at = Place("before", StepName("gradient", 2))
    return Number(experiment=experiment, at=at, ask=parse_value("gradient 2"))


def prompt(step: Step, _experiment: Experiment) -> Text:
    return Text((("en", f"{step.phase.value} {step.layer}?"),))


@pytest.mark.parametrize("phase", Phase)
def test_a_phase_is_asked_for_where_it_happens(phase: Phase) -> None:
    for seed in range(5):
        step, asked = question(Topic("phase", phase.value), seed, draw, tells)
        assert step.phase is phase
        computed = trained(asked.experiment)
        assert asked.answer == pytest.approx(value_at(asked.ask, asked.asked))
        assert computed.experiment == asked.experiment
        assert phase_of(asked) == phase.value


@pytest.mark.parametrize("slip", ["in_place", "own_output", "sign_flipped"])
def test_a_slip_is_asked_for_where_it_gives_another_number(slip: str) -> None:
    for seed in range(5):
        assert slip in tells(question(Topic("slip", slip), seed, draw, tells)[1])


def test_where_nothing_can_tell_a_slip_a_gradient_is_asked_for() -> None:
    step, _ = question(Topic("slip", "no_local_derivative"), 1, draw, tells)
    assert step.phase is Phase.GRADIENT
    assert question(Topic("phase", "unheard_of"), 1, draw, tells)
    assert review([], 1, draw, tells, TITLE, prompt) is None


def test_numbers_are_fresh_and_a_seed_gives_the_same_again() -> None:
    topics = [Topic("phase", phase.value) for phase in Phase]
    made = [review(topics, seed, draw, tells, TITLE, prompt) for seed in (1, 1, 2, 3)]
    assert made[0] == made[1]
    assert all(found is not None and found.lesson.name == NAME for found in made)
    answers = [[step.answer for step in found.lesson.steps] for found in made if found]  # type: ignore[attr-defined]
    assert len(answers[0]) == MOST_QUESTIONS
    assert answers[0] != answers[2] != answers[3]


def test_answers_move_the_boxes_and_answers_in_lessons_fill_them() -> None:
    missed = after(Progress(), Missed(Topic("slip", "in_place"), date(2026, 2, 20)))
    found = review(missed.due(TODAY), 7, draw, tells, TITLE, prompt)
    assert isinstance(found, Review)
    entry = entry_of(found, 1, Outcome.ALONE, (), TODAY)
    assert entry == Reviewed(Topic("slip", "in_place"), Outcome.ALONE, TODAY)
    assert after(missed, entry).due(TODAY) == ()
    lesson = Lesson(name="a", title=TITLE, steps=found.lesson.steps)
    done = entry_of(lesson, 1, Outcome.SHOWN, ("climbs",), TODAY)
    assert isinstance(done, Done)
    assert done.key == keys_of(lesson)[0]
    assert Topic("slip", "climbs") in after(missed, done).boxes


def test_what_asks_for_nothing_belongs_to_no_phase() -> None:
    before = Place("before", StepName("pass_on", 3))
    assert phase_of(Page(at=before)) == ""
    assert phase_of(CarryOut(first=StepName("seed"), last=StepName("update", 1))) == ""
    bias = Place("before", StepName("bias_gradient", 3))
    _, asked = question(Topic("phase", "loss"), 0, draw, tells)
    assert phase_of(replace(asked, at=bias)) == "gradient"


def test_steps_that_are_alike_in_all_are_kept_apart() -> None:
    step = Page(text=TITLE)
    twice = Lesson(name="a", title=TITLE, steps=(step, replace(step, number=2), Page()))
    first, second, other = keys_of(twice)
    assert len({first, second, other}) == 3
    assert first == keys_of(replace(twice, steps=(step,)))[0]
    assert other == keys_of(replace(twice, steps=(Page(),)))[0]
