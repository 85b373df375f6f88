"""A lesson below the chain, where there is little room."""

import pytest

from engine.teaching.choices import right_options, shuffled
from engine.teaching.lesson import Choose
from gui.lesson.prose import Prose
from gui.shell.app import Chainstep
from gui.shell.lessons.shelf import ours
from gui.widgets.button import Button
from gui.widgets.verdict_box import VerdictBox
from tests.gui.lesson.playing import answer, view
from tests.gui.painted import cut_off
from tests.gui.screen import press, settle


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


def test_hints_and_what_is_said_of_an_answer_are_seen_together(program: Chainstep) -> None:
    # The longest of the kind: options one below the other, beside an open panel.
    open_lesson(program, 5, 6)
    step = ours()[4].lesson.steps[6]
    assert isinstance(step, Choose)
    wrong = next(k for k in range(3) if shuffled(step)[k] not in right_options(step))
    press(program, str(wrong + 1), "F3", "F3")
    settle()
    box = view(program).findChild(VerdictBox)
    assert isinstance(box, VerdictBox)
    for said in (box, prose(program, step.hints[0].of("en")[:4])):
        assert said.visibleRegion().boundingRect().height() >= said.height() - 1


def test_long_words_leave_buttons_whole_and_in_a_row(program: Chainstep) -> None:
    program.session.set_look(language="es")
    # Two with a plot beside them: a field with its button, and what can be changed.
    for number, place in ((10, 1), (10, 3), (1, 2)):
        open_lesson(program, number, place)
        assert cut_off(view(program)) == []
    buttons = [one for one in view(program)._buttons.findChildren(Button) if one.isVisible()]
    assert len(buttons) == 3
    assert max(one.y() for one in buttons) < min(one.geometry().bottom() for one in buttons)
