"""The transport: the buttons that move through the run, and the speed of playing."""

import math
from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from engine.problem import mark
from gui.joining import labelled
from gui.language import speech
from gui.numbers import plain_rounded
from gui.state import State
from gui.theme import THEMES
from gui.widgets.button import Button
from gui.widgets.labels import heading
from gui.widgets.slider import Slider

SLOWEST, FASTEST = 0.5, 100_000.0
"""In steps a second."""

_TICKS = 100

_BUTTONS = MappingProxyType(
    {
        "start": ("skip-back", ""),
        "previous_epoch": ("rewind", mark("Epoch")),
        "previous_sample": ("chevrons-left", mark("Sample")),
        "previous_step": ("chevron-left", mark("Step")),
        "play": ("play", mark("Play")),
        "next_step": ("chevron-right", mark("Step")),
        "next_sample": ("chevrons-right", mark("Sample")),
        "next_epoch": ("fast-forward", mark("Epoch")),
        "end": ("skip-forward", ""),
    }
)
"""From action to icon and short text, which gives way where there is no room."""


class TransportView(QWidget):
    """Buttons that trigger actions by name; `paced` tells another speed, in steps a second."""

    paced = Signal(object)

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transport")
        self._actions = actions
        self._state: State | None = None
        self._shown: tuple[object, ...] | None = None
        self._room = 0
        self._compact = False
        self._buttons = {
            name: Button(icon, "play" if name == "play" else "")
            for name, (icon, _) in _BUTTONS.items()
        }
        self._pace = heading("muted")
        self._speed = Slider()
        self._speed.setObjectName("speed")
        self._speed.setRange(0, _TICKS)
        self._speed.valueChanged.connect(lambda tick: self.paced.emit(speed_of(tick)))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        for name, button in self._buttons.items():
            button.setObjectName(name)
            button.clicked.connect(actions[name].trigger)
            row.addWidget(button)
        row.addSpacing(10)
        row.addWidget(self._speed)
        row.addWidget(self._pace)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def fit(self, room: int) -> None:
        """Leave the texts away where they would need more than `room` pixels."""
        if self._room != room:
            self._room = room
            self._arrange()

    def present(self, state: State) -> None:
        """Show what can be done now; the actions know the words."""
        at_ends = (state.index == 0, state.index == state.last)
        shown = (state.look, state.playing, *at_ends)
        if self._shown != shown:
            words_changed = self._shown is None or self._shown[:2] != shown[:2]
            self._shown, self._state = shown, state
            self._arrange() if words_changed else self._write()

    def _arrange(self) -> None:
        self._compact = False
        self._write()
        if self.sizeHint().width() > self._room:
            self._compact = True
            self._write()
        self.updateGeometry()

    def _write(self) -> None:
        if self._state is None:
            return
        state, look = self._state, self._state.look
        say, theme = speech(look.language), THEMES[look.palette]
        at_start, at_end = state.index == 0, state.index == state.last
        forward = False
        for name, button in self._buttons.items():
            icon, text = _BUTTONS[name]
            if name == "play" and state.playing:
                icon, text = "pause", mark("Pause")
            forward = forward or name == "play"
            shown = say(text) if text else ""
            icon_only = not shown or (self._compact and name != "play")
            button.present(theme, shown, self._actions[name].toolTip(), icon, icon_only=icon_only)
            button.setAccessibleName(self._actions[name].iconText())
            button.setEnabled(not (at_end if forward else at_start))
        self._speed.setFixedWidth(theme.size(54 if self._compact else 84))
        pace = say("{steps} steps/s").format(steps=plain_rounded(look.speed))
        self._pace.setText(pace)
        self._pace.setVisible(not self._compact)
        self._pace.setFixedWidth(theme.size(104))
        self._speed.setToolTip(labelled(say("Speed of playing"), pace, say))
        self._speed.setAccessibleName(say("Speed of playing"))
        blocked = self._speed.blockSignals(True)
        self._speed.setValue(tick_of(look.speed))
        self._speed.blockSignals(blocked)


def speed_of(tick: int) -> float:
    """Return the speed at a place of the slider: each tick is the same factor more."""
    return float(f"{SLOWEST * (FASTEST / SLOWEST) ** (tick / _TICKS):.2g}")


def tick_of(speed: float) -> int:
    """Return the place of the slider for a speed."""
    return round(_TICKS * math.log(speed / SLOWEST) / math.log(FASTEST / SLOWEST))
