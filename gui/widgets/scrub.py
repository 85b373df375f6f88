"""Dragging a number to another: by the mouse, Shift for fine, Esc for back."""

from PySide6.QtCore import (
    QCoreApplication,
    QElapsedTimer,
    QEvent,
    QObject,
    QPointF,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from engine.words import mark
from gui.state.dragged import dragged
from gui.widgets.keys import Keys, Use

NUDGING = Keys(
    mark("On a weight, a bias or the learning rate"),
    Use("more", ("Alt+Up",), mark("Make it larger, as dragging to the right does")),
    Use("less", ("Alt+Down",), mark("Make it smaller, as dragging to the left does")),
    Use("a little more", ("Alt+Shift+Up",), mark("Make it a little larger")),
    Use("a little less", ("Alt+Shift+Down",), mark("Make it a little smaller")),
    Use("back", ("Esc",), mark("While it is dragged: put it back")),
)

_NUDGES = {"more": (5, False), "less": (-5, False), "a little more": (5, True)}
_NUDGES["a little less"] = (-5, True)

_AWAY = 4
"""In pixels: what moves less is a click."""

_OFTEN = 16
"""In milliseconds: faster than that nothing can be seen."""


def nudged(event: QKeyEvent, value: float, *, positive: bool = False) -> float | None:
    """Return the number that a key makes of `value`; None where it makes none."""
    by = _NUDGES.get(NUDGING.use(event))
    return None if by is None else dragged(value, by[0], fine=by[1], positive=positive)


def _application() -> QCoreApplication:
    app = QApplication.instance()
    assert app is not None  # noqa: S101 - who drags has one
    return app


class Scrub(QObject):
    """One drag at a time. `moved` carries each new number, at most one a frame.

    `ended` comes once, with whether the number is to stay; it is not, after Esc.
    """

    moved = Signal(float)
    ended = Signal(bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._start: float | None = None
        self._positive = self._moves = False
        self._from, self._latest = QPointF(), 0.0
        self._wait = QTimer(self, singleShot=True)
        self._wait.timeout.connect(self._tell)
        self._clock = QElapsedTimer()
        self._told: float | None = None

    @property
    def under_way(self) -> bool:
        """Whether something is dragged, farther than a click moves."""
        return self._start is not None and self._moves

    def begin(self, value: float, at: QPointF, *, positive: bool = False) -> None:
        """Take hold of a number; only a `positive` one stays positive."""
        self._start, self._from, self._positive = value, at, positive
        self._moves, self._told = False, None

    def move(self, event: QMouseEvent) -> bool:
        """Follow the mouse; return whether it is a drag by now."""
        if self._start is None:
            return False
        away = event.globalPosition() - self._from
        if not self._moves:
            if away.manhattanLength() <= _AWAY:
                return False
            self._moves = True
            QGuiApplication.setOverrideCursor(Qt.CursorShape.SizeHorCursor)
            _application().installEventFilter(self)
            self._clock.start()
        fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        # Upwards is more, too.
        self._latest = dragged(self._start, away.x() - away.y(), fine=fine, positive=self._positive)
        if not self._wait.isActive():
            self._wait.start(max(0, _OFTEN - self._clock.restart()))
        return True

    def end(self) -> bool:
        """Let go; return whether it was a drag."""
        was = self.under_way
        if was and self._wait.isActive():
            self._wait.stop()
            self._tell()
        self._finish(kept=True)
        return was

    def cancel(self) -> None:
        """Put the number back."""
        self._finish(kept=False)

    def _tell(self) -> None:
        if self._start is not None and self._latest != self._told:
            self._told = self._latest
            self.moved.emit(self._latest)

    def _finish(self, *, kept: bool) -> None:
        was, self._start, self._moves = self.under_way, None, False
        self._wait.stop()
        if was:
            QGuiApplication.restoreOverrideCursor()
            _application().removeEventFilter(self)
            self.ended.emit(kept)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take Esc from whatever has the keys, and end where the window loses them."""
        if event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
                self.cancel()
                event.accept()
                return True
        elif event.type() == QEvent.Type.ApplicationDeactivate:
            self.end()
        return False


class Scrubbed(QObject):
    """Lets a label be dragged to change the number it names.

    `moved` and `ended` are those of a `Scrub`; `value` is asked at the beginning.
    """

    moved = Signal(float)
    ended = Signal(bool)

    def __init__(self, label: QWidget, *, positive: bool = False) -> None:
        super().__init__(label)
        self.value: float | None = None
        self._positive = positive
        self._scrub = Scrub(self)
        self._scrub.moved.connect(self.moved)
        self._scrub.ended.connect(self.ended)
        label.setCursor(Qt.CursorShape.SizeHorCursor)
        label.installEventFilter(self)

    def eventFilter(self, _label: QObject, event: QEvent) -> bool:
        """Follow the mouse on the label."""
        if not isinstance(event, QMouseEvent):
            return False
        kind, left = event.type(), Qt.MouseButton.LeftButton
        if kind == QEvent.Type.MouseButtonPress and event.button() == left:
            if self.value is not None:
                self._scrub.begin(self.value, event.globalPosition(), positive=self._positive)
            return self.value is not None
        if kind == QEvent.Type.MouseMove and event.buttons() & left:
            return self._scrub.move(event)
        if kind == QEvent.Type.MouseButtonRelease and event.button() == left:
            return self._scrub.end()
        return False
