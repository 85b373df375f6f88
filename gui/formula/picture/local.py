"""The chain rule of a step, and its local derivative: ∂e/∂w₃ = z, because e = w₃ · z. No Qt."""

from collections.abc import Mapping
from string import Formatter

from engine import Phase, Step
from engine.activations import ACTIVATIONS
from engine.expressions import Expression, Negated, names_in
from engine.local_derivatives import Link, links, number, value_of
from engine.moment import Computation
from engine.quantities import Name, Quantity, Term
from engine.steps import true_results
from engine.words import Say, mark
from gui.drawing.ink import Ink
from gui.formula.picture.line import Line, Piece
from gui.language import speech
from gui.language.covering import COVERED, is_covered
from gui.language.joining import ended
from gui.state import State
from gui.words import symbols

Row = tuple[Piece, ...]

_OF_THE_ALGORITHM = (Phase.SEED, Phase.GRADIENT, Phase.PASS_ON)

_BECAUSE = mark("{derivative}, because {formula}")
_ELSE = mark("The chain rule says {formula}; this algorithm computes something else.")
_AHEAD = (
    mark("From {formula} follows {first}"),
    mark("From {formula} follow {first} and {second}"),
    mark("From {formula} follow {first}, {second} and {third}"),
)


def local_rows(state: State, step: Step) -> tuple[Row, ...]:
    """Return what is unfolded at a step: the chain rule, then its local derivative and why.

    The numbers are those of the forward pass, also where a weight has been updated since.
    """
    writer = _Writer(state)
    found = links(state.run.experiment.structure, step)
    say = speech(state.look.locale)
    if step.phase is Phase.FORWARD:
        parts = {name: writer.derivative(one) for name, one in zip(_GAPS, found, strict=False)}
        if not parts:
            return ()
        formula = writer.formula(found[0].of)
        return (_filled(say(_AHEAD[len(parts) - 1]), {"formula": formula, **parts}),)
    [link] = found
    of_loss = link.of.phase is Phase.LOSS
    left = writer.of_loss(link) if of_loss else writer.derivative(link)
    if not of_loss:
        left = (*left, *writer.in_numbers(link))
    gaps = {"derivative": left, "formula": writer.formula(link.of)}
    because = _filled(say(_BECAUSE), gaps)
    rows: tuple[Row, ...] = (because,) if of_loss else (writer.chain_rule(link), because)
    right = true_results(state.run.experiment.structure)
    if step.phase in _OF_THE_ALGORITHM and step.result not in right:
        told = _filled(say(_ELSE), {"formula": rows[0] if not of_loss else left})
        rows = (told, *rows[1:]) if not of_loss else (told, because)
    return rows


_GAPS = ("first", "second", "third")


class _Writer:
    """Writes the pieces of one moment."""

    def __init__(self, state: State) -> None:
        self._state, self._experiment = state, state.run.experiment
        self._numbers = _forward(state)

    def chain_rule(self, link: Link) -> Row:
        """Return ∂L/∂w₃ = ∂L/∂e · ∂e/∂w₃."""
        upstream = link.of.result.layer
        arriving = symbols.public_derivative(upstream, self._experiment.layers)
        name = Name(Quantity.UPSTREAM, upstream)
        public = symbols.is_public(upstream, self._experiment)
        return (
            self._whole(link),
            Piece(" = "),
            self._lit(Piece(arriving, Ink.BACKWARD, italic=True, name=name if public else None)),
            Piece(" · "),
            self._small(link),
        )

    def of_loss(self, link: Link) -> Row:
        """Return ∂L/∂e = e − ê."""
        return (self._whole(link), *self._right(link))

    def derivative(self, link: Link) -> Row:
        """Return ∂e/∂w₃ = z."""
        return (self._small(link), *self._right(link))

    def _right(self, link: Link) -> Row:
        expression = link.expression
        if expression is None:
            return (Piece(" = 1"),)
        return (Piece(" = "), *self._line(expression).in_symbols(expression))

    def in_numbers(self, link: Link) -> Row:
        """Return = 4.9, or = 0.5 × 4.9 = 2.45; nothing where there is no number to put in."""
        expression = link.expression
        if expression is None:
            return ()
        line = self._line(expression)
        pieces = [Piece(" = "), *line.in_numbers(expression)]
        if not isinstance(expression, Name):
            f = ACTIVATIONS[self._experiment.activation]
            covered = any(is_covered(self._number(name)) for name in names_in(expression))
            value = COVERED if covered else value_of(link, self._numbers, f)
            pieces += [Piece(" = "), Piece(line.rounded(value))]
        return tuple(pieces)

    def formula(self, step: Step) -> Row:
        """Return e = w₃ · z."""
        line = self._line(step.expression, step.result)
        return (line.symbol(step.result), Piece(" = "), *line.in_symbols(step.expression))

    def _whole(self, link: Link) -> Piece:
        by, n = link.by, self._experiment.layers
        if by.quantity is Quantity.OUTPUT:
            text, ink = symbols.public_derivative(by.layer, n), Ink.BACKWARD
        else:
            text, ink = f"∂L/∂{symbols.of(by, self._experiment)}", Ink.GRADIENT
        return Piece(text, ink, italic=True)

    def _small(self, link: Link) -> Piece:
        of, by = (symbols.of(one, self._experiment) for one in (link.of.result, link.by))
        return Piece(f"∂{of}/∂{by}", Ink.FORWARD, italic=True)

    def _lit(self, piece: Piece) -> Piece:
        return piece._replace(lit=piece.name is not None and piece.name in self._state.lit)

    def _line(self, expression: Expression, result: Name | None = None) -> Line:
        result = result or Name(Quantity.OUTPUT, 1)
        values = [Term(*name, self._number(name)) for name in names_in(expression)]
        negated = isinstance(expression, Negated)
        made = Computation(Term(*result, 0.0), tuple(values), negated, expression)
        return Line(self._state, made)

    def _number(self, name: Name) -> float:
        f = ACTIVATIONS[self._experiment.activation]
        of = Name(Quantity.OUTPUT, name.layer) if name.quantity is Quantity.DERIVATIVE else name
        value = self._numbers.get(of, COVERED)
        return COVERED if is_covered(value) else number(name, self._numbers, f)


def _forward(state: State) -> Mapping[Name, float]:
    """Return the numbers that the forward pass knew: parameters are those before the update."""
    return {**state.moment.numbers, **state.moment.before}


def _filled(message: str, gaps: Mapping[str, Row]) -> Row:
    """Put pieces into the gaps of a message; its own words are muted."""
    pieces: list[Piece] = []
    for words, gap, _, _ in Formatter().parse(message):
        if words:
            pieces.append(Piece(words, Ink.MUTED))
        if gap:
            pieces += gaps[gap]
    return tuple(pieces)


def spoken(rows: tuple[Row, ...], say: Say) -> tuple[str, ...]:
    """Return the rows as sentences."""
    texts = ("".join(piece.text for piece in row) for row in rows)
    return tuple(text if text.endswith((".", "。")) else ended(text, say) for text in texts)
