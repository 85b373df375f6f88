"""The formula of a step: in symbols, then in numbers, ending in the result. No Qt."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from engine import Experiment, Phase, Step
from engine.algorithms import CORRECT
from engine.quantities import Term
from gui.drawing.ink import Ink
from gui.formula.picture.line import PHASE_INKS, Line, Piece
from gui.formula.picture.local import local_rows, spoken
from gui.formula.shown import LocalFold
from gui.language import Say, speech
from gui.language.covering import HIDDEN
from gui.language.joining import ended, labelled, sentences
from gui.language.numbers import MINUS, exact, rounded
from gui.state import State
from gui.state.practice import Help, Question
from gui.words import glossary, symbols
from gui.words.steps import heading, words

__all__ = ["PHASE_INKS", "FormulaPicture", "Piece", "formula_picture"]


_OF_THE_ALGORITHM = frozenset({Phase.SEED, Phase.GRADIENT, Phase.PASS_ON, Phase.UPDATE})
"""The steps that are its own, or that name what it computes; forward all have in common."""


@dataclass(frozen=True, slots=True)
class FormulaPicture:
    """What stands under the chain.

    Before the first step, where `is_prose`, `symbols` are sentences instead.
    Where it `asks`, the line ends where the result is to be typed.
    `heading` names the step, `words` says it in a short sentence; `symbols` and `numbers` are the
    two halves of the line; `hint` lists the full values, `tip` says
    what each of them means too. Where the line `folds`, the chain rule of the step can be unfolded
    under it: its rows are `local`, empty while they are folded away.
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
    asks: bool = False
    folds: bool = False
    local: tuple[tuple[Piece, ...], ...] = ()

    @property
    def rows(self) -> tuple[tuple[Piece, ...], ...]:
        """The line in three parts, to be broken between them: each begins before an equals sign."""
        ends = [i for i, piece in enumerate(self.numbers) if piece.text.startswith(" = ")]
        middle = ends[1] if len(ends) > 1 else len(self.numbers)
        return self.symbols, self.numbers[:middle], self.numbers[middle:]

    @property
    def copied(self) -> str:
        """The line in symbols, and below it every number in full."""
        rows = ("".join(piece.text for piece in row) for row in self.local)
        return "\n".join((self._joined(self.symbols), *rows, self.hint))

    @property
    def sentence(self) -> str:
        """The whole as one sentence: the accessible description of the picture."""
        say = speech(self.language)
        told = labelled(self.heading, ended(self.words, say), say)
        line = self._joined((*self.symbols, *self.numbers))
        if not self.local:
            return sentences((told, line), say)
        return sentences((told, ended(line, say), self.told_local), say)

    @property
    def told_local(self) -> str:
        """What is unfolded, in sentences."""
        say = speech(self.language)
        return sentences(spoken(self.local, say), say)

    def _joined(self, pieces: tuple[Piece, ...]) -> str:
        texts = [piece.text for piece in pieces]
        if self.asks and texts[-1] != HIDDEN:
            texts.append(HIDDEN)
        return sentences(texts, speech(self.language)) if self.is_prose else "".join(texts)


def formula_picture(state: State) -> FormulaPicture:
    """Describe the formula of the present step."""
    say = speech(state.look.locale)
    if state.question is not None:
        return _asked(say, state, state.question)
    moment = state.moment
    if moment.step is None or moment.computation is None:
        return _start(say, state)
    if state.secret and moment.phase in _OF_THE_ALGORITHM:
        return _secret(say, state, moment.step)
    line = Line(state, moment.computation)
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
        folds=True,
        local=local_rows(state, moment.step) if state.view(LocalFold).unfolded else (),
    )


def _secret(say: Say, state: State, step: Step) -> FormulaPicture:
    """Describe a step of an algorithm that is to be found out."""
    told = say("how this algorithm computes it is to be found out")
    right = replace(state.run.experiment, algorithm=CORRECT)
    result = Piece(symbols.of(step.result, right), PHASE_INKS[step.phase], italic=True)
    number = state.moment.numbers[step.result]
    value = Piece(f" = {rounded(number, state.look.digits, say)}", bold=True)
    ink, language = PHASE_INKS[step.phase], state.look.locale
    hint = f"{result.text} = {exact(number, say)}"
    return FormulaPicture(heading(say, step), ink, told, (result,), (value,), hint, hint, language)


def _asked(say: Say, state: State, question: Question) -> FormulaPicture:
    """Describe the formula of the step that is asked, up to where its result is to stand.

    How much of it stands there is the help that the question gives.
    """
    told = formula_picture(replace(state, index=question.index, practice=None))
    result, equals = told.symbols[:2]
    symbols = told.symbols if question.help < Help.NAME else (result,)
    ends = Piece(" = ") if question.help < Help.NAME else equals
    numbers = told.numbers[:-1] if question.help is Help.NUMBERS else (ends,)
    what = say("What will {symbol} be?").format(symbol=result.text)
    return replace(
        told,
        words=told.words if question.help is Help.NUMBERS else what,
        symbols=symbols,
        numbers=numbers,
        hint=told.hint,
        asks=True,
        folds=False,
        local=(),
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
