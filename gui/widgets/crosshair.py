"""A cross-hair that keys move over any diagram: what the mouse does there, by keyboard."""

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from engine.words import mark
from gui.theme import Theme, text_font
from gui.widgets.accessible import announce
from gui.widgets.keys import Keys, Use
from gui.widgets.walking import FOR_A_MOMENT, WAYS, passed_on

_FAR, _ZOOM = 16, 1.25
"""In pixels: how far Shift and an arrow go, and an arrow alone one; how much + and − zoom."""

_FAR_STOPS = 4
"""So many stops Shift and an arrow go, where the cross-hair only stops at some places."""

_TYPE, _PAD = 12, 6
"""In pixels, at the ordinary size of type: of the words beside the cross."""

CROSSHAIR = Keys(
    mark("Cross-hair in plots, surface, map and curves: Tab to it, then ↓"),
    Use("left", ("Left",), mark("Move the cross-hair")),
    Use("right", ("Right",), mark("Move the cross-hair")),
    Use("up", ("Up",), mark("Move the cross-hair")),
    Use("down", ("Down",), mark("Move the cross-hair")),
    Use("far left", ("Shift+Left",), mark("Move it further")),
    Use("far right", ("Shift+Right",), mark("Move it further")),
    Use("far up", ("Shift+Up",), mark("Move it further")),
    Use("far down", ("Shift+Down",), mark("Move it further")),
    Use("first", ("Home",), mark("To the left edge")),
    Use("last", ("End",), mark("To the right edge")),
    Use("choose", ("Return",), mark("Do what a click does there"), ("Enter",)),
    Use("copy", ("Ctrl+C",), mark("Copy what is read there")),
    Use("in", ("+",), mark("Zoom in"), ("=",)),
    Use("out", ("-",), mark("Zoom out")),
    Use("whole", ("0",), mark("Show all")),
    Use("leave", ("Esc",), mark("Put the cross-hair away: ← and → step again")),
)

_BRINGS = ("up", "down", "choose")
"""What brings the cross-hair: until then ← and → step, and Home and End go to the run's ends."""


class Crossed(Protocol):
    """A diagram under a cross-hair."""

    def cross_area(self) -> QRectF:
        """Return where the cross-hair can be, in the pixels of the widget."""

    def cross_start(self) -> QPointF:
        """Return where it stands at first."""

    def reading_at(self, at: QPointF) -> Sequence[str]:
        """Return what is read there, in lines; none where the words stand elsewhere."""


