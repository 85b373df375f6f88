"""The steps of one sample, and what follows from their list.

    >>> structure = Structure(3, "identity", "backprop")
    >>> [(step.phase.value, step.layer) for step in steps_of(structure)][5:8]
    [('gradient', 3), ('pass_on', 3), ('gradient', 2)]

One sample is 4n + 1 steps for a chain of n layers with one weight each: n forward, 1 loss, 1 seed,
n gradients, n − 1 times passing the public derivative back, n updates. Every other parameter of a
layer adds a gradient and an update.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple

from engine.activations import ACTIVATIONS, Activation
from engine.algorithms import ALGORITHMS, CORRECT, Algorithm
from engine.algorithms.rules import forward, loss
from engine.algorithms.step import Phase, Step
from engine.expressions import (
    Expression,
    Node,
    Product,
    Reading,
    Spread,
    fold,
    linear,
    product,
)
from engine.parameters import WEIGHT, Parameter
from engine.quantities import Name, Quantity

__all__ = [
    "Phase",
    "Step",
    "Structure",
    "begins_in_front",
    "is_correct",
    "is_public",
    "position_of",
    "steps_of",
    "steps_per_sample",
    "true_results",
]


class Structure(NamedTuple):
    """Everything that the steps of an experiment depend on."""

    layers: int
    activation: str
    algorithm: str
    parameters: tuple[Parameter, ...] = (WEIGHT,)

    @property
    def f(self) -> Activation:
        """The record of the activation."""
        return ACTIVATIONS[self.activation]

    @property
    def by(self) -> Algorithm:
        """The record of the algorithm."""
        return ALGORITHMS[self.algorithm]

    @property
    def linear(self) -> bool:
        """Whether there is no activation."""
        return self.f.is_identity


def steps_per_sample(structure: Structure) -> int:
    """Return the number of steps: 4n + 1, and 2n more for every further parameter."""
    return 2 * structure.layers * (1 + len(structure.parameters)) + 1


@lru_cache(maxsize=256)
def steps_of(structure: Structure) -> tuple[Step, ...]:
    """Return the steps of one sample in their order."""
    n, parameters = structure.layers, structure.parameters
    ahead = (forward(i, parameters) for i in range(1, n + 1))
    steps = (*ahead, loss(n), *structure.by.backward(n, parameters))
    if not structure.linear:
        return steps
    return tuple(replace(step, expression=linear(step.expression)) for step in steps)


@lru_cache(maxsize=256)
def _positions(structure: Structure) -> Mapping[Name, int]:
    steps = steps_of(structure)
    return MappingProxyType({step.result: k for k, step in enumerate(steps, start=1)})


def position_of(structure: Structure, result: Name) -> int:
    """Return the position of the step that computes a number: 1 … `steps_per_sample`.

    For a parameter it is the step of its update. Raises KeyError for a number that no step
    computes.
    """
    return _positions(structure)[result]


@lru_cache(maxsize=64)
def begins_in_front(algorithm: str) -> bool:
    """Tell whether the backward pass of an algorithm goes from the first layer to the last."""
    two = Structure(2, _CURVED, algorithm)
    return next(s for s in steps_of(two) if s.phase is Phase.SEED).result.layer == 1


def is_public(structure: Structure, layer: int) -> bool:
    """Tell whether what the algorithm brings to a layer is the public derivative ∂L/∂aᵢ.

    It is asked of any activation: with the identity a mistake may have no effect, and is one still.
    """
    curved = structure._replace(activation=_CURVED)
    return Name(Quantity.UPSTREAM, layer) in true_results(curved)


def is_correct(structure: Structure) -> bool:
    """Tell whether the algorithm computes every gradient of such a chain by the right formula."""
    gradients = (s.result for s in steps_of(structure) if s.phase is Phase.GRADIENT)
    return true_results(structure).issuperset(gradients)


@lru_cache(maxsize=64)
def true_results(structure: Structure) -> frozenset[Name]:
    """Return the results that are, as formulas, what correct backpropagation computes."""
    formulas = _Formulas()
    found = formulas.of(steps_of(structure))
    right = formulas.of(steps_of(structure._replace(algorithm=CORRECT)))
    return frozenset(name for name, formula in found.items() if right.get(name) == formula)


class _Formulas:
    """Numbers formulas, so that the same formula has the same number.

    A formula is what a step computes with all that was computed before put in: down to the numbers
    that are given. A new weight is therefore another number than the weight before.
    """

    def __init__(self) -> None:
        self._numbers: dict[object, int] = {}

    def of(self, steps: Sequence[Step]) -> dict[Name, int]:
        """Return the formula of every result."""
        known: dict[Name, int] = {}
        reading = Reading(lambda name: known.get(name, self._number(name)), self._node)
        for step in steps:
            known[step.result] = fold(_flat(step.expression), reading)
        return known

    def _node(self, node: Node, parts: list[int]) -> int:
        return self._number((type(node), *parts))

    def _number(self, formula: object) -> int:
        return self._numbers.setdefault(formula, len(self._numbers))


def _flat(expression: Expression) -> Expression:
    """Return an expression without spreads, and without products in products.

    The order of multiplication makes no difference to a formula.
    """
    if isinstance(expression, Name):
        return expression
    if isinstance(expression, Spread):
        return expression.name
    parts = [_flat(part) for part in expression.parts]
    if not isinstance(expression, Product):
        return type(expression)(tuple(parts))  # type: ignore[arg-type]
    nested = (part.parts if isinstance(part, Product) else (part,) for part in parts)
    return product(*chain.from_iterable(nested))


_CURVED = next(name for name, one in ACTIVATIONS.items() if not one.is_identity)
"""Any activation that is not the identity."""
