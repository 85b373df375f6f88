"""The pages that learners get: one group of blocks for each exercise. No Qt."""

from collections.abc import Iterator

from engine.activations import IDENTITY
from engine.experiment import Experiment
from engine.teaching.sheets import Exercise, Row, Sheet
from engine.teaching.sheets.rows import given as given_numbers
from engine.words import counted, mark, within
from gui.language.numbers import MINUS, exact
from gui.sheets.picture.blocks import (
    Blanks,
    Block,
    Cell,
    Chain,
    Column,
    Document,
    Given,
    Group,
    Piece,
    Program,
    Table,
    Text,
    plain,
)
from gui.sheets.picture.formulas import (
    DIGITS,
    DIGITS_OF_LOSSES,
    formula,
    symbol,
    with_numbers,
    writer,
)
from gui.sheets.picture.tongue import Tongue
from gui.words import symbols

TITLES = {
    "table": mark("One training step by hand"),
    "fade": mark("One training step by hand, with less and less help"),
    "find": mark("Find the mistake"),
    "check": mark("Check the gradients"),
    "order": mark("Put the training loop in order"),
}
_TASKS = {
    "table": mark("Write the numbers into each formula, and compute the result."),
    "fade": mark(
        "The first table is worked out. Fill in what is missing in the next two,"
        " then do the others on your own."
    ),
    "find": mark(
        "Somebody made a mistake in this table and went on with the wrong number."
        " Circle the first wrong row, and say what was done wrong."
    ),
    "check": mark(
        "Somebody computed these gradients; at most one of them is wrong."
        " Check each by a difference of losses."
    ),
    "order": counted(
        "Number {number} line in the right order.",
        "Number the {number} lines that belong to the training loop in the right order,"
        " and cross out the two others. Then run it once with the numbers of the chain.",
    ),
}
_STEPS = mark(
    "Make each weight larger and smaller by {distance}, and compute the output and the loss."
    " The difference of the two losses, divided by {double}, must be the gradient."
)
_PARABOLA = mark("In this chain the loss is a parabola in each weight: the two are equal.")
_NEARLY = mark("With this activation the two are nearly equal.")
_ROUNDING = mark(
    "Keep {number} digits in every result. The answers are computed with all digits:"
    " the last one may differ."
)
EXERCISE = mark("Exercise {number}")
FORMULA, NUMBERS, RESULT = mark("Formula"), mark("With numbers"), mark("Result")
_WRONG_ROW, _WHAT = mark("The first wrong row:"), mark("What was done wrong:")
_RIGHT = mark("Right?")
_GRADIENT = mark("gradient")
_NAME, _DATE = within("work sheet", "Name"), within("work sheet", "Date")


def foot(sheet: Sheet, version: str) -> str:
    """Return the line at the foot of a page: the command that prints the sheet again."""
    activation = "" if sheet.activation == IDENTITY else f" --activation {sheet.activation}"
    return (
        f"chainstep worksheet --kind {sheet.kind} --seed {sheet.seed}"
        f" --count {len(sheet.exercises)} --layers {sheet.layers}{activation}"
        f" · Chainstep {version}"
    )


def exercises(sheet: Sheet, tongue: Tongue, version: str) -> Document:
    """Return the pages of the learner."""
    return Document(
        title=tongue.line(TITLES[sheet.kind]),
        groups=(
            Group(tuple(_head(sheet, tongue))),
            *(Group(tuple(_exercise(one, tongue))) for one in sheet.exercises),
        ),
        foot=foot(sheet, version),
        language=tongue.language,
    )


def _head(sheet: Sheet, tongue: Tongue) -> Iterator[Block]:
    yield Blanks(
        tuple((plain(tongue.line(one)), width) for one, width in ((_NAME, 190), (_DATE, 90)))
    )
    yield Text(tongue.line(TITLES[sheet.kind]), "title")
    for task in tongue.each(_TASKS[sheet.kind], number=len(_lines_right(sheet))):
        yield Text(task)
    f = sheet.exercises[0].experiment.structure.f
    if not f.is_straight:
        digits = DIGITS_OF_LOSSES if sheet.exercises[0].check else DIGITS
        for note in tongue.each(_ROUNDING, number=digits):
            yield Text(note)
    if f.formulas:
        yield Given(tuple(plain(one, "math") for one in f.formulas))


