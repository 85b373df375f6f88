"""The mistakes of the loss, and of its derivative."""

from collections.abc import Iterator

from engine.algorithms.rules import error
from engine.expressions import Difference, HalfSquare, Product, Sum
from engine.teaching.rules.rule import Chain, Rule, named
from engine.words import mark


def loss(chain: Chain) -> Iterator[Rule]:
    """Yield the mistakes of the loss."""
    off = error(chain.layers)
    names = named(e=chain.output, t=chain.target)
    yield Rule(
        "forgot_half",
        mark("The loss is half of that: ½({e} − {t})²."),
        mark("forgets the ½"),
        Product((off, off)),
        names=names,
    )
    away = chain.numbers[chain.output] - chain.numbers[chain.target]
    square = mark("The difference is squared: ½({e} − {t})².")
    yield Rule(
        "forgot_square", square, mark("forgets the square"), value=abs(away) / 2, names=names
    )
    yield Rule(
        "forgot_square", square, mark("forgets the square"), value=-abs(away) / 2, names=names
    )
    yield Rule(
        "error_for_loss",
        mark("That is {e} − {t}. The loss is half its square."),
        mark("takes {e} − {t} for the loss"),
        off,
        names=names,
        lit=chain.output,
    )
    yield Rule(
        "lost_target_sign",
        mark("Mind the sign of {t}."),
        mark("loses the sign of the target"),
        HalfSquare((Sum((chain.output, chain.target)),)),
        names=names,
        lit=chain.target,
    )


def seed(chain: Chain) -> Iterator[Rule]:
    """Yield the mistakes of ∂L/∂e."""
    names = named(e=chain.output, t=chain.target)
    yield Rule(
        "loss_for_its_derivative",
        mark("That is the loss itself. Its derivative is {e} − {t}."),
        mark("takes the loss for its derivative"),
        chain.loss,
        names=names,
        lit=chain.loss,
    )
    yield Rule(
        "target_minus_output",
        mark("Output minus target: {e} − {t}."),
        mark("takes target minus output"),
        Difference((chain.target, chain.output)),
        names=names,
        lit=chain.target,
    )
    yield Rule(
        "lost_target_sign",
        mark("Mind the sign of {t}."),
        mark("loses the sign of the target"),
        Sum((chain.output, chain.target)),
        names=names,
        lit=chain.target,
    )
    yield Rule(
        "kept_the_2",
        mark("The 2 of the square and the ½ cancel: {e} − {t}."),
        mark("keeps the 2 of the square"),
        value=2 * (chain.numbers[chain.output] - chain.numbers[chain.target]),
        names=names,
    )
    yield Rule(
        "output_alone",
        mark("That is {e} alone. The target {t} is missing."),
        mark("leaves the target out"),
        chain.output,
        names=names,
        lit=chain.output,
    )
