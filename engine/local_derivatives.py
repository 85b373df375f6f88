"""The derivative of one operation of the forward pass by one of the numbers it is computed from.

    >>> structure = Structure(3, "identity", "backprop")
    >>> [link] = links(structure, steps_of(structure)[5])    # the gradient of layer 3
    >>> link.by, link.factors                                # ∂e/∂w₃ = z, because e = w₃·z
    (Name(quantity=<Quantity.WEIGHT: 'weight'>, layer=3), \
(Name(quantity=<Quantity.OUTPUT: 'output'>, layer=2),))

The chain rule multiplies it by what arrives: ∂L/∂w₃ = ∂L/∂e · ∂e/∂w₃.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.activations import Activation
from engine.algorithms.rules import slope
from engine.algorithms.step import Phase, Step
from engine.expressions import (
    Activated,
    Expression,
    HalfSquare,
    Product,
    Reading,
    Sum,
    fold,
    names_in,
    operations,
    product,
)
from engine.parameters import PARAMETERS, parameter_of
from engine.quantities import Name, Quantity
from engine.steps import Structure, steps_of

_FORWARD = (Phase.FORWARD, Phase.LOSS)
_VALUES = frozenset(one.quantity for one in PARAMETERS)
_GRADIENTS = frozenset(one.gradient for one in PARAMETERS)


@dataclass(frozen=True, slots=True)
class Link:
    """The derivative of the result of `of`, a step of the forward pass, by the number `by`.

    It is the product of `factors`; without any it is 1.
    """

    of: Step
    by: Name
    factors: tuple[Expression, ...]

    @property
    def expression(self) -> Expression | None:
        """The derivative as a formula; None is 1."""
        return product(*self.factors) if self.factors else None


def links(structure: Structure, step: Step) -> tuple[Link, ...]:
    """Return the local derivatives that belong to a step.

    A gradient, an update, the start at the loss and passing back have one: what the chain rule
    multiplies there, whatever the algorithm really computes. A step of the forward pass has those
    by all it is computed from but the input x, which the backward pass will need.
    """
    result = step.result
    if step.phase in _FORWARD:
        names = names_in(step.expression)
        wanted = [name for name in names if _is_needed(name)]
        return tuple(Link(step, name, _derivative(step.expression, name)) for name in wanted)
    if result.quantity in _VALUES:
        by = result
    elif result.quantity in _GRADIENTS:
        by = parameter_of(result.quantity).of(result.layer)
    else:
        by = Name(Quantity.OUTPUT, result.layer)
    of = next(
        one
        for one in steps_of(structure)
        if one.phase in _FORWARD and by in names_in(one.expression)
    )
    return (Link(of, by, _derivative(of.expression, by)),)


def value_of(link: Link, numbers: Mapping[Name, float], f: Activation) -> float:
    """Return the value of a local derivative, from the numbers of the forward pass.

    Raises KeyError where one of them is not computed yet.
    """
    if link.expression is None:
        return 1.0

    def value(name: Name) -> float:
        return number(name, numbers, f)

    return fold(link.expression, Reading(value, operations(f.function, f.derivative)))


def number(name: Name, numbers: Mapping[Name, float], f: Activation) -> float:
    """Return a number of the forward pass; f′(zᵢ) is computed from aᵢ."""
    if name.quantity is Quantity.DERIVATIVE:
        return f.derivative(numbers[Name(Quantity.OUTPUT, name.layer)])
    return numbers[name]


def _is_needed(name: Name) -> bool:
    return name.quantity in _VALUES or (name.quantity is Quantity.OUTPUT and name.layer > 0)


def _derivative(expression: Expression, by: Name) -> tuple[Expression, ...]:
    """Return the factors of the derivative of a formula, in which `by` stands once."""
    if isinstance(expression, Name):
        return ()
    inner = next(part for part in expression.parts if by in names_in(part))
    rest = _derivative(inner, by)
    match expression:
        case Product(parts):
            return (*rest, *(part for part in parts if part is not inner))
        case Activated():
            layer = next(n.layer for n in names_in(expression) if n.quantity in _VALUES)
            return (slope(layer), *rest)
        case HalfSquare((part,)):
            return (part, *rest)
        case Sum():
            return rest
        case _:
            # Of a difference only the first part depends on the weights: e − ê.
            return rest
