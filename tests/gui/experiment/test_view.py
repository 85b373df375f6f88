"""The editor: what is typed stays, takes effect at once, and can be taken back."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QScrollArea, QWidget

from engine import Experiment, Sample, random_weights, train
from engine.run import prediction
from gui.language.numbers import POINT, exact, rounded
from gui.shell.app import Chainstep
from tests.gui.screen import (
    answers,
    button,
    choose,
    click,
    complaint,
    enter,
    field,
    fields,
    formula,
    notice,
    numbers_in_place,
    paste,
    place,
    popups,
    press,
    settle,
    show_experiment,
    shown_numbers,
    speak,
    truth,
    turn_wheel,
    write,
)

OPENING = ["0.2333", "−0.233", "−0.52133"]


def test_the_opening_experiment_stands_in_the_fields(program: Chainstep) -> None:
    assert fields(program, "weights") == OPENING
    assert fields(program, "samples") == ["1", "−1", "−1", "1"]
    assert fields(program, "learning_rate") == ["0.05"]
    assert fields(program, "epochs") == ["240"]
    assert truth(program).startswith("converged at epoch 191")


def test_a_weight_takes_effect_while_it_is_typed_and_keeps_the_place(program: Chainstep) -> None:
    press(program, "Ctrl+Right", "Shift+Right", "Right", "Right")
    before = place(program)
    enter(program, "weights[1]", "0.5", end="")
    assert place(program) == before
    run = train(Experiment(weights=(0.2333, 0.5, -0.52133)))
    expected = rounded(run.weights_before(3)[1], 5, POINT)
    assert shown_numbers(program)["w₂"] == expected
    press(program, "Return")
    assert place(program) == before
    assert field(program, "weights[1]").text() == "0.5"


TYPED = [
    ("weights[0]", "0,50", 0.5),
    ("weights[0]", "0.50", 0.5),
    ("weights[0]", "-1e-3", -1e-3),
    ("weights[0]", "−0.250", -0.25),
    ("weights[0]", "+3", 3.0),
    ("learning_rate", "0,010", 0.01),
    ("learning_rate", ".1", 0.1),
    ("epochs", "20.0", 20),
    ("samples[0].x", " 2,0 ", 2.0),
    ("samples[1].target", "00.5", 0.5),
]


def test_what_was_typed_stays_as_it_was_typed(program: Chainstep) -> None:
    for name, text, value in TYPED:
        enter(program, name, text)
        press(program, "Shift+Right", "Right", "Left", "Home")
        click(button(program, "theme"))
        click(field(program, "learning_rate" if name == "epochs" else "epochs"))
        press(program, "Return")
        target = field(program, name)
        assert target.text() == text
        assert target.toolTip() == exact(value, POINT)
        assert not target.property("faulty")
        assert complaint(program, name.split("[", maxsplit=1)[0]) == ""


def test_the_learning_rate_is_that_of_the_update(program: Chainstep) -> None:
    enter(program, "learning_rate", "0,25")
    press(program, "Shift+Right")
    assert "0.25" in formula(program)
    assert formula(program).startswith("Update · layer 1")


def test_the_place_is_kept_while_epochs_are_typed_digit_by_digit(program: Chainstep) -> None:
    press(program, *["Ctrl+Right"] * 30, "Right", "Right")
    assert numbers_in_place(program) == (31, 1, 2)
    enter(program, "epochs", "100")
    assert numbers_in_place(program) == (31, 1, 2)


def test_epochs_make_the_run_shorter_and_the_place_stays_if_it_exists(program: Chainstep) -> None:
    press(program, "Ctrl+Right", "Ctrl+Right", "Right", "Right")
    enter(program, "epochs", "30")
    assert place(program) == "Epoch 3 of 30 · sample 1 of 2 · step 2 of 13"
    enter(program, "epochs", "2")
    assert place(program) == "Epoch 2 of 2 · sample 1 of 2 · step 2 of 13"


WRONG = [
    ("weights[1]", "abc", "The weight w₂: “abc” is not a number"),
    ("weights[1]", "", "The weight w₂: A number is missing here."),
    ("weights[1]", "1.000,5", "one decimal sign and no other"),
    ("weights[1]", "1e999", "The weight w₂ must be a finite number"),
    ("learning_rate", "0", "The learning rate must be greater than 0"),
    ("learning_rate", "-1", "The learning rate must be greater than 0"),
    ("epochs", "1.5", "The number of epochs must be a whole number from 0 up"),
    ("epochs", "-3", "The number of epochs must be a whole number from 0 up"),
    ("epochs", "9999999999999999", "The number of epochs must be at most 300239977394995 here"),
    ("samples[1].target", "nan", "finite number"),
    ("seed", "0.5", "The seed must be a whole number"),
    ("seed", "x", "The seed: “x” is not a number"),
]


@pytest.mark.parametrize("group", sorted({name.split("[", maxsplit=1)[0] for name, _, _ in WRONG}))
def test_what_can_not_be_is_marked_with_a_sentence_and_changes_nothing(
    program: Chainstep, group: str
) -> None:
    press(program, "Right", "Right", "Right")
    before = place(program), formula(program), answers(program), truth(program)
    for name, text, words in WRONG:
        if not name.startswith(group):
            continue
        paste(program, name, text)
        target = field(program, name)
        for _ in range(2):
            assert target.text() == text
            assert words in complaint(program, group)
            assert (place(program), formula(program), answers(program), truth(program)) == before
            press(program, "Right", "Left")
        assert target.property("faulty"), f"the field of {name} is not marked"


def test_a_negative_seed_is_refused_with_a_sentence(program: Chainstep) -> None:
    paste(program, "seed", "-1")
    assert "The seed must be a whole number from 0 up" in complaint(program, "seed")
    assert fields(program, "weights") == OPENING


def test_a_fault_goes_when_the_text_becomes_valid(program: Chainstep) -> None:
    enter(program, "weights[0]", "0.7x")
    assert field(program, "weights[0]").property("faulty")
    click(field(program, "weights[0]"))
    press(program, "End", "Backspace")
    assert field(program, "weights[0]").text() == "0.7"
    assert not field(program, "weights[0]").property("faulty")
    assert complaint(program, "weights") == ""
    assert shown_numbers(program)["w₁"] == "0.70000"


def test_a_fault_goes_when_the_old_value_is_typed_again(program: Chainstep) -> None:
    enter(program, "epochs", "2x")
    enter(program, "epochs", "240")
    assert not field(program, "epochs").property("faulty")
    assert complaint(program, "epochs") == ""


def test_faults_of_two_fields_stand_side_by_side_and_in_chinese_too(program: Chainstep) -> None:
    enter(program, "weights[0]", "one")
    enter(program, "weights[2]", "")
    assert complaint(program, "weights").count("\n") == 1
    english = complaint(program, "weights")
    speak(program, "zh_CN")
    assert field(program, "weights[0]").text() == "one"
    assert "number" not in complaint(program, "weights")
    assert field(program, "weights[0]").property("faulty")
    speak(program, "en")
    assert complaint(program, "weights") == english


def test_a_fault_stays_while_another_field_is_edited(program: Chainstep) -> None:
    enter(program, "weights[0]", "one")
    enter(program, "learning_rate", "0.1")
    assert field(program, "weights[0]").text() == "one"
    assert field(program, "weights[0]").property("faulty")
    assert "“one”" in complaint(program, "weights")
    assert shown_numbers(program)["w₁"] == "0.23330"


def test_undo_takes_back_what_was_typed_in_a_faulty_field(program: Chainstep) -> None:
    enter(program, "weights[0]", "0.9")
    enter(program, "weights[0]", "one")
    press(program, "Ctrl+Z")
    assert fields(program, "weights") == OPENING
    assert complaint(program, "weights") == ""
    assert not field(program, "weights[0]").property("faulty")


def test_one_undo_takes_back_one_visit_of_a_field(program: Chainstep) -> None:
    enter(program, "weights[0]", "0.125")
    enter(program, "learning_rate", "0,5")
    enter(program, "weights[0]", "0.75")
    press(program, "Ctrl+Z")
    assert field(program, "weights[0]").text() == "0.125"
    assert field(program, "learning_rate").text() == "0,5"
    press(program, "Ctrl+Z")
    assert field(program, "learning_rate").text() == "0.05"
    press(program, "Ctrl+Z")
    assert fields(program, "weights") == OPENING
    press(program, "Ctrl+Z")
    assert fields(program, "weights") == OPENING
    press(program, "Ctrl+Shift+Z", "Ctrl+Y", "Ctrl+Shift+Z")
    assert field(program, "weights[0]").text() == "0.75"
    assert field(program, "learning_rate").text() == "0.5"
    press(program, "Ctrl+Y")
    assert field(program, "weights[0]").text() == "0.75"


def test_undo_and_redo_work_while_a_field_has_the_focus(program: Chainstep) -> None:
    enter(program, "weights[0]", "0.125", end="")
    target = field(program, "weights[0]")
    assert QApplication.focusWidget() is target
    press(program, "Ctrl+Z")
    assert target.text() == "0.2333"
    assert shown_numbers(program)["w₁"] == "0.23330"
    press(program, "Ctrl+Shift+Z")
    assert target.text() == "0.125"
    press(program, "Ctrl+Z", "Ctrl+Y")
    assert target.text() == "0.125"
    assert shown_numbers(program)["w₁"] == "0.12500"
    assert QApplication.focusWidget() is target


def test_minus_zero_is_an_edit_that_undo_takes_back(program: Chainstep) -> None:
    enter(program, "weights[0]", "0")
    enter(program, "weights[0]", "-0")
    assert str(program.session.state.experiment.weights[0]) == "-0.0"
    press(program, "Ctrl+Z")
    assert str(program.session.state.experiment.weights[0]) == "0.0"
    assert field(program, "weights[0]").text() == "0"


def test_undo_in_a_field_takes_back_the_edit_of_another(program: Chainstep) -> None:
    enter(program, "weights[0]", "0.125")
    click(field(program, "learning_rate"))
    press(program, "Ctrl+Z")
    assert field(program, "weights[0]").text() == "0.2333"
    press(program, "Ctrl+Y")
    assert field(program, "weights[0]").text() == "0.125"


def test_undo_covers_every_edit(program: Chainstep) -> None:
    before = fields(program, "")
    for name in ("more layers", "random", "fewer layers", "add sample", "remove sample 1"):
        program.parts.experiment.ensureWidgetVisible(button(program, name))
        click(button(program, name))
    assert fields(program, "") != before
    press(program, *["Ctrl+Z"] * 5)
    assert [t for t in fields(program, "weights")] == OPENING  # noqa: C416
    assert fields(program, "samples") == ["1", "−1", "−1", "1"]
    press(program, *["Ctrl+Y"] * 5)
    assert fields(program, "samples") == ["−1", "1", "−1", "1"]
    assert len(fields(program, "weights")) == 3


def test_layers_are_added_and_taken_away_up_to_the_limits(program: Chainstep) -> None:
    press(program, "Shift+Right")
    click(button(program, "more layers"))
    assert fields(program, "weights") == [*OPENING, "1"]
    assert answers(program)[0].startswith("output ")
    assert place(program).endswith("of 17")
    click(button(program, "fewer layers"))
    assert fields(program, "weights") == OPENING
    for _ in range(5):
        if button(program, "fewer layers").possible:
            click(button(program, "fewer layers"))
    assert fields(program, "weights") == ["0.2333"]
    assert button(program, "fewer layers").toolTip() == "A chain has at least one layer"
    press(program, "Home", *["Right"] * 5)
    assert numbers_in_place(program) == (1, 1, 5)


def test_64_layers_and_64_samples_are_the_most(program: Chainstep, tmp_path: Path) -> None:
    many = Experiment(weights=[1.0] * 63, samples=[Sample(1, -1)] * 63, epochs=1)
    show_experiment(program, tmp_path, many)
    for name in ("more layers", "add sample"):
        program.parts.experiment.ensureWidgetVisible(button(program, name))
        click(button(program, name))
    assert len(fields(program, "weights")) == 64
    assert len(fields(program, "samples")) == 128
    for name in ("more layers", "add sample"):
        assert not button(program, name).possible
        assert button(program, name).toolTip() == "The window shows at most 64"
    program.parts.experiment.ensureWidgetVisible(button(program, "fewer layers"))
    click(button(program, "fewer layers"))
    assert button(program, "more layers").possible
    assert button(program, "more layers").toolTip() != "The window shows at most 64"
    enter(program, "weights[62]", "0.5")
    assert program.session.state.moment.weights[62] == 0.5


def test_samples_are_added_and_removed(program: Chainstep) -> None:
    click(button(program, "add sample"))
    assert fields(program, "samples") == ["1", "−1", "−1", "1", "−1", "1"]
    assert len(answers(program)) == 3
    enter(program, "samples[2].x", "3")
    enter(program, "samples[2].target", "−3")
    click(button(program, "remove sample 1"))
    assert fields(program, "samples") == ["−1", "1", "3", "−3"]
    assert "sample 1 of 2" in place(program)
    click(button(program, "remove sample 2"))
    assert fields(program, "samples") == ["−1", "1"]
    only = button(program, "remove sample 1")
    assert not only.possible
    assert only.toolTip() == "Training needs at least one sample"


def test_a_fault_in_a_row_that_goes_does_not_stay_behind(program: Chainstep) -> None:
    enter(program, "samples[1].x", "one")
    click(button(program, "remove sample 2"))
    assert complaint(program, "samples") == ""
    enter(program, "weights[2]", "w")
    click(button(program, "fewer layers"))
    assert complaint(program, "weights") == ""


def test_random_weights_come_from_the_seed_that_is_shown(program: Chainstep) -> None:
    click(button(program, "random"))
    seed = int(field(program, "seed").text())
    drawn = random_weights(3, seed)
    assert [shown_numbers(program)[w] for w in ("w₁", "w₂", "w₃")] == [
        rounded(w, 5, POINT) for w in drawn
    ]
    enter(program, "seed", "7")
    drawn = random_weights(3, 7)
    assert [shown_numbers(program)[w] for w in ("w₁", "w₂", "w₃")] == [
        rounded(w, 5, POINT) for w in drawn
    ]
    assert field(program, "seed").text() == "7"
    click(field(program, "weights[0]"))
    assert field(program, "weights[0]").text() == exact(drawn[0], POINT)
    press(program, "Return")
    assert len(field(program, "weights[0]").text()) <= 10
    press(program, "Ctrl+Z", "Ctrl+Z")
    assert fields(program, "weights") == OPENING


@popups
def test_activation_and_algorithm_are_chosen(program: Chainstep) -> None:
    press(program, "Shift+Right")
    choose(program, "activation", 1)
    combo = program.window.findChild(QComboBox, "activation")
    assert combo is not None
    assert combo.currentText() == "tanh"
    run = train(Experiment(activation="tanh"))
    expected = rounded(run.experiment.output(run.theta_before(1), 1.0), 5, POINT)
    assert answers(program)[0].split()[1] == f"{expected},"
    choose(program, "algorithm", 1)
    press(program, "Home", *["Right"] * 7)
    assert formula(program).startswith("Update · layer 3")
    press(program, "Ctrl+Z", "Ctrl+Z")
    assert combo.currentText() == "None (linear)"
    assert numbers_in_place(program)[:2] == (1, 1)


def test_the_predictions_are_the_engines_with_the_weights_as_they_stand(program: Chainstep) -> None:
    enter(program, "samples[0].x", "0.75")
    run = train(Experiment(samples=(Sample(0.75, -1), Sample(-1, 1))))
    for keys, update in ((["Home"], 0), (["Shift+Right"], 1), (["Ctrl+Right"], 2), (["End"], 480)):
        press(program, *keys)
        for row, x in enumerate((0.75, -1.0)):
            answer = prediction(run.experiment, run.theta_before(update), x)
            sign, target = "+" if answer.output > 0 else "−", ("−", "+")[row]
            told = f"output {rounded(answer.output, 5, POINT)}, sign {sign}, target {target}"
            assert answers(program)[row] == told
    labels = program.parts.experiment.findChildren(QLabel)
    verdicts = [label for label in labels if "✓" in label.text()]
    assert len(verdicts) == 2
    assert verdicts[0].toolTip() == "The sign is the target’s"


def test_samples_that_make_the_run_too_long_are_refused_with_a_sentence(
    program: Chainstep,
) -> None:
    paste(program, "epochs", "300239977394995")
    click(button(program, "add sample"))
    assert "at most 200159993877845 here" in complaint(program, "samples") + notice(program)
    assert len(fields(program, "samples")) == 4
    press(program, "Esc")
    assert fields(program, "epochs") == ["240"]


def test_tab_goes_down_the_panel_and_every_control_has_a_name(program: Chainstep) -> None:
    click(button(program, "more layers"))
    click(button(program, "add sample"))
    button(program, "fewer layers").setFocus(Qt.FocusReason.TabFocusReason)
    met = []
    for _ in range(25):
        focus = QApplication.focusWidget()
        assert focus is not None
        assert focus.accessibleName() or focus.objectName() in {"learning_rate", "epochs"}
        met.append(focus.objectName())
        press(program, "Tab")
    expected = ["fewer layers", "layers", "more layers", "random", "seed", "with biases"]
    expected += [f"weights[{i}]" for i in range(4)]
    expected += ["learning_rate", "epochs", "activation", "algorithm", "add sample"]
    expected += ["import samples"]
    for row in range(3):
        expected += [f"samples[{row}].x", f"samples[{row}].target", f"remove sample {row + 1}"]
    assert met[: len(expected)] == expected


def test_a_field_left_by_tab_keeps_its_text_and_ends_the_edit(program: Chainstep) -> None:
    enter(program, "weights[0]", "0,1", end="Tab")
    assert QApplication.focusWidget() is field(program, "weights[1]")
    write(program, "0,2")
    press(program, "Return", "Ctrl+Z")
    assert fields(program, "weights") == ["0,1", *OPENING[1:]]


# --- under the pointer ---------------------------------------------------------------------


def place_of(widget: QWidget) -> QRect:
    """Return where a widget stands in the window."""
    return QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size())


def bring(widget: QWidget) -> None:
    """Scroll to a widget, in every area that it stands in."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget)
        parent = parent.parentWidget()
    settle()


