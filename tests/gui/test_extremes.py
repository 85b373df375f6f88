"""Whatever numbers an experiment has, the window shows a picture or a sentence of it."""

from dataclasses import replace
from itertools import islice

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QSlider, QWidget

from engine import Experiment, Sample
from gui.panels import NAMES
from gui.shell.app import Chainstep
from gui.widgets.diagram import Diagram
from tests.gui.extremes import at_random, one_at_a_time

DRAWN_AT_ONCE = tuple(name for name in NAMES if name != "map")

NAMED = {
    "a target whose square overflows": Experiment((0.5, 0.5), (Sample(1.0, 1e78),), 0.1, 3),
    "a path far outside": Experiment((2e9, 0.5), epochs=5, activation="tanh"),
    "a loss beyond all numbers": Experiment((0.5,), (Sample(1.0, 1.5e154),), 0.1, 3),
    "updates that underflow": Experiment((1e-160,), (Sample(1e-160, 1e-160),), 0.1, 5),
    "targets at both ends": Experiment(
        (0.5, 0.5), (Sample(1.0, 1.797e308), Sample(-1.0, -1.797e308)), 0.1, 5
    ),
    "weights at both ends": Experiment((1.797e308, -1.797e308), epochs=2),
    "the smallest numbers": Experiment((5e-324,) * 3, (Sample(5e-324, 5e-324),), 5e-324, 3),
    "no epoch": Experiment((1e308, 1e308), epochs=0),
    "64 layers of large weights": Experiment((1e9,) * 64, epochs=2),
    "64 layers of small weights": Experiment((1e-9,) * 64, epochs=2),
    "equal losses": Experiment((0.0, 0.0, 0.0), epochs=20),
}


def look_at(program: Chainstep, experiment: Experiment, turn: int) -> None:
    """Show an experiment in each panel, at its start, its end, and in the way back of a sample."""
    session = program.session
    program.open_at_once(experiment)
    last = session.state.last
    steps = [0, min(experiment.layers + 2, last), last, last // 2]
    for number, panel in enumerate(DRAWN_AT_ONCE, start=turn):
        look = replace(
            session.state.look,
            panel=panel,
            logarithmic=bool(number % 2),
            language=("en", "zh_CN")[number // 2 % 2],
            table=("sample", "history")[turn % 2],
        )
        session._set(index=steps[number % len(steps)], look=look)
        QApplication.processEvents()


def test_a_known_extreme_is_a_picture_or_a_sentence(program: Chainstep) -> None:
    for turn, experiment in enumerate(NAMED.values()):
        look_at(program, experiment, turn)


def test_every_number_in_every_field_is(program: Chainstep) -> None:
    for turn, experiment in enumerate(islice(one_at_a_time(), 0, None, 149)):
        look_at(program, experiment, turn)


def test_extremes_together_are(program: Chainstep) -> None:
    for turn, experiment in enumerate(at_random(4, seed=10)):
        look_at(program, experiment, turn)


def turn_wheel(widget: QWidget, by: int, times: int) -> None:
    """Turn the wheel over several places of a widget."""
    for number in range(times):
        share = number % 5 / 5
        place = QPointF(2 + share * (widget.width() - 4), 2 + share * (widget.height() - 4))
        event = QWheelEvent(
            place,
            widget.mapToGlobal(place),
            QPoint(),
            QPoint(0, by),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,  # noqa: FBT003 - not inverted
        )
        QApplication.sendEvent(widget, event)
        if number % 8 == 0:
            QApplication.processEvents()


@pytest.mark.parametrize("name", ["updates that underflow", "weights at both ends", "equal losses"])
@pytest.mark.parametrize("scale", ["linear", "logarithmic"])
def test_diagrams_can_be_zoomed_and_moved_without_end(
    program: Chainstep, name: str, scale: str
) -> None:
    program.open_at_once(NAMED[name])
    program.session.set_look(logarithmic=scale == "logarithmic", panel="surface")
    QApplication.processEvents()
    for diagram in program.window.findChildren(Diagram):
        if not diagram.isVisible():
            continue
        for by in (120, -1200, 1200, 12_000, -12_000):
            turn_wheel(diagram.viewport(), by, 24)
        for across, up in ((1e9, 0.0), (-1e30, 1e30), (0.0, -1e300)):
            diagram.view.translateBy(x=across, y=up)
            QApplication.processEvents()
        diagram.grab()


@pytest.mark.parametrize("name", ["the smallest numbers", "weights at both ends"])
def test_both_ends_of_epsilon_are_checked(program: Chainstep, name: str) -> None:
    program.open_at_once(NAMED[name])
    program.session.to_end()
    program.parts.show_panel("gradient_check")
    slider = next(s for s in program.parts.panels.findChildren(QSlider) if s.isVisible())
    for end in (slider.minimum(), slider.maximum()):
        slider.setValue(end)
        QApplication.processEvents()
        slider.window().grab()


def test_any_two_weights_have_a_surface(program: Chainstep) -> None:
    program.open_at_once(Experiment((1e200, 1e-200, 1e120, -1e-120), epochs=3))
    program.parts.show_panel("surface")
    for pair in (("w1", "w2"), ("w2", "w4"), ("w4", "w1"), ("w3", "w2")):
        program.session.set_look(surface=pair)
        QApplication.processEvents()


@pytest.mark.parametrize(
    "experiment",
    [
        Experiment((1e200, 5e-324), epochs=1),
        Experiment((0.5, 0.5), (Sample(1.0, 1e-320), Sample(1.0, 1.0)), epochs=1),
        Experiment((1.797e308,), (Sample(1.797e308, -1.797e308),), 1.797e308, 1),
    ],
)
def test_a_map_can_be_zoomed_to_its_limits(program: Chainstep, experiment: Experiment) -> None:
    program.open_at_once(experiment)
    program.session.set_look(panel="map")
    canvas = next(
        part
        for part in program.parts.panels.findChildren(QWidget)
        if type(part).__name__ == "Canvas"
    )
    for x, y in (("w1", "target"), ("learning_rate", "epochs")):
        program.session.set_look(map_x=x, map_y=y)
        for factor in (1e-3, 1e-3, 1e-9, 1e-30, 1e12, 1e60, 1e200):
            canvas.zoom(factor)
            QApplication.processEvents()
