"""View → Arrange: docks are moved and resized by keys, through the menus."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget, QMenu

from gui.shell.app import Chainstep
from gui.shell.dock_title import DockTitle
from gui.shell.lessons.shelf import ours
from tests.gui.screen import menus, popups, press, settle


def choose(program: Chainstep, part: str, text: str) -> None:
    """Open View → Arrange → the part by keys alone, and take an entry there."""
    view = next(menu for menu in menus(program) if menu.title() == "&View")
    press(program, "Alt+V")
    if QApplication.activePopupWidget() is None:  # no window manager hands the key on
        view.popup(program.window.mapToGlobal(program.window.rect().center()))
    settle()
    for name in ("Arrange", part, text):
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        for _ in menu.actions():
            press(program, "Down")
            active = menu.activeAction()
            if active is not None and active.text() == name:
                break
        assert menu.activeAction().text() == name
        press(program, "Return")
        settle()


@popups
def test_docks_are_moved_and_resized_by_keys(program: Chainstep) -> None:
    window = program.window
    area = Qt.DockWidgetArea
    choose(program, "Plots", "Move to the top")
    assert window.dockWidgetArea(window.plots_dock) is area.TopDockWidgetArea
    assert window.plots_dock.y() < window.chain.mapTo(window, window.chain.rect().topLeft()).y()
    height = window.plots_dock.height()
    choose(program, "Plots", "Make larger")
    assert window.plots_dock.height() > height
    choose(program, "Plots", "Make smaller")
    assert window.plots_dock.height() == height
    width = window.panels_dock.width()
    choose(program, "Explanation", "Make larger")
    assert window.panels_dock.width() > width
    window.experiment_dock.hide()
    choose(program, "Experiment", "Move to the right")
    assert window.dockWidgetArea(window.experiment_dock) is area.RightDockWidgetArea
    assert window.experiment_dock.isVisible()
    program.parts.actions["layout"].trigger()
    settle()
    assert window.dockWidgetArea(window.plots_dock) is area.BottomDockWidgetArea
    assert window.dockWidgetArea(window.experiment_dock) is area.LeftDockWidgetArea


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize("act", ["layout", "arrange experiment bottom", "leave"])
@pytest.mark.parametrize("seen", [True, False], ids=["with turns", "at once"])
def test_a_dock_that_is_dragged_is_let_go_first(
    program: Chainstep, act: str, *, seen: bool
) -> None:
    """Qt crashes where it arranges docks while one of them is on its way."""
    lessons = program.parts.lessons
    if act == "leave":
        lessons.open(ours()[0].lesson, place=0, number=1)
        settle()
    docks = [dock for dock in program.window.findChildren(QDockWidget) if dock.isVisible()]
    for dock in docks:
        title = dock.titleBarWidget()
        if not isinstance(title, DockTitle) or not title.isVisible():
            continue
        at = title.rect().center()
        QTest.mousePress(title, Qt.MouseButton.LeftButton, pos=at)
        for _ in range(6):
            at += QPoint(90, 70)
            QTest.mouseMove(title, at)
            if seen:
                settle()
        if act == "leave":
            lessons.do("leave")
        else:
            program.parts.actions[act].trigger()
        settle()
        assert not any(one.isFloating() for one in program.window.findChildren(QDockWidget))
        QTest.mouseRelease(title, Qt.MouseButton.LeftButton, pos=at)
        settle()
        if act == "leave":
            break
