"""The mistakes of a layer's step forward."""

from collections.abc import Iterator

from engine.algorithms.rules import output, weight
from engine.expressions import Activated, product, renamed, total
from engine.parameters import weighted_input
from engine.teaching.rules.rule import Chain, Rule, named
from engine.words import mark


def forward(chain: Chain, i: int) -> Iterator[Rule]:
    """Yield the mistakes of the forward step of layer i."""
    z, a, w = weighted_input(chain.structure.parameters, i), output(i - 1), weight(i)
    names = named(a=a, w=w)
    times = mark("Multiply {a} by {w}.")
    rest = [one.of(i) for one in chain.structure.parameters if one.factor is None]
    yield Rule(
        "added",
        times,
        mark("adds instead of multiplying"),
        Activated((total(w, a, *rest),)),
        names=names,
        lit=w,
    )
    if i > 1:
        yield Rule(
            "from_x",
            mark("Multiply {w} by {a}, the output before it, not by {x}."),
            mark("starts from the input x again"),
            Activated((renamed(z, lambda name: output(0) if name == a else name),)),
            names=named(a=a, w=w, x=output(0)),
            lit=output(0),
        )
    yield Rule(
        "repeats_the_input",
        mark("That is {a}. Multiply it by {w}."),
        mark("repeats the input"),
        a,
        names=names,
        lit=a,
    )
    if i < chain.layers:
        following = weight(i + 1)
        yield Rule(
            "next_weight",
            mark("{following} is the next layer’s weight. Take {w}."),
            mark("takes the weight of the next layer"),
            Activated((renamed(z, lambda name: following if name == w else name),)),
            names=named(w=w, following=following),
            lit=following,
        )
    if rest:
        yield Rule(
            "no_bias",
            mark("Add the bias {b}."),
            mark("leaves the bias out"),
            Activated((product(w, a),)),
            names=named(b=rest[0]),
            lit=rest[0],
        )
    if not chain.structure.linear:
        yield Rule(
            "no_activation",
            mark("Apply the activation to it."),
            mark("leaves the activation out"),
            z,
            names=names,
        )
