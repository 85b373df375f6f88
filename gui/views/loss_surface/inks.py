"""The colours of the loss surface: the lower the paler, so that what is on it can be seen.

The ramp runs from the panel's ground to a warm grey: its lightness alone tells, to every eye, and
it is none of the colours of the roles. The path is what the updates did, and has their colour.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor

from gui.pictures.ink import Ink
from gui.theme import Theme
from gui.theme.colours import blend

_HIGH = {"light": "#8A7B68", "dark": "#A2937E", "projector": "#6E6152"}
_FAINT = 0.5
"""So much of the ink is in a contour."""

_SHADES = 256


@dataclass(frozen=True, slots=True)
class SurfaceInks:
    """`ground` is where the loss is low, `high` where it is high; `halo` sets lines off."""

    ground: QColor
    high: QColor
    contour: QColor
    text: QColor
    path: QColor
    ahead: QColor
    halo: QColor


def inks_of(theme: Theme) -> SurfaceInks:
    """Return the colours in a theme."""
    return SurfaceInks(
        ground=QColor(theme.panel),
        high=QColor(_HIGH[theme.name]),
        contour=blend(theme.text, _HIGH[theme.name], _FAINT),
        text=QColor(theme.text),
        path=QColor(theme.inks[Ink.UPDATE].line),
        ahead=QColor(theme.muted),
        halo=QColor(theme.panel),
    )


def shades_of(theme: Theme) -> npt.NDArray[np.uint8]:
    """Return the ramp: shape (256, 4), blue, green, red and opacity, as a QImage has them."""
    inks = inks_of(theme)
    share = np.linspace(0.0, 1.0, _SHADES)[:, np.newaxis]
    low, high = (
        np.array([colour.blue(), colour.green(), colour.red(), 255], dtype=float)
        for colour in (inks.ground, inks.high)
    )
    shades: npt.NDArray[np.uint8] = np.rint(low + share * (high - low)).astype(np.uint8)
    return shades
