"""Questions about the steps of a chain: each tells all the numbers that it needs. No Qt."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import partial

from engine.experiment import Experiment
from engine.moment import Moment, moment_at
from engine.quantities import Name
from engine.run import Run
from engine.steps import Phase, steps_of
from engine.teaching.judge import Verdict, margin
from engine.teaching.quiz.html import paragraphs, plain
from engine.teaching.quiz.question import Asked, Numerical, Wrong
from engine.teaching.sheets.rows import given
from engine.teaching.slips import Slip, slips_at
from engine.teaching.told import line_of, verdict_words
from engine.words import Say, mark
from gui.language.joining import ended, labelled, listed
from gui.language.numbers import by_hand
from gui.sheets.picture.formulas import formula
from gui.words import symbols
from gui.words.steps import heading

_DIGITS = 6
_SAME = 1e-9
_LEAST_TOLERANCE = 1e-6
_LESS = 0.49
"""Of the way to the next number: nothing typed is two of them."""

_ASKED = mark("What is {symbol}?")
_ASKED_NEW = mark("What is {symbol} after the update?")
_GIVEN, _KNOWN = mark("Given"), mark("Computed so far")
_CHAIN = mark("The chain")


def written(value: float, say: Say) -> str:
    """Return a number as it stands in a question."""
    return by_hand(value, _DIGITS, say)


def step_question(run: Run, index: int, say: Say, name: str, tags: Sequence[str]) -> Numerical:
    """Return a question for the result of the step that leads to the moment `index`."""
    moment = moment_at(run, index)
    assert moment.computation is not None  # noqa: S101 - a step was done
    assert moment.step is not None  # noqa: S101
    experiment = run.experiment
    symbol = symbols.of(moment.computation.result.name, experiment)
    asked = _ASKED_NEW if moment.phase is Phase.UPDATE else _ASKED
    text = paragraphs(
        *context(run, index - 1, say), f"<b>{plain(say(asked).format(symbol=symbol))}</b>"
    )
    asked_so = Asked(
        name=f"{name} · {heading(say, moment.step)}",
        text=text,
        tags=(*tags, moment.step.phase.value),
        hints=tuple(map(paragraphs, _hints(moment, experiment, say))),
    )
    mistakes = Mistakes(run, slips_at(run, index))
    value = moment.computation.result.value
    return numerical(asked_so, value, mistakes, say, worked=_worked(moment, experiment, say))


@dataclass(frozen=True, slots=True)
class Mistakes:
    """The slips at a question about a run; `own` are sentences of an author, by their names."""

    run: Run
    slips: tuple[Slip, ...]
    own: Mapping[str, str] = field(default_factory=dict)


def numerical(
    asked: Asked,
    value: float,
    mistakes: Mistakes,
    say: Say,
    *,
    tolerance: float | None = None,
    worked: str = "",
) -> Numerical:
    """Return a question with each slip told; `worked` is said to what is right."""
    room = max(margin(value), (tolerance or 0.0) * abs(value), _LEAST_TOLERANCE)
    groups = [group for group in _grouped(mistakes.slips) if abs(group[0].value - value) > room]
    wrong = list[Wrong]()
    for group in groups:
        slip = group[0].value
        apart = min(abs(slip - other) for other in (value, *_others(groups, group)))
        near = min(max(margin(slip), _LEAST_TOLERANCE), _LESS * apart)
        wrong.append(Wrong(_tidy(slip), _short(near), _told(group, value, mistakes, say)))
    nearest = min((abs(one.value - value) for one in wrong), default=2 * room)
    return Numerical(
        **{one.name: getattr(asked, one.name) for one in fields(Asked)},
        value=_tidy(value),
        written=written(_tidy(value), say),
        tolerance=_short(min(room, _LESS * nearest)),
        right=paragraphs(plain(worked or say("This is it."))),
        wrong=tuple(wrong),
        otherwise=paragraphs(plain(say("Not this number."))),
    )


def _others(groups: Sequence[Sequence[Slip]], but: Sequence[Slip]) -> Iterator[float]:
    return (group[0].value for group in groups if group is not but)


def _tidy(value: float) -> float:
    return float(f"{value:.12g}") + 0.0


def _short(tolerance: float) -> float:
    return float(f"{tolerance:.4g}")


def _grouped(slips: Sequence[Slip]) -> list[list[Slip]]:
    """Return the slips by what they give: those that can't be told apart together."""
    groups: list[list[Slip]] = []
    for slip in slips:
        for group in groups:
            if abs(group[0].value - slip.value) <= _SAME * max(1.0, abs(slip.value)):
                if slip.name not in {one.name for one in group}:
                    group.append(slip)
                break
        else:
            groups.append([slip])
    return groups


