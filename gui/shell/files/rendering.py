"""Widgets as pictures: PNG for slides and screens, SVG for print."""

import re
from html import unescape

from PySide6.QtCore import QBuffer, QIODevice, QPoint, QRect
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPixmap, QTransform
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QStatusBar, QWidget

from gui.chain.paper import draw_on_paper
from gui.theme import text_font

_TEXT = re.compile(r"<text ([^>]*)>([^<]*)</text>")
_ATTRIBUTE = re.compile(r'([\w:-]+)="([^"]*)"')

_FINE = 200
"""In pixels: a size of type at which outlines are not bent to a screen's pixels."""


def png(part: QWidget, scale: float = 1.0) -> bytes:
    """Return what a widget shows as a PNG, `scale` times as fine as on an ordinary screen."""
    picture = QPixmap(part.size() * scale)
    picture.setDevicePixelRatio(scale)
    draw_on_paper(part, picture)
    buffer = _buffer()
    picture.save(buffer, "PNG")
    return bytes(buffer.data().data())


def svg(part: QWidget) -> bytes:
    """Return what a widget shows as an SVG."""
    buffer, generator = _buffer(), QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(96)
    generator.setSize(part.size())
    generator.setViewBox(QRect(0, 0, part.width(), part.height()))
    generator.setTitle("Chainstep")
    painter = QPainter(generator)
    draw_on_paper(part, painter)
    # An SVG of Qt's clips nothing: what hangs out of a scroll area lies over the status bar.
    for bar in part.findChildren(QStatusBar):
        bar.render(painter, bar.mapTo(part, QPoint()))
    painter.end()
    return _TEXT.sub(_outlined, bytes(buffer.data().data()).decode()).encode()


def _outlined(found: re.Match[str]) -> str:
    """Return a text of an SVG as outlines, and after them the text, unseen, to be found and copied.

    The program's fonts are known nowhere else: a viewer would write in others, out of place.
    """
    text, told = found[0], dict(_ATTRIBUTE.findall(found[1]))
    if not found[2].strip():
        return text
    pixels, x, y = (float(told[name]) for name in ("font-size", "x", "y"))
    font = QFont()
    font.setFamilies([told["font-family"], *text_font(_FINE).families()])
    font.setFeature(QFont.Tag("calt"), 0)
    font.setPixelSize(_FINE)
    font.setWeight(QFont.Weight(int(told["font-weight"])))
    font.setItalic(told["font-style"] == "italic")
    letters = QPainterPath()
    letters.addText(0, 0, font, unescape(found[2]))
    letters = QTransform(pixels / _FINE, 0, 0, pixels / _FINE, x, y).map(letters)
    dress = " ".join(f'{name}="{told[name]}"' for name in ("fill", "fill-opacity"))
    unseen = text.replace(f'fill-opacity="{told["fill-opacity"]}"', 'fill-opacity="0"', 1)
    return f'<path {dress} stroke="none" d="{_drawn(letters)}"/>\n{unseen}'


def _drawn(path: QPainterPath) -> str:
    """Return a path as an SVG writes it."""
    kinds = QPainterPath.ElementType
    letters = {kinds.MoveToElement: "M", kinds.LineToElement: "L", kinds.CurveToElement: "C"}
    elements = (path.elementAt(i) for i in range(path.elementCount()))
    return "".join(f"{letters.get(e.type, ' ')}{e.x:.2f} {e.y:.2f}" for e in elements)


def _buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer
