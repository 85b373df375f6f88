"""Formulas over named numbers: the right-hand side of a step.

    >>> w, a = Name(Quantity.WEIGHT, 1), Name(Quantity.OUTPUT, 0)
    >>> evaluate(product(w, a), {w: 2.0, a: 3.0}.__getitem__)
    6.0

A product is multiplied from left to right, a product inside a product first. So an expression fixes
every operation and their order, and with them the last bit of its value.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import add, mul
from typing import Generic, TypeVar

from engine.quantities import Name, Quantity

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Product:
    """The product of `parts`, multiplied from left to right."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of `parts`, added from left to right."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """The first of the two `parts` minus the second."""

    parts: tuple["Expression", "Expression"]


@dataclass(frozen=True, slots=True)
class Negated:
    """The only one of `parts`, with the opposite sign."""

    parts: tuple["Expression"]


@dataclass(frozen=True, slots=True)
class HalfSquare:
    """½d², for the only one of `parts`, d."""

    parts: tuple["Expression"]


@dataclass(frozen=True, slots=True)
class Activated:
    """f(z), for the only one of `parts`, z."""

    parts: tuple["Expression"]


@dataclass(frozen=True, slots=True)
class Slope:
    """f′(z), for the only one of `parts`, z; it is computed from f(z)."""

    parts: tuple["Expression"]


@dataclass(frozen=True, slots=True)
class Spread:
    """`name`, which is the product of `parts`, multiplied into a product factor by factor.

    α·g with g = u·a is then computed as (α·u)·a, which can differ from α·(u·a) in the last bit.
    """

    name: Name
    parts: tuple["Expression", ...]


Node = Product | Sum | Difference | Negated | HalfSquare | Activated | Slope | Spread
Expression = Name | Node


def product(*factors: Expression) -> Expression:
    """Return the product of some factors; a single one stays as it is."""
    return factors[0] if len(factors) == 1 else Product(factors)


def total(*terms: Expression) -> Expression:
    """Return the sum of some terms; a single one stays as it is."""
    return terms[0] if len(terms) == 1 else Sum(terms)


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """How `fold` converts an expression: a function of a name, and one of a node and its parts."""

    name: Callable[[Name], T]
    node: Callable[[Node, list[T]], T]


def fold(expression: Expression, reading: Reading[T], known: dict[int, T] | None = None) -> T:
    """Convert an expression bottom-up, from its names to the whole, without recursion.

    `known` caches the result of each node by its identity, for expressions that share parts.
    """
    made: list[T] = []
    waiting: list[tuple[Expression, bool]] = [(expression, False)]
    while waiting:
        node, parts_are_made = waiting.pop()
        if isinstance(node, Name):
            made.append(reading.name(node))
        elif known and id(node) in known:
            made.append(known[id(node)])
        elif parts_are_made:
            count = len(factors(node))
            read = reading.node(node, made[-count:])
            made[-count:] = [read]
            if known is not None:
                known[id(node)] = read
        else:
            waiting.append((node, True))
            waiting.extend((part, False) for part in reversed(factors(node)))
    return made[0]


def evaluate(
    expression: Expression,
    value_of: Callable[[Name], float],
    function: Callable[[float], float] | None = None,
    derivative: Callable[[float], float] | None = None,
) -> float:
    """Return the value of an expression, from the values of its names.

    `function` is f, `derivative` f′ as a function of f(z); expressions without either need none.
    """
    return fold(expression, Reading(value_of, operations(function, derivative)))


def operations(
    function: Callable[[float], float] | None, derivative: Callable[[float], float] | None
) -> Callable[[Node, list[float]], float]:
    """Return what computes a node from the values of its parts, by this f and f′(f(z))."""

    def compute(node: Node, parts: list[float]) -> float:
        match node:
            case Product() | Spread():
                return reduce(mul, parts)
            case Sum():
                return reduce(add, parts)
            case Difference():
                return parts[0] - parts[1]
            case Negated():
                return -parts[0]
            case HalfSquare():
                return 0.5 * parts[0] * parts[0]
            case Activated():
                assert function is not None  # noqa: S101 - the caller has an activation
                return function(parts[0])
            case Slope():
                assert function is not None  # noqa: S101
                assert derivative is not None  # noqa: S101
                return derivative(function(parts[0]))

    return compute


def factors(node: Node) -> tuple[Expression, ...]:
    """Return the parts of a node as they are computed with: a product's, with those of a spread."""
    if not isinstance(node, Product):
        return node.parts
    found: list[Expression] = []
    for part in node.parts:
        found += part.parts if isinstance(part, Spread) else (part,)
    return tuple(found)


def names_in(expression: Expression) -> Iterator[Name]:
    """Yield the names in an expression as its formula shows them, from left to right."""
    if isinstance(expression, Name):
        yield expression
    elif isinstance(expression, Spread):
        yield expression.name
    else:
        for part in expression.parts:
            yield from names_in(part)


def renamed(expression: Expression, other: Callable[[Name], Expression]) -> Expression:
    """Return an expression in which each name is replaced by `other(name)`."""
    if isinstance(expression, Name):
        return other(expression)
    parts = tuple(renamed(part, other) for part in expression.parts)
    if isinstance(expression, Spread):
        name = other(expression.name)
        assert isinstance(name, Name)  # noqa: S101 - a product is not put in for its own name
        return Spread(name, parts)
    return type(expression)(parts)  # type: ignore[arg-type]


def linear(expression: Expression) -> Expression:
    """Return an expression simplified for the identity: f(z) = z and f′ = 1.

    A product with 1 is the number itself, to the last bit, so f′ is left out of products.
    """
    match expression:
        case Name():
            return expression
        case Activated((part,)):
            return linear(part)
        case Product(parts):
            return product(*(linear(part) for part in parts if not _is_slope(part)))
        case Spread(name, parts):
            return Spread(name, tuple(linear(part) for part in parts if not _is_slope(part)))
        case _:
            return type(expression)(tuple(map(linear, expression.parts)))  # type: ignore[arg-type]


def _is_slope(expression: Expression) -> bool:
    return isinstance(expression, Slope) or (
        isinstance(expression, Name) and expression.quantity is Quantity.DERIVATIVE
    )
