"""The steps of the sample as a strip of cells, and a slider over the whole run."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from gui.language import speech
from gui.pictures.timeline import TimelinePicture, timeline_picture
from gui.state import State
from gui.theme import THEMES, Theme, blend
from gui.widgets.island import Island
from gui.widgets.labels import heading
from gui.widgets.slider import Slider

if TYPE_CHECKING:
    from gui.pictures.ink import Ink

_ROUNDED = 8.0
"""In pixels: narrower cells have no round corners."""

_TICKS = 1 << 30
"""A QSlider counts in 32 bits: a longer run is mapped onto so many."""


class TimelineView(Island):
    """Shows where the run stands; `sought` tells the index that the user wants to see."""

    sought = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timeline")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._shown: tuple[TimelinePicture, Theme] | None = None
        self._title = heading("muted")
        self._legend = QLabel()
        self._cells = _Cells()
        self._cells.sought.connect(self.sought)
        self._slider = Slider()
        self._slider.setObjectName("run slider")
        self._slider.valueChanged.connect(self._slide)
        self._last = 0
        top = QHBoxLayout()
        top.addWidget(self._title)
        top.addStretch()
        top.addWidget(self._legend)
        rows = QVBoxLayout(self.inside)
        rows.setContentsMargins(24, 6, 24, 2)
        rows.setSpacing(4)
        rows.addLayout(top)
        rows.addWidget(self._cells)
        rows.addWidget(self._slider)

    def present(self, state: State) -> None:
        """Show the state's place in the sample and in the run."""
        theme = THEMES[state.look.palette]
        picture = timeline_picture(state)
        if self._shown == (picture, theme):
            return
        self._shown = (picture, theme)
        self._title.setText(picture.title)
        self._legend.setText(
            " · ".join(
                f'<span style="color:{theme.inks[ink].text}">{name}</span>'
                for name, ink in picture.legend
            )
        )
        self._cells.present(picture, theme)
        self._place_slider(picture)
        self._fit()
        self.fit_height()
        say = speech(state.look.language)
        self._slider.setAccessibleName(say("Place in the whole run"))
        self._slider.setAccessibleDescription(picture.title)
        self._slider.setToolTip(say("Drag to any step of the whole run"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the legend away where it has no room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        needed = self._title.sizeHint().width() + self._legend.sizeHint().width() + 24
        self._legend.setVisible(needed <= self.width() - 48)

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
        self.sought.emit(self._index(tick))


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
        self.setFixedHeight(theme.size(24))
        self.update()

    def sizeHint(self) -> QSize:
        """Return a size for thirteen cells."""
        return QSize(400, 24)

    def _cell(self, i: int) -> QRectF:
        count = len(self._picture.cells) if self._picture else 1
        pitch = (self.width() - 6) / count
        gap = min(3.0, pitch * 0.2)
        return QRectF(3 + i * pitch + gap / 2, 4, pitch - gap, self.height() - 8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the cells; the present one has a frame, those to come are pale."""
        if self._picture is None or not self._picture.cells:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        alike: dict[tuple[Ink, bool], list[QRectF]] = {}
        for i, cell in enumerate(self._picture.cells):
            alike.setdefault((cell.ink, cell.done), []).append(self._cell(i))
        narrow = self._cell(0).width() < _ROUNDED
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
            frame = self._cell(self._picture.present).adjusted(-2, -2.5, 2, 2.5)
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
