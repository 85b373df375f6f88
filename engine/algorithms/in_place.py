"""The article's first listing: a weight changes before it passes the derivative on.

All gradients but the last layer's are therefore taken with weights that are already new.
"""

from collections.abc import Iterator, Sequence

from engine.algorithms.algorithm import Algorithm
from engine.algorithms.rules import RATE, seed, slope, upstream, weight
from engine.algorithms.step import Phase, Step
from engine.expressions import Difference, Expression, Product, Spread, product
from engine.parameters import Parameter
from engine.words import Words, mark

_GRADIENT = Words(
    mark("multiply the factor that arrived by this layer’s input"),
    mark("multiply the factor that arrived by the activation’s derivative and the layer’s input"),
)
_GRADIENT_ALONE = Words(
    mark("the factor that arrived is the gradient"),
    mark("multiply the factor that arrived by the activation’s derivative"),
)
_UPDATE = Words(
    mark("a small step against the gradient"),
    comment=mark("wrong: the weight changes too early"),
)
_PASS_ON = Words(mark("multiply by a weight that is already updated and pass it back"))


def backward(n: int, parameters: Sequence[Parameter]) -> Iterator[Step]:
    """Yield the steps from the loss to the last pass."""
    yield seed(n)
    for i in range(n, 0, -1):
        arriving = Product((upstream(i), slope(i)))
        factors: dict[Parameter, tuple[Expression, ...]] = {
            one: (arriving, *one.factors(i)) for one in parameters
        }
        for one in parameters:
            value = product(*factors[one])
            words = _GRADIENT if one.factor else _GRADIENT_ALONE
            yield Step(Phase.GRADIENT, i, one.gradient_of(i), value, words)
        for one in parameters:
            # As the listing multiplies: (α·∂L/∂aᵢ)·aᵢ₋₁.
            change = product(RATE, Spread(one.gradient_of(i), factors[one]))
            yield Step(Phase.UPDATE, i, one.of(i), Difference((one.of(i), change)), _UPDATE)
        if i > 1:
            passed = product(arriving, weight(i))
            yield Step(Phase.PASS_ON, i, upstream(i - 1), passed, _PASS_ON)


IN_PLACE = Algorithm(
    name="in_place",
    title=mark("In place (article)"),
    note=mark(
        "In place, a mistake: each weight changes before it passes the derivative on, so that the"
        " gradients before it are wrong."
    ),
    backward=backward,
    slip=mark("A weight in it is already updated. Use the weights of the forward pass."),
    mistake=mark("it multiplies by weights that are already new"),
    harmless=mark("Right at {layers}: the update did not change the weights of the later layers."),
    untouched=mark(
        "Right at {layers}: the last layer's gradient is taken before any weight has changed."
    ),
    untouched_everywhere=mark(
        "Right: with one layer nothing is passed on, so an updated weight is never used."
    ),
)
