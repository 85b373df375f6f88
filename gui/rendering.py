"""Widgets as pictures: PNG for slides and screens, SVG for print."""

from PySide6.QtCore import QBuffer, QIODevice, QPoint, QRect
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget


def png(part: QWidget, scale: float = 1.0) -> bytes:
    """Return what a widget shows as a PNG, `scale` times as fine as on an ordinary screen."""
    picture = QPixmap(part.size() * scale)
    picture.setDevicePixelRatio(scale)
    part.render(picture, QPoint())
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
    part.render(painter, QPoint())
    painter.end()
    return bytes(buffer.data().data())


def _buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer
