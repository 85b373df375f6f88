"""Every gradient written out by the chain rule: a row of factors for each layer.

    >>> from engine.chain_rule.derivation import derivation
    >>> last, *others = derivation((0.2333, -0.233, -0.52133), 1.0, -1.0, "identity").rows
    >>> [str(factor.quantity) for factor in last.factors], last.value
    (['upstream', 'output'], -0.055899372808501456)

∂L/∂wᵢ = (e − ê) · f′(zₙ)·wₙ · … · f′(zᵢ₊₁)·wᵢ₊₁ · f′(zᵢ)·aᵢ₋₁, where f′ is left out for the
identity. All factors but those of layer i itself make up the public derivative ∂L/∂aᵢ. The same
factors have three names: a derivative (∂aⱼ/∂aⱼ₋₁), a symbol (wⱼ), and an expression of nothing
but weights, x and ê, which `expanded` returns.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import accumulate
from operator import mul, sub
from typing import Generic, NamedTuple, TypeVar

from engine.chain import ACTIVATIONS, differentiate, forward
from engine.moment import Quantity, Term

T = TypeVar("T")


class Name(NamedTuple):
    """A number of the chain: (WEIGHT, i) is wᵢ, (OUTPUT, 0) is x, (TARGET, n) is ê.

    As a factor also (UPSTREAM, n) for ∂L/∂e = e − ê, (OUTPUT, i) for aᵢ and (DERIVATIVE, i) for
    f′(zᵢ).
    """

    quantity: Quantity
    layer: int


@dataclass(frozen=True, slots=True)
class Product:
    """`weight` · `inner`."""

    weight: Name
    inner: "Expression"


@dataclass(frozen=True, slots=True)
class Difference:
    """`inner` − `target`."""

    inner: "Expression"
    target: Name


@dataclass(frozen=True, slots=True)
class Applied:
    """f(`inner`), or f′(`inner`) where it is the `derivative`."""

    activation: str
    inner: "Expression"
    derivative: bool = False


Expression = Name | Product | Difference | Applied
"""A formula. Each node holds at most one other, so that it reads from inside to outside."""


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """What `fold` makes of each kind of node, given what it has made of the inner one."""

    name: Callable[[Name], T]
    multiply: Callable[[T, T], T]
    subtract: Callable[[T, T], T]
    apply: Callable[[Applied, T], T]


def fold(expression: Expression, reading: Reading[T], known: dict[int, T] | None = None) -> T:
    """Read an expression from its innermost name outwards, as the forward pass computes it.

    `known` keeps what was made of each node, by its identity, for expressions that share parts.
    """
    around: list[Product | Difference | Applied] = []
    while not isinstance(expression, Name):
        if known and id(expression) in known:
            read = known[id(expression)]
            break
        around.append(expression)
        expression = expression.inner
    else:
        read = reading.name(expression)
    for node in reversed(around):
        if isinstance(node, Product):
            read = reading.multiply(reading.name(node.weight), read)
        elif isinstance(node, Applied):
            read = reading.apply(node, read)
        else:
            read = reading.subtract(read, reading.name(node.target))
        if known is not None:
            known[id(node)] = read
    return read


def applied(node: Applied, z: float) -> float:
    """Return f(z), or f′(z), which the engine takes from f(z)."""
    activation = ACTIVATIONS[node.activation]
    a = activation.function(z)
    return activation.derivative(a) if node.derivative else a


def evaluate(
    expression: Expression, values: Mapping[Name, float], known: dict[int, float] | None = None
) -> float:
    """Return the value of an expression, from the values of its names alone; see `fold`."""
    reading: Reading[float] = Reading(values.__getitem__, mul, sub, applied)
    return fold(expression, reading, known)


def source(expression: Expression) -> str:
    """Return an expression as Python: `w3*(w2*(w1*x)) - target`, f′ as `tanh_derivative(…)`."""
    return fold(expression, Reading(_identifier, _times, "{} - {}".format, _call))


def _identifier(name: Name) -> str:
    if name.quantity is Quantity.WEIGHT:
        return f"w{name.layer}"
    return "x" if name.quantity is Quantity.OUTPUT else "target"


def _times(weight: str, inner: str) -> str:
    return f"{weight}*({inner})" if "*" in inner and inner.startswith("w") else f"{weight}*{inner}"


def _call(node: Applied, argument: str) -> str:
    return f"{node.activation}{'_derivative' if node.derivative else ''}({argument})"


@lru_cache(maxsize=64)
def outputs_of(layers: int, activation: str) -> tuple[Expression, ...]:
    """Return a₀ … aₙ, each expanded until only weights and x are left."""
    a: Expression = Name(Quantity.OUTPUT, 0)
    made = [a]
    for i in range(1, layers + 1):
        z = Product(Name(Quantity.WEIGHT, i), a)
        a = z if activation == "identity" else Applied(activation, z)
        made.append(a)
    return tuple(made)


def expanded(factor: Name, layers: int, activation: str) -> Expression:
    """Return a factor of a chain of `layers`, expanded until only weights, x and ê are left."""
    outputs = outputs_of(layers, activation)
    match factor.quantity:
        case Quantity.UPSTREAM:
            return Difference(outputs[layers], Name(Quantity.TARGET, layers))
        case Quantity.DERIVATIVE:
            i = factor.layer
            z = Product(Name(Quantity.WEIGHT, i), outputs[i - 1])
            return Applied(activation, z, derivative=True)
        case Quantity.OUTPUT:
            return outputs[factor.layer]
        case _:
            return factor


def passed(layer: int, layers: int, activation: str) -> int:
    """Return how many factors make up the public derivative of `layer`: the first of its row."""
    return 1 + (layers - layer) * (1 if activation == "identity" else 2)


@lru_cache(maxsize=256)
def factors_of(layer: int, layers: int, activation: str) -> tuple[Name, ...]:
    """Return the names of the factors of ∂L/∂w of `layer`, from the loss to the layer."""
    own = (*_slope(layer, activation), Name(Quantity.OUTPUT, layer - 1))
    return (*way_back(layers, activation)[: passed(layer, layers, activation)], *own)


@lru_cache(maxsize=64)
def way_back(layers: int, activation: str) -> tuple[Name, ...]:
    """Return the factors by which the public derivative goes from the loss to the first layer."""
    way = [Name(Quantity.UPSTREAM, layers)]
    for j in range(layers, 1, -1):
        way += [*_slope(j, activation), Name(Quantity.WEIGHT, j)]
    return tuple(way)


def _slope(layer: int, activation: str) -> tuple[Name, ...]:
    return () if activation == "identity" else (Name(Quantity.DERIVATIVE, layer),)


@dataclass(frozen=True, slots=True)
class Row:
    """The gradient of one weight, written out.

    `factors` are in the order of the formula; the first `passed` of them make up the public
    derivative ∂L/∂aᵢ. `value` is their product, `expanded` the product of their expansions, and
    `gradient` what backpropagation gives.
    """

    layer: int
    factors: tuple[Term, ...]
    passed: int
    value: float
    expanded: float
    gradient: float


@dataclass(frozen=True, slots=True)
class Derivation:
    """The gradients of a chain at one sample, written out: a row for each layer, n … 1."""

    activation: str
    rows: tuple[Row, ...]

    @property
    def disagreement(self) -> float:
        """How far value, expansion and backpropagation are apart: the largest relative error.

        The three multiply in the same order, so it is 0 unless a platform rounds otherwise.
        """
        return max(
            max(_relative(row.value, row.expanded), _relative(row.value, row.gradient))
            for row in self.rows
        )


def derivation(weights: Sequence[float], x: float, target: float, activation: str) -> Derivation:
    """Write out the true gradients of the chain with these weights at one sample.

    Whatever algorithm an experiment uses: this is what it should compute.
    """
    n = len(weights)
    outputs, upstreams, gradients = [0.0] * (n + 1), [0.0] * n, [0.0] * n
    functions = ACTIVATIONS[activation]
    forward(weights, x, functions.function, outputs)
    differentiate(weights, outputs, target, functions.derivative, upstreams, gradients)
    symbols = {Name(Quantity.WEIGHT, i): w for i, w in enumerate(weights, start=1)}
    symbols |= {Name(Quantity.OUTPUT, 0): x, Name(Quantity.TARGET, n): target}
    stored = {**symbols, Name(Quantity.UPSTREAM, n): upstreams[-1]}
    for i in range(1, n + 1):
        stored[Name(Quantity.OUTPUT, i)] = outputs[i]
        stored[Name(Quantity.DERIVATIVE, i)] = functions.derivative(outputs[i])
    anew = _Anew(symbols, n, activation)
    way = way_back(n, activation)
    terms = {name: Term(*name, value) for name, value in stored.items()}
    met = tuple(map(terms.__getitem__, way))
    # Each row begins with the factors of the row before it, multiplied in the same order.
    values = tuple(accumulate((term.value for term in met), mul))
    expansions = tuple(accumulate(map(anew.__getitem__, way), mul))

    def row(i: int) -> Row:
        first = passed(i, n, activation)
        own = factors_of(i, n, activation)[first:]
        return Row(
            layer=i,
            factors=(*met[:first], *map(terms.__getitem__, own)),
            passed=first,
            value=reduce(mul, (stored[name] for name in own), values[first - 1]),
            expanded=reduce(mul, map(anew.__getitem__, own), expansions[first - 1]),
            gradient=gradients[i - 1],
        )

    return Derivation(activation, tuple(map(row, range(n, 0, -1))))


class _Anew(dict[Name, float]):
    """The values of factors, each computed from weights, x and ê when it is first asked for."""

    def __init__(self, symbols: Mapping[Name, float], layers: int, activation: str) -> None:
        super().__init__()
        self._symbols, self._chain = symbols, (layers, activation)
        # Identities hold as long as the nodes do.
        self._nodes, self._known = outputs_of(layers, activation), dict[int, float]()

    def __missing__(self, factor: Name) -> float:
        """Expand the factor, and evaluate the expansion."""
        value = self[factor] = self._evaluated(expanded(factor, *self._chain))
        return value

    def _evaluated(self, expression: Expression) -> float:
        self._nodes += (expression,)
        return evaluate(expression, self._symbols, self._known)


def _relative(a: float, b: float) -> float:
    """Return |a − b| / max(|a|, |b|): 0 where both are the same, NaN and infinities included."""
    if a == b or (math.isnan(a) and math.isnan(b)):
        return 0.0
    error = abs(a - b) / max(abs(a), abs(b))
    return math.inf if math.isnan(error) else error
