"""Lessons as a learner meets them: opened from a list, answered, left again."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu

from engine.quantities import Name, Quantity
from engine.teaching.outcome import Outcome
from gui.language import speech
from gui.shell.app import Chainstep
from gui.shell.lessons.shelf import ours
from gui.theme import THEMES
from gui.widgets.verdict_box import VerdictBox
from gui.words.names import ALGORITHM_NAMES
from tests.gui.lesson.playing import answer, learner, view
from tests.gui.listening import a_reader_listens, everything, interface
from tests.gui.screen import (
    box_at,
    button,
    click,
    drop,
    enter,
    field,
    formula,
    popups,
    press,
    settle,
    show_experiment,
    shown_numbers,
    wait_for,
    write,
)

say = speech("en")

ONE = """format = "chainstep lesson"
version = 1
id = "one"
title = { en = "One question" }

[[step]]
kind = "number"
at = "before forward 1"
ask = "output 1"
prompt.en = "What is *y*?"
"""


def said(program: Chainstep) -> str:
    found = view(program).findChild(VerdictBox)
    assert isinstance(found, VerdictBox)
    return found.text if found.isVisible() else ""


def open_lesson(program: Chainstep, number: int, place: int = 0) -> None:
    program.parts.lessons.open(ours()[number - 1].lesson, None, place, number)
    settle()


def test_a_right_number_is_said_to_be_right_and_is_seen_then(program: Chainstep) -> None:
    open_lesson(program, 3, 3)
    # By hand: −4 · −0.5 = 2.
    assert shown_numbers(program)["∂L/∂z"] == ""
    press(program, "2")
    write(program, "")
    press(program, "Return")
    assert said(program).startswith("✓ Right.")
    assert shown_numbers(program)["∂L/∂z"] == "2.0000"
    assert learner(program).task.outcome is Outcome.ALONE


def test_a_slip_is_explained_with_numbers_as_one_writes_them(program: Chainstep) -> None:
    open_lesson(program, 3, 3)
    write(program, "-7.6")
    press(program, "Return")
    # Of the updated weight, −0.5 + 0.1 · 24, the machine makes 1.9000000000000004.
    assert said(program).startswith("Not yet. −7.6 = −4 × 1.9.")


def test_what_is_asked_stands_nowhere_before_it_is_answered(program: Chainstep) -> None:
    open_lesson(program, 3, 3)
    program.session.held_back = None  # as by a drag on the timeline
    press(program, "Esc")
    press(program, "Right")
    assert shown_numbers(program)["∂L/∂z"] == "?"
    assert formula(program).endswith("?")


def test_a_step_forward_asks_for_the_answer_first_and_shows_it_then(program: Chainstep) -> None:
    open_lesson(program, 3, 3)
    press(program, "Esc", "Right")
    assert said(program) == "Answer first, or press → again to see."
    assert learner(program).waits
    press(program, "Right")
    assert learner(program).task.outcome is Outcome.SHOWN
    assert shown_numbers(program)["∂L/∂z"] == "2.0000"


def test_hints_come_one_by_one_and_count_as_help(program: Chainstep) -> None:
    open_lesson(program, 3, 3)
    press(program, "F3")
    assert learner(program).task.hints == 1
    click(button(program, "lesson hint"))
    assert learner(program).task.hints == 2
    write(program, "2")
    press(program, "Return")
    assert learner(program).task.outcome is Outcome.HELPED


def test_the_own_experiment_comes_back_as_it_was_with_all_its_edits(program: Chainstep) -> None:
    enter(program, "weights[1]", "0.7")
    press(program, "Shift+Right", "Right")
    before = program.session.state
    title = program.window.windowTitle()
    open_lesson(program, 4, 7)
    assert not program.session.state.can_undo
    assert program.session.kept().present.experiment == before.experiment
    click(button(program, "close lesson"))
    now = program.session.state
    assert (now.experiment, now.index, now.saved) == (before.experiment, before.index, before.saved)
    assert program.window.windowTitle() == title
    assert now.lesson is None
    press(program, "Ctrl+Z")
    assert program.session.state.experiment != before.experiment


def test_taking_a_view_or_an_edit_back_takes_no_outcome_back(program: Chainstep) -> None:
    open_lesson(program, 3, 3)
    write(program, "2")
    press(program, "Return", "Esc", "Backspace", "Ctrl+Z")
    assert learner(program).task.outcome is Outcome.ALONE


def test_marked_numbers_are_lit_and_said_in_words(program: Chainstep) -> None:
    open_lesson(program, 3, 3)
    lit = program.session.state.lit
    assert Name(Quantity.WEIGHT, 3) in lit
    assert Name(Quantity.UPSTREAM, 3) in lit
    told = [label.text() for label in view(program).findChildren(type(view(program)._marked))]
    assert "marked in the picture: w₃, ∂L/∂e" in told


def test_other_fields_of_the_experiment_are_closed(program: Chainstep) -> None:
    open_lesson(program, 4, 7)
    before = program.session.state.experiment
    program.session.replace_experiment(replace(before, learning_rate=0.5))
    assert program.session.state.experiment == before
    program.session.replace_experiment(replace(before, epochs=200))
    assert program.session.state.experiment.epochs == 200
    click(button(program, "lesson restart"))
    assert program.session.state.experiment == before


def test_a_goal_is_seen_to_be_reached_as_soon_as_it_is(program: Chainstep) -> None:
    open_lesson(program, 4, 7)
    assert learner(program).waits
    press(program, "Ctrl+A")
    write(program, "400")
    wait_for(lambda: not learner(program).waits)
    assert said(program).startswith("✓ Right.")


def test_a_click_in_the_chain_answers_where_that_is_asked(program: Chainstep) -> None:
    number = next(
        (k, place)
        for k, one in enumerate(ours(), start=1)
        for place, step in enumerate(one.lesson.steps)
        if step.kind == "point" and Name(Quantity.UPSTREAM, 2) in step.target
    )
    open_lesson(program, *number)
    click(program.window.chain, box_at(program, "x"))
    assert said(program).startswith("Not yet.")
    click(program.window.chain, box_at(program, "∂L/∂z"))
    assert said(program).startswith("✓ Right.")


def test_a_lesson_stands_at_the_side_or_below_and_never_over_the_chain(program: Chainstep) -> None:
    window = program.window
    open_lesson(program, 3, 3)
    assert not view(program).is_strip
    assert window.experiment_dock.isHidden()
    assert window.plots_dock.isVisible()
    window.resize(1024, 700)
    settle()
    assert view(program).is_strip
    assert window.plots_dock.isHidden()
    chain = window.chain
    below = view(program).mapTo(window, view(program).rect().topLeft()).y()
    assert chain.mapTo(window, chain.rect().bottomLeft()).y() < below
    write(program, "2")
    press(program, "Return")
    assert said(program).startswith("✓ Right.")
    program.parts.lessons.do("leave")
    window.resize(1440, 900)
    settle()
    assert window.experiment_dock.isVisible()
    assert window.plots_dock.isVisible()
    assert window.panels_dock.isVisible()


def test_a_lesson_file_is_opened_by_dropping_it_and_read_again_when_saved(
    program: Chainstep, tmp_path: Path
) -> None:
    path = tmp_path / "one.toml"
    path.write_text(ONE, encoding="utf-8")
    assert drop(program, path)
    assert view(program)._text.text == "What is y?"
    path.write_text(ONE.replace("What is", "How much is"), encoding="utf-8")
    wait_for(lambda: view(program)._text.text == "How much is y?")
    # With a fault, the last good one stays, and the fault is told.
    path.write_text(ONE.replace("output 1", "output 7"), encoding="utf-8")
    wait_for(lambda: "line 9" in view(program)._notice.text())
    assert view(program)._text.text == "How much is y?"


def test_a_lesson_without_the_language_says_so(program: Chainstep, tmp_path: Path) -> None:
    path = tmp_path / "one.toml"
    path.write_text(ONE, encoding="utf-8")
    program.session.set_look(language="zh_CN")
    assert drop(program, path)
    assert view(program)._notice.text() == "这一课还没有中文版，以下是英文。"


@popups
def test_ctrl_l_lists_the_lessons_with_what_was_done(program: Chainstep) -> None:
    press(program, "Ctrl+L")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    entries = [action.text() for action in menu.actions()]
    assert entries[2].startswith("3 · The public derivative\t")
    press(program, "Down", "Down", "Return")
    assert learner(program).lesson.name == "public-derivative"
    press(program, "Ctrl+PgDown")
    write(program, "-24")
    press(program, "Return", "Ctrl+L")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert "1 of 7 done" in menu.actions()[2].text()
    press(program, "Esc")


def test_f6_goes_from_part_to_part(program: Chainstep) -> None:
    open_lesson(program, 3, 3)
    seen = set()
    for _ in range(6):
        press(program, "F6")
        focus = QApplication.focusWidget()
        assert focus is not None
        seen.add(focus.objectName())
    assert {"chain", "lesson answer"} <= seen


def test_the_explanation_is_kept_and_compared(program: Chainstep) -> None:
    open_lesson(program, 3, 7)
    write(program, "One number.")
    assert learner(program).task.written == "One number."
    press(program, "Ctrl+Return")
    assert learner(program).task.outcome is Outcome.ALONE


def test_a_first_start_offers_lesson_1(program: Chainstep) -> None:
    program.offer_lesson()
    settle()
    click(button(program, "begin lesson 1"))
    assert learner(program).lesson.name == ours()[0].lesson.name


@pytest.fixture
def low(program: Chainstep) -> Chainstep:
    program.window.resize(1024, 700)
    settle()
    return program


@popups
@pytest.mark.parametrize("number", range(1, 13))
def test_a_lesson_from_the_list_to_its_last_page_with_keys_alone(
    low: Chainstep, number: int
) -> None:
    language, theme = ("en", "zh_CN")[number % 2], list(THEMES)[number % 3]
    low.session.set_look(language=language, theme=theme)
    press(low, "Ctrl+L", *["Down"] * (number - 1), "Return")
    steps = learner(low).lesson.steps
    for place, step in enumerate(steps):
        assert learner(low).place == place
        answer(low)
        if step.is_question:
            assert learner(low).task.outcome is Outcome.ALONE, (place, step.kind)
        press(low, "Ctrl+PgDown")
    assert low.session.state.lesson is None


def test_an_open_lesson_leaves_the_keys_of_the_chain_alone(program: Chainstep) -> None:
    open_lesson(program, 3, 0)
    index = program.session.state.index
    press(program, "Esc", "Right", "Left", "Left")
    assert program.session.state.index == index - 1


def test_tab_reaches_the_field_then_check(program: Chainstep) -> None:
    open_lesson(program, 3, 3)
    order = []
    for _ in range(4):
        focus = QApplication.focusWidget()
        assert focus is not None
        order.append(focus.objectName())
        press(program, "Tab")
    assert order[:4] == ["lesson answer", "check lesson answer", "lesson hint", "lesson show"]


def test_a_slip_is_named_with_its_numbers_and_its_operand_is_lit(program: Chainstep) -> None:
    open_lesson(program, 3, 3)
    write(program, "12")  # the gradient −24 is passed on: −24 · −0.5
    press(program, "Return")
    assert said(program).startswith("Not yet. 12 = −24 × (−0.5).")
    assert "slip: " in said(program)
    assert Name(Quantity.GRADIENT, 3) in program.session.state.lit
    assert learner(program).task.slips == ("passes_gradient_on",)


def test_the_last_hint_is_the_formula_with_its_numbers(program: Chainstep) -> None:
    open_lesson(program, 3, 3)
    press(program, "F3", "F3", "F3")
    assert "∂L/∂z = ∂L/∂e · w₃ = −4.0000 × (−0.50000) = ?" in view(program)._hints.text


def test_a_question_and_a_verdict_are_said_once(
    program: Chainstep, monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_reader_listens(monkeypatch) as heard:
        open_lesson(program, 3, 3)
        assert sum("∂L/∂z?" in words for words in heard.new()) == 1
        write(program, "12")
        press(program, "Return")
        settle()
    assert sum("Not yet." in words for words in heard.new()) == 1


def test_an_algorithm_that_is_to_be_found_out_is_told_nowhere(program: Chainstep) -> None:
    place = next(k for k, step in enumerate(ours()[7].lesson.steps) if "algorithm" in step.covered)
    open_lesson(program, 8, place)
    name = say(ALGORITHM_NAMES[program.session.state.experiment.algorithm])
    for panel in ("chain_rule", "code", "numbers", "diagnosis"):
        program.parts.show_panel(panel)
        settle()
        seen = everything(interface(program.window))
        assert not [text for text in seen if name in text]
    press(program, "Esc", *["Left"] * 4)
    assert formula(program).count("=") == 1
    chain = program.window.chain
    assert not [part.hint for part in chain.parts() if name in part.hint]
    program.parts.documents.save()
    settle()
    assert "first answer the question" in str(program.session.state.notice)
    program.parts.lessons.do("show")
    settle()
    assert not program.session.state.secret


@popups
def test_another_experiment_ends_the_lesson_and_the_own_one_is_listed(
    program: Chainstep, tmp_path: Path
) -> None:
    enter(program, "weights[1]", "0.7")
    own = program.session.state.experiment
    open_lesson(program, 3, 3)
    show_experiment(program, tmp_path, replace(own, epochs=3))
    assert program.session.state.lesson is None
    assert program.session.state.experiment.epochs == 3
    assert program.parts.documents.recent[0].document.experiment == own
    press(program, "Ctrl+Z")
    assert program.session.state.experiment == own


def test_fields_that_a_step_leaves_as_they_are_can_not_be_entered(program: Chainstep) -> None:
    open_lesson(program, 4, 7)
    program.window.experiment_dock.show()
    settle()
    closed = {"weights[0]", "learning_rate", "samples[0].x"}
    assert not any(field(program, name).isEnabled() for name in closed)
    assert field(program, "epochs").isEnabled()
    program.parts.lessons.do("leave")
    settle()
    assert all(field(program, name).isEnabled() for name in closed)


SLIPS_TO_CHOOSE = """format = "chainstep lesson"
version = 1
id = "choose"
title = { en = "Choose" }

