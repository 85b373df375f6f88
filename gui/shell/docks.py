"""Docks: hidden where the window is too small for them, and their sizes kept."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QWidget

from gui.shell.window import Window
from gui.state import State
from gui.theme import dressed

ROOMY = 1200
"""In pixels, at the ordinary size of type: narrower, the chain has no room between two docks."""

HIGH, HIGHER = 640, 440
"""In pixels: lower, hardly more than the names of the plots would be left under the chain; in type
that is twice as large, so much higher."""

NARROW = 620
"""In pixels, at the ordinary size of type: narrower, the chain has no room beside any dock."""

ROOMY_ZOOMED, HIGH_ZOOMED = 1400, 640
"""The same where somebody enlarged the type: then the chain is not drawn smaller."""

_SMALL = "small"


class DockHider(QObject):
    """Closes `dock` when the window becomes too small and opens it again when it is large enough.

    The dock at a side gives way where the window is narrow. Opened by hand there, it takes the
    place of the dock `beside`, until it is closed again. `narrow` is how wide the window must be at
    the ordinary size of type; a dock without it stands below, and gives way where the window is
    low. A dock that the user opens or closes stays so until the window changes its size.
    """

    def __init__(
        self,
        window: Window,
        dock: QDockWidget,
        beside: QDockWidget | None = None,
        narrow: int = 0,
    ) -> None:
        super().__init__(window)
        self._narrow = narrow
        self._window, self._dock, self._beside = window, dock, beside
        self._scale = self._zoom = 1.0
        self._small = False
        self._away: set[QDockWidget] = set()
        window.resized.connect(self.fit)
        dock.toggleViewAction().triggered.connect(self._trade_places)
        self.fit()

    def present(self, state: State) -> None:
        """Mind how large the type is.

        Who switches to the projector's type in front of a class does not want to lose a panel at
        the side: that stays until the window changes.
        """
        theme = dressed(state.look)
        former, self._scale = self._scale, theme.scale
        zoomed, self._zoom = theme.zoom != self._zoom, theme.zoom
        if self._scale < former or (self._scale > former and (zoomed or self._beside is None)):
            self.fit()

    def _too_small(self) -> bool:
        if self._narrow:
            wide = ROOMY_ZOOMED if self._zoom > 1.0 and self._narrow == ROOMY else self._narrow
            return self._window.width() < wide * self._scale
        if self._zoom > 1.0:
            return self._window.height() < HIGH_ZOOMED * self._scale
        return self._window.height() < HIGH + HIGHER * (self._scale - 1)

    def fit(self) -> None:
        """Close or open the dock where the size of the window asks for it."""
        was_small, self._small = self._small, self._too_small()
        if self._small and not was_small:
            self._send_away(self._dock)
        elif was_small and not self._small:
            self._bring_back(self._dock, self._beside)

    @property
    def standing(self) -> str:
        """Which docks gave way, in words to be remembered; nothing where there is room."""
        away = (dock.objectName() for dock in self._away)
        return ",".join((_SMALL, *away)) if self._small else ""

    def stand(self, standing: str) -> None:
        """Treat a layout as one that was restored in this state, and fit it."""
        words = standing.split(",")
        docks = filter(None, (self._dock, self._beside))
        self._small = _SMALL in words
        self._away = {dock for dock in docks if self._small and dock.objectName() in words}
        self.fit()

    def show_again(self) -> None:
        """Stand as with room enough, for a layout that is to be remembered."""
        for dock in self._away:
            dock.show()

    def fit_again(self) -> None:
        """Fit to a layout that was put in place meanwhile."""
        self._small = False
        self._away.clear()
        self.fit()

    def _trade_places(self) -> None:
        if self._dock.isHidden():
            self._bring_back(self._beside)
        elif self._small:
            self._away.discard(self._dock)
            if self._beside is not None:
                self._send_away(self._beside)

    def _send_away(self, dock: QDockWidget) -> None:
        if not dock.isHidden():
            self._away.add(dock)
            dock.hide()

    def _bring_back(self, *docks: QDockWidget | None) -> None:
        for dock in self._away.intersection(docks):
            self._away.remove(dock)
            dock.show()


_TRIES = 8
"""So often sizes are put in place at most, until they stay."""

_DEEP = 8
"""So many parts stand in one another at most: each asks the one around it for room."""

Sizes = Mapping[str, int]
"""How wide, or how high, each dock is, by its object name."""


class DockSizes(QObject):
    """Gives the docks their sizes back when the type is again as large as before.

    Fields in large type widen a dock, and the chain above takes height from the plots: Qt would
    leave them so. `sizes` are those of other sizes of type, by the scale, to be remembered.
    """

    def __init__(self, window: QMainWindow, sizes: Mapping[float, Sizes]) -> None:
        super().__init__(window)
        self._window = window
        self.sizes = dict(sizes)
        self._scale: float | None = None
        self._smaller = False
        # The parts get their new sizes first, one layout after the other.
        self._settled = QTimer(self, singleShot=True)
        self._settled.timeout.connect(self._put_back)

    def present(self, state: State) -> None:
        """Keep the sizes when the type changes, and put those in place that belong to it."""
        former, self._scale = self._scale, dressed(state.look).scale
        if former is None or former == self._scale:
            return
        self.sizes[former] = {d.objectName(): extent(self._window, d) for d in self._docks()}
        self._smaller = self._scale < former
        self._settled.start(0)

    def settle(self) -> None:
        """Lay out all parts, and put the sizes in place, before anything is painted."""
        lay_out()
        if self._settled.isActive():
            self._put_back()

    def _docks(self) -> list[QDockWidget]:
        docks = self._window.findChildren(QDockWidget)
        return [dock for dock in docks if not dock.isHidden() and not dock.isFloating()]

    def _put_back(self) -> None:
        """Put the sizes in place, as often as the parts' own layouts come in between."""
        former = dict[QDockWidget, int]()
        for _ in range(_TRIES):
            lay_out()
            wanted = self._wanted()
            found = {dock: extent(self._window, dock) for dock in wanted}
            if found == former:  # they are right, or there is no room for more
                return
            former = found
            for dock, size in wanted.items():
                self._window.resizeDocks([dock], [size], direction(self._window, dock))

    def _wanted(self) -> dict[QDockWidget, int]:
        """Return the sizes of the docks that are to have others than they have.

        A dock that never stood in this type gets what it asks for, if the type is smaller.
        """
        kept, found = self.sizes.get(self._scale or 1.0, {}), {}
        for dock in self._docks():
            hint = dock.sizeHint()
            across = direction(self._window, dock) is Qt.Orientation.Horizontal
            asked = hint.width() if across else hint.height()
            size = kept.get(dock.objectName(), asked if self._smaller else 0)
            if size and size != extent(self._window, dock):
                found[dock] = size
        return found


