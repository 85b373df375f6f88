"""The future of a run, where a lesson hides it."""

from engine.teaching.lesson import Watch
from gui.shell.app import Chainstep
from gui.shell.lessons.shelf import ours
from tests.gui.lesson.playing import answer
from tests.gui.screen import settle


def open_lesson(program: Chainstep, number: int, place: int) -> None:
    program.parts.lessons.open(ours()[number - 1].lesson, None, place, number)
    settle()


def test_what_will_be_asked_is_hidden_while_something_is_read_before(program: Chainstep) -> None:
    open_lesson(program, 7, 0)
    assert isinstance(ours()[6].lesson.steps[0], Watch)
    assert program.session.state.curtain


def test_an_answer_draws_the_curtain(program: Chainstep) -> None:
    open_lesson(program, 7, 2)
    assert program.session.state.curtain
    answer(program)
    assert not program.session.state.curtain
