"""The steps of the sample as a strip of cells."""

from collections.abc import Sequence
from functools import lru_cache, partial

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QHelpEvent,
    QImage,
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
from gui.widgets.accessible import Accessible, Item, KeptItems

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
        self._spoken = KeptItems()
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
        places = _places(len(self._picture.cells), self.width(), self.height())
        stamp = self._picture, self._say, self.size()
        return self._spoken.of(stamp, lambda: map(self._item, range(len(places)), places))

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
        inks, size = tuple(cell.ink for cell in self._picture.cells), self.size()
        places = _places(len(inks), size.width(), size.height())
        ratio, present = self.devicePixelRatioF(), self._picture.present
        edge = 0 if present is None else round(places[present].right() + 0.5 * _gap(places))
        for done, left, right in ((True, 0, edge), (False, edge, size.width())):
            where = QRect(left, 0, right - left, size.height())
            if ratio.is_integer():
                strip = _strip(inks, self._theme, size.width(), size.height(), ratio, done)
                part = QRect(where.topLeft() * ratio, where.size() * ratio)
                painter.drawImage(where, strip, part)
            else:
                painter.setClipRect(where)
                _draw_cells(painter, inks, self._theme, places, done=done)
        painter.setClipping(False)
        if present is not None:
            painter.setPen(QPen(QColor(self._theme.text), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(places[present].adjusted(-2, -2.5, 2, 2.5), 5, 5)
        painter.end()

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


def _gap(places: Sequence[QRectF]) -> float:
    return places[1].left() - places[0].right() if len(places) > 1 else 0.0


@lru_cache(maxsize=8)
def _places(count: int, width: int, height: int) -> tuple[QRectF, ...]:
    """Return where each of `count` cells stands in a strip."""
    pitch = (width - 6) / count
    gap = min(3.0, pitch * 0.2)
    return tuple(QRectF(3 + i * pitch + gap / 2, 4, pitch - gap, height - 8) for i in range(count))


@lru_cache(maxsize=8)
def _strip(
    inks: tuple[Ink, ...],
    theme: Theme,
    width: int,
    height: int,
    ratio: float,
    done: bool,  # noqa: FBT001
) -> QImage:
    """Return the strip as if all steps were done, or none.

    It is the same at every step; to draw its cells takes longer than everything around it.
    """
    size = QSize(round(width * ratio), round(height * ratio))
    strip = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    strip.setDevicePixelRatio(ratio)
    strip.fill(Qt.GlobalColor.transparent)
    painter = QPainter(strip)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _draw_cells(painter, inks, theme, _places(len(inks), width, height), done=done)
    painter.end()
    return strip


def _draw_cells(
    painter: QPainter,
    inks: Sequence[Ink],
    theme: Theme,
    places: Sequence[QRectF],
    *,
    done: bool,
) -> None:
    """Draw all cells as done, or as still to come."""
    alike: dict[Ink, list[QRectF]] = {}
    for ink, where in zip(inks, places, strict=True):
        alike.setdefault(ink, []).append(where)
    if places[0].width() < theme.size(_SIGNED):
        for ink, cells in alike.items():
            _draw_narrow(painter, theme, ink, cells, done=done)
        return
    pixels = min(0.58 * (places[0].height() + 8), 0.8 * places[0].width())
    painter.setFont(text_font(pixels, bold=True))
    for ink, cells in alike.items():
        _draw_signed(painter, theme, ink, cells, done=done)


def _draw_signed(
    painter: QPainter, theme: Theme, ink: Ink, cells: list[QRectF], *, done: bool
) -> None:
    """Draw cells of one role with its sign."""
    colours = theme.inks[ink]
    sign = QColor(colours.on_fill if done else colours.text)
    for where in cells:
        painter.setPen(Qt.PenStyle.NoPen if done else QPen(QColor(colours.line), 1))
        painter.setBrush(QColor(colours.fill if done else theme.panel))
        painter.drawRoundedRect(where if done else where.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.setPen(sign)
        painter.drawText(where, Qt.AlignmentFlag.AlignCenter, SIGNS[ink])


def _draw_narrow(
    painter: QPainter, theme: Theme, ink: Ink, cells: list[QRectF], *, done: bool
) -> None:
    """Draw cells of one role where it is told by their height; hollow ones have two edges."""
    line = theme.inks[ink].line
    top, bottom = (share * cells[0].height() for share in _HEIGHTS[ink])
    shapes = [cell.adjusted(0, top, 0, bottom - cell.height()) for cell in cells]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(line))
    if done:
        painter.drawRects(shapes)
        return
    for down in (0.0, bottom - top - _EDGE):
        painter.drawRects([QRectF(r.left(), r.top() + down, r.width(), _EDGE) for r in shapes])
