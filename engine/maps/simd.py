"""Many trainings at a time: the chains of a block are trained together, one per SIMD lane.

The text of one update (`engine.source`) is put into a loop over epochs, samples and lanes, the
lanes innermost, where a processor does several at once. Numba compiles it where it is installed and
the work is worth it; else the same text runs as Python. Every lane has bit for bit the results of
`engine.train`.
"""

import math
from collections.abc import Callable, MutableSequence
from contextlib import suppress
from enum import IntEnum
from functools import lru_cache
from threading import Lock
from typing import NamedTuple, cast

from engine.activations import Scalar
from engine.parameters import names_of
from engine.source import written_update
from engine.steps import Structure
from engine.training.advance import CONVERGED
from engine.training.compiled import LARGE, compiled, inlined, possible, without_pauses

LANES = 64
"""The number of chains in a block."""

LATEST = 16
"""The number of last epochs that show whether a training still moves."""

CHANGE = 1e-6
"""By more than this share the mean loss must differ from the epoch before to count as changed."""

Rows = MutableSequence[MutableSequence[float]]


class Row(IntEnum):
    """What a chain learns with and its results: the rows of a block's `chains`.

    RATE is the learning rate; TOTAL room for the sum of an epoch's losses; MEAN the mean loss of
    the latest watched epoch; CONVERGED the first epoch, from 1, with one below `CONVERGED`, 0 if
    there was none; RISEN and FALLEN the latest watched one whose mean loss was more than a share of
    `CHANGE` above, or below, that of the watched one before, −∞ if there was none; SPOILED is 0
    until a loss is infinite or NaN, and then NaN. From THETA on there is a row for each of θ.
    """

    RATE = 0
    TOTAL = 1
    MEAN = 2
    CONVERGED = 3
    RISEN = 4
    FALLEN = 5
    SPOILED = 6
    THETA = 7


class Block(NamedTuple):
    """Chains that learn side by side, and their targets, `LANES` in a block.

    Both have an entry for each block. In `chains`, lane l of a `Row` is the number at
    `row·LANES + l`; in `targets`, that of sample s, from 0, is at `s·LANES + l`. What is written
    to is one array, at places known beforehand: of several, and of a long chain, the compiler
    could not tell that they don't overlap, and would do one lane after the other.
    """

    chains: Rows
    targets: Rows


Advance = Callable[[Block, MutableSequence[float], float, int, int, int], None]
"""Trains a block with these inputs x from epoch to epoch: `first` up to, without, `end`.

Losses that add up to less than `enough` have converged (`enough_for`). Epochs are watched, for
MEAN, RISEN and FALLEN, from `watched` on: that takes as long as an update, and only the `LATEST`
are asked for.
"""

_TEXT = """
def advance(block, xs, enough, first, end, watched):
    samples = len(xs)
    for b in range(len(block.chains)):
        chain, targets = block.chains[b], block.targets[b]
        for epoch in range(first, end):
            for lane in range({lanes}):
                chain[{TOTAL} + lane] = 0.0
            for s in range(samples):
                x = xs[s]
                for lane in range({lanes}):
                    rate, target = chain[{RATE} + lane], targets[s * {lanes} + lane]
                    {update}
                    chain[{TOTAL} + lane] += {loss}
                    chain[{SPOILED} + lane] += {loss} - {loss}
            for lane in range({lanes}):
                # Written in any case: to write or not, lane by lane, would take ten times as long.
                met, new = chain[{CONVERGED} + lane], chain[{TOTAL} + lane] < enough
                chain[{CONVERGED} + lane] = epoch if new and met == 0.0 else met
            if epoch >= watched:
                for lane in range({lanes}):
                    mean, before = chain[{TOTAL} + lane] / samples, chain[{MEAN} + lane]
                    if mean > before * {above}:
                        chain[{RISEN} + lane] = epoch
                    if mean < before * {below}:
                        chain[{FALLEN} + lane] = epoch
                    chain[{MEAN} + lane] = mean
"""


@lru_cache(maxsize=64)
def text_of(structure: Structure) -> str:
    """Return the loop for chains of one structure, as the text of a Python function `advance`."""
    update = written_update(structure)
    names = names_of(structure.parameters, structure.layers)
    places = [f"chain[{row * LANES} + lane]" for row, _ in enumerate(names, Row.THETA)]
    reads = [f"{name} = {place}" for name, place in zip(names, places, strict=True)]
    writes = [f"{place} = {new}" for place, new in zip(places, update.theta, strict=True)]
    return _TEXT.format(
        lanes=LANES,
        **{row.name: row * LANES for row in Row},
        update=("\n" + " " * 20).join((*reads, *update.lines, *writes)),
        loss=update.loss,
        above=1.0 + CHANGE,
        below=1.0 - CHANGE,
    )


def enough_for(samples: int) -> float:
    """Return the smallest sum of `samples` losses whose mean is not below `CONVERGED`.

    To compare sums with it says, without a division, what a comparison of the means would.
    """
    total = CONVERGED * samples
    while total / samples < CONVERGED:
        total = math.nextafter(total, math.inf)
    while (smaller := math.nextafter(total, 0.0)) / samples >= CONVERGED:
        total = smaller
    return total


def advance_for(structure: Structure, work: int) -> tuple[Advance, bool]:
    """Return the fastest loop for `work` in updates × (layers + 2), and whether it is compiled.

    To compile one may take seconds. A compiled loop runs without the GIL, and takes arrays of
    numpy; the others take lists.
    """
    if structure not in _ready and work >= LARGE and possible():
        _make_ready(structure)
    if structure in _ready:
        return _ready[structure], True
    return _made(structure, structure.f.function, structure.f.derivative), False


_ready: dict[Structure, Advance] = {}
_compiling = Lock()


def _make_ready(structure: Structure) -> None:
    """Compile a loop, if Numba works and nobody has done it meanwhile."""
    # An installation in which Numba and numpy, say, don't fit together, counts as none.
    with _compiling, suppress(ImportError):
        if structure not in _ready:
            with without_pauses():
                _ready[structure] = _compile(structure)


def _made(structure: Structure, function: Scalar, derivative: Scalar) -> Advance:
    names: dict[str, object] = {"function": function, "derivative": derivative}
    # A function says where it is from: Numba keeps what it compiles there.
    names["__name__"] = __name__
    exec(compile(text_of(structure), __file__, "exec"), names)  # noqa: S102 - our own text
    return cast("Advance", names["advance"])


def _compile(structure: Structure) -> Advance:
    import numpy as np  # noqa: PLC0415 - for large jobs alone

    made = _made(structure, inlined(structure.f.function), inlined(structure.f.derivative))
    advance = compiled(made, structure.f.module, text_of(structure), structure.activation)
    rows = cast("Rows", np.zeros((1, 1)))
    advance(Block(rows, rows), rows[0], 0.0, 0, 0, 0)
    return advance
