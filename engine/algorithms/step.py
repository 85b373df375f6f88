"""A step: one assignment. An algorithm is a list of steps."""

from dataclasses import dataclass, field
from enum import StrEnum

from engine.expressions import Expression
from engine.quantities import Name
from engine.words import Words


class Phase(StrEnum):
    """What a step does."""

    FORWARD = "forward"
    LOSS = "loss"
    SEED = "seed"
    GRADIENT = "gradient"
    PASS_ON = "pass_on"  # noqa: S105 - no password
    UPDATE = "update"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `result` ← `expression`, what it is for, and the layer (1 … n) it belongs to.

    Loss and seed belong to layer n.
    """

    phase: Phase
    layer: int
    result: Name
    expression: Expression
    words: Words = field(default=Words(), compare=False)
