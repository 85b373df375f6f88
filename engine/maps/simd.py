"""Many trainings at a time: the chains of a block are trained together, one per SIMD lane.

The text of one update (`engine.source`) is put into a loop over epochs, samples and lanes, the
lanes innermost, where a processor does several at once. Numba compiles it where it is installed and
the work is worth it; else the lines of the update run on arrays (`engine.maps.arrays`). Every lane
has bit for bit the results of `engine.train`.
"""

import math
from contextlib import suppress
from functools import lru_cache
from threading import Lock
from typing import cast

from engine.activations import Scalar
from engine.maps.arrays import advance_by_arrays
from engine.maps.block import CHANGE, LANES, Advance, Block, Row, Rows
from engine.parameters import names_of
from engine.source import written_update
from engine.steps import Structure
from engine.training.advance import CONVERGED
from engine.training.compiled import LARGE, compiled, inlined, possible, without_pauses

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

    To compile one may take seconds. A compiled loop runs without the GIL.
    """
    if structure not in _ready and work >= LARGE and possible():
        _make_ready(structure)
    if structure in _ready:
        return _ready[structure], True
    return advance_by_arrays(structure), False


_ready: dict[Structure, Advance] = {}
_compiling = Lock()


def _make_ready(structure: Structure) -> None:
    """Compile a loop, if Numba works and nobody has done it meanwhile."""
    # An installation that fails in any way counts as none: one where Numba and numpy, say, don't
    # fit together, or that came without LLVM.
    with _compiling, suppress(Exception):
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
