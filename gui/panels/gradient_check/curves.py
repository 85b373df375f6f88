"""The diagram of the error over ε."""

import math
from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QWidget

from engine.checking.error_curve import EPSILONS
from gui.drawing.ink import Ink
from gui.panels.gradient_check.picture.curves import (
    HIGHEST,
    NONE,
    PLACES,
    CurvesPicture,
    ErrorLine,
)
from gui.theme import Theme, text_font
from gui.widgets.memo import Memo

_HEIGHT, _MARKS, _TICKS, _LEFT, _RIGHT = 176, 17, 18, 38, 8
"""Of the whole, of the words above and below, and beside the curves, in pixels at the ordinary
size of type."""

_POWERS = ("1", "10⁻²", "10⁻⁴", "10⁻⁶", "10⁻⁸", "10⁻¹⁰", "10⁻¹²", "10⁻¹⁴", "10⁻¹⁶")
_BOTTOM = tuple((-2.0 * i, text) for i, text in enumerate(_POWERS[:-1]))
_SIDE = tuple((-4.0 * i, text) for i, text in enumerate(_POWERS[::2]))


class Plane(NamedTuple):
    """Where log₁₀ ε and log₁₀ of the error lie, in pixels."""

    area: QRectF

    def x(self, place: float) -> float:
        """Return where a log₁₀ ε lies."""
        share = (place - PLACES[-1]) / (PLACES[0] - PLACES[-1])
        return self.area.left() + share * self.area.width()

    def y(self, height: float) -> float:
        """Return where the log₁₀ of an error lies."""
        return self.area.bottom() - (height - NONE) / (HIGHEST - NONE) * self.area.height()


class EpsilonMark(NamedTuple):
    """An ε that stands out: its log₁₀, its words above the diagram, and where they are written."""

    place: float
    words: str
    where: QRectF


