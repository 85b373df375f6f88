"""The history of a run: a row for each update, a range of rows, and all of them as a CSV table.

    >>> from engine import Experiment, train
    >>> row(train(Experiment()), 0).loss
    0.5287404726816282

Rows are computed again from the checkpoints of the run, so a range in the middle of a long run
costs no more than one at its start.
"""

from collections.abc import Iterator
from operator import itemgetter
from typing import NamedTuple

from engine.run import Run


class UpdateRow(NamedTuple):
    """The numbers of one update; `update`, `epoch` and `sample` count from 1.

    `weights` are those before the update; `gradients` are those that the run's algorithm computes,
    right or wrong. `theta` are all parameters, the weights first, and `theta_gradients` theirs.
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
    theta: tuple[float, ...]
    theta_gradients: tuple[float, ...]


def row(run: Run, update: int) -> UpdateRow:
    """Return the numbers of `update` (from 0). Raises IndexError outside of the run."""
    run.loss(update)
    return next(rows(run, update, update + 1))


def rows(run: Run, first: int = 0, end: int | None = None) -> Iterator[UpdateRow]:
    """Yield the rows of the updates from `first` (from 0) to `end` (exclusive), or to the last."""
    end = run.updates if end is None else min(end, run.updates)
    if first >= end:
        return
    learner, n = run.experiment.learner(run.theta_before(first)), run.experiment.layers
    for update in range(first, end):
        sample, place = run.sample(update), run.place(update)
        theta = learner.theta
        met = learner.learn(sample.x, sample.target)
        yield UpdateRow(
            update + 1,
            place.epoch,
            place.sample,
            sample.x,
            sample.target,
            learner.outputs[-1],
            met,
            theta[:n],
            tuple(learner.gradients),
            theta,
            learner.theta_gradients,
        )


def csv_rows(run: Run) -> Iterator[str]:
    """Yield the lines of the CSV table, with their line ends: a header, then one per update."""
    layers = range(1, run.experiment.layers + 1)
    names = [
        f"{letter}{i}"
        for one in run.experiment.parameters
        for letter in (one.letter, one.gradient_letter)
        for i in layers
    ]
    yield ",".join(["update", "epoch", "sample", "x", "target", "output", "loss", *names]) + "\n"
    n, size = run.experiment.layers, len(run.experiment.theta)
    # Each parameter's row, and then that of its gradients.
    starts = (start + of for start in range(0, size, n) for of in (0, size))
    ordered = itemgetter(*(k for start in starts for k in range(start, start + n)))
    for at in rows(run):
        learned = ordered((*at.theta, *at.theta_gradients))
        numbers = (at.x, at.target, at.output, at.loss, *learned)
        yield f"{at.update},{at.epoch},{at.sample},{','.join(map(repr, numbers))}\n"
