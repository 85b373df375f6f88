"""What the slips are called, wherever they are named without the numbers that show them."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from engine.activations import ACTIVATIONS
from engine.experiment import Experiment, Sample
from engine.steps import steps_per_sample
from engine.teaching.friendly import friendly
from engine.teaching.lesson import Number
from engine.teaching.parsing import parse_value
from engine.teaching.places import Place
from engine.teaching.run_slips import run_slips
from engine.teaching.slips import slips_at
from engine.teaching.standing import trained
from engine.words import Say

_WEIGHTS, _BIASES, _SAMPLES = (0.5, -1.5, 2.0), (0.5, 1.0, -0.5), (Sample(2.0, 1.0),)
_CURVED = tuple(
    Experiment(_WEIGHTS, _SAMPLES, 0.1, 1, activation=one.name, biases=_BIASES)
    for one in ACTIVATIONS.values()
    if not one.is_identity
)
"""Here those can be made that need an activation or a bias."""


_ASKED = (
    *("updates", "epochs", "steps", "mean_loss end", "edge", "curvature", "checked 1"),
    *("multiplications backprop", "loss with weight 1 + 1", "weight 1 / gradient 1"),
)
"""At these questions those can be made that are about more than one step."""

_SYMBOLS = {"e": "e", "t": "ê"}
"""The numbers that stand in those words: the same in every chain."""


def slip_words(name: str, say: Say) -> str:
    """Return what is done wrong, in a few words; of a slip that nobody knows any more, its name."""
    if name not in _rules():
        return name.replace("_", " ")
    return say(_rules()[name]).format(**_SYMBOLS)


@lru_cache
def _rules() -> Mapping[str, str]:
    """Return the rules of all slips by their names."""
    found: dict[str, str] = {}
    for experiment in (friendly(0), *_CURVED):
        run = trained(experiment)
        for index in range(1, steps_per_sample(experiment.structure) + 1):
            for slip in slips_at(run, index):
                found.setdefault(slip.name, slip.rule)
    for asked in _ASKED:
        step = Number(experiment=friendly(0), at=Place("end"), ask=parse_value(asked))
        for slip in run_slips(step):
            found.setdefault(slip.name, slip.rule)
    return MappingProxyType(found)
