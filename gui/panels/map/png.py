"""The trainability map drawn as a PNG: the map, its axes, and what its colours mean."""

from collections.abc import Iterator

from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter

from engine.commands.map import DATA, data_of
from engine.maps.trainability import Axis, Trainability
from gui.drawing.ticks import Unit, short_ticks
from gui.panels.map.picture import Entry, MapPicture, map_picture
from gui.theme import THEMES, Theme, text_font

_LEFT, _TOP, _BOTTOM, _RIGHT = 84, 44, 64, 350
"""In pixels, at the ordinary size of type: the room round the map."""

_SWATCH = 34
_CENTRE = Qt.AlignmentFlag.AlignCenter
_BESIDE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


KINDS = (".png", *DATA)
"""The kinds of file a map can be saved as: a picture, or its numbers."""


def map_file(
    seen: Trainability, name: str, language: str, theme_name: str
) -> bytes | Iterator[str]:
    """Return a map as the content of a file whose name ends in one of `KINDS`."""
    if name.lower().endswith(DATA):
        return data_of(seen, name)
    return png_of(seen, language, theme_name)


def png_of(seen: Trainability, language: str, theme_name: str) -> bytes:
    """Return a map as a PNG; each of its pixels is one of the picture's."""
    drawing = _Drawing(seen, map_picture(seen, language), THEMES[theme_name])
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    drawing.drawn().save(buffer, "PNG")  # type: ignore[call-overload] # bytes are refused
    return bytes(buffer.data().data())


class _Drawing:
    """One picture on its way."""

    def __init__(self, seen: Trainability, picture: MapPicture, theme: Theme) -> None:
        self._seen, self._picture, self._theme = seen, picture, theme
        height, width, _ = picture.pixels.shape
        size = theme.size
        self._map = QRect(size(_LEFT), size(_TOP), width, height)
        # The legend is never cut, however small the map.
        least = size(_TOP) + len(picture.legend) * size(_SWATCH)
        self._width = self._map.right() + 1 + size(_RIGHT)
        self._height = max(self._map.bottom() + 1 + size(_BOTTOM), least)

    def drawn(self) -> QImage:
        """Return the whole."""
        image = QImage(self._width, self._height, QImage.Format.Format_RGB32)
        image.fill(QColor(self._theme.panel))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._write(painter, self._title_room(), _BESIDE, self._picture.title, 15, bold=True)
        self._draw_bottom(painter, self._seen.x)
        self._draw_left(painter, self._seen.y)
        self._draw_map(painter)
        for number, entry in enumerate(self._picture.legend):
            self._draw_entry(painter, number, entry)
        painter.end()
        return image

    def _title_room(self) -> QRectF:
        return QRectF(self._map.left(), 0, self._width - self._map.left(), self._map.top())

    def _write(
        self,
        painter: QPainter,
        room: QRectF,
        where: Qt.AlignmentFlag,
        text: str,
        size: int = 13,
        *,
        bold: bool = False,
    ) -> None:
        painter.setFont(text_font(self._theme.size(size), bold=bold))
        painter.setPen(QColor(self._theme.text))
        painter.drawText(room, int(where), text)

    def _draw_map(self, painter: QPainter) -> None:
        pixels = self._picture.pixels
        height, width, _ = pixels.shape
        data = pixels.tobytes()
        painter.drawImage(
            self._map.topLeft(),
            QImage(data, width, height, 3 * width, QImage.Format.Format_RGB888),
        )

    def _draw_bottom(self, painter: QPainter, axis: Axis) -> None:
        size, below = self._theme.size, self._map.bottom() + 1
        marks, unit = self._marks(axis, self._map.width(), size(72))
        for place, words in marks:
            x = self._map.left() + place
            painter.setPen(QColor(self._theme.muted))
            painter.drawLine(QPointF(x, below), QPointF(x, below + 4))
            room = QRectF(x - size(60), below + 5, size(120), size(18))
            self._write(painter, room, _CENTRE, words, 12)
        room = QRectF(self._map.left(), below + size(26), self._map.width(), size(24))
        self._write(painter, room, _CENTRE, unit.named(self._picture.x))

    def _draw_left(self, painter: QPainter, axis: Axis) -> None:
        size, left = self._theme.size, self._map.left()
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        marks, unit = self._marks(axis, self._map.height(), size(40))
        for place, words in marks:
            y = self._map.bottom() + 1 - place
            painter.setPen(QColor(self._theme.muted))
            painter.drawLine(QPointF(left - 4, y), QPointF(left, y))
            room = QRectF(size(22), y - size(9), left - 7 - size(22), size(18))
            self._write(painter, room, right, words, 12)
        painter.save()
        painter.translate(size(12), self._map.center().y())
        painter.rotate(-90)
        room = QRectF(-self._map.height() / 2, -size(12), self._map.height(), size(24))
        self._write(painter, room, _CENTRE, unit.named(self._picture.y))
        painter.restore()

    def _marks(self, axis: Axis, length: int, apart: int) -> tuple[list[tuple[float, str]], Unit]:
        """Return where along an axis marks stand, in pixels, what is written there, its unit."""
        low, high = axis.values[0], axis.values[-1]
        if not low < high:
            return [], Unit()
        # The ends are the centres of the outermost pixels.
        scale = (length - 1) / (high - low)
        marks, unit = short_ticks(low, high, max(2, length // apart))
        return [(0.5 + (mark.place - low) * scale, mark.words) for mark in marks], unit

    def _draw_entry(self, painter: QPainter, number: int, entry: Entry) -> None:
        size = self._theme.size
        left = self._map.right() + 1 + size(24)
        swatch = QRectF(left, self._map.top() + number * size(_SWATCH), size(36), size(18))
        gradient = QLinearGradient(swatch.topLeft(), swatch.topRight())
        for place, colour in zip((0.0, 1.0), (entry.colours[0], entry.colours[-1]), strict=True):
            gradient.setColorAt(place, QColor(*colour))
        painter.setPen(QColor(self._theme.muted))
        painter.setBrush(gradient)
        painter.drawRect(swatch)
        room = QRectF(swatch.right() + size(8), swatch.top(), size(270), swatch.height())
        self._write(painter, room, _BESIDE, entry.words)
