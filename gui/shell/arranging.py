"""View → Arrange: docks are moved and resized without the mouse."""

from collections.abc import Iterator, Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget

from engine.words import mark
from gui.shell.actions import Entry
from gui.shell.docks import direction, extent
from gui.shell.window import Window

_STEP = 40
"""In pixels: by how much a part gets larger or smaller at once."""

_SIDES = {
    "left": (mark("Move to the left"), Qt.DockWidgetArea.LeftDockWidgetArea),
    "right": (mark("Move to the right"), Qt.DockWidgetArea.RightDockWidgetArea),
    "top": (mark("Move to the top"), Qt.DockWidgetArea.TopDockWidgetArea),
    "bottom": (mark("Move to the bottom"), Qt.DockWidgetArea.BottomDockWidgetArea),
}
_SIZES = {"larger": (mark("Make larger"), _STEP), "smaller": (mark("Make smaller"), -_STEP)}


def arranging(window: Window, docks: Mapping[str, QDockWidget]) -> Iterator[Entry]:
    """Yield an entry for each way to arrange each of the docks, by their names."""
    for name, dock in docks.items():
        for side, (text, area) in _SIDES.items():
            act = partial(_move, window, dock, area)
            yield Entry(f"arrange {name} {side}", text, (), act)
        for size, (text, by) in _SIZES.items():
            act = partial(_resize, window, dock, by)
            yield Entry(f"arrange {name} {size}", text, (), act)


def _move(window: Window, dock: QDockWidget, area: Qt.DockWidgetArea) -> None:
    window.let_go()
    if window.dockWidgetArea(dock) != area:
        window.addDockWidget(area, dock)
    dock.show()


def _resize(window: Window, dock: QDockWidget, by: int) -> None:
    dock.show()
    window.resizeDocks([dock], [extent(window, dock) + by], direction(window, dock))
