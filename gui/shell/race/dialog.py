"""The race on screen: it can be stopped, started again, and watched without movement."""

from functools import partial

from PySide6.QtCore import QElapsedTimer, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QAccessible, QColor, QHideEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gui.language import speech
from gui.language.joining import ended, sentences
from gui.shell.race.keys import RACING
from gui.shell.race.picture import CHAINS, LASTS, LanePicture, Race, race_picture
from gui.shell.screen import fit_to_screen
from gui.state import State
from gui.theme import Theme, dressed, text_font
from gui.widgets.accessible import Accessible, announce
from gui.widgets.button import Button
from gui.widgets.labels import heading

_WIDTH, _HEIGHT = 780, 500
"""In pixels, at the ordinary size of type."""

_FRAME = 33
"""In milliseconds."""

_THICK, _LEAST = 30, 3


class LaneBar(QWidget):
    """How far a way is: the outline is all that it has to do, the fill what is done."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[LanePicture, Theme] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def present(self, lane: LanePicture, theme: Theme) -> None:
        """Show a lane."""
        if self._shown != (lane, theme):
            self._shown = lane, theme
            self.setFixedHeight(theme.size(_THICK))
            self.update()

    def sizeHint(self) -> QSize:
        """Return a width for any window."""
        return QSize(200, _THICK)

    def accessible(self) -> Accessible:
        """Return the lane in words."""
        if self._shown is None:
            return Accessible()
        lane, _ = self._shown
        role = QAccessible.Role.Graphic
        return Accessible(role, lane.name, f"{lane.counted} {lane.told}".strip())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the outline and the fill."""
        if self._shown is None:
            return
        lane, theme = self._shown
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        whole.setWidth(max(_LEAST, whole.width() * lane.total))
        painter.setPen(QColor(theme.outline))
        painter.setBrush(QColor(theme.field))
        painter.drawRoundedRect(whole, 4, 4)
        done = QRectF(whole)
        done.setWidth(whole.width() * lane.share)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.inks[lane.ink].fill))
        if done.width() > 0:
            painter.drawRoundedRect(done, 4, 4)
        painter.end()


class RaceDialog(QDialog):
    """Three lanes; it begins with the shortest chain and runs at once, if things may move."""

    def __init__(self, state: State, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("race dialog")
        self._look = state.look
        self._say, self._theme = speech(state.look.locale), dressed(state.look)
        self.setWindowTitle(self._say("Why backpropagation?"))
        self.resize(self._theme.size(_WIDTH), self._theme.size(_HEIGHT))
        fit_to_screen(self)
        self._intro, self._summary = _paragraph("muted"), _paragraph("title")
        self._summary.setObjectName("race summary")
        self._lanes = [(QLabel(), LaneBar(), QLabel(), _paragraph("muted")) for _ in range(3)]
        self._chains = {n: Button(role="small") for n in CHAINS}
        self._start = Button("play")
        self._start.setObjectName("race start")
        self._start.clicked.connect(self.toggle)
        self._clock, self._before = QElapsedTimer(), 0.0
        self._timer = QTimer(self, interval=_FRAME)
        self._timer.timeout.connect(self._tick)
        self._race = Race(CHAINS[0])
        self._arrange()
        self.choose(CHAINS[0])
        self._start.setFocus()

    def _arrange(self) -> None:
        size = self._theme.size
        column = QVBoxLayout(self)
        column.setContentsMargins(size(24), size(20), size(24), size(18))
        column.setSpacing(size(10))
        column.addWidget(self._intro)
        row = QHBoxLayout()
        for layers, button in self._chains.items():
            button.setCheckable(True)
            button.setObjectName(f"race {layers}")
            button.clicked.connect(partial(self.choose, layers))
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self._start)
        column.addLayout(row)
        grid = QGridLayout()
        grid.setVerticalSpacing(size(3))
        for place, (name, bar, number, meaning) in enumerate(self._lanes):
            number.setAlignment(Qt.AlignmentFlag.AlignRight)
            name.setFont(text_font(size(16), bold=True))
            number.setFont(text_font(size(15), bold=True))
            grid.addWidget(name, 4 * place, 0)
            grid.addWidget(number, 4 * place, 1)
            grid.addWidget(bar, 4 * place + 1, 0, 1, 2)
            grid.addWidget(meaning, 4 * place + 2, 0, 1, 2)
            grid.setRowMinimumHeight(4 * place + 3, size(10))
        column.addLayout(grid)
        column.addWidget(self._summary)
        column.addStretch(1)

    @property
    def race(self) -> Race:
        """The race that is shown."""
        return self._race

    @property
    def running(self) -> bool:
        """Whether it moves."""
        return self._timer.isActive()

    def choose(self, layers: int, _checked: object = None) -> None:
        """Begin a race of chains with so many layers."""
        self._race, self._before = Race(layers), 0.0
        if self._look.moves:
            self._clock.start()
            self._timer.start()
        else:
            self._race.advance(LASTS)
        self._present()
        self._tell_end()

    def toggle(self) -> None:
        """Stop, go on, or where it is over begin again."""
        if self.running:
            self._before = self._race.seconds
            self._timer.stop()
        elif self._race.over:
            self.choose(self._race.layers)
            return
        else:
            self._clock.start()
            self._timer.start()
        self._present()

    def _tick(self) -> None:
        self._race.advance(self._before + self._clock.elapsed() / 1000)
        if self._race.over:
            self._timer.stop()
        self._present()
        self._tell_end()

    def _tell_end(self) -> None:
        """Have the end said: who does not see the bars waits for it."""
        if self._race.over:
            picture, say = race_picture(self._race, self._look.locale), self._say
            announce(self._start, sentences((ended(picture.sentence, say), picture.summary), say))

    def _present(self) -> None:
        say, theme = self._say, self._theme
        picture = race_picture(self._race, self._look.locale)
        self._intro.setText(picture.intro)
        for (name, bar, number, meaning), lane in zip(self._lanes, picture.lanes, strict=True):
            name.setText(lane.name)
            bar.present(lane, theme)
            number.setText(f"{lane.counted} · {lane.told}" if lane.told else lane.counted)
            meaning.setText(lane.meaning)
        self._summary.setText(picture.summary)
        for layers, button in self._chains.items():
            button.setChecked(layers == self._race.layers)
            text = say.counted("{number} layer", "{number} layers", layers)
            button.present(theme, text, text)
        icon = "pause" if self.running else "rotate-ccw" if picture.over else "play"
        stop, again, go = say("Stop"), say("Again"), say("Start")
        text = stop if self.running else again if picture.over else go
        self._start.present(theme, text, text, icon)
        self._start.setAccessibleDescription(picture.summary)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Start, stop and choose by keys."""
        use = RACING.use(event)
        if use == "start":
            self.toggle()
        elif use.isdigit():
            self.choose(CHAINS[int(use) - 1])
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop what nobody sees."""
        super().hideEvent(event)
        self._timer.stop()


def _paragraph(role: str) -> QLabel:
    label = heading(role)
    label.setWordWrap(True)
    return label


def show_race(state: State, parent: QWidget) -> RaceDialog:
    """Show the race."""
    dialog = RaceDialog(state, parent)
    dialog.open()
    return dialog
