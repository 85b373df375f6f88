"""The training of a chain as a short Python program, in several forms.

    >>> from engine import Experiment
    >>> program(Experiment(), "loop").lines[0]
    '\"\"\"Train a chain of 3 neurons.'

A program runs on its own and needs nothing of Chainstep. It does the same operations in the same
order as `engine.chain`, and so prints the same numbers to the last digit.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType

from engine.experiment import Experiment
from engine.programs.framework import framework
from engine.programs.loop import loop
from engine.programs.program import COLUMNS, Program
from engine.programs.pytorch import pytorch
from engine.programs.unrolled import MOST_LAYERS, unrolled

_WRITERS: Mapping[str, Callable[[Experiment], Program]] = MappingProxyType(
    {"unrolled": unrolled, "loop": loop, "framework": framework, "pytorch": pytorch}
)

FORMS = tuple(_WRITERS)
"""In the order of their tabs; all but the last need the standard library alone."""


@lru_cache(maxsize=8)
def program(experiment: Experiment, form: str) -> Program:
    """Return the program that trains an experiment.

    Raises `UserError` for the unrolled form of more than `MOST_LAYERS` layers.
    """
    return _WRITERS[form](experiment)


__all__ = ["COLUMNS", "FORMS", "MOST_LAYERS", "Program", "program"]
