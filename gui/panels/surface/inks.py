"""The colours of the loss surface.

The ramp is cividis (Nuñez, Anderton and Renslow 2018), from dark, where the loss is low, to
yellow: its lightness rises evenly, to every eye, and it has none of the colours of the roles. What
stands on it is set off by a halo. The path is what the updates did, and has their colour.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from PySide6.QtGui import QColor

from gui.drawing.ink import Ink
from gui.theme import Theme

_RAMP = "cividis"
_SHADES = 256
_FAINT = 150
"""The opacity of a contour, of 255."""


@dataclass(frozen=True, slots=True)
class SurfaceInks:
    """`halo` sets lines off; a contour is `pale` where the ground is dark, else `dark`."""

    pale: QColor
    dark: QColor
    curve: QColor
    text: QColor
    path: QColor
    ahead: QColor
    halo: QColor


def inks_of(theme: Theme) -> SurfaceInks:
    """Return the colours in a theme."""
    return SurfaceInks(
        pale=QColor(255, 255, 255, _FAINT),
        dark=QColor(0, 0, 0, _FAINT),
        curve=QColor(theme.muted),
        text=QColor(theme.text),
        path=QColor(theme.inks[Ink.UPDATE].line),
        ahead=QColor(theme.text),
        halo=QColor(theme.panel),
    )


@cache
def shades() -> npt.NDArray[np.uint8]:
    """Return the ramp: shape (256, 4), blue, green, red and opacity, as a QImage has them."""
    table = pg.colormap.get(_RAMP).getLookupTable(nPts=_SHADES, alpha=True)
    found: npt.NDArray[np.uint8] = table[:, [2, 1, 0, 3]].astype(np.uint8)
    return found
