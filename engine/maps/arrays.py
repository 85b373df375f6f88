"""Many trainings at a time by NumPy, where nothing is compiled: an array holds a number of each.

The lines of an update (`engine.source`) run on arrays as they stand. Every training has bit for bit
the results of `engine.train`: NumPy adds and multiplies as Python does, and f and f′ have the bits
of `math` (`Activation.exactly_on_arrays`).
"""

from collections.abc import Callable, MutableSequence
from functools import lru_cache
from typing import Any, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from engine.maps.block import CHANGE, LANES, Advance, Block, Row
from engine.parameters import names_of
from engine.source import written_update
from engine.steps import Structure

Floats = NDArray[np.float64]


class Learned(NamedTuple):
    """The parameters after an update, and the loss before it."""

    theta: tuple[Floats, ...]
    loss: Floats


Learn = Callable[[tuple[Floats, ...], float, Floats, Floats], Learned]

_TEXT = """
def learn(theta, x, target, rate):
    {theta}, = theta
    {lines}
    return Learned(({new},), {loss})
"""


@lru_cache(maxsize=64)
def advance_by_arrays(structure: Structure) -> Advance:
    """Return the loop for chains of one structure; it takes and fills arrays of NumPy."""
    update = written_update(structure)
    text = _TEXT.format(
        theta=", ".join(names_of(structure.parameters, structure.layers)),
        lines="\n    ".join(update.lines),
        new=", ".join(update.theta),
        loss=update.loss,
    )
    function, derivative = structure.f.exactly_on_arrays()
    names: dict[str, Any] = {"function": function, "derivative": derivative, "Learned": Learned}
    exec(text, names)  # noqa: S102 - our own text
    return _advancing(cast("Learn", names["learn"]))


def _advancing(learn: Learn) -> Advance:
    def advance(
        block: Block, xs: MutableSequence[float], enough: float, first: int, end: int, watched: int
    ) -> None:
        chains, targets = _side_by_side(block.chains), _side_by_side(block.targets)
        theta, rate = tuple(chains[Row.THETA :]), chains[Row.RATE]
        samples = list(zip(map(float, xs), targets, strict=True))
        with np.errstate(all="ignore"):
            for epoch in range(first, end):
                total = np.zeros_like(rate)
                for x, target in samples:
                    theta, loss = learn(theta, x, target, rate)
                    total += loss
                    chains[Row.SPOILED] += loss - loss
                met = chains[Row.CONVERGED]
                met[(total < enough) & (met == 0.0)] = epoch
                if epoch >= watched:
                    _watch(chains, total / len(samples), epoch)
        chains[Row.THETA :] = theta
        _put_back(chains, block.chains)

    return advance


def _watch(chains: Floats, mean: Floats, epoch: int) -> None:
    before = chains[Row.MEAN].copy()
    chains[Row.RISEN][mean > before * (1.0 + CHANGE)] = epoch
    chains[Row.FALLEN][mean < before * (1.0 - CHANGE)] = epoch
    chains[Row.MEAN] = mean


def _side_by_side(blocks: Any) -> Floats:  # noqa: ANN401 - an array of NumPy
    """Return a copy in which a row is an array over the lanes of all blocks."""
    rows = blocks.reshape(len(blocks), -1, LANES).swapaxes(0, 1)
    return np.ascontiguousarray(rows).reshape(len(rows), -1)


def _put_back(rows: Floats, blocks: Any) -> None:  # noqa: ANN401 - an array of NumPy
    within = blocks.reshape(len(blocks), -1, LANES)
    within[:] = rows.reshape(len(rows), -1, LANES).swapaxes(0, 1)