def click_there(program: Chainstep, where: QPoint) -> None:
    """Click into the window, on whatever is there."""
    target = program.window.childAt(where)
    assert target is not None
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=target.mapFrom(program.window, where))
    settle()


@pytest.mark.parametrize("size", [(1440, 900), (1024, 700)])
@pytest.mark.parametrize("theme", ["light", "projector"])
def test_what_adds_and_removes_stays_under_the_pointer(
    program: Chainstep, theme: str, size: tuple[int, int]
) -> None:
    program.session.set_look(theme=theme)
    program.window.resize(*size)
    settle()
    for name, start, after in (
        ("more layers", "weights", 11),
        ("fewer layers", "weights", 3),
        ("add sample", "samples", 20),
        ("remove sample 1", "samples", 4),
    ):
        bring(button(program, name))
        where = place_of(button(program, name)).center()
        for _ in range(8):
            target = program.window.childAt(where)
            assert target is not None and target.objectName() == name  # noqa: PT018
            click_there(program, where)
        assert len(fields(program, start)) == after, name


def test_a_field_sets_the_number_of_layers(program: Chainstep) -> None:
    press(program, "Shift+Right")
    stood = place(program).split(" · ")[:2]
    enter(program, "layers", "12")
    assert fields(program, "weights") == [*OPENING, *["1"] * 9]
    assert field(program, "layers").text() == "12"
    assert place(program).split(" · ")[:2] == stood
    enter(program, "layers", "2")
    assert fields(program, "weights") == OPENING[:2]
    press(program, "Ctrl+Z")
    assert len(fields(program, "weights")) == 12
    assert field(program, "layers").text() == "12"
    press(program, "Ctrl+Z")
    assert fields(program, "weights") == OPENING
    press(program, "Ctrl+Y")
    assert len(fields(program, "weights")) == 12
    click(button(program, "more layers"))
    assert field(program, "layers").text() == "13"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("0", "The number of layers must be a whole number from 1 up"),
        ("65", "the window shows at most 64, not 65"),
        ("1e9", "The number of layers must be at most"),
        ("2.5", "whole number"),
        ("many", "is not a number"),
        ("", "A number is missing here."),
    ],
)
def test_a_number_of_layers_that_can_not_be_is_told(
    program: Chainstep, text: str, words: str
) -> None:
    paste(program, "layers", text)
    assert words in complaint(program, "layers")
    assert fields(program, "weights") == OPENING
    click(button(program, "more layers"))
    assert complaint(program, "layers") == ""
    assert field(program, "layers").text() == "4"


