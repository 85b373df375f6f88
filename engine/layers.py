"""The steps of chains of any length, as loops over their layers.

    >>> for part in parts_of("identity", "backprop"):
    ...     print([step.phase.value for step in part.steps], part.direction)
    ['forward'] 1
    ['loss'] 0
    ['seed'] 0
    ['gradient', 'pass_on'] -1
    ['update'] -1

The list of steps of one short chain shows which of them repeat from layer to layer.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from engine.expressions import renamed
from engine.parameters import WEIGHT, Parameter
from engine.quantities import Name, Quantity
from engine.steps import Phase, Step, Structure, steps_of

PATTERN = 4
"""The layers of the chain from whose steps the loops are read off."""

_OF_THE_CHAIN = frozenset({Quantity.TARGET, Quantity.LOSS, Quantity.LEARNING_RATE})
"""What belongs to no layer."""

_ONCE = frozenset({Phase.LOSS, Phase.SEED})


class Part(NamedTuple):
    """A loop over all layers, or a step that is taken once (`direction` 0).

    A loop goes from the first layer to the last (1) or back (−1). The names in its `steps` have the
    distance to its own layer instead of a layer: (OUTPUT, −1) is aᵢ₋₁. The last `left_out` of them
    are not taken in the last turn. The names in a step that is taken once are those of a chain of
    `PATTERN` layers.
    """

    steps: tuple[Step, ...]
    direction: int = 0
    left_out: int = 0


@lru_cache(maxsize=64)
def parts_of(
    activation: str, algorithm: str, parameters: tuple[Parameter, ...] = (WEIGHT,)
) -> tuple[Part, ...]:
    """Return the steps of chains with this activation, algorithm and these parameters as loops.

    Raises ValueError where the steps do not repeat from layer to layer.
    """
    rest = list(steps_of(Structure(PATTERN, activation, algorithm, parameters)))
    found = []
    while rest:
        part = Part((rest[0],)) if rest[0].phase in _ONCE else _loop(rest)
        turns = PATTERN if part.direction else 1
        del rest[: turns * len(part.steps) - part.left_out]
        found.append(part)
    return tuple(found)


def _loop(steps: Sequence[Step]) -> Part:
    """Return the loop with which `steps` begin."""
    first = steps[0].layer
    direction = 1 if first == 1 else -1
    size = next((k for k, step in enumerate(steps) if step.layer != first), len(steps))
    body = tuple(_seen_from(step, first) for step in steps[:size])
    turns = [(first + direction * turn, step) for turn in range(PATTERN) for step in body]
    alike = (_seen_from(s, i) == step for (i, step), s in zip(turns, steps, strict=False))
    same = sum(takewhile(bool, alike))
    left_out = len(turns) - same
    if left_out >= size:
        after = steps[same - 1] if same else steps[0]
        raise ValueError(f"the steps do not repeat from layer to layer, at or after {after}")
    return Part(body, direction, left_out)


def _seen_from(step: Step, layer: int) -> Step:
    """Return a step whose names have the distance to `layer` instead of a layer."""

    def distant(name: Name) -> Name:
        apart = 0 if name.quantity in _OF_THE_CHAIN else name.layer - layer
        return Name(name.quantity, apart)

    return replace(
        step,
        layer=step.layer - layer,
        result=distant(step.result),
        expression=renamed(step.expression, distant),
    )
