"""What is more than the window can show. No Qt."""

from engine import Experiment, UserError
from engine.training.train import refuse_too_large
from engine.user_error import Location
from engine.words import mark

MOST_ROWS = 64
"""The most layers, and the most samples, that the window shows."""


def fits(experiment: Experiment) -> Experiment:
    """Return `experiment`, or raise `UserError` where it is more than the window can show."""
    for name, size in (("layers", experiment.layers), ("samples", len(experiment.samples))):
        if size > MOST_ROWS:
            raise UserError(
                mark("{location}: the window shows at most {most}, not {value}."),
                Location(name),
                most=MOST_ROWS,
                value=size,
            )
    refuse_too_large(experiment)
    return experiment
