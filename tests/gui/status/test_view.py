"""The status line: the keys that matter, the truth about the run, and a training under way."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QProgressBar

from engine import Experiment
from gui.shell.app import Chainstep
from gui.widgets.labels import Items
from tests.gui.screen import (
    button,
    click,
    enter,
    field,
    fields,
    formula,
    numbers_in_place,
    paste,
    press,
    show_experiment,
    shown_numbers,
    speak,
    truth,
    wait_for,
)

LONG = "3000000000"


def keys(program: Chainstep) -> str:
    label = program.window.findChild(QLabel, "keys")
    assert label is not None
    return label.text()


@pytest.mark.parametrize(
    ("experiment", "words"),
    [
        (Experiment(), "converged at epoch 191"),
        (Experiment(epochs=50), "plateau: the loss stays close to "),
        (Experiment(epochs=2), "not converged: loss "),
        (Experiment(weights=(2.0, 2.0), learning_rate=5.0, epochs=40), "diverged at epoch "),
    ],
    ids=["converged", "plateau", "not yet", "diverged"],
)
def test_the_truth_about_the_run(
    program: Chainstep, tmp_path: Path, experiment: Experiment, words: str
) -> None:
    show_experiment(program, tmp_path, experiment)
    assert truth(program).startswith(words)
    assert "gradients" in truth(program)


def test_the_keys_that_matter_now(program: Chainstep) -> None:
    assert keys(program).startswith("Space play · → step · ← step back")
    press(program, "Space")
    assert keys(program).startswith("Space pause")
    press(program, "Space")
    assert keys(program).startswith("Space play")


def test_keys_that_have_no_room_go_as_a_whole(program: Chainstep) -> None:
    label = program.window.findChild(Items, "keys")
    assert label is not None
    whole = label.text().split(" · ")
    for room in range(100, 700, 20):
        shown = label.fitting(room).split(" · ")
        assert shown == [*whole[: len(shown) - 1], "F1 all keys"]
        assert label.fontMetrics().horizontalAdvance(" · ".join(shown)) <= room
    assert label.fitting(1000) == label.text()


def bar(program: Chainstep) -> QProgressBar:
    found = program.window.findChild(QProgressBar)
    assert found is not None
    return found


@pytest.fixture
def training(program: Chainstep) -> Iterator[Chainstep]:
    """The program while it trains many epochs."""
    press(program, "Right", "Right")
    paste(program, "epochs", LONG)
    wait_for(lambda: bar(program).isVisible())
    yield program
    press(program, "Esc")


def test_a_long_training_tells_its_progress_and_leaves_the_window_usable(
    training: Chainstep,
) -> None:
    assert button(training, "cancel").isVisible()
    assert not training.window.findChild(QLabel, "truth").isVisible()
    wait_for(lambda: bar(training).value() > 0, 10_000)
    assert "Training the new run: " in training.parts.status._training.text()
    press(training, "Right")
    assert numbers_in_place(training) == (1, 1, 3)
    assert formula(training).startswith("Forward · layer 3")
    speak(training, "zh_CN")
    speak(training, "en")
    assert bar(training).isVisible()
    assert field(training, "epochs").text() == LONG


@pytest.mark.parametrize("by", ["Esc", "button"])
def test_a_long_training_can_be_cancelled(training: Chainstep, by: str) -> None:
    if by == "Esc":
        press(training, "Esc")
    else:
        click(button(training, "cancel"))
    assert not bar(training).isVisible()
    assert truth(training).startswith("converged at epoch 191")
    assert fields(training, "epochs") == ["240"]
    assert numbers_in_place(training) == (1, 1, 2)
    QTest.qWait(50)
    assert "of 240" in training.window.timeline._title.text()


def test_esc_cancels_also_while_a_field_has_the_focus(program: Chainstep) -> None:
    paste(program, "epochs", LONG, end="")
    assert bar(program).isVisible()
    press(program, "Esc")
    assert not bar(program).isVisible()
    assert fields(program, "epochs") == ["240"]


def test_another_edit_takes_the_place_of_the_training_under_way(training: Chainstep) -> None:
    enter(training, "epochs", "20")
    assert not bar(training).isVisible()
    assert "of 20 ·" in training.window.timeline._title.text()
    QTest.qWait(100)
    assert "of 20 ·" in training.window.timeline._title.text()


@pytest.mark.parametrize("by", ["Esc", "Ctrl+Z", "an edit"])
def test_the_answer_of_a_dropped_training_is_never_shown(program: Chainstep, by: str) -> None:
    paste(program, "epochs", "1000000")
    if by == "an edit":
        paste(program, "epochs", "20")
    else:
        press(program, by)
    shown = program.window.timeline._title.text()
    program.session._worker._pool.submit(int).result()  # the thread has ended what it did
    QTest.qWait(50)
    assert program.window.timeline._title.text() == shown
    assert shown.startswith("Epoch 1 of 20 " if by == "an edit" else "Epoch 1 of 240 ")


def test_the_end_of_a_training_shows_its_run_at_the_same_place(program: Chainstep) -> None:
    press(program, "Ctrl+Right", "Right")
    paste(program, "epochs", "20000")
    wait_for(lambda: not bar(program).isVisible(), 20_000)
    assert program.window.timeline._title.text().startswith("Epoch 2 of 20000 · sample 1 of 2")
    enter(program, "weights[0]", "0.3", end="")
    wait_for(lambda: not bar(program).isVisible(), 20_000)
    assert shown_numbers(program)["w₁"] != "0.23330"
    assert program.window.timeline._title.text().startswith("Epoch 2 of 20000 · sample 1 of 2")


def test_undo_ends_a_training_too(training: Chainstep) -> None:
    press(training, "Ctrl+Z")
    assert not bar(training).isVisible()
    assert fields(training, "epochs") == ["240"]
