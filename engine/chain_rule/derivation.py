"""Every gradient written out by the chain rule: a row of factors for each parameter.

    >>> last, *others = derivation((0.2333, -0.233, -0.52133), 1.0, -1.0, "identity").rows
    >>> [str(factor.quantity) for factor in last.factors], last.value
    (['upstream', 'output'], -0.055899372808501456)

∂L/∂wᵢ = (e − ê) · f′(zₙ)·wₙ · … · f′(zᵢ₊₁)·wᵢ₊₁ · f′(zᵢ)·aᵢ₋₁, where f′ is left out for the
identity: the steps of backpropagation, each public derivative replaced by what it was computed
from. All factors but those of layer i itself make up the public derivative ∂L/∂aᵢ. The same factors
have three names: a derivative (∂aⱼ/∂aⱼ₋₁), a symbol (wⱼ), and an expression of nothing but the
chain's parameters, x and ê, which `expanded` returns.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import accumulate
from operator import mul

from engine.algorithms import CORRECT
from engine.chain import WEIGHTS_ALONE, differentiated
from engine.expressions import (
    Expression,
    Product,
    Reading,
    Slope,
    fold,
    operations,
    renamed,
)
from engine.parameters import Parameter, parameter_of, values_by_name, weighted_input
from engine.quantities import Name, Quantity, Term
from engine.steps import Step, Structure, position_of, steps_of


def step_of(structure: Structure, result: Name) -> Step:
    """Return the step of backpropagation that computes `result`.

    Raises KeyError for a number that no step computes.
    """
    right = structure._replace(algorithm=CORRECT)
    return steps_of(right)[position_of(right, result) - 1]


@lru_cache(maxsize=64)
def outputs_of(structure: Structure) -> tuple[Expression, ...]:
    """Return a₀ … aₙ, each expanded until only parameters and x are left."""
    made: list[Expression] = [Name(Quantity.OUTPUT, 0)]
    for i in range(1, structure.layers + 1):
        step = step_of(structure, Name(Quantity.OUTPUT, i))
        made.append(_expanded_in(step.expression, made))
    return tuple(made)


def _expanded_in(expression: Expression, outputs: Sequence[Expression]) -> Expression:
    """Return an expression with the outputs in it expanded."""
    return renamed(
        expression,
        lambda name: outputs[name.layer] if name.quantity is Quantity.OUTPUT else name,
    )


def expanded(factor: Name, structure: Structure) -> Expression:
    """Return a factor of a chain, expanded until only its parameters, x and ê are left."""
    outputs = outputs_of(structure)
    match factor.quantity:
        case Quantity.UPSTREAM:
            seed = step_of(structure, factor)
            return _expanded_in(seed.expression, outputs)
        case Quantity.DERIVATIVE:
            z = weighted_input(structure.parameters, factor.layer)
            return Slope((_expanded_in(z, outputs),))
        case Quantity.OUTPUT:
            return outputs[factor.layer]
        case _:
            return factor


def passed(layer: int, structure: Structure) -> int:
    """Return how many factors make up the public derivative of `layer`: the first of its row."""
    return _way(structure)[1][layer - 1]


@lru_cache(maxsize=64)
def _way(structure: Structure) -> tuple[tuple[Name, ...], tuple[int, ...]]:
    """Return the factors of ∂L/∂a₁, from the loss on, and how many of them make ∂L/∂aᵢ, 1 … n.

    The first factor is ∂L/∂e = e − ê itself.
    """
    arrived = [Name(Quantity.UPSTREAM, structure.layers)]
    counts = [1]
    for i in range(structure.layers, 1, -1):
        arrived += _own(step_of(structure, Name(Quantity.UPSTREAM, i - 1)))
        counts.append(len(arrived))
    return tuple(arrived), tuple(reversed(counts))


def _own(step: Step) -> list[Name]:
    """Return what a step multiplies the public derivative by."""
    parts = step.expression.parts if isinstance(step.expression, Product) else (step.expression,)
    names = (part for part in parts if isinstance(part, Name))
    return [name for name in names if name.quantity is not Quantity.UPSTREAM]


@lru_cache(maxsize=512)
def factors_of(name: Name, structure: Structure) -> tuple[Name, ...]:
    """Return the factors of a parameter's gradient, from the loss to its layer."""
    gradient = parameter_of(name.quantity).gradient_of(name.layer)
    way = way_back(structure)[: passed(name.layer, structure)]
    return (*way, *_own(step_of(structure, gradient)))


