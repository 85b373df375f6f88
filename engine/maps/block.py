"""Chains that learn side by side: where each number of theirs is kept, and what trains them."""

from collections.abc import Callable, MutableSequence
from enum import IntEnum
from typing import NamedTuple

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
