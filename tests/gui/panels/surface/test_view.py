"""The loss surface in the window: what it shows, and what wheel, click, keys and choices do."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from engine import Experiment
from gui.panels.surface.diagram import SurfaceDiagram
from gui.panels.surface.picture import surface_picture
from gui.panels.surface.view import LossSurfaceView
from gui.shell.app import Chainstep
from gui.widgets.choice import Choice
from tests.gui.screen import LEFT, NONE, press, settle, show_experiment


@pytest.fixture
def panel(program: Chainstep) -> LossSurfaceView:
    press(program, "Ctrl+6")
    found = program.window.findChild(LossSurfaceView)
    assert isinstance(found, LossSurfaceView)
    assert found.isVisible()
    return found


def diagram(panel: LossSurfaceView) -> SurfaceDiagram:
    found = panel.findChild(SurfaceDiagram)
    assert isinstance(found, SurfaceDiagram)
    return found


def at(panel: LossSurfaceView, x: float, y: float) -> QPoint:
    """Return where a place of the plane is, in pixels of the diagram."""
    where = diagram(panel)
    scene = where.view.mapViewToScene(QPointF(x, y))
    return QPoint(where.mapFromScene(scene))


def texts(panel: LossSurfaceView) -> str:
    return " | ".join(label.text() for label in panel.findChildren(QLabel))


def test_it_says_where_the_run_is_and_follows_it(
    program: Chainstep, panel: LossSurfaceView
) -> None:
    assert "Now: w₁ = 0.23330, w₂ = −0.23300" in texts(panel)
    assert "w₁·w₂ = 1.9182" in texts(panel)
    press(program, "End")
    assert "L = 0.0000" in texts(panel) or "×10⁻" in texts(panel)


def test_pointing_reads_the_loss_there(panel: LossSurfaceView) -> None:
    QTest.mouseMove(diagram(panel).viewport(), at(panel, 1.0, 0.0))
    settle()
    found = re.search(r"Here: w₁ = (\S+), w₂ = (\S+), L = (\S+)", texts(panel))
    assert found
    x, y, loss = (float(number.replace("−", "-")) for number in found.groups())
    assert (x, y) == pytest.approx((1, 0), abs=0.02)
    assert loss == pytest.approx(0.5 * (1 + x * y * -0.52133) ** 2, rel=1e-4)


def test_a_click_on_the_path_goes_there(program: Chainstep, panel: LossSurfaceView) -> None:
    program.session.seek(program.session.state.last)
    settle()
    weights = program.session.state.run.weights_before(300)
    QTest.mouseClick(
        diagram(panel).viewport(), Qt.MouseButton.LeftButton, pos=at(panel, *weights[:2])
    )
    settle()
    assert program.session.state.moment.update == pytest.approx(300, abs=15)
    before = program.session.state.index
    QTest.mouseClick(diagram(panel).viewport(), Qt.MouseButton.LeftButton, pos=at(panel, -1.2, 1))
    settle()
    assert program.session.state.index == before


def test_wheel_and_keys_zoom_and_whole_shows_all(panel: LossSurfaceView) -> None:
    where = diagram(panel)
    whole = where.piece
    centre = where.viewport().rect().center()
    event = QWheelEvent(
        QPointF(centre),
        QPointF(where.viewport().mapToGlobal(centre)),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003 - Qt's own order
    )
    QApplication.sendEvent(where.viewport(), event)
    settle()
    wheeled = where.piece
    assert wheeled.right - wheeled.left < whole.right - whole.left
    QTest.keyClick(where, Qt.Key.Key_Plus)
    assert where.piece.right - where.piece.left < wheeled.right - wheeled.left
    panel._buttons["whole"].click()
    settle()
    assert where.piece == pytest.approx(whole)


def test_both_axes_have_the_same_scale_at_every_size(
    program: Chainstep, panel: LossSurfaceView
) -> None:
    for width, height in ((1440, 900), (1250, 700), (1900, 1000)):
        program.window.resize(width, height)
        settle()
        for zoomed in (False, True):
            if zoomed:
                QTest.keyClick(diagram(panel), Qt.Key.Key_Plus)
            across, up = diagram(panel).view.viewPixelSize()
            assert across == pytest.approx(up, rel=1e-6)
        panel._buttons["whole"].click()
        settle()
        piece, frame = diagram(panel).piece, surface_picture(program.session.state).frame
        assert piece.left <= frame.left + 1e-9
        assert piece.right >= frame.right - 1e-9
        assert piece.high >= frame.high - 1e-9


def test_any_two_weights_can_be_chosen(panel: LossSurfaceView) -> None:
    across = panel.findChild(Choice, "surface x")
    assert isinstance(across, Choice)
    across.chosen.emit("w3")
    settle()
    assert "Now: w₃ = −0.52133, w₂ = −0.23300" in texts(panel)
    across.chosen.emit("w2")
    settle()
    assert "Now: w₂ = −0.23300, w₃ = −0.52133" in texts(panel)


@pytest.mark.parametrize(
    "experiment",
    [
        Experiment(weights=(0.4,)),
        Experiment(weights=(0.1,) * 64, epochs=3),
        Experiment(epochs=0),
        Experiment(learning_rate=5.0),
    ],
)
def test_it_shows_every_experiment(
    program: Chainstep, panel: LossSurfaceView, tmp_path: Path, experiment: Experiment
) -> None:
    show_experiment(program, tmp_path, experiment)
    press(program, "End", "Home", "Right")
    program.session.set_look(language="zh_CN", theme="projector")
    settle()
    assert "损失" in texts(panel)
    assert len(set(diagram(panel).grab().toImage().constBits()[::997])) > 2


def test_its_axes_have_the_decimal_sign_that_is_chosen(
    program: Chainstep, panel: LossSurfaceView
) -> None:
    for sign in (",", "."):
        program.session.set_look(decimal=sign)
        settle()
        for side in ("left", "bottom"):
            axis = diagram(panel).axis(side)
            axis.tickValues(-0.15, 0.15, 300)
            words = axis.tickStrings([], 1.0, 1.0)
            assert {sign} == {mark for word in words for mark in word if mark in ".,"}


def test_a_click_away_from_the_path_starts_the_training_there(
    program: Chainstep, panel: LossSurfaceView
) -> None:
    press(program, "End")
    others = program.session.state.moment.weights[2:]
    QTest.mouseClick(diagram(panel).viewport(), LEFT, NONE, at(panel, 1.2, -0.7))
    QTest.qWait(QApplication.doubleClickInterval() + 50)
    settle()
    experiment = program.session.state.experiment
    assert experiment.weights[:2] == pytest.approx((1.2, -0.7), abs=0.03)
    assert experiment.weights[2:] == others
    assert program.session.state.index == 0
    press(program, "Ctrl+Z")
    assert program.session.state.experiment == Experiment()
