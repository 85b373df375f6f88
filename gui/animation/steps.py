"""Which steps an animation or a hand-out has, and for how long each is seen. No Qt."""

from engine.user_error import UserError, shown
from engine.words import mark

KINDS = (".gif", ".pdf")

MOST_FRAMES = 500
"""The most steps in one file."""

FRAMES_A_SECOND = 1.0
_SLOWEST, _FASTEST = 0.1, 50.0


def steps_between(first: float, last: float, end: int) -> range:
    """Return the steps from `first` to `last`, both too. `end` is the last one of the run.

    Both are whole, or infinite, as 1e999 is read. Raises `UserError`.
    """
    if not 0 <= first <= last <= end:
        raise UserError(
            mark(
                "The steps go from 0 to {end}, the first one not after the last one; these are"
                " {first} and {last}."
            ),
            end=end,
            first=shown(first),
            last=shown(last),
        )
    first, last = int(first), int(last)
    if last - first >= MOST_FRAMES:
        raise UserError(
            mark("One file has at most {most} steps, and not {count}."),
            most=MOST_FRAMES,
            count=last - first + 1,
        )
    return range(first, last + 1)


def delay_of(frames_a_second: float) -> int:
    """Return for how long a step is seen, in hundredths of a second. Raises `UserError`."""
    if not _SLOWEST <= frames_a_second <= _FASTEST:
        raise UserError(
            mark("--fps must be from {least} to {most}, not {value}."),
            least=_SLOWEST,
            most=_FASTEST,
            value=shown(frames_a_second),
        )
    return round(100 / frames_a_second)
