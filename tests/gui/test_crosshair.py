"""The cross-hair: by keys alone, all that the mouse does in plots, surface and curves."""

import math

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from engine import Experiment, train
from engine.checking.error_curve import EPSILONS
from gui.panels.gradient_check.curves import ErrorDiagram
from gui.panels.surface.diagram import SurfaceDiagram
from gui.panels.surface.view import LossSurfaceView
from gui.plots.diagram import RunDiagram
from gui.plots.view import PlotsView
from gui.shell.app import Chainstep
from gui.widgets.crosshair import Crosshair
from gui.widgets.diagram.epochs import EpochDiagram
from tests.gui.screen import image, numbers_in_place, popups, press, settle, wait_for

Crossable = RunDiagram | SurfaceDiagram | ErrorDiagram | EpochDiagram


pytestmark = popups  # tool tips that say why a button can do nothing


def tabbed_to(program: Chainstep, name: str) -> QWidget:
    """Walk with Tab until the diagram of a name has the focus, and ask for the cross-hair."""
    for _ in range(120):
        press(program, "Tab")
        focus = QApplication.focusWidget()
        if focus is not None and focus.objectName() == name:
            # Until it is asked for, the arrows step.
            stood = program.session.state.index
            press(program, "Right", "Left")
            assert abs(program.session.state.index - stood) <= 1  # 1 at the end of the run
            press(program, "Down")
            return focus
    raise AssertionError(f"Tab does not come to {name}")


def cross_of(host: QWidget) -> Crosshair:
    found = host.findChild(Crosshair)
    assert isinstance(found, Crosshair)
    return found


def crossed(program: Chainstep, name: str) -> QWidget:
    """Give the focus to the diagram of a name, and ask for the cross-hair."""
    host = program.window.findChild(QWidget, name)
    assert host is not None
    host.setFocus(Qt.FocusReason.TabFocusReason)
    press(program, "Down")
    return host


def plots(program: Chainstep) -> PlotsView:
    found = program.window.findChild(PlotsView)
    assert isinstance(found, PlotsView)
    return found


def at(host: QWidget) -> QPointF:
    where = cross_of(host).at
    assert where is not None
    return where


def keys(program: Chainstep, key: str, times: int) -> None:
    press(program, *[key] * times)


def loss(epoch: int, sample: int) -> float:
    """Return the loss of an update, from a training of its own."""
    return train(Experiment()).loss((epoch - 1) * 2 + sample - 1)


def test_a_plot_is_read_walked_zoomed_and_gone_to_by_keys(program: Chainstep) -> None:
    press(program, "Ctrl+Right", "Shift+Right")
    host = tabbed_to(program, "plot loss")
    assert isinstance(host, RunDiagram)
    # It begins at the present moment, whose place and numbers are said.
    first = plots(program).reading.splitlines()
    assert first[0] == "Epoch 2, sample 1, step 13"
    assert f"L₁: {loss(2, 1):.5g}" in plots(program).reading
    assert (
        f"L₂: {loss(1, 2):.5g}" in plots(program).reading
        or f"L₂: {loss(2, 2):.5g}" in plots(program).reading
    )
    # Keys of the window stay its own but for those that move the cross-hair.
    before = at(host)
    press(program, "Right")
    assert at(host).x() == before.x() + 1
    press(program, "Shift+Right", "Down", "Shift+Up")
    assert at(host) - before == QPointF(17, -15)
    assert numbers_in_place(program) == (2, 1, 13)
    keys_shown = program.window.findChild(QLabel, "keys")
    assert isinstance(keys_shown, QLabel)
    assert keys_shown.text().startswith("Arrows move here")
    press(program, "Ctrl+C")
    assert QApplication.clipboard().text() == plots(program).reading
    # Enter goes to what is read.
    keys(program, "Shift+Right", 5)
    words = plots(program).reading.splitlines()[0].replace(",", "").split()
    press(program, "Return")
    assert numbers_in_place(program) == (int(words[1]), int(words[3]), int(words[5]))
    # + and − zoom about the cross-hair, which stays; 0 shows all.
    across = host._view_range[1] - host._view_range[0]
    epoch, read = host._values(at(host))[0], plots(program).reading
    press(program, "+")
    assert host._view_range[1] - host._view_range[0] == pytest.approx(across / 1.25)
    assert host._values(at(host))[0] == pytest.approx(epoch)
    assert plots(program).reading == read
    press(program, "Home", "Shift+Left")
    assert host._view_range[0] < epoch
    press(program, "-", "0")
    assert host._view_range[:2] == pytest.approx((0, 240))
    # Escape puts it away and leaves the focus, Enter brings it back, Tab goes on.
    press(program, "Esc")
    assert cross_of(host).at is None
    assert plots(program).reading == ""
    assert QApplication.focusWidget() is host
    stood = program.session.state.index
    press(program, "Right")
    assert program.session.state.index == stood + 1
    press(program, "Return")
    assert cross_of(host).at is not None
    press(program, "Tab")
    assert cross_of(host).at is None
    assert not cross_of(host).isVisible()


