"""Pictures of the window or of its chain at one step after the other."""

from collections.abc import Callable, Iterable, Iterator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from gui.animation.gif import Palette, gif
from gui.chain.paper import draw_on_paper

_SAMPLES = 14
"""So many frames the colours are taken from."""


def grabbed(part: QWidget) -> QImage:
    """Return what a widget shows."""
    picture = QImage(part.size(), QImage.Format.Format_RGB32)
    picture.fill(0xFFFFFFFF)
    painter = QPainter(picture)
    draw_on_paper(part, painter)
    painter.end()
    return picture


def pixels(picture: QImage) -> NDArray[np.uint32]:
    """Return a picture as numbers: a row each, 0xRRGGBB."""
    rows = np.frombuffer(picture.constBits(), np.uint32).reshape(picture.height(), -1)
    return rows[:, : picture.width()] & np.uint32(0xFFFFFF)


def animation(
    steps: range, show: Callable[[int], QImage], delay: int, tell: Callable[[int], None]
) -> bytes:
    """Return the steps as a GIF; `show` returns the picture of one.

    `tell` is called before each with how many are done; whatever it raises ends the work.
    """
    few = steps[:: max(1, len(steps) // _SAMPLES)]

    def each(wanted: Iterable[int], *, told: bool) -> Iterator[NDArray[np.uint32]]:
        for done, index in enumerate(wanted):
            tell(done if told else 0)
            yield pixels(show(index))

    palette = Palette(each(few, told=False))
    return b"".join(gif(each(steps, told=True), palette, delay))
