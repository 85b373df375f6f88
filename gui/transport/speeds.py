"""The speeds of playing: what the slider offers, how each is said, how long a step moves. No Qt."""

from collections.abc import Iterator
from functools import lru_cache

from gui.language import Say, speech
from gui.language.numbers import plain_rounded
from gui.state import FASTEST, SLOWEST, Look, State

_ROUND = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0)
"""The speeds of each power of ten: about evenly apart as one sees them."""

MOVEMENT = 250
"""In milliseconds: how long a step taken by hand moves."""

_SHARE, _SHORTEST, _LONGEST = 0.7, 80.0, 900.0
"""While it plays, a step moves for that share of its time.

In milliseconds: what is shorter can't be seen, and what is longer drags.
"""


def movement(look: Look, *, playing: bool) -> int:
    """Return for how many milliseconds a step moves; 0 is not at all."""
    if not look.moves:
        return 0
    if not playing:
        return MOVEMENT
    time = 1000 * _SHARE / look.speed
    return round(min(time, _LONGEST)) if time >= _SHORTEST else 0


def can_be_followed(speed: float) -> bool:
    """Tell whether an eye can follow the steps at a speed."""
    return 1000 * _SHARE / speed >= _SHORTEST


@lru_cache(maxsize=8)
def speeds(per_epoch: int) -> tuple[float, ...]:
    """Return the speeds to choose from, in steps a second.

    They are round numbers of steps, from one epoch a second on of epochs, and last the fastest.
    """
    steps = (speed for speed in _series() if SLOWEST <= speed < per_epoch)
    epochs = (per_epoch * epochs for epochs in _series() if epochs >= 1)
    return (*(speed for speed in (*steps, *epochs) if speed < FASTEST), FASTEST)


def _series() -> Iterator[float]:
    for power in range(-1, 6):
        for step in _ROUND:
            yield float(f"{step * 10.0**power:.2g}")


@lru_cache(maxsize=64)
def place_of(speed: float, per_epoch: int) -> int:
    """Return which of the speeds to choose from is nearest to one."""
    choice = speeds(per_epoch)
    return min(range(len(choice)), key=lambda i: max(choice[i] / speed, speed / choice[i]))


def beside(state: State, by: int) -> float:
    """Return the speed that lies `by` places from the present one, or the last one there is."""
    choice = speeds(state.per_epoch)
    place = place_of(state.look.speed, state.per_epoch) + by
    return choice[min(max(place, 0), len(choice) - 1)]


def marks(per_epoch: int) -> tuple[int, ...]:
    """Return the places that are marked: 1 and 10 steps, 1, 10, 100, … epochs a second."""
    choice = speeds(per_epoch)
    wanted = [1.0, 10.0, *(per_epoch * 10.0**power for power in range(5))]
    return tuple(place for place, speed in enumerate(choice) if speed in wanted)


def pace_words(state: State) -> str:
    """Return the present speed as it is said: "2 steps/s", "5 epochs/s"."""
    return _said(speech(state.look.locale), state.look.speed, state.per_epoch)


def marks_words(state: State) -> str:
    """Return what the marks of the slider mean."""
    say, choice = speech(state.look.locale), speeds(state.per_epoch)
    texts = (_said(say, choice[place], state.per_epoch) for place in marks(state.per_epoch))
    return say("Marks: {speeds}").format(speeds=" · ".join(texts))


def _said(say: Say, speed: float, per_epoch: int) -> str:
    """Return a speed in epochs where that is a round number of them, else in steps."""
    epochs = speed / per_epoch
    if epochs < 1 or epochs not in _series():
        number = plain_rounded(speed, say)
        return say.counted("{number} step/s", "{number} steps/s", int(speed), number=number)
    number = plain_rounded(epochs, say)
    return say.counted("{number} epoch/s", "{number} epochs/s", int(epochs), number=number)
