"""Painting a row: the name of the gradient and the chips of its factors, kept as a picture."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPixmap

from gui.chain.shapes import DOTS, Placed, Shape, draw_shapes
from gui.drawing.ink import Ink, Stress
from gui.panels.chain_rule.layout import LINE, ChipPlace, Fonts, Layout, RowPlace, advance, fonts
from gui.panels.chain_rule.picture import Chip, RowPicture
from gui.theme import Theme

if TYPE_CHECKING:
    from engine.quantities import Name

_WHOLE = int(Qt.TextFlag.TextDontClip)
_CENTRE = int(Qt.AlignmentFlag.AlignCenter) | _WHOLE
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter) | _WHOLE
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter) | _WHOLE


class RowPainter:
    """Paints rows with one painter in one theme."""

    def __init__(self, painter: QPainter, theme: Theme, layout: Layout, width: float) -> None:
        self._painter, self._theme, self._layout, self._width = painter, theme, layout, width
        self._fonts: Fonts = fonts(theme.scale)

    def draw(self, place: RowPlace, row: RowPicture, cursor: int | None) -> None:
        """Paint a row at the painter's origin; `cursor` is the chip that has the keyboard."""
        self._header(row)
        for at in place.chips[1:]:
            self._point(at)
        self._chips(list(zip(row.chips, place.chips, strict=True)))
        if cursor is not None:
            self._ring(place.chips[cursor], self._theme.inks[Ink.FORWARD].line, dashed=True)

    def redraw(self, place: RowPlace, row: RowPicture, changed: Iterable[int]) -> None:
        """Paint some chips anew over a row that was painted before, without any ring."""
        chips = [(row.chips[i], place.chips[i]) for i in changed]
        for chip, at in chips:
            for covered in (at.where, *([self._mark_place(chip, at)] if chip.factor.mark else [])):
                around = covered.adjusted(-1, -1, 1, 1).toAlignedRect()
                self._painter.fillRect(around, QColor(self._theme.panel))
        self._chips(chips)

    def _text(self, where: QRectF, flags: int, text: str, font: QFont, ink: str) -> None:
        self._painter.setFont(font)
        self._painter.setPen(QColor(ink))
        self._painter.drawText(where, flags, text)

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

    def _chips(self, chips: Sequence[tuple[Chip, ChipPlace]]) -> None:
        """Paint some chips, with the letters on their corners and the rings around them."""
        theme = self._theme
        draw_shapes(self._painter, [_plate(theme, chip, at.where) for chip, at in chips])
        for chip, at in chips:
            self._words(chip, at)
            if chip.lit:
                self._ring(at, theme.text, dashed=False)
        marks = [(chip, self._mark_place(chip, at)) for chip, at in chips if chip.factor.mark]
        draw_shapes(self._painter, [_badge(theme, chip, where) for chip, where in marks])
        backward = theme.inks[Ink.BACKWARD]
        for chip, where in marks:
            lit, idle = chip.stress >= Stress.USED, chip.ink is Ink.MUTED
            letter = theme.muted if idle else backward.on_fill if lit else backward.text
            self._text(where, _CENTRE, chip.factor.mark, self._fonts.mark, letter)

    def _words(self, chip: Chip, at: ChipPlace) -> None:
        """Write the name of a chip and its number."""
        theme, size = self._theme, self._theme.size
        ink = theme.inks[chip.ink]
        name, number = ink.text, theme.text
        if chip.stress is Stress.EMPTY:
            name = theme.muted
        elif chip.stress is Stress.RESULT:
            name = number = ink.on_fill
        top = at.where.top() + size(2)
        for i, text in enumerate(at.lines):
            where = QRectF(at.where.left(), top + i * size(LINE), at.where.width(), size(LINE))
            font = self._fonts.upright if chip.factor.left_out else self._fonts.symbol
            self._text(where, _CENTRE, text, font, name)
        below = QRectF(at.where.left(), at.where.bottom() - size(19), at.where.width(), size(16))
        self._text(below, _CENTRE, chip.number, self._fonts.number, number)

    def _mark_place(self, chip: Chip, at: ChipPlace) -> QRectF:
        """Return where the letter of a number that stands in several rows has to be."""
        size = self._theme.size
        width = max(size(15), advance(self._theme.scale, "mark", chip.factor.mark) + size(6))
        return QRectF(at.where.left() - size(5), at.where.top() - size(7), width, size(15))

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


def _plate(theme: Theme, chip: Chip, where: QRectF) -> Placed:
    """Return the shape of a chip, and where it is."""
    size, centre = where.size(), where.center()
    shape = _plate_shape(theme, chip.ink, chip.stress, size.width(), size.height())
    return Placed(shape, centre.x(), centre.y())


@lru_cache(maxsize=256)
def _plate_shape(theme: Theme, of: Ink, stress: Stress, width: float, height: float) -> Shape:
    ink = theme.inks[of]
    fill, line, thickness = theme.panel, ink.line, 1.2
    match stress:
        case Stress.EMPTY:
            line = theme.outline
        case Stress.KNOWN if of is Ink.MUTED:
            line = theme.outline
        case Stress.USED:
            fill, thickness = theme.soft(of).name(), 1.6
        case Stress.RESULT:
            fill, thickness = ink.fill, 1.6
    gaps, corner = DOTS if stress is Stress.EMPTY else (), theme.size(6)
    return Shape("card", width, height, fill, line, thickness, gaps=gaps, corner=corner)


def _badge(theme: Theme, chip: Chip, where: QRectF) -> Placed:
    """Return the shape of the letter on a chip's corner, and where it is."""
    size, centre = where.size(), where.center()
    lit, idle = chip.stress >= Stress.USED, chip.ink is Ink.MUTED
    shape = _badge_shape(theme, size.width(), size.height(), lit=lit, idle=idle)
    return Placed(shape, centre.x(), centre.y())


@lru_cache(maxsize=64)
def _badge_shape(theme: Theme, width: float, height: float, *, lit: bool, idle: bool) -> Shape:
    ink, corner = theme.inks[Ink.BACKWARD], theme.size(7.5)
    line = theme.outline if idle else theme.panel if lit else ink.line
    fill = ink.fill if lit else theme.panel
    return Shape("card", width, height, fill, line, 1.2, corner=corner)


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
