"""Formulas on paper: in symbols, and with the numbers in their places. No Qt."""

from collections.abc import Callable

from engine.experiment import Experiment
from engine.expressions import (
    Activated,
    Difference,
    Expression,
    HalfSquare,
    Negated,
    Product,
    Slope,
    Spread,
    Sum,
)
from engine.moment import Computation
from engine.quantities import Name
from engine.steps import Phase
from engine.teaching.told import line_of
from engine.words import Say
from gui.language.numbers import MINUS, by_hand
from gui.sheets.picture.blocks import Line, Piece
from gui.words import symbols

DIGITS, DIGITS_OF_LOSSES = 4, 6
"""So many digits has a number that can't be written out; and losses that are nearly equal."""

_ALL = 12
_NOTHING = 1e-12
"""What floats leave of 0."""

_BETWEEN = {Product: " · ", Sum: " + ", Difference: f" {MINUS} "}


def writer(experiment: Experiment, say: Say, digits: int = DIGITS) -> Callable[[float], str]:
    """Return what writes the numbers of a chain: in full, or with `digits` where f is curved."""
    digits = _ALL if experiment.structure.f.is_straight else digits
    return lambda value: by_hand(value if abs(value) > _NOTHING else 0.0, digits, say)


def symbol(name: Name, experiment: Experiment) -> Piece:
    """Return the symbol of a number."""
    return Piece(symbols.of(name, experiment), "symbol")


def formula(computation: Computation, phase: Phase, experiment: Experiment) -> Line:
    """Return what a step computes, in symbols."""
    equals = " ← " if phase is Phase.UPDATE else " = "
    right = _written(computation.expression, experiment)
    return (symbol(computation.result.name, experiment), Piece(equals, "math"), *right)


def with_numbers(computation: Computation, experiment: Experiment, say: Say) -> Line:
    """Return the right-hand side of a step with its numbers."""
    function = symbols.activation(experiment.activation)
    return (Piece(line_of(computation, writer(experiment, say), function)),)


def _written(expression: Expression, experiment: Experiment) -> Line:
    if isinstance(expression, (Name, Spread)):
        name = expression if isinstance(expression, Name) else expression.name
        return (symbol(name, experiment),)
    f = symbols.activation(experiment.activation)
    around = {
        HalfSquare: ("½(", ")²"),
        Activated: (f"{f}(", ")"),
        Slope: (f"{f}′(", ")"),
        Negated: (MINUS, ""),
    }
    before, after = around.get(type(expression), ("", ""))
    pieces = [Piece(before, "math")]
    for k, part in enumerate(expression.parts):
        written = _written(part, experiment)
        if isinstance(expression, Product) and isinstance(part, (Difference, Sum)):
            written = (Piece("(", "math"), *written, Piece(")", "math"))
        if k:
            pieces.append(Piece(_BETWEEN.get(type(expression), " "), "math"))
        pieces += written
    return tuple(piece for piece in (*pieces, Piece(after, "math")) if piece.text)
