"""What a window answers while it is busy, and what it costs while nobody uses it.

An arrow key is held, which repeats thirty times a second; a training that would take minutes is
cancelled; the window is left alone.
"""

from collections.abc import Iterator

from benchmarks.table import Row, duration, spread
from benchmarks.timing import in_own_process

_INSIDE = ("-m", "benchmarks.answers_inside")

_ENDLESS = 1_000_000_000

_MOST_WAITING, _MOST, _IDLE = 1, 0.05, 0.0005
"""Of keys; in seconds; as a share of a processor."""


def answered(*, long: bool) -> Iterator[Row]:
    """Hold a key, cancel trainings, do nothing; each in a window of its own."""
    updates = 100_000_000 if long else 1_000_000
    waiting, most, steps = in_own_process(*_INSIDE, "held", str(updates))
    told = f"{waiting} waiting when let go, at most {most}"
    held = waiting <= _MOST_WAITING
    yield Row("→ held, n = 64", told, f"{steps} keys", f"≤ {_MOST_WAITING}", held)
    times, busy = in_own_process(*_INSIDE, "cancelled", str(_ENDLESS))
    middle, late, _ = spread(times)
    told = f"{duration(middle)}, p99 {duration(late)}"
    against = f"of the processor {duration(spread(busy)[0])}"
    yield Row("cancelling 10⁹ updates", told, against, f"≤ {duration(_MOST)}", late <= _MOST)
    share = in_own_process(*_INSIDE, "idle", str(updates))
    yield Row("at rest", f"{share:.1%} of a processor", "", "0.0 %", share < _IDLE)
