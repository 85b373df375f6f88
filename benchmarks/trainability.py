"""The trainability map of 512 × 512 pixels, against C, NumPy and plain Python."""

import ctypes
import math
import os
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from benchmarks.machine import built
from benchmarks.programs import Floats, pointer
from benchmarks.table import Row, agreement, at_least, at_most, duration, missing, speed
from benchmarks.timing import in_turns
from engine import Experiment
from engine.maps.trainability import Trainability, axis, trainability
from engine.training.advance import CONVERGED

SIZE = 512
_SMALL = 16
"""The size of plain Python's map, which would take minutes otherwise."""

_OPENING = Experiment(epochs=160)


class Told(NamedTuple):
    """What each program says of every pixel."""

    final_loss: Floats
    converged_at: Floats
    diverged: Floats


def mapped() -> Iterator[Row]:
    """Make one map: all pixels of w₁ and w₂ from −6 to 6, 320 updates each."""
    updates = SIZE * SIZE * _OPENING.updates
    seen = _ours(SIZE)

    def row(what: str, seconds: float, cells: tuple[str, str, bool]) -> Row:
        return Row(what, f"{duration(seconds)}, {speed(updates, seconds)}", *cells)

    with built("map") as library:
        if library is None:
            yield missing("against C", "there is no gcc")
        else:
            in_c = _InC(library)
            ours, theirs = in_turns(lambda: _ours(SIZE), in_c, tries=15)
            against = f"C's {duration(theirs)}, in {os.cpu_count()} threads"
            yield row(
                agreement(_same(seen, in_c.told), "C"), ours, at_most(ours / theirs, 1.2, against)
            )
    ours, theirs = in_turns(lambda: _ours(SIZE), lambda: _by_numpy(SIZE), tries=3)
    against = f"NumPy's speed ({duration(theirs)})"
    what = agreement(_same(seen, _by_numpy(SIZE)), "NumPy")
    yield row(what, ours, at_least(theirs / ours, 9, against))
    ours, theirs = in_turns(lambda: _ours(SIZE), lambda: _by_python(_SMALL), tries=3)
    ratio = theirs / _SMALL**2 / (ours / SIZE**2)
    against = f"plain Python's speed ({_SMALL} × {_SMALL} pixels)"
    what = agreement(_same(_ours(_SMALL), _by_python(_SMALL)), "plain Python")
    yield row(what, ours, at_least(ratio, 450, against))


def _ours(size: int) -> Trainability:
    x, y = (axis(_OPENING, name, -6, 6, size) for name in ("w1", "w2"))
    return trainability(_OPENING, x, y)


def _same(seen: Trainability, told: Told) -> bool:
    return (
        np.array_equal(seen.final_loss, told.final_loss, equal_nan=True)
        and np.array_equal(seen.converged_at, told.converged_at)
        and np.array_equal(seen.diverged, told.diverged)
    )


def _starts(size: int) -> list[Floats]:
    """Return the weights of every pixel before the first update."""
    values = np.linspace(-6, 6, size)
    w2, w1 = np.meshgrid(values, values, indexing="ij")
    return [w1, w2, np.full((size, size), _OPENING.weights[2])]


class _InC:
    """The map in C, on all cores."""

    def __init__(self, library: ctypes.CDLL) -> None:
        self._train = library.train_map
        self._samples = np.array([(s.x, s.target) for s in _OPENING.samples]).T.copy()

    def __call__(self) -> None:
        """Make it, from the first number to the arrays that tell of it."""
        weights = np.stack(_starts(SIZE))
        mean, converged, spoiled = (np.empty((SIZE, SIZE)) for _ in range(3))
        self._train(
            ctypes.c_long(SIZE * SIZE // 64),
            ctypes.c_long(_OPENING.epochs),
            ctypes.c_long(len(_OPENING.samples)),
            *map(pointer, (weights, mean, converged, spoiled, *self._samples)),
            ctypes.c_double(_OPENING.learning_rate),
            ctypes.c_long(os.cpu_count() or 1),
        )
        self.told = _told(mean, converged, spoiled, list(weights))


def _told(mean: Floats, converged: Floats, spoiled: Floats, weights: list[Floats]) -> Told:
    sound = np.isfinite(spoiled)
    for weight in weights:
        sound &= np.isfinite(weight)
    return Told(mean, converged, ~sound)


def _by_numpy(size: int) -> Told:
    """Train all pixels at once."""
    w1, w2, w3 = _starts(size)
    rate = _OPENING.learning_rate
    converged, spoiled = np.zeros_like(w1), np.zeros_like(w1)
    mean = converged
    with np.errstate(all="ignore"):
        for epoch in range(1, _OPENING.epochs + 1):
            total = np.zeros_like(w1)
            for sample in _OPENING.samples:
                y = w1 * sample.x
                z = w2 * y
                difference = w3 * z - sample.target
                loss = 0.5 * difference * difference
                public = difference * w3
                w3 = w3 - rate * (difference * z)
                farther = public * w2
                w2 = w2 - rate * (public * y)
                w1 = w1 - rate * (farther * sample.x)
                total += loss
                spoiled += loss - loss
            mean = total / len(_OPENING.samples)
            converged[(converged == 0) & (mean < CONVERGED)] = epoch
    return _told(mean, converged, spoiled, [w1, w2, w3])


def _by_python(size: int) -> Told:
    """Train one pixel after the other."""
    starts = zip(*(start.ravel().tolist() for start in _starts(size)), strict=True)
    pixels = [_pixel(*start) for start in starts]
    return Told(*(np.array(column).reshape(size, size) for column in zip(*pixels, strict=True)))


def _pixel(w1: float, w2: float, w3: float) -> tuple[float, int, bool]:
    """Return the last mean loss, the epoch of convergence, and whether it diverged."""
    samples = [(sample.x, sample.target) for sample in _OPENING.samples]
    rate, converged, diverged, mean = _OPENING.learning_rate, 0, False, math.inf
    for epoch in range(1, _OPENING.epochs + 1):
        total = 0.0
        for x, target in samples:
            y = w1 * x
            z = w2 * y
            difference = w3 * z - target
            loss = 0.5 * difference * difference
            public = difference * w3
            w3 -= rate * (difference * z)
            farther = public * w2
            w2 -= rate * (public * y)
            w1 -= rate * (farther * x)
            total += loss
            if not math.isfinite(loss):
                diverged = True
        mean = total / len(samples)
        if not converged and mean < CONVERGED:
            converged = epoch
    return mean, converged, diverged or not all(map(math.isfinite, (w1, w2, w3)))
