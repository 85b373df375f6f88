"""The colours and marks of the surface, and the legend that shows a sample of each mark."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.drawing.ink import Ink
from gui.language import Say
from gui.language.joining import groups
from gui.panels.surface.picture.words import Entry
from gui.theme import Theme, text_font
from gui.widgets.memo import Memo

_RAMP = "cividis"
_SHADES = 256
_FAINT = 150
"""The opacity of a contour, of 255."""


@dataclass(frozen=True, slots=True)
class SurfaceInks:
    """`halo` sets lines off; a contour is `pale` on dark shades, else `dark`."""

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


_ROUND = Qt.PenCapStyle.RoundCap


def _pen(colour: QColor, width: float) -> QPen:
    return QPen(QBrush(colour), width, Qt.PenStyle.SolidLine, _ROUND, Qt.PenJoinStyle.RoundJoin)


def draw_path(painter: QPainter, path: QPainterPath, theme: Theme) -> None:
    """Draw how far the run has come."""
    inks = inks_of(theme)
    _set_off(painter, path, inks, inks.path, theme.scale * 2.2)


def draw_ahead(painter: QPainter, path: QPainterPath, theme: Theme) -> None:
    """Draw where the run will go."""
    inks = inks_of(theme)
    for colour, width in ((inks.halo, 2.6), (inks.ahead, 1.3)):
        pen = _pen(colour, theme.scale * width)
        pen.setDashPattern([0.1, 3.4 / width])
        painter.strokePath(path, pen)


def draw_minima(painter: QPainter, path: QPainterPath, theme: Theme) -> None:
    """Draw the valley of minima."""
    inks = inks_of(theme)
    _set_off(painter, path, inks, inks.text, theme.scale * 2.2)


def draw_curve(painter: QPainter, path: QPainterPath, theme: Theme) -> None:
    """Draw the loss over a single weight."""
    painter.strokePath(path, _pen(inks_of(theme).curve, theme.scale * 1.5))


def draw_contour(painter: QPainter, path: QPainterPath, theme: Theme, *, dark: bool) -> None:
    """Draw a line of equal loss, on a `dark` shade or on a pale one."""
    inks = inks_of(theme)
    painter.strokePath(path, _pen(inks.pale if dark else inks.dark, theme.scale))


def _set_off(
    painter: QPainter, path: QPainterPath, inks: SurfaceInks, colour: QColor, width: float
) -> None:
    painter.strokePath(path, _pen(inks.halo, width + 2.4))
    painter.strokePath(path, _pen(colour, width))


def draw_start(painter: QPainter, at: QPointF, theme: Theme) -> None:
    """Draw a ring: where the run began."""
    inks, radius = inks_of(theme), theme.scale * 4.0
    painter.setPen(_pen(inks.path, theme.scale * 2.0))
    painter.setBrush(inks.halo)
    painter.drawEllipse(at, radius, radius)


def draw_now(painter: QPainter, at: QPointF, theme: Theme) -> None:
    """Draw a full disc in two rings: where the run is."""
    inks, radius = inks_of(theme), theme.scale * 5.5
    painter.setPen(_pen(inks.text, theme.scale * 1.5))
    painter.setBrush(inks.halo)
    painter.drawEllipse(at, radius + 1.5, radius + 1.5)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(inks.path)
    painter.drawEllipse(at, radius - 0.5, radius - 0.5)


def draw_saddle(painter: QPainter, at: QPointF, theme: Theme) -> None:
    """Draw a cross."""
    arm = theme.scale * 5.0
    cross = QPainterPath()
    for slope in (1, -1):
        cross.moveTo(at + QPointF(-arm, -slope * arm))
        cross.lineTo(at + QPointF(arm, slope * arm))
    inks = inks_of(theme)
    _set_off(painter, cross, inks, inks.text, theme.scale * 2.0)


_LINES: Mapping[str, Callable[[QPainter, QPainterPath, Theme], None]] = MappingProxyType(
    {"path": draw_path, "ahead": draw_ahead, "minima": draw_minima}
)
_POINTS: Mapping[str, Callable[[QPainter, QPointF, Theme], None]] = MappingProxyType(
    {"start": draw_start, "now": draw_now, "saddle": draw_saddle}
)


def draw_sample(painter: QPainter, kind: str, room: QRectF, theme: Theme) -> None:
    """Draw a mark as it stands in the legend."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if kind in _POINTS:
        _POINTS[kind](painter, room.center(), theme)
        return
    line = QPainterPath(QPointF(room.left(), room.center().y()))
    line.lineTo(room.right(), room.center().y())
    _LINES[kind](painter, line, theme)


_LINE, _SAMPLE, _GAP = 20, 26, 8
"""In pixels, at the ordinary size of type: a line, a sample's width, a gap."""

_COLUMNS = 2


class SurfaceLegend(QWidget):
    """The entries in two columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._shown = Memo[tuple[tuple[Entry, ...], Theme]]()

    def present(self, entries: tuple[Entry, ...], theme: Theme, say: Say) -> None:
        """Show these entries."""
        if not self._shown.renew((entries, theme)):
            return
        self.setFixedHeight(-(-len(entries) // _COLUMNS) * theme.size(_LINE))
        self.setAccessibleName(groups((entry.words for entry in entries), say))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the entries, line by line."""
        if self._shown.value is None:
            return
        entries, theme = self._shown.value
        size, column = theme.size, self.width() / _COLUMNS
        painter = QPainter(self)
        painter.setFont(text_font(size(12)))
        for number, entry in enumerate(entries):
            row, place = divmod(number, _COLUMNS)
            line = QRectF(place * column, row * size(_LINE), column, size(_LINE))
            sample = QRectF(line.left() + 1, line.top(), size(_SAMPLE), line.height())
            draw_sample(painter, entry.kind, sample, theme)
            painter.setPen(QColor(theme.text))
            line.setLeft(sample.right() + size(_GAP))
            painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter), entry.words)
        painter.end()
