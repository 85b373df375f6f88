"""A finished training: what it was, and the weights before any of its updates.

Nothing else is stored than weights at checkpoints, and the loss and output of every update.
What happened inside an update is computed anew when somebody asks (`engine.moment`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from engine.chain import output_of
from engine.experiment import Experiment, Sample


class Place(NamedTuple):
    """An update of a run by epoch and sample, both counted from 1."""

    epoch: int
    sample: int


class Prediction(NamedTuple):
    """What a chain answers: its raw output, and the article's label, 1 if e > 0 and else −1."""

    output: float
    label: int


def prediction(weights: Sequence[float], x: float, activation: str) -> Prediction:
    """Return what a chain with these weights answers to `x`."""
    output = output_of(weights, x, activation)
    return Prediction(output, 1 if output > 0 else -1)


@dataclass(frozen=True, eq=False)
class Run:
    """A training from its first update to its last.

    `losses` and `outputs` have one number for each update, met before the weights changed.
    `checkpoints` holds the weights before the updates 0, stride, 2·stride, …, one after the
    other. `converged_at` is the first epoch (from 1) whose mean loss, over its samples as they
    were met, is below `engine.training.CONVERGED`; `diverged_at` the first update in which the
    loss or a weight became infinite or NaN.
    """

    experiment: Experiment
    checkpoints: Sequence[float]
    stride: int
    losses: Sequence[float]
    outputs: Sequence[float]
    final_weights: tuple[float, ...]
    converged_at: int | None
    diverged_at: Place | None

    @property
    def updates(self) -> int:
        """The number of updates."""
        return len(self.losses)

    def weights_before(self, update: int) -> tuple[float, ...]:
        """Return the weights before `update` (from 0); for `updates` itself the final ones.

        Between two checkpoints the updates are made again, so the result is bit for bit that
        of the training. Raises IndexError outside of the run.
        """
        if not 0 <= update <= self.updates:
            raise IndexError(f"update {update} is not in 0 … {self.updates}")
        if update == self.updates:
            return self.final_weights
        kept, further = divmod(update, self.stride)
        n = self.experiment.layers
        learner = self.experiment.learner(self.checkpoints[kept * n : (kept + 1) * n])
        for missed in range(update - further, update):
            sample = self.sample(missed)
            learner.learn(sample.x, sample.target)
        return tuple(learner.weights)

    def loss(self, update: int) -> float:
        """Return the loss that `update` (from 0) met. Raises IndexError outside of the run."""
        return self.losses[self._inside(update)]

    def output(self, update: int) -> float:
        """Return e as `update` (from 0) met it. Raises IndexError outside of the run."""
        return self.outputs[self._inside(update)]

    def _inside(self, update: int) -> int:
        if not 0 <= update < self.updates:
            raise IndexError(f"update {update} is not in 0 … {self.updates - 1}")
        return update

    def sample(self, update: int) -> Sample:
        """Return the sample that `update` learns from."""
        return self.experiment.samples[update % len(self.experiment.samples)]

    def place(self, update: int) -> Place:
        """Return the epoch and the sample of `update`, both from 1."""
        epoch, sample = divmod(update, len(self.experiment.samples))
        return Place(epoch + 1, sample + 1)

    def predict(self, x: float) -> Prediction:
        """Return what the trained chain answers to `x`."""
        return prediction(self.final_weights, x, self.experiment.activation)
