"""A ring that the keys move over the boxes of the chain: what the mouse does there, by keyboard."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QGuiApplication, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from engine.words import mark
from gui.chain.dragging import nudge
from gui.chain.picture.parts import Part, beside, end_of_row
from gui.state import Pointed, State
from gui.state.intents import Highlight, Settle
from gui.theme import Theme
from gui.widgets.accessible import tell_focus
from gui.widgets.keys import Keys, Use
from gui.widgets.walking import FOR_A_MOMENT, WAYS, passed_on

RING = Keys(
    mark("Ring over the boxes of the chain: Tab to the chain, then ↓"),
    Use("left", ("Left",), mark("To the box at the left")),
    Use("right", ("Right",), mark("To the box at the right")),
    Use("up", ("Up",), mark("To the box above")),
    Use("down", ("Down",), mark("To the box below")),
    Use("first", ("Home",), mark("To the first box of the row")),
    Use("last", ("End",), mark("To the last box of the row")),
    Use(
        "press",
        ("Return",),
        mark("Do what a click does: go to the step that computes it, or edit the weight"),
        ("Enter",),
    ),
    Use("copy", ("Ctrl+C",), mark("Copy the value with all its digits")),
    Use("leave", ("Esc",), mark("Put the ring away: ← and → step again")),
)

_BRINGS = ("up", "down", "press")
"""What brings the ring: until then ← and → step, and Home and End go to the ends of the run."""

_WIDTH, _AWAY, _CORNER = 3.0, 5.0, 11.0
"""In pixels: the ring's line, its distance from the box (captions are near), its corners."""


class Ringed(Protocol):
    """The chain under the ring."""

    @property
    def shown(self) -> State | None:
        """The state that is shown."""

    def parts(self) -> Sequence[Part]:
        """Return all boxes of the chain, those that are out of sight too."""

    def bring(self, part: Part) -> None:
        """Bring a box into sight."""


class Ring(QObject):
    """Takes the keys of `host` while it has the focus; `wished` carries an `Intent`.

    It is there from ↓, ↑ or Enter on, until Esc, and stands on the number that the state
    highlights.
    """

    wished = Signal(object)

    def __init__(self, host: QWidget, chain: Ringed) -> None:
        super().__init__(host)
        self._host, self._chain = host, chain
        host.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        host.installEventFilter(self)

    @property
    def at(self) -> Part | None:
        """The box that it stands on, while it is there."""
        name = self.name
        parts = self._chain.parts() if name is not None else ()
        return next((part for part in parts if part.name == name), None)

    @property
    def name(self) -> Pointed | None:
        """The number in that box."""
        state = self._chain.shown
        return state.highlight if state is not None and state.walking else None

    def eventFilter(self, _host: QObject, event: QEvent) -> bool:
        """Take the keys of the host, and follow its focus."""
        return passed_on(self._host, event, self._follow_focus, self._take_key)

    def _follow_focus(self, event: QFocusEvent) -> None:
        self._host.update()
        # A window that is taken down has nobody to tell.
        if event.reason() in FOR_A_MOMENT or not self._host.isVisible():
            return
        if event.lostFocus() and self.name is not None:
            self._put(None)

    def _take_key(self, event: QKeyEvent) -> bool:
        use, state = RING.use(event), self._chain.shown
        if not use and self._nudge(event):
            return True
        if not use or state is None or not (state.walking or use in _BRINGS):
            return False
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            self._do(use)
        return True

    def _nudge(self, event: QKeyEvent) -> bool:
        """Make the parameter in the ring larger or smaller."""
        state, at = self._chain.shown, self.at
        if state is None or at is None:
            return False
        edit = nudge(event, at.name, state)
        if edit is None:
            return False
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            self.wished.emit(edit)
        return True

    def _do(self, use: str) -> None:
        at = self.at
        if use == "leave":
            self._put(None)
        elif at is None:
            self._put(self._start())
        elif use == "press":
            if at.action is not None:
                self.wished.emit(at.action)
        elif use == "copy":
            if at.value:
                QGuiApplication.clipboard().setText(at.value)
        elif use in ("first", "last"):
            self._put(end_of_row(self._chain.parts(), at, last=use == "last"))
        else:
            self._put(beside(self._chain.parts(), at, *WAYS[use]))

    def _start(self) -> Part | None:
        """Return the box to begin with: of the latest step's result, or the first of all."""
        state = self._chain.shown
        if state is None:
            return None
        parts, step = self._chain.parts(), state.moment.step
        result = step.result if step is not None else None
        return next((part for part in parts if part.name == result), parts[0])

    def _put(self, part: Part | None) -> None:
        # What the keys make of one parameter is one edit.
        self.wished.emit(Settle())
        self.wished.emit(Highlight(part.name if part else None, walks=part is not None))
        if part is not None:
            self._chain.bring(part)
            tell_focus(self._host, part.name)

    def paint(self, painter: QPainter, theme: Theme, box: QRectF | None) -> None:
        """Paint the ring around a box; without one, a frame that tells of the focus."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.accent), _WIDTH))
        if box is None:
            painter.drawRect(QRectF(self._host.rect()).adjusted(2, 2, -2, -2))
            return
        around = box.adjusted(-_AWAY, -_AWAY, _AWAY, _AWAY)
        painter.drawRoundedRect(around, _CORNER, _CORNER)
