"""The formula of a step: in symbols, then in numbers, ending in the result. No Qt."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from engine import Experiment, Phase
from engine.moment import Computation, Quantity, Term
from gui.drawing.ink import Ink
from gui.language import Say, speech
from gui.language.joining import ended, labelled, sentences
from gui.language.numbers import MINUS, exact, given, rounded, telling
from gui.state import Pointed, State
from gui.words import glossary, symbols
from gui.words.steps import heading, words

_INKS = {
    Quantity.OUTPUT: Ink.FORWARD,
    Quantity.WEIGHT: Ink.TEXT,
    Quantity.WEIGHTED_INPUT: Ink.FORWARD,
    Quantity.DERIVATIVE: Ink.TEXT,
    Quantity.TARGET: Ink.TEXT,
    Quantity.LOSS: Ink.LOSS,
    Quantity.UPSTREAM: Ink.BACKWARD,
    Quantity.GRADIENT: Ink.GRADIENT,
    Quantity.LEARNING_RATE: Ink.TEXT,
}

_WEIGHT_INKS = {
    Quantity.OUTPUT: Ink.FORWARD,
    Quantity.UPSTREAM: Ink.BACKWARD,
    Quantity.GRADIENT: Ink.BACKWARD,
    Quantity.WEIGHT: Ink.TEXT,
    Quantity.LOSS: Ink.TEXT,
}
"""The colour of a weight, by what is computed from it: that of its card."""

PHASE_INKS = {
    Phase.FORWARD: Ink.FORWARD,
    Phase.LOSS: Ink.LOSS,
    Phase.SEED: Ink.BACKWARD,
    Phase.GRADIENT: Ink.GRADIENT,
    Phase.PASS_ON: Ink.BACKWARD,
    Phase.UPDATE: Ink.UPDATE,
}


_ERROR = 2
"""The number of operands of e − ê, with which a backward pass begins."""


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
    say = speech(state.look.language)
    moment = state.moment
    if moment.step is None or moment.computation is None:
        return _start(say, state)
    line = _Line(state, moment.computation)
    experiment = state.run.experiment
    terms = (moment.computation.result, *moment.computation.operands)
    return FormulaPicture(
        heading=heading(say, moment.step, experiment.algorithm),
        ink=PHASE_INKS[moment.step.phase],
        words=words(say, moment, experiment),
        symbols=line.symbols(),
        numbers=line.numbers(),
        hint="\n".join(_digits(terms, experiment)),
        tip="\n".join((*_digits(terms, experiment), *_meanings(terms, experiment, say))),
        language=state.look.language,
    )


def _digits(terms: Iterable[Term], experiment: Experiment) -> Iterable[str]:
    return dict.fromkeys(f"{symbols.of(t, experiment)} = {exact(t.value)}" for t in terms)


def _meanings(terms: Iterable[Term], experiment: Experiment, say: Say) -> Iterable[str]:
    return dict.fromkeys(
        glossary.explained(symbols.of(t, experiment), symbols.term(t, experiment), say)
        for t in terms
    )


def _start(say: Say, state: State) -> FormulaPicture:
    if state.last == 0:
        nothing = say("the number of epochs is 0, so there is nothing to step through")
        return FormulaPicture(
            say("Nothing to train"), Ink.MUTED, nothing, (), (), "", "", state.look.language
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
        state.look.language,
        is_prose=True,
    )


def _chain_words(say: Say, experiment: Experiment) -> str:
    """Return what is seen, in a sentence: the chain, and what it is to learn if that has a name."""
    n = experiment.layers
    if all(sample.target == -sample.x for sample in experiment.samples):
        goal = f"{symbols.output(n, n)} = {MINUS}{symbols.output(0, n)}"
        template = (
            say("One neuron is to learn {goal}.")
            if n == 1
            else say("A chain of {count} neurons is to learn {goal}.")
        )
        return template.format(count=n, goal=goal)
    if n == 1:
        return say("One neuron with one weight.")
    return say("A chain of {count} neurons, each with one weight.").format(count=n)


class _Line:
    """Builds the line of one computation, once with symbols and once with numbers."""

    def __init__(self, state: State, computation: Computation) -> None:
        self._experiment = experiment = state.run.experiment
        self._activation = symbols.activation(experiment.activation)
        self._digits = state.look.digits
        self._lit = state.lit
        self._updates = state.moment.phase is Phase.UPDATE
        self._weight_digits = _weight_digits(state)
        self._inks = {**_INKS, Quantity.WEIGHT: _WEIGHT_INKS[computation.result.quantity]}
        self._result, self._negated = computation.result, computation.negated
        self._operands = [
            term for term in computation.operands if term.quantity is not Quantity.WEIGHTED_INPUT
        ]
        self._weighted = next(
            (t for t in computation.operands if t.quantity is Quantity.WEIGHTED_INPUT), None
        )
        self._shape = self._pattern(state.moment.phase)

    def symbols(self) -> tuple[Piece, ...]:
        """Return the half of the line that is written in symbols."""
        equals = Piece(" ← " if self._updates else " = ")
        operands = [self._symbol(term) for term in self._operands]
        result = self._symbol(self._result)
        if self._updates:
            result = replace(result, ink=Ink.UPDATE)
        return (result, equals, *_filled(self._shape, operands))

    def numbers(self) -> tuple[Piece, ...]:
        """Return the half of the line that is written in numbers, ending in the result."""
        operands = [
            self._number(term, first=i == 0 and not self._negated)
            for i, term in enumerate(self._operands)
        ]
        pieces = [Piece(" = "), *_filled(self._shape.replace("·", "×"), operands)]
        if self._weighted:
            pieces.append(Piece(f" = {self._activation}("))
            pieces += [self._number(self._weighted, first=True), Piece(")")]
        ink = Ink.UPDATE if self._updates else self._inks[self._result.quantity]
        result = Piece(rounded(self._result.value, self._digits_of(self._result)), ink, bold=True)
        return (*pieces, Piece(" = "), self._named(result, self._result))

    def _pattern(self, phase: Phase | None) -> str:
        match phase:
            case Phase.LOSS:
                return "½({} − {})²"
            case Phase.SEED if len(self._operands) > _ERROR:
                return "({} − {})" + " · {}" * (len(self._operands) - _ERROR)
            case Phase.SEED:
                return "{} − {}"
            case Phase.UPDATE:
                return "{} − {} · {}"
            case Phase.FORWARD if self._weighted:
                return f"{self._activation}({{}} · {{}})"
            case _:
                sign = MINUS if self._negated else ""
                return sign + " · ".join("{}" for _ in self._operands)

    def _symbol(self, term: Term) -> Piece:
        text = symbols.of(term, self._experiment)
        return self._named(Piece(text, self._inks[term.quantity], italic=True), term)

    def _number(self, term: Term, *, first: bool) -> Piece:
        typed = term.quantity in (Quantity.TARGET, Quantity.LEARNING_RATE) or (
            term.quantity is Quantity.OUTPUT and term.layer == 0
        )
        text = (given if typed else rounded)(term.value, self._digits_of(term))
        if text.startswith(MINUS) and not first:
            text = f"({text})"
        return self._named(Piece(text, self._inks[term.quantity], underlined=True), term)

    def _digits_of(self, term: Term) -> int:
        return self._weight_digits if term.quantity is Quantity.WEIGHT else self._digits

    def _named(self, piece: Piece, term: Term) -> Piece:
        name = (term.quantity, term.layer)
        return replace(piece, name=name, lit=name in self._lit)


def _weight_digits(state: State) -> int:
    """Return with how many digits a weight is written: an update can be seen in them."""
    old, new = state.moment.old_weight, state.moment.new_weight
    if old is None or new is None:
        return state.look.digits
    return telling(old, new, state.look.digits)


def _filled(pattern: str, operands: list[Piece]) -> list[Piece]:
    """Return the pattern with an operand in each of its gaps."""
    between = pattern.split("{}")
    pieces = [Piece(between[0])]
    for operand, text in zip(operands, between[1:], strict=True):
        pieces += [operand, Piece(text)]
    return [piece for piece in pieces if piece.text]
