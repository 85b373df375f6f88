"""The steps of the sample as a strip of cells."""

from functools import lru_cache, partial

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QToolTip, QWidget

from engine.words import Say
from gui.drawing.ink import SIGNS, Ink
from gui.language.joining import groups
from gui.theme import THEMES, Theme, text_font
from gui.timeline.picture import TimelinePicture
from gui.widgets.accessible import Accessible, Item

_SIGNED = 13
"""In pixels of the ordinary theme: narrower cells have no room for a sign."""

_EDGE = 1.2
"""In pixels: how thick the edges of a narrow hollow cell are."""

_HEIGHTS = {
    Ink.FORWARD: (0.0, 0.55),
    Ink.LOSS: (0.0, 1.0),
    Ink.BACKWARD: (0.45, 1.0),
    Ink.GRADIENT: (0.75, 1.0),
    Ink.UPDATE: (0.3, 0.7),
}
"""Which part of the strip's height a cell without a sign takes, from the top. As in the chain,
values are above, upstream gradients below, and gradients at the bottom."""


class Strip(QWidget):
    """The strip: a press or a drag on it seeks the step under the mouse."""

    sought = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("cells")
        self._picture: TimelinePicture | None = None
        self._theme, self._say = THEMES["light"], Say()
        self._told: tuple[object, ...] = ()
        self._spoken: tuple[Item, ...] = ()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(24)

    def present(self, picture: TimelinePicture, theme: Theme, say: Say) -> None:
        """Show the cells of `picture`."""
        self._picture, self._theme, self._say = picture, theme, say
        self.update()

    def accessible(self) -> Accessible:
        """Return the steps, what is done of them, and that pressing one goes there."""
        say = self._say
        name = say("Steps of this sample")
        return Accessible(QAccessible.Role.Grouping, name, items=self._items())

    def _items(self) -> tuple[Item, ...]:
        if self._picture is None or not self._picture.cells:
            return ()
        stamp = self._picture, self._say, self.size()
        if stamp != self._told:
            places = _places(len(self._picture.cells), self.width(), self.height())
            self._told = stamp
            self._spoken = tuple(map(self._item, range(len(places)), places))
        return self._spoken

    def _item(self, number: int, where: QRectF) -> Item:
        picture, say = self._picture, self._say
        assert picture is not None  # noqa: S101 - it has cells
        cell = picture.cells[number]
        done = say("done") if cell.done else say("still to be done")
        place = say("this step") if number == picture.present else done
        return Item(
            number,
            groups((f"{number + 1} {SIGNS[cell.ink]} {cell.heading}", place), say),
            cell.hint,
            role=QAccessible.Role.Button,
            where=where.toAlignedRect(),
            verb=say("Go to this step"),
            press=partial(self.sought.emit, picture.first + number + 1),
        )

    def sizeHint(self) -> QSize:
        """Return a size for thirteen cells."""
        return QSize(400, 24)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the cells; the present one has a frame, those to come are hollow."""
        if self._picture is None or not self._picture.cells:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        alike: dict[tuple[Ink, bool], list[QRectF]] = {}
        places = _places(len(self._picture.cells), self.width(), self.height())
        for cell, where in zip(self._picture.cells, places, strict=True):
            alike.setdefault((cell.ink, cell.done), []).append(where)
        if places[0].width() < self._theme.size(_SIGNED):
            for (ink, done), cells in alike.items():
                self._paint_narrow(painter, ink, cells, done=done)
        else:
            pixels = min(0.58 * self.height(), 0.8 * places[0].width())
            painter.setFont(text_font(pixels, bold=True))
            for (ink, done), cells in alike.items():
                self._paint_signed(painter, ink, cells, done=done)
        if self._picture.present is not None:
            painter.setPen(QPen(QColor(self._theme.text), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            frame = places[self._picture.present].adjusted(-2, -2.5, 2, 2.5)
            painter.drawRoundedRect(frame, 5, 5)
        painter.end()

    def _paint_signed(
        self, painter: QPainter, ink: Ink, cells: list[QRectF], *, done: bool
    ) -> None:
        """Paint cells of one role with its sign."""
        colours = self._theme.inks[ink]
        sign = QColor(colours.on_fill if done else colours.text)
        for where in cells:
            painter.setPen(Qt.PenStyle.NoPen if done else QPen(QColor(colours.line), 1))
            painter.setBrush(QColor(colours.fill if done else self._theme.panel))
            painter.drawRoundedRect(where if done else where.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
            painter.setPen(sign)
            painter.drawText(where, Qt.AlignmentFlag.AlignCenter, SIGNS[ink])

    def _paint_narrow(
        self, painter: QPainter, ink: Ink, cells: list[QRectF], *, done: bool
    ) -> None:
        """Paint cells of one role where it is told by their height; hollow ones have two edges."""
        line = self._theme.inks[ink].line
        top, bottom = (share * cells[0].height() for share in _HEIGHTS[ink])
        shapes = [cell.adjusted(0, top, 0, bottom - cell.height()) for cell in cells]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(line))
        if done:
            painter.drawRects(shapes)
            return
        for down in (0.0, bottom - top - _EDGE):
            painter.drawRects([QRectF(r.left(), r.top() + down, r.width(), _EDGE) for r in shapes])

    def _step_at(self, x: float) -> int:
        count = len(self._picture.cells) if self._picture else 1
        return min(max(int((x - 3) / max(1e-9, (self.width() - 6) / count)), 0), count - 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Seek the step under the mouse."""
        if self._picture is not None and self._picture.cells:
            self.sought.emit(self._picture.first + self._step_at(event.position().x()) + 1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Seek along while a button is held."""
        self.mousePressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Name the step under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            if self._picture is not None and self._picture.cells:
                step = self._step_at(event.pos().x())
                QToolTip.showText(event.globalPos(), self._picture.cells[step].hint, self)
            return True
        return super().event(event)


@lru_cache(maxsize=8)
def _places(count: int, width: int, height: int) -> tuple[QRectF, ...]:
    """Return where each of `count` cells stands in a strip."""
    pitch = (width - 6) / count
    gap = min(3.0, pitch * 0.2)
    return tuple(QRectF(3 + i * pitch + gap / 2, 4, pitch - gap, height - 8) for i in range(count))
