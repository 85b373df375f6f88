"""The article's framework: a factor p goes from the first layer to the last.

p starts as (e − ê)·f′(zₙ)·wₙ. Each layer multiplies it by f′(zᵢ)·wᵢ, and only then computes its
gradient p·aᵢ₋₁, which therefore contains the layer's own weight. What arrives at a layer is not
∂L/∂aᵢ.
"""

from collections.abc import Iterator, Sequence

from engine.algorithms.algorithm import Algorithm
from engine.algorithms.rules import error, slope, updates, upstream, weight
from engine.algorithms.step import Phase, Step
from engine.expressions import product
from engine.parameters import Parameter
from engine.words import Words, mark

_SEED = Words(
    mark("p starts at the first layer, not at the last"),
    comment=mark("wrong: from first to last layer"),
)
_GRADIENT = Words(mark("multiply p by this layer’s input and, wrongly, by its weight too"))
_GRADIENT_ALONE = Words(mark("multiply p, wrongly, by this layer’s weight"))
_PASS_ON = Words(mark("multiply p by this layer’s weight and pass it to the next layer"))


def backward(n: int, parameters: Sequence[Parameter]) -> Iterator[Step]:
    """Yield the steps from the loss to the last update."""
    yield Step(Phase.SEED, n, upstream(1), product(error(n), slope(n), weight(n)), _SEED)
    for i in range(1, n + 1):
        arriving = (upstream(i), slope(i), weight(i))
        for one in parameters:
            value = product(*arriving, *one.factors(i))
            words = _GRADIENT if one.factor else _GRADIENT_ALONE
            yield Step(Phase.GRADIENT, i, one.gradient_of(i), value, words)
        if i < n:
            yield Step(Phase.PASS_ON, i, upstream(i + 1), product(*arriving), _PASS_ON)
    for i in range(n, 0, -1):
        yield from updates(i, parameters)


FRONT_TO_BACK = Algorithm(
    name="front_to_back",
    title=mark("Front to back (article)"),
    note=mark(
        "Front to back, a mistake: a factor p goes from the first layer to the last, and the"
        " gradients are wrong."
    ),
    backward=backward,
    slip=mark("That goes from front to back. The way back begins at the loss."),
    mistake=mark("it starts at the first layer, and also multiplies by the layer’s own weight"),
    harmless=mark(
        "Right at {layers}: the wrong factor happens to have the right value, as with"
        " weights of 1 or −1."
    ),
)
