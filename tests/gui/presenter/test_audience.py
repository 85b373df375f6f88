"""With a second screen the class has a window of its own, and the teacher keeps this one."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from engine.teaching.lesson import Number
from gui.language import speech
from gui.language.numbers import by_hand
from gui.presenter.board import Board
from gui.shell.app import Chainstep
from gui.shell.lessons.shelf import ours
from gui.shell.presenter import presentation
from gui.shell.presenter.screens import other_screen
from tests.gui.presenter.stage import stage
from tests.gui.screen import formula, press, settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def plugs(monkeypatch: pytest.MonkeyPatch) -> list[QScreen]:
    """The screens beside the teacher's: one; taken out of the list it is unplugged."""
    there = [QGuiApplication.primaryScreen()]

    def other(_window: QWidget) -> QScreen | None:
        return there[0] if there else None

    monkeypatch.setattr(presentation, "other_screen", other)
    return there


def board(program: Chainstep) -> str:
    """Return what is for the teacher alone."""
    shown = program.window.findChild(Board)
    assert shown is not None
    assert shown.picture is not None
    return shown.picture.aside


def replug(program: Chainstep) -> None:
    program.parts.presentation._match_screens()
    settle()


def test_both_show_the_same_step_until_the_picture_is_frozen(
    program: Chainstep, plugs: list[QScreen]
) -> None:
    assert plugs
    press(program, "F5", "Right", "Right")
    seen = stage(program)
    assert seen.isFullScreen()
    assert program.window.isActiveWindow()
    assert not seen.isActiveWindow()
    assert {one.focusPolicy() for one in seen.findChildren(QWidget)} == {Qt.FocusPolicy.NoFocus}
    assert seen.formula.sentence == formula(program)
    assert seen.timeline.inside.size() == seen.timeline.size()
    assert not seen._mark.isVisible()
    press(program, "F", "Right")
    assert seen.formula.sentence != formula(program)
    assert seen._mark.isVisible()
    assert "does not see" in board(program)
    press(program, "F")
    assert seen.formula.sentence == formula(program)
    assert not seen._mark.isVisible()
    press(program, "Esc")
    settle()
    assert program.parts.presentation.stage is None
    assert program.window.findChild(Board) is None


def test_answers_are_in_the_window_of_the_teacher_alone(
    program: Chainstep, plugs: list[QScreen]
) -> None:
    assert plugs
    lesson, place = next(
        (one.lesson, k)
        for one in ours()
        for k, step in enumerate(one.lesson.steps)
        if isinstance(step, Number) and step.note
    )
    program.parts.lessons.open(lesson, place=place)
    press(program, "Esc", "F5")
    told = stage(program).board.picture
    assert told is not None
    assert not told.aside
    step = lesson.steps[place]
    assert isinstance(step, Number)
    assert "Answer: " in board(program)
    assert step.note.of("en")[:20] in board(program)
    assert "Answer" not in told.spoken
    press(program, "V")
    press(program, "A")
    told = stage(program).board.picture
    assert told is not None
    assert {one.hands for one in told.options} == {None}
    shown = program.session.state
    assert shown.presenter is not None
    assert shown.presenter.vote is not None
    letter = "ABCD"[shown.presenter.vote.right]
    assert board(program).endswith(f"{letter} is right: {by_hand(step.answer, 5, speech('en'))}")


def test_a_covered_result_is_told_to_the_teacher_alone(
    program: Chainstep, plugs: list[QScreen]
) -> None:
    assert plugs
    press(program, "F5", "C", "Right")
    assert "y = 0.23330" in board(program)
    assert stage(program).formula.sentence.endswith("= ?")
    assert stage(program).board.isHidden()


def test_a_screen_that_is_unplugged_comes_back(program: Chainstep, plugs: list[QScreen]) -> None:
    press(program, "F5", "Right")
    screen = plugs.pop()
    replug(program)
    assert program.parts.presentation.stage is None
    assert "gone" in board(program)
    press(program, "Right")
    plugs.append(screen)
    replug(program)
    assert stage(program).formula.sentence == formula(program)
    program.window.close()
    settle()
    assert program.parts.presentation.stage is None


def test_with_one_screen_nothing_can_be_frozen(program: Chainstep) -> None:
    assert other_screen(program.window) is None
    press(program, "F5")
    freeze = program.parts.actions["present freeze"]
    assert not freeze.isEnabled()
    assert freeze.toolTip() == "The class has no screen of its own"


def test_nothing_looks_as_if_the_class_could_drag_it(
    program: Chainstep, plugs: list[QScreen]
) -> None:
    assert plugs
    press(program, "F5")
    seen = stage(program).chain
    handles = {
        view: [box.handle for box in view._picture.boxes] for view in (seen, program.window.chain)
    }
    assert any(handles[program.window.chain])
    assert not any(handles[seen])
