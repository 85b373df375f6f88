"""The rows of factors, of which only those that are seen are described and painted."""

from bisect import bisect_right
from collections.abc import Iterator

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from engine.quantities import Name
from gui.drawing.ink import Ink
from gui.formula.picture import PHASE_INKS
from gui.language import speech
from gui.panels.chain_rule.chips import RowImages, RowLook, origin
from gui.panels.chain_rule.keys import FACTORS
from gui.panels.chain_rule.layout import Cursor, Layout, RowPlace, Stops
from gui.panels.chain_rule.picture import ChainRulePicture, RowPicture, left_out
from gui.panels.chain_rule.spoken import Placed, at_chip, items, key_of, name_of
from gui.state import State
from gui.theme import THEMES, Theme, dressed
from gui.widgets.accessible import Accessible, KeptItems, tell_focus

_NOTCH = 120
"""How far a wheel turns from notch to notch, as Qt counts."""


class Rows(QAbstractScrollArea):
    """Shows the rows of a picture; `pointed` tells the number under the mouse, or None.

    With the focus, ↓ and ↑ go from factor to factor, Page Down and Page Up from row to row, and
    Escape lets go; `highlighted` tells the number that they stand on, or None. The other keys stay
    with the window.
    """

    pointed = Signal(object)
    highlighted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("derivatives")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        # What is behind it need not be painted at every step.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._theme: Theme = THEMES["light"]
        self._state: State | None = None
        self._picture: ChainRulePicture | None = None
        self._layout: Layout | None = None
        self._images: RowImages | None = None
        self._stops = Stops((), 1.0)
        self._turned = 0
        self._laid_out: tuple[object, ...] = ()
        self._cursor: Cursor | None = None
        self._followed: tuple[int, int | None] | None = None
        self._spoken = KeptItems()

    def present(self, state: State, picture: ChainRulePicture) -> None:
        """Show the rows of a state; the row of the latest step comes into sight."""
        self._theme, self._state, self._picture = dressed(state.look), state, picture
        self._lay_out()
        self._follow()
        self.viewport().update()

    @property
    def content_height(self) -> int:
        """How high all rows together are."""
        return round(self._layout.height + 2 * origin(self._theme).y()) if self._layout else 0

    def _lay_out(self) -> None:
        if self._picture is None or self._state is None:
            return
        rows, say = self._picture.derived.rows, speech(self._state.look.locale)
        width = self._room
        if self._laid_out[:1] == (rows,) and self._laid_out[1:] == (self._theme, width, say):
            return
        self._laid_out = (rows, self._theme, width, say)
        self._layout = Layout(rows, self._theme, width, lambda f: left_out(f, say))
        self._images = RowImages(self._layout, self._theme, width)
        self._fit_bar()

    @property
    def _room(self) -> float:
        """How wide a row may be: the same with and without a scroll bar at the right."""
        right = self.verticalScrollBar().sizeHint().width() + self._theme.size(4)
        return self.width() - origin(self._theme).x() - right

    def _fit_bar(self) -> None:
        if self._layout is None:
            return
        rows, bar = self._layout.rows, self.verticalScrollBar()
        self._stops = Stops(rows, self.viewport().height() - origin(self._theme).y())
        stops = len(self._stops.places)
        bar.setRange(0, stops - 1)
        bar.setPageStep(max(1, len(rows) - stops + 1))

    @property
    def offset(self) -> float:
        """How far the rows are moved up, in pixels."""
        return self._stops.places[self.verticalScrollBar().value()]

    @property
    def _seen(self) -> range:
        """Which rows are seen."""
        return self._stops.seen(self.verticalScrollBar().value())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Go a row up or down with each notch; leave the wheel to the panel if all are seen."""
        bar = self.verticalScrollBar()
        if not bar.maximum():
            event.ignore()
            return
        self._turned += event.angleDelta().y()
        rows = int(self._turned / _NOTCH)
        self._turned -= rows * _NOTCH
        bar.setValue(bar.value() - rows)
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        self._lay_out()
        self._fit_bar()
        self._followed = None
        self._follow()

    # What is in sight

    def _follow(self) -> None:
        """Bring the row of the latest step into sight, once it is another one."""
        if self._picture is None or self._state is None or self._layout is None:
            return
        followed = (self._state.index, self._present_row())
        if followed[1] is not None and followed != self._followed:
            self._show_row(followed[1])
        self._followed = followed

    def _present_row(self) -> int | None:
        """Return which row the latest step belongs to."""
        rows = self._layout.rows if self._layout else ()
        name = self._picture.follows if self._picture else None
        return next((i for i, row in enumerate(rows) if row.written.name == name), None)

    def _show_row(self, number: int) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(self._stops.showing(number, bar.value()))

    def _row_at(self, y: float) -> int | None:
        """Return which row stands at a height of the viewport."""
        if self._layout is None or not self._layout.rows:
            return None
        down = y + self.offset - origin(self._theme).y()
        number = bisect_right(self._layout.rows, down, key=lambda row: row.top) - 1
        inside = number in self._seen and down < self._layout.height
        return number if inside else None

    def _described(self, number: int) -> tuple[RowPlace, RowPicture]:
        assert self._layout is not None and self._picture is not None  # noqa: S101, PT018
        place = self._layout.rows[number]
        return place, self._picture.row(place.written)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the rows that are in sight."""
        if self._layout is None or self._images is None:
            return
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(self._theme.panel))
        offset = origin(self._theme).y() - self.offset
        phase = self._picture.phase if self._picture else None
        ink = PHASE_INKS[phase] if phase else Ink.TEXT
        for number in self._seen:
            place, row = self._described(number)
            at = self._cursor
            look = RowLook(row, at.chip if at and at.row == number else None)
            self._images.draw(painter, place.top + offset, place, look, ink)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(self._theme.inks[Ink.FORWARD].line), 2))
            painter.drawRoundedRect(self.viewport().rect().adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    # Pointing

    def _chip_at(self, where: QPointF) -> tuple[RowPicture, int | None] | None:
        """Return the row at a place, and which of its chips; no chip for its first line."""
        number = self._row_at(where.y())
        if number is None:
            return None
        place, row = self._described(number)
        at = where - origin(self._theme)
        at += QPointF(0, self.offset - place.top)
        for i, chip in enumerate(place.chips):
            if chip.where.contains(at):
                return row, i
        header = self._layout.header if self._layout else 0
        return (row, None) if at.y() < header else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at what is under the mouse."""
        found = self._chip_at(event.position())
        self._cursor = None
        self._highlight(None)
        self._point(name_of(*found) if found else None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Let go of the chip that the keys stood on."""
        super().focusOutEvent(event)
        # A window that is taken down has nobody to tell.
        if self._cursor is not None and self.isVisible():
            self._cursor = None
            self._highlight(None)

    def _point(self, name: Name | None) -> None:
        if self._state is not None and self._state.pointed != name:
            self.pointed.emit(name)

    def _highlight(self, name: Name | None) -> None:
        if self._state is not None and self._state.highlight != name:
            self.highlighted.emit(name)

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell the names and the full value of what is under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self._chip_at(QPointF(event.pos()))
            row, chip = found or (None, None)
            text = "" if row is None else row.tip if chip is None else row.chips[chip].tip
            QToolTip.showText(event.globalPos(), text, self)
            return True
        if event.type() == QEvent.Type.Leave:
            self._point(None)
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from factor to factor, and from row to row."""
        use = FACTORS.use(event)
        if use in ("next", "former"):
            self._go_to(self._beside(1 if use == "next" else -1))
        elif use in ("next row", "former row"):
            by = 1 if use == "next row" else -1
            row = self._start() if self._cursor is None else self._cursor.row + by
            self._go_to(Cursor(row, 0))
        elif use == "leave" and self._cursor is not None:
            self._go_to(None)
        else:
            event.ignore()

    def _start(self) -> int:
        """Return the row that the keys begin with: that of the latest step, or the first."""
        return self._present_row() or 0

    def _beside(self, by: int) -> Cursor:
        if self._cursor is None or self._layout is None:
            return Cursor(self._start(), 0)
        return self._cursor.beside(by, self._layout.rows)

    def _go_to(self, cursor: Cursor | None) -> None:
        if self._layout is None:
            return
        if cursor is not None:
            cursor = cursor.within(self._layout.rows)
            self._show_row(cursor.row)
        self._cursor = cursor
        self.viewport().update()
        self._highlight(name_of(self._described(cursor.row)[1], cursor.chip) if cursor else None)
        if cursor is not None:
            tell_focus(self, key_of(self._described(cursor.row)[1], cursor.chip))

    def accessible(self) -> Accessible:
        """Tell the chip of the keys, or the row of the latest step."""
        if self._state is None or self._layout is None or not self._layout.rows:
            return Accessible()
        say = speech(self._state.look.locale)
        if self._cursor is not None and self._cursor.row < len(self._layout.rows):
            text = at_chip(self._described(self._cursor.row)[1], self._cursor.chip, say)
        else:
            text = self._described(min(self._start(), len(self._layout.rows) - 1))[1].sentence
        stamp = self._picture, self._layout, self._cursor, self.offset
        width = self.viewport().width()
        parts = self._spoken.of(stamp, lambda: items(self._placed(), self._cursor, width, say))
        return Accessible(QAccessible.Role.Grouping, say("Gradients written out"), text, parts)

    def _placed(self) -> Iterator[Placed]:
        """Yield all rows, and where they begin in the viewport."""
        top = origin(self._theme) - QPointF(0, self.offset)
        for number in range(len(self._layout.rows) if self._layout else 0):
            place, row = self._described(number)
            yield Placed(place, row, top + QPointF(0, place.top))
