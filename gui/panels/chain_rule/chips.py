"""Painting a row: the name of the gradient and the chips of its factors, kept as a picture."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPixmap

from gui.drawing.ink import Ink, Stress
from gui.panels.chain_rule.layout import LINE, ChipPlace, Fonts, Layout, RowPlace, advance, fonts
from gui.panels.chain_rule.picture import Chip, RowPicture
from gui.theme import Theme

if TYPE_CHECKING:
    from engine.quantities import Name

_WHOLE = Qt.TextFlag.TextDontClip
_CENTRE = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class RowPainter:
    """Paints rows with one painter in one theme."""

    def __init__(self, painter: QPainter, theme: Theme, layout: Layout, width: float) -> None:
        self._painter, self._theme, self._layout, self._width = painter, theme, layout, width
        self._fonts: Fonts = fonts(theme.scale)

    def draw(self, place: RowPlace, row: RowPicture, cursor: int | None) -> None:
        """Paint a row at the painter's origin; `cursor` is the chip that has the keyboard."""
        self._header(row)
        for i, (chip, at) in enumerate(zip(row.chips, place.chips, strict=True)):
            if i:
                self._point(at)
            self._chip(chip, at)
            if i == cursor:
                self._ring(at, self._theme.inks[Ink.FORWARD].line, dashed=True)

    def redraw(self, place: RowPlace, row: RowPicture, changed: Iterable[int]) -> None:
        """Paint some chips anew over a row that was painted before, without any ring."""
        for i in changed:
            chip, at = row.chips[i], place.chips[i]
            for covered in (at.where, *([self._mark_place(chip, at)] if chip.factor.mark else [])):
                around = covered.adjusted(-1, -1, 1, 1).toAlignedRect()
                self._painter.fillRect(around, QColor(self._theme.panel))
            self._chip(chip, at)

    def _text(
        self, where: QRectF, flags: Qt.AlignmentFlag, text: str, font: QFont, ink: str
    ) -> None:
        self._painter.setFont(font)
        self._painter.setPen(QColor(ink))
        self._painter.drawText(where, int(flags) | int(_WHOLE), text)

    def bar(self, place: RowPlace, ink: Ink) -> None:
        """Paint what tells that a row is the present one."""
        size = self._theme.size
        bar = QRectF(-size(10), size(3), size(4), place.height - size(8))
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(QColor(self._theme.inks[ink].line))
        self._painter.drawRoundedRect(bar, size(2), size(2))

    def _header(self, row: RowPicture) -> None:
        size, scale = self._theme.size, self._theme.scale
        line = QRectF(0, 0, self._width, self._layout.header - size(6))
        title = f"{row.title} = "
        self._text(line, _LEFT, title, self._fonts.title, self._theme.text)
        after = advance(scale, "title", title) + size(2)
        number = advance(scale, "value", row.value) if row.value else size(58)
        if row.value:
            colour = self._theme.inks[Ink.GRADIENT].text
            self._text(line.adjusted(after, 0, 0, 0), _LEFT, row.value, self._fonts.value, colour)
        else:
            box = QRectF(after, line.center().y() - size(7), number, size(14))
            self._painter.setPen(QPen(QColor(self._theme.outline), 1.2, Qt.PenStyle.DotLine))
            self._painter.setBrush(Qt.BrushStyle.NoBrush)
            self._painter.drawRoundedRect(box, 4, 4)
        if row.other:
            self._text(line, _RIGHT, f"≠ {row.other}", self._fonts.value, self._theme.problem)
        if row.lit:
            where = QRectF(-size(3), size(1), after + number + size(8), line.height())
            self._outline(where, self._theme.text)

    def _point(self, after: ChipPlace) -> None:
        """Put the point of the product before a chip: between two, or at the start of a line."""
        gap = self._theme.size(self._layout.GAP)
        where = QRectF(after.where.left() - gap, after.where.top(), gap, after.where.height())
        self._text(where, _CENTRE, "·", self._fonts.title, self._theme.text)

    def _chip(self, chip: Chip, at: ChipPlace) -> None:
        theme, size = self._theme, self._theme.size
        ink = theme.inks[chip.ink]
        fill, line, width = QColor(theme.panel), QColor(ink.line), 1.2
        name, number = ink.text, theme.text
        match chip.stress:
            case Stress.EMPTY:
                line, name = QColor(theme.outline), theme.muted
            case Stress.KNOWN if chip.ink is Ink.MUTED:
                line = QColor(theme.outline)
            case Stress.USED:
                fill, width = theme.soft(chip.ink), 1.6
            case Stress.RESULT:
                fill, width = QColor(ink.fill), 1.6
                name = number = ink.on_fill
        pen = QPen(line, width)
        if chip.stress is Stress.EMPTY:
            pen.setStyle(Qt.PenStyle.DotLine)
        self._painter.setPen(pen)
        self._painter.setBrush(fill)
        self._painter.drawRoundedRect(at.where, size(6), size(6))
        top = at.where.top() + size(2)
        for i, text in enumerate(at.lines):
            where = QRectF(at.where.left(), top + i * size(LINE), at.where.width(), size(LINE))
            font = self._fonts.upright if chip.factor.left_out else self._fonts.symbol
            self._text(where, _CENTRE, text, font, name)
        below = QRectF(at.where.left(), at.where.bottom() - size(19), at.where.width(), size(16))
        self._text(below, _CENTRE, chip.number, self._fonts.number, number)
        if chip.lit:
            self._ring(at, theme.text, dashed=False)
        if chip.factor.mark:
            self._mark(chip, at)

    def _mark_place(self, chip: Chip, at: ChipPlace) -> QRectF:
        size = self._theme.size
        width = max(size(15), advance(self._theme.scale, "mark", chip.factor.mark) + size(6))
        return QRectF(at.where.left() - size(5), at.where.top() - size(7), width, size(15))

    def _mark(self, chip: Chip, at: ChipPlace) -> None:
        """Put the letter of a number that stands in several rows on the chip's corner."""
        theme, size = self._theme, self._theme.size
        idle, ink = chip.ink is Ink.MUTED, theme.inks[Ink.BACKWARD]
        where = self._mark_place(chip, at)
        lit = chip.stress >= Stress.USED
        line = theme.outline if idle else theme.panel if lit else ink.line
        self._painter.setPen(QPen(QColor(line), 1.2))
        self._painter.setBrush(QColor(ink.fill if lit else theme.panel))
        self._painter.drawRoundedRect(where, size(7.5), size(7.5))
        letter = theme.muted if idle else ink.on_fill if lit else ink.text
        self._text(where, _CENTRE, chip.factor.mark, self._fonts.mark, letter)

    def _ring(self, at: ChipPlace, colour: str, *, dashed: bool) -> None:
        spread = self._theme.size(5 if dashed else 3)
        where = at.where.adjusted(-spread, -spread, spread, spread)
        self._outline(where, colour, dashed=dashed)

    def _outline(self, where: QRectF, colour: str, *, dashed: bool = False) -> None:
        pen = QPen(QColor(colour), 2.0)
        if dashed:
            pen.setDashPattern([2.0, 1.5])
        self._painter.setPen(pen)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        radius = self._theme.size(8)
        self._painter.drawRoundedRect(where, radius, radius)


