"""Icons in the colours of a theme."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from gui.resources import asset
from gui.theme.colours import Theme

_FINE = 48
"""The width of an icon, in pixels, that is enough to see where its lines end."""


def icon(name: str, theme: Theme, *, filled: bool = False) -> QIcon:
    """Return one of Lucide's icons in the theme's text colour, paler where it is disabled.

    `filled` is for a button that is filled with the accent colour.
    """
    colours = (theme.on_accent, theme.panel) if filled else (theme.text, theme.faint)
    return _icon(name, *colours, theme.size(16))


@lru_cache(maxsize=256)
def _icon(name: str, colour: str, disabled: str, pixels: int) -> QIcon:
    svg = asset("icons", f"{name}.svg").read_text(encoding="utf-8")
    made = QIcon()
    for mode, ink in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, disabled)):
        # Twice the size is for screens that scale by two.
        for size in (pixels, 2 * pixels):
            made.addPixmap(_pixmap(svg.replace("currentColor", ink), size), mode)
    return made


@lru_cache(maxsize=256)
def inked(name: str) -> tuple[float, float]:
    """Return where, from left (0) to right (1), what is seen of an icon begins and ends."""
    image = _pixmap(asset("icons", f"{name}.svg").read_text(encoding="utf-8"), _FINE).toImage()
    seen = [
        x for x in range(_FINE) if any(image.pixelColor(x, y).alpha() > 0 for y in range(_FINE))
    ]
    return seen[0] / _FINE, (seen[-1] + 1) / _FINE


def _pixmap(svg: str, pixels: int) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415 - the first paint needs none

    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    return pixmap


def app_icon() -> QIcon:
    """Return Chainstep's own icon."""
    return QIcon(str(asset("icons", "chainstep.svg")))
