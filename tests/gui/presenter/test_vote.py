"""V lets a class vote by show of hands, in two rounds; nothing is kept."""

import pytest

from engine import Experiment
from engine.teaching.lesson import Choose, Number
from gui.presenter.asking import values_at
from gui.presenter.picture import BoardPicture, board_picture
from gui.shell.app import Chainstep
from gui.shell.lessons.shelf import ours
from gui.state.voting import ANSWER, BARS, HIDDEN, Vote
from tests.gui.presenter.stage import stage, strike
from tests.gui.screen import image

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def board(program: Chainstep) -> BoardPicture:
    """Return what stands on the board."""
    shown = stage(program).board
    assert shown.isVisible()
    assert shown.picture is not None
    return shown.picture


def count(text: str) -> Vote:
    """Return a vote in which B is right, with one hand for each letter."""
    vote = Vote((Experiment(), 0), None, 1, (0, 0, 0), values=(1.0, 2.0, 3.0))
    for letter in text:
        vote = vote.counted("ABC".index(letter), 1)
    return vote


def test_the_value_of_the_next_step_is_voted_on_in_two_rounds(program: Chainstep) -> None:
    strike(program, "F5", *["Right"] * 8, "V")
    state = program.session.state
    values, right = values_at(state.run, 9)
    assert len(values) == 4
    assert values[right] == pytest.approx(-0.53610 * -0.23300, rel=1e-4)
    letters = "ABCD"
    yes, no = letters[right], letters[right - 1]
    strike(program, *[yes] * 3, *[no] * 4, f"Shift+{no}")
    assert [one.hands for one in board(program).options if one.letter in (yes, no)] == [3, 3]
    assert all(one.share == 0 for one in board(program).options)
    strike(program, "R")
    assert board(program).suggestion
    assert {one.share for one in board(program).options} == {0.0, 1.0}
    assert not any(one.right for one in board(program).options)
    strike(program, "V")
    assert board(program).rounds == 2
    assert board(program).note == "0 hands, second round"
    strike(program, *[yes] * 6, no, "R")
    assert [one.letter for one in board(program).options if one.right] == [yes]
    told = {one.letter: (one.first, one.hands) for one in board(program).options}
    assert (told[yes], told[no]) == ((3, 6), (3, 1))
    assert not board(program).suggestion
    strike(program, "V")
    assert not stage(program).board.isVisible()


def test_escape_ends_the_vote_first(program: Chainstep) -> None:
    strike(program, "F5", "Right", "V", "C", "C", "Esc")
    assert program.session.state.presenter is not None
    assert not stage(program).board.isVisible()
    strike(program, "C")
    assert program.session.state.covers
    strike(program, "Esc")
    assert program.session.state.presenter is None


def test_a_vote_stays_for_the_step_that_answers_it_and_no_longer(program: Chainstep) -> None:
    strike(program, "F5", "Right", "V", "A", "Right")
    assert board(program).options[0].hands == 1
    strike(program, "Right")
    assert not stage(program).board.isVisible()
    strike(program, "C")
    assert program.session.state.covers


def test_where_nothing_comes_next_the_teacher_reads_why(program: Chainstep) -> None:
    strike(program, "F5", "End", "V")
    assert board(program).question == "There is no next step to vote on."
    strike(program, "Left")
    assert not stage(program).board.isVisible()


@pytest.mark.parametrize("kind", [Choose, Number])
def test_a_question_of_a_lesson_is_read_by_all_and_voted_on(program: Chainstep, kind: type) -> None:
    lesson, place = next(
        (one.lesson, k)
        for one in ours()
        for k, step in enumerate(one.lesson.steps)
        if isinstance(step, kind)
    )
    program.parts.lessons.open(lesson, place=place)
    strike(program, "F5")
    assert lesson.steps[place].text.of("en")[:12] in board(program).question
    assert bool(board(program).options) == (kind is Choose)
    strike(program, "V", "A", "B", "R", "R")
    assert len(board(program).options) >= 2
    assert [one.right for one in board(program).options].count(True) == 1
    learner = program.session.state.lesson
    assert learner is not None
    assert learner.waits
    strike(program, "Esc", "PgDown")
    learner = program.session.state.lesson
    assert learner is not None
    assert not learner.waits


def test_the_board_and_its_words_have_room(program: Chainstep) -> None:
    strike(program, "F5", *["Right"] * 8, "V", *"ABBB", "R")
    shown = stage(program)
    for width, height in ((1024, 768), (1280, 800), (1920, 1080)):
        shown.showNormal()
        shown.resize(width, height)
        image(shown)
        rooms = shown.board._laid_out(board(program))
        assert rooms[-1].bottom() <= shown.board.height()
        assert all(room.right() <= width for room in rooms)
        assert shown.chain.height() >= 0.3 * height


def test_what_helps_is_suggested_where_it_helps() -> None:
    assert count("ABBC").revealed().divides
    assert count("ABBC").revealed().seen == BARS
    assert count("ABBC").revealed().revealed().seen == ANSWER
    assert count("BBBBA").revealed().seen == ANSWER
    assert count("AACCB").revealed().seen == ANSWER
    assert count("").revealed().seen == ANSWER
    again = count("ABBC").revealed().again()
    assert (again.first, again.hands, again.seen) == ((1, 2, 1), (0, 0, 0), HIDDEN)
    assert not again.counted(0, -1).hands[0]
    assert not again.counted(1, 2).revealed().may_repeat


def test_on_its_own_screen_the_class_sees_counts_with_the_bars(program: Chainstep) -> None:
    strike(program, "F5", "Right", "V", "A")
    seen = board_picture(program.session.state, teacher=False)
    assert seen is not None
    assert {one.hands for one in seen.options} == {None}
    strike(program, "R")
    seen = board_picture(program.session.state, teacher=False)
    assert seen is not None
    assert seen.options[0].hands == 1
