"""The numbers of a chain, each with a name: a quantity and the layer it belongs to.

>>> Name(Quantity.WEIGHT, 2)
Name(quantity=<Quantity.WEIGHT: 'weight'>, layer=2)
"""

from enum import StrEnum
from typing import NamedTuple


class Quantity(StrEnum):
    """The kind of a number. The symbols are those of the formulas, for layer i of n."""

    OUTPUT = "output"
    """aᵢ; a₀ is the input x."""

    WEIGHT = "weight"
    """wᵢ."""

    BIAS = "bias"
    """bᵢ."""

    WEIGHTED_INPUT = "weighted_input"
    """zᵢ, what the activation is applied to."""

    DERIVATIVE = "derivative"
    """f′(zᵢ)."""

    TARGET = "target"
    """ê; its layer is n."""

    LOSS = "loss"
    """L; its layer is n."""

    UPSTREAM = "upstream"
    """∂L/∂aᵢ, the public derivative (upstream gradient), as an algorithm computes it."""

    GRADIENT = "gradient"
    """∂L/∂wᵢ, as an algorithm computes it."""

    BIAS_GRADIENT = "bias_gradient"
    """∂L/∂bᵢ, as an algorithm computes it."""

    LEARNING_RATE = "learning_rate"
    """α; its layer is 0."""


class Name(NamedTuple):
    """The name of a number: (WEIGHT, i) is wᵢ, (OUTPUT, 0) is x, (TARGET, n) is ê."""

    quantity: Quantity
    layer: int


class Term(NamedTuple):
    """A number with its name: (OUTPUT, i) is aᵢ, (WEIGHT, i) is wᵢ, (UPSTREAM, i) is ∂L/∂aᵢ."""

    quantity: Quantity
    layer: int
    value: float

    @property
    def name(self) -> Name:
        """The name alone."""
        return Name(self.quantity, self.layer)