def way_back(structure: Structure) -> tuple[Name, ...]:
    """Return the factors that carry the public derivative from the loss to the first layer."""
    return _way(structure)[0]


@dataclass(frozen=True, slots=True)
class Row:
    """The gradient of one parameter, written out.

    `name` is that of the parameter. `factors` are in the order of the formula; the first `passed`
    of them make up the public derivative ∂L/∂aᵢ. `value` is their product, `expanded` the product
    of their expansions, and `gradient` what backpropagation gives.
    """

    name: Name
    factors: tuple[Term, ...]
    passed: int
    value: float
    expanded: float
    gradient: float

    @property
    def layer(self) -> int:
        """The layer of the parameter, from 1."""
        return self.name.layer


@dataclass(frozen=True, slots=True)
class Derivation:
    """The gradients of a chain at one sample, written out: rows for each layer, n … 1."""

    activation: str
    rows: tuple[Row, ...]

    @property
    def disagreement(self) -> float:
        """The largest relative error between value, expansion and backpropagation.

        The three multiply in the same order, so it is 0 unless a platform rounds otherwise.
        """
        return max(
            max(_relative(row.value, row.expanded), _relative(row.value, row.gradient))
            for row in self.rows
        )


def derivation(
    theta: Sequence[float],
    x: float,
    target: float,
    activation: str,
    parameters: tuple[Parameter, ...] = WEIGHTS_ALONE,
) -> Derivation:
    """Write out the true gradients of the chain with these parameters at one sample.

    They are those of correct backpropagation, whatever the algorithm of an experiment is.
    """
    n = len(theta) // len(parameters)
    structure = Structure(n, activation, CORRECT, parameters)
    right = differentiated(theta, x, target, activation, parameters)
    given = values_by_name(parameters, theta)
    given |= {Name(Quantity.OUTPUT, 0): x, Name(Quantity.TARGET, n): target}
    stored = {**given, Name(Quantity.UPSTREAM, n): right.upstreams[-1]}
    for i in range(1, n + 1):
        stored[Name(Quantity.OUTPUT, i)] = right.outputs[i]
        stored[Name(Quantity.DERIVATIVE, i)] = structure.f.derivative(right.outputs[i])
    anew = _Anew(given, structure)
    way = way_back(structure)
    terms = {name: Term(*name, value) for name, value in stored.items()}
    met = tuple(map(terms.__getitem__, way))
    # Each row begins with the factors of the row before it, multiplied in the same order.
    values = tuple(accumulate((term.value for term in met), mul))
    expansions = tuple(accumulate(map(anew.__getitem__, way), mul))
    gradients = values_by_name(parameters, right.theta_gradients)

    def row(name: Name) -> Row:
        first = passed(name.layer, structure)
        own = factors_of(name, structure)[first:]
        return Row(
            name=name,
            factors=(*met[:first], *map(terms.__getitem__, own)),
            passed=first,
            value=reduce(mul, (stored[factor] for factor in own), values[first - 1]),
            expanded=reduce(mul, map(anew.__getitem__, own), expansions[first - 1]),
            gradient=gradients[name],
        )

    names = (one.of(i) for i in range(n, 0, -1) for one in parameters)
    return Derivation(activation, tuple(map(row, names)))


class _Anew(dict[Name, float]):
    """The values of factors, each computed from what is given when it is first asked for."""

    def __init__(self, given: Mapping[Name, float], structure: Structure) -> None:
        super().__init__()
        self._structure = structure
        f = structure.f
        self._reading = Reading(given.__getitem__, operations(f.function, f.derivative))
        # Identities hold as long as the nodes do.
        self._nodes, self._known = list(outputs_of(structure)), dict[int, float]()

    def __missing__(self, factor: Name) -> float:
        """Expand the factor, and evaluate the expansion."""
        expression = expanded(factor, self._structure)
        self._nodes.append(expression)
        value = self[factor] = fold(expression, self._reading, self._known)
        return value


def _relative(a: float, b: float) -> float:
    """Return |a − b| / max(|a|, |b|): 0 where both are the same, NaN and infinities included."""
    if a == b or (math.isnan(a) and math.isnan(b)):
        return 0.0
    error = abs(a - b) / max(abs(a), abs(b))
    return math.inf if math.isnan(error) else error
