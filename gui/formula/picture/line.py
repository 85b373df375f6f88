"""The line of a formula: pieces of text, once with symbols and once with numbers. No Qt."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from engine import Phase
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
from engine.quantities import Name, Quantity, Term
from gui.drawing.ink import Ink
from gui.language import speech
from gui.language.covering import is_covered
from gui.language.numbers import MINUS, given, rounded, telling
from gui.state import Pointed, State
from gui.words import symbols

_INKS = {
    Quantity.OUTPUT: Ink.FORWARD,
    Quantity.WEIGHTED_INPUT: Ink.FORWARD,
    Quantity.LOSS: Ink.LOSS,
    Quantity.UPSTREAM: Ink.BACKWARD,
    **dict.fromkeys(symbols.GRADIENTS, Ink.GRADIENT),
}
"""The colours of numbers; the others have that of the text."""

_INKS_OF_LEARNED = {
    Quantity.OUTPUT: Ink.FORWARD,
    Quantity.UPSTREAM: Ink.BACKWARD,
    **dict.fromkeys(symbols.GRADIENTS, Ink.BACKWARD),
}
"""The colour of a parameter, by what is computed from it: that of its card."""

PHASE_INKS = {
    Phase.FORWARD: Ink.FORWARD,
    Phase.LOSS: Ink.LOSS,
    Phase.SEED: Ink.BACKWARD,
    Phase.GRADIENT: Ink.GRADIENT,
    Phase.PASS_ON: Ink.BACKWARD,
    Phase.UPDATE: Ink.UPDATE,
}


class Piece(NamedTuple):
    """A piece of the line: symbols stand in italics, the result in bold, its numbers underlined.

    `name` is the number that it stands for, `lit` what is pointed at.
    """

    text: str
    ink: Ink = Ink.TEXT
    italic: bool = False
    bold: bool = False
    underlined: bool = False
    name: Pointed | None = None
    lit: bool = False


class Line:
    """Builds the line of one computation, once with symbols and once with numbers."""

    def __init__(self, state: State, computation: Computation) -> None:
        self._experiment, self._say = state.run.experiment, speech(state.look.locale)
        self._activation = symbols.activation(self._experiment.activation)
        self._digits, self._learned_digits = state.look.digits, _learned_digits(state)
        self._lit = state.lit
        self._updates = state.moment.phase is Phase.UPDATE
        self._result, self._expression = computation.result, computation.expression
        self._values = {term.name: term for term in computation.operands}
        of = _INKS_OF_LEARNED.get(self._result.quantity, Ink.TEXT)
        self._inks = _INKS | dict.fromkeys(symbols.LEARNED, of)

    def symbols(self) -> tuple[Piece, ...]:
        """Return the half of the line that is written in symbols."""
        result = self.symbol(self._result.name)
        if self._updates:
            result = result._replace(ink=Ink.UPDATE)
        equals = Piece(" ← " if self._updates else " = ")
        return (result, equals, *self.in_symbols(self._expression))

    def in_symbols(self, expression: Expression) -> list[Piece]:
        """Return an expression in symbols."""
        return _joined(self._written(expression, self.symbol, " · "))

    def numbers(self) -> tuple[Piece, ...]:
        """Return the half of the line that is written in numbers, ending in the result."""
        pieces = [Piece(" = "), *self._in_numbers(self._expression)]
        if isinstance(self._expression, Activated) and not is_covered(self._result.value):
            z = Name(Quantity.WEIGHTED_INPUT, self._result.layer)
            pieces += [Piece(f" = {self._activation}("), self._number(z, first=True), Piece(")")]
        ink = Ink.UPDATE if self._updates else self._ink(self._result.quantity)
        name, text = self._result.name, self._text_of(self._result)
        result = Piece(text, ink, bold=True, name=name, lit=name in self._lit)
        return (*_joined(pieces), Piece(" = "), result)

    def in_numbers(self, expression: Expression) -> list[Piece]:
        """Return an expression in numbers."""
        return _joined(self._in_numbers(expression))

    def rounded(self, value: float) -> str:
        """Return a number as the line writes it."""
        return rounded(value, self._digits, self._say)

    def _in_numbers(self, expression: Expression) -> list[Piece]:
        first = not isinstance(expression, Negated)

        def number(name: Name) -> Piece:
            nonlocal first
            piece = self._number(name, first=first)
            first = False
            return piece

        return self._written(expression, number, " × ")

    def _written(
        self, expression: Expression, leaf: Callable[[Name], Piece], times: str
    ) -> list[Piece]:
        """Return an expression in pieces: its names by `leaf`, and the signs around them."""
        if isinstance(expression, (Name, Spread)):
            return [leaf(expression if isinstance(expression, Name) else expression.name)]
        around = {
            HalfSquare: ("½(", ")²"),
            Activated: (f"{self._activation}(", ")"),
            Slope: (f"{self._activation}′(", ")"),
            Negated: (MINUS, ""),
        }
        between = {Product: times, Sum: " + ", Difference: f" {MINUS} "}
        sign = Piece(between.get(type(expression), ""))
        pieces: list[Piece] = []
        for part in expression.parts:
            written = self._written(part, leaf, times)
            if isinstance(expression, Product) and isinstance(part, (Difference, Sum)):
                written = [Piece("("), *written, Piece(")")]
            pieces += [sign, *written] if pieces else written
        before, after = around.get(type(expression), ("", ""))
        return [Piece(before), *pieces, Piece(after)]

    def symbol(self, name: Name) -> Piece:
        """Return a number by its symbol."""
        text = symbols.of(name, self._experiment)
        lit = name in self._lit
        return Piece(text, self._ink(name.quantity), italic=True, name=name, lit=lit)

    def _ink(self, quantity: Quantity) -> Ink:
        return self._inks.get(quantity, Ink.TEXT)

    def _number(self, name: Name, *, first: bool) -> Piece:
        term = self._values[name]
        typed = term.quantity in (Quantity.TARGET, Quantity.LEARNING_RATE) or (
            term.quantity is Quantity.OUTPUT and term.layer == 0
        )
        text = (given if typed else rounded)(term.value, self._digits_of(term), self._say)
        if text.startswith(MINUS) and not first:
            text = f"({text})"
        lit = name in self._lit
        return Piece(text, self._ink(term.quantity), underlined=True, name=name, lit=lit)

    def _text_of(self, term: Term) -> str:
        return rounded(term.value, self._digits_of(term), self._say)

    def _digits_of(self, term: Term) -> int:
        return self._learned_digits if term.quantity in symbols.LEARNED else self._digits


def _learned_digits(state: State) -> int:
    """Return with how many digits a parameter is written: an update can be seen in them."""
    old, new = state.moment.old_value, state.moment.new_value
    if old is None or new is None:
        return state.look.digits
    return telling(old, new, state.look.digits)


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Return the pieces, signs that follow one another in one."""
    joined: list[Piece] = []
    for piece in filter(lambda one: one.text, pieces):
        sign = piece.name is None
        if sign and joined and joined[-1].name is None:
            joined[-1] = piece._replace(text=joined[-1].text + piece.text)
        else:
            joined.append(piece)
    return joined
