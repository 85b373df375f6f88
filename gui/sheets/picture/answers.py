"""The pages of the teacher: every exercise worked out, and what was to be found. No Qt."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from engine.quantities import Name
from engine.teaching.sheets import Exercise, Sheet
from engine.teaching.slips import Slip
from engine.teaching.told import advice, either, rule_words
from engine.words import Say, mark
from gui.language import speech
from gui.language.joining import ended, labelled, sentences
from gui.sheets.picture.blocks import (
    Block,
    Cell,
    Column,
    Document,
    Group,
    Program,
    Table,
    Text,
    plain,
)
from gui.sheets.picture.exercises import (
    TITLES,
    check_columns,
    foot,
    given,
    table_columns,
)
from gui.sheets.picture.formulas import DIGITS_OF_LOSSES, formula, with_numbers, writer
from gui.sheets.picture.tongue import Tongue
from gui.words import symbols

_TITLE = mark("Answers")
_ANSWER = mark("Answer {number}")
_PRINTED = mark("On the sheet")
_ALL_RIGHT = mark("All gradients are right.")
_IS_WRONG, _MUST_BE = mark("{symbol} is wrong."), mark("It must be {value}.")
_FIRST_WRONG = mark("The first wrong row is {number}.")
_OTHERS_FOLLOW = mark("The rows after it were computed with the wrong number.")
_MISTAKE = mark("Mistake")
_LINES = mark("The two lines without a number do not belong there.")

_COMPACT = 17.0
_BESIDE = 0.16
"""The share of the width for what stands on the sheet."""


def answers(sheet: Sheet, tongue: Tongue, version: str) -> Document:
    """Return the pages with the answers."""
    says = tuple(map(speech, tongue.languages))
    title = " · ".join(labelled(say(_TITLE), say(TITLES[sheet.kind]), say) for say in says)
    first, *others = (tuple(_answer(one, tongue)) for one in sheet.exercises)
    return Document(
        title=title,
        groups=(Group((Text(title, "title"), *first)), *map(Group, others)),
        foot=foot(sheet, version),
        language=tongue.language,
    )


def _answer(exercise: Exercise, tongue: Tongue) -> Iterator[Block]:
    yield Text(tongue.line(_ANSWER, number=exercise.number), "heading")
    yield given(exercise.experiment, tongue)
    if exercise.check:
        yield from _checked(exercise, tongue)
        return
    if exercise.order:
        for text in tongue.each(_LINES):
            yield Text(text)
        lines = exercise.order.lines
        yield Program(tuple((line, depth, str(p) if p else "") for line, depth, p in lines), 17.0)
    if exercise.found:
        for one in tongue.languages:
            yield Text(_found(exercise, speech(one)))
    yield _worked(exercise, tongue)


def _worked(exercise: Exercise, tongue: Tongue) -> Table:
    """Return the table of all steps; what stands on the sheet too where there is a mistake."""
    experiment, found = exercise.experiment, exercise.found
    write, say = writer(experiment, tongue.say), tongue.say
    columns = table_columns(exercise, tongue)
    if found:
        narrower = (replace(one, share=(1 - _BESIDE) * one.share) for one in columns)
        columns = (*narrower, Column(tongue.each(_PRINTED), _BESIDE))

    def cells(number: int) -> Iterator[Cell]:
        row = exercise.rows[number - 1]
        wrong = found is not None and number == found.row
        yield Cell(plain(str(number), "bold" if wrong else "plain"), stressed=wrong)
        yield Cell(formula(row.computation, row.step.phase, experiment))
        yield Cell(with_numbers(row.computation, experiment, say))
        yield Cell(plain(write(row.value), "bold"))
        if found and row.printed is not None:
            yield Cell(plain(write(row.printed)), stressed=wrong)

    rows = tuple(tuple(cells(number)) for number in range(1, len(exercise.rows) + 1))
    return Table(columns, rows, row=_COMPACT, tight=True)


def _found(exercise: Exercise, say: Say) -> str:
    found = exercise.found
    assert found is not None  # noqa: S101 - of this kind
    write = writer(exercise.experiment, say)
    first = say(_FIRST_WRONG).format(number=found.row)
    told = _mistakes(found.slips, exercise, say)
    after = exercise.rows[found.row :]
    follows = any(write(row.value) != write(row.printed or 0.0) for row in after)
    follow = say(_OTHERS_FOLLOW) if follows else ""
    return sentences((first, told, follow), say)


def _mistakes(slips: Sequence[Slip], exercise: Exercise, say: Say) -> str:
    """Return which mistake gives a number, and what to do instead; two where they give the same."""

    def named(name: Name) -> str:
        return symbols.of(name, exercise.experiment)

    def told(slip: Slip) -> str:
        instead = advice(slip, say, named)
        if slip.algorithm:
            # What an algorithm does in every layer says too much of the one number here.
            return instead
        return sentences((ended(rule_words(slip, say, named), say), instead), say)

    first, *others = map(told, slips)
    return either(first, others[0], say) if others else labelled(say(_MISTAKE), first, say)


def _checked(exercise: Exercise, tongue: Tongue) -> Iterator[Block]:
    check = exercise.check
    assert check is not None  # noqa: S101 - of this kind
    write = writer(exercise.experiment, tongue.say, DIGITS_OF_LOSSES)
    for one in tongue.languages:
        yield Text(_verdict(exercise, speech(one)))
    rows = []
    for moved in check.weights:
        numbers = (*moved.up, *moved.down, moved.quotient)
        sign = "✓" if moved.is_right else "✗"
        rows.append(
            (
                Cell(plain(symbols.weight(moved.layer), "symbol")),
                *(Cell(plain(write(number))) for number in numbers),
                Cell(plain(write(moved.printed), "bold"), stressed=not moved.is_right),
                Cell(plain(sign, "bold")),
            )
        )
    yield Table(check_columns(exercise, tongue), tuple(rows), row=_COMPACT, tight=True)


def _verdict(exercise: Exercise, say: Say) -> str:
    check = exercise.check
    assert check is not None  # noqa: S101 - of this kind
    wrong = [one for one in check.weights if not one.is_right]
    if not wrong:
        return say(_ALL_RIGHT)
    write = writer(exercise.experiment, say, DIGITS_OF_LOSSES)
    found = []
    for one in wrong:
        symbol = symbols.true_gradient(one.layer)
        found.append(say(_IS_WRONG).format(symbol=symbol))
        found.append(_mistakes(one.slips, exercise, say))
        found.append(say(_MUST_BE).format(value=write(one.gradient)))
    return sentences(found, say)
