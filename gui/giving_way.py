"""Docks that give way to the chain where the window is narrow, and come back with the room."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from gui.state import State
from gui.theme import THEMES

ROOMY = 1200
"""In pixels, at the ordinary size of type: narrower, the chain has no room between two docks."""


class GivingWay(QObject):
    """Closes `dock` when the window becomes narrow and opens it again when it is wide enough.

    Opened by hand in a narrow window, it takes the place of the dock `beside`, until it is closed
    again. Otherwise whoever opens or closes a dock by hand is left alone until the window changes.
    """

    def __init__(self, window: QMainWindow, dock: QDockWidget, beside: QDockWidget) -> None:
        super().__init__(window)
        self._window, self._dock, self._beside = window, dock, beside
        self._roomy: float = ROOMY
        self._narrow = False
        self._away: set[QDockWidget] = set()
        window.installEventFilter(self)
        dock.toggleViewAction().triggered.connect(self._trade_places)
        self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit when the window gets another size."""
        if event.type() == QEvent.Type.Resize:
            self.fit()
        return super().eventFilter(watched, event)

    def present(self, state: State) -> None:
        """Mind how large the type is, from the next change of the window on.

        Who switches to large type in front of a class does not want to lose the panel.
        """
        self._roomy = ROOMY * THEMES[state.look.palette].scale

    def fit(self) -> None:
        """Close or open the dock where the width of the window asks for it."""
        was_narrow, self._narrow = self._narrow, self._window.width() < self._roomy
        if self._narrow and not was_narrow:
            self._send_away(self._dock)
        elif was_narrow and not self._narrow:
            self._bring_back(self._dock, self._beside)

    def come_back(self) -> None:
        """Stand as with room enough, for a layout that is to be remembered."""
        for dock in self._away:
            dock.show()

    def fit_anew(self) -> None:
        """Fit to a layout that was put in place meanwhile."""
        self._narrow = False
        self._away.clear()
        self.fit()

    def _trade_places(self) -> None:
        if self._dock.isHidden():
            self._bring_back(self._beside)
        elif self._narrow:
            self._away.discard(self._dock)
            self._send_away(self._beside)

    def _send_away(self, dock: QDockWidget) -> None:
        if not dock.isHidden():
            self._away.add(dock)
            dock.hide()

    def _bring_back(self, *docks: QDockWidget) -> None:
        for dock in self._away.intersection(docks):
            self._away.remove(dock)
            dock.show()


class KeepingHeight(QObject):
    """Gives `dock`, below the chain, its height back when the window grows again.

    Qt does so by itself, but takes the height to which a dock was squeezed for the one that is
    wanted where a layout is put in place. Wanted is the height that somebody gave it with room
    left for the chain.
    """

    def __init__(self, window: QMainWindow, dock: QDockWidget, chain: QWidget) -> None:
        super().__init__(window)
        self._window, self._dock, self._chain = window, dock, chain
        self._wanted = 0
        self._with_window = False
        # The parts of a new layout get their sizes one after the other.
        self._settled = QTimer(self, singleShot=True)
        self._settled.timeout.connect(self._remember)
        window.installEventFilter(self)
        dock.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the sizes of window and dock; Qt has laid out a window before it is told here."""
        if event.type() == QEvent.Type.Resize:
            if watched is self._window:
                self._with_window = True
                self._grow()
            self._settled.start(0)
        return super().eventFilter(watched, event)

    def _remember(self) -> None:
        if not self._with_window and self._has_room():
            self._wanted = self._dock.height()
        self._with_window = False

    def _has_room(self) -> bool:
        return self._chain.height() > self._chain.minimumSizeHint().height()

    def _grow(self) -> None:
        wanted = self._wanted or self._dock.sizeHint().height()
        if self._has_room() and self._dock.isVisible() and self._dock.height() < wanted:
            self._window.resizeDocks([self._dock], [wanted], Qt.Orientation.Vertical)
