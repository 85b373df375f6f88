"""A mistake that learners make: f′(zᵢ) is left out, in the gradient and in what is passed on."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from engine.algorithms.algorithm import Algorithm
from engine.algorithms.backprop import backward as right
from engine.algorithms.rules import PASS_ON
from engine.algorithms.step import Phase, Step
from engine.expressions import linear
from engine.parameters import WEIGHT, Parameter, parameter_of
from engine.words import Words, mark

_GRADIENT = Words(
    WEIGHT.backward.plain,
    mark("multiply by the layer’s input; the activation’s derivative is left out"),
    mark("wrong: f'(z) = 1 is left out"),
    mark("wrong: f'(z) is left out"),
)
_GRADIENT_ALONE = Words(
    mark("the upstream gradient itself"),
    mark("the upstream gradient itself; the activation’s derivative is left out"),
)
_PASS_ON = Words(
    PASS_ON.plain,
    mark(
        "multiply by the layer’s weight and pass it back; the activation’s derivative is left out"
    ),
)


def backward(n: int, parameters: Sequence[Parameter]) -> Iterator[Step]:
    """Yield the steps of backpropagation as if the chain had no activation."""
    for step in right(n, parameters):
        words = step.words
        if step.phase is Phase.GRADIENT:
            words = _GRADIENT if parameter_of(step.result.quantity).factor else _GRADIENT_ALONE
        elif step.phase is Phase.PASS_ON:
            words = _PASS_ON
        yield replace(step, expression=linear(step.expression), words=words)


NO_LOCAL_DERIVATIVE = Algorithm(
    name="no_local_derivative",
    title=mark("No derivative f′"),
    note=mark(
        "No local derivative, a mistake: f'(z) is left out of the gradients and of what is passed"
        " on."
    ),
    backward=backward,
    slip=mark("The activation’s derivative f′ is missing."),
    mistake=mark("it leaves out the activation’s derivative"),
    harmless=mark(
        "Right at {layers}: f′ = 1 there and in all later layers, so leaving it out"
        " changes nothing."
    ),
    harmless_everywhere=mark(
        "f′ = 1 in every layer, so leaving it out changes nothing. Choose another activation"
        " to see this mistake."
    ),
)
