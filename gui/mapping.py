"""Maps of trainability in the background: coarse at once, then sharper. The newest wish counts."""

from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from engine import Cancelled, Experiment
from engine.problem import Problem
from engine.trainability import Trainability, axis, trainability
from gui.pictures.map_plane import View

_COARSE = 24
"""So many pixels a side are there at once, without anything compiled."""


class Wish(NamedTuple):
    """A map of `view` over two parameters of `experiment`, `width` × `height` pixels in the end."""

    experiment: Experiment
    x: str
    y: str
    view: View
    width: int
    height: int

    @property
    def sizes(self) -> tuple[tuple[int, int], ...]:
        """The stages in which it sharpens."""
        coarse = min(_COARSE, self.width), min(_COARSE, self.height)
        return coarse, (self.width // 3 + 2, self.height // 3 + 2), (self.width, self.height)


class Mapper(QObject):
    """Draws one map at a time.

    `came` carries the wish, a map of it, and whether that is the last; `progressed` the wish, and
    how much of the next map is there, from 0 to 1; `refused` the wish, and why there is no map.
    """

    came = Signal(object, object, bool)
    refused = Signal(object, Problem)
    progressed = Signal(object, float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._number = 0
        self._pool: ThreadPoolExecutor | None = None

    def ask(self, wish: Wish) -> None:
        """Begin to draw; what was under way is dropped."""
        self.cancel()
        if self._pool is None:
            self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="maps")
        self._pool.submit(self._draw, wish, self._number)

    def cancel(self) -> None:
        """Drop what is under way."""
        self._number += 1

    def _draw(self, wish: Wish, number: int) -> None:
        for size in wish.sizes:
            if self._number != number:
                return
            try:
                seen = self._drawn(wish, number, *size)
            except Cancelled:
                return
            except Problem as fault:
                self.refused.emit(wish, fault)
                return
            if self._number == number:
                self.came.emit(wish, seen, size == wish.sizes[-1])

    def _drawn(self, wish: Wish, number: int, width: int, height: int) -> Trainability:
        view = wish.view
        across, up = (view.right - view.left) / width / 2, (view.top - view.bottom) / height / 2
        return trainability(
            wish.experiment,
            axis(wish.experiment, wish.x, view.left + across, view.right - across, width),
            axis(wish.experiment, wish.y, view.bottom + up, view.top - up, height),
            progress=lambda share: self.progressed.emit(wish, share),
            cancelled=lambda: self._number != number,
        )
