"""Run → Go to…: by keys alone to a place by its numbers, and to where something happens."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget

from engine import Experiment, train
from gui.shell.app import Chainstep
from tests.gui.screen import (
    enter,
    entry,
    field,
    menus,
    numbers_in_place,
    popups,
    press,
    settle,
    show_experiment,
    shown_numbers,
    truth,
)

pytestmark = popups


def dialog(program: Chainstep) -> QDialog | None:
    settle()
    if QApplication.activeModalWidget() is None:
        program.window.activateWindow()  # as every window manager does; this platform has none
        settle()
    return program.window.findChild(QDialog, "go to dialog")


def focus(program: Chainstep, name: str) -> QWidget:
    found = program.window.findChild(QWidget, f"go to {name}")
    assert found is not None
    found.setFocus(Qt.FocusReason.TabFocusReason)
    settle()
    return found


def about(program: Chainstep, name: str) -> str:
    label = program.window.findChild(QLabel, f"about {name}")
    assert label is not None
    return label.text()


def focused() -> str:
    widget = QApplication.focusWidget()
    return widget.objectName() if widget else ""


def problem(program: Chainstep) -> str:
    label = program.window.findChild(QLabel, "problem go to")
    assert label is not None
    return label.text() if label.isVisible() else ""


def test_an_epoch_a_sample_and_a_step_are_typed(program: Chainstep) -> None:
    press(program, "Ctrl+G", "5", "7", "Tab", "2", "Tab", "8", "Return")
    assert dialog(program) is None
    assert numbers_in_place(program) == (57, 2, 8)
    # It opens with the present place; what is not typed stays.
    press(program, "Ctrl+G", "1", "0", "Return")
    assert dialog(program) is None
    assert numbers_in_place(program) == (10, 2, 8)
    press(program, "Ctrl+G", "9", "Esc")
    assert dialog(program) is None
    assert numbers_in_place(program) == (10, 2, 8)


def test_it_opens_while_a_number_is_typed_and_gives_the_focus_back(program: Chainstep) -> None:
    enter(program, "learning_rate", "0.0", end="")
    press(program, "Ctrl+G", "3", "Return")
    assert dialog(program) is None
    assert numbers_in_place(program) == (3, 1, 1)
    assert QApplication.focusWidget() is field(program, "learning_rate")


def test_it_stands_in_the_menu_of_the_run_with_its_key(program: Chainstep) -> None:
    run = next(menu for menu in menus(program) if menu.title() == "&Run")
    assert "Go to…\tCtrl+G" in [action.text() for action in run.actions()]
    entry(program, "Go to…").trigger()
    assert dialog(program) is not None


def test_wrong_input_gets_a_sentence_and_stays_to_be_mended(program: Chainstep) -> None:
    press(program, "Ctrl+G")
    for key, sentence in (
        ("0", "The epoch must be a whole number from 1 to 240, not 0."),
        ("X", "“x” is not a number: write a whole number like 240."),
        ("Delete", "A number is missing here."),
    ):
        press(program, key, "Return")
        assert problem(program) == sentence
        assert focused() == "go to epoch"
    press(program, "1", ".", "5", "Return")
    assert "a whole number from 1 to 240, not 1.5" in problem(program)
    press(program, "2", "4", "1")
    assert problem(program) == ""
    press(program, "Return")
    assert "from 1 to 240, not 241" in problem(program)
    press(program, "2", "4", "0", "Tab", "3", "Return")
    assert problem(program) == "The sample must be a whole number from 1 to 2, not 3."
    assert focused() == "go to sample"
    press(program, "2", "Tab", "1", "4", "Return")
    assert problem(program) == "The step must be a whole number from 1 to 13, not 14."
    press(program, "1", "3", "Return")
    assert numbers_in_place(program) == (240, 2, 13)


def test_the_step_is_named_while_it_is_typed(program: Chainstep) -> None:
    press(program, "Ctrl+G", "Tab", "Tab", "8")
    found = dialog(program)
    assert found is not None
    assert "Gradient · layer 2" in [label.text() for label in found.findChildren(QLabel)]
    press(program, "8")
    assert "Gradient · layer 2" not in [label.text() for label in found.findChildren(QLabel)]


def crossings(layer: int) -> tuple[int, int]:
    """Return where the weight of a layer crosses 0, found by training step for step."""
    experiment = Experiment()
    weights = list(experiment.weights)
    before = weights[layer - 1]
    for epoch in range(1, experiment.epochs + 1):
        for number, sample in enumerate(experiment.samples, start=1):
            a = [sample.x]
            for w in weights:
                a.append(a[-1] * w)
            upstream, gradients = a[-1] - sample.target, []
            for i in (2, 1, 0):
                gradients.insert(0, upstream * a[i])
                upstream *= weights[i]
            weights = [
                w - experiment.learning_rate * g for w, g in zip(weights, gradients, strict=True)
            ]
            if weights[layer - 1] * before < 0:
                return epoch, number
    raise AssertionError("it never does")


def test_to_where_a_weight_changes_its_sign(program: Chainstep) -> None:
    press(program, "Ctrl+G")
    assert about(program, "changes sign") == "w₁ has the same sign in the whole run."
    focus(program, "changes sign")
    press(program, "Return")
    assert problem(program) == "w₁ has the same sign in the whole run."
    focus(program, "parameter")
    press(program, "Down")
    epoch, sample = crossings(2)
    words = f"w₂ first changes its sign in epoch {epoch}, sample {sample}."
    assert about(program, "changes sign") == words
    focus(program, "changes sign")
    press(program, "Return")
    assert dialog(program) is None
    assert numbers_in_place(program)[:2] == (epoch, sample)
    after = shown_numbers(program)["w₂"]
    press(program, "Left")
    before = shown_numbers(program)["w₂"]
    assert before.startswith("≈−")
    assert not after.startswith("≈−")


def test_to_where_it_converged_or_diverged(program: Chainstep, tmp_path: Path) -> None:
    press(program, "Ctrl+G")
    assert about(program, "converged") == "The mean loss is first below 0.001 in epoch 191."
    assert about(program, "diverged") == "Loss and parameters stay finite in the whole run."
    focus(program, "diverged")
    press(program, "Return")
    assert problem(program) == "Loss and parameters stay finite in the whole run."
    focus(program, "converged")
    press(program, "Return")
    assert dialog(program) is None
    assert numbers_in_place(program) == (191, 2, 13)
    show_experiment(program, tmp_path, Experiment(weights=(1.0, 1.0, 5.0), learning_rate=1.0))
    press(program, "Ctrl+G")
    assert about(program, "converged") == "In no epoch of this run is the mean loss below 0.001."
    focus(program, "diverged")
    press(program, "Return")
    epoch, sample, _ = numbers_in_place(program)
    place = train(program.session.state.experiment).diverged_at
    assert (epoch, sample) == place
    assert f"diverged at epoch {epoch}" in truth(program)


def test_what_is_hidden_is_not_given_away(program: Chainstep) -> None:
    program.session.set_look(curtain=True)
    press(program, "Ctrl+G")
    hidden = "The future is hidden. To look there, switch “Hide the future” off."
    assert {about(program, name) for name in ("converged", "diverged", "changes sign")} == {hidden}
    press(program, "2", "0", "0", "Return")
    assert dialog(program) is None
    press(program, "Ctrl+G")
    assert about(program, "converged") == "The mean loss is first below 0.001 in epoch 191."
    assert about(program, "diverged") == hidden


def test_without_epochs_there_is_nowhere_to_go(program: Chainstep) -> None:
    enter(program, "epochs", "0")
    press(program, "Ctrl+G", "Return")
    nothing = "There is nothing to step through: the number of epochs is 0"
    assert problem(program) == nothing
    assert about(program, "changes sign") == nothing


def test_it_speaks_chinese(program: Chainstep) -> None:
    program.session.set_look(language="zh_CN")
    press(program, "Ctrl+G", "0", "Return")
    seen = [problem(program), *(about(program, name) for name in ("converged", "diverged"))]
    assert all(any("\u4e00" <= sign <= "\u9fff" for sign in words) for words in seen)
    assert not any("epoch" in words for words in seen)
