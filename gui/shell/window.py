"""The window: it arranges the parts and decides nothing."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QByteArray, QEvent, QSize, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QCursor,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QMouseEvent,
    QMoveEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from gui.errors import guard
from gui.shell.screen import fit_to_screen

if TYPE_CHECKING:
    from gui.chain.view import ChainView
    from gui.formula.view import FormulaView
    from gui.state import State
    from gui.timeline.view import TimelineView

_FEATURES = (
    QDockWidget.DockWidgetFeature.DockWidgetMovable
    | QDockWidget.DockWidgetFeature.DockWidgetClosable
)

_LAYOUT_VERSION = 2
"""To be raised when the docks change: a remembered layout of another version is not restored."""

_ORDINARY, _SMALLEST = QSize(1440, 900), QSize(900, 600)
"""The size at the first start, and the least; both give way to a small screen."""

_OF_SYSTEM = (QEvent.Type.ApplicationFontChange, QEvent.Type.ThemeChange)
"""What Qt sends to windows when the system's settings change."""

_UNBOUNDED = 16_777_215
"""Qt's own greatest size of a widget."""

_MENU, _BAR, _STATUS = 24, 49, 38
_LEFT, _RIGHT, _BELOW = (291, 0), (352, 0), (300, 270)
"""About how large the parts are that come after the first paint, so that nothing jumps."""