def test_the_cross_and_its_words_are_seen(program: Chainstep) -> None:
    host = crossed(program, "plot weights")
    assert isinstance(host, RunDiagram)
    keys(program, "Shift+Right", 3)
    with_cross = image(host)
    where = at(host).toPoint()
    assert with_cross.pixelColor(where.x(), int(host.cross_area().top()) + 4) == QColor("#000000")
    press(program, "Esc")
    assert image(host).pixelColor(where.x(), int(host.cross_area().top()) + 4) != QColor("#000000")


def test_of_many_curves_the_one_at_the_cross_hair_is_read(program: Chainstep) -> None:
    deep = Experiment(weights=tuple(0.1 * k for k in range(1, 11)), epochs=3)
    program.session.replace_experiment(deep)
    host = crossed(program, "plot weights")
    assert isinstance(host, RunDiagram)
    named = set()
    for _ in range(40):
        lines = plots(program).reading.splitlines()
        assert len(lines) == 2
        named.add(lines[1].split(":")[0])
        press(program, "Shift+Up" if len(named) < 2 else "Shift+Down")
    assert len(named) >= 2


def test_the_true_value_is_read_where_a_curve_is_cut(program: Chainstep) -> None:
    program.session.replace_experiment(
        Experiment(weights=(1.0, 1.0, 5.0), learning_rate=1.0, epochs=4)
    )
    run = program.session.state.run
    crossed(program, "plot loss")
    press(program, "End")
    assert "NaN" in plots(program).reading or "∞" in plots(program).reading
    assert not math.isfinite(run.loss(run.updates - 1))


def test_the_surface_is_read_picked_and_moved(program: Chainstep) -> None:
    press(program, "Ctrl+6", "End")
    panel = program.window.findChild(LossSurfaceView)
    assert isinstance(panel, LossSurfaceView)
    wait_for(panel.isVisible)
    host = crossed(program, "loss surface")
    assert isinstance(host, SurfaceDiagram)
    # It begins at the run: the loss there is that of the trained weights.
    weights = train(Experiment()).final_weights
    assert panel.reading.startswith("Here: w₁ = ")
    told = [float(part.split("= ")[1].replace("−", "-")) for part in panel.reading.split(", ")[:2]]
    assert told == pytest.approx(weights[:2], abs=0.01)
    # On the path, Enter goes to where the run was there.
    press(program, "Return")
    assert program.session.state.index > 12 * 26
    # At an edge the plane moves; away from the path Enter starts the training there.
    left = host.piece.left
    press(program, "Home", "Shift+Left")
    assert host.piece.left < left
    before = program.session.state.experiment
    keys(program, "Shift+Down", 12)
    press(program, "Return")
    started = program.session.state.experiment.weights
    assert started[0] < before.weights[0]
    assert program.session.state.index == 0
    press(program, "Ctrl+Z")
    assert program.session.state.experiment == before
    press(program, "0")
    assert host.piece.left == pytest.approx(left)


def test_the_curve_of_the_diagnosis_is_read_and_gone_to(program: Chainstep) -> None:
    program.session.set_look(panel="diagnosis", extra="curvature")
    settle()
    host = crossed(program, "plot extra")
    keys(program, "Shift+Right", 4)
    words = cross_of(host).reading.splitlines()
    assert [line.split(":")[0] for line in words[1:]] == ["curvature", "2/α"]
    assert words[2] == "2/α: 40.000"
    place = words[0].replace(",", "").split()
    press(program, "Return")
    assert numbers_in_place(program) == (int(place[1]), int(place[3]), int(place[5]))


def test_the_error_of_each_epsilon_is_read_and_chosen(program: Chainstep) -> None:
    program.session.set_look(panel="gradient_check")
    settle()
    wait_for(lambda: program.parts.panels.done)
    host = crossed(program, "error over epsilon")
    assert (
        cross_of(host).reading.splitlines()[0] == "ε = 10⁻⁴" or "0.0001" in cross_of(host).reading
    )
    assert [line.split(":")[0] for line in cross_of(host).reading.splitlines()[1:]] == [
        "w₁",
        "w₂",
        "w₃",
    ]
    press(program, "Left")
    press(program, "Return")
    smaller = max(epsilon for epsilon in EPSILONS if epsilon < 0.99e-4)
    assert program.session.state.look.epsilon == pytest.approx(smaller)
    press(program, "Home", "Return")
    assert program.session.state.look.epsilon == min(EPSILONS)
