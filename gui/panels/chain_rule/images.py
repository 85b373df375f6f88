"""Pictures of rows, kept as long as the rows look the same: few do otherwise after a step."""

from typing import NamedTuple

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter, QPixmap

from gui.drawing.ink import Ink
from gui.panels.chain_rule.chips import RowPainter, origin
from gui.panels.chain_rule.layout import Layout, RowPlace
from gui.panels.chain_rule.picture import RowPicture
from gui.theme import Theme

_KEPT = 24
"""The number of rows that are kept: more than are seen at once."""


class Look(NamedTuple):
    """What a row looks like but for its bar: `cursor` is the chip that has the keyboard."""

    row: RowPicture
    cursor: int | None

    def changed(self, before: "Look") -> list[int] | None:
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
        self._images: dict[int, tuple[Look, QPixmap]] = {}

    def draw(self, painter: QPainter, top: float, place: RowPlace, look: Look, ink: Ink) -> None:
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

    def _kept(self, place: RowPlace, look: Look) -> QPixmap:
        layer = look.row.layer
        before, image = self._images.pop(layer, (None, None))
        changed = None if before is None else look.changed(before)
        if image is None or changed is None:
            image = self._image(place, look)
        elif changed:
            self._redraw(image, place, look, changed)
        if len(self._images) >= _KEPT:
            self._images.clear()
        self._images[layer] = look, image
        return image

    def _redraw(self, image: QPixmap, place: RowPlace, look: Look, changed: list[int]) -> None:
        painter = QPainter(image)
        self._painted(painter).redraw(place, look.row, changed)
        painter.end()

    def _painted(self, painter: QPainter) -> RowPainter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(origin(self._theme).x(), 0)
        return RowPainter(painter, self._theme, self._layout, self._room)

    def _image(self, place: RowPlace, look: Look) -> QPixmap:
        density = self._density
        image = QPixmap(round(self._width * density), round(place.height * density))
        image.setDevicePixelRatio(density)
        image.fill(QColor(self._theme.panel))
        painter = QPainter(image)
        self._painted(painter).draw(place, look.row, look.cursor)
        painter.end()
        return image
