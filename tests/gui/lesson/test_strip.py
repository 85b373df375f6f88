"""A lesson below the chain, where there is little room."""

import pytest

from engine.teaching.lesson import Choose
from gui.lesson.prose import Prose
from gui.shell.app import Chainstep
from gui.shell.lessons.shelf import ours
from tests.gui.lesson.playing import answer, view
from tests.gui.screen import settle


def open_lesson(program: Chainstep, number: int, place: int) -> None:
    program.window.resize(1024, 700)
    program.parts.lessons.open(ours()[number - 1].lesson, None, place, number)
    settle()
    assert view(program).is_strip


def prose(program: Chainstep, text: str) -> Prose:
    found = view(program).findChildren(Prose)
    return next(one for one in found if one.isVisible() and one.text.startswith(text))


@pytest.mark.parametrize("number", [1, 2, 3])
def test_what_is_only_read_has_the_whole_strip(program: Chainstep, number: int) -> None:
    open_lesson(program, number, 0)
    start = ours()[number - 1].lesson.steps[0].text.of("en")[:4]
    assert prose(program, start).width() > 0.9 * view(program).width()


def test_what_an_answer_means_is_seen_without_scrolling(program: Chainstep) -> None:
    steps = ours()[3].lesson.steps
    place = next(k for k, one in enumerate(steps) if isinstance(one, Choose) and one.after)
    open_lesson(program, 4, place)
    answer(program)
    shown = prose(program, steps[place].after.of("en")[:4])
    assert shown.visibleRegion().boundingRect().height() >= shown.height() - 1
    assert not view(program).options.isVisible()
