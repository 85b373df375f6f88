"""The history of a run: a row for each update, any stretch of them, and all of them as a table.

    >>> from engine import Experiment, train
    >>> row(train(Experiment()), 0).loss
    0.5287404726816282

Rows are computed again from the weights that the run keeps, so a stretch in the middle of a long
run costs no more than one at its start.
"""

from collections.abc import Iterator
from typing import NamedTuple

from engine.run import Run


class UpdateRow(NamedTuple):
    """The numbers of one update; `update`, `epoch` and `sample` count from 1.

    `weights` are those before the update; `gradients` are those that the run's algorithm computes,
    right or wrong.
    """

    update: int
    epoch: int
    sample: int
    x: float
    target: float
    output: float
    loss: float
    weights: tuple[float, ...]
    gradients: tuple[float, ...]


def row(run: Run, update: int) -> UpdateRow:
    """Return the numbers of `update` (from 0). Raises IndexError outside of the run."""
    run.loss(update)
    return next(rows(run, update, update + 1))


def rows(run: Run, first: int = 0, end: int | None = None) -> Iterator[UpdateRow]:
    """Yield the rows of the updates from `first` (from 0) to `end` (exclusive), or to the last."""
    end = run.updates if end is None else min(end, run.updates)
    if first >= end:
        return
    learner = run.experiment.learner(run.weights_before(first))
    for update in range(first, end):
        sample, place = run.sample(update), run.place(update)
        before = tuple(learner.weights)
        met = learner.learn(sample.x, sample.target)
        yield UpdateRow(
            update + 1,
            place.epoch,
            place.sample,
            sample.x,
            sample.target,
            learner.outputs[-1],
            met,
            before,
            tuple(learner.gradients),
        )


def csv_rows(run: Run) -> Iterator[str]:
    """Yield the lines of the table of updates, each with its line end: a head, then `rows`."""
    n = run.experiment.layers
    names = [f"w{i}" for i in range(1, n + 1)] + [f"g{i}" for i in range(1, n + 1)]
    yield ",".join(["update", "epoch", "sample", "x", "target", "output", "loss", *names]) + "\n"
    for at in rows(run):
        numbers = (at.x, at.target, at.output, at.loss, *at.weights, *at.gradients)
        yield f"{at.update},{at.epoch},{at.sample},{','.join(map(repr, numbers))}\n"
