"""The steps of correct backpropagation, from which all algorithms are built.

For layer i, with f′ and a as the forward pass has left them:

    forward i      aᵢ       ← f(wᵢ·aᵢ₋₁)
    loss           L        ← ½(e − ê)²
    seed           ∂L/∂e    ← e − ê
    gradient i     ∂L/∂wᵢ   ← ∂L/∂aᵢ · f′(zᵢ) · aᵢ₋₁
    pass_on i      ∂L/∂aᵢ₋₁ ← ∂L/∂aᵢ · f′(zᵢ) · wᵢ
    update i       wᵢ       ← wᵢ − α · ∂L/∂wᵢ

after Rumelhart, Hinton and Williams 1986. A layer with several parameters has a gradient and an
update for each.
"""

from collections.abc import Iterator, Sequence

from engine.algorithms.step import Phase, Step
from engine.expressions import Activated, Difference, Expression, HalfSquare, product
from engine.parameters import Parameter, weighted_input
from engine.quantities import Name, Quantity
from engine.words import Words, mark

RATE = Name(Quantity.LEARNING_RATE, 0)

LOSS = Words(mark("half the squared distance of the output from its target"))
SEED = Words(mark("the upstream gradient starts at the loss"))
PASS_ON = Words(
    mark("multiply by this layer’s weight and pass it back"),
    mark("multiply by the activation’s derivative and the layer’s weight and pass it back"),
)
UPDATE = Words(mark("a small step against the gradient"))


def output(i: int) -> Name:
    """Return the name of aᵢ; a₀ is x."""
    return Name(Quantity.OUTPUT, i)


def weight(i: int) -> Name:
    """Return the name of wᵢ."""
    return Name(Quantity.WEIGHT, i)


def slope(i: int) -> Name:
    """Return the name of f′(zᵢ)."""
    return Name(Quantity.DERIVATIVE, i)


def upstream(i: int) -> Name:
    """Return the name of ∂L/∂aᵢ, the public derivative that arrives at layer i."""
    return Name(Quantity.UPSTREAM, i)


def error(n: int) -> Expression:
    """Return e − ê."""
    return Difference((output(n), Name(Quantity.TARGET, n)))


def forward(i: int, parameters: Sequence[Parameter]) -> Step:
    """Return the step that computes the output of layer i."""
    z = weighted_input(parameters, i)
    return Step(Phase.FORWARD, i, output(i), Activated((z,)), parameters[-1].forward)


def loss(n: int) -> Step:
    """Return the step that computes the loss of a chain of n layers."""
    return Step(Phase.LOSS, n, Name(Quantity.LOSS, n), HalfSquare((error(n),)), LOSS)


def seed(n: int) -> Step:
    """Return the first step of the backward pass: ∂L/∂e = e − ê."""
    return Step(Phase.SEED, n, upstream(n), error(n), SEED)


def gradients(i: int, parameters: Sequence[Parameter]) -> Iterator[Step]:
    """Yield the steps that compute the gradients of layer i."""
    for one in parameters:
        value = product(upstream(i), slope(i), *one.factors(i))
        yield Step(Phase.GRADIENT, i, one.gradient_of(i), value, one.backward)


def pass_on(i: int) -> Step:
    """Return the step that passes the public derivative from layer i to the one before."""
    value = product(upstream(i), slope(i), weight(i))
    return Step(Phase.PASS_ON, i, upstream(i - 1), value, PASS_ON)


def updates(i: int, parameters: Sequence[Parameter]) -> Iterator[Step]:
    """Yield the steps of gradient descent for layer i."""
    for one in parameters:
        value = Difference((one.of(i), product(RATE, one.gradient_of(i))))
        yield Step(Phase.UPDATE, i, one.of(i), value, UPDATE)
