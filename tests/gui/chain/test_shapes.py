"""gui.chain.shapes: a shape that is kept as a picture looks like one that is drawn."""

import itertools

import numpy as np
import pytest
from PySide6.QtCore import QBuffer, QIODevice, QPointF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QApplication

from gui.chain.shapes import Placed, Shape, _draw, _picture, draw_shapes
from tests.gui.test_snapshots import pixels

SHAPES = (
    Shape("circle", 80, 80, "#FFFFFF", "#0072B2", 2.0),
    Shape("card", 112, 46, "#F4F6F9", "#C9CFD8", 1.2, glow="#D55E00"),
    Shape("pill", 106, 46, "#B84F00", "#D55E00", 2.6, glow="#D55E00"),
)
SAME = 6
"""Of 255: what is blended in two goes may be rounded twice."""


def drawn(shape: Shape, place: tuple[float, float], scale: float, ratio: float, how: str) -> QImage:
    image = QImage(round(300 * ratio), round(200 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill("#F4F6F9")
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(-11.25, 0)
    painter.scale(scale, scale)
    if how == "kept":
        draw_shapes(painter, [Placed(shape, *place)])
    else:
        _draw(painter, shape, QPointF(*place), 1.0)
    painter.end()
    image.setDevicePixelRatio(1)
    return image


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.kind)
@pytest.mark.parametrize("ratio", [1.0, 2.0, 1.5])
def test_a_kept_shape_looks_like_a_drawn_one(
    qapp: QApplication, shape: Shape, ratio: float
) -> None:
    assert qapp
    places = ((100.0, 80.0), (100.37, 79.5), (20.0, 140.9), (-5.0, 60.0))
    for place, scale in itertools.product(places, (1.0, 0.83, 1.25)):
        one, other = (drawn(shape, place, scale, ratio, how) for how in ("kept", "drawn"))
        assert np.abs(pixels(one) - pixels(other)).max() <= SAME
        assert np.ptp(pixels(one)) > 0


def test_one_that_stands_alike_in_its_pixels_is_drawn_once(qapp: QApplication) -> None:
    assert qapp
    _picture.cache_clear()
    for x in (40.5, 90.5, 140.5):
        drawn(SHAPES[1], (x, 80.0), 1.0, 1.0, "kept")
    assert _picture.cache_info().misses == 1


def test_in_a_vector_picture_it_stays_a_vector(qapp: QApplication) -> None:
    assert qapp
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    painter = QPainter(generator)
    draw_shapes(painter, [Placed(SHAPES[1], 100, 100)])
    painter.end()
    svg = bytes(buffer.data().data())
    assert b"<path" in svg
    assert b"<image" not in svg
