"""The mistakes of passing ∂L/∂aᵢ back to the layer before."""

from collections.abc import Iterator

from engine.algorithms.rules import output, slope, upstream, weight
from engine.expressions import Negated, product
from engine.quantities import Name, Quantity
from engine.teaching.rules.rule import Rule, named
from engine.words import mark


def pass_on(i: int) -> Iterator[Rule]:
    """Yield the mistakes of passing ∂L/∂aᵢ back to the layer before."""
    w, a, g = weight(i), output(i - 1), upstream(i)
    gradient = Name(Quantity.GRADIENT, i)
    names = named(w=w, a=a, g=g, d=gradient)
    back = mark("Pass {g} back: multiply it by {w}.")
    yield Rule(
        "sign_flipped",
        mark("The sign is wrong. Multiply {g} by {w}."),
        mark("turns the sign around"),
        Negated((product(g, slope(i), w),)),
        names=names,
        lit=w,
    )
    yield Rule(
        "passes_gradient_on",
        mark("The gradient {d} stays here. Pass {g} on, times {w}."),
        mark("passes the gradient on"),
        product(gradient, w),
        names=names,
        lit=gradient,
    )
    yield Rule(
        "times_input",
        mark("The input {a} makes the gradient. Passing back takes {w}."),
        mark("multiplies by the input, not the weight"),
        product(g, slope(i), a),
        names=names,
        lit=a,
    )
    if i > 1:
        yield Rule(
            "next_weight",
            mark("{other} belongs to the layer before. Take {w}."),
            mark("takes the weight of the next layer"),
            product(g, slope(i), weight(i - 1)),
            names=named(w=w, other=weight(i - 1)),
            lit=weight(i - 1),
        )
    yield Rule("unchanged", back, mark("hands on what arrives, unchanged"), g, names=names, lit=g)
