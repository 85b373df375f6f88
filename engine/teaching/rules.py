"""The mistakes that are no algorithm: as formulas over the numbers at hand, step by step."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from engine.algorithms.rules import RATE, error, output, slope, upstream, weight
from engine.expressions import (
    Activated,
    Difference,
    Expression,
    HalfSquare,
    Negated,
    Product,
    Sum,
    linear,
    product,
    renamed,
    total,
)
from engine.parameters import parameter_of, weighted_input
from engine.quantities import Name, Quantity
from engine.steps import Phase, Step, Structure
from engine.words import mark


@dataclass(frozen=True, slots=True)
class Rule:
    """A mistake: what it gives is its `formula`, or a `value` that no formula of the chain has.

    `sentence` says what to do instead, with gaps for the symbols of `names`; `told` says the
    mistake in a few words that complete "fit: …"; `lit` is the number that was mistaken.
    """

    name: str
    sentence: str
    told: str
    formula: Expression | None = None
    value: float | None = None
    names: Mapping[str, Name] = field(default_factory=lambda: MappingProxyType({}))
    lit: Name | None = None


def rules_of(step: Step, structure: Structure, numbers: Mapping[Name, float]) -> Iterator[Rule]:
    """Yield the rules that can be mistaken for what a step does; `numbers` are those at hand."""
    at = _Rules(structure, numbers)
    match step.phase:
        case Phase.FORWARD:
            found = at.forward(step.layer)
        case Phase.LOSS:
            found = at.loss()
        case Phase.SEED:
            found = at.seed()
        case Phase.GRADIENT:
            found = at.gradient(step.result)
        case Phase.PASS_ON:
            found = at.pass_on(step.layer)
        case Phase.UPDATE:
            found = at.update(step.result)
    for rule in found:
        if rule.formula is not None and structure.linear:
            yield _with_formula(rule, linear(rule.formula))
        else:
            yield rule


def _with_formula(rule: Rule, formula: Expression) -> Rule:
    return Rule(rule.name, rule.sentence, rule.told, formula, None, rule.names, rule.lit)


def _named(**names: Name) -> Mapping[str, Name]:
    return MappingProxyType(names)


class _Rules:
    """The rules of a chain at each kind of step."""

    def __init__(self, structure: Structure, numbers: Mapping[Name, float]) -> None:
        self._structure, self._numbers = structure, numbers
        self._n = structure.layers
        self._parameters = structure.parameters
        self._e, self._target = output(self._n), Name(Quantity.TARGET, self._n)
        self._loss = Name(Quantity.LOSS, self._n)

    def forward(self, i: int) -> Iterator[Rule]:
        """Yield the mistakes of the forward step of layer i."""
        z, a, w = weighted_input(self._parameters, i), output(i - 1), weight(i)
        names = _named(a=a, w=w)
        times = mark("Multiply {a} by {w}.")
        rest = [one.of(i) for one in self._parameters if one.factor is None]
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
                names=_named(a=a, w=w, x=output(0)),
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
        if i < self._n:
            following = weight(i + 1)
            yield Rule(
                "next_weight",
                mark("{following} is the next layer’s weight. Take {w}."),
                mark("takes the weight of the next layer"),
                Activated((renamed(z, lambda name: following if name == w else name),)),
                names=_named(w=w, following=following),
                lit=following,
            )
        if rest:
            yield Rule(
                "no_bias",
                mark("Add the bias {b}."),
                mark("leaves the bias out"),
                Activated((product(w, a),)),
                names=_named(b=rest[0]),
                lit=rest[0],
            )
        if not self._structure.linear:
            yield Rule(
                "no_activation",
                mark("Apply the activation to it."),
                mark("leaves the activation out"),
                z,
                names=names,
            )

    def loss(self) -> Iterator[Rule]:
        """Yield the mistakes of the loss."""
        off = error(self._n)
        names = _named(e=self._e, t=self._target)
        yield Rule(
            "forgot_half",
            mark("The loss is half of that: ½({e} − {t})²."),
            mark("forgets the ½"),
            Product((off, off)),
            names=names,
        )
        away = self._numbers[self._e] - self._numbers[self._target]
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
            lit=self._e,
        )
        yield Rule(
            "lost_target_sign",
            mark("Mind the sign of {t}."),
            mark("loses the sign of the target"),
            HalfSquare((Sum((self._e, self._target)),)),
            names=names,
            lit=self._target,
        )

    def seed(self) -> Iterator[Rule]:
        """Yield the mistakes of ∂L/∂e."""
        names = _named(e=self._e, t=self._target)
        yield Rule(
            "loss_for_its_derivative",
            mark("That is the loss itself. Its derivative is {e} − {t}."),
            mark("takes the loss for its derivative"),
            self._loss,
            names=names,
            lit=self._loss,
        )
        yield Rule(
            "target_minus_output",
            mark("Output minus target: {e} − {t}."),
            mark("takes target minus output"),
            Difference((self._target, self._e)),
            names=names,
            lit=self._target,
        )
        yield Rule(
            "lost_target_sign",
            mark("Mind the sign of {t}."),
            mark("loses the sign of the target"),
            Sum((self._e, self._target)),
            names=names,
            lit=self._target,
        )
        yield Rule(
            "kept_the_2",
            mark("The 2 of the square and the ½ cancel: {e} − {t}."),
            mark("keeps the 2 of the square"),
            value=2 * (self._numbers[self._e] - self._numbers[self._target]),
            names=names,
        )
        yield Rule(
            "output_alone",
            mark("That is {e} alone. The target {t} is missing."),
            mark("leaves the target out"),
            self._e,
            names=names,
            lit=self._e,
        )

    def gradient(self, result: Name) -> Iterator[Rule]:
        """Yield the mistakes of the gradient of a parameter."""
        parameter, i = parameter_of(result.quantity), result.layer
        w, a, g = weight(i), output(i - 1), upstream(i)
        names = _named(w=w, a=a, g=g, p=parameter.of(i))
        own = parameter.factors(i)
        if own or not self._structure.linear:
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
        if i < self._n:
            yield Rule(
                "seed_not_passed_on",
                mark("What arrives at this layer is {g}, not {last}."),
                mark("takes the loss’s derivative, not what was passed back"),
                product(upstream(self._n), slope(i), *own),
                names=_named(g=g, last=upstream(self._n)),
                lit=upstream(self._n),
            )
        yield Rule(
            "already_times_alpha",
            mark("α comes later, in the update."),
            mark("multiplies by α already"),
            product(RATE, g, slope(i), *own),
            lit=RATE,
        )
        if self._numbers.get(w) == 0 and own:
            yield Rule(
                "zero_because_weight_is_zero",
                mark("{w} is 0, but its gradient takes {g} and {a}, not {w}."),
                mark("takes 0 because the weight is 0"),
                value=0.0,
                names=names,
                lit=w,
            )

    def pass_on(self, i: int) -> Iterator[Rule]:
        """Yield the mistakes of passing ∂L/∂aᵢ back to the layer before."""
        w, a, g = weight(i), output(i - 1), upstream(i)
        gradient = Name(Quantity.GRADIENT, i)
        names = _named(w=w, a=a, g=g, d=gradient)
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
                names=_named(w=w, other=weight(i - 1)),
                lit=weight(i - 1),
            )
        yield Rule(
            "unchanged", back, mark("hands on what arrives, unchanged"), g, names=names, lit=g
        )

    def update(self, result: Name) -> Iterator[Rule]:
        """Yield the mistakes of an update."""
        parameter, i = parameter_of(result.quantity), result.layer
        gradient = parameter.gradient_of(i)
        names = _named(p=result, d=gradient, g=upstream(i))
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
            Difference((result, Product((RATE, self._loss)))),
            names=names,
            lit=self._loss,
        )
        yield Rule(
            "unchanged",
            mark("That is the old {p}. Subtract α·{d}."),
            mark("leaves the weight unchanged"),
            result,
            names=names,
            lit=result,
        )
