"""From an intent to the painted window: moving through a run with each panel open, and redrawing.

Measured at 1440 × 900 with the plots open and movement off. The time of the processor is that of
the window's thread alone. What one looks at (chain, formula, strip) is painted first; an intent is
done when all else is painted as well.
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from benchmarks.table import Row, duration, spread
from benchmarks.timing import in_own_process

FEW, _MANY = 3, 64
_MOVED = {FEW: 0.008, _MANY: 0.010}
"""In seconds of the processor, for a chain of so many layers."""

_LOOKED_AT, _REDRAWN, _SWITCHED = 0.005, 0.016, 0.1


class Times(NamedTuple):
    """The seconds of some intents, each with an entry: until what one looks at is painted, and all.

    `first` and `whole` are those of the processor, `wall` those of the clock.
    """

    first: Sequence[float]
    whole: Sequence[float]
    wall: Sequence[float]


def painted(*, long: bool) -> Iterator[Row]:
    """Ask for one thing so many times, for chains of several lengths, with every panel."""
    from gui.panels import NAMES  # noqa: PLC0415 - what measures itself has no window

    updates = 100_000_000 if long else 1_000_000
    for layers, mark in _MOVED.items():
        for panel in NAMES:
            also = "redrawn" if panel == NAMES[0] else "moved"
            words = (str(layers), str(updates), panel, also)
            told = in_own_process("-m", "benchmarks.window_inside", *words)
            times = {name: Times(*found) for name, found in told.items()}
            moves = [times.pop(name) for name in ("step", "seek", "slider")]
            moved = Times(*(list(chain(*column)) for column in zip(*moves, strict=True)))
            yield _row(f"n = {layers}, {panel}: moving", moved.whole, moved.wall, mark)
            yield _row("  chain, formula and strip of it", moved.first, (), _LOOKED_AT)
            if times:
                yield _row("  all redrawn", times["redraw"].whole, times["redraw"].wall, _REDRAWN)
                for name in ("language", "theme"):
                    yield _row(f"  {name}", times[name].whole, times[name].wall, _SWITCHED)


def _row(what: str, processor: Sequence[float], wall: Sequence[float], mark: float) -> Row:
    middle, late, _ = spread(processor)
    against = ""
    if wall:
        usual, last, _ = spread(wall)
        against = f"by the clock {duration(usual)}, p99 {duration(last)}"
    told = f"{duration(middle)}, p99 {duration(late)} of the processor"
    return Row(what, told, against, f"≤ {duration(mark)}", late <= mark)
