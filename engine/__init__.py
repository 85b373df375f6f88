"""The mathematics of Chainstep: train a chain of scalar neurons and look at any step of it.

    >>> from chainstep.engine import Experiment, moment_at, train
    >>> run = train(Experiment())
    >>> run.predict(1.0).label
    -1
    >>> moment_at(run, 3).outputs
    (1.0, 0.2333, -0.0543589, 0.028338925337)

What else there is has its module or package: its `chain_rule`, `diagnosis`, `history`, `maps`,
`presets` and `programs`. Nothing below this package
knows of a window.
"""

from typing import TYPE_CHECKING

from engine.experiment import Experiment, Sample, random_weights
from engine.moment import Moment, moment_at
from engine.run import Place, Prediction, Run
from engine.steps import Phase, Step
from engine.training.train import Cancelled, train
from engine.user_error import UserError

if TYPE_CHECKING:
    from engine.checking.gradient_check import GradientCheck, Verdict, check_gradients

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


if not TYPE_CHECKING:  # which knows them from above

    def __getattr__(name: str) -> object:
        """Import the gradient check when it is asked for: the window is seen earlier without."""
        if name in ("GradientCheck", "Verdict", "check_gradients"):
            from engine.checking import gradient_check  # noqa: PLC0415

            return getattr(gradient_check, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)


def __dir__() -> list[str]:
    return [*globals(), *__all__]