def _told(group: Sequence[Slip], value: float, mistakes: Mistakes, say: Say) -> str:
    for slip in group:
        if slip.name in mistakes.own:
            return mistakes.own[slip.name]
    experiment = mistakes.run.experiment
    words = verdict_words(
        Verdict("slip", value, group[0].value, tuple(group)),
        say,
        lambda name: symbols.of(name, experiment),
        partial(written, say=say),
        symbols.activation(experiment.activation),
    )
    return paragraphs(plain(words))


def context(run: Run, index: int, say: Say) -> Iterator[str]:
    """Yield what is known at a moment, in lines of HTML: the chain, what is given and computed."""
    experiment, moment = run.experiment, moment_at(run, index)
    forward = [step for step in steps_of(experiment.structure) if step.phase is Phase.FORWARD]
    first = moment_at(run, len(forward) + 1)
    assert first.computation is not None  # noqa: S101 - the loss was computed
    formulas = []
    for k in range(1, len(forward) + 2):
        one = moment_at(run, k)
        if one.computation is not None and one.step is not None:
            pieces = formula(one.computation, one.step.phase, experiment)
            formulas.append("".join(piece.text for piece in pieces))
    yield _line(_CHAIN, formulas, say)
    sample = experiment.samples[moment.sample - 1]
    begun = replace(experiment, samples=(sample,))
    numbers = {name: moment.before.get(name, value) for name, value in given(begun).items()}
    yield _line(_GIVEN, _equations(numbers, experiment, say), say)
    known = {n: v for n, v in moment.numbers.items() if numbers.get(n) != v}
    if known and moment.position:
        yield _line(_KNOWN, _equations(known, experiment, say), say)


def _equations(numbers: Mapping[Name, float], experiment: Experiment, say: Say) -> list[str]:
    return [f"{symbols.of(n, experiment)} = {written(v, say)}" for n, v in numbers.items()]


def _line(label: str, items: Sequence[str], say: Say) -> str:
    return plain(labelled(say(label), listed(items, say), say))


def _hints(moment: Moment, experiment: Experiment, say: Say) -> Iterator[str]:
    """Yield a thought, the formula, and the formula with numbers."""
    assert moment.step is not None  # noqa: S101 - a step was done
    assert moment.computation is not None  # noqa: S101
    words = say(moment.step.words.of(linear=experiment.structure.linear))
    if words:
        yield plain(ended(words[:1].upper() + words[1:], say))
    pieces = formula(moment.computation, moment.step.phase, experiment)
    yield plain("".join(piece.text for piece in pieces))
    yield plain(_in_numbers(moment, experiment, say))


def _in_numbers(moment: Moment, experiment: Experiment, say: Say) -> str:
    assert moment.computation is not None  # noqa: S101
    f = symbols.activation(experiment.activation)
    return line_of(moment.computation, partial(written, say=say), f)


def _worked(moment: Moment, experiment: Experiment, say: Say) -> str:
    """Return how the result of a step comes about."""
    assert moment.computation is not None  # noqa: S101
    name, value = moment.computation.result.name, moment.computation.result.value
    symbol = symbols.of(name, experiment)
    return f"{symbol} = {_in_numbers(moment, experiment, say)} = {written(value, say)}"