class Window(QMainWindow):
    """Chain, formula and timeline in the middle; a bar, panels and a status line around them.

    At first it is bare, to be seen at once. `build` puts the middle in, `add_parts` what stands
    around it. `closing` tells that the user closes the window, `dropped` the paths of the files
    that were dropped on it; `system_changed` that the system has other fonts or colours now;
    `moved` and `resized` that it stands elsewhere, or has another size.
    """

    closing = Signal()
    system_changed = Signal()
    dropped = Signal(object)
    moved = Signal()
    resized = Signal()
    arranged_before: QByteArray | None = None

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle("Chainstep")
        self.setMinimumSize(_SMALLEST)
        self.setAcceptDrops(True)

    def place(self, geometry: QByteArray) -> None:
        """Stand where it stood last time, the first time in an ordinary size; on the screen."""
        self.resize(_ORDINARY)
        self.restoreGeometry(geometry)
        fit_to_screen(self, _SMALLEST)

    def build(self, chain: "ChainView", formula: "FormulaView", timeline: "TimelineView") -> None:
        """Put in the middle, and keep the room of what stands around it free."""
        self.chain, self.formula, self.timeline = chain, formula, timeline
        # Qt's own names take longer to import than a bare window needs.
        Qt = QtCore.Qt  # noqa: N806 - as everywhere
        self.setDockOptions(QMainWindow.DockOption.AllowTabbedDocks)
        self._build_frame()
        self.experiment_dock = self._dock("experiment", Qt.DockWidgetArea.LeftDockWidgetArea, _LEFT)
        self.plots_dock = self._dock("plots", Qt.DockWidgetArea.BottomDockWidgetArea, _BELOW)
        self.panels_dock = self._dock("panels", Qt.DockWidgetArea.RightDockWidgetArea, _RIGHT)
        self._build_middle()
        for corner in (Qt.Corner.BottomLeftCorner, Qt.Corner.TopLeftCorner):
            self.setCorner(corner, Qt.DockWidgetArea.LeftDockWidgetArea)
        for corner in (Qt.Corner.BottomRightCorner, Qt.Corner.TopRightCorner):
            self.setCorner(corner, Qt.DockWidgetArea.RightDockWidgetArea)

    def _build_frame(self) -> None:
        """Keep the room of menus, bar and status line free."""
        self.menuBar().setFixedHeight(_MENU)
        self.statusBar().setFixedHeight(_STATUS)
        self.statusBar().setSizeGripEnabled(False)
        self._tools = self.addToolBar("")
        self._tools.setObjectName("bar")
        self._tools.setMovable(False)
        self._tools.setContextMenuPolicy(QtCore.Qt.ContextMenuPolicy.PreventContextMenu)
        self._tools.toggleViewAction().setVisible(False)
        self._tools.setFixedHeight(_BAR)

    def _build_middle(self) -> None:
        from gui.shell.middle import Middle  # noqa: PLC0415 - with the chain, after the first paint

        self.middle = Middle(self.chain, self.formula, self.timeline)
        self.setCentralWidget(self.middle)

    def add_practice(self, strip: QWidget, seat: QWidget) -> None:
        """Put in a practice: its strip under the formula, its field in it."""
        self.formula.seat(seat)
        self.middle.add_strip(strip)

    def _dock(
        self, name: str, area: "QtCore.Qt.DockWidgetArea", room_for_panel: tuple[int, int]
    ) -> QDockWidget:
        dock = QDockWidget()
        dock.setObjectName(f"{name} dock")
        dock.setFeatures(_FEATURES)
        room = QWidget()
        room.setMinimumSize(*room_for_panel)
        dock.setTitleBarWidget(QWidget())
        dock.setWidget(room)
        self.addDockWidget(area, dock)
        return dock

    def add_parts(self, bar: QWidget, status: QWidget) -> None:
        """Put in the bar and the status line."""
        for part in (self.menuBar(), self.statusBar(), self._tools):
            part.setMinimumHeight(0)
            part.setMaximumHeight(_UNBOUNDED)
        self._tools.addWidget(bar)
        self.statusBar().addWidget(status, 1)

    def fill(self, dock: QDockWidget, panel: QWidget, title: QWidget) -> None:
        """Put a panel with its title bar into its dock."""
        from gui.widgets.giving_way import GivesWay  # noqa: PLC0415 - after the first paint

        for former in (dock.widget(), dock.titleBarWidget()):
            if former is not None and former is not title:
                former.deleteLater()
        dock.setWidget(GivesWay(panel))
        dock.setTitleBarWidget(title)

    def present(self, state: "State", name: str) -> None:
        """Show the state in the middle, and its name in the title."""
        changed = state.experiment != state.saved
        self.setWindowTitle(f"{'• ' if changed else ''}{name} – Chainstep")
        for part in (self.middle, self.chain, self.formula, self.timeline):
            with guard.kept(part):
                part.present(state)

    def arrangement(self) -> QByteArray:
        """Return where the docks stand, to be remembered: without a lesson."""
        if self.arranged_before is not None:
            return self.arranged_before
        return self.saveState(_LAYOUT_VERSION)

    def arrange(self, arrangement: QByteArray) -> None:
        """Put the docks where they were."""
        self.let_go()
        self.restoreState(arrangement, _LAYOUT_VERSION)

    def let_go(self) -> None:
        """End the drag of a dock: Qt crashes where it is to arrange docks meanwhile.

        No dock floats but while it is dragged.
        """
        left, none = QtCore.Qt.MouseButton.LeftButton, QtCore.Qt.MouseButton.NoButton
        for dock in self.findChildren(QDockWidget):
            if dock.isFloating():
                where = QtCore.QPointF(QCursor.pos())
                release = QMouseEvent(
                    QEvent.Type.MouseButtonRelease,
                    dock.mapFromGlobal(where),
                    where,
                    left,
                    none,
                    QtCore.Qt.KeyboardModifier.NoModifier,
                )
                QtCore.QCoreApplication.sendEvent(dock, release)
                # It would glide to its place in the turns to come.
                dock.setFloating(False)

    @staticmethod
    def content(dock: QDockWidget) -> QWidget:
        """Return the panel in a dock."""
        from gui.widgets.giving_way import GivesWay  # noqa: PLC0415 - after the first paint

        holder = dock.widget()
        return holder.content if isinstance(holder, GivesWay) else holder

    def event(self, event: QEvent) -> bool:
        """Tell of another font of the system, or another theme."""
        if event.type() in _OF_SYSTEM:
            self.system_changed.emit()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the panels ask for what there is room for now."""
        super().resizeEvent(event)
        for part in (self.centralWidget(), *(d.widget() for d in self.findChildren(QDockWidget))):
            if part is not None and hasattr(part, "ask"):
                part.ask()
        self.resized.emit()

    def moveEvent(self, event: QMoveEvent) -> None:
        """Tell that it stands elsewhere."""
        super().moveEvent(event)
        self.moved.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files from the file manager."""
        _take_copy(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Take them wherever they are dropped."""
        _take_copy(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell the paths of the files."""
        _take_copy(event)
        if event.isAccepted():
            self.dropped.emit(_dropped(event))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that the window closes."""
        self.closing.emit()
        super().closeEvent(event)


def _take_copy(event: QDropEvent) -> None:
    """Accept files, as copies: whoever drags with the intent to move must not lose them."""
    event.setAccepted(bool(_dropped(event)))
    if event.isAccepted():
        event.setDropAction(QtCore.Qt.DropAction.CopyAction)


def _dropped(event: QDropEvent) -> tuple[Path, ...]:
    urls = event.mimeData().urls()
    return tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile())
