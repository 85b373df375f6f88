"""The steps of the sample as a strip of cells, and a slider over the whole run."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from gui.language import speech
from gui.state import State
from gui.state.intents import Seek
from gui.theme import Theme, dressed, text_font
from gui.timeline.picture import DOT, TimelinePicture, timeline_picture
from gui.timeline.strip import Strip
from gui.widgets.isolated import IsolatedWidget
from gui.widgets.labels import FixedLine
from gui.widgets.memo import Memo
from gui.widgets.slider import Slider
from gui.words.steps import NO_STEPS

_ROUNDED = 8.0
"""In pixels: narrower cells have no round corners."""

_MARGIN = 24

_TARGET = 24
"""In pixels: nothing that can be pressed is lower, however small the type is."""

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
        self._cells = Strip()
        self._cells.sought.connect(self._seek)
        self._slider = Slider()
        self._slider.setObjectName("run slider")
        self._slider.valueChanged.connect(self._slide)
        self._last, self._largest = 0, 13
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
        theme = dressed(state.look)
        picture = timeline_picture(state)
        if not self._shown.renew((picture, theme)):
            return
        self._legend.setText(
            DOT.join(
                f'<span style="color:{theme.inks[ink].text}">{_unbroken(name)}</span>'
                for name, ink in picture.legend
            )
        )
        self._legend.setToolTip(picture.legend_hint)
        say = speech(state.look.locale)
        self._cells.present(picture, theme, say)
        self._dress(theme)
        self._place_slider(picture)
        self._fit()
        self.fit_height()
        self._slider.setAccessibleName(say("Place in the whole run"))
        self._slider.setAccessibleDescription(picture.title if picture.last else say(NO_STEPS))
        drag = say("Drag to any step of the whole run")
        self._slider.setToolTip(drag if picture.last else say(NO_STEPS))

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
        self._largest = theme.size(13 * self._enlarged)
        self._cells.setFixedHeight(max(_TARGET, theme.size(_TARGET * self._enlarged)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find the room for title and legend."""
        super().resizeEvent(event)
        self._fit()
        if self._shown.value is not None:
            self.fit_height()

    def _fit(self) -> None:
        """Where title and legend have no room, the title is short; then the legend goes below."""
        if self._shown.value is None:
            return
        picture, font = self._shown.value[0], text_font(self._largest)
        room, wide = max(1, self.width() - 2 * _MARGIN), QFontMetrics(font).horizontalAdvance
        legend = wide(picture.legend_text) + 2
        left = room - legend - _MARGIN
        beside = wide(picture.short) <= left
        short = wide(picture.longest) > (left if beside else room)
        title = picture.short if short else picture.title
        for label, text in ((self._title, title), (self._legend, _longest(picture))):
            fitting = _no_wider(font, text, room)
            if label.font() != fitting:
                label.setFont(fitting)
        self._title.setText(title)
        self._title.setFixedSize(left if beside else room, self._title.sizeHint().height())
        text = DOT.join(_unbroken(name) for name, _ in picture.legend)
        self._place_legend(text, legend if beside else room, beside=beside)

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
        self._slider.allow(picture.last > 0)
        self._slider.blockSignals(blocked)

    def _index(self, tick: int) -> int:
        return tick * self._last // max(1, min(self._last, _TICKS))

    def _slide(self, tick: int) -> None:
        self._seek(self._index(tick))

    def _seek(self, index: int) -> None:
        self.wished.emit(Seek(index))


def _unbroken(words: str) -> str:
    return words.replace(" ", "\u00a0")


def _longest(picture: TimelinePicture) -> str:
    """Return the longest part of the legend: it goes on in the next line between its parts."""
    return max((name for name, _ in picture.legend), key=len)


def _no_wider(font: QFont, text: str, room: int) -> QFont:
    """Return a font, smaller where a text would not have room."""
    taken = QFontMetrics(font).horizontalAdvance(text)
    return font if taken <= room else text_font(int(font.pixelSize() * room / taken))
