"""A mistake that learners make: every gradient has the wrong sign, and the loss grows."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from engine.algorithms.algorithm import Algorithm
from engine.algorithms.backprop import backward as right
from engine.algorithms.step import Phase, Step
from engine.expressions import Negated
from engine.parameters import Parameter, parameter_of
from engine.words import Words, mark

_GRADIENT = Words(
    mark("multiply by the layer’s input, with one minus sign too many"),
    comment=mark("wrong: the sign is wrong"),
)
_GRADIENT_ALONE = Words(
    mark("the upstream gradient, with one minus sign too many"),
    mark("multiply by the activation’s derivative, with one minus sign too many"),
    comment=mark("wrong: the sign is wrong"),
)
_UPDATE = Words(mark("meant to go against the gradient, but goes along it"))


def backward(n: int, parameters: Sequence[Parameter]) -> Iterator[Step]:
    """Yield the steps of backpropagation, each gradient negated."""
    for step in right(n, parameters):
        if step.phase is Phase.GRADIENT:
            words = _GRADIENT if parameter_of(step.result.quantity).factor else _GRADIENT_ALONE
            yield replace(step, expression=Negated((step.expression,)), words=words)
        else:
            yield replace(step, words=_UPDATE) if step.phase is Phase.UPDATE else step


SIGN_FLIPPED = Algorithm(
    name="sign_flipped",
    title=mark("Sign flipped"),
    note=mark("Sign flipped, a mistake: every gradient has the wrong sign, and the loss grows."),
    backward=backward,
    slip=mark("The sign is turned around. Nothing in the formula does that."),
    mistake=mark("it negates every gradient"),
)
