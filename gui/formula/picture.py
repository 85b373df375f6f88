"""The formula of a step: in symbols, then in numbers, ending in the result. No Qt."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from engine import Experiment, Phase
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
from gui.language import Say, speech
from gui.language.joining import ended, labelled, sentences
from gui.language.numbers import MINUS, exact, given, rounded, telling
from gui.state import Pointed, State
from gui.words import glossary, symbols
from gui.words.steps import heading, words

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


@dataclass(frozen=True, slots=True)
class Piece:
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


@dataclass(frozen=True, slots=True)
class FormulaPicture:
    """What stands under the chain.

    Before the first step, where `is_prose`, `symbols` are sentences instead.
    `heading` names the step, `words` says it in a short sentence; `symbols` and `numbers` are the
    two halves of the line; `hint` lists the full values, `tip` says
    what each of them means too.
    """

    heading: str
    ink: Ink
    words: str
    symbols: tuple[Piece, ...]
    numbers: tuple[Piece, ...]
    hint: str
    tip: str = ""
    language: str = "en"
    is_prose: bool = False

    @property
    def rows(self) -> tuple[tuple[Piece, ...], ...]:
        """The line in three parts, to be broken between them: each begins before an equals sign."""
        ends = [i for i, piece in enumerate(self.numbers) if piece.text.startswith(" = ")]
        middle = ends[1] if len(ends) > 1 else len(self.numbers)
        return self.symbols, self.numbers[:middle], self.numbers[middle:]

    @property
    def copied(self) -> str:
        """The line in symbols, and below it every number in full."""
        return self._joined(self.symbols) + "\n" + self.hint

    @property
    def sentence(self) -> str:
        """The whole as one sentence: the accessible description of the picture."""
        say = speech(self.language)
        told = labelled(self.heading, ended(self.words, say), say)
        return sentences((told, self._joined((*self.symbols, *self.numbers))), say)

    def _joined(self, pieces: tuple[Piece, ...]) -> str:
        texts = [piece.text for piece in pieces]
        return sentences(texts, speech(self.language)) if self.is_prose else "".join(texts)


def formula_picture(state: State) -> FormulaPicture:
    """Describe the formula of the present step."""
    say = speech(state.look.locale)
    moment = state.moment
    if moment.step is None or moment.computation is None:
        return _start(say, state)
    line = _Line(state, moment.computation)
    experiment = state.run.experiment
    terms = (moment.computation.result, *moment.computation.operands)
    return FormulaPicture(
        heading=heading(say, moment.step),
        ink=PHASE_INKS[moment.step.phase],
        words=words(say, moment, experiment),
        symbols=line.symbols(),
        numbers=line.numbers(),
        hint="\n".join(_digits(terms, experiment, say)),
        tip="\n".join((*_digits(terms, experiment, say), *_meanings(terms, experiment, say))),
        language=state.look.locale,
    )


def _digits(terms: Iterable[Term], experiment: Experiment, say: Say) -> Iterable[str]:
    return dict.fromkeys(f"{symbols.of(t, experiment)} = {exact(t.value, say)}" for t in terms)


def _meanings(terms: Iterable[Term], experiment: Experiment, say: Say) -> Iterable[str]:
    return dict.fromkeys(
        glossary.explained(symbols.of(t, experiment), symbols.term(t, experiment), say)
        for t in terms
    )


def _start(say: Say, state: State) -> FormulaPicture:
    if state.last == 0:
        nothing = say("the number of epochs is 0, so there is nothing to step through")
        return FormulaPicture(
            say("Nothing to train"), Ink.MUTED, nothing, (), (), "", "", state.look.locale
        )
    return FormulaPicture(
        say("Ready"),
        Ink.FORWARD,
        say("nothing is computed yet"),
        (
            Piece(_chain_words(say, state.run.experiment)),
            Piece(say("Press → for the first step, or Space to play."), Ink.MUTED),
        ),
        (),
        "",
        "",
        state.look.locale,
        is_prose=True,
    )


def _chain_words(say: Say, experiment: Experiment) -> str:
    """Return what is seen, in a sentence: the chain, and what it is to learn if that has a name."""
    n = experiment.layers
    if all(sample.target == -sample.x for sample in experiment.samples):
        goal = f"{symbols.output(n, n)} = {MINUS}{symbols.output(0, n)}"
        if n == 1:
            return say("One neuron is to learn {goal}.").format(goal=goal)
        return say.counted(
            "A chain of {number} neuron is to learn {goal}.",
            "A chain of {number} neurons is to learn {goal}.",
            n,
            goal=goal,
        )
    if n == 1:
        return say("One neuron with one weight.")
    return say.counted(
        "A chain of {number} neuron with one weight.",
        "A chain of {number} neurons, each with one weight.",
        n,
    )


class _Line:
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
        result = self._symbol(self._result.name)
        if self._updates:
            result = replace(result, ink=Ink.UPDATE)
        equals = Piece(" ← " if self._updates else " = ")
        return (result, equals, *_joined(self._written(self._expression, self._symbol, " · ")))

    def numbers(self) -> tuple[Piece, ...]:
        """Return the half of the line that is written in numbers, ending in the result."""
        pieces = [Piece(" = "), *self._in_numbers(self._expression)]
        if isinstance(self._expression, Activated):
            z = Name(Quantity.WEIGHTED_INPUT, self._result.layer)
            pieces += [Piece(f" = {self._activation}("), self._number(z, first=True), Piece(")")]
        ink = Ink.UPDATE if self._updates else self._ink(self._result.quantity)
        result = Piece(
            rounded(self._result.value, self._digits_of(self._result), self._say), ink, bold=True
        )
        return (*_joined(pieces), Piece(" = "), self._named(result, self._result.name))

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

    def _symbol(self, name: Name) -> Piece:
        text = symbols.of(name, self._experiment)
        return self._named(Piece(text, self._ink(name.quantity), italic=True), name)

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
        return self._named(Piece(text, self._ink(term.quantity), underlined=True), name)

    def _digits_of(self, term: Term) -> int:
        return self._learned_digits if term.quantity in symbols.LEARNED else self._digits

    def _named(self, piece: Piece, name: Name) -> Piece:
        return replace(piece, name=name, lit=name in self._lit)


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
            joined[-1] = replace(piece, text=joined[-1].text + piece.text)
        else:
            joined.append(piece)
    return joined