def test_arrows_and_wheel_count_layers(program: Chainstep) -> None:
    target = field(program, "layers")
    turn_wheel(target, target.rect().center(), 120)
    assert target.text() == "3"
    click(target)
    press(program, "Up", "Up", "Down", "Up")
    assert target.text() == "5"
    turn_wheel(target, target.rect().center(), -120)
    assert fields(program, "weights") == [*OPENING, "1"]
    press(program, "PgUp", "PgDown", "PgDown", "Down")
    assert fields(program, "weights") == OPENING[:1]
    press(program, "Ctrl+Z")
    assert fields(program, "weights") == OPENING


def test_messages_stand_in_a_place_of_their_own_and_nothing_moves(program: Chainstep) -> None:
    program.window.resize(1440, 1000)
    settle()

    def places() -> dict[str, QRect]:
        inside = program.parts.experiment.widget()
        found = [w for w in inside.findChildren(QWidget) if w.isVisible() and w.objectName()]
        return {w.objectName(): place_of(w) for w in found if "qt_" not in w.objectName()}

    enter(program, "weights[1]", "0.5")
    before = places()
    for name, text in (("weights[0]", "one"), ("weights[2]", "1..2"), ("learning_rate", "-1")):
        enter(program, name, text)
        assert places() == before
    enter(program, "samples[1].x", "x")
    assert places() == before
    labels = [
        label
        for label in program.window.findChildren(QLabel)
        if label.objectName().startswith("problem") and label.isVisible()
    ]
    assert len(labels) == 3
    for label in labels:
        assert label.height() >= label.heightForWidth(label.width())
        for where in before.values():
            assert not where.intersects(place_of(label)), label.text()
    assert "“x”" in field(program, "samples[1].x").accessibleDescription()
    enter(program, "weights[0]", "0.1")
    enter(program, "weights[2]", "0.1")
    assert places() == before


