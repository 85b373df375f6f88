"""The loop of training: a chain learns from one sample after the other, and history is written.

`advancing(…)` puts one update into the loop. What it returns runs as it stands, on lists and
arrays of the standard library; `engine.training.compiled` compiles that very function.
"""

from collections.abc import Callable, MutableSequence, Sequence
from typing import Any, NamedTuple

CONVERGED = 1e-3
"""An epoch whose mean loss is below this has converged."""


Now = Any
"""What an update takes and returns: the rows of a chain (`engine.chain.Rows`), or only its θ."""

Learn = Callable[[Now, float, float, float], tuple[Now, float, float]]
"""An update with x, target and learning rate: the chain after it, and the e and L it computed."""

Keep = Callable[[MutableSequence[float], int, Now], None]
"""Writes θ to a place in checkpoints, counted in chains."""


class Lesson(NamedTuple):
    """What is learnt: the inputs and targets of the samples, in their order, and the rate."""

    xs: Sequence[float]
    targets: Sequence[float]
    learning_rate: float


class Pages(NamedTuple):
    """Where history is written: a page for every stretch of `stride` updates, the last shorter.

    `checkpoints` takes θ before each stretch, `lows` and `highs` its smallest and its
    largest loss; NaN counts as larger than all, so that a stretch with one has it in `highs`.
    `outputs` takes e of every update where `stride` is 1, and is empty otherwise.
    """

    stride: int
    checkpoints: MutableSequence[float]
    lows: MutableSequence[float]
    highs: MutableSequence[float]
    outputs: MutableSequence[float]


class Told(NamedTuple):
    """What a stretch of training came to.

    `now` is the chain after it, `total` the sum of the losses so far in the unfinished epoch,
    `converged` the first update that ended an epoch with a mean loss below `CONVERGED`, −1 if none
    did, `highest` the largest loss.
    """

    now: Now
    total: float
    converged: int
    highest: float


Advance = Callable[[Now, Lesson, Pages, int, int, float], Told]


def advancing(learn: Learn, keep: Keep) -> Advance:  # noqa: C901 - what it returns counts again
    """Return the loop round one kind of update."""

    def advance(  # noqa: C901, PLR0912 - one loop, which is what takes the time
        now: Now, lesson: Lesson, pages: Pages, first: int, end: int, total: float
    ) -> Told:
        """Make the updates from `first` to `end` (exclusive): at least one.

        `total` is the sum of the losses of the unfinished epoch before them.
        """
        xs, targets, rate = lesson
        stride, checkpoints, lows, highs, answers = pages
        samples, keeps_all = len(xs), len(answers) > 0
        stretch, inside, sample = first // stride, first % stride, first % samples
        low = high = highest = 0.0
        if inside:
            low, high = lows[stretch], highs[stretch]
        converged = -1
        for update in range(first, end):
            if inside == stride:
                lows[stretch], highs[stretch] = low, high
                if high > highest or high != high:  # noqa: PLR0124 - NaN stays
                    highest = high
                stretch += 1
                inside = 0
            if inside == 0:
                keep(checkpoints, stretch, now)
            now, output, met = learn(now, xs[sample], targets[sample], rate)
            if inside == 0:
                low = high = met
            else:
                if met < low or low != low:  # noqa: PLR0124 - NaN gives way
                    low = met
                if met > high or met != met:  # noqa: PLR0124 - NaN stays
                    high = met
            if keeps_all:
                answers[update] = output
            inside += 1
            total += met
            sample += 1
            if sample == samples:
                if converged < 0 and total / samples < CONVERGED:
                    converged = update
                total = 0.0
                sample = 0
        lows[stretch], highs[stretch] = low, high
        if high > highest or high != high:  # noqa: PLR0124
            highest = high
        return Told(now, total, converged, highest)

    return advance
