"""The trainability map drawn as a PNG: the map, its axes, and what its colours mean."""

from collections.abc import Iterator

from PySide6.QtCore import QBuffer, QIODevice, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter

from engine.commands.map import DATA, data_of
from engine.maps.trainability import Trainability
from gui.panels.map.canvas import MARGINS, image_of, plane_of
from gui.panels.map.picture import Entry, MapPicture, map_picture
from gui.panels.map.picture.plane import View
from gui.theme import THEMES, Theme, text_font

_EDGE, _TITLE, _LEGEND = 16, 32, 350
"""In pixels, at the ordinary size of type: the room round all, for the title, for the legend."""

_SWATCH = 34
_BESIDE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


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
        self._picture, self._theme = picture, theme
        height, width, _ = picture.pixels.shape
        margins = MARGINS._replace(right=_EDGE)
        left, top, right, bottom = map(theme.size, margins)
        edge, self._top = theme.size(_EDGE), theme.size(_TITLE)
        outer = QRectF(edge, self._top, left + width + right, top + height + bottom)
        self._plane = plane_of(
            outer, margins, _edges(seen), (picture.x, picture.y), theme, picture.say
        )
        self._map = self._plane.area
        # The legend is never cut, however small the map.
        least = self._map.top() + len(picture.legend) * theme.size(_SWATCH)
        self._width = int(self._map.right()) + theme.size(_LEGEND)
        self._height = int(max(outer.bottom() + edge, least))

    def drawn(self) -> QImage:
        """Return the whole."""
        image = QImage(self._width, self._height, QImage.Format.Format_RGB32)
        image.fill(QColor(self._theme.panel))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        above = QRectF(self._plane.outer.left(), 0, self._width, self._top)
        self._write(painter, above, self._picture.title, 15, bold=True)
        self._plane.paint(painter)
        painter.drawImage(self._map.topLeft(), image_of(self._picture))
        for number, entry in enumerate(self._picture.legend):
            self._draw_entry(painter, number, entry)
        painter.end()
        return image

    def _write(
        self, painter: QPainter, room: QRectF, text: str, size: int = 12, *, bold: bool = False
    ) -> None:
        painter.setFont(text_font(self._theme.size(size), bold=bold))
        painter.setPen(QColor(self._theme.text))
        painter.drawText(room, _BESIDE, text)

    def _draw_entry(self, painter: QPainter, number: int, entry: Entry) -> None:
        size = self._theme.size
        left = self._map.right() + size(24)
        swatch = QRectF(left, self._map.top() + number * size(_SWATCH), size(36), size(18))
        gradient = QLinearGradient(swatch.topLeft(), swatch.topRight())
        for place, colour in zip((0.0, 1.0), (entry.colours[0], entry.colours[-1]), strict=True):
            gradient.setColorAt(place, QColor(*colour))
        painter.setPen(QColor(self._theme.muted))
        painter.setBrush(gradient)
        painter.drawRect(swatch)
        room = QRectF(swatch.right() + size(8), swatch.top(), size(270), swatch.height())
        self._write(painter, room, entry.words)


def _edges(seen: Trainability) -> View:
    """Return what a map covers: its values are the middles of its pixels."""
    edges: list[float] = []
    for values in (seen.x.values, seen.y.values):
        half = (values[-1] - values[0]) / max(len(values) - 1, 1) / 2
        edges += values[0] - half, values[-1] + half
    return View(*edges)