class ErrorDiagram(QWidget):
    """Shows the curves; a click `chosen` tells the ε there."""

    chosen = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("error over epsilon")
        self._shown = Memo[tuple[CurvesPicture, Theme]]()
        self._axes: tuple[object, QPixmap] | None = None

    def present(self, picture: CurvesPicture, theme: Theme) -> None:
        """Draw what changed."""
        if not self._shown.renew((picture, theme)):
            return
        if self.height() != theme.size(_HEIGHT):
            self.setFixedHeight(theme.size(_HEIGHT))
        self.update()

    def plane(self, theme: Theme) -> Plane:
        """Return where the curves are drawn."""
        rect = QRectF(self.rect())
        left, right = theme.size(_LEFT), theme.size(_RIGHT)
        return Plane(rect.adjusted(left, theme.size(_MARKS), -right, -theme.size(_TICKS)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the axes, the curves and the marks."""
        if self._shown.value is None:
            return
        picture, theme = self._shown.value
        plane = self.plane(theme)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._painted_axes(plane, theme))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for stroke in strokes(picture, theme):
            style = Qt.PenStyle.DashLine if stroke.dashed else Qt.PenStyle.SolidLine
            painter.setPen(QPen(QColor(stroke.colour), stroke.width, style))
            painter.drawPath(_path(stroke.lines, plane))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        _paint_marks(painter, plane, picture, theme)
        painter.end()

    def _painted_axes(self, plane: Plane, theme: Theme) -> QPixmap:
        """Return the axes, which stay while the curves change: painted once for a size."""
        ratio = self.devicePixelRatioF()
        key = (theme, self.size(), ratio)
        if self._axes is None or self._axes[0] != key:
            axes = QPixmap(self.size() * ratio)
            axes.setDevicePixelRatio(ratio)
            axes.fill(theme.panel)
            painter = QPainter(axes)
            _paint_axes(painter, plane, theme)
            painter.end()
            self._axes = key, axes
        return self._axes[1]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the ε of a mark whose words are clicked, or else the one below the pointer."""
        if self._shown.value is None or event.button() != Qt.MouseButton.LeftButton:
            return
        picture, theme = self._shown.value
        plane, at = self.plane(theme), event.position()
        named = [mark.place for mark in marks(picture, plane, theme) if mark.where.contains(at)]
        x = plane.x(named[0]) if named else at.x()
        pairs = zip(PLACES, EPSILONS, strict=True)
        self.chosen.emit(min(pairs, key=lambda pair: abs(plane.x(pair[0]) - x))[1])


def _paint_axes(painter: QPainter, plane: Plane, theme: Theme) -> None:
    area = plane.area
    painter.setFont(text_font(theme.size(11)))
    grid = QColor(theme.text)
    grid.setAlphaF(0.08)
    right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    middle = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
    half = theme.size(20)
    for height, text in _SIDE:
        y = round(plane.y(height))
        painter.setPen(grid)
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        painter.setPen(QColor(theme.muted))
        painter.drawText(QRectF(0, y - half, area.left() - 5, 2 * half), right, text)
    for place, text in _BOTTOM:
        x = min(plane.x(place), area.right() + theme.size(_RIGHT) - 4)
        below = QRectF(x - half, area.bottom(), 2 * half, theme.size(_TICKS))
        painter.setPen(QColor(theme.muted))
        painter.drawText(below, middle, text)
    painter.setPen(QColor(theme.border))
    painter.drawLine(area.topLeft(), area.bottomLeft())
    painter.drawLine(area.bottomLeft(), area.bottomRight())


def _paint_marks(painter: QPainter, plane: Plane, picture: CurvesPicture, theme: Theme) -> None:
    """Draw a line at each ε that stands out: the article's dotted, the best dashed, the chosen."""
    lines = [
        (picture.article, theme.muted, Qt.PenStyle.DotLine, 1.0),
        (picture.best, theme.text, Qt.PenStyle.DashLine, 1.0),
        (picture.present, gradient_colour(theme), Qt.PenStyle.SolidLine, 2.0),
    ]
    for number, (place, colour, style, width) in enumerate(lines):
        hidden = any(place == other for other, *_ in lines[number + 1 :])
        if place is not None and not hidden and PLACES[-1] <= place <= PLACES[0]:
            painter.setPen(QPen(QColor(colour), width, style))
            x = plane.x(place)
            painter.drawLine(QPointF(x, plane.area.top()), QPointF(x, plane.area.bottom()))
    painter.setFont(text_font(theme.size(11)))
    for mark in marks(picture, plane, theme):
        painter.setPen(QColor(theme.text if mark.place == picture.best else theme.muted))
        painter.drawText(mark.where, int(Qt.AlignmentFlag.AlignCenter), mark.words)


def marks(picture: CurvesPicture, plane: Plane, theme: Theme) -> tuple[EpsilonMark, ...]:
    """Return the marks with their words above the diagram, from left to right, none over another.

    The words stand over their lines, as far as the frame and their neighbour leave room.
    """
    metrics, height = QFontMetricsF(text_font(theme.size(11))), theme.size(_MARKS)
    named = [(picture.article, picture.article_words)]
    if picture.best is not None:
        named.append((picture.best, picture.best_words))
    gap, end = theme.size(8), plane.area.right() + theme.size(_RIGHT)
    placed: list[EpsilonMark] = []
    for place, words in sorted(named, reverse=True):
        width = metrics.horizontalAdvance(words) + 2
        left = max(0.0, min(plane.x(place) - width / 2, end - width))
        placed.append(EpsilonMark(place, words, QRectF(left, 0, width, height - 2)))
        end = left - gap
    return tuple(reversed(placed))


class Stroke(NamedTuple):
    """Lines of one colour and width."""

    lines: tuple[ErrorLine, ...]
    colour: str
    width: float
    dashed: bool = False


def strokes(picture: CurvesPicture, theme: Theme) -> Iterator[Stroke]:
    """Yield the lines to draw: of many all alike, and the one that is pointed at over them."""
    if picture.many:
        yield Stroke(picture.lines, theme.faint, 1.0)
    else:
        for line in picture.lines:
            yield Stroke((line,), colour_of(line, theme), 1.5, line.dashed)
    for line in picture.lines:
        if line.name == picture.lit:
            alone = gradient_colour(theme) if picture.many else colour_of(line, theme)
            yield Stroke((line,), alone, 3.0, line.dashed)


def _path(lines: tuple[ErrorLine, ...], plane: Plane) -> QPainterPath:
    """Return curves as one path; NaN leaves a gap."""
    path = QPainterPath()
    xs = [plane.x(place) for place in PLACES]
    for line in lines:
        joined = False
        for x, height in zip(xs, line.heights, strict=True):
            if math.isnan(height):
                joined = False
            elif joined:
                path.lineTo(x, plane.y(height))
            else:
                path.moveTo(x, plane.y(height))
                joined = True
    return path


def colour_of(line: ErrorLine, theme: Theme) -> str:
    """Return the colour of a parameter's curve, the same as in the plot of the run."""
    return theme.curves[(line.name.layer - 1) % len(theme.curves)]


def gradient_colour(theme: Theme) -> str:
    """Return the colour of gradients, as a line."""
    return theme.inks[Ink.GRADIENT].line
