"""The gradient check: each gradient beside its central difference, and the result. No Qt.

The check uses the parameters before the update that is shown, with its sample: they give the
gradients in the picture of the chain. They are the present ones until the update begins to change
them.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from types import MappingProxyType

from engine import Experiment, GradientCheck, Run, Sample, Verdict
from engine.checking.conclusion import Conclusion, OverallVerdict, conclude
from engine.checking.conclusion_words import after_update_sentence, sentences
from engine.checking.gradient_check import ALARMS, compare
from engine.parameters import parameter_of
from engine.quantities import Name
from engine.words import mark, within
from gui.language import Say, speech
from gui.language.covering import COVERED
from gui.language.joining import clauses
from gui.language.numbers import exact, relative, rounded
from gui.state import State
from gui.words import symbols
from gui.words.glossary import all_explained, learned
from gui.words.meanings import Meaning

MARKS: Mapping[Verdict, str] = MappingProxyType(
    {
        Verdict.RIGHT: "✓",
        Verdict.KINKS: "~",
        Verdict.SUSPICIOUS: "?",
        Verdict.WRONG: "✗",
        Verdict.UNRESOLVED: "≈",
        Verdict.UNDERFLOW: "≈",
        Verdict.TRUNCATED: "≈",
        Verdict.AT_KINK: "≈",
        Verdict.NOT_FINITE: "∞",
    }
)
"""The sign of each verdict: colour is never alone."""

VERDICT_WORDS: Mapping[Verdict, str] = MappingProxyType(
    {
        Verdict.RIGHT: within("verdict", "right"),
        Verdict.KINKS: mark("acceptable only near kinks"),
        Verdict.SUSPICIOUS: mark("suspicious"),
        Verdict.WRONG: within("verdict", "wrong"),
        Verdict.UNRESOLVED: mark("within rounding"),
        Verdict.UNDERFLOW: mark("underflow"),
        Verdict.TRUNCATED: mark("within truncation"),
        Verdict.AT_KINK: mark("at a kink"),
        Verdict.NOT_FINITE: mark("not finite"),
    }
)

_LEGEND: tuple[tuple[Verdict, str, str], ...] = (
    (Verdict.RIGHT, mark("error ≤ 10⁻⁷"), within("verdict", "right")),
    (Verdict.KINKS, mark("error ≤ 10⁻⁴"), mark("acceptable only near kinks")),
    (Verdict.SUSPICIOUS, mark("error ≤ 10⁻²"), mark("suspicious")),
    (Verdict.WRONG, mark("error > 10⁻²"), within("verdict", "wrong")),
    (Verdict.UNRESOLVED, mark("any error"), mark("within the difference's own error")),
)


# No line breaks within a formula.
_FORMULA = "(L(w + ε) − L(w − ε)) / 2ε".replace(" ", "\u00a0")
_WITH_PLUS = "(f(θ + ε) + f(θ − ε)) / 2ε".replace(" ", "\u00a0")
_WITH_MINUS = "(f(θ + ε) − f(θ − ε)) / 2ε".replace(" ", "\u00a0")


@dataclass(frozen=True, eq=False, slots=True)
class Subject:
    """What is checked: some gradients, against differences at some θ, for one sample.

    Another check is another object.
    """

    experiment: Experiment
    theta: tuple[float, ...]
    sample: Sample
    gradients: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A parameter's row: its numbers as they are shown, in full for a tool tip, and for copying.

    `name` is that of the parameter, `gradient_name` that of its gradient. `names` are those of the
    gradient and of the difference beside it, `spoken` is the row as one sentence, `told` the same
    with the numbers as they are shown; `alarm` tells that the gradient and the difference do not
    match.
    """

    name: Name
    gradient_name: Name
    symbol: str
    names: tuple[str, str]
    gradient: str
    difference: str
    error: str
    sign: str
    verdict: str
    alarm: bool
    full: str
    copied: str
    spoken: str
    told: str


@dataclass(frozen=True, slots=True)
class CheckPicture:
    """All of the panel but the curves.

    `rows` come as the backward pass does, the last layer first. The first of `findings` sums
    up, `alarm` tells that something is wrong; `legend` has each sign, up to which relative error it
    stands, and what it means; `comparison` says what the article's way compares
    and is empty where it is not chosen.
    """

    title: str
    subject: str
    comparison: str
    rows: tuple[CheckRow, ...]
    findings: tuple[str, ...]
    alarm: bool
    legend: tuple[tuple[str, str, str], ...]
    note: str
    lit: Name | None


@lru_cache(maxsize=4)
def subject_of(run: Run, update: int, *, after: bool) -> Subject:
    """Return what is checked at an update; `after` is the article's way."""
    theta, sample = run.theta_before(update), run.sample(update)
    learner = run.experiment.learner(theta)
    learner.learn(sample.x, sample.target)
    checked = learner.theta if after else theta
    return Subject(run.experiment, checked, sample, learner.theta_gradients)


def subject(state: State) -> Subject:
    """Return what is checked at the present moment."""
    return subject_of(state.run, state.moment.update, after=state.look.after_update)


@lru_cache(maxsize=4)
def checks(of: Subject, epsilon: float) -> tuple[GradientCheck, ...]:
    """Return the rows of the check, layer 1 first."""
    return compare(of.experiment, of.theta, of.sample, of.gradients, epsilon)


@lru_cache(maxsize=4)
def found(of: Subject, epsilon: float) -> Conclusion:
    """Return what a check before the update comes to."""
    return conclude(of.experiment, of.theta, of.sample, checks(of, epsilon), epsilon)


