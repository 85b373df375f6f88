"""The steps of the sample as a strip of cells, and a slider over the whole run."""

from functools import lru_cache

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from engine.words import Say
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
        self._same = Memo[tuple[object, ...]]()
        self._high = Memo[int]()
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
        say = speech(state.look.locale)
        if self._same.renew((picture.legend, theme, say, not picture.last)):
            self._present_same(picture, theme, say)
        self._cells.present(picture, theme, say)
        self._place_slider(picture)
        self._fit()
        self._slider.setAccessibleDescription(picture.title if picture.last else say(NO_STEPS))

    def _present_same(self, picture: TimelinePicture, theme: Theme, say: Say) -> None:
        """Show what is the same at every step."""
        self._legend.setText(
            DOT.join(
                f'<span style="color:{theme.inks[ink].text}">{_unbroken(name)}</span>'
                for name, ink in picture.legend
            )
        )
        self._legend.setToolTip(picture.legend_hint)
        self._dress(theme)
        self._slider.setAccessibleName(say("Place in the whole run"))
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

    def _dress(self, theme: Theme) -> None:
        self._largest = theme.size(13 * self._enlarged)
        self._cells.setFixedHeight(max(_TARGET, theme.size(_TARGET * self._enlarged)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find the room for title and legend."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where title and legend have no room, the title is short; then the legend goes below."""
        if self._shown.value is None:
            return
        picture, largest = self._shown.value[0], self._largest
        room = max(1, self.width() - 2 * _MARGIN)
        legend = _wide(picture.legend_text, largest) + 2
        left = room - legend - _MARGIN
        beside = _wide(picture.short, largest) <= left
        short = _wide(picture.longest, largest) > (left if beside else room)
        title = picture.short if short else picture.title
        sizes = [_no_wider(largest, text, room) for text in (title, _longest(picture))]
        for label, pixels in zip((self._title, self._legend), sizes, strict=True):
            if label.font() != _font(pixels):
                label.setFont(_font(pixels))
        self._title.setText(title)
        self._title.setFixedSize(left if beside else room, self._title.sizeHint().height())
        text = DOT.join(_unbroken(name) for name, _ in picture.legend)
        width = legend if beside else room
        self._legend.setFixedSize(width, _high(text, sizes[1], width))
        if self._beside is not beside:
            self._beside = beside
            self._top.removeWidget(self._legend)
            row, column = (0, 1) if beside else (1, 0)
            self._top.addWidget(self._legend, row, column, Qt.AlignmentFlag.AlignLeft)
        if self._high.renew(self.inside.sizeHint().height()):
            self.fit_height()

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


@lru_cache(maxsize=32)
def _font(pixels: int) -> QFont:
    return text_font(pixels)


@lru_cache(maxsize=256)
def _wide(text: str, pixels: int) -> int:
    return QFontMetrics(_font(pixels)).horizontalAdvance(text)


@lru_cache(maxsize=32)
def _high(text: str, pixels: int, width: int) -> int:
    """Return how high a text is that goes on in the next line."""
    room, wraps = QRect(0, 0, width, _UNBOUNDED), int(Qt.TextFlag.TextWordWrap)
    return QFontMetrics(_font(pixels)).boundingRect(room, wraps, text).height()


def _no_wider(pixels: int, text: str, room: int) -> int:
    """Return a size of type, smaller where a text would not have room."""
    taken = _wide(text, pixels)
    return pixels if taken <= room else int(pixels * room / taken)
