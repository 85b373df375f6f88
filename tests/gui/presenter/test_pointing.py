"""S dims all but what the teacher points at, L points with a dot; both follow the keys, too."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from engine.quantities import Name, Quantity
from gui.presenter.overlay import Overlay
from gui.shell.app import Chainstep
from gui.shell.presenter import presentation
from gui.shell.presenter.stage import Stage
from tests.gui.presenter.stage import stage, strike
from tests.gui.screen import box_at, image, point_at, press, settle, wait_for

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

E = Name(Quantity.OUTPUT, 3)


def overlay(program: Chainstep) -> Overlay:
    found = stage(program).findChild(Overlay)
    assert found is not None
    return found


def centre(shown: Stage, name: Name) -> QPoint:
    place = shown.chain.place_of(name)
    assert place is not None
    return place.center().toPoint()


def light(shown: Stage, where: QPoint) -> float:
    """Return how light a place is, from 0 to 1."""
    return image(shown).pixelColor(where).lightnessF()


def test_all_but_the_number_under_the_pointer_is_dimmed(program: Chainstep) -> None:
    strike(program, "F5", "Right", "Right", "Right", "S")
    shown = stage(program)
    beside = QPoint(shown.width() // 2, shown.height() - 40)
    before = light(shown, beside)
    point_at(shown.chain, centre(shown, E))
    (bright,) = overlay(program).bright
    assert bright.contains(QPointF(shown.chain.mapTo(shown, centre(shown, E))))
    assert light(shown, beside) < 0.6 * before
    QApplication.sendEvent(shown.chain, QEvent(QEvent.Type.Leave))
    point_at(shown.formula, shown.formula.rect().center())
    formula = QRectF(shown.formula.mapTo(shown, QPoint()).toPointF(), shown.formula.size())
    assert overlay(program).bright == (formula,)
    strike(program, "S")
    assert overlay(program).bright == ()
    assert light(shown, beside) == before


def test_the_spotlight_and_the_laser_follow_the_ring(program: Chainstep) -> None:
    strike(program, "F5", "Right", "Right", "Right", "S", "L")
    shown = stage(program)
    shown.chain.setFocus()
    strike(program, "Down")
    (bright,) = overlay(program).bright
    dot = overlay(program).dot
    assert dot is not None
    assert bright.contains(dot)
    assert bright.center().toPoint() == shown.chain.mapTo(shown, centre(shown, E))
    strike(program, "Left")
    assert overlay(program).bright != (bright,)


def test_the_tail_of_the_laser_fades_where_things_may_move(program: Chainstep) -> None:
    program.session.set_look(movement=True)
    strike(program, "F5", "L")
    shown = stage(program)
    for x in range(200, 260, 20):
        point_at(shown.chain, QPoint(x, 150))
    assert len(overlay(program)._trail) > 1
    assert overlay(program).dot == QPointF(shown.chain.mapTo(shown, QPoint(240, 150)))
    wait_for(lambda: len(overlay(program)._trail) == 1)
    wait_for(lambda: not overlay(program)._timer.isActive())
    program.session.set_look(reduced_motion=True)
    for x in range(200, 260, 20):
        point_at(shown.chain, QPoint(x, 150))
    assert len(overlay(program)._trail) == 1
    strike(program, "L")
    assert overlay(program).dot is None


def arrows(shown: Stage) -> list[Qt.CursorShape]:
    """Return the shape of the mouse's arrow over each thing that a class sees."""
    parts = (shown.chain, shown.formula, shown.timeline, shown.board)
    inside = [one for part in parts for one in (part, *part.findChildren(QWidget))]
    return [one.cursor().shape() for one in inside]


def test_the_arrow_of_the_mouse_does_not_lie_over_the_laser(program: Chainstep) -> None:
    strike(program, "F5", "Right", "Right", "Right", "S")
    shown, shapes = stage(program), Qt.CursorShape
    point_at(shown.chain, QPoint(2, 2))
    before = arrows(shown)
    assert before[0] is shapes.ArrowCursor
    assert shapes.PointingHandCursor in before, "over the strip of steps"
    strike(program, "L")
    for where in (QPoint(5, 5), centre(shown, E), QPoint(8, 5)):
        point_at(shown.chain, where)
        assert set(arrows(shown)) == {shapes.BlankCursor}
        assert overlay(program).dot is not None
    assert program.parts.presentation.menu.cursor().shape() is shapes.ArrowCursor
    strike(program, "L")
    assert arrows(shown) == before
    point_at(shown.chain, centre(shown, E))
    assert shown.chain.cursor().shape() is shapes.PointingHandCursor
    strike(program, "L")
    strike(program, "L")
    assert shown.chain.cursor().shape() is shapes.PointingHandCursor


def test_the_class_sees_on_its_screen_what_the_teacher_points_at(
    program: Chainstep, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = QGuiApplication.primaryScreen()
    monkeypatch.setattr(presentation, "other_screen", lambda _window: screen)
    press(program, "F5", "Right", "Right", "Right", "S", "L")
    shown = stage(program)
    point_at(program.window.chain, box_at(program, "e"))
    (bright,) = overlay(program).bright
    dot = overlay(program).dot
    assert dot is not None
    assert bright.contains(QPointF(shown.chain.mapTo(shown, centre(shown, E))))
    assert program.window.chain.cursor().shape() is Qt.CursorShape.PointingHandCursor
    press(program, "F")
    point_at(program.window.chain, QPoint(5, 5))
    assert overlay(program).dot == dot
    press(program, "Esc")
    settle()
    assert program.parts.presentation.stage is None


def test_nothing_lies_over_the_picture_before_it_is_needed(program: Chainstep) -> None:
    strike(program, "F5", "Right")
    assert stage(program).findChild(Overlay) is None
