"""The error of the gradient check over ε, as curves on logarithmic axes. No Qt."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from types import MappingProxyType

from engine import Experiment
from engine.checking import EPSILON
from engine.checking.conclusion import Reason
from engine.checking.conclusion_words import named
from engine.checking.error_curve import EPSILONS, CurveShape, ErrorCurve, best_epsilon, shape
from engine.parameters import parameter_of, values_by_name
from engine.quantities import Name
from engine.words import mark
from gui.language import Say, speech
from gui.language.joining import labelled
from gui.language.numbers import exact, power, relative
from gui.panels.gradient_check.picture import Subject, found, lit_parameter, subject
from gui.state import State
from gui.words import symbols

NONE, HIGHEST = 1e-17, 4.0
"""The axis of the relative error. An error of 0 is drawn at its foot."""

_SHOWN = 1e-2
"""If a curve is nowhere below this, no ε says anything about its gradient."""

NAMED = 8
"""The most layers whose curves have colours, signs and names of their own."""

SIGNS = "●■▲◆▼○□◇"
"""What stands on the curves of a layer, for eyes that tell few colours apart."""

_EVERY = len(SIGNS)
"""Of so many points of a curve, one has its sign."""

_REASONS: Mapping[CurveShape, str] = MappingProxyType(
    {
        CurveShape.PARABOLA: mark(
            "The loss is a parabola in each single weight, so the difference is exact at any ε"
            " except for rounding, which grows as ε shrinks."
        ),
        CurveShape.KINKED: mark(
            "Between kinks the loss is a parabola in each weight, so there is only rounding error,"
            " which grows as ε shrinks. A large ε reaches across a kink of a ReLU: there the error"
            " jumps."
        ),
        CurveShape.V: mark(
            "The curve is a V: with a large ε the difference misses how the loss curves (the error"
            " grows like ε²), with a small ε rounding dominates (like 1/ε). The best ε lies"
            " between."
        ),
        CurveShape.ZERO: mark("Every gradient is 0 here: a relative error says nothing."),
        CurveShape.TOO_SMALL: mark(
            "The losses are so small that floating-point numbers lose their digits: they "
            "underflow, and their difference means nothing."
        ),
        CurveShape.TOO_LARGE: mark(
            "The losses are too large for a floating-point number: they overflow, so there "
            "is no difference at any ε."
        ),
        CurveShape.NOT_FINITE: mark(
            "Numbers have become infinite or NaN: there is nothing to draw."
        ),
    }
)


@dataclass(frozen=True, eq=False, slots=True)
class ErrorCurves:
    """The curves of all parameters, in the order of θ; another check is another object."""

    curves: tuple[ErrorCurve, ...] = ()


@dataclass(frozen=True, slots=True)
class ErrorLine:
    """A parameter's curve: its relative errors at `EPSILONS`, NaN where there is a gap.

    The curves of a layer have one colour and one `sign`, which stands on every few points, from
    the point `begins` on; all but that of its first parameter are `dashed`.
    """

    name: Name
    symbol: str
    dashed: bool
    errors: tuple[float, ...]
    sign: str = ""
    begins: int = 0

    def signed(self) -> Iterator[tuple[float, float]]:
        """Yield ε and error of the points that its sign stands on."""
        points = zip(EPSILONS, self.errors, strict=True)
        for epsilon, error in islice(points, self.begins, None, _EVERY):
            if self.sign and not math.isnan(error):
                yield epsilon, error


@dataclass(frozen=True, slots=True)
class CurvesPicture:
    """The diagram and its words; `article`, `present` and `best` are values of ε.

    `best` is None where nothing is to be recommended, `lit` the parameter that is pointed at.
    `lines` are empty while they are being computed; `many` tells that they look all alike.
    """

    lines: tuple[ErrorLine, ...]
    many: bool
    article: float
    present: float
    best: float | None
    lit: Name | None
    heading: str
    present_words: str
    article_words: str
    best_words: str
    reasons: tuple[str, ...]
    language: str


def curves_picture(state: State, made: ErrorCurves | None) -> CurvesPicture:
    """Describe the diagram; `made` is None while the curves are still being computed."""
    say = speech(state.look.locale)
    best = _best(state, made.curves) if made else None
    return CurvesPicture(
        lines=_lines(made, state.run.experiment) if made else (),
        many=made is not None and state.run.experiment.layers > NAMED,
        article=EPSILON,
        present=state.look.epsilon,
        best=best,
        lit=lit_parameter(state),
        heading=say("Relative error over ε"),
        present_words=exact(state.look.epsilon, say),
        article_words=say("article {epsilon}").format(epsilon="10⁻⁴"),
        best_words="" if best is None else say("best {epsilon}").format(epsilon=power(best, say)),
        reasons=_reasons(say, state) if made else (say("Computing…"),),
        language=state.look.locale,
    )


_FEW = 4
"""The most errors that are all read; of more, the one that is nearest to the cross-hair."""


def errors_reading(picture: CurvesPicture, epsilon: float, height: float) -> tuple[str, ...]:
    """Return an ε and the relative errors there, one a line; `height` is an error too."""
    place = EPSILONS.index(epsilon)
    lines = [line for line in picture.lines if not math.isnan(line.errors[place])]
    if len(lines) > _FEW:
        away = {line: abs(math.log10(line.errors[place] / height)) for line in lines}
        lines = [min(lines, key=lambda line: away[line])]
    errors = ((line.symbol, line.errors[place]) for line in lines)
    say = speech(picture.language)
    told = ((name, "0" if error <= NONE else relative(error, say)) for name, error in errors)
    return (f"ε = {power(epsilon, say)}", *(labelled(name, error, say) for name, error in told))


@lru_cache(maxsize=2)
def _lines(made: ErrorCurves, experiment: Experiment) -> tuple[ErrorLine, ...]:
    lines = (_line(curve, experiment) for curve in made.curves)
    if experiment.layers > NAMED:
        return tuple(lines)
    # Each begins at another point, so that curves which lie on one another show all their signs.
    count = len(made.curves)
    return tuple(
        replace(line, sign=SIGNS[line.name.layer - 1], begins=number * _EVERY // count)
        for number, line in enumerate(lines)
    )


def _line(curve: ErrorCurve, experiment: Experiment) -> ErrorLine:
    dashed = parameter_of(curve.name.quantity) != experiment.parameters[0]
    errors = (max(NONE, e) if math.isfinite(e) else math.nan for e in curve.relative)
    return ErrorLine(curve.name, symbols.of(curve.name, experiment), dashed, tuple(errors))


def _best(state: State, curves: Sequence[ErrorCurve]) -> float | None:
    """Return the best ε for the gradients that are right and that any ε can show to be."""
    of = subject(state)
    if state.look.after_update or _shape(of) is CurveShape.TOO_SMALL:
        return None
    caught = found(of, state.look.epsilon).caught
    gradients = values_by_name(of.experiment.parameters, of.gradients)
    return best_epsilon(
        curve
        for curve in curves
        if curve.name not in caught
        and gradients[curve.name]
        and min(filter(math.isfinite, curve.relative), default=math.inf) <= _SHOWN
    )


def _reasons(say: Say, state: State) -> tuple[str, ...]:
    of = subject(state)
    if state.look.after_update:
        return (
            say(
                "These gradients are from before the update: no ε brings them closer to"
                " differences after it."
            ),
        )
    return (_reason(say, of), *_flat(say, state))


def _reason(say: Say, of: Subject) -> str:
    shape = _shape(of)
    if shape is CurveShape.PARABOLA and len(of.experiment.parameters) > 1:
        return say(
            "The loss is a parabola in each single parameter, so the difference is exact at any ε"
            " except for rounding, which grows as ε shrinks."
        )
    return say(_REASONS[shape])


@lru_cache(maxsize=4)
def _shape(of: Subject) -> CurveShape:
    return shape(of.experiment, of.theta, of.sample, of.gradients)


def _flat(say: Say, state: State) -> tuple[str, ...]:
    """Return what is to be said of wrong gradients."""
    for remark in found(subject(state), state.look.epsilon).remarks:
        if remark.reason is Reason.CAUGHT:
            flat = say("At {layers} the curve is flat: no ε makes a wrong gradient right.")
            return (flat.format(layers=named(remark.names, state.run.experiment, say)),)
    return ()
