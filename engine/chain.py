"""The chain of scalar neurons that learns: the steps of an experiment, carried out on numbers.

Layer i = 1 … n has a weight wᵢ and one output, aᵢ = f(wᵢ·aᵢ₋₁), with a₀ = x; the last output is
e = aₙ and the loss is L = ½(e − ê)². What is done, and in which order, is said by the steps of
`engine.algorithms`; `engine.source` makes of them the functions that run here. They use nothing but
arithmetic and `math`, and never raise on overflow: infinities and NaN pass through.
"""

from collections.abc import Callable, MutableSequence, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from engine.activations import ACTIVATIONS, IDENTITY, Scalar
from engine.algorithms import CORRECT
from engine.parameters import WEIGHT, Parameter, split
from engine.quantities import Quantity
from engine.source import layered_functions

Numbers = MutableSequence[float]

Rows = tuple[Sequence[Any], ...]
"""A chain at work: a row of numbers for each quantity, as `Functions.rows` tells."""

WEIGHTS_ALONE = (WEIGHT,)


class Functions(NamedTuple):
    """The functions of `engine.source.Layered`, made of one f and f′."""

    forward: Callable[[Rows, Any], None]
    answer: Callable[[Sequence[Any], Any], Any]
    loss: Callable[[Any, Any], Any]
    learn: Callable[[Rows, float, float, float], tuple[Rows, float, float]]
    keep: Callable[[Numbers, int, Rows], None]
    rows: tuple[Quantity, ...]


def functions_of(
    activation: str, algorithm: str, parameters: tuple[Parameter, ...], *f: Scalar
) -> Functions:
    """Return the functions that run chains of any length with these parameters.

    `f` may hold two functions to use as f and f′ instead of those of the activation.
    """
    record = ACTIVATIONS[activation]
    made = layered_functions(activation, algorithm, parameters)
    function, derivative = f or (record.function, record.derivative)
    names: dict[str, Any] = {"function": function, "derivative": derivative}
    exec(made.text, names)  # noqa: S102 - our own text, of our own functions
    return Functions(
        forward=names["forward"],
        answer=names["answer"],
        loss=names["loss"],
        learn=names["learn"],
        keep=names["keep"],
        rows=made.rows,
    )


_functions = lru_cache(maxsize=64)(functions_of)


@lru_cache(maxsize=64)
def _on_arrays(activation: str, parameters: tuple[Parameter, ...]) -> Callable[[Rows, Any], None]:
    """Return the forward pass of NumPy's arrays: one f, for each call makes another."""
    function = ACTIVATIONS[activation].on_arrays()
    return functions_of(activation, CORRECT, parameters, function, function).forward


def rows_of(
    quantities: Sequence[Quantity],
    parameters: Sequence[Parameter],
    theta: Sequence[float],
    learned: Callable[[Sequence[float]], Numbers] = list,
    computed: Callable[[Sequence[float]], Numbers] = list,
) -> Rows:
    """Return the rows of a chain with these parameters, all other numbers still 0.

    `learned` makes a row of parameters, `computed` a row of anything else.
    """
    n = len(theta) // len(parameters)
    others = quantities[len(parameters) :]
    sizes = (n + 1 if quantity is Quantity.OUTPUT else n for quantity in others)
    blank = (computed([0.0] * size) for size in sizes)
    return (*map(learned, split(parameters, theta)), *blank)


class Learner:
    """A chain that learns: its parameters, and everything its latest update computed.

    `theta` are the current parameters, `weights` those of them that are weights; after `learn`,
    `outputs` (a₀ … aₙ), `upstreams` and `gradients` hold what the update computed on the way.
    """

    def __init__(
        self,
        theta: Sequence[float],
        learning_rate: float,
        activation: str,
        algorithm: str,
        parameters: tuple[Parameter, ...] = WEIGHTS_ALONE,
    ) -> None:
        self._functions = _functions(activation, algorithm, parameters)
        self._rows = rows_of(self._functions.rows, parameters, theta)
        self._learning_rate = learning_rate
        self.row = dict(zip(self._functions.rows, self._rows, strict=True))
        """The rows by their quantity, layer i at index i − 1, but aᵢ at index i."""
        self._learned = [self.row[one.quantity] for one in parameters]
        self._learned_by = [self.row[one.gradient] for one in parameters]
        self.weights = self.row[Quantity.WEIGHT]
        self.outputs = self.row[Quantity.OUTPUT]
        self.upstreams = self.row[Quantity.UPSTREAM]
        self.gradients = self.row[Quantity.GRADIENT]

    @property
    def theta(self) -> tuple[float, ...]:
        """All parameters: the weights, then the others."""
        return tuple(chain.from_iterable(self._learned))

    @property
    def theta_gradients(self) -> tuple[float, ...]:
        """The gradients of `theta`, in its order."""
        return tuple(chain.from_iterable(self._learned_by))

    def learn(self, x: float, target: float) -> float:
        """Make one update with one sample; return the loss before the update."""
        _, _, loss = self._functions.learn(self._rows, x, target, self._learning_rate)
        return loss


def outputs_of(
    theta: Sequence[Any],
    x: Any,  # noqa: ANN401 - numbers, or arrays of them
    activation: str,
    parameters: tuple[Parameter, ...] = WEIGHTS_ALONE,
) -> list[Any]:
    """Return a₀ … aₙ of a chain with these parameters for the input `x`.

    NumPy's arrays among them are broadcast, with an f that may differ in the last bit.
    """
    kept = _functions(activation, CORRECT, parameters)
    forward = kept.forward if isinstance(x, float) else _on_arrays(activation, parameters)
    outputs: list[Any] = [0.0] * (len(theta) // len(parameters) + 1)
    forward((*split(parameters, theta), outputs), x)
    return outputs


def output_of(
    theta: Sequence[float],
    x: float,
    activation: str,
    parameters: tuple[Parameter, ...] = WEIGHTS_ALONE,
) -> float:
    """Return e, the output of the chain with these parameters for the input `x`."""
    return float(answer_of(activation, parameters)(split(parameters, theta), x))


def answer_of(
    activation: str, parameters: tuple[Parameter, ...]
) -> Callable[[Sequence[Sequence[float]], float], float]:
    """Return the function of the rows of parameters, and of x, that computes e."""
    return _functions(activation, CORRECT, parameters).answer


def differentiated(
    theta: Sequence[float],
    x: float,
    target: float,
    activation: str,
    parameters: tuple[Parameter, ...] = WEIGHTS_ALONE,
) -> Learner:
    """Return a chain after correct backpropagation at `theta`: its rows hold every derivative."""
    learner = Learner(theta, 1.0, activation, CORRECT, parameters)
    learner.learn(x, target)
    return learner


def loss(output: Any, target: Any) -> Any:  # noqa: ANN401 - numbers, or arrays of them
    """Return L = ½(e − ê)²."""
    return _LOSS(output, target)


_LOSS = _functions(IDENTITY, CORRECT, WEIGHTS_ALONE).loss