def lay_out() -> None:
    """Give every part its place before anything is painted: one layout asks for the next."""
    for _ in range(_DEEP):
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)


def direction(window: QMainWindow, dock: QDockWidget) -> Qt.Orientation:
    """Return in which direction a dock can be resized where it stands."""
    sides = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
    across = window.dockWidgetArea(dock) in sides
    return Qt.Orientation.Horizontal if across else Qt.Orientation.Vertical


def extent(window: QMainWindow, dock: QDockWidget) -> int:
    """Return the width of a dock at a side, the height of another, in pixels."""
    across = direction(window, dock) is Qt.Orientation.Horizontal
    return dock.width() if across else dock.height()


class DockHeight(QObject):
    """Gives `dock`, below the chain, its height back when the window grows again.

    Qt does so by itself, but takes the height to which a dock was squeezed for the one that is
    wanted where a layout is put in place. Wanted is the height that somebody gave it with room
    left for the chain.
    """

    def __init__(self, window: Window, dock: QDockWidget, chain: QWidget) -> None:
        super().__init__(window)
        self._window, self._dock, self._chain = window, dock, chain
        self._wanted = 0
        self._with_window = False
        # The parts of a new layout get their sizes one after the other.
        self._settled = QTimer(self, singleShot=True)
        self._settled.timeout.connect(self._remember)
        window.resized.connect(self._follow_window)
        dock.installEventFilter(self)

    def _follow_window(self) -> None:
        """Grow with the window, whose docks have their new places already."""
        self._with_window = True
        self._grow()
        self._settled.start(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the dock."""
        if event.type() == QEvent.Type.Resize:
            self._settled.start(0)
        return super().eventFilter(watched, event)

    def _remember(self) -> None:
        # A dock that is away has the height to which it was squeezed before.
        if not self._with_window and self._dock.isVisible() and self._has_room():
            self._wanted = self._dock.height()
        self._with_window = False

    def _has_room(self) -> bool:
        return self._chain.height() > self._chain.minimumSizeHint().height()

    def _grow(self) -> None:
        wanted = self._wanted or self._dock.sizeHint().height()
        if self._has_room() and self._dock.isVisible() and self._dock.height() < wanted:
            self._window.resizeDocks([self._dock], [wanted], Qt.Orientation.Vertical)
