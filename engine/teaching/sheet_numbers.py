"""The numbers of a work sheet: chains of up to five layers that are computed by hand.

>>> sheet_chain(7, 5).layers
5

Without an activation all is as in `engine.teaching.friendly`; in four or five layers a result may
have three digits. A chain of straight pieces (ReLU) is as friendly; one with a curved activation
starts from short numbers, and its results are rounded. In each, the update lowers the loss, and at
each step a mistake gives another number than what is right.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from random import Random

from engine.activations import ACTIVATIONS, IDENTITY, Activation
from engine.experiment import Experiment, Sample
from engine.moment import moment_at
from engine.run import Run
from engine.steps import Phase, steps_per_sample
from engine.teaching.friendly import (
    EPOCHS,
    LARGEST,
    LARGEST_LOSS,
    MOST_LAYERS,
    RATES,
    SIZES,
    friendly_tries,
)
from engine.teaching.judge import margin
from engine.teaching.slips import slips_at
from engine.teaching.standing import trained

LONGEST = 5
"""Layers, at most: more rows than those of such a chain have no room on a page."""

_CURVED_SIZES = (0.1, 0.2, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0)
_CURVED_RATES = (0.1, 0.2, 0.5, 1.0)
_DEEP_RATES = (*_CURVED_RATES, 2.0, 5.0, 10.0)
"""Where gradients fade on the way back: only a large step is seen in the digits."""

_STEEP = 4.0
"""Beyond this z a curved activation is flat, and nothing would be left to compute."""

_SMALLEST = 0.001
_PLACES, _DIGITS = 10_000, 1000
"""At most four places, and the digits are below a thousand."""

_APART = 0.02
"""What a mistake gives differs from the right number by this share of it, at least."""


_MOST_FOUND = 256
_found: dict[tuple[int, int, str], Experiment] = {}
"""The chains that were drawn last: the same seed has them for sheets of every kind."""


def sheet_chain(seed: int, layers: int = 3, activation: str = IDENTITY) -> Experiment:
    """Return the experiment for a seed, of one sample; 1 to `LONGEST` layers.

    It is the same for the same seed in every version of Python and on every system.
    """
    return next(filter(None, sheet_tries(seed, layers, activation)))


def sheet_tries(seed: int, layers: int, activation: str) -> Iterator[Experiment | None]:
    """Yield None for each chain that is drawn and will not do, and last the one that does.

    There may be 100,000 of them, a second or two: who draws between other work can pause at each.
    """
    if not 1 <= layers <= LONGEST:
        raise ValueError(f"work sheets have chains of 1 to {LONGEST} layers, not {layers}")
    key = seed, layers, activation
    if key not in _found:
        for drawn in _tries(*key):
            if drawn is not None:
                _found[key] = drawn
                break
            yield None
        if len(_found) > _MOST_FOUND:
            del _found[next(iter(_found))]
    yield _found[key]


def _tries(seed: int, layers: int, activation: str) -> Iterator[Experiment | None]:
    f = ACTIVATIONS[activation]
    if f.is_identity and layers <= MOST_LAYERS:
        yield from friendly_tries(seed, layers)
        return
    draw = Random(seed).random  # noqa: S311 - no secret
    while True:
        found = _drawn(draw, layers, f)
        yield found if found is not None and _teaches(found, f) else None


def _one_of(choice: Sequence[float], draw: Callable[[], float]) -> float:
    return choice[int(draw() * len(choice))]


def _signed(choice: Sequence[float], draw: Callable[[], float]) -> float:
    size = _one_of(choice, draw)
    return size if draw() < 0.5 else -size  # noqa: PLR2004 - either sign


def _drawn(draw: Callable[[], float], layers: int, f: Activation) -> Experiment | None:
    """Draw a chain; return None as soon as a number of it is not short."""
    fades = layers > MOST_LAYERS or f.steepest < 1
    curved = _DEEP_RATES if fades else _CURVED_RATES
    sizes, rates = (SIZES, RATES) if f.is_straight else (_CURVED_SIZES, curved)
    outputs, weights = [_signed(sizes, draw)], list[float]()
    for _ in range(layers):
        weights.append(_signed(sizes, draw))
        z = weights[-1] * outputs[-1]
        outputs.append(f.function(z))
        repeated = len({abs(weight) for weight in weights}) < len(weights)
        if repeated or not _can_be_written(z, outputs[-1], f):
            return None
    target, rate = _signed(sizes, draw), _one_of(rates, draw)
    distance = outputs[-1] - target
    loss = distance * distance / 2
    if not f.low <= target <= f.high:
        return None
    if not (0 < loss <= LARGEST_LOSS and _all_short((loss, distance), f)):
        return None
    passed, numbers = distance, list[float]()
    for weight, before, after in reversed(list(zip(weights, outputs, outputs[1:], strict=False))):
        local = passed * f.derivative(after)
        gradient, passed = local * before, local * weight
        numbers += [gradient, passed, weight - rate * gradient]
    # What would be passed on to x is not asked for.
    del numbers[-2]
    if not _all_short(numbers, f):
        return None
    return Experiment(
        tuple(weights), (Sample(outputs[0], target),), rate, EPOCHS, activation=f.name
    )


def _can_be_written(z: float, output: float, f: Activation) -> bool:
    if f.is_flat_below_zero and z <= 0:
        return False
    return _all_short((z, output), f) and (f.is_straight or abs(z) <= _STEEP)


def _all_short(numbers: Sequence[float], f: Activation) -> bool:
    if not f.is_straight:
        return all(_SMALLEST <= abs(number) <= LARGEST for number in numbers)
    return all(map(_is_short, numbers))


@lru_cache(maxsize=4096)
def _is_short(number: float) -> bool:
    places = round(abs(number) * _PLACES)
    if not 0 < places <= LARGEST * _PLACES or abs(abs(number) * _PLACES - places) > 1e-6:  # noqa: PLR2004 - rounding
        return False
    while places % 10 == 0:
        places //= 10
    return places < _DIGITS


def _teaches(experiment: Experiment, f: Activation) -> bool:
    """Tell whether the loss falls, nothing runs away, and each mistake can be told."""
    run = trained(experiment)
    size = steps_per_sample(experiment.structure)
    last_forward = experiment.layers
    losses = [moment_at(run, size * k + last_forward + 1).loss for k in (0, 1, EPOCHS - 1)]
    if any(loss is None for loss in losses):
        return False
    first, second, last = (loss or 0.0 for loss in losses)
    if not (second < first and last <= first and last < LARGEST_LOSS):
        return False
    if not f.is_flat_below_zero and f.is_straight and not f.is_identity:
        # A leaky chain is to leak somewhere: else it would be a linear one.
        outputs = moment_at(run, last_forward).outputs
        if all(output is not None and output > 0 for output in outputs[1:]):
            return False
    return all(_tells(run, index, f) for index in range(1, size + 1))


def _tells(run: Run, index: int, f: Activation) -> bool:
    moment = moment_at(run, index)
    assert moment.computation is not None  # noqa: S101 - a step was done
    right = moment.computation.result.value
    # A small step moves a weight by few digits: those that a judge looks at are enough.
    near = moment.phase is Phase.UPDATE or not f.is_straight
    apart = 1.5 * margin(right) if near else _APART * abs(right)
    return all(abs(slip.value - right) > apart for slip in slips_at(run, index))
