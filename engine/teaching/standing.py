"""Where a value of a lesson is taken: a run, and a moment in it."""

from dataclasses import dataclass, field, replace
from functools import lru_cache

from engine.experiment import Experiment
from engine.moment import Moment, moment_at
from engine.run import Run
from engine.teaching.places import end_of_sample, update_at
from engine.training.train import train


@dataclass(frozen=True, slots=True)
class Standing:
    """Where values are taken: a run, the index of a moment in it, and what it is compared with.

    `start` is the experiment with which a step of a lesson began, before the learner changed it.
    """

    run: Run
    index: int
    start: Experiment | None = field(default=None)

    @property
    def moment(self) -> Moment:
        """The moment."""
        return moment_at(self.run, self.index)

    @property
    def update(self) -> int:
        """The update, from 0."""
        return update_at(self.run, self.index)

    def at_end_of_sample(self) -> "Standing":
        """Return the same with all steps of the sample done, where conditions are decided."""
        return replace(self, index=end_of_sample(self.run, self.index))


@lru_cache(maxsize=64)
def trained(experiment: Experiment) -> Run:
    """Return the run of an experiment; those that were asked for lately are kept."""
    return train(experiment)
