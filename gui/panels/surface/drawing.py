"""What stands on the plane of a loss surface: its shades, contours, minima, the path, the marks."""

from math import ceil, floor

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QImage,
    QPaintEngine,
    QPainter,
    QPainterPath,
    QPixmap,
)
from PySide6.QtWidgets import QGraphicsObject, QStyleOptionGraphicsItem, QWidget

from engine.words import Say
from gui.panels.surface.marks import (
    draw_ahead,
    draw_contour,
    draw_curve,
    draw_minima,
    draw_now,
    draw_path,
    draw_saddle,
    draw_start,
    inks_of,
    shades,
)
from gui.panels.surface.picture import SurfacePicture, level_text
from gui.panels.surface.picture.contours import Label
from gui.panels.surface.picture.relief import Relief
from gui.theme import Theme, text_font
from gui.widgets.memo import Memo

Floats = npt.NDArray[np.float64]

TYPE = 10
"""In pixels, at the ordinary size of type: what is written on the contours."""

_MIDDLE = 0.5
"""Up to here the colours of the scale are dark."""

_FAR = 1e5
"""In pixels: what is further outside is drawn as if it were so far."""


class Drawing(QGraphicsObject):
    """Paints in the pixels of the view it belongs to.

    The relief is kept as a picture while only the run moves over it.
    """

    def __init__(self, view: pg.ViewBox) -> None:
        super().__init__(view)
        self._view = view
        self._shown: tuple[SurfacePicture, Relief, Theme] | None = None
        self._seen = Memo[tuple[object, ...]]()
        self._image: tuple[Relief, QImage] | None = None
        self._ground = Memo[tuple[object, ...]]()
        self._painted = QPixmap()

    def present(self, picture: SurfacePicture, relief: Relief, theme: Theme) -> None:
        """Show a picture, and the relief of the piece of plane that is seen."""
        self._shown = picture, relief, theme
        run = (picture.path, picture.update, picture.now, picture.start, picture.saddle)
        if self._seen.renew((*self._ground_of(picture, relief, theme), *run)):
            self.update()

    def _ground_of(
        self, picture: SurfacePicture, relief: Relief, theme: Theme
    ) -> tuple[object, ...]:
        """Return all that the look of the relief depends on."""
        seen = (*map(tuple, self._view.viewRange()), self.boundingRect().getRect())
        return relief, picture.scale, picture.say, theme, seen

    @property
    def words(self) -> tuple[str, ...]:
        """The losses that are written at the contours, each once."""
        if self._shown is None:
            return ()
        picture, relief, _ = self._shown
        levels = sorted({label.level for label in relief.labels})
        return tuple(level_text(level, picture.say) for level in levels)

    def fit(self) -> None:
        """Take the size of the view."""
        self.prepareGeometryChange()

    def boundingRect(self) -> QRectF:
        """Return the view's rectangle."""
        return QRectF(self._view.rect())

    def paint(
        self,
        painter: QPainter,
        _option: QStyleOptionGraphicsItem,
        _widget: QWidget | None = None,
    ) -> None:
        """Paint everything, the present point over all."""
        if self._shown is None or self.boundingRect().isEmpty():
            return
        picture, _, theme = self._shown
        painter.setClipRect(self.boundingRect())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._lay_ground(painter)
        self._paint_run(painter, picture, theme)
        painter.setPen(QColor(theme.border))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.drawRect(self.boundingRect().adjusted(0, 0, -1, -1))

    def _lay_ground(self, painter: QPainter) -> None:
        """Paint the relief, which is kept as a picture for a screen."""
        # A file may want finer pixels than the screen's, or none at all.
        engine, world = painter.paintEngine(), painter.worldTransform()
        if engine.type() is not QPaintEngine.Type.Raster or world.isScaling():
            self._paint_ground(painter)
            return
        ratio = engine.paintDevice().devicePixelRatioF()
        x, y = floor(world.dx() * ratio) / ratio, floor(world.dy() * ratio) / ratio
        # Where it begins within a pixel decides what the edges look like.
        picture = self._kept_ground(ratio, QPointF(world.dx() - x, world.dy() - y))
        painter.setWorldMatrixEnabled(False)
        painter.drawPixmap(QPointF(x, y), picture)
        painter.setWorldMatrixEnabled(True)

    def _kept_ground(self, ratio: float, begins: QPointF) -> QPixmap:
        assert self._shown is not None  # noqa: S101 - there is something to paint
        if self._ground.renew((*self._ground_of(*self._shown), ratio, begins.toTuple())):
            size = self.boundingRect().size() * ratio
            self._painted = QPixmap(ceil(size.width()) + 1, ceil(size.height()) + 1)
            self._painted.setDevicePixelRatio(ratio)
            self._painted.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._painted)
            painter.translate(begins)
            painter.setClipRect(self.boundingRect())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_ground(painter)
            painter.end()
        return self._painted

    def _paint_ground(self, painter: QPainter) -> None:
        """Paint shades, contours, minima, and what is written on them."""
        assert self._shown is not None  # noqa: S101
        picture, relief, theme = self._shown
        if relief.shades.size:
            covers = relief.covers
            top_left = self.placed(covers.left, covers.high)
            low_right = self.placed(covers.right, covers.low)
            painter.drawImage(QRectF(top_left, low_right), self._shades(relief))
        for level, pieces in relief.contours:
            dark = float(picture.scale.share(np.array(level))) < _MIDDLE
            draw_contour(painter, self._joined(pieces), theme, dark=dark)
        draw_minima(painter, self._joined(relief.minima), theme)
        if relief.curve.size:
            draw_curve(painter, self._line(relief.curve), theme)
        self._paint_labels(painter, relief.labels, theme, picture.say)

    def _paint_run(self, painter: QPainter, picture: SurfacePicture, theme: Theme) -> None:
        if picture.saddle:
            draw_saddle(painter, self.placed(0.0, 0.0), theme)
        gone = picture.path.before(picture.update)
        ahead = picture.path.points[max(len(gone) - 1, 0) :]
        draw_ahead(painter, self._line(ahead), theme)
        draw_path(painter, self._line(np.vstack([gone, picture.now])), theme)
        draw_start(painter, self.placed(*picture.start), theme)
        draw_now(painter, self.placed(*picture.now), theme)

    def _paint_labels(
        self, painter: QPainter, labels: tuple[Label, ...], theme: Theme, say: Say
    ) -> None:
        font = text_font(theme.size(TYPE))
        metrics, inks = QFontMetricsF(font), inks_of(theme)
        painter.setFont(font)
        for label in labels:
            words = level_text(label.level, say)
            plate = QRectF(0, 0, metrics.horizontalAdvance(words) + 6, metrics.height() - 1)
            plate.moveCenter(self.placed(label.x, label.y))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(inks.halo)
            painter.drawRoundedRect(plate, 3, 3)
            painter.setPen(inks.text)
            painter.drawText(plate, int(Qt.AlignmentFlag.AlignCenter), words)

    def _shades(self, relief: Relief) -> QImage:
        if self._image is None or self._image[0] is not relief:
            rows = np.rint(relief.shades[::-1] * 255).astype(np.intp)
            pixels = shades()[rows].tobytes()
            height, width = rows.shape
            image = QImage(pixels, width, height, 4 * width, QImage.Format.Format_RGB32)
            self._image = relief, image.copy()
        return self._image[1]

    def placed(self, x: float, y: float) -> QPointF:
        """Return where a place of the plane is."""
        ((px, py),) = self._pixels(np.array([[x, y]]))
        return QPointF(px, py)

    def _pixels(self, points: Floats) -> Floats:
        (left, right), (low, high) = self._view.viewRange()
        size = self.boundingRect()
        with np.errstate(over="ignore", invalid="ignore"):
            share = (points - (left, high)) / (right - left, low - high)
            away = np.nan_to_num(share * (size.width(), size.height()), nan=-_FAR)
        pixels: Floats = np.clip(away, -_FAR, _FAR)
        return pixels

    def _line(self, points: Floats) -> QPainterPath:
        return _qt_path(self._pixels(points), "all")

    def _joined(self, pieces: Floats) -> QPainterPath:
        """Return pieces, each two ends, as one path."""
        return _qt_path(self._pixels(pieces.reshape(-1, 2)), "pairs")


def _qt_path(points: Floats, connect: str) -> QPainterPath:
    if not len(points):
        return QPainterPath()
    path: QPainterPath = pg.arrayToQPath(*np.ascontiguousarray(points.T), connect=connect)
    return path
