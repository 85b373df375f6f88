"""View → Arrange: docks are moved and resized by keys, through the menus."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu

from gui.shell.app import Chainstep
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
