"""A mistake at a step, and the chain in which it is made."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from engine.algorithms.rules import output
from engine.expressions import Expression
from engine.quantities import Name, Quantity
from engine.steps import Structure


@dataclass(frozen=True, slots=True)
class Rule:
    """A mistake: what it gives is its `formula`, or a `value` that no formula of the chain has.

    `sentence` says what to do instead, with gaps for the symbols of `names`; `told` says the
    mistake in a few words that complete "fit: …"; `lit` is the number that was mistaken.
    """

    name: str
    sentence: str
    told: str
    formula: Expression | None = None
    value: float | None = None
    names: Mapping[str, Name] = field(default_factory=lambda: MappingProxyType({}))
    lit: Name | None = None


class Chain(NamedTuple):
    """The chain in which a step is done, and the numbers that are at hand."""

    structure: Structure
    numbers: Mapping[Name, float]

    @property
    def layers(self) -> int:
        """How many layers it has."""
        return self.structure.layers

    @property
    def output(self) -> Name:
        """The last output, e."""
        return output(self.layers)

    @property
    def target(self) -> Name:
        """The target, ê."""
        return Name(Quantity.TARGET, self.layers)

    @property
    def loss(self) -> Name:
        """The loss."""
        return Name(Quantity.LOSS, self.layers)


def named(**names: Name) -> Mapping[str, Name]:
    """Return the numbers whose symbols fill the gaps of a sentence."""
    return MappingProxyType(names)
