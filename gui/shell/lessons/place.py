"""Where a lesson stands: at the left in the place of Experiment, or below the chain."""

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QDockWidget, QWidget

from gui.lesson.view import COLUMN, LessonView
from gui.shell.dock_title import DockTitle
from gui.shell.docks import ROOMY, ROOMY_ZOOMED
from gui.shell.window import Window
from gui.state import State
from gui.theme import THEMES, Theme, dressed
from gui.widgets.giving_way import GivesWay

_PLOT, _BESIDE = 0.4, 560
"""The share of the strip that a plot gets, where so many pixels, at the ordinary size of type, are
left for the lesson."""


@runtime_checkable
class ShowsOnly(Protocol):
    """The plots."""

    def show_only(self, name: str) -> None:
        """Show one of them, or all where the name is empty."""


class LessonPlace(QObject):
    """Puts a lesson where there is room for it, and other docks away for so long.

    The chain keeps its place: the lesson takes that of Experiment, or, where the window is narrow,
    that of the plots; the one that its step asks for stands beside it then.
    """

    def __init__(
        self,
        window: Window,
        view: LessonView,
        experiment: QDockWidget,
        plots: QDockWidget,
    ) -> None:
        super().__init__(window)
        self._window, self._view = window, view
        self._experiment, self._plots = experiment, plots
        self._theme: Theme = THEMES["light"]
        self._wide: bool | None = None
        self._plot = ""
        self.title, self._none = DockTitle("lesson"), QWidget()
        self.dock = QDockWidget()
        self.dock.setObjectName("lesson dock")
        self.dock.setFeatures(experiment.features())
        self.dock.setTitleBarWidget(self.title)
        self.dock.setWidget(view)
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._fit)
        # After the other docks have their new places.
        window.resized.connect(self._fit_soon)

    def _fit_soon(self) -> None:
        self._soon.start(0)

    def present(self, state: State, name: str, hint: str, plot: str) -> None:
        """Show the lesson, with a plot beside it where its step asks for one."""
        theme = dressed(state.look)
        changed = theme is not self._theme or plot != self._plot or self._wide is None
        self._theme, self._plot = theme, plot
        self.title.present(theme, name, hint)
        self.dock.setWindowTitle(name)
        if changed:
            self._fit()

    @property
    def is_wide(self) -> bool:
        """Whether there is room for it at the side."""
        roomy = ROOMY_ZOOMED if self._theme.zoom > 1.0 else ROOMY
        return self._window.width() >= roomy * self._theme.scale

    @property
    def _has_room_for_plot(self) -> bool:
        return (1 - _PLOT) * self._window.width() >= _BESIDE * self._theme.scale

    def _fit(self) -> None:
        wide = self.is_wide
        moved, self._wide = wide != self._wide, wide
        self._view.arrange(strip=not wide)
        self.dock.setTitleBarWidget(self.title if wide else self._none)
        self.title.setVisible(wide)
        if moved:
            self._window.let_go()
            area = (
                Qt.DockWidgetArea.LeftDockWidgetArea
                if wide
                else (Qt.DockWidgetArea.BottomDockWidgetArea)
            )
            self._window.addDockWidget(area, self.dock)
            self.dock.show()
            self._experiment.hide()
        if wide:
            if moved:
                self._plots.show()
                self._show_only("")
            self._size(self.dock, COLUMN, Qt.Orientation.Horizontal)
            return
        plot = self._plot if self._has_room_for_plot else ""
        if plot:
            self._window.splitDockWidget(self.dock, self._plots, Qt.Orientation.Horizontal)
        self._plots.setVisible(bool(plot))
        self._show_only(plot)
        high = self._view.sizeHint().height()
        self._window.resizeDocks([self.dock], [high], Qt.Orientation.Vertical)
        if plot:
            across = self._window.width()
            shares = [round((1 - _PLOT) * across), round(_PLOT * across)]
            self._window.resizeDocks([self.dock, self._plots], shares, Qt.Orientation.Horizontal)

    def _show_only(self, plot: str) -> None:
        """Show one plot, or all of them."""
        holder = self._plots.widget()
        plots = holder.content if isinstance(holder, GivesWay) else holder
        if isinstance(plots, ShowsOnly):
            plots.show_only(plot)

    def _size(self, dock: QWidget, points: float, way: Qt.Orientation) -> None:
        if isinstance(dock, QDockWidget):
            self._window.resizeDocks([dock], [self._theme.size(points)], way)

    def close(self) -> None:
        """Go away."""
        self._window.resized.disconnect(self._fit_soon)
        self._soon.stop()
        self._show_only("")
        self._window.let_go()
        self._window.removeDockWidget(self.dock)
        self.dock.deleteLater()
        self.deleteLater()