def test_no_field_moves_where_the_panel_scrolls(program: Chainstep, tmp_path: Path) -> None:
    many = Experiment(weights=[0.5] * 8, samples=[Sample(1, -1)] * 8, epochs=1)
    show_experiment(program, tmp_path, many)
    program.window.resize(1024, 700)
    settle()
    view = program.parts.experiment
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum())
    settle()
    target = field(program, "samples[2].x")
    stood = place_of(target)
    click(target)
    press(program, "Ctrl+A")
    write(program, "x")
    assert complaint(program, "samples")
    assert place_of(target) == stood
    press(program, "Backspace", "1")
    assert not complaint(program, "samples")
    assert place_of(target) == stood
    bar.setValue(0)
    settle()
    assert bar.maximum() > 0


def test_the_panel_keeps_its_width_and_its_fields_whatever_the_numbers(program: Chainstep) -> None:
    dock = program.window.experiment_dock
    width, first = dock.width(), place_of(field(program, "layers"))
    for keys in (["Right"], ["Ctrl+Right"], ["End"], ["Home"]):
        press(program, *keys)
        assert dock.width() == width
    for name, text in (
        ("layers", "1"),
        ("layers", "12"),
        ("samples[0].x", "0.1234567"),
        ("samples[0].target", "0.12345"),
        ("learning_rate", "1000"),
        ("weights[0]", "1e-300"),
    ):
        enter(program, name, text)
        assert dock.width() == width, name
        program.parts.experiment.verticalScrollBar().setValue(0)  # Enter scrolled to the next field
        assert place_of(field(program, "layers")) == first, name
