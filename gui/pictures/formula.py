"""The formula of a step: in symbols, then in numbers, ending in the result. No Qt."""

from dataclasses import dataclass

from engine import Phase
from engine.moment import Computation, Quantity, Term
from gui.language import Say, speech
from gui.numbers import MINUS, exact, given, rounded
from gui.pictures import symbols
from gui.pictures.ink import Ink
from gui.state import State

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
    """A piece of the line: symbols stand in italics, the result in bold, its numbers underlined."""

    text: str
    ink: Ink = Ink.TEXT
    italic: bool = False
    bold: bool = False
    underlined: bool = False


@dataclass(frozen=True, slots=True)
class FormulaPicture:
    """What stands under the chain.

    `heading` names the step, `words` says it in a short sentence; `symbols` and `numbers` are the
    two halves of the line; `hint` lists the full values.
    """

    heading: str
    ink: Ink
    words: str
    symbols: tuple[Piece, ...]
    numbers: tuple[Piece, ...]
    hint: str

    @property
    def copied(self) -> str:
        """The line in symbols, and below it every number in full."""
        return "".join(piece.text for piece in self.symbols) + "\n" + self.hint

    @property
    def sentence(self) -> str:
        """The whole as one sentence: the accessible description of the picture."""
        line = "".join(piece.text for piece in (*self.symbols, *self.numbers))
        return " ".join(filter(None, (f"{self.heading}:", f"{self.words}.", line)))


def formula_picture(state: State) -> FormulaPicture:
    """Describe the formula of the present step."""
    say = speech(state.look.language)
    moment = state.moment
    if moment.step is None or moment.computation is None:
        return _start(say, state)
    line = _Line(state, moment.computation)
    layers, activation = state.run.experiment.layers, state.run.experiment.activation
    terms = (moment.computation.result, *moment.computation.operands)
    return FormulaPicture(
        heading=heading(say, moment.step.phase, moment.step.layer),
        ink=PHASE_INKS[moment.step.phase],
        words=_words(say, moment.step.phase, linear=activation == "identity"),
        symbols=line.symbols(),
        numbers=line.numbers(),
        hint="\n".join(
            dict.fromkeys(f"{symbols.of(t, layers, activation)} = {exact(t.value)}" for t in terms)
        ),
    )


def heading(say: Say, phase: Phase, layer: int) -> str:
    """Return the name of a step: "Backward · layer 2"."""
    if phase is Phase.LOSS:
        return say("Loss")
    if phase is Phase.SEED:
        return say("Backward · the loss")
    names = {
        Phase.FORWARD: say("Forward · layer {layer}"),
        Phase.GRADIENT: say("Gradient · layer {layer}"),
        Phase.PASS_ON: say("Backward · layer {layer}"),
        Phase.UPDATE: say("Update · layer {layer}"),
    }
    return names[phase].format(layer=layer)


def _words(say: Say, phase: Phase, *, linear: bool) -> str:
    plain = {
        Phase.FORWARD: say("multiply the layer’s input by its weight"),
        Phase.LOSS: say("half the squared distance of the output from its target"),
        Phase.SEED: say("the public derivative sets out from the loss"),
        Phase.GRADIENT: say("multiply the public derivative by this layer’s input"),
        Phase.PASS_ON: say("pass the public derivative on, times this layer’s weight"),
        Phase.UPDATE: say("a small step against the gradient"),
    }
    curved = {
        Phase.FORWARD: say("multiply the layer’s input by its weight, then apply the activation"),
        Phase.GRADIENT: say(
            "multiply the public derivative by the activation’s slope and the layer’s input"
        ),
        Phase.PASS_ON: say(
            "pass the public derivative on, times the activation’s slope and the weight"
        ),
    }
    return plain[phase] if linear else curved.get(phase, plain[phase])


def _start(say: Say, state: State) -> FormulaPicture:
    if state.last == 0:
        words = say("the number of epochs is 0, so there is nothing to step through")
        return FormulaPicture(say("Nothing to train"), Ink.MUTED, words, (), (), "")
    return FormulaPicture(
        say("Ready"),
        Ink.FORWARD,
        say("nothing is computed yet"),
        (Piece(say("Press → for the first step, or Space to play.")),),
        (),
        "",
    )


class _Line:
    """Builds the line of one computation, once with symbols and once with numbers."""

    def __init__(self, state: State, computation: Computation) -> None:
        experiment = state.run.experiment
        self._layers = experiment.layers
        self._activation = experiment.activation
        self._digits = state.look.digits
        self._updates = state.moment.phase is Phase.UPDATE
        self._result = computation.result
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
        return (self._symbol(self._result), equals, *_filled(self._shape, operands))

    def numbers(self) -> tuple[Piece, ...]:
        """Return the half of the line that is written in numbers, ending in the result."""
        operands = [self._number(term, first=i == 0) for i, term in enumerate(self._operands)]
        pieces = [Piece(" = "), *_filled(self._shape.replace("·", "×"), operands)]
        if self._weighted:
            pieces.append(Piece(f" = {self._activation}("))
            pieces += [self._number(self._weighted, first=True), Piece(")")]
        ink = Ink.UPDATE if self._updates else _INKS[self._result.quantity]
        result = Piece(rounded(self._result.value, self._digits), ink, bold=True)
        return (*pieces, Piece(" = "), result)

    def _pattern(self, phase: Phase | None) -> str:
        match phase:
            case Phase.LOSS:
                return "½({} − {})²"
            case Phase.SEED:
                return "{} − {}"
            case Phase.UPDATE:
                return "{} − {} · {}"
            case Phase.FORWARD if self._weighted:
                return f"{self._activation}({{}} · {{}})"
            case _:
                return " · ".join("{}" for _ in self._operands)

    def _symbol(self, term: Term) -> Piece:
        text = symbols.of(term, self._layers, self._activation)
        return Piece(text, _INKS[term.quantity], italic=True)

    def _number(self, term: Term, *, first: bool) -> Piece:
        typed = term.quantity in (Quantity.TARGET, Quantity.LEARNING_RATE) or (
            term.quantity is Quantity.OUTPUT and term.layer == 0
        )
        text = (given if typed else rounded)(term.value, self._digits)
        if text.startswith(MINUS) and not first:
            text = f"({text})"
        return Piece(text, _INKS[term.quantity], underlined=True)


def _filled(pattern: str, operands: list[Piece]) -> list[Piece]:
    """Return the pattern with an operand in each of its gaps."""
    between = pattern.split("{}")
    pieces = [Piece(between[0])]
    for operand, text in zip(operands, between[1:], strict=True):
        pieces += [operand, Piece(text)]
    return [piece for piece in pieces if piece.text]
