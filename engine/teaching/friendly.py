"""Friendly numbers: chains whose every step can be computed by hand, and tells mistakes apart.

>>> friendly(7) == friendly(7)
True

All results of the first sample are decimals with at most two significant digits and three places,
none is above 50 and the loss is at most 20; the weights differ in size, the update lowers the loss,
and twenty epochs do not run away. At each step, what common mistakes give differs from what is
right. Drawn by `random.Random.random` alone, which is the same in every version of Python.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from math import prod
from random import Random

from engine.experiment import Experiment, Sample

SIZES = (0.1, 0.2, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 10.0)
RATES = (0.1, 0.2, 0.5, 0.05, 0.01)
EPOCHS = 20

LARGEST, LARGEST_LOSS = 50.0, 20.0
MOST_LAYERS = 3
"""In a longer chain hardly any draw is friendly, and it would take seconds to find one."""

_PLACES, _DIGITS = 1000, 100
"""A number has at most three places, and its digits are below a hundred."""

_APART = 0.02
"""What a mistake gives differs from the right number by this share of it, at least."""


@lru_cache(maxsize=64)
def friendly(seed: int, layers: int = 3) -> Experiment:
    """Return the experiment of friendly numbers for a seed; up to `MOST_LAYERS` layers.

    It has one sample and no activation.
    """
    return next(filter(None, friendly_tries(seed, layers)))


def friendly_soon(seed: int, layers: int) -> Experiment:
    """Return friendly numbers for a seed within milliseconds, where `friendly` may take 200.

    They are other ones: for each chain that is drawn, every target and rate is tried.
    """
    _refuse(layers)
    draw = Random(seed).random  # noqa: S311 - no secret
    fitting = list[tuple[float, float]]()
    while not fitting:
        weights, x = tuple([_drawn(draw) for _ in range(layers)]), _drawn(draw)
        output = prod((x, *weights))
        if not _is_short(output):
            continue
        near = [one for size in SIZES for one in (size, -size) if _is_near(output - one)]
        fitting = [
            (target, rate)
            for target in near
            for rate in RATES
            if _is_friendly(weights, x, target, rate)
        ]
    target, rate = fitting[int(draw() * len(fitting))]
    return Experiment(weights, (Sample(x, target),), rate, EPOCHS)


def friendly_tries(seed: int, layers: int) -> Iterator[Experiment | None]:
    """Yield None for each draw that is not friendly, and then the one that is."""
    _refuse(layers)
    draw = Random(seed).random  # noqa: S311 - no secret
    while True:
        weights = tuple([_drawn(draw) for _ in range(layers)])
        x, target, rate = _drawn(draw), _drawn(draw), RATES[int(draw() * len(RATES))]
        if _is_friendly(weights, x, target, rate):
            yield Experiment(weights, (Sample(x, target),), rate, EPOCHS)
            return
        yield None


def _refuse(layers: int) -> None:
    if not 1 <= layers <= MOST_LAYERS:
        message = f"friendly chains have 1 to {MOST_LAYERS} layers, not {layers}"
        raise ValueError(message)


def _drawn(draw: Callable[[], float]) -> float:
    size = SIZES[int(draw() * len(SIZES))]
    return size if draw() < 0.5 else -size  # noqa: PLR2004 - either sign


def _is_friendly(weights: Sequence[float], x: float, target: float, rate: float) -> bool:
    if len({abs(weight) for weight in weights}) < len(weights):
        return False
    outputs = [x]
    for weight in weights:
        outputs.append(weight * outputs[-1])
        if not _is_short(outputs[-1]):
            return False
    distance = outputs[-1] - target
    if not _is_near(distance):
        return False
    upstreams, passed = [distance], distance
    for weight in reversed(weights[1:]):
        passed *= weight
        upstreams.insert(0, passed)
    gradients = [up * a for up, a in zip(upstreams, outputs, strict=False)]
    new = [weight - rate * one for weight, one in zip(weights, gradients, strict=True)]
    if not all(map(_is_short, (*upstreams, *gradients, *new))):
        return False
    if not all(map(_tell, _steps(weights, outputs, target, upstreams, gradients, rate))):
        return False
    return _loss(new, x, target) < distance * distance / 2 and _stays(weights, x, target, rate)


def _is_near(distance: float) -> bool:
    loss = distance * distance / 2
    return 0 < loss <= LARGEST_LOSS and _is_short(loss) and _is_short(distance)


@lru_cache(maxsize=4096)
def _is_short(number: float) -> bool:
    """Tell whether a number is written with few digits, and is not 0."""
    places = round(abs(number) * _PLACES)
    if not 0 < places <= LARGEST * _PLACES or abs(abs(number) * _PLACES - places) > 1e-6:  # noqa: PLR2004 - rounding
        return False
    while places % 10 == 0:
        places //= 10
    return places < _DIGITS


Step = tuple[float, Sequence[float]]
"""What is right at a step, and what common mistakes give."""


def _tell(step: Step) -> bool:
    right, wrong = step
    return all(abs(number - right) > _APART * abs(right) for number in wrong)


def _steps(
    weights: Sequence[float],
    outputs: Sequence[float],
    target: float,
    upstreams: Sequence[float],
    gradients: Sequence[float],
    rate: float,
) -> Iterator[Step]:
    """Yield the steps of the sample, each with the mistakes that its learners make."""
    x, e = outputs[0], outputs[-1]
    distance, after = e - target, (*weights[1:], None)
    loss = distance * distance / 2
    for i, (weight, before, behind) in enumerate(zip(weights, outputs, after, strict=False)):
        others = [] if behind is None else [behind * before]
        from_x = [] if i == 0 else [weight * x]
        yield weight * before, (weight + before, before, -weight * before, *from_x, *others)
    yield loss, (2 * loss, abs(distance) / 2, distance, -distance, (e + target) ** 2 / 2)
    yield distance, (loss, -distance, e + target, 2 * distance, e)
    for i, (weight, up, one) in enumerate(zip(weights, upstreams, gradients, strict=True)):
        not_passed = [] if up is upstreams[-1] else [distance * outputs[i]]
        wrong = (-one, up * outputs[i + 1], up, up * weight, rate * one, 0.0, *not_passed)
        yield one, wrong
        new = weight - rate * one
        yield new, (weight + rate * one, weight - one, rate * one, weight - rate * up, weight)
        yield new, (weight - rate * loss, -rate * one)
        if i > 0:
            passed = up * weight
            yield passed, (-passed, up * new, up * outputs[i], up, one * weight)


def _loss(weights: Sequence[float], x: float, target: float) -> float:
    output = x
    for weight in weights:
        output *= weight
    return (output - target) ** 2 / 2


def _stays(weights: Sequence[float], x: float, target: float, rate: float) -> bool:
    """Tell whether the loss is no larger after `EPOCHS` updates than before, nor far above it."""
    now, first = list(weights), _loss(weights, x, target)
    for _ in range(EPOCHS):
        outputs = [x]
        for weight in now:
            outputs.append(weight * outputs[-1])
        passed = outputs[-1] - target
        if passed * passed / 2 > 2 * first:
            return False
        for i in range(len(now) - 1, -1, -1):
            step = rate * passed * outputs[i]
            passed *= now[i]
            now[i] -= step
    return _loss(now, x, target) <= first
