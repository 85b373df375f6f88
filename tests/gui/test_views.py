"""What a part shows of its own can be taken back, is kept, and can be set from outside."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeVar

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from engine import Experiment
from engine.user_error import Location
from gui.chain.view import ChainView
from gui.panels.chain_rule.curve import CostDiagram
from gui.panels.map.canvas import Canvas
from gui.panels.surface.diagram import SurfaceDiagram
from gui.plots.diagram import RunDiagram
from gui.shell.app import Chainstep
from gui.shell.keeping.text import session_from, session_text
from gui.shell.settings import Settings
from gui.state.record import Kept
from gui.widgets.button import Button
from gui.widgets.table import Table
from tests.gui.screen import click, point_at, press, settle, turn_wheel, wait_for

LONG = Experiment(weights=(0.5,) * 30, epochs=3)
T = TypeVar("T", bound=QWidget)


def part(program: Chainstep, kind: type[T], name: str = "") -> T:
    found = program.window.findChild(kind, name) if name else program.window.findChild(kind)
    assert isinstance(found, kind)
    return found


def middle(of: QWidget) -> QPoint:
    return of.rect().center()


class Part(NamedTuple):
    """A part: the panel it is in, what the user does there, and what is then seen of it."""

    panel: str
    do: Callable[[Chainstep], None]
    seen: Callable[[Chainstep], object]


def _wheel_the_chain(program: Chainstep) -> None:
    turn_wheel(program.window.chain, middle(program.window.chain), -600)


def _wheel_the_weights(program: Chainstep) -> None:
    diagram = part(program, RunDiagram, "plot weights")
    turn_wheel(diagram.viewport(), middle(diagram), 240)


def _sort(program: Chainstep) -> None:
    head = part(program, Table, "sample table").horizontalHeader()
    place = QPoint(head.sectionViewportPosition(3) + 10, head.height() // 2)
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)


def _names(program: Chainstep) -> list[str]:
    model = part(program, Table, "sample table").model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


PARTS = {
    "chain": Part("code", _wheel_the_chain, lambda p: part(p, ChainView)._offset),
    "plots": Part(
        "code", _wheel_the_weights, lambda p: part(p, RunDiagram, "plot weights")._view_range
    ),
    "chain rule": Part(
        "chain_rule",
        lambda p: click(part(p, Button, "fold cost")),
        lambda p: part(p, CostDiagram).isVisible(),
    ),
    "numbers": Part("numbers", _sort, _names),
    "surface": Part(
        "surface",
        lambda p: QTest.keyClick(part(p, SurfaceDiagram), Qt.Key.Key_Plus),
        lambda p: tuple(part(p, SurfaceDiagram).piece),
    ),
    "map": Part(
        "map",
        lambda p: QTest.keyClick(part(p, Canvas), Qt.Key.Key_Plus),
        lambda p: tuple(part(p, Canvas)._view),
    ),
}


@pytest.fixture(params=PARTS.values(), ids=PARTS)
def shown(request: pytest.FixtureRequest, program: Chainstep) -> Part:
    chosen: Part = request.param
    program.session.replace_experiment(LONG)
    program.session.set_look(panel=chosen.panel)
    program.session.seek(40)
    settle()
    return chosen


def test_it_is_taken_back_and_done_again(program: Chainstep, shown: Part) -> None:
    first = shown.seen(program)
    shown.do(program)
    settle()
    then = shown.seen(program)
    assert then != first
    press(program, "Backspace")
    assert shown.seen(program) == _like(first)
    assert program.session.state.experiment == LONG
    press(program, "Shift+Backspace")
    assert shown.seen(program) == _like(then)


@pytest.fixture
def of_another(tmp_path: Path) -> Settings:
    """Settings of another window, to which this one says nothing of its place."""
    return Settings(QSettings(str(tmp_path / "another.ini"), QSettings.Format.IniFormat))


def _show(part: Part, *programs: Chainstep) -> None:
    for program in programs:
        program.session.set_look(panel=part.panel)
    settle()


def _look_alike(part: Part, one: Chainstep, other: Chainstep) -> None:
    wait_for(lambda: part.seen(one) == _like(part.seen(other)))


def test_all_come_back_with_the_session(
    program: Chainstep, qapp: QApplication, qtbot: QtBot, of_another: Settings
) -> None:
    program.session.replace_experiment(LONG)
    program.session.seek(40)
    for part in PARTS.values():
        _show(part, program)
        part.do(program)
        settle()
    _show(PARTS["chain"], program)
    kept = session_from(session_text(program.session.kept()))
    assert len(kept.views) == len(PARTS)
    again = _opened(qapp, qtbot, of_another, kept)
    try:
        for part in PARTS.values():
            _show(part, program, again)
            _look_alike(part, again, program)
        again.session.undo_view()
        assert again.session.state.views == kept.views, "a new window has no earlier views"
    finally:
        _close(again)


def test_each_is_set_from_outside(
    program: Chainstep, qapp: QApplication, qtbot: QtBot, of_another: Settings
) -> None:
    program.session.replace_experiment(LONG)
    program.session.seek(40)
    other = _opened(qapp, qtbot, of_another, program.session.kept())
    try:
        for part in PARTS.values():
            _show(part, program, other)
            _look_alike(part, other, program)
            former = program.session.state.views
            part.do(program)
            settle()
            (view,) = set(program.session.state.views).difference(former)
            other.session.show_view(view)
            settle()
            assert part.seen(other) == _like(part.seen(program))
    finally:
        _close(other)


def _like(seen: object) -> object:
    """Numbers may differ by rounding."""
    numbers = isinstance(seen, float) or (isinstance(seen, tuple) and bool(seen))
    return pytest.approx(seen, rel=1e-6, abs=1e-9) if numbers else seen


def _opened(qapp: QApplication, qtbot: QtBot, settings: Settings, kept: Kept) -> Chainstep:
    other = Chainstep(qapp, settings, kept.look, kept=kept)
    with qtbot.waitExposed(other.window):
        other.show()
    other.window.chain.removeEventFilter(other)
    if other._parts is None:
        other.add_parts()
    settle()
    qtbot.waitUntil(lambda: other.parts.panels.done, timeout=20_000)
    settle()
    return other


def _close(other: Chainstep) -> None:
    other.window.close()
    other.session.close()
    other.window.deleteLater()


def test_a_pan_ends_with_the_step(program: Chainstep) -> None:
    program.session.replace_experiment(LONG)
    chain, followed = program.window.chain, {}
    for index in (41, 40):
        program.session.seek(index)
        settle()
        followed[index] = chain._offset
    _wheel_the_chain(program)
    panned = chain._offset
    assert abs(panned - followed[40]) > 100
    point_at(chain, QPoint(5, 5))
    assert chain._offset == panned, "pointing moves nothing"
    press(program, "Right")
    assert chain._offset == followed[41], "it follows the step again"
    press(program, "Left")
    assert chain._offset == panned


def test_the_loss_on_another_axis_is_seen_whole_and_the_part_comes_back(
    program: Chainstep,
) -> None:
    loss = part(program, RunDiagram, "plot loss")
    whole = loss._view_range
    turn_wheel(loss.viewport(), middle(loss), 240)
    closer = loss._view_range
    assert closer[1] - closer[0] < whole[1] - whole[0]
    program.session.set_look(logarithmic=True)
    settle()
    assert loss._view_range[:2] == pytest.approx(whole[:2])
    program.session.set_look(logarithmic=False)
    settle()
    assert loss._view_range == pytest.approx(closer)


def test_a_map_stays_where_it_is_when_a_pixel_is_taken(program: Chainstep, qtbot: QtBot) -> None:
    program.session.set_look(panel="map", map_x="epochs", map_y="w2")
    settle()
    canvas = part(program, Canvas)
    qtbot.waitUntil(lambda: program.parts.panels.done, timeout=20_000)
    before = canvas._view
    assert before.right == 2 * program.session.state.experiment.epochs
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=canvas.room.topRight() - QPoint(9, -9))
    settle()
    assert program.session.state.experiment.epochs > 400
    assert canvas._view == before


def test_in_a_field_the_key_deletes_a_digit(program: Chainstep) -> None:
    _wheel_the_weights(program)
    views = program.session.state.views
    assert views
    field = program.parts.experiment._sections[1].fields[Location("learning_rate")]
    field.setFocus()
    before = field.text()
    field.setCursorPosition(len(before))
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert field.text() == before[:-1]
    assert program.session.state.views == views


def test_another_part_is_zoomed_and_the_chain_need_not_be_painted(program: Chainstep) -> None:
    class Paints(QObject):
        count = 0

        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
            self.count += event.type() == QEvent.Type.Paint
            return False

    paints, diagram = Paints(), part(program, RunDiagram, "plot weights")
    program.window.chain.installEventFilter(paints)
    before = diagram._view_range
    _wheel_the_weights(program)
    settle()
    assert diagram._view_range != before
    assert paints.count == 0
    press(program, "Right")
    assert paints.count > 0
