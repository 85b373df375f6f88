"""F5 fills the screen with what a class should see; Esc gives the window back as it was."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QApplication, QMenu

from engine import Experiment
from gui.language import speech
from gui.presenter.asking import vote_of
from gui.shell.app import Chainstep
from gui.shell.help.keys import all_keys
from gui.shell.lessons.shelf import ours, reached
from gui.shell.middle import Middle
from gui.shell.presenter.stage import Stage
from gui.state.presenter import Presenter
from tests.gui.examples import experiment, state
from tests.gui.presenter.stage import stage, strike
from tests.gui.screen import formula, image, press, settle, take

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_f5_shows_the_chain_in_large_type_and_escape_gives_the_window_back(
    program: Chainstep,
) -> None:
    press(program, "Right", "Right")
    layout, told = program.window.saveState(), formula(program)
    look = program.session.state.look
    strike(program, "F5")
    shown = stage(program)
    assert shown.isFullScreen()
    assert shown.isVisible()
    assert shown.formula.sentence == told
    assert shown.chain.shown is not None
    assert shown.chain.shown.look.palette == "projector"
    assert not shown.findChildren(QMenu)
    strike(program, "Right")
    after = shown.formula.sentence
    assert after != told
    strike(program, "Esc")
    assert program.parts.presentation.stage is None
    assert formula(program) == after
    assert program.window.saveState() == layout
    assert program.session.state.look == look


def test_a_remote_control_steps(program: Chainstep) -> None:
    strike(program, "F5", "PgDown", "PgDown", "PgDown", "PgUp")
    assert program.session.state.index == 2
    strike(program, "F5")
    assert program.session.state.presenter is None


def test_the_sentence_is_as_large_as_the_formula(program: Chainstep) -> None:
    press(program, "Right")
    strike(program, "F5")
    shown = stage(program)
    for size in (QSize(1024, 768), QSize(1280, 800), QSize(1920, 1080)):
        shown.setWindowState(Qt.WindowState.WindowNoState)
        shown.resize(size)
        settle()
        words, line = shown.formula._words, shown.formula._line
        assert words.font().pixelSize() == line.font().pixelSize() >= 24 * 1.25
        assert words.height() >= words.heightForWidth(words.width())
        assert shown.formula.height() >= words.height() + line.sizeHint().height()


@pytest.mark.parametrize("size", [QSize(512, 384), QSize(1024, 768), QSize(1920, 1080)])
def test_nothing_is_cut_off_however_large_the_type_is_to_be(
    qapp: QApplication, size: QSize
) -> None:
    """512 × 384 is a projector of 1024 × 768 whose system draws all twice as large."""
    biased = experiment(12, "tanh", "backprop", biased=True)
    for language, shown, index in (
        ("en", Experiment(), 8),
        ("es", biased, 40),
    ):
        seen = Stage()
        seen.resize(size)
        seen.show()
        for zoom in (175, 300):
            of_class = replace(
                state(shown, index, language=language), presenter=Presenter(zoom=zoom)
            )
            for vote in (None, vote_of(of_class).counted(0, 3).revealed().again()):
                seen.present(replace(of_class, presenter=Presenter(zoom=zoom, vote=vote)))
                qapp.processEvents()
                _nothing_is_cut(seen)
        seen.leave()


def _nothing_is_cut(seen: Stage) -> None:
    middle, words = seen.findChildren(Middle)[0], seen.formula._words
    assert middle.verticalScrollBar().maximum() == 0
    assert middle.widget().height() == middle.height() == seen.height()
    assert seen.chain.height() >= 0.35 * seen.height()
    assert words.heightForWidth(words.width()) <= words.height()
    assert seen.formula._line.sizeHint().height() <= seen.formula._line.height()
    bottom = seen.timeline.mapTo(seen, QPoint(0, seen.timeline.height())).y()
    assert bottom <= seen.height()
    if seen.board.picture is not None:
        assert seen.board._laid_out(seen.board.picture)[-1].bottom() <= seen.board.height()


def test_what_is_asked_is_as_large_as_the_screen_lets_it_be(qapp: QApplication) -> None:
    asked = replace(state(Experiment(), 8), presenter=Presenter())
    asked = replace(asked, presenter=Presenter(vote=vote_of(asked)))
    sizes = []
    for size in (QSize(1024, 768), QSize(1920, 1080)):
        seen = Stage()
        seen.resize(size)
        seen.show()
        seen.present(asked)
        qapp.processEvents()
        sizes.append(seen.board._size)
        seen.leave()
    assert sizes[1] >= 1.4 * sizes[0]


def test_the_class_reads_the_same_whatever_the_theme_of_the_teacher_is(
    program: Chainstep,
) -> None:
    program.parts.lessons.open(ours()[0].lesson)
    press(program, "Right")
    strike(program, "F5", "Right")
    seen = []
    for theme in ("light", "dark"):
        program.session.set_look(theme=theme)
        settle()
        seen.append(image(stage(program)))
    assert seen[0] == seen[1]


def test_type_grows_for_the_class_alone(program: Chainstep) -> None:
    strike(program, "F5", "Ctrl++", "Ctrl++")
    seen = stage(program).chain.shown
    assert seen is not None
    assert seen.look.zoom == 125
    strike(program, "Esc")
    assert program.session.state.look.zoom == 100


def test_all_is_in_a_menu_and_in_the_list_of_keys(program: Chainstep) -> None:
    take(program, "Present to a class")
    assert stage(program).isVisible()
    take(program, "Leave the presentation")
    assert program.parts.presentation.stage is None
    groups = all_keys(program.parts.actions.entries.values(), speech("en"))
    keys = next(group for group in groups if group.name == "In front of a class")
    assert "F5" in [line.keys for line in keys.lines]


def test_closing_what_the_class_sees_leaves(program: Chainstep) -> None:
    strike(program, "F5")
    stage(program).close()
    settle()
    assert program.session.state.presenter is None
    assert program.window.isVisible()


def test_before_a_class_a_page_of_a_lesson_turns_by_the_remote_control(program: Chainstep) -> None:
    program.parts.lessons.open(ours()[0].lesson)
    strike(program, "F5", "PgDown")
    learner = program.session.state.lesson
    assert learner is not None
    assert learner.place == 1
    strike(program, "PgUp")
    learner = program.session.state.lesson
    assert learner is not None
    assert learner.place == 0


def test_what_a_class_answers_is_not_kept_as_the_progress_of_the_teacher(
    program: Chainstep,
) -> None:
    lesson = ours()[0].lesson
    place = next(k for k, step in enumerate(lesson.steps) if step.is_question)
    program.parts.lessons.open(lesson, place=place)
    strike(program, "F5", "PgDown")
    learner = program.session.state.lesson
    assert learner is not None
    assert not learner.waits
    assert not reached(lesson, program.parts.learning.progress)[0]