def origin(theme: Theme) -> QPointF:
    """Return the room at the left and above, for the bar of the present row and the marks."""
    return QPointF(theme.size(12), theme.size(2))


_KEPT = 24
"""The number of rows that are kept: more than are seen at once."""


class RowLook(NamedTuple):
    """What a row looks like but for its bar: `cursor` is the chip that has the keyboard."""

    row: RowPicture
    cursor: int | None

    def changed(self, before: "RowLook") -> list[int] | None:
        """Return which chips look otherwise than before, None if other things may do as well."""
        row, former = self.row, before.row
        head = (former.value, former.other, former.lit)
        if (row.value, row.other, row.lit) != head or (self.cursor, before.cursor) != (None, None):
            return None
        chips = zip(former.chips, row.chips, strict=True)
        if any(chip.lit for chip in (*former.chips, *row.chips)):
            return None
        return [i for i, (was, chip) in enumerate(chips) if was != chip]


class RowImages:
    """Draws the rows of a layout whose chips have this `room`, in pixels."""

    def __init__(self, layout: Layout, theme: Theme, room: float) -> None:
        self._layout, self._theme, self._room = layout, theme, room
        self._width = origin(theme).x() + room + theme.size(4)
        self._density = 0.0
        self._images: dict[Name, tuple[RowLook, QPixmap]] = {}

    def draw(self, painter: QPainter, top: float, place: RowPlace, look: RowLook, ink: Ink) -> None:
        """Draw a row at a height, anew only where it looks otherwise than before.

        The present row has a bar in `ink`, which is another at almost every step.
        """
        density = painter.device().devicePixelRatioF()
        if density != self._density:
            self._density = density
            self._images.clear()
        painter.drawPixmap(QPointF(0, top), self._kept(place, look))
        if look.row.present:
            painter.save()
            painter.translate(0, top)
            self._painted(painter).bar(place, ink)
            painter.restore()

    def _kept(self, place: RowPlace, look: RowLook) -> QPixmap:
        name = look.row.name
        before, image = self._images.pop(name, (None, None))
        changed = None if before is None else look.changed(before)
        if image is None or changed is None:
            image = self._image(place, look)
        elif changed:
            self._redraw(image, place, look, changed)
        if len(self._images) >= _KEPT:
            self._images.clear()
        self._images[name] = look, image
        return image

    def _redraw(self, image: QPixmap, place: RowPlace, look: RowLook, changed: list[int]) -> None:
        painter = QPainter(image)
        self._painted(painter).redraw(place, look.row, changed)
        painter.end()

    def _painted(self, painter: QPainter) -> RowPainter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(origin(self._theme).x(), 0)
        return RowPainter(painter, self._theme, self._layout, self._room)

    def _image(self, place: RowPlace, look: RowLook) -> QPixmap:
        density = self._density
        image = QPixmap(round(self._width * density), round(place.height * density))
        image.setDevicePixelRatio(density)
        image.fill(QColor(self._theme.panel))
        painter = QPainter(image)
        self._painted(painter).draw(place, look.row, look.cursor)
        painter.end()
        return image