class Crosshair(QWidget):
    """Lies over `host` and takes its keys while it is shown: from ↓, ↑ or Enter until Esc.

    `walks` tells that it came or went, and with it whose ← and → are; `moved` that it stands
    elsewhere: `at` is where, in the pixels of the host, or None. `chosen` tells a place, `zoomed` a
    factor and the place that stays, `whole` that all is to be seen, `panned` by how many pixels to
    the right and up the cross-hair would leave its area. `reading` is what is read there.
    """

    walks = Signal(bool)
    moved = Signal()
    chosen = Signal(QPointF)
    zoomed = Signal(float, QPointF)
    whole = Signal()
    panned = Signal(float, float)

    def __init__(
        self,
        host: QWidget,
        crossed: Crossed,
        stops: Callable[[], Sequence[float]] | None = None,
        *,
        zooms: bool = False,
        level: bool = True,
    ) -> None:
        """Stand over `host`; only at the `stops`, if given, from left to right.

        `zooms` tells whether the host has a view to be moved, `level` whether heights count.
        """
        super().__init__(host)
        self._host, self._crossed, self._stops = host, crossed, stops
        self._zooms, self._level = zooms, level
        self._share: tuple[float, float] | None = None
        self._theme: Theme | None = None
        self._was_there = False
        self.reading = ""
        self._lines: Sequence[str] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        if host.focusPolicy() is Qt.FocusPolicy.NoFocus:
            host.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        host.installEventFilter(self)

    def present(self, theme: Theme) -> None:
        """Take the theme's colours, and read anew what is under the cross."""
        self._theme = theme
        if self._share is not None:
            self._tell()

    @property
    def at(self) -> QPointF | None:
        """Where the cross is, in the pixels of the host."""
        if self._share is None:
            return None
        area, (across, down) = self._crossed.cross_area(), self._share
        return QPointF(area.left() + across * area.width(), area.top() + down * area.height())

    # What the host gets

    def eventFilter(self, _host: QObject, event: QEvent) -> bool:
        """Take the keys of the host, follow its size and its focus."""
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._host.rect())
        return passed_on(self._host, event, self._follow_focus, self._take_key)

    def _follow_focus(self, event: QFocusEvent) -> None:
        self.setGeometry(self._host.rect())
        if not event.gotFocus():
            self._was_there = self._share is not None
            self._put(None)
            self.hide()
            return
        self.show()
        self.raise_()
        if self._was_there and event.reason() in FOR_A_MOMENT:
            self._put(self._crossed.cross_start())

    def _take_key(self, event: QKeyEvent) -> bool:
        use = CROSSHAIR.use(event)
        if use in ("in", "out", "whole"):
            mine = self._zooms
        else:
            mine = bool(use) and (self._share is not None or use in _BRINGS)
        if not mine:
            return False
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            self._do(use)
        return True

    def _do(self, use: str) -> None:
        area, at = self._crossed.cross_area(), self.at
        if use in ("in", "out"):
            self.zoomed.emit(1 / _ZOOM if use == "in" else _ZOOM, at or area.center())
        elif use == "whole":
            self.whole.emit()
        elif at is None:
            self._put(self._crossed.cross_start())
        elif use == "choose":
            self.chosen.emit(at)
        elif use == "copy":
            QGuiApplication.clipboard().setText(self.reading)
        elif use == "leave":
            self._put(None)
        elif use in ("first", "last"):
            self._put(QPointF(area.left() if use == "first" else area.right(), at.y()))
        else:
            across, down = WAYS[use.removeprefix("far ")]
            self._go(at, across, down, far=use.startswith("far "))
        self._tell()
        if self.at is not None and use != "copy":
            announce(self._host, self.reading, at_once=True)

    def _go(self, at: QPointF, across: int, down: int, *, far: bool) -> None:
        if self._stops is not None and across:
            self._put(QPointF(self._next_stop(at.x(), across, far=far), at.y()))
            return
        step = _FAR if far else 1
        self._put(at + QPointF(across * step, down * step))

    def _next_stop(self, x: float, across: int, *, far: bool) -> float:
        stops = list(self._stops() if self._stops else ())
        here = min(range(len(stops)), key=lambda k: abs(stops[k] - x))
        there = here + across * (_FAR_STOPS if far else 1)
        return stops[min(max(there, 0), len(stops) - 1)]

    def _put(self, at: QPointF | None) -> None:
        """Stand at a place, as near to it as the area and the host's own limits allow."""
        came = (self._share is None) != (at is None)
        if at is None:
            self._share = None
            self._tell()
            if came and self._host.isVisible():  # else nobody is left to be told
                self.walks.emit(False)
            return
        area = self._crossed.cross_area()
        inside = QPointF(
            min(max(at.x(), area.left()), area.right()),
            min(max(at.y(), area.top()), area.bottom()),
        )
        width, height = max(area.width(), 1.0), max(area.height(), 1.0)
        self._share = (inside.x() - area.left()) / width, (inside.y() - area.top()) / height
        beyond = at - inside
        if self._zooms and not beyond.isNull():
            self.panned.emit(beyond.x(), -beyond.y())
        self._tell()
        if came:
            self.walks.emit(True)

    def _tell(self) -> None:
        at = self.at
        self._lines = () if at is None else tuple(self._crossed.reading_at(at))
        self.reading = "\n".join(self._lines)
        self.moved.emit()
        self.update()

    # What is seen

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a frame that tells of the focus, the lines, and the words beside them."""
        if self._theme is None:
            return
        painter, area, at = QPainter(self), self._crossed.cross_area(), self.at
        painter.setPen(QPen(QColor(self._theme.accent), 2))
        painter.drawRect(area.adjusted(1, 1, -1, -1))
        if at is not None:
            self._paint_cross(painter, area, at)
            self._paint_words(painter, area, at, self._theme)
        painter.end()

    def _paint_cross(self, painter: QPainter, area: QRectF, at: QPointF) -> None:
        # Black and white, one in the other: one of them is seen on any colour.
        for colour, width in (("#ffffff", 3.0), ("#000000", 1.0)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawLine(QPointF(at.x(), area.top()), QPointF(at.x(), area.bottom()))
            if self._level:
                painter.drawLine(QPointF(area.left(), at.y()), QPointF(area.right(), at.y()))

    def _paint_words(self, painter: QPainter, area: QRectF, at: QPointF, theme: Theme) -> None:
        if not self._lines:
            return
        font, pad = text_font(theme.size(_TYPE)), theme.size(_PAD)
        metrics = QFontMetricsF(font)
        width = max(map(metrics.horizontalAdvance, self._lines)) + 2 * pad
        plate = QRectF(0, 0, width, metrics.height() * len(self._lines) + 2 * pad)
        right = at.x() + pad + width <= self.width()
        left = at.x() + pad if right else max(at.x() - pad - width, 0.0)
        below = at.y() + pad + plate.height() <= area.bottom()
        top = at.y() + pad if below else max(at.y() - pad - plate.height(), 0.0)
        plate.moveTo(left, top)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(theme.muted))
        painter.setBrush(QColor(theme.panel))
        painter.drawRoundedRect(plate, 4, 4)
        painter.setFont(font)
        painter.setPen(QColor(theme.text))
        inside = plate.adjusted(pad, pad, -pad, -pad)
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignLeft), "\n".join(self._lines))
