"""Small manners that a newcomer stumbles over when they are missing."""

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QProgressBar

from engine import Experiment, Sample
from gui.shell.app import Chainstep
from tests.gui.screen import (
    answers,
    box_at,
    complaint,
    double_click,
    enter,
    field,
    numbers_in_place,
    press,
    settle,
    show_experiment,
    truth,
    wait_for,
)


def test_cancel_goes_back_to_before_the_number_was_typed(program: Chainstep) -> None:
    enter(program, "epochs", "4000000", end="")
    bar = program.window.findChild(QProgressBar)
    assert bar is not None
    wait_for(bar.isVisible)
    press(program, "Esc")
    assert field(program, "epochs").text() == "240"
    assert truth(program).startswith("converged at epoch 191")


def test_cancel_takes_back_what_was_edited_while_it_trained(program: Chainstep) -> None:
    enter(program, "epochs", "4000000")
    enter(program, "learning_rate", "0.1")
    press(program, "Esc")
    assert program.session.state.experiment == Experiment()
    assert not program.session.state.can_undo


def test_where_not_every_target_is_a_label_there_are_none(
    program: Chainstep, tmp_path: Path
) -> None:
    experiment = Experiment(samples=(Sample(1.0, 2.0), Sample(2.0, -1.0)))
    show_experiment(program, tmp_path, experiment)
    first, second = answers(program)[:2]
    assert "→" not in first
    assert "✓" not in first
    assert "→" not in second


def test_escape_takes_nonsense_back(program: Chainstep) -> None:
    enter(program, "weights[1]", "nonsense", end="")
    assert complaint(program, "weights")
    press(program, "Escape")
    assert complaint(program, "weights") == ""
    assert field(program, "weights[1]").text() == "−0.233"
    assert program.session.state.experiment == Experiment()


def test_a_whole_number_is_asked_for_where_one_is_needed(program: Chainstep) -> None:
    enter(program, "epochs", "abc")
    assert "240" in complaint(program, "epochs")
    enter(program, "learning_rate", "abc")
    assert "0.05" in complaint(program, "learning_rate")


def test_a_double_click_on_a_plot_goes_nowhere(program: Chainstep) -> None:
    press(program, "Ctrl+Right", "Right")
    before = numbers_in_place(program)
    diagram = program.window.findChild(object, "plot weights")
    double_click(diagram.viewport(), QPoint(200, 60))
    settle()
    assert numbers_in_place(program) == before


def test_an_updated_weight_keeps_its_name(program: Chainstep) -> None:
    press(program, *["Right"] * 11)
    assert box_at(program, "w₃")


def test_a_table_can_go_to_a_pipe() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "gui", "train", "--epochs", "1", "--csv", "/dev/stdout"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
    )
    assert done.returncode == 0
    assert done.stdout.startswith("update,epoch,sample,")
