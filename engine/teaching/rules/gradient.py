"""The mistakes of the gradient of a parameter."""

from collections.abc import Iterator

from engine.algorithms.rules import RATE, output, slope, upstream, weight
from engine.expressions import product
from engine.parameters import parameter_of
from engine.quantities import Name
from engine.teaching.rules.rule import Chain, Rule, named
from engine.words import mark


def gradient(chain: Chain, result: Name) -> Iterator[Rule]:
    """Yield the mistakes of the gradient of a parameter."""
    parameter, i = parameter_of(result.quantity), result.layer
    w, a, g = weight(i), output(i - 1), upstream(i)
    names = named(w=w, a=a, g=g, p=parameter.of(i))
    own = parameter.factors(i)
    if own or not chain.structure.linear:
        yield Rule(
            "public_derivative_itself",
            mark("That is {g} itself. The gradient goes one step further: times {a}.")
            if own
            else mark("That is {g} itself. Multiply it by f′."),
            mark("takes what arrives for the gradient"),
            g,
            names=names,
            lit=g,
        )
    if own:
        yield Rule(
            "times_weight",
            mark("The gradient takes the input {a}, not the weight."),
            mark("multiplies by the weight, not the input"),
            product(g, slope(i), w),
            names=names,
            lit=w,
        )
    else:
        yield Rule(
            "times_input",
            mark("A bias is added: nothing multiplies it, so no {a}."),
            mark("multiplies by the input"),
            product(g, slope(i), a),
            names=names,
            lit=a,
        )
    if i < chain.layers:
        yield Rule(
            "seed_not_passed_on",
            mark("What arrives at this layer is {g}, not {last}."),
            mark("takes the loss’s derivative, not what was passed back"),
            product(upstream(chain.layers), slope(i), *own),
            names=named(g=g, last=upstream(chain.layers)),
            lit=upstream(chain.layers),
        )
    yield Rule(
        "already_times_alpha",
        mark("α comes later, in the update."),
        mark("multiplies by α already"),
        product(RATE, g, slope(i), *own),
        lit=RATE,
    )
    if chain.numbers.get(w) == 0 and own:
        yield Rule(
            "zero_because_weight_is_zero",
            mark("{w} is 0, but its gradient takes {g} and {a}, not {w}."),
            mark("takes 0 because the weight is 0"),
            value=0.0,
            names=names,
            lit=w,
        )
