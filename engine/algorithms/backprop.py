"""Backpropagation: all gradients from one snapshot of the weights, then all updates."""

from collections.abc import Iterator, Sequence

from engine.algorithms.algorithm import Algorithm
from engine.algorithms.rules import gradients, pass_on, seed, updates
from engine.algorithms.step import Step
from engine.parameters import Parameter
from engine.words import mark


def backward(n: int, parameters: Sequence[Parameter]) -> Iterator[Step]:
    """Yield the steps from the loss to the last update."""
    yield seed(n)
    for i in range(n, 0, -1):
        yield from gradients(i, parameters)
        if i > 1:
            yield pass_on(i)
    for i in range(n, 0, -1):
        yield from updates(i, parameters)


BACKPROP = Algorithm(
    name="backprop",
    title=mark("Backpropagation"),
    note=mark("Backpropagation: every gradient comes from one snapshot of the weights."),
    backward=backward,
)