[experiment.hand]
weights = [-2, -1.5, -0.5]
samples = [{ x = 2, target = 1 }]
learning_rate = 0.1
epochs = 20

[[step]]
kind = "choose"
experiment = "hand"
at = "before pass_on 3"
ask = "upstream 2"
options = "slips"
prompt.en = "Which of these is ∂L/∂z?"
"""


def test_a_slip_that_is_chosen_is_explained_and_the_right_value_is_seen_then(
    program: Chainstep, tmp_path: Path
) -> None:
    path = tmp_path / "choose.toml"
    path.write_text(SLIPS_TO_CHOOSE, "utf-8")
    drop(program, path)
    settle()
    assert shown_numbers(program)["∂L/∂z"] == ""
    buttons = view(program).options.findChildren(QAbstractButton)
    numbers = [float(b.accessibleName().split()[-1].replace("−", "-")) for b in buttons]
    assert len(set(numbers)) == 4
    assert {2.0, -24.0} <= set(numbers)
    press(program, str(numbers.index(-24.0) + 1))
    assert said(program).startswith("Not yet. −24 = −4 × 6. The input z makes the gradient.")
    press(program, str(numbers.index(2.0) + 1))
    assert said(program) == "✓ Right. ∂L/∂z = 2"
    assert shown_numbers(program)["∂L/∂z"] == "2.0000"


def test_who_adds_the_losses_or_forgets_to_halve_is_told(program: Chainstep) -> None:
    open_lesson(program, 5, 2)
    for typed, told in (
        ("26", "right minus left"),
        ("-48", "Divide by 2"),
        ("-6", "one side only"),
    ):
        write(program, typed)
        press(program, "Return")
        assert told in said(program)


def test_who_leaves_the_last_question_by_next_has_had_it_shown(program: Chainstep) -> None:
    open_lesson(program, 3, 7)
    ended: list[object] = []
    program.parts.lessons._made_tutor().ended.connect(lambda *told: ended.append(told[2]))
    press(program, "Ctrl+PgDown")
    assert program.session.state.lesson is None
    assert ended == [Outcome.SHOWN]


def test_who_has_a_task_shown_sees_a_solution_at_work(program: Chainstep) -> None:
    open_lesson(program, 10, 3)
    before = program.session.state.experiment.learning_rate
    click(button(program, "lesson show"))
    settle()
    assert said(program).startswith("Shown. One way is put in")
    state = program.session.state
    assert state.experiment.learning_rate != before
    assert state.run.converged_at is not None
    assert state.run.converged_at < 50
    assert learner(program).task.outcome is Outcome.SHOWN
