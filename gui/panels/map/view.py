"""The trainability map: every pixel is one complete training, coloured by its result."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.maps import axes as map_axes
from engine.maps.axes import value_of
from engine.maps.trainability import Trainability
from engine.training.pace import Progress
from engine.user_error import UserError
from gui.errors.sorry import sorry
from gui.language import Say, sentence, speech
from gui.panels.map.parts import MapParts
from gui.panels.map.picture import (
    axes_of,
    axis_name,
    drawing_words,
    legend_hint,
    map_picture,
    pixel_words,
)
from gui.panels.map.picture.plane import View, base, limited, nearest, too_fine, whole
from gui.panels.map.shown import MapZoom
from gui.panels.map.worker import Mapper, Wish
from gui.state import State
from gui.state.intents import Highlight, Replace, SaveMap, Show, ShowView
from gui.state.views import has_area
from gui.theme import THEMES, dressed
from gui.widgets.accessible import announce
from gui.widgets.panel import Panel

_KEPT = 200
"""In milliseconds: how long the map of another experiment stays while the next is drawn."""


class MapView(Panel):
    """The two axes to choose, the map, what is pointed at, and the legend."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: State | None = None
        self._drawing: tuple[object, View, tuple[int, int]] | None = None
        self._axes = ("", "")
        self._refused: object = None
        self._view = View(-1.0, 1.0, -1.0, 1.0)
        self._seen: tuple[Trainability, View] | None = None
        self._seen_of: object = None
        self._asked: Wish | None = None
        self._finished = False
        self._mapper = Mapper()
        self._mapper.came.connect(self._take)
        self._mapper.progressed.connect(self._tell_progress)
        self._mapper.refused.connect(self._tell_refused)
        self._mapper.failed.connect(self._tell_failed)
        self._drawing_words = self._hidden = ""
        self._kept = QTimer(self, singleShot=True)
        self._kept.timeout.connect(self._drop_old)
        self._pointed: tuple[float, float] | None = None
        self._build()

    def _build(self) -> None:
        self._parts = MapParts()
        self._canvas, self._reading = self._parts.canvas, self._parts.reading
        self._legend, self._buttons = self._parts.legend, self._parts.buttons
        self._parts.choices.chosen.connect(self._choose)
        self._canvas.moved.connect(self._move)
        self._canvas.resized.connect(self._draw)
        self._canvas.pointed.connect(self._read)
        self._canvas.picked.connect(self._pick)
        self._canvas.crosshair.whole.connect(self._show_whole)
        self._canvas.tell_by(lambda: self.reading)
        self._canvas.crosshair.walks.connect(lambda on: self.wished.emit(Highlight(None, walks=on)))
        self._buttons["whole"].clicked.connect(self._show_whole)
        self._buttons["save"].clicked.connect(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._parts)

    @property
    def done(self) -> bool:
        """Whether the map is as sharp as it gets."""
        return self._finished

    def present(self, state: State) -> None:
        """Show the map round the state's experiment; one that is there already stays."""
        former, self._state = self._state, state
        axes, zoom = axes_of(state), state.view(MapZoom)
        if self._axes != axes:
            self._axes = axes
            self._seen = None
        zoomed = zoom.axes == axes and bool(zoom.edges)
        self._view = View(*zoom.edges) if zoomed else whole(state.experiment, *axes)
        self._present_words(state)
        self._draw()
        if former is None or former.look != state.look:
            self._show_seen()
            self._read(None)

    def _present_words(self, state: State) -> None:
        say, theme = speech(state.look.locale), dressed(state.look)
        axes = self._axes
        self._parts.speak(theme, say)
        self._parts.choices.present(theme, say, axes, map_axes.axes_of(state.experiment))
        self._present_save()
        words = axis_name(axes[0], say), axis_name(axes[1], say)
        mark = value_of(state.experiment, axes[0]), value_of(state.experiment, axes[1])
        self._canvas.present(self._view, mark, words, theme, say)
        if not self._reading.text():
            self._read(None)

    def _draw(self) -> None:
        """Begin a map of what is to be seen now, unless that is drawn already."""
        state, room = self._state, self._canvas.room
        if state is None or not self.isVisible() or min(room.width(), room.height()) < 2:  # noqa: PLR2004
            return
        if (state.experiment, self._axes, self._view) == self._refused:
            return
        if state.curtained:
            say = speech(state.look.locale)
            self._hide(
                say(
                    "A map shows how trainings end: it is hidden until the end of the run, or until"
                    " “Hide the future” is switched off."
                )
            )
            return
        self._hidden = ""
        if not state.experiment.epochs and "epochs" not in self._axes:
            say = speech(state.look.locale)
            self._show_nothing(say("With 0 epochs there is nothing to show."))
            return
        of = base(state.experiment, *self._axes), self._axes
        drawing = of, self._view, self._canvas.pixels
        if drawing == self._drawing:
            return
        if self._seen_of != of:
            # The old picture says nothing about this experiment.
            self._seen = None
            self._kept.start(_KEPT)
        self._drawing, self._drawing_words = drawing, ""
        self._present_finished(finished=False)
        self._asked = Wish(state.experiment, *self._axes, self._view, *self._canvas.pixels)
        self._mapper.ask(self._asked)

    def _drop_old(self) -> None:
        if self._seen is None:
            self._show_seen()

    def _hide(self, why: str) -> None:
        if self._hidden != why:
            self._hidden = why
            self._show_nothing(why)

    def _show_nothing(self, why: str) -> None:
        """Say why there is no map."""
        self._mapper.cancel()
        self._drawing = self._seen = self._asked = None
        self._drawing_words = why
        self._canvas.show_progress(1.0)
        self._show_seen()
        self._reading.setText(why)
        self._present_finished(finished=True)

    def _present_finished(self, *, finished: bool) -> None:
        """Let a map be saved that is as sharp as it gets."""
        self._finished = finished
        self._present_save()

    def _present_save(self) -> None:
        if self._state is None:
            return
        say, button = speech(self._state.look.locale), self._buttons["save"]
        hint = say("Save this map as a picture, or the numbers of its pixels")
        possible = self._finished and self._seen is not None
        if not possible:
            hint = self._hidden or say("The map is not finished yet")
        button.present(dressed(self._state.look), say("Save…"), hint)
        button.allow(possible)

    def _take(self, wish: Wish, seen: Trainability, last: bool) -> None:  # noqa: FBT001 - a signal's
        if wish is self._asked and self._drawing is not None:
            self._seen, self._seen_of = (seen, wish.view), self._drawing[0]
            self._present_finished(finished=last)
            if last:
                self._drawing_words = ""
                self._canvas.show_progress(1.0)
                if self._state is not None:
                    say = speech(self._state.look.locale)
                    announce(self, say("The map is done."))
            self._show_seen()
            self._read(self._pointed)

    def _tell_progress(self, wish: Wish, progress: Progress) -> None:
        if wish is self._asked and self._state is not None:
            self._canvas.show_progress(progress.share)
            self._drawing_words = drawing_words(progress, speech(self._state.look.locale))
            self._read(self._pointed)

    def _tell_refused(self, wish: Wish, fault: UserError) -> None:
        if wish is self._asked and self._state is not None:
            self._refused = wish.experiment, (wish.x, wish.y), wish.view
            self._show_nothing(sentence(fault, self._state.look.locale))

    def _tell_failed(self, wish: Wish) -> None:
        if wish is self._asked:
            self._show_nothing(sorry())

    def _show_seen(self) -> None:
        if self._state is None or self._seen is None:
            self._canvas.show_picture(None, self._view)
            self._legend.present((), THEMES["light"], Say())
            return
        seen, view = self._seen
        picture = map_picture(seen, self._state.look.locale)
        self._canvas.show_picture(picture, view)
        look = self._state.look
        say = speech(look.locale)
        self._legend.present(picture.legend, dressed(look), say)
        self._legend.setToolTip(legend_hint(picture.legend, say))

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what is missing, now that the panel is seen."""
        super().showEvent(event)
        self._draw()

    def hideEvent(self, event: QHideEvent) -> None:
        """Compute nothing while hidden; what is missing is drawn when the panel is seen again."""
        super().hideEvent(event)
        self._mapper.cancel()
        if not self._finished:
            self._drawing = self._asked = None

    # Wishes

    def _choose(self, x: str, y: str) -> None:
        self.wished.emit(Show({"map_x": x, "map_y": y}))

    def _move(self, view: View) -> None:
        if self._state is None:
            return
        view = limited(view, *self._axes)
        say = speech(self._state.look.locale)
        if too_fine(view, *self._axes):
            self._reading.setText(
                say("No closer zoom: neighbouring pixels are neighbouring floating-point numbers.")
            )
        elif view.too_wide and not view.narrower_than(self._view):
            self._reading.setText(say("The map goes no further."))
        else:
            self._show_piece(view)

    def _show_piece(self, view: View) -> None:
        if has_area(view):
            self.wished.emit(ShowView(MapZoom(self._axes, tuple(view))))

    def _show_whole(self) -> None:
        self.wished.emit(ShowView(MapZoom()))

    @property
    def main(self) -> QWidget:
        """The map."""
        return self._canvas

    @property
    def reading(self) -> str:
        """What became of the training under the cross-hair or the mouse."""
        return self._reading.text()

    def _read(self, place: tuple[float, float] | None) -> None:
        """Say what became of the training under the pointer."""
        self._pointed = place
        if self._state is None:
            return
        look = self._state.look
        say = speech(look.locale)
        found = None if place is None or self._seen is None else nearest(*self._seen, *place)
        if found is None or self._seen is None:
            hint = say(
                "Point to read · click to use it as the experiment · scroll to zoom · drag to move"
            )
            self._reading.setText(self._drawing_words or hint)
            return
        self._reading.setText(pixel_words(self._seen[0], *found, say, look.digits))
        self._canvas.crosshair.reading = self._reading.text()

    def _pick(self, place: tuple[float, float]) -> None:
        found = None if self._seen is None else nearest(*self._seen, *place)
        if found is not None and self._seen is not None:
            # The map stays as it is, also where another experiment would have another whole map.
            self._show_piece(self._view)
            self.wished.emit(Replace(self._seen[0].at(*found).experiment))

    def _save(self) -> None:
        if self._seen is not None:
            self.wished.emit(SaveMap(self._seen[0]))
