"""The cost of a backward pass: its multiplications, counted by running it.

    >>> from engine.chain_rule.multiplications import count
    >>> count(3)
    Count(layers=3, written_out=6, expanded=9, backprop=5)

All gradients of one sample are computed in three ways, with numbers that count how often two of
them are multiplied:

- written out: each gradient is the product of its factors, with the stored outputs;
- expanded: each gradient is that product, with every output in it computed again from w and x;
- backprop: the steps of backpropagation, one after the other.

Known before are e − ê and, for an activation other than the identity, every f′(zᵢ); the
identity's f′ = 1 is a constant, and multiplying by a constant is free.
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from functools import reduce
from operator import mul
from typing import ClassVar, NamedTuple

from engine.activations import IDENTITY
from engine.algorithms import CORRECT
from engine.chain import WEIGHTS_ALONE, functions_of, outputs_of
from engine.chain_rule.derivation import factors_of
from engine.expressions import names_in
from engine.parameters import Parameter, values_by_name
from engine.quantities import Name, Quantity
from engine.steps import Phase, Structure, steps_of
from engine.user_error import UserError, shown
from engine.words import mark

MOST_LAYERS = 1000
"""Longer chains are not counted: the expansion takes a million multiplications already."""


class Count(NamedTuple):
    """Multiplications of one backward pass of a chain of `layers`, in three ways."""

    layers: int
    written_out: int
    expanded: int
    backprop: int


class Counted(float):
    """A number that counts: `products[0]` goes up by one when two of its kind are multiplied.

    A product with a plain constant is free, and so is a sum.
    """

    __slots__ = ()
    # Python forgets what it knows of a class when an attribute is set: a list it may change.
    products: ClassVar[list[int]] = [0]

    def __mul__(self, other: float) -> "Counted":
        """Multiply, and count it where `other` counts as well."""
        if type(other) is Counted:
            Counted.products[0] += 1
        return Counted(float.__mul__(self, other))

    def __add__(self, other: float) -> "Counted":
        """Add, for free."""
        return Counted(float.__add__(self, other))


class Given(NamedTuple):
    """A chain of counted numbers at one sample, its forward pass done.

    `numbers` are those that are known: θ, a₀ … aₙ, e − ê and every f′.
    """

    numbers: dict[Name, Counted]
    structure: Structure


def given(theta: list[float], x: float, target: float, structure: Structure) -> Given:
    """Return a chain of counted numbers, with what its forward pass has stored."""
    n, f = structure.layers, structure.f
    outputs = outputs_of(theta, x, structure.activation, structure.parameters)
    numbers = {
        name: Counted(value) for name, value in values_by_name(structure.parameters, theta).items()
    }
    numbers[Name(Quantity.UPSTREAM, n)] = Counted(outputs[n] - target)
    for i, output in enumerate(outputs):
        numbers[Name(Quantity.OUTPUT, i)] = Counted(output)
        numbers[Name(Quantity.DERIVATIVE, i)] = Counted(f.derivative(output))
    return Given(numbers, structure)


def written_out(chain: Given) -> Iterator[float]:
    """Yield the gradients of layers n … 1, each as the product of its stored factors."""
    for name in _names(chain.structure):
        factors = factors_of(name, chain.structure)
        yield reduce(mul, map(chain.numbers.__getitem__, factors))


def fully_expanded(chain: Given) -> Iterator[float]:
    """Yield the gradients of layers n … 1, each computed from e − ê, the parameters and x alone."""
    structure, numbers = chain.structure, chain.numbers
    answer = _counted_answer(structure)
    layers = range(1, structure.layers + 1)
    rows = [[numbers[one.of(i)] for i in layers] for one in structure.parameters]
    x = numbers[Name(Quantity.OUTPUT, 0)]

    def anew(factor: Name) -> float:
        """Return an output computed again; e − ê and f′ are given as they are."""
        if factor.quantity is not Quantity.OUTPUT:
            return numbers[factor]
        return answer([row[: factor.layer] for row in rows], x)

    for name in _names(structure):
        yield reduce(mul, map(anew, factors_of(name, structure)))


def backpropagated(chain: Given) -> Iterator[float]:
    """Yield the gradients of layers n … 1 as backpropagation computes them.

    The product ∂L/∂aᵢ·f′(zᵢ), with which two steps begin, is computed once.
    """
    numbers, products = dict(chain.numbers), dict[tuple[Name, ...], Counted]()
    for step in steps_of(chain.structure):
        if step.phase not in (Phase.GRADIENT, Phase.PASS_ON):
            continue
        names = tuple(names_in(step.expression))
        products[names[:1]] = numbers[names[0]]
        for k in range(1, len(names)):
            if names[: k + 1] not in products:
                products[names[: k + 1]] = products[names[:k]] * numbers[names[k]]
        numbers[step.result] = products[names]
        if step.phase is Phase.GRADIENT:
            yield products[names]


def _names(structure: Structure) -> Iterator[Name]:
    """Yield the parameters of layers n … 1."""
    for i in range(structure.layers, 0, -1):
        yield from (one.of(i) for one in structure.parameters)


def _counted_answer(structure: Structure) -> Callable[[Sequence[Sequence[float]], float], float]:
    """Return what computes an output of counted numbers; inside of f nothing is counted."""

    def function(z: float) -> float:
        return Counted(structure.f.function(float(z)))

    activation, parameters = structure.activation, structure.parameters
    return functions_of(activation, CORRECT, parameters, function, function).answer


WAYS = (written_out, fully_expanded, backpropagated)
"""In the order of `Count`."""

_known: dict[tuple[int, str, tuple[Parameter, ...]], Count] = {}
"""What was counted already, by the arguments of `counting`."""


def counting(
    layers: int,
    activation: str = IDENTITY,
    parameters: tuple[Parameter, ...] = WEIGHTS_ALONE,
) -> Generator[None, None, Count]:
    """Count for a chain of `layers` in small pieces; the generator returns the `Count`.

    What was counted before is returned at once. Which numbers are multiplied makes no difference:
    all weights and x are 1. Raises `UserError` for a number of layers that is not in 1 …
    `MOST_LAYERS`.
    """
    if not 1 <= layers <= MOST_LAYERS:
        template = mark("The number of layers must be from 1 to {most}, not {value}.")
        raise UserError(template, most=MOST_LAYERS, value=shown(layers))
    if known := _known.get((layers, activation, parameters)):
        return known
    structure = Structure(layers, activation, CORRECT, parameters)
    chain = given([1.0] * layers * len(parameters), 1.0, -1.0, structure)
    counts = []
    for way in WAYS:
        counted, before = 0, Counted.products[0]
        for _gradient in way(chain):
            counted += Counted.products[0] - before
            yield
            # Meanwhile somebody else may have counted.
            before = Counted.products[0]
        counts.append(counted)
    result = _known[layers, activation, parameters] = Count(layers, *counts)
    return result


def count(
    layers: int,
    activation: str = IDENTITY,
    parameters: tuple[Parameter, ...] = WEIGHTS_ALONE,
) -> Count:
    """Return the multiplications of one backward pass of a chain of `layers`.

    Raises `UserError` as `counting` does.
    """
    pieces = counting(layers, activation, parameters)
    while True:
        try:
            next(pieces)
        except StopIteration as done:
            counted: Count = done.value
            return counted
