"""Weights, biases and the learning rate are dragged: everything follows, and it is one edit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from engine import Experiment, moment_at, train
from engine.quantities import Name, Quantity
from engine.user_error import Location
from gui.shell.app import Chainstep
from gui.state.dragged import dragged
from tests.gui.screen import LEFT, NONE, box_at, drag, field, press, send, settle


def by(where: QPoint, x: int, y: int = 0) -> QPoint:
    return where + QPoint(x, y)


@given(st.floats(-1e3, 1e3), st.integers(-500, 500))
def test_a_drag_to_and_fro_goes_by_hundredths(start: float, pixels: int) -> None:
    assert dragged(start, 0) == pytest.approx(start, abs=0.01 * max(1.0, abs(start)))
    further, finer = dragged(start, pixels), dragged(start, pixels, fine=True)
    assert (further - start) * pixels >= -0.01
    assert abs(finer - start) <= abs(further - start) + 0.01 * max(1.0, abs(start))
    assert dragged(abs(start) or 1.0, pixels, positive=True) > 0


def test_the_first_hundredths() -> None:
    assert dragged(0.5, 10) == 0.6
    assert dragged(0.5, -10, fine=True) == 0.49
    assert dragged(0.05, 70, positive=True) == pytest.approx(0.1, rel=0.01)
    assert dragged(120.0, 1) == 121.0


def test_a_card_is_dragged_and_all_of_it_is_one_edit(program: Chainstep) -> None:
    chain, session = program.window.chain, program.session
    session.seek(4)
    press(program, "Tab")
    before, where = session.state.experiment, box_at(program, "w₂")
    drag(chain, where, by(where, 20), by(where, 50), by(where, 100))
    after = session.state.experiment
    assert after.weights[1] == pytest.approx(before.weights[1] + 1.0)
    assert after.weights[::2] == before.weights[::2]
    # What is seen is the training that begins there, at the same step.
    assert session.state.run.experiment == after
    assert session.state.index == 4
    assert session.state.moment.loss == moment_at(train(after), 4).loss
    press(program, "Ctrl+Z")
    assert session.state.experiment == before
    press(program, "Ctrl+Y")
    assert session.state.experiment == after


def test_everything_follows_while_it_is_dragged_and_escape_puts_it_back(
    program: Chainstep,
) -> None:
    chain, session = program.window.chain, program.session
    press(program, "End")
    program.session.change(Location("learning_rate"), 0.1)
    program.session.settle()
    press(program, "Ctrl+Z")
    before, where = session.state.experiment, box_at(program, "w₁")
    QTest.mousePress(chain, LEFT, NONE, where)
    send(chain, QEvent.Type.MouseMove, by(where, 0, -40), LEFT)
    QTest.qWait(30)
    live = session.state
    assert live.experiment.weights[0] == pytest.approx(before.weights[0] + 0.4, abs=1e-3)
    assert live.run.experiment == live.experiment
    press(program, "Esc")
    assert session.state.experiment == before
    assert not session.state.can_undo
    assert session.state.can_redo, "what was taken back before can still be done again"
    QTest.mouseRelease(chain, LEFT, NONE, by(where, 0, -40))
    settle()
    assert session.state.experiment == before


def test_a_click_on_a_card_still_edits_it(program: Chainstep) -> None:
    before = program.session.state.experiment
    QTest.mouseClick(program.window.chain, LEFT, NONE, box_at(program, "w₁"))
    settle()
    assert program.session.state.experiment == before
    assert field(program, "weights[0]").hasFocus()


def test_a_label_of_the_editor_is_dragged(program: Chainstep) -> None:
    label = next(
        one for one in program.parts.experiment.findChildren(QLabel) if "Learning" in one.text()
    )
    where = QPoint(10, 5)
    drag(label, where, by(where, 30), by(where, 70))
    assert program.session.state.experiment.learning_rate == pytest.approx(0.1, rel=0.01)
    press(program, "Ctrl+Z")
    assert program.session.state.experiment == Experiment()


def test_keys_do_it_on_the_card_in_the_ring_and_in_a_field(program: Chainstep) -> None:
    session = program.session
    program.window.chain.setFocus()
    press(program, "Down")
    session.highlight(Name(Quantity.WEIGHT, 2), walks=True)
    start = session.state.experiment.weights[1]
    press(program, "Alt+Up", "Alt+Up", "Alt+Shift+Down")
    assert session.state.experiment.weights[1] == pytest.approx(start + 0.1 - 0.005)
    press(program, "Esc", "Ctrl+Z")
    assert session.state.experiment == Experiment()
    rate = field(program, "learning_rate")
    rate.setFocus()
    press(program, "Alt+Up")
    assert session.state.experiment.learning_rate > 0.05
    assert rate.text() == repr(session.state.experiment.learning_rate)


def test_of_a_long_training_the_beginning_is_shown_until_it_is_let_go(
    program: Chainstep,
) -> None:
    session = program.session
    program.open_at_once(Experiment(epochs=30_000, learning_rate=0.001))
    place = Location("weights", 0)
    for value in (0.3, 0.4, 0.5):
        session.drag(place, value)
        assert session.state.experiment.weights[0] == value
        assert session.state.run.experiment.weights[0] == value
        assert session.state.run.experiment.epochs < 30_000
    session.drop()
    while session.state.progress is not None:
        settle()
    assert session.state.run.experiment == session.state.experiment
    assert session.state.run.experiment.epochs == 30_000
    session.undo()
    assert session.state.experiment.weights[0] == Experiment().weights[0]