def check_picture(state: State) -> CheckPicture:
    """Describe the check at the present moment."""
    say, look = speech(state.look.locale), state.look
    of = subject(state)
    rows = checks(of, look.epsilon)
    alarm = any(row.verdict in ALARMS for row in rows)
    return CheckPicture(
        title=say(
            "Each gradient beside its central difference {formula}, which is computed without the"
            " chain rule."
        ).format(formula=_FORMULA),
        subject=_subject_words(say, state),
        comparison=_comparison(say, of.experiment) if look.after_update else "",
        rows=_rows(say, of, look.epsilon, look.digits, _hidden(state)),
        findings=_findings(say, state),
        alarm=alarm if look.after_update else found(of, look.epsilon).verdict in _BAD,
        legend=tuple((MARKS[v], say(limit), say(words)) for v, limit, words in _LEGEND),
        note=say(
            "The article prints the limit with a plus, {wrong}. A minus belongs there: {right}."
        ).format(wrong=_WITH_PLUS, right=_WITH_MINUS),
        lit=lit_parameter(state),
    )


_BAD = frozenset({OverallVerdict.CAUGHT, OverallVerdict.DIFFERENCE_OFF, OverallVerdict.NOT_FINITE})


def _subject_words(say: Say, state: State) -> str:
    moment, weights_alone = state.moment, len(state.run.experiment.parameters) == 1
    if not state.run.updates:
        if weights_alone:
            return say("Initial weights, sample 1")
        return say("Initial parameters, sample 1")
    if state.look.after_update:
        template = say("Epoch {epoch}, sample {sample}: before and after its update")
    elif weights_alone:
        template = say("Epoch {epoch}, sample {sample}: the weights before its update")
    else:
        template = say("Epoch {epoch}, sample {sample}: the parameters before its update")
    return template.format(epoch=moment.epoch, sample=moment.sample)


def _comparison(say: Say, experiment: Experiment) -> str:
    if len(experiment.parameters) == 1:
        return say(
            "The article prints this after each update: gradients from before the update beside"
            " differences at the new weights. This is no check of the gradient."
        )
    return say(
        "The article prints this after each update: gradients from before the update beside"
        " differences at the new parameters. This is no check of the gradient."
    )


def _findings(say: Say, state: State) -> tuple[str, ...]:
    of, epsilon = subject(state), state.look.epsilon
    write = partial(relative, say=say)
    if state.look.after_update:
        errors = [row.relative_error for row in checks(of, epsilon)]
        return (after_update_sentence([e for e in errors if math.isfinite(e)], say, write),)
    return sentences(found(of, epsilon), of.experiment, say, write)


def _hidden(state: State) -> frozenset[Name]:
    """Return the parameters whose gradients may not be seen; the differences tell them, too."""
    experiment = state.run.experiment
    layers = range(1, experiment.layers + 1)
    pairs = ((one.of(i), one.gradient_of(i)) for one in experiment.parameters for i in layers)
    return frozenset(name for name, gradient in pairs if state.hides(gradient))


@lru_cache(maxsize=4)
def _rows(
    say: Say, of: Subject, epsilon: float, digits: int, hidden: frozenset[Name]
) -> tuple[CheckRow, ...]:
    backwards = sorted(checks(of, epsilon), key=lambda row: -row.layer)
    return tuple(
        _row(say, _covered(row) if row.name in hidden else row, of.experiment, digits)
        for row in backwards
    )


def _covered(row: GradientCheck) -> GradientCheck:
    return replace(row, gradient=COVERED, numeric=COVERED, absolute_error=COVERED)


def _row(say: Say, row: GradientCheck, experiment: Experiment, digits: int) -> CheckRow:
    parameter, verdict = parameter_of(row.name.quantity), say(VERDICT_WORDS[row.verdict])
    gradient = parameter.gradient_of(row.layer)
    numbers = (row.gradient, row.numeric, row.absolute_error, row.relative_error)
    names = (
        symbols.of(gradient, experiment),
        say("central difference"),
        say("absolute error"),
        say("relative error"),
    )
    full = [f"{name} = {exact(number, say)}" for name, number in zip(names, numbers, strict=True)]
    terms = zip(
        names,
        (
            learned(parameter).gradient,
            Meaning.CENTRAL_DIFFERENCE,
            Meaning.ABSOLUTE_ERROR,
            Meaning.RELATIVE_ERROR,
        ),
        strict=False,
    )
    shown = (
        f"{names[0]} = {rounded(row.gradient, digits, say)}",
        f"{names[1]} = {rounded(row.numeric, digits, say)}",
        f"{names[3]} = {relative(row.relative_error, say)}",
    )
    return CheckRow(
        name=row.name,
        gradient_name=gradient,
        symbol=symbols.of(row.name, experiment),
        names=(say("gradient"), say("difference")),
        gradient=rounded(row.gradient, digits, say),
        difference=rounded(row.numeric, digits, say),
        error=relative(row.relative_error, say),
        sign=MARKS[row.verdict],
        verdict=verdict,
        alarm=row.verdict in ALARMS,
        full="\n".join((*full, f"{MARKS[row.verdict]} {verdict}", all_explained(terms, say))),
        copied="\t".join((row.parameter, *map(repr, numbers), str(row.verdict))),
        spoken=clauses((*full, verdict), say),
        told=clauses((*shown, verdict), say),
    )


def lit_parameter(state: State) -> Name | None:
    """Return the parameter that is pointed at, or whose gradient is."""
    for name in state.lit:
        if name.quantity in symbols.LEARNED | symbols.GRADIENTS:
            return parameter_of(name.quantity).of(name.layer)
    return None
