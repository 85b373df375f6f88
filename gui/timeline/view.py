"""The steps of the sample as a strip of cells, and a slider over the whole run."""

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from gui.language import speech
from gui.state import State
from gui.state.intents import Seek
from gui.theme import THEMES, Theme, blend, text_font
from gui.timeline.picture import DOT, TimelinePicture, timeline_picture
from gui.widgets.isolated import IsolatedWidget
from gui.widgets.labels import FixedLine
from gui.widgets.memo import Memo
from gui.widgets.slider import Slider

if TYPE_CHECKING:
    from gui.drawing.ink import Ink

_ROUNDED = 8.0
"""In pixels: narrower cells have no round corners."""

_MARGIN = 24

_UNBOUNDED = 10_000

_TICKS = 1 << 30
"""A QSlider counts in 32 bits: a longer run is mapped onto this many places."""


class TimelineView(IsolatedWidget):
    """Shows the place in the run; `wished` carries an `Intent`: to see another."""

    wished = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timeline")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._shown = Memo[tuple[TimelinePicture, Theme]]()
        self._title = FixedLine("muted")
        self._legend = QLabel()
        self._legend.setObjectName("legend")
        self._legend.setWordWrap(True)
        self._beside: bool | None = None
        self._cells = _Cells()
        self._cells.sought.connect(self._seek)
        self._slider = Slider()
        self._slider.setObjectName("run slider")
        self._slider.valueChanged.connect(self._slide)
        self._last = 0
        self._enlarged = 1.0
        self._top = QGridLayout()
        self._top.setColumnStretch(0, 1)
        self._top.setSpacing(2)
        self._top.addWidget(self._title, 0, 0, Qt.AlignmentFlag.AlignLeft)
        rows = QVBoxLayout(self.inside)
        rows.setContentsMargins(_MARGIN, 6, _MARGIN, 2)
        rows.setSpacing(4)
        rows.addLayout(self._top)
        rows.addWidget(self._cells)
        rows.addWidget(self._slider)

    def present(self, state: State) -> None:
        """Show the state's place in the sample and in the run."""
        theme = THEMES[state.look.palette]
        picture = timeline_picture(state)
        if not self._shown.renew((picture, theme)):
            return
        self._legend.setText(
            DOT.join(
                f'<span style="color:{theme.inks[ink].text}">{name}</span>'
                for name, ink in picture.legend
            )
        )
        self._legend.setToolTip(picture.legend_hint)
        self._cells.present(picture, theme)
        self._dress(theme)
        self._place_slider(picture)
        self._fit()
        self.fit_height()
        say = speech(state.look.language)
        self._slider.setAccessibleName(say("Place in the whole run"))
        self._slider.setAccessibleDescription(picture.title)
        self._slider.setToolTip(say("Drag to any step of the whole run"))

    def enlarge(self, enlarged: float) -> None:
        """Write everything so many times as large as usual, for there is room."""
        if self._enlarged == enlarged:
            return
        self._enlarged = enlarged
        if self._shown.value is not None:
            self._dress(self._shown.value[1])
            self._fit()
            self.fit_height()

    def _dress(self, theme: Theme) -> None:
        font = text_font(theme.size(13 * self._enlarged))
        for label in (self._title, self._legend):
            if label.font() != font:
                label.setFont(font)
        self._cells.setFixedHeight(theme.size(24 * self._enlarged))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find the room for title and legend."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where title and legend have no room, the title is short; then the legend goes below."""
        if self._shown.value is None:
            return
        picture, _ = self._shown.value
        room = max(1, self.width() - 2 * _MARGIN)
        legend = self._legend.fontMetrics().horizontalAdvance(picture.legend_text) + 2
        left, wide = room - legend - _MARGIN, self._title.fontMetrics().horizontalAdvance
        beside = wide(picture.short) <= left
        short = beside and wide(picture.longest) > left
        self._title.setText(picture.short if short else picture.title)
        self._title.setFixedSize(left if beside else room, self._title.sizeHint().height())
        self._place_legend(picture.legend_text, legend if beside else room, beside=beside)

    def _place_legend(self, text: str, width: int, *, beside: bool) -> None:
        wrapped, wraps = QRect(0, 0, width, _UNBOUNDED), int(Qt.TextFlag.TextWordWrap)
        height = self._legend.fontMetrics().boundingRect(wrapped, wraps, text).height()
        self._legend.setFixedSize(width, height)
        if self._beside is not beside:
            self._beside = beside
            self._top.removeWidget(self._legend)
            row, column = (0, 1) if beside else (1, 0)
            self._top.addWidget(self._legend, row, column, Qt.AlignmentFlag.AlignLeft)

    def _place_slider(self, picture: TimelinePicture) -> None:
        self._last = picture.last
        ticks = min(picture.last, _TICKS)
        blocked = self._slider.blockSignals(True)
        self._slider.setRange(0, ticks)
        if not (self._slider.isSliderDown() and self._index(self._slider.value()) == picture.index):
            self._slider.setValue(picture.index * ticks // max(1, picture.last))
        self._slider.setEnabled(picture.last > 0)
        self._slider.blockSignals(blocked)

    def _index(self, tick: int) -> int:
        return tick * self._last // max(1, min(self._last, _TICKS))

    def _slide(self, tick: int) -> None:
        self._seek(self._index(tick))

    def _seek(self, index: int) -> None:
        self.wished.emit(Seek(index))


class _Cells(QWidget):
    """The strip: a press or a drag on it seeks the step under the mouse."""

    sought = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("cells")
        self._picture: TimelinePicture | None = None
        self._theme = THEMES["light"]
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(24)

    def present(self, picture: TimelinePicture, theme: Theme) -> None:
        """Show the cells of `picture`."""
        self._picture, self._theme = picture, theme
        self.update()

    def sizeHint(self) -> QSize:
        """Return a size for thirteen cells."""
        return QSize(400, 24)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the cells; the present one has a frame, those to come are pale."""
        if self._picture is None or not self._picture.cells:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        alike: dict[tuple[Ink, bool], list[QRectF]] = {}
        places = _places(len(self._picture.cells), self.width(), self.height())
        for cell, where in zip(self._picture.cells, places, strict=True):
            alike.setdefault((cell.ink, cell.done), []).append(where)
        narrow = places[0].width() < _ROUNDED
        for (ink, done), cells in alike.items():
            line = self._theme.inks[ink].line
            painter.setBrush(QColor(line) if done else blend(line, self._theme.panel, 0.25))
            if narrow:
                painter.drawRects(cells)
            else:
                for where in cells:
                    painter.drawRoundedRect(where, 3, 3)
        if self._picture.present is not None:
            painter.setPen(QPen(QColor(self._theme.text), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            frame = places[self._picture.present].adjusted(-2, -2.5, 2, 2.5)
            painter.drawRoundedRect(frame, 5, 5)
        painter.end()

    def _step_at(self, x: float) -> int:
        count = len(self._picture.cells) if self._picture else 1
        return min(max(int((x - 3) / max(1e-9, (self.width() - 6) / count)), 0), count - 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Seek the step under the mouse."""
        if self._picture is not None and self._picture.cells:
            self.sought.emit(self._picture.first + self._step_at(event.position().x()) + 1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Seek along while a button is held."""
        self.mousePressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Name the step under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            if self._picture is not None and self._picture.cells:
                step = self._step_at(event.pos().x())
                QToolTip.showText(event.globalPos(), self._picture.cells[step].hint, self)
            return True
        return super().event(event)


@lru_cache(maxsize=8)
def _places(count: int, width: int, height: int) -> tuple[QRectF, ...]:
    """Return where each of `count` cells stands in a strip."""
    pitch = (width - 6) / count
    gap = min(3.0, pitch * 0.2)
    return tuple(QRectF(3 + i * pitch + gap / 2, 4, pitch - gap, height - 8) for i in range(count))