def _lines_right(sheet: Sheet) -> list[str]:
    order = sheet.exercises[0].order
    return [line for line, _, place in order.lines if place] if order else []


def given(experiment: Experiment, tongue: Tongue) -> Given:
    """Return the numbers that an exercise begins with."""
    return Given(
        tuple(
            (symbol(name, experiment), Piece(f" = {exact(value, tongue.say)}", "math"))
            for name, value in given_numbers(experiment).items()
        )
    )


def _exercise(exercise: Exercise, tongue: Tongue) -> Iterator[Block]:
    experiment = exercise.experiment
    yield Text(tongue.line(EXERCISE, number=exercise.number), "heading")
    yield given(experiment, tongue)
    yield Chain(experiment, tongue.languages)
    if exercise.check:
        yield from _check(exercise, tongue)
    elif exercise.order:
        yield Program(tuple((line, depth, "") for line, depth, _ in exercise.order.lines))
        yield Blanks(
            tuple(
                ((symbol(row.computation.result.name, experiment), Piece(" ← ", "math")), 80)
                for row in sorted(exercise.rows[-experiment.layers :], key=lambda r: r.step.layer)
            )
        )
    else:
        yield rows_table(exercise, tongue)
    if exercise.found:
        yield Blanks(((plain(tongue.line(_WRONG_ROW)), 60),))
        yield Blanks(((plain(tongue.line(_WHAT)), 0),))


def rows_table(exercise: Exercise, tongue: Tongue) -> Table:
    """Return the table of the steps as it stands on the sheet."""
    write = writer(exercise.experiment, tongue.say)

    def cells(number: int, row: Row) -> tuple[Cell, ...]:
        said = with_numbers(row.computation, exercise.experiment, tongue.say)
        return (
            Cell(plain(str(number))),
            Cell(formula(row.computation, row.step.phase, exercise.experiment)),
            Cell(said if row.worked else ()),
            Cell(() if row.printed is None else plain(write(row.printed), "bold")),
        )

    rows = tuple(cells(k, row) for k, row in enumerate(exercise.rows, 1))
    return Table(table_columns(exercise, tongue), rows)


def table_columns(exercise: Exercise, tongue: Tongue) -> tuple[Column, ...]:
    """Return the columns of a table of steps: f′ makes the formulas longer."""
    linear = exercise.experiment.structure.linear
    return (
        Column(("",), 0.07, centred=True),
        Column((tongue.line(FORMULA),), 0.34 if linear else 0.4),
        Column((tongue.line(NUMBERS),), 0.38 if linear else 0.34),
        Column((tongue.line(RESULT),), 0.21 if linear else 0.19),
    )


def _check(exercise: Exercise, tongue: Tongue) -> Iterator[Block]:
    check = exercise.check
    assert check is not None  # noqa: S101 - of this kind
    write = writer(exercise.experiment, tongue.say, DIGITS_OF_LOSSES)
    distance, double = (exact(by, tongue.say) for by in (check.distance, 2 * check.distance))
    for task in tongue.each(_STEPS, distance=distance, double=double):
        yield Text(task)
    for note in tongue.each(_PARABOLA if check.exact else _NEARLY):
        yield Text(note, "note")
    yield Table(
        check_columns(exercise, tongue),
        tuple(
            (
                Cell((Piece(symbols.weight(one.layer), "symbol"),)),
                *[Cell()] * 5,
                Cell(plain(write(one.printed), "bold")),
                Cell(),
            )
            for one in check.weights
        ),
        row=34,
    )


def check_columns(exercise: Exercise, tongue: Tongue) -> tuple[Column, ...]:
    """Return the columns of a table of differences."""
    check, n = exercise.check, exercise.experiment.layers
    assert check is not None  # noqa: S101 - of this kind
    distance, double = (exact(by, tongue.say) for by in (check.distance, 2 * check.distance))
    e = symbols.output(n, n)
    return (
        Column(("",), 0.07, centred=True),
        Column((f"w + {distance}:", e), 0.13),
        Column((f"w + {distance}:", "L₊"), 0.14),
        Column((f"w {MINUS} {distance}:", e), 0.13),
        Column((f"w {MINUS} {distance}:", "L₋"), 0.14),
        Column((f"(L₊ {MINUS} L₋)", f"/ {double}"), 0.15),
        Column(tongue.each(_GRADIENT), 0.13),
        Column(tongue.each(_RIGHT), 0.11, centred=True),
    )
