"""The training loop: it makes one update per sample and records the history of the run.

`advancing(…)` puts one update into the loop. The function that it returns runs as plain Python, on
lists and arrays of the standard library; `engine.training.compiled` compiles the same function.
"""

from collections.abc import Callable, MutableSequence, Sequence
from typing import Any, NamedTuple

CONVERGED = 1e-3
"""An epoch whose mean loss is below this has converged."""


ChainState = Any
"""The state of a chain between updates: its rows (`engine.chain.Rows`), or a tuple of only θ."""

Learn = Callable[[ChainState, float, float, float], tuple[ChainState, float, float]]
"""One update: (state, x, target, learning rate) → (new state, output e, loss L)."""

Keep = Callable[[MutableSequence[float], int, ChainState], None]
"""Copies θ of a state into `checkpoints`: (checkpoints, number of the checkpoint, state)."""


class TrainingData(NamedTuple):
    """The inputs and targets of the samples, in their order, and the learning rate α."""

    xs: Sequence[float]
    targets: Sequence[float]
    learning_rate: float


class History(NamedTuple):
    """The buffers of a run's history: an entry per interval of `stride` updates.

    The last interval may be shorter. `checkpoints` holds θ before each interval (one θ after the
    other, flat), `lows` and `highs` the smallest and largest loss in it; NaN counts as the largest.
    `outputs` holds e of every update if `stride` is 1; otherwise it is empty.
    """

    stride: int
    checkpoints: MutableSequence[float]
    lows: MutableSequence[float]
    highs: MutableSequence[float]
    outputs: MutableSequence[float]


class AdvanceResult(NamedTuple):
    """The result of some consecutive updates.

    `state` is the chain after them, `total` the sum of the losses so far in the unfinished epoch,
    `converged` the first update that ended an epoch with a mean loss below `CONVERGED` (−1 if
    none did), `highest` the largest loss, or NaN if there was one.
    """

    state: ChainState
    total: float
    converged: int
    highest: float


Advance = Callable[[ChainState, TrainingData, History, int, int, float], AdvanceResult]


def advancing(learn: Learn, keep: Keep) -> Advance:  # noqa: C901 - what it returns counts again
    """Return the training loop for an update `learn` whose θ is stored by `keep`."""

    def advance(  # noqa: C901, PLR0912 - one loop, which is what takes the time
        state: ChainState, data: TrainingData, history: History, first: int, end: int, total: float
    ) -> AdvanceResult:
        """Make the updates from `first` to `end` (exclusive): at least one.

        `total` is the sum of the losses of the unfinished epoch before them.
        """
        xs, targets, rate = data
        stride, checkpoints, lows, highs, answers = history
        samples, keeps_all = len(xs), len(answers) > 0
        interval, inside, sample = first // stride, first % stride, first % samples
        low = high = highest = 0.0
        if inside:
            low, high = lows[interval], highs[interval]
        converged = -1
        for update in range(first, end):
            if inside == stride:
                lows[interval], highs[interval] = low, high
                if high > highest or high != high:  # noqa: PLR0124 - NaN stays
                    highest = high
                interval += 1
                inside = 0
            if inside == 0:
                keep(checkpoints, interval, state)
            state, output, sample_loss = learn(state, xs[sample], targets[sample], rate)
            if inside == 0:
                low = high = sample_loss
            else:
                if sample_loss < low or low != low:  # noqa: PLR0124 - NaN gives way
                    low = sample_loss
                if sample_loss > high or sample_loss != sample_loss:  # noqa: PLR0124 - NaN stays
                    high = sample_loss
            if keeps_all:
                answers[update] = output
            inside += 1
            total += sample_loss
            sample += 1
            if sample == samples:
                if converged < 0 and total / samples < CONVERGED:
                    converged = update
                total = 0.0
                sample = 0
        lows[interval], highs[interval] = low, high
        if high > highest or high != high:  # noqa: PLR0124
            highest = high
        return AdvanceResult(state, total, converged, highest)

    return advance
