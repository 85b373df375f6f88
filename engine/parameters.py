"""The parameters of a layer, each declared once: its weight, and its bias.

    >>> [name_of(WEIGHT, i) for i in (1, 2, 3)]
    ['w1', 'w2', 'w3']

Checkpoints, loops, maps, tables, files and the editor go by this declaration. All numbers of a
chain that it learns, θ, stand in one row: the weights of layers 1 … n, then the next parameter of
layers 1 … n, and so on.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from engine.expressions import Expression, product, total
from engine.quantities import Name, Quantity
from engine.user_error import Location
from engine.words import Words, mark


@dataclass(frozen=True, slots=True, eq=False)
class Parameter:
    """A number that each layer learns: what it is, its gradient, and its place in zᵢ.

    `field` is the name of its row in an `Experiment`, `gradients` in a `Moment`; `letter` and
    `gradient_letter` are what columns of tables and axes of maps are called by. zᵢ is the sum of
    the layer's parameters, each times its `factor` (None is 1), which is therefore ∂zᵢ/∂parameter.
    `neutral` is the value with which a new layer of a linear chain changes nothing. `forward` says
    what a layer does whose last parameter this is, `backward` how its gradient is computed.
    """

    quantity: Quantity
    gradient: Quantity
    field: str
    gradients: str
    letter: str
    gradient_letter: str
    factor: Callable[[int], Name] | None
    neutral: float
    forward: Words
    backward: Words

    def of(self, layer: int) -> Name:
        """Return its name in a layer (from 1)."""
        return Name(self.quantity, layer)

    def gradient_of(self, layer: int) -> Name:
        """Return the name of its gradient in a layer (from 1)."""
        return Name(self.gradient, layer)

    def factors(self, layer: int) -> tuple[Name, ...]:
        """Return ∂zᵢ/∂parameter as factors: one number, or none where it is 1."""
        return () if self.factor is None else (self.factor(layer),)


def _input(layer: int) -> Name:
    return Name(Quantity.OUTPUT, layer - 1)


WEIGHT = Parameter(
    quantity=Quantity.WEIGHT,
    gradient=Quantity.GRADIENT,
    field="weights",
    gradients="gradients",
    letter="w",
    gradient_letter="g",
    factor=_input,
    neutral=1.0,
    forward=Words(
        mark("multiply the layer’s input by its weight"),
        mark("multiply the layer’s input by its weight, then apply the activation"),
    ),
    backward=Words(
        mark("multiply the upstream gradient by this layer’s input"),
        mark("multiply the upstream gradient by the activation’s derivative and the layer’s input"),
    ),
)

BIAS = Parameter(
    quantity=Quantity.BIAS,
    gradient=Quantity.BIAS_GRADIENT,
    field="biases",
    gradients="bias_gradients",
    letter="b",
    gradient_letter="h",
    factor=None,
    neutral=0.0,
    forward=Words(
        mark("multiply the layer’s input by its weight and add its bias"),
        mark("multiply the layer’s input by its weight, add its bias, then apply the activation"),
    ),
    backward=Words(
        mark("the upstream gradient (public derivative) itself"),
        mark("multiply the upstream gradient by the activation’s derivative"),
    ),
)

PARAMETERS: tuple[Parameter, ...] = (WEIGHT, BIAS)
"""All that there are. Every layer has a weight; the others are optional."""

_BY_QUANTITY = {kind: one for one in PARAMETERS for kind in (one.quantity, one.gradient)}
_BY_LETTER = {one.letter: one for one in PARAMETERS}


def parameter_of(quantity: Quantity) -> Parameter:
    """Return the parameter of a quantity: of a value (WEIGHT) or of its gradient (GRADIENT).

    Raises KeyError for other quantities.
    """
    return _BY_QUANTITY[quantity]


def has(parameters: Sequence[Parameter], quantity: Quantity) -> bool:
    """Return whether a chain that learns these parameters has a quantity."""
    return quantity not in _BY_QUANTITY or _BY_QUANTITY[quantity] in parameters


def location_of(name: Name) -> Location:
    """Return the place of a parameter in an experiment. Raises KeyError for other numbers."""
    return Location(parameter_of(name.quantity).field, name.layer - 1)


def weighted_input(parameters: Sequence[Parameter], layer: int) -> Expression:
    """Return zᵢ of a layer (from 1)."""
    return total(*(product(one.of(layer), *one.factors(layer)) for one in parameters))


def name_of(parameter: Parameter, layer: int) -> str:
    """Return the short name of a parameter of a layer (from 1), as axes and columns have it: w1."""
    return f"{parameter.letter}{layer}"


@lru_cache(maxsize=1024)
def named_parameter(short: str) -> Name:
    """Return the parameter of a short name: (WEIGHT, 1) of w1. Raises KeyError."""
    return _BY_LETTER[short[0]].of(int(short[1:]))


def names_of(parameters: Sequence[Parameter], layers: int) -> tuple[str, ...]:
    """Return the short names of θ in their order: w1 … wn."""
    return tuple(name_of(one, i) for one in parameters for i in range(1, layers + 1))


def split(parameters: Sequence[Parameter], theta: Sequence[float]) -> list[tuple[float, ...]]:
    """Return the rows of θ, one for each parameter."""
    n = len(theta) // len(parameters)
    return [tuple(theta[k * n : (k + 1) * n]) for k in range(len(parameters))]


def values_by_name(parameters: Sequence[Parameter], theta: Sequence[float]) -> dict[Name, float]:
    """Return θ, or numbers in its order, by the names of the parameters."""
    layers = range(1, len(theta) // len(parameters) + 1)
    names = (one.of(i) for one in parameters for i in layers)
    return dict(zip(names, theta, strict=True))
