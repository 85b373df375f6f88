"""Experiments from 5e-324 to 1.8e308, and a look at all that the window shows of them."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import product
from random import Random

from engine import Experiment, Sample, UserError
from engine.activations import ACTIVATIONS
from engine.algorithms import ALGORITHMS
from gui.state.limits import fits

SIZES = (
    *(0.0, 5e-324, 1e-320, 2.3e-308, 1e-200, 1e-160, 1e-155, 1e-80, 1e-9, 1e-3, 0.5, 1.0, 3.0),
    *(1e3, 1e9, 2e9, 1e77, 1e78, 1e100, 1e153, 1e154, 1.5e154, 1e200, 1e300, 1.797e308),
)
NUMBERS = (*SIZES, *(-size for size in SIZES))


def one_at_a_time() -> Iterator[Experiment]:
    """Every number in every field, the others as they are."""
    for size, layers in product(NUMBERS, (1, 2, 3)):
        weights = (0.5, -0.3, 0.7)[:layers]
        yield from _made([weights], [(size, -1.0), (1.0, size), (size, size)], (0.1,))
        yield from _made([(size, *weights[1:]), (size,) * layers], [(1.0, -1.0)], (0.1,))
        if size > 0:
            yield from _made([weights], [(1.0, -1.0)], (size,))


def _made(
    weights: Sequence[tuple[float, ...]],
    samples: Sequence[tuple[float, float]],
    rates: Sequence[float],
) -> Iterator[Experiment]:
    for w, (x, target), rate in product(weights, samples, rates):
        try:
            yield fits(
                Experiment(weights=w, samples=(Sample(x, target),), learning_rate=rate, epochs=6)
            )
        except UserError:
            continue


def at_random(count: int, seed: int) -> Iterator[Experiment]:
    """Extremes together, in chains of up to 64 layers, of no, one or some epochs."""
    chance = Random(seed)  # noqa: S311 - no secret
    while count:
        ordinary = chance.random() < 0.4
        draw = partial(_number, chance, ordinary=ordinary)
        layers, rows = chance.choice((1, 1, 2, 2, 3, 3, 12, 64)), chance.choice((1, 1, 2, 5))
        alike = draw() if chance.random() < 0.4 else None
        try:
            yield fits(
                Experiment(
                    weights=tuple(draw() if alike is None else alike for _ in range(layers)),
                    samples=tuple(Sample(draw(), draw()) for _ in range(rows)),
                    learning_rate=abs(draw()),
                    epochs=chance.choice((0, 1, 2, 40, 300)),
                    activation=chance.choice(tuple(ACTIVATIONS)),
                    algorithm=chance.choice(tuple(ALGORITHMS)),
                )
            )
            count -= 1
        except UserError:
            continue


def _number(chance: Random, *, ordinary: bool) -> float:
    return chance.uniform(-2, 2) if ordinary and chance.random() < 0.7 else chance.choice(NUMBERS)
