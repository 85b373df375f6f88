"""A mistake that learners make: the output aᵢ stands where the layer's input aᵢ₋₁ belongs."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from engine.algorithms.algorithm import Algorithm
from engine.algorithms.backprop import backward as right
from engine.algorithms.rules import output, slope, upstream
from engine.algorithms.step import Phase, Step
from engine.expressions import product
from engine.parameters import WEIGHT, Parameter
from engine.words import Words, mark

_GRADIENT = Words(
    mark("multiply by this layer’s own output, where its input belongs"),
    comment=mark("wrong: should be the layer's input"),
)


def backward(n: int, parameters: Sequence[Parameter]) -> Iterator[Step]:
    """Yield the steps of backpropagation, with another factor in the gradient of each weight."""
    for step in right(n, parameters):
        if step.result.quantity is WEIGHT.gradient and step.phase is Phase.GRADIENT:
            i = step.layer
            value = product(upstream(i), slope(i), output(i))
            yield replace(step, expression=value, words=_GRADIENT)
        else:
            yield step


OWN_OUTPUT = Algorithm(
    name="own_output",
    title=mark("Own output as input"),
    note=mark(
        "Own output, a mistake: the gradient takes the layer's output where its input belongs."
    ),
    backward=backward,
    slip=mark("That takes the layer’s own output. The gradient takes its input."),
    mistake=mark("it multiplies by the layer’s output instead of its input"),
    untouched=mark("Right at {layers}: the mistake is in the gradients of the weights alone."),
    harmless=mark("Right at {layers}: the layer's input and output are equal."),
    harmless_everywhere=mark("In every layer input and output are equal."),
)
