"""A training and its history: the weights before each of its updates, and the losses.

Weights are kept at checkpoints, about a million times at most: before every update of a short run,
before every second, third, … thousandth of a long one. Between two checkpoints the updates are made
again, which gives the same bits. What happened inside an update is computed again when it is needed
(`engine.moment`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from engine.chain import Learner
from engine.experiment import Experiment, Sample
from engine.notebook import Shown
from engine.parameters import split
from engine.training.loops import catch_up


class Place(NamedTuple):
    """An update of a run by epoch and sample, both counted from 1."""

    epoch: int
    sample: int


class Prediction(NamedTuple):
    """The output e of a chain, and the article's label: 1 if e > 0, else −1."""

    output: float
    label: int


class Epoch(NamedTuple):
    """The losses and outputs of an epoch, sample by sample."""

    losses: Sequence[float]
    outputs: Sequence[float]


def prediction(experiment: Experiment, theta: Sequence[float], x: float) -> Prediction:
    """Return the prediction of the experiment's chain with these parameters for `x`."""
    output = experiment.output(theta, x)
    return Prediction(output, 1 if output > 0 else -1)


def final_rows(experiment: Experiment, theta: Sequence[float]) -> dict[str, Any]:
    """Return the fields of a `Run` that hold its final parameters."""
    rows = split(experiment.parameters, theta)
    pairs = zip(experiment.parameters, rows, strict=True)
    return {f"final_{one.field}": row for one, row in pairs}


@dataclass(frozen=True, eq=False)
class Run(Shown):
    """A training from its first update to its last.

    Its history has an entry per interval of `stride` updates; the last interval may be shorter.
    `checkpoints` holds θ before each interval (one after the other, flat), `lows` and `highs` the
    smallest and largest loss in it; NaN counts as the largest. `answers` holds the output e of
    each update if `stride` is 1; otherwise it is empty. `converged_at` is the first epoch (from 1)
    whose mean loss (each sample's loss before its update) is below
    `engine.training.advance.CONVERGED`; `diverged_at` is the first update in which the loss or a
    parameter became infinite or NaN.
    """

    experiment: Experiment
    stride: int
    checkpoints: Sequence[float]
    lows: Sequence[float]
    highs: Sequence[float]
    answers: Sequence[float]
    final_weights: tuple[float, ...]
    converged_at: int | None
    diverged_at: Place | None
    final_biases: tuple[float, ...] = ()

    @property
    def updates(self) -> int:
        """The number of updates."""
        return self.experiment.updates

    @property
    def whole(self) -> bool:
        """Whether every update is kept: only then there are `losses` and `outputs`."""
        return self.stride == 1

    @property
    def losses(self) -> Sequence[float]:
        """The loss before each update. Raises ValueError if the run is not `whole`."""
        self._must_be_whole()
        return self.lows

    @property
    def outputs(self) -> Sequence[float]:
        """The output e before each update. Raises ValueError if the run is not `whole`."""
        self._must_be_whole()
        return self.answers

    def _must_be_whole(self) -> None:
        if not self.whole:
            raise ValueError(f"of this run only every {self.stride}th update is kept")

    @property
    def final_theta(self) -> tuple[float, ...]:
        """All parameters after the training."""
        return tuple(
            number
            for one in self.experiment.parameters
            for number in getattr(self, f"final_{one.field}")
        )

    def weights_before(self, update: int) -> tuple[float, ...]:
        """Return the weights before `update` (from 0); for `updates` itself the final ones.

        They are bit for bit those of the training. Raises IndexError outside of the run.
        """
        return self.theta_before(update)[: self.experiment.layers]

    def theta_before(self, update: int) -> tuple[float, ...]:
        """Return θ before `update` (from 0); for `updates` itself the final θ.

        Raises IndexError outside of the run.
        """
        if update == self.updates:
            return self.final_theta
        kept, further = divmod(self._inside(update), self.stride)
        size = self.experiment.layers * len(self.experiment.parameters)
        theta = self.checkpoints[kept * size : (kept + 1) * size]
        return catch_up(self.experiment, theta, update - further, update)

    def loss(self, update: int) -> float:
        """Return the loss of `update` (from 0), before its weights change.

        Raises IndexError outside of the run.
        """
        if self.whole:
            return self.lows[self._inside(update)]
        return self._met(update)[0]

    def output(self, update: int) -> float:
        """Return the output e of `update` (from 0), before its weights change.

        Raises IndexError outside of the run.
        """
        if self.whole:
            return self.answers[self._inside(update)]
        return self._met(update)[1]

    def _met(self, update: int) -> tuple[float, float]:
        learner, sample = self._learner_before(self._inside(update)), self.sample(update)
        return learner.learn(sample.x, sample.target), learner.outputs[-1]

    def _learner_before(self, update: int) -> Learner:
        return self.experiment.learner(self.theta_before(update))

    def _inside(self, update: int) -> int:
        if not 0 <= update < self.updates:
            raise IndexError(f"update {update} is not in 0 … {self.updates - 1}")
        return update

    def epoch(self, epoch: int) -> Epoch:
        """Return the losses and outputs of `epoch` (from 1).

        Raises IndexError outside of the run.
        """
        samples = self.experiment.samples
        first = self._inside((epoch - 1) * len(samples))
        if self.whole:
            end = first + len(samples)
            return Epoch(self.lows[first:end], self.answers[first:end])
        learner = self._learner_before(first)
        met = [(learner.learn(s.x, s.target), learner.outputs[-1]) for s in samples]
        return Epoch([loss for loss, _ in met], [output for _, output in met])

    def ended(self, epochs: int) -> "Run":
        """Return the run of the same experiment with only its first `epochs` epochs.

        Raises IndexError for more epochs than the run has.
        """
        updates = epochs * len(self.experiment.samples)
        kept = -(-updates // self.stride)
        size = len(self.experiment.theta)
        converged, diverged = self.converged_at, self.diverged_at
        return replace(
            self,
            experiment=replace(self.experiment, epochs=epochs),
            checkpoints=memoryview(self.checkpoints)[: kept * size],  # type: ignore[arg-type]
            lows=self.lows[:kept],
            highs=self.highs[:kept],
            answers=self.answers[:updates],
            **final_rows(self.experiment, self.theta_before(updates)),
            converged_at=converged if converged is not None and converged <= epochs else None,
            diverged_at=diverged if diverged is not None and diverged.epoch <= epochs else None,
        )

    def sample(self, update: int) -> Sample:
        """Return the sample that `update` learns from."""
        return self.experiment.samples[update % len(self.experiment.samples)]

    def place(self, update: int) -> Place:
        """Return the epoch and the sample of `update`, both from 1."""
        epoch, sample = divmod(update, len(self.experiment.samples))
        return Place(epoch + 1, sample + 1)

    def predict(self, x: float) -> Prediction:
        """Return the prediction of the trained chain for `x`."""
        return prediction(self.experiment, self.final_theta, x)
