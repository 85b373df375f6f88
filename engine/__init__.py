"""The mathematics of Chainstep: train a chain of scalar neurons and look at any step of it.

    >>> from engine import Experiment, moment_at, train
    >>> run = train(Experiment())
    >>> run.predict(1.0).label
    -1
    >>> moment_at(run, 3).outputs
    (1.0, 0.2333, -0.0543589, 0.028338925337)

What else there is has its module or package: `engine.chain_rule`, `engine.diagnosis`,
`engine.history`, `engine.maps`, `engine.presets`, `engine.programs`. Nothing below this package
knows of a window.
"""

from engine.checking.gradient_check import GradientCheck, Verdict, check_gradients
from engine.experiment import Experiment, Sample, random_weights
from engine.moment import Moment, moment_at
from engine.run import Place, Prediction, Run
from engine.steps import Phase, Step
from engine.training.train import Cancelled, train
from engine.user_error import UserError

Problem = UserError
"""The name that it had in version 0.1.0, for scripts that catch it."""

__all__ = [
    "Cancelled",
    "Experiment",
    "GradientCheck",
    "Moment",
    "Phase",
    "Place",
    "Prediction",
    "Problem",
    "Run",
    "Sample",
    "Step",
    "UserError",
    "Verdict",
    "check_gradients",
    "moment_at",
    "random_weights",
    "train",
]
