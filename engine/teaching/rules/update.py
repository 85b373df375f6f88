"""The mistakes of an update."""

from collections.abc import Iterator

from engine.algorithms.rules import RATE, upstream
from engine.expressions import Difference, Negated, Product, Sum
from engine.parameters import parameter_of
from engine.quantities import Name
from engine.teaching.rules.rule import Chain, Rule, named
from engine.words import mark


def update(chain: Chain, result: Name) -> Iterator[Rule]:
    """Yield the mistakes of an update."""
    parameter, i = parameter_of(result.quantity), result.layer
    gradient = parameter.gradient_of(i)
    names = named(p=result, d=gradient, g=upstream(i))
    step = Product((RATE, gradient))
    yield Rule(
        "climbs",
        mark("Go against the gradient: subtract α·{d}."),
        mark("adds the step instead of subtracting it"),
        Sum((result, step)),
        names=names,
        lit=gradient,
    )
    yield Rule(
        "no_learning_rate",
        mark("Multiply the gradient by α first."),
        mark("forgets α"),
        Difference((result, gradient)),
        names=names,
        lit=RATE,
    )
    yield Rule(
        "only_the_step",
        mark("That is the step alone. Add it to {p}."),
        mark("gives the step alone"),
        Negated((step,)),
        names=names,
        lit=result,
    )
    yield Rule(
        "public_derivative_for_gradient",
        mark("Take the gradient {d}, not {g}."),
        mark("takes what arrives for the gradient"),
        Difference((result, Product((RATE, upstream(i))))),
        names=names,
        lit=upstream(i),
    )
    yield Rule(
        "loss_for_gradient",
        mark("Take the gradient {d}, not the loss."),
        mark("takes the loss for the gradient"),
        Difference((result, Product((RATE, chain.loss)))),
        names=names,
        lit=chain.loss,
    )
    yield Rule(
        "unchanged",
        mark("That is the old {p}. Subtract α·{d}."),
        mark("leaves the weight unchanged"),
        result,
        names=names,
        lit=result,
    )
