"""The loss surface: the loss over two of the parameters, and the path of the run on it."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from engine.user_error import UserError
from gui.language import Say, speech
from gui.panels.surface.diagram import SurfaceDiagram
from gui.panels.surface.marks import SurfaceLegend
from gui.panels.surface.picture import (
    SurfacePicture,
    axes_of,
    exchanged,
    minima_words,
    pointed_reading,
    surface_picture,
)
from gui.panels.surface.picture.frame import Frame
from gui.panels.surface.picture.relief import Relief
from gui.panels.surface.picture.start import started_at
from gui.panels.surface.picture.words import legend_hint
from gui.panels.surface.shown import SurfaceZoom
from gui.state import State
from gui.state.intents import Highlight, Replace, Seek, Show, ShowView, Tell
from gui.theme import Theme, dressed
from gui.widgets.button import Button
from gui.widgets.choice import Choice
from gui.widgets.flow import Flow, beside
from gui.widgets.labels import heading
from gui.widgets.panel import Panel
from gui.widgets.reading import Reading
from gui.words.glossary import meaning
from gui.words.meanings import Meaning

_CLOSER = 0.5


class LossSurfaceView(Panel):
    """The two parameters to choose, the surface, what is read on it, and the legend."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("loss surface panel")
        self._shown: tuple[State, SurfacePicture] | None = None
        self._pointed: tuple[float, float] | None = None
        self._note, self._reading, self._minima = _text("muted"), _text(""), _text("")
        self._reading.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._labels = {axis: heading("muted") for axis in ("x", "y")}
        self._choices = {axis: Choice(()) for axis in ("x", "y")}
        self._pairs: dict[str, QWidget] = {}
        for axis, choice in self._choices.items():
            choice.setObjectName(f"surface {axis}")
            choice.chosen.connect(partial(self._choose, axis))
        self._diagram, self._legend = SurfaceDiagram(), SurfaceLegend()
        self._diagram.sought.connect(lambda index: self.wished.emit(Seek(index)))
        self._diagram.zoomed.connect(self._zoom)
        self._diagram.started.connect(self._start)
        self._diagram.seen_anew.connect(self._describe)
        self._diagram.crosshair.walks.connect(
            lambda on: self.wished.emit(Highlight(None, walks=on))
        )
        self._diagram.pointed.connect(self._point)
        self._buttons = {name: Button() for name in ("in", "out", "whole")}
        self._buttons["in"].clicked.connect(lambda: self._diagram.zoom(_CLOSER))
        self._buttons["out"].clicked.connect(lambda: self._diagram.zoom(1 / _CLOSER))
        self._buttons["whole"].clicked.connect(self._diagram.reset)
        self._arrange()

    def _arrange(self) -> None:
        choices, buttons = Flow(fills=True), Flow()
        for axis, choice in self._choices.items():
            self._labels[axis].setBuddy(choice)
            choice.give_way()
            self._pairs[axis] = beside(self._labels[axis], choice)
            choices.addWidget(self._pairs[axis])
        for button in self._buttons.values():
            buttons.addWidget(button)
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(14, 10, 14, 12)
        rows.setSpacing(8)
        rows.addWidget(self._note)
        rows.addLayout(choices)
        rows.addWidget(self._diagram, 1)
        for part in (self._reading, self._minima, self._legend):
            rows.addWidget(part)
        rows.addLayout(buttons)
        self._scroll = Reading(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll)

    def present(self, state: State) -> None:
        """Show the surface as it is at the state's step."""
        say, theme = speech(state.look.locale), dressed(state.look)
        picture = surface_picture(state)
        self._shown = state, picture
        self._scroll.present(theme, picture.title)
        _fill(self._note, picture.intro)
        self._present_choices(picture, say, theme)
        self._buttons["in"].present(theme, say("Zoom in"), say("Zoom in (+)"))
        self._buttons["out"].present(theme, say("Zoom out"), say("Zoom out (−)"))
        self._buttons["whole"].present(theme, say("Fit"), say("Back to the whole surface"))
        self._legend.present(picture.legend, theme, say)
        self._legend.setToolTip(legend_hint(picture.legend, say))
        self._diagram.setAccessibleName(picture.title)
        self._diagram.tell_by(lambda: (self.reading, picture.description))
        self._diagram.speak(say)
        self._diagram.present(picture, theme, self._piece(state, picture))
        self._diagram.explain(meaning(Meaning.COLOUR_BAR, say))
        # So many lines, whatever is said: the surface must not change its size under the pointer.
        lines = 2 if theme.zoom <= 1.0 else 3
        for label in (self._reading, self._minima):
            label.setFixedHeight(lines * label.fontMetrics().lineSpacing())
        self._read()

    def _present_choices(self, picture: SurfacePicture, say: Say, theme: Theme) -> None:
        words = {"x": say("horizontal axis"), "y": say("vertical axis")}
        labels = {"x": say("horizontal"), "y": say("vertical")}
        names, named = picture.names, dict(zip(picture.choices, picture.names, strict=True))
        for axis, symbol in zip(("x", "y"), picture.axes, strict=True):
            choice, label = self._choices[axis], self._labels[axis]
            # A single weight leaves nothing to choose: the loss itself is then the height.
            self._pairs[axis].setVisible(len(names) > 1)
            if choice.names != names:
                choice.offer(names)
            choice.setAccessibleName(words[axis])
            choice.present(theme, named.get(symbol, ""), picture.choices)
            label.setText(labels[axis])

    def _describe(self, relief: Relief) -> None:
        if self._shown is not None:
            _fill(self._minima, minima_words(*self._shown, relief))

    @property
    def main(self) -> QWidget:
        """The surface."""
        return self._diagram

    @property
    def reading(self) -> str:
        """What is under the cross-hair or the mouse, else where the run is."""
        return self._reading.text()

    def _read(self) -> None:
        """Say what there is under the pointer, else where the run is."""
        if self._shown is None:
            return
        state, picture = self._shown
        if self._pointed is None:
            _fill(self._reading, picture.reading)
        else:
            _fill(self._reading, pointed_reading(picture, state, *self._pointed))
            self._diagram.crosshair.reading = self._reading.text()

    # Wishes

    @staticmethod
    def _piece(state: State, picture: SurfacePicture) -> Frame | None:
        """Return the piece that is to be seen, None for all."""
        zoom = state.view(SurfaceZoom)
        holds = (zoom.axes, zoom.frame) == (axes_of(picture.pair), tuple(picture.frame))
        return Frame(*zoom.piece) if holds and zoom.piece else None

    def _zoom(self, piece: Frame | None) -> None:
        if self._shown is not None:
            axes, frame = axes_of(self._shown[1].pair), self._shown[1].frame
            zoom = SurfaceZoom(axes, tuple(frame), tuple(piece)) if piece else SurfaceZoom()
            self.wished.emit(ShowView(zoom))

    def _start(self, place: tuple[float, float]) -> None:
        """Train from the place that was clicked."""
        if self._shown is None:
            return
        state, picture = self._shown
        try:
            wanted = started_at(state.experiment, picture.surface.theta, picture.pair, place)
        except UserError as fault:
            self.wished.emit(Tell(fault))
            return
        self.wished.emit(Replace(wanted))
        if state.editable is None:
            self.wished.emit(Seek(0))

    def _point(self, place: tuple[float, float] | None) -> None:
        self._pointed = place
        self._read()

    def _choose(self, axis: str, name: str) -> None:
        if self._shown is not None:
            pair = exchanged(self._shown[1].pair, axis, name)
            self.wished.emit(Show({"surface": pair}))


def _text(role: str) -> QLabel:
    label = heading(role)
    label.setWordWrap(True)
    return label


def _fill(label: QLabel, text: str) -> None:
    """Show a text; the same again would cost a new layout."""
    if label.text() != text:
        label.setText(text)
