"""The focus goes where the user would go on, and never falls into nothing."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolTip

from engine import Experiment
from gui.shell.app import Chainstep
from gui.widgets.check_box import CheckBox
from gui.widgets.slider import Slider
from tests.gui.listening import interface
from tests.gui.screen import (
    button,
    click,
    enter,
    field,
    numbers_in_place,
    popups,
    press,
    settle,
    wait_for,
    write,
)


def focused() -> str:
    widget = QApplication.focusWidget()
    return "" if widget is None else widget.objectName() or type(widget).__name__


def test_enter_goes_from_number_to_number(program: Chainstep) -> None:
    click(field(program, "weights[0]"))
    press(program, "Ctrl+A")
    for weight, following in (("1", "weights[1]"), ("2", "weights[2]"), ("3", "learning_rate")):
        write(program, weight)
        press(program, "Return")
        assert focused() == following
    assert program.session.state.experiment.weights == (1.0, 2.0, 3.0)
    for text, following in (("0.1", "epochs"), ("30", "samples[0].x"), ("2", "samples[0].target")):
        write(program, text)
        press(program, "Return")
        assert focused() == following
    experiment = program.session.state.experiment
    assert (experiment.learning_rate, experiment.epochs, experiment.samples[0].x) == (0.1, 30, 2.0)
    # From the last number of the panel on there is none: it keeps the focus.
    enter(program, "samples[1].target", "5")
    assert focused() == "samples[1].target"
    press(program, "Right")
    assert numbers_in_place(program) == (1, 1, 1)


def test_an_offered_field_leaves_the_keys_to_the_window_until_somebody_types(
    program: Chainstep,
) -> None:
    enter(program, "weights[0]", "1")
    assert focused() == "weights[1]"
    assert not program.session.state.typing
    press(program, "Right", "Right", "Left", "Ctrl+Right", "Home", "Space")
    assert button(program, "play").text() == "Pause"
    press(program, "Space", "Home")
    assert field(program, "weights[1]").text() == "−0.233"
    write(program, "7")
    assert field(program, "weights[1]").text() == "7"
    assert program.session.state.experiment.weights[:2] == (1.0, 7.0)
    # One undo takes one number back.
    press(program, "Return", "Ctrl+Z")
    assert program.session.state.experiment.weights[:2] == (1.0, -0.233)


def test_a_wrong_number_keeps_the_focus(program: Chainstep) -> None:
    enter(program, "weights[0]", "x1")
    assert focused() == "weights[0]"


def test_space_does_what_the_focused_control_does(program: Chainstep) -> None:
    button(program, "logarithmic").setFocus(Qt.FocusReason.TabFocusReason)
    for at_end in (False, True):
        if at_end:
            press(program, "End")
        stood = program.session.state.index
        press(program, "Space")
        assert program.session.state.look.logarithmic
        press(program, "Space")
        assert not program.session.state.look.logarithmic
        assert program.session.state.index == stood
        assert not program.session.state.playing
    biases = program.window.findChild(CheckBox)
    assert isinstance(biases, CheckBox)
    biases.setFocus(Qt.FocusReason.TabFocusReason)
    press(program, "Space")
    assert len(program.session.state.experiment.parameters) == 2


@popups
def test_a_button_that_can_do_nothing_keeps_the_focus_and_says_why(program: Chainstep) -> None:
    step = button(program, "next_step")
    step.setFocus(Qt.FocusReason.TabFocusReason)
    press(program, "End", "Return", "Space")
    assert focused() == "next_step"
    assert program.session.state.index == program.session.state.last
    assert QToolTip.text() == "Already at the end of the run"
    assert step.accessibleDescription() == "Already at the end of the run"
    # Tab comes to it as to any other, and its reason is seen at once.
    QToolTip.hideText()
    press(program, "Shift+Tab", "Tab")
    assert focused() == "next_step"
    wait_for(QToolTip.isVisible)
    assert QToolTip.text() == "Already at the end of the run"
    press(program, "Home", "Return")
    assert step.accessibleDescription() == ""
    assert numbers_in_place(program) == (1, 1, 1)


@popups
def test_the_slider_of_a_run_without_steps_says_why_it_can_not_be_moved(
    program: Chainstep,
) -> None:
    slider = program.window.findChild(Slider, "run slider")
    assert slider is not None
    movable = slider.grab().toImage()
    enter(program, "epochs", "0")
    assert slider.grab().toImage() != movable
    slider.setFocus(Qt.FocusReason.TabFocusReason)
    press(program, "Shift+Tab", "Tab")
    assert focused() == "run slider"
    wait_for(QToolTip.isVisible)
    why = "There is nothing to step through: the number of epochs is 0"
    assert QToolTip.text() == why
    assert slider.accessibleDescription() == why
    assert interface(slider).state().disabled
    press(program, "Up", "PgUp")
    assert program.session.state.index == 0
    enter(program, "epochs", "2")
    assert not interface(slider).state().disabled
    slider.setFocus(Qt.FocusReason.TabFocusReason)
    press(program, "Up")
    assert program.session.state.index == 1


def test_what_can_do_nothing_looks_so(program: Chainstep) -> None:
    step = button(program, "next_step")
    possible = step.grab().toImage()
    press(program, "End")
    assert step.grab().toImage() != possible
    press(program, "Home", "Right")
    assert step.grab().toImage() == possible


def test_the_key_of_a_panel_pressed_again_enters_it(program: Chainstep) -> None:
    for key, name in (
        ("Ctrl+3", "code text"),
        ("Ctrl+4", "sample table"),
        ("Ctrl+6", "loss surface"),
        ("Ctrl+7", "map"),
        ("Ctrl+1", "derivatives"),
    ):
        program.window.setFocus()
        press(program, key)
        assert focused() == "window"  # it is only shown
        press(program, key)
        assert focused() == name


def test_a_part_that_goes_gives_the_focus_on(program: Chainstep) -> None:
    # A panel that is closed from within.
    press(program, "Ctrl+4", "Ctrl+4")
    program.window.panels_dock.toggleViewAction().trigger()
    settle()
    assert focused()
    # Another panel than that with the focus.
    press(program, "Ctrl+4", "Ctrl+4", "Ctrl+5")
    assert focused()
    # A sample that is removed by its own button, and layers that go.
    remover = button(program, "remove sample 2")
    remover.setFocus(Qt.FocusReason.TabFocusReason)
    press(program, "Return")
    assert focused()
    field(program, "weights[2]").setFocus(Qt.FocusReason.TabFocusReason)
    program.session.replace_experiment(Experiment(weights=(0.5,)))
    settle()
    assert focused()
