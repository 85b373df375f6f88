"""The transport: the buttons that move through the run, and the speed of playing."""

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from engine.words import mark, within
from gui.language import speech
from gui.language.joining import labelled
from gui.state import State
from gui.state.intents import Show
from gui.theme import Theme, dressed
from gui.transport.speeds import marks, marks_words, pace_words, place_of, speeds
from gui.widgets.accessible import Number
from gui.widgets.button import Button
from gui.widgets.labels import heading
from gui.widgets.memo import Memo
from gui.widgets.slider import Slider
from gui.words.glossary import meaning
from gui.words.meanings import Meaning

_BUTTONS = MappingProxyType(
    {
        "start": ("skip-back", ""),
        "previous_epoch": ("rewind", within("move by", "Epoch")),
        "previous_sample": ("chevrons-left", within("move by", "Sample")),
        "previous_step": ("chevron-left", within("move by", "Step")),
        "play": ("play", mark("Play")),
        "next_step": ("chevron-right", within("move by", "Step")),
        "next_sample": ("chevrons-right", within("move by", "Sample")),
        "next_epoch": ("fast-forward", within("move by", "Epoch")),
        "end": ("skip-forward", ""),
    }
)
"""From action to icon and short text, which gives way where there is no room."""

_WORD = "play's word"
_ENDS = ("start", "end", "previous_epoch", "next_epoch")
_STAGES = (
    (True, True, ()),
    (False, True, ()),
    (False, False, ()),
    (False, False, _ENDS),
    (False, False, (*_ENDS, "previous_sample", "next_sample")),
    (False, False, (*_ENDS, "previous_sample", "next_sample", _WORD)),
)
"""What gives way, one after the other, where there is no room: texts, the pace, the speed, and the
buttons that the Run menu has too."""


class TransportView(QWidget):
    """Buttons that trigger actions by name; `wished` carries an `Intent`: another speed."""

    wished = Signal(object)

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transport")
        self._actions = actions
        self._state: State | None = None
        self._shown = Memo[tuple[object, ...]]()
        self._rooms = 0, 0
        self._buttons = {
            name: Button(icon, "play" if name == "play" else "")
            for name, (icon, _) in _BUTTONS.items()
        }
        self._words, self._told, self._named = True, True, True
        self._pace = heading("muted")
        self._pace.setObjectName("pace")
        self._speed = Slider()
        self._speed.setObjectName("speed")
        self._speed.valueChanged.connect(self._choose)
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

    def fit(self, room: int, named: int | None = None) -> None:
        """Leave texts away where they would need more than `room` pixels: the pace goes last.

        `named` is the room for all buttons with their names, if that is less.
        """
        rooms = room, room if named is None else named
        if self._rooms != rooms:
            self._rooms = rooms
            self._arrange()

    def present(self, state: State) -> None:
        """Show what can be done now; the actions know the words."""
        at_ends = (state.index == 0, state.index == state.last)
        shown = (state.look, state.playing, state.per_epoch, *at_ends)
        former = self._shown.value
        if self._shown.renew(shown):
            self._state = state
            words_changed = former is None or former[:3] != shown[:3]
            self._arrange() if words_changed else self._write()

    def _arrange(self) -> None:
        for self._words, self._told, left_out in _STAGES:
            self._named = _WORD not in left_out
            for name, button in self._buttons.items():
                button.setVisible(name not in left_out)
            self._speed.setVisible(not left_out)
            self._write()
            if self.sizeHint().width() <= self._rooms[self._words]:
                break
        self.updateGeometry()

    def _choose(self, place: int) -> None:
        if self._state is not None:
            self.wished.emit(Show({"speed": speeds(self._state.per_epoch)[place]}))

    def _write(self) -> None:
        if self._state is None:
            return
        state, look = self._state, self._state.look
        say, theme = speech(look.locale), dressed(look)
        at_start, at_end = state.index == 0, state.index == state.last
        forward = False
        for name, button in self._buttons.items():
            icon, text = _BUTTONS[name]
            if name == "play" and state.playing:
                icon, text = "pause", mark("Pause")
            forward = forward or name == "play"
            shown = say(text) if text else ""
            icon_only = not shown or not (self._words or (name == "play" and self._named))
            button.present(theme, shown, self._actions[name].toolTip(), icon, icon_only=icon_only)
            button.setAccessibleName(self._actions[name].text().partition("\t")[0])
            nothing = state.last == 0 if name == "play" else at_end
            button.allow(not (nothing if forward else at_start))
        self._write_pace(state, theme)

    def _speed_of(self, state: State) -> Number:
        """Return the speed in steps a second, for a screen reader."""
        paces = speeds(state.per_epoch)

        def put(pace: float) -> None:
            self._speed.setValue(place_of(max(pace, paces[0]), state.per_epoch))

        return Number(state.look.speed, paces[0], paces[-1], put)

    def _write_pace(self, state: State, theme: Theme) -> None:
        say, pace = speech(state.look.locale), pace_words(state)
        self._speed.setFixedWidth(theme.size(96 if self._words else 64))
        self._pace.setText(pace)
        self._pace.setVisible(self._told)
        self._pace.setFixedWidth(theme.size(104))
        name = say("Speed of playing")
        hint = meaning(Meaning.PACE, say)
        self._speed.setToolTip("\n".join((labelled(name, pace, say), hint)))
        self._pace.setToolTip("\n".join((hint, marks_words(state))))
        self._speed.setAccessibleName(name)
        self._speed.setAccessibleDescription(pace)
        self._speed.stand_for(lambda: self._speed_of(state))
        blocked = self._speed.blockSignals(True)
        self._speed.setRange(0, len(speeds(state.per_epoch)) - 1)
        self._speed.setValue(place_of(state.look.speed, state.per_epoch))
        self._speed.blockSignals(blocked)
        self._speed.mark(marks(state.per_epoch), theme.outline)
