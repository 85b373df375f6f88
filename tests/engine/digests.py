"""Digests of what some thousand random experiments come to, to the last bit.

`digests-0.1.0.txt` was written by version 0.1.0 with

    python -m tests.engine.digests > tests/engine/digests-0.1.0.txt

and is never written again: whatever the engine is made of, its numbers stay. Each line is an
aspect, the activation, the number of a block of experiments, and the digest of all their results.
"""

import contextlib
import hashlib
import io
import math
import random
import sys
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from engine import Experiment, Run, Sample, moment_at, train
from engine.checking import EPSILON
from engine.checking.gradient_check import compare
from engine.maps.trainability import axis, trainability
from engine.moment import length
from engine.programs import MOST_LAYERS, program
from tests.engine.chains import ALGORITHMS, FIRST

BLOCK = 25
"""So many experiments share a digest."""

Digest = Callable[[Experiment, random.Random], Iterable[float]]


def experiments(draw: random.Random, activation: str, count: int) -> Iterator[Experiment]:
    """Draw experiments by `random()` alone, which gives the same numbers in every Python."""

    def within(low: float, high: float) -> float:
        return low + (high - low) * draw.random()

    def one_of(names: tuple[str, ...]) -> str:
        return names[int(draw.random() * len(names))]

    for _ in range(count):
        layers = 1 + int(9 * draw.random() ** 2)
        size = 10 ** within(-1, 0.6)
        yield Experiment(
            tuple(within(-size, size) for _ in range(layers)),
            tuple(Sample(within(-2, 2), within(-2, 2)) for _ in range(1 + int(3 * draw.random()))),
            10 ** within(-3, 0.3),
            int(12 * draw.random()),
            activation,
            one_of(ALGORITHMS),
        )


def moments(experiment: Experiment, _draw: random.Random) -> Iterator[float]:
    """Yield every number that is known after each step of the first update and of the last."""
    run = train(experiment)
    one = 4 * experiment.layers + 1
    for index in sorted({*range(one + 1), *range(length(run) - one, length(run) + 1)}):
        if not 0 <= index <= length(run):
            continue
        moment = moment_at(run, index)
        yield from (moment.x, moment.target, *moment.weights)
        known = (*moment.outputs, moment.loss, *moment.upstreams, *moment.gradients)
        yield from (math.pi if value is None else value for value in known)
        if moment.computation is not None:
            yield moment.computation.result.value


def training(experiment: Experiment, _draw: random.Random) -> Iterator[float]:
    """Yield what a longer training comes to."""
    longer = replace(experiment, epochs=20 * experiment.epochs)
    run = train(longer)
    yield from run.final_weights
    yield from run.losses
    yield from run.outputs
    yield run.converged_at or 0
    yield from run.diverged_at or ()


def check(experiment: Experiment, _draw: random.Random) -> Iterator[float]:
    """Yield the rows of the gradient check of every sample, at the start and at the end."""
    run: Run = train(experiment)
    for weights in (experiment.weights, run.final_weights):
        for sample in experiment.samples:
            learner = experiment.learner(weights)
            learner.learn(sample.x, sample.target)
            for row in compare(experiment, weights, sample, learner.gradients, EPSILON):
                yield from (row.gradient, row.numeric, row.absolute_error, row.relative_error)


def programs(experiment: Experiment, _draw: random.Random) -> Iterator[float]:
    """Yield what the exported programs print, as the numbers of its letters."""
    for form in ("loop", "framework", "unrolled"):
        if form == "unrolled" and experiment.layers > MOST_LAYERS:
            continue
        told = io.StringIO()
        with contextlib.redirect_stdout(told), contextlib.suppress(OverflowError):
            exec(program(experiment, form).text, {"__name__": "__main__"})  # noqa: S102
        yield from map(ord, told.getvalue())


def pixels(experiment: Experiment, draw: random.Random) -> Iterator[float]:
    """Yield the pixels of a small map over two of its parameters."""
    experiment = replace(experiment, epochs=experiment.epochs + 1)
    names = [f"w{layer}" for layer in range(1, experiment.layers + 1)] + ["learning_rate"]
    x = names[int(draw.random() * len(names))]
    y = next(name for name in (*names, "target") if name != x)
    reach = {"learning_rate": (0.01, 1.0), "target": (0.5, 2.0)}
    sides = [axis(experiment, name, *reach.get(name, (-2.0, 2.0)), 4) for name in (x, y)]
    seen = trainability(experiment, *sides)
    for grid in (seen.final_loss, seen.converged_at, seen.diverged, seen.fate):
        yield from map(float, grid.ravel().tolist())


ASPECTS: dict[str, tuple[Digest, int]] = {
    "moments": (moments, 500),
    "training": (training, 200),
    "check": (check, 500),
    "programs": (programs, 100),
    "pixels": (pixels, 50),
}
"""What is computed, and of how many experiments for each activation."""


def digest(numbers: Iterable[float]) -> str:
    """Return a digest of the bits; all NaNs are one."""
    packed = array("d", (math.nan if number != number else number for number in numbers))  # noqa: PLR0124
    return hashlib.sha256(packed.tobytes()).hexdigest()[:16]


def functions() -> str:
    """Return a digest of this system's tanh and exp, of which all others are made."""
    places = [k / 997 for k in range(-20_000, 20_000, 7)]
    return digest([f(place) for place in places for f in (math.tanh, math.exp)])


def lines(aspect: str, activation: str) -> Iterator[str]:
    """Yield the lines of one aspect and one activation."""
    of, count = ASPECTS[aspect]
    draw = random.Random(f"{aspect} {activation}")  # noqa: S311
    drawn = experiments(draw, activation, count)
    for block in range(count // BLOCK):
        numbers = [n for _, e in zip(range(BLOCK), drawn, strict=False) for n in of(e, draw)]
        yield f"{aspect} {activation} {block} {digest(numbers)}"


if __name__ == "__main__":
    every = (line for aspect in ASPECTS for act in FIRST for line in lines(aspect, act))
    sys.stdout.writelines(f"{line}\n" for line in (f"functions {functions()}", *every))
