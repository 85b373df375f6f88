"""The keys of the window: they work whatever has the focus, except while a number is typed."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from gui.shell.app import Chainstep
from tests.gui.screen import (
    button,
    cells,
    click,
    complaint,
    enter,
    field,
    formula,
    numbers_in_place,
    place,
    popups,
    press,
    settle,
    slider,
    truth,
    wait_for,
    write,
)

TRANSPORT = [
    "start",
    "previous_epoch",
    "previous_sample",
    "previous_step",
    "play",
    "next_step",
    "next_sample",
    "next_epoch",
    "end",
]
END = (240, 2, 13)


def window(program: Chainstep) -> QWidget:
    return program.window


def child(name: str) -> Callable[[Chainstep], QWidget]:
    def find(program: Chainstep) -> QWidget:
        found = program.window.findChild(QWidget, name)
        assert found is not None
        return found

    return find


PLACES = {
    "window": window,
    "run slider": slider,
    "cells": cells,
    "chain": child("chain"),
    "logarithmic": child("logarithmic"),
    **{
        name: child(name)
        for name in (*TRANSPORT, "speed", "activation", "algorithm", "language", "random")
    },
}

TAKES_SPACE = {"logarithmic", *TRANSPORT, "activation", "algorithm", "language", "random"}


def test_the_keys_work_whatever_has_the_focus(program: Chainstep) -> None:
    for where, find in PLACES.items():
        press(program, "Shift+Right")
        find(program).setFocus(Qt.FocusReason.TabFocusReason)
        settle()
        walk(program, where)


def walk(program: Chainstep, where: str) -> None:
    for key, expected in (
        ("Right", (1, 2, 1)),
        ("Right", (1, 2, 2)),
        ("Left", (1, 2, 1)),
        ("Shift+Right", (1, 2, 13)),
        ("Ctrl+Right", (2, 2, 13)),
        ("Right", (3, 1, 1)),
        ("Shift+Left", (2, 2, 13)),
        ("Ctrl+Left", (1, 2, 13)),
        ("End", END),
        ("Home", (1, 1, 0)),
    ):
        press(program, key)
        assert numbers_in_place(program) == expected, f"{key} on {where}"
    if where not in TAKES_SPACE:
        press(program, "Space")
        assert button(program, "play").text() == "Pause", where
        press(program, "Space", "Home")
        assert button(program, "play").text() == "Play", where


def test_a_button_does_what_its_key_does_and_so_do_enter_and_space_on_it(
    program: Chainstep,
) -> None:
    keys = [
        "Home",
        "Ctrl+Left",
        "Shift+Left",
        "Left",
        "Space",
        "Right",
        "Shift+Right",
        "Ctrl+Right",
        "End",
    ]

    def outcome() -> tuple[str, str]:
        came_to = place(program), button(program, "play").text()
        program.window.setFocus()
        if came_to[1] == "Pause":
            press(program, "Space")
        press(program, "Home", "Ctrl+Right", "Ctrl+Right", "Shift+Right", "Right")
        return came_to

    outcome()
    for name, key in zip(TRANSPORT, keys, strict=True):
        program.window.setFocus()
        press(program, key)
        by_key = outcome()
        click(button(program, name))
        assert outcome() == by_key, name
        button(program, name).setFocus(Qt.FocusReason.TabFocusReason)
        press(program, "Return")
        assert outcome() == by_key, name
        for pressed in ("Enter", "Space"):
            button(program, name).setFocus(Qt.FocusReason.TabFocusReason)
            press(program, pressed)
            assert outcome() == by_key, name


def test_buttons_that_can_not_act_say_why(program: Chainstep) -> None:
    back, ahead = TRANSPORT[:4], TRANSPORT[4:]
    for name in back:
        assert not button(program, name).possible
        assert button(program, name).toolTip() == "Already at the start of the run"
    for name in ahead:
        assert button(program, name).possible
    assert button(program, "next_step").toolTip() == "Forward a step (→)"
    assert button(program, "next_sample").toolTip() == "Forward a sample (Shift+→)"
    press(program, "End")
    assert button(program, "play").possible
    assert button(program, "play").toolTip() == "Play again from the start (Space)"
    for name in ahead[1:]:
        assert not button(program, name).possible
        assert button(program, name).toolTip() == "Already at the end of the run"
    for name in back:
        assert button(program, name).possible
    assert button(program, "previous_step").toolTip() == "Back a step (←)"


def test_without_epochs_there_is_nothing_to_step_through(program: Chainstep) -> None:
    enter(program, "epochs", "0")
    for name in TRANSPORT:
        assert not button(program, name).possible, name
    assert "number of epochs is 0" in button(program, "play").toolTip()
    assert formula(program).startswith("Nothing to train: the number of epochs is 0")
    press(program, "Right", "End", "Space")
    assert place(program).startswith("Epoch 0 of 0")
    assert truth(program).startswith("not trained: 0 epochs")
    press(program, "Ctrl+Z", "Right")
    assert numbers_in_place(program) == (1, 1, 1)


def test_at_the_ends_keys_do_nothing(program: Chainstep) -> None:
    press(program, "Left", "Shift+Left", "Ctrl+Left", "Home")
    assert numbers_in_place(program) == (1, 1, 0)
    press(program, "End", "Right", "Shift+Right", "Ctrl+Right", "End")
    assert numbers_in_place(program) == END
    assert button(program, "play").text() == "Play"


@pytest.mark.parametrize("by", ["key", "button"])
def test_play_at_the_end_starts_over(program: Chainstep, by: str) -> None:
    press(program, "End")
    if by == "key":
        press(program, "Space")
    else:
        click(button(program, "play"))
    assert numbers_in_place(program)[0] == 1
    assert button(program, "play").text() == "Pause"
    wait_for(lambda: 1 <= numbers_in_place(program)[2] <= 3)
    press(program, "Space")
    assert button(program, "play").text() == "Play"


def test_while_a_number_is_typed_its_field_has_the_keys(program: Chainstep) -> None:
    for name in ("weights[1]", "learning_rate", "epochs", "samples[1].x", "seed"):
        write_into(program, name)


def write_into(program: Chainstep, name: str) -> None:
    press(program, "Right", "Right", "Right")
    before = place(program)
    target = field(program, name)
    program.parts.experiment.ensureWidgetVisible(target)
    click(target)
    press(program, "End")
    length = len(target.text())
    assert target.cursorPosition() == length
    press(program, "Left")
    assert target.cursorPosition() == length - 1
    press(program, "Right")
    assert target.cursorPosition() == length
    press(program, "Home")
    assert target.cursorPosition() == 0
    press(program, "Shift+Right")
    assert target.selectedText() == target.text()[0]
    press(program, "Shift+Left", "Ctrl+Right", "Ctrl+Left", "End", "Space", "Backspace")
    assert place(program) == before
    assert button(program, "play").text() == "Play"
    press(program, "Return")
    assert QApplication.focusWidget() is not target
    press(program, "Right")
    assert numbers_in_place(program) == (1, 1, 4)
    press(program, "Home")
    assert numbers_in_place(program) == (1, 1, 0)


@popups
def test_a_closed_choice_does_not_eat_the_keys_and_opens_by_enter(program: Chainstep) -> None:
    combo = program.window.findChild(QComboBox, "activation")
    assert combo is not None
    combo.setFocus(Qt.FocusReason.TabFocusReason)
    press(program, "Right", "Home", "Right", "End")
    assert combo.currentText() == "None (linear)"
    press(program, "Return")
    assert combo.view().isVisible()
    QTest.keyClick(combo.view(), Qt.Key.Key_Down)
    QTest.keyClick(combo.view(), Qt.Key.Key_Return)
    settle()
    assert combo.currentText() == "tanh"
    press(program, "Home", "Right")
    assert "tanh(" in program.window.formula._line.text()


def test_play_walks_and_pauses_by_the_same_key(program: Chainstep) -> None:
    click(button(program, "play"))
    assert button(program, "play").text() == "Pause"
    assert button(program, "play").toolTip() == "Pause (Space)"
    wait_for(lambda: numbers_in_place(program)[2] >= 1)
    press(program, "Space")
    stopped = place(program)
    QTest.qWait(400)
    assert place(program) == stopped
    assert button(program, "play").text() == "Play"


def test_the_speed_is_set_by_the_slider_and_told_beside_it(program: Chainstep) -> None:
    speed = child("speed")(program)
    click(speed, speed.rect().topRight() + QPoint(-1, 9))
    assert program.parts.bar.transport._pace.text() == "100\u202f000 steps/s"
    assert speed.toolTip().startswith("Speed of playing: 100\u202f000 steps/s")
    press(program, "Space")
    wait_for(lambda: numbers_in_place(program) == END)
    settle()
    assert button(program, "play").text() == "Play"
    click(speed, QPoint(1, 9))
    assert program.parts.bar.transport._pace.text() == "0.5 steps/s"


def test_keys_work_while_it_plays(program: Chainstep) -> None:
    press(program, "Space", "End")
    assert numbers_in_place(program) == END
    wait_for(lambda: button(program, "play").text() == "Play", 1000)
    press(program, "Home", "Space", "Shift+Right")
    assert numbers_in_place(program) == (1, 1, 13)
    assert button(program, "play").text() == "Pause"


# --- after an edit -------------------------------------------------------------------------


EDITS = [("learning_rate", "0.7"), ("weights[1]", "−0,5"), ("epochs", "100"), ("layers", "2")]


@pytest.mark.parametrize(("name", "text"), EDITS)
def test_after_an_edit_that_is_left_alone_the_keys_step_again(
    program: Chainstep, name: str, text: str
) -> None:
    enter(program, name, text, end="")
    target = field(program, name)
    wait_for(lambda: target.property("resting"), 3000)
    press(program, "Right", "Right")
    assert numbers_in_place(program) == (1, 1, 2)
    press(program, "Left", "Ctrl+Right", "Shift+Right")
    assert numbers_in_place(program)[:2] == (2, 1)
    press(program, "End", "Home")
    assert numbers_in_place(program) == (1, 1, 0)
    press(program, "Space")
    assert button(program, "play").text() == "Pause"
    press(program, "Space")
    assert target.text() == text
    assert program.session.state.typing is False


@pytest.mark.parametrize(("name", "text"), EDITS)
def test_an_arrow_that_can_not_go_on_is_the_windows_and_steps(
    program: Chainstep, name: str, text: str
) -> None:
    press(program, "Right", "Right", "Right")
    enter(program, name, text, end="")
    stood = numbers_in_place(program)[2]
    press(program, "Left")
    assert numbers_in_place(program) == (1, 1, stood)
    press(program, "Right")
    assert numbers_in_place(program) == (1, 1, stood)
    press(program, "Right")
    assert numbers_in_place(program) == (1, 1, stood + 1)
    assert QApplication.focusWidget() is field(program, name)
    assert program.session.state.typing is False
    press(program, "Space", "Space")
    click(field(program, name))
    press(program, "Home", "Left")
    assert numbers_in_place(program) == (1, 1, stood)
    assert field(program, name).text() == text


def test_a_field_that_rests_goes_on_where_somebody_types(program: Chainstep) -> None:
    enter(program, "learning_rate", "0.7", end="")
    target = field(program, "learning_rate")
    wait_for(lambda: target.property("resting"), 3000)
    write(program, "5")
    assert target.text() == "0.75"
    press(program, "Left", "Left", "Backspace")
    assert target.text() == "075"
    assert numbers_in_place(program) == (1, 1, 0)


def test_a_faulty_text_keeps_the_keys_and_its_sentence(program: Chainstep) -> None:
    enter(program, "learning_rate", "0.7x", end="")
    target = field(program, "learning_rate")
    QTest.qWait(1200)
    press(program, "Right", "Space", "Return", "Right")
    assert numbers_in_place(program) == (1, 1, 0)
    assert QApplication.focusWidget() is target
    assert complaint(program, "learning_rate")
    press(program, "Esc", "Return", "Right")
    assert target.text() == "0.05"
    assert numbers_in_place(program) == (1, 1, 1)


def test_the_status_line_says_how_the_keys_come_back(program: Chainstep) -> None:
    keys = child("keys")(program)
    assert "Space play" in keys.text()
    click(field(program, "epochs"))
    assert "Enter" in keys.text()
    press(program, "Return")
    assert "Space play" in keys.text()
