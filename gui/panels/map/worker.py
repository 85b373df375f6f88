"""Maps of trainability in the background: coarse at once, then sharper.

A newer request replaces an older one.
"""

import math
from collections.abc import Callable
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal

from engine import Cancelled, Experiment
from engine.maps.trainability import Trainability, axis, trainability
from engine.training.pace import Pace, Progress
from engine.user_error import UserError
from gui.errors.faults import faults
from gui.panels.map.picture.plane import View
from gui.state.background import Background

if TYPE_CHECKING:
    from concurrent.futures import Future

_COARSEST, _COARSE, _FINER = 4, 24, 3
"""The pixels per side of the first map, and the factor from each map to the next."""

_AT_ONCE = 300_000
"""The work, in updates × (layers + 2), that is done at once without compiling."""


_SHOWN_AFTER = 0.4
"""In seconds: a map that is there sooner needs no sign of how far it is."""


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
        """The stages in which it sharpens; where a training is long, the first are the coarser."""
        a_pixel = max(1, self.experiment.updates * (self.experiment.layers + 2))
        side = min(_COARSE, max(_COARSEST, math.isqrt(_AT_ONCE // a_pixel)))
        stages = []
        while _FINER * side < max(self.width, self.height):
            stages.append((min(side, self.width), min(side, self.height)))
            side *= _FINER
        return *stages, (self.width, self.height)


class Mapper(Background):
    """Draws one map at a time.

    `came` carries the wish, a map of it, and whether that is the last; `progressed` the wish, and
    the `Progress` of all its maps, unless they are soon there; `refused` the wish, and why there
    is no map; `failed` the wish of which there will be none, for no reason that a user could mend.
    """

    came = Signal(object, object, bool)
    refused = Signal(object, UserError)
    progressed = Signal(object, object)
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__("maps")

    def ask(self, wish: Wish) -> None:
        """Begin to draw; what was under way is dropped."""
        self.begin(lambda number: self._draw(wish, number), partial(self._ended, wish))

    def _draw(self, wish: Wish, number: int) -> None:
        total, done = sum(width * height for width, height in wish.sizes), 0
        began = monotonic()

        def tell(progress: Progress) -> None:
            if monotonic() - began > _SHOWN_AFTER:
                self.post(self.progressed.emit, wish, progress)

        for size in wish.sizes:
            if not self.is_current(number):
                return
            share = done / total, size[0] * size[1] / total
            try:
                seen = self._drawn(wish, number, size, share, tell)
            except Cancelled:
                return
            except UserError as fault:
                self.post(self.refused.emit, wish, fault)
                return
            done += size[0] * size[1]
            if self.is_current(number):
                self.post(self.came.emit, wish, seen, size == wish.sizes[-1])

    def _ended(self, wish: Wish, _number: int, job: "Future[None]") -> None:
        raised = None if job.cancelled() else job.exception()
        if raised is not None:
            faults.note("map", raised)
            self.failed.emit(wish)

    def _drawn(
        self,
        wish: Wish,
        number: int,
        size: tuple[int, int],
        of_all: tuple[float, float],
        tell: Callable[[Progress], None],
    ) -> Trainability:
        """Return the map of one stage, given the share done before it and its own share."""
        view, (width, height), (before, part), pace = wish.view, size, of_all, Pace()
        across, up = (view.right - view.left) / width / 2, (view.top - view.bottom) / height / 2
        return trainability(
            wish.experiment,
            axis(wish.experiment, wish.x, view.left + across, view.right - across, width),
            axis(wish.experiment, wish.y, view.bottom + up, view.top - up, height),
            progress=lambda share: tell(pace.at(before + share * part)),
            cancelled=lambda: not self.is_current(number),
        )
