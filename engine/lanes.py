"""Many trainings at a time: the chains of a block learn side by side, a lane each.

The text of one update (`engine.tracing`) is put into a loop over epochs, samples and lanes, the
lanes innermost, where a processor does several at once. Numba compiles it where it is installed
and the work is worth it; else the same text runs as Python. Every lane is bit for bit what
`engine.train` makes of it.
"""

from collections.abc import Callable, MutableSequence
from contextlib import suppress
from functools import lru_cache
from typing import NamedTuple, cast

from engine.advance import CONVERGED
from engine.chain import ACTIVATIONS
from engine.compiled import LARGE, inlined, possible, without_pauses
from engine.tracing import written_update

LANES = 64
"""So many chains are a block."""

CHANGE = 1e-6
"""By more than this share the mean loss must differ from the epoch before to count as changed."""

Rows = MutableSequence[MutableSequence[float]]


class Block(NamedTuple):
    """Chains that learn side by side, `LANES` in a block, and what became of them.

    Every field has a row for each block. For layers i and samples s, from 0, and lanes l,
    `weights` has a number at `i·LANES + l`, `targets` at `s·LANES + l`, and all others at `l`.
    `mean` is the mean loss of the latest epoch; `converged` the first epoch, from 1, with one
    below `CONVERGED`, 0 if there was none; `risen` and `fallen` the latest one whose mean loss
    was more than a share of `CHANGE` above, or below, that of the one before; `spoiled` is 0
    until a loss is infinite or NaN, and then NaN. `total` is room for the sums of an epoch.
    """

    weights: Rows
    rates: Rows
    targets: Rows
    mean: Rows
    converged: Rows
    risen: Rows
    fallen: Rows
    spoiled: Rows
    total: Rows


Advance = Callable[[Block, MutableSequence[float], int, int], None]
"""Trains a block with these inputs x from epoch to epoch: `first` up to, without, `end`."""

_TEXT = """
def advance(chains, xs, first, end):
    samples = len(xs)
    for block in range(len(chains.rates)):
        weights, rates, targets = chains.weights[block], chains.rates[block], chains.targets[block]
        means, converged = chains.mean[block], chains.converged[block]
        risen, fallen = chains.risen[block], chains.fallen[block]
        spoiled, totals = chains.spoiled[block], chains.total[block]
        for epoch in range(first, end):
            for lane in range({lanes}):
                totals[lane] = 0.0
            for s in range(samples):
                x = xs[s]
                for lane in range({lanes}):
                    rate, target = rates[lane], targets[s * {lanes} + lane]
                    {update}
                    totals[lane] += {loss}
                    spoiled[lane] += {loss} - {loss}
            for lane in range({lanes}):
                mean = totals[lane] / samples
                if mean > means[lane] * {above}:
                    risen[lane] = epoch
                if mean < means[lane] * {below}:
                    fallen[lane] = epoch
                if converged[lane] == 0.0 and mean < {converged}:
                    converged[lane] = epoch
                means[lane] = mean
"""


@lru_cache(maxsize=64)
def text_of(layers: int, activation: str, algorithm: str) -> str:
    """Return the loop for one kind of chain, as the text of a Python function `advance`."""
    update = written_update(layers, activation, algorithm)
    places = [f"weights[{i * LANES} + lane]" for i in range(layers)]
    reads = [f"w{i} = {place}" for i, place in enumerate(places, 1)]
    writes = [f"{place} = {new}" for place, new in zip(places, update.weights, strict=True)]
    return _TEXT.format(
        lanes=LANES,
        layers=layers,
        update=("\n" + " " * 20).join((*reads, *update.lines, *writes)),
        loss=update.loss,
        above=1.0 + CHANGE,
        below=1.0 - CHANGE,
        converged=CONVERGED,
    )


def advance_for(layers: int, activation: str, algorithm: str, work: int) -> tuple[Advance, bool]:
    """Return the quickest loop for so many updates × (layers + 2), and whether it is compiled.

    To compile one may take seconds. A compiled loop runs without the GIL, and takes arrays of
    numpy; the others take lists.
    """
    kind = layers, activation, algorithm
    if kind not in _ready and work >= LARGE and possible():
        # An installation in which Numba and numpy, say, don't fit together, counts as none.
        with suppress(ImportError), without_pauses():
            _ready[kind] = _compile(*kind)
    if kind in _ready:
        return _ready[kind], True
    function, derivative = ACTIVATIONS[activation]
    return _made(kind, function, derivative), False


_ready: dict[tuple[int, str, str], Advance] = {}


def _made(kind: tuple[int, str, str], function: object, derivative: object) -> Advance:
    names = {"function": function, "derivative": derivative}
    exec(text_of(*kind), names)  # noqa: S102 - our own text, of our own functions
    return cast("Advance", names["advance"])


def _compile(layers: int, activation: str, algorithm: str) -> Advance:
    import numpy as np  # noqa: PLC0415
    from numba import njit  # noqa: PLC0415 - half a second, for large jobs alone

    function, derivative = map(inlined, ACTIVATIONS[activation])
    loop = _made((layers, activation, algorithm), function, derivative)
    advance = cast("Advance", njit(nogil=True, error_model="numpy")(loop))
    rows = cast("Rows", np.zeros((1, layers * LANES)))
    advance(Block(*[rows] * len(Block._fields)), rows[0], 0, 0)
    return advance
