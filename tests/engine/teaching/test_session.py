"""A learner in a lesson: outcomes by tries and hints, and nothing that is taken back."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from engine import Sample
from engine.experiment import Experiment
from engine.teaching.choices import right_options, shuffled
from engine.teaching.lesson import CarryOut, Choose, Explain, Lesson, Number, Option, Page, Text
from engine.teaching.outcome import Outcome
from engine.teaching.parsing import parse_condition, parse_value
from engine.teaching.places import StepName, parse_place
from engine.teaching.questions import (
    began_at,
    next_steps,
    rows_of,
    search_of,
)
from engine.teaching.session import LessonSession, Reply, begin

OWN = Experiment(
    weights=(-4.0, 1.5, 2.0), samples=(Sample(0.5, -2.0),), learning_rate=0.1, epochs=20
)
TITLE = Text((("en", "A lesson"),))
PAGE = Page(number=1, text=TITLE)
NUMBER = Number(
    number=2,
    experiment=OWN,
    at=parse_place("before pass_on 3"),
    ask=parse_value("upstream 2"),
    text=TITLE,
)
BACK = CarryOut(
    number=3, experiment=OWN, first=StepName("seed"), last=StepName("gradient", 1), text=TITLE
)
EXPLAIN = Explain(number=4, text=TITLE, model=TITLE)
LESSON = Lesson(name="one", title=TITLE, steps=(PAGE, NUMBER, BACK, EXPLAIN))

RIGHT, WRONG, UNREAD = Reply("right"), Reply("slip", ("in_place",)), Reply("unreadable")


def at_number() -> LessonSession:
    return begin(LESSON).next()


def test_two_tries_are_alone_three_are_with_help() -> None:
    twice = at_number().replied("1", WRONG).replied("2", RIGHT)
    assert twice.task.outcome is Outcome.ALONE
    assert twice.task.slips == ("in_place",)
    thrice = at_number().replied("1", WRONG).replied("1", WRONG).replied("2", RIGHT)
    assert thrice.task.outcome is Outcome.HELPED


def test_what_cannot_be_read_is_no_try() -> None:
    session = at_number()
    for _ in range(5):
        session = session.replied("?", UNREAD)
    assert session.task.tries == 0
    assert session.replied("2", RIGHT).task.outcome is Outcome.ALONE


def test_a_hint_is_help_and_there_are_no_more_than_there_are() -> None:
    session = at_number()
    for _ in range(9):
        session = session.hinted(3)
    assert session.task.hints == 3
    assert session.replied("2", RIGHT).task.outcome is Outcome.HELPED


def test_who_only_goes_on_finishes_and_all_was_shown() -> None:
    session = begin(LESSON)
    for _ in LESSON.steps:
        session = session.next()
    assert session.is_last
    assert [task.outcome for task in session.tasks[:3]] == [None, Outcome.SHOWN, Outcome.SHOWN]
    assert session.shown().answered == 3


def test_what_is_skipped_stays_open() -> None:
    session = at_number().skip()
    assert session.place == 2
    assert session.back().waits


@given(st.lists(st.sampled_from(["right", "wrong", "unread", "hint", "show", "next", "back"])))
def test_no_outcome_is_ever_taken_back(deeds: list[str]) -> None:
    session = begin(LESSON)
    for deed in deeds:
        former = session.tasks
        session = {
            "right": lambda s: s.replied("2", RIGHT).replied_row("2", RIGHT),
            "wrong": lambda s: s.replied("1", WRONG).replied_row("1", WRONG),
            "unread": lambda s: s.replied("?", UNREAD),
            "hint": lambda s: s.hinted(3),
            "show": LessonSession.shown,
            "next": LessonSession.next,
            "back": LessonSession.back,
        }[deed](session.begun(6) if session.place == 2 else session)
        for before, now in zip(former, session.tasks, strict=True):
            assert before.outcome in (None, now.outcome)


def test_values_are_those_of_the_chain_and_a_second_miss_fills_one_in() -> None:
    # By hand: x = 0.5, w = −4, 1.5, 2, ê = −2: e = −6, so −4; then −4·y₂ and −4·2, and so on.
    rows = rows_of(BACK)
    assert [row.value for row in rows] == [-4, 12, -8, 16, -12, -6]
    assert began_at(BACK) == 4
    session = begin(LESSON, 2).begun(len(rows))
    session = session.replied_row("1", WRONG).replied_row("1", WRONG)
    assert session.task.row == 1
    for row in rows[1:]:
        session = session.replied_row(str(row.value), RIGHT)
    assert session.task.outcome is Outcome.HELPED
    assert [row.outcome for row in session.task.rows[:2]] == [Outcome.SHOWN, Outcome.ALONE]


def test_the_next_step_is_among_those_offered() -> None:
    for row, task in enumerate(rows_of(BACK)):
        offered = next_steps(BACK, row)
        assert task.name in offered
        assert len(set(offered)) == 4


def test_a_slip_to_be_found_shows_first_where_it_is_said_to() -> None:
    search = search_of(replace(BACK, find=True))
    assert search is not None
    right = [row.value for row in rows_of(BACK)]
    shown = [row.value for row in search.rows]
    assert shown[: search.wrong] == right[: search.wrong]
    assert shown[search.wrong] != right[search.wrong]


def test_one_option_holds_and_their_order_is_always_the_same() -> None:
    texts = ("upstream 2 == -8", "upstream 2 == 8", "upstream 2 == 12")
    options = tuple(Option(text=TITLE, holds=(parse_condition(text),)) for text in texts)
    step = Choose(experiment=OWN, at=parse_place("before pass_on 3"), options=options)
    assert right_options(step) == (0,)
    assert sorted(shuffled(step)) == [0, 1, 2]
    assert shuffled(step) == shuffled(replace(step))


def test_an_explanation_is_compared_once_it_is_written() -> None:
    session = begin(LESSON, 3)
    assert session.wrote("One number.").compared().task.outcome is Outcome.ALONE
    assert session.compared().task.outcome is Outcome.SHOWN
    assert session.compared().tick(0).tick(1).tick(0).task.ticked == {1}


def test_a_file_saved_again_keeps_what_was_done_at_the_steps_that_stayed() -> None:
    session = at_number().replied("2", RIGHT)
    other = replace(LESSON, steps=(PAGE, replace(PAGE, number=2, line=9), NUMBER, EXPLAIN))
    renewed = session.renewed(other)
    assert renewed.tasks[2].outcome is Outcome.ALONE
    assert renewed.place == 1
