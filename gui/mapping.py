"""Maps of trainability in the background: coarse at once, then sharper. The newest wish counts."""

from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from engine import Cancelled, Experiment
from engine.trainability import Trainability, axis, trainability

_COARSE = 24
"""So many pixels a side are there at once, without anything compiled."""


class View(NamedTuple):
    """A piece of the plane of two parameters: the edges of what is seen."""

    left: float
    right: float
    bottom: float
    top: float


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


def drawn(wish: Wish, width: int, height: int, dropped: "Mapper | None" = None) -> Trainability:
    """Return the map at `width` × `height`. Raises `Problem`, and `Cancelled` once superseded."""
    view, number = wish.view, dropped.number if dropped else 0
    across, up = (view.right - view.left) / width / 2, (view.top - view.bottom) / height / 2
    x = axis(wish.experiment, wish.x, view.left + across, view.right - across, width)
    y = axis(wish.experiment, wish.y, view.bottom + up, view.top - up, height)
    superseded = (lambda: dropped.number != number) if dropped else None
    return trainability(wish.experiment, x, y, cancelled=superseded)


class Mapper(QObject):
    """Draws one map at a time; `came` carries the wish, a map of it, and whether it is the last."""

    came = Signal(object, object, bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.number = 0
        self._pool: ThreadPoolExecutor | None = None

    def ask(self, wish: Wish) -> None:
        """Begin to draw; what was under way is dropped."""
        self.cancel()
        if self._pool is None:
            self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="maps")
        self._pool.submit(self._draw, wish, self.number)

    def cancel(self) -> None:
        """Drop what is under way."""
        self.number += 1

    def _draw(self, wish: Wish, number: int) -> None:
        for size in wish.sizes:
            if self.number != number:
                return
            try:
                seen = drawn(wish, *size, self)
            except Cancelled:
                return
            if self.number == number:
                self.came.emit(wish, seen, size == wish.sizes[-1])
