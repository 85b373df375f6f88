"""The marks on the surface, alike in the drawing and in its legend."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen

from gui.panels.surface.inks import SurfaceInks, inks_of
from gui.theme import Theme

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
    """Draw a line of equal loss, on `dark` ground or on pale one."""
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
