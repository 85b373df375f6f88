"""Cards of facts and slips: formulas, terms, and what is wrong with a wrong formula. No Qt."""

from collections.abc import Iterator
from dataclasses import replace

from engine.algorithms import CORRECT
from engine.experiment import Experiment
from engine.moment import Moment, moment_at
from engine.quantities import Name
from engine.run import Run
from engine.steps import Phase, begins_in_front, steps_per_sample
from engine.teaching.quiz.html import paragraphs, plain
from engine.teaching.quiz.question import Card
from engine.teaching.slips import Slip, slips_at
from engine.teaching.standing import trained
from engine.teaching.told import advice, rule_words
from engine.words import Say, mark
from gui.language.joining import ended
from gui.sheets.picture.formulas import formula
from gui.words import glossary, symbols
from gui.words.meanings import Meaning
from gui.words.steps import heading

_HOW = mark("How is {symbol} computed?")
_HOW_NEW = mark("How is {symbol} updated?")
_MEANS = mark("What does {symbol} mean?")
_WRONG = mark("What is wrong here?")


def facts(experiment: Experiment, say: Say) -> Iterator[Card]:
    """Yield the cards of a chain: what each step computes, what its symbols mean, the slips."""
    experiment = replace(experiment, epochs=1, algorithm=CORRECT)
    run = trained(experiment)
    moments = [
        moment_at(run, index) for index in range(1, steps_per_sample(experiment.structure) + 1)
    ]
    yield from (_formula(moment, experiment, say) for moment in _outer(moments))
    yield from _terms(moments, experiment, say)
    yield from _slips(run, moments, experiment, say)


def _outer(moments: list[Moment]) -> Iterator[Moment]:
    """Yield the moments of the first and the last step of each kind: those between are alike."""
    by_phase: dict[Phase | None, list[Moment]] = {}
    for moment in moments:
        by_phase.setdefault(moment.phase, []).append(moment)
    for alike in by_phase.values():
        yield from {one.index: one for one in (alike[0], alike[-1])}.values()


def _formula(moment: Moment, experiment: Experiment, say: Say) -> Card:
    step, computation = moment.step, moment.computation
    assert step is not None  # noqa: S101 - not the start
    assert computation is not None  # noqa: S101
    symbol = symbols.of(computation.result.name, experiment)
    asked = _HOW_NEW if moment.new_value is not None else _HOW
    words = say(step.words.of(linear=experiment.structure.linear))
    return Card(
        name=heading(say, step),
        text=paragraphs(plain(say(asked).format(symbol=symbol))),
        back=paragraphs(
            f"<b>{plain(_written(moment, experiment))}</b>",
            plain(_sentence(words, say)),
        ),
        tags=("chainstep", "formula", step.phase.value),
    )


def _written(moment: Moment, experiment: Experiment) -> str:
    assert moment.computation is not None  # noqa: S101
    assert moment.step is not None  # noqa: S101
    pieces = formula(moment.computation, moment.step.phase, experiment)
    return "".join(piece.text for piece in pieces)


def _terms(moments: list[Moment], experiment: Experiment, say: Say) -> Iterator[Card]:
    """Yield a card for each kind of number, with the symbol that it has first."""
    seen = set[Meaning]()
    for moment in moments:
        if moment.computation is None:
            continue
        for term in (*moment.computation.operands, moment.computation.result):
            meant = symbols.term(term, experiment)
            if meant in seen:
                continue
            seen.add(meant)
            symbol = symbols.of(term, experiment)
            yield Card(
                name=symbol,
                text=paragraphs(plain(say(_MEANS).format(symbol=symbol))),
                back=paragraphs(plain(_sentence(glossary.meaning(meant, say), say))),
                tags=("chainstep", "term"),
            )


def _slips(run: Run, moments: list[Moment], experiment: Experiment, say: Say) -> Iterator[Card]:
    """Yield a card for each slip that has a formula, in its first step."""
    seen = set[tuple[str, str]]()
    for moment in moments:
        for slip in slips_at(run, moment.index):
            phase = moment.step.phase.value if moment.step else ""
            if slip.computation is None or (slip.name, phase) in seen:
                continue
            if slip.algorithm and begins_in_front(slip.algorithm):
                continue  # under the same names it has other numbers
            wrong = _wrong(slip, moment, experiment)
            if wrong == _written(moment, experiment):
                continue
            seen.add((slip.name, phase))
            yield Card(
                name=slip.name,
                text=paragraphs(f"<b>{plain(wrong)}</b>", plain(say(_WRONG))),
                back=_right(slip, moment, experiment, say),
                tags=("chainstep", "slip", phase),
            )


def _wrong(slip: Slip, moment: Moment, experiment: Experiment) -> str:
    """Return the wrong formula under the right name."""
    assert moment.computation is not None  # noqa: S101
    assert moment.step is not None  # noqa: S101
    assert slip.computation is not None  # noqa: S101
    shown = moment.computation._replace(expression=slip.computation.expression)
    pieces = formula(shown, moment.step.phase, experiment)
    return "".join(piece.text for piece in pieces)


def _right(slip: Slip, moment: Moment, experiment: Experiment, say: Say) -> str:
    def named(name: Name) -> str:
        return symbols.of(name, experiment)

    rule = rule_words(slip, say, named)
    return paragraphs(
        plain(_sentence(rule, say)),
        plain(advice(slip, say, named)),
        f"<b>{plain(_written(moment, experiment))}</b>",
    )


def _sentence(words: str, say: Say) -> str:
    return ended(words[:1].upper() + words[1:], say) if words else ""
