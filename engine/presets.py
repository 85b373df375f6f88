"""The experiments that have a name."""

from engine.experiment import Experiment
from engine.problem import mark

OPENING = Experiment()
"""What the window opens with: the article's values, correct backpropagation, 240 epochs."""

FIRST_LISTING = Experiment(epochs=160, algorithm="in_place")
"""The article's first listing exactly as it is printed."""


def title_of(experiment: Experiment) -> str:
    """Return the English title of an experiment, marked for translation."""
    titles = {
        OPENING: mark("The article: learn e = −x"),
        FIRST_LISTING: mark("The article’s first listing"),
    }
    return titles.get(experiment, mark("An experiment of your own"))
