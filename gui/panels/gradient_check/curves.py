"""The diagram of the error over ε."""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from engine.checking.error_curve import EPSILONS
from gui.drawing.ink import Ink
from gui.drawing.ticks import Tick
from gui.language import speech
from gui.panels.gradient_check.picture.curves import (
    HIGHEST,
    NONE,
    CurvesPicture,
    ErrorLine,
    errors_reading,
)
from gui.theme import THEMES, Theme, text_font
from gui.widgets.accessible import Accessible, Item
from gui.widgets.crosshair import Crosshair
from gui.widgets.memo import Memo
from gui.widgets.plane import Axis, Margins, PaintedPlane, Plane

_HEIGHT, _MARGINS = 176, Margins(left=38, top=17, right=8, bottom=18)
"""In pixels at the ordinary size of type. The marks have their words above the curves."""

_SIGN = 9
"""In pixels, at the ordinary size of type: the signs on the curves."""

_POWERS = ("1", "10⁻²", "10⁻⁴", "10⁻⁶", "10⁻⁸", "10⁻¹⁰", "10⁻¹²", "10⁻¹⁴", "10⁻¹⁶")
_TICKS = tuple(Tick(float(f"1e{-2 * i}"), text) for i, text in enumerate(_POWERS))
_BOTTOM = Axis(EPSILONS[-1], EPSILONS[0], _TICKS[:-1], log=True)
_SIDE = Axis(NONE, HIGHEST, _TICKS[::2], log=True)


class EpsilonMark(NamedTuple):
    """An ε that stands out, its words above the diagram, and where they are written."""

    epsilon: float
    words: str
    where: QRectF


class ErrorDiagram(QWidget):
    """Shows the curves; `chosen` tells the ε that was clicked, or chosen by keys."""

    chosen = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("error over epsilon")
        self._shown = Memo[tuple[CurvesPicture, Theme]]()
        self._axes = PaintedPlane()
        self.crosshair = Crosshair(self, self, self._stops)
        self.crosshair.chosen.connect(lambda at: self.chosen.emit(self._nearest(at.x())))

    def present(self, picture: CurvesPicture, theme: Theme) -> None:
        """Draw what changed."""
        if not self._shown.renew((picture, theme)):
            return
        self.crosshair.present(theme)
        if self.height() != theme.size(_HEIGHT):
            self.setFixedHeight(theme.size(_HEIGHT))
        self.update()

    def plane(self, theme: Theme) -> Plane:
        """Return where the curves are drawn."""
        return Plane(QRectF(self.rect()), _MARGINS, _BOTTOM, _SIDE, theme, grid=True)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the axes, the curves and the marks."""
        if self._shown.value is None:
            return
        picture, theme = self._shown.value
        plane = self.plane(theme)
        painter = QPainter(self)
        self._axes.paint(painter, plane)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for stroke in strokes(picture, theme):
            style = Qt.PenStyle.DashLine if stroke.dashed else Qt.PenStyle.SolidLine
            painter.setPen(QPen(QColor(stroke.colour), stroke.width, style))
            painter.drawPath(_path(stroke.lines, plane))
            _paint_signs(painter, stroke, plane, theme)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        _paint_marks(painter, plane, picture, theme)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the ε of a mark whose words are clicked, or else the one below the pointer."""
        if self._shown.value is None or event.button() != Qt.MouseButton.LeftButton:
            return
        picture, theme = self._shown.value
        plane, at = self.plane(theme), event.position()
        named = [mark.epsilon for mark in marks(picture, plane, theme) if mark.where.contains(at)]
        self.chosen.emit(self._nearest(plane.x(named[0]) if named else at.x()))

    def _nearest(self, x: float) -> float:
        """Return the ε of the curves that is nearest to a place, in pixels."""
        plane = self.plane(self._theme)
        return min(EPSILONS, key=lambda epsilon: abs(plane.x(epsilon) - x))

    @property
    def _theme(self) -> Theme:
        return THEMES["light"] if self._shown.value is None else self._shown.value[1]

    def accessible(self) -> Accessible:
        """Return the sentences about the curves, what is marked, and the axes."""
        if self._shown.value is None:
            return Accessible(QAccessible.Role.Chart)
        picture, theme = self._shown.value
        plane = self.plane(theme)
        told = [Item("curves", self.accessibleDescription(), where=self.rect())]
        told += (
            Item(mark.epsilon, mark.words, where=mark.where.toAlignedRect())
            for mark in marks(picture, plane, theme)
        )
        items = (*told, *plane.items(speech(picture.language)))
        return Accessible(QAccessible.Role.Chart, items=items)

    # Under the cross-hair

    def _stops(self) -> list[float]:
        plane = self.plane(self._theme)
        return sorted(map(plane.x, EPSILONS))

    def cross_area(self) -> QRectF:
        """Return where the curves are."""
        return self.plane(self._theme).area

    def cross_start(self) -> QPointF:
        """Begin at the chosen ε, or the nearest of the curves, half-way up."""
        plane = self.plane(self._theme)
        present = EPSILONS[0] if self._shown.value is None else self._shown.value[0].present
        x = plane.x(self._nearest(plane.x(present)))
        return QPointF(x, plane.area.center().y())

    def reading_at(self, at: QPointF) -> Sequence[str]:
        """Return ε, and the relative errors there."""
        if self._shown.value is None:
            return ()
        height = self.plane(self._theme).values(at)[1]
        return errors_reading(self._shown.value[0], self._nearest(at.x()), height)


