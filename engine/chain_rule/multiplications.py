"""What a backward pass costs: its multiplications, counted by running it.

    >>> from engine.chain_rule.multiplications import count
    >>> count(3)
    Count(layers=3, written_out=6, expanded=9, backprop=5)

All gradients of one sample are computed in three ways, with numbers that count how often two of
them are multiplied:

- written out: each gradient is the product of its factors, with the stored outputs;
- expanded: each gradient is that product, every output in it taken anew from the weights and x;
- backprop: `engine.chain.differentiate` itself.

Known before are e − ê and, for an activation other than the identity, every f′(zᵢ); the
identity's f′ = 1 is a constant, and multiplying by a constant is free.
"""

from collections.abc import Generator, Iterator, Mapping
from functools import lru_cache, reduce
from operator import mul, sub
from typing import ClassVar, NamedTuple

from engine.chain import ACTIVATIONS, Scalar, differentiate, forward
from engine.chain_rule.derivation import (
    Applied,
    Name,
    Reading,
    applied,
    expanded,
    factors_of,
    fold,
    passed,
)
from engine.moment import Quantity
from engine.problem import Problem, mark, shown

MOST_LAYERS = 1000
"""Longer chains are not counted: the expansion takes a million multiplications already."""


class Count(NamedTuple):
    """Multiplications of one backward pass of a chain of `layers`, in three ways."""

    layers: int
    written_out: int
    expanded: int
    backprop: int


class Counted(float):
    """A number that counts: `products` goes up by one whenever two of its kind are multiplied.

    A product with a plain constant is free, and so are differences.
    """

    __slots__ = ()
    products: ClassVar[int] = 0

    def __mul__(self, other: float) -> "Counted":
        """Multiply, and count it where `other` counts as well."""
        if type(other) is Counted:
            Counted.products += 1
        return Counted(float.__mul__(self, other))

    def __sub__(self, other: float) -> "Counted":
        """Subtract, for free."""
        return Counted(float.__sub__(self, other))


class Given(NamedTuple):
    """A chain of counted numbers at one sample, its forward pass done: a₀ … aₙ are stored."""

    weights: list[Counted]
    outputs: list[Counted]
    target: float
    activation: str


def given(weights: list[float], x: float, target: float, activation: str) -> Given:
    """Return a chain of counted numbers, with the outputs that its forward pass stored."""
    outputs = [0.0] * (len(weights) + 1)
    forward(weights, x, ACTIVATIONS[activation].function, outputs)
    return Given(list(map(Counted, weights)), list(map(Counted, outputs)), target, activation)


def written_out(chain: Given) -> Iterator[float]:
    """Yield the gradients of layers n … 1, each as the product of its stored factors."""
    for known, output in _rows(chain):
        yield reduce(mul, known) * chain.outputs[output.layer]


def fully_expanded(chain: Given) -> Iterator[float]:
    """Yield the gradients of layers n … 1, each multiplied anew from e − ê, the weights and x."""
    symbols = [chain.outputs[0], *chain.weights]
    reading = Reading(lambda name: symbols[name.layer], mul, sub, _applied)
    for known, output in _rows(chain):
        anew = fold(expanded(output, len(chain.weights), chain.activation), reading)
        yield reduce(mul, known) * anew


def _rows(chain: Given) -> Iterator[tuple[list[Counted], Name]]:
    """Yield the factors of each gradient, n … 1: their values, and the last one, an output."""
    values, n = _known(chain), len(chain.weights)
    way = [values[name] for name in factors_of(1, n, chain.activation)[:-1]]
    for i in range(n, 0, -1):
        *names, output = factors_of(i, n, chain.activation)
        own = names[passed(i, n, chain.activation) :]
        yield [*way[: len(names) - len(own)], *(values[name] for name in own)], output


def backpropagated(chain: Given) -> Iterator[float]:
    """Yield the gradients of layers n … 1 as backpropagation computes them."""
    n = len(chain.weights)
    upstreams, gradients = [0.0] * n, [0.0] * n
    slope = _slope(chain.activation)
    differentiate(chain.weights, chain.outputs, chain.target, slope, upstreams, gradients)
    yield from reversed(gradients)


WAYS = (written_out, fully_expanded, backpropagated)
"""In the order of `Count`."""


def counting(layers: int, activation: str = "identity") -> Generator[None, None, Count]:
    """Count for a chain of `layers` in small pieces: a generator that ends with the `Count`.

    Which numbers are multiplied makes no difference: all weights and x are 1. Raises `Problem`
    for a number of layers that is not in 1 … `MOST_LAYERS`.
    """
    if not 1 <= layers <= MOST_LAYERS:
        template = mark("The number of layers must be from 1 to {most}, not {value}.")
        raise Problem(template, most=MOST_LAYERS, value=shown(layers))
    chain = given([1.0] * layers, 1.0, -1.0, activation)
    counts = []
    for way in WAYS:
        counted, before = 0, Counted.products
        for _gradient in way(chain):
            counted += Counted.products - before
            yield
            # Meanwhile somebody else may have counted.
            before = Counted.products
        counts.append(counted)
    return Count(layers, *counts)


@lru_cache(maxsize=256)
def count(layers: int, activation: str = "identity") -> Count:
    """Return the multiplications of one backward pass of a chain of `layers`.

    Raises `Problem` as `counting` does.
    """
    pieces = counting(layers, activation)
    while True:
        try:
            next(pieces)
        except StopIteration as done:
            counted: Count = done.value
            return counted


def _known(chain: Given) -> Mapping[Name, Counted]:
    """Return the value of every factor but the outputs: e − ê and f′ are given as they are."""
    n, slope = len(chain.weights), _slope(chain.activation)
    values = {Name(Quantity.UPSTREAM, n): chain.outputs[n] - chain.target}
    for i, weight in enumerate(chain.weights, start=1):
        values[Name(Quantity.WEIGHT, i)] = weight
        values[Name(Quantity.DERIVATIVE, i)] = Counted(slope(chain.outputs[i]))
    return values


def _slope(activation: str) -> Scalar:
    """Return f′ whose values are given numbers; the identity's is the constant 1."""
    derivative = ACTIVATIONS[activation].derivative
    if activation == "identity":
        return derivative
    return lambda a: Counted(derivative(float(a)))


def _applied(node: Applied, z: Counted) -> Counted:
    return Counted(applied(node, float(z)))