def _paint_signs(painter: QPainter, stroke: "Stroke", plane: Plane, theme: Theme) -> None:
    """Write the signs of curves on them: who tells no colours apart follows a curve by these."""
    painter.setFont(text_font(theme.size(_SIGN)))
    half = theme.size(_SIGN)
    for line in stroke.lines:
        for epsilon, error in line.signed():
            at = plane.at(epsilon, error)
            where = QRectF(at.x() - half, at.y() - half, 2 * half, 2 * half)
            painter.drawText(where, int(Qt.AlignmentFlag.AlignCenter), line.sign)


def _paint_marks(painter: QPainter, plane: Plane, picture: CurvesPicture, theme: Theme) -> None:
    """Draw a line at each ε that stands out: the article's dotted, the best dashed, the chosen."""
    lines = [
        (picture.article, theme.muted, Qt.PenStyle.DotLine, 1.0),
        (picture.best, theme.text, Qt.PenStyle.DashLine, 1.0),
        (picture.present, gradient_colour(theme), Qt.PenStyle.SolidLine, 2.0),
    ]
    for number, (epsilon, colour, style, width) in enumerate(lines):
        hidden = any(epsilon == other for other, *_ in lines[number + 1 :])
        if epsilon is not None and not hidden and EPSILONS[-1] <= epsilon <= EPSILONS[0]:
            painter.setPen(QPen(QColor(colour), width, style))
            x = plane.x(epsilon)
            painter.drawLine(QPointF(x, plane.area.top()), QPointF(x, plane.area.bottom()))
    painter.setFont(text_font(theme.size(11)))
    for mark in marks(picture, plane, theme):
        painter.setPen(QColor(theme.text if mark.epsilon == picture.best else theme.muted))
        painter.drawText(mark.where, int(Qt.AlignmentFlag.AlignCenter), mark.words)


def marks(picture: CurvesPicture, plane: Plane, theme: Theme) -> tuple[EpsilonMark, ...]:
    """Return the marks with their words above the diagram, from left to right, none over another.

    The words stand over their lines, as far as the frame and their neighbour leave room.
    """
    metrics, height = QFontMetricsF(text_font(theme.size(11))), plane.area.top()
    named = [(picture.article, picture.article_words)]
    if picture.best is not None:
        named.append((picture.best, picture.best_words))
    gap, end = theme.size(8), plane.outer.right()
    placed: list[EpsilonMark] = []
    for epsilon, words in sorted(named, reverse=True):
        width = metrics.horizontalAdvance(words) + 2
        left = max(0.0, min(plane.x(epsilon) - width / 2, end - width))
        placed.append(EpsilonMark(epsilon, words, QRectF(left, 0, width, height - 2)))
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
        yield Stroke(picture.lines, theme.outline, 1.0)
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
    xs = [plane.x(epsilon) for epsilon in EPSILONS]
    for line in lines:
        joined = False
        for x, error in zip(xs, line.errors, strict=True):
            if math.isnan(error):
                joined = False
            elif joined:
                path.lineTo(x, plane.y(error))
            else:
                path.moveTo(x, plane.y(error))
                joined = True
    return path


def colour_of(line: ErrorLine, theme: Theme) -> str:
    """Return the colour of a parameter's curve, the same as in the plot of the run."""
    return theme.curves[(line.name.layer - 1) % len(theme.curves)]


def gradient_colour(theme: Theme) -> str:
    """Return the colour of gradients, as a line."""
    return theme.inks[Ink.GRADIENT].line
