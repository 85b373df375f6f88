"""The chain rule: each gradient written out, and how far the backward pass is in it. No Qt."""

import re
from dataclasses import dataclass
from functools import cached_property

from engine.chain_rule.derivation import passed, way_back
from engine.parameters import parameter_of
from engine.quantities import Name, Quantity
from engine.steps import Phase, is_public, position_of
from gui.drawing.ink import Ink, Stress
from gui.language import Say, speech
from gui.language.covering import COVERED, HIDDEN, is_covered
from gui.language.joining import labelled
from gui.language.numbers import MINUS, exact, rounded
from gui.panels.chain_rule.picture.factors import Chain, Derived, Factor, WrittenOut, derived
from gui.panels.chain_rule.picture.taken_in import taken_in
from gui.panels.chain_rule.picture.words import ChainRuleWords, chain_rule_words
from gui.state import LEVELS, Pointed, State
from gui.words import symbols
from gui.words.glossary import explained, meaning, term_of


@dataclass(frozen=True, slots=True)
class Chip:
    """A factor at a moment: `number` is empty while it is not known.

    `stress` tells whether the backward pass has used it: KNOWN is not yet, USED is done, RESULT is
    what the latest step did. `name` is what one points at with it, `lit` what is pointed at. `ink`
    is the factor's, or MUTED while there is nothing to be derived yet.
    """

    factor: Factor
    name: Name | None
    text: str
    number: str
    stress: Stress
    ink: Ink
    lit: bool
    meaning: str

    @property
    def tip(self) -> str:
        """The names with the full value, and what the factor means."""
        return f"{self.hint}\n{self.meaning}" if self.meaning else self.hint

    @property
    def hint(self) -> str:
        """All names of the factor, with the full value once it is known."""
        if self.number == HIDDEN:
            return f"{self.factor.title} = {HIDDEN}"
        return self.factor.hint if self.number else self.factor.title


@dataclass(frozen=True, slots=True)
class RowPicture:
    """A gradient at a moment: `value` and `other` are empty until known.

    `name` is that of the parameter, `gradient` that of its gradient. `other` is the algorithm's own
    gradient with its symbol, where that is a different number.
    """

    name: Name
    gradient: Name
    title: str
    value: str
    other: str
    hint: str
    tip: str
    chips: tuple[Chip, ...]
    present: bool
    lit: bool

    @property
    def sentence(self) -> str:
        """The row in symbols, and in numbers where all are known."""
        sides = [self.title, " · ".join(_bracketed(chip.text) for chip in self.chips)]
        if all(chip.number for chip in self.chips):
            sides.append(" × ".join(_bracketed(chip.number) for chip in self.chips))
        return " = ".join((*sides, self.value) if self.value else sides)


class ChainRulePicture:
    """The rows of a state, each described when it is asked for."""

    def __init__(self, state: State) -> None:
        self._state, self._moment = state, state.moment
        self._experiment = state.run.experiment
        self._say = speech(state.look.locale)
        self._structure = self._experiment.structure
        self._n = self._experiment.layers
        self._taken_in = taken_in(self._structure)
        self._rows: dict[Name, RowPicture] = {}
        self._stresses: dict[Name, Stress] = {}

    @cached_property
    def derived(self) -> Derived:
        """What stays during an update: it tells how large everything is, also what is empty."""
        chain = Chain.at(self._moment, self._experiment)
        level = self._state.look.level
        level = level if level in LEVELS else LEVELS[1]
        return derived(chain, level, self._state.look.digits, self._say)

    @property
    def follows(self) -> Name | None:
        """The parameter whose row the latest step belongs to; None before the backward pass.

        Where a public derivative arrives at a layer, that is the layer's first parameter.
        """
        step = self._moment.step
        if step is None or step.phase in (Phase.FORWARD, Phase.LOSS):
            return None
        quantity, layer = step.result
        if quantity is Quantity.UPSTREAM:
            return self._structure.parameters[0].of(layer)
        return parameter_of(quantity).of(layer)

    @property
    def phase(self) -> Phase | None:
        """What the latest step did."""
        return self._moment.phase

    def row(self, written: WrittenOut) -> RowPicture:
        """Describe a row."""
        if written.name not in self._rows:
            self._rows[written.name] = self._described(written)
        return self._rows[written.name]

    def _described(self, written: WrittenOut) -> RowPicture:
        parameter, i = parameter_of(written.name.quantity), written.name.layer
        gradient = parameter.gradient_of(i)
        known = self._is_done(gradient)
        found = self._moment.numbers.get(gradient)
        value = COVERED if is_covered(found) else written.value
        title = symbols.true_gradient(i, parameter)
        tip = explained(title, term_of(*gradient), self._say)
        other = "" if found is None or _same(found, value) else self._own(gradient, found)
        hint = f"{title} = {exact(value, self._say)}" if known else ""
        if other and found is not None:
            hint += "\n" + labelled(
                self._say(self._structure.by.title), exact(found, self._say), self._say
            )
        return RowPicture(
            name=written.name,
            gradient=gradient,
            title=title,
            value=self._number(value) if known else "",
            other=other,
            hint=hint,
            tip="\n".join(filter(None, (hint, tip))),
            chips=tuple(self._chip(factor, i) for factor in written.factors),
            present=written.name == self.follows,
            lit=gradient in self._state.lit,
        )

    def _own(self, gradient: Name, value: float) -> str:
        return f"{symbols.of(gradient, self._experiment)} = {self._number(value)}"

    def _number(self, value: float) -> str:
        return rounded(value, self._state.look.digits, self._say)

    def _chip(self, factor: Factor, layer: int) -> Chip:
        # Of those left out, the first is known last, and the last is taken in last.
        ends = (*factor.names[:2], *factor.names[-2:]) if factor.left_out else factor.names
        stress = min(map(self._stress, ends))
        return Chip(
            factor=factor,
            name=self._name(factor),
            text=left_out(factor, self._say) if factor.left_out else factor.text,
            number=(HIDDEN if self._is_covered(factor) else factor.value) if stress else "",
            stress=stress,
            ink=Ink.MUTED if self._is_idle(factor) else factor.ink,
            lit=self._is_lit(factor, layer),
            meaning=self._meaning(factor),
        )

    def _is_covered(self, factor: Factor) -> bool:
        """Tell whether a number that a factor is, or is made of, may not be seen."""
        return any(map(self._may_not_be_seen, factor.names)) if self._state.covers else False

    def _may_not_be_seen(self, name: Name) -> bool:
        if name.quantity is Quantity.DERIVATIVE:
            name = Name(Quantity.OUTPUT, name.layer)
        numbers = self._moment.before if name in self._moment.before else self._moment.numbers
        return is_covered(numbers.get(name))

    def _meaning(self, factor: Factor) -> str:
        """Return what a factor means; the factors left out together have no single meaning."""
        if factor.left_out:
            return ""
        return meaning(term_of(*factor.names[0]), self._say)

    def _is_idle(self, factor: Factor) -> bool:
        """Tell whether a factor is only given: outputs are computed, the rest waits for a loss."""
        if factor.names[0].quantity is Quantity.OUTPUT:
            return self._moment.position == 0
        return self._moment.loss is None

    def _name(self, factor: Factor) -> Name | None:
        """Return the number that a chip stands for, if it is one and has a name in the chain."""
        (name, *more) = factor.names
        # Where something else is passed on, e − ê has no name in the chain.
        odd = name.quantity is Quantity.UPSTREAM and not self._begins_right
        return None if more or odd else name

    @property
    def _begins_right(self) -> bool:
        """Whether the backward pass begins with the public derivative ∂L/∂e."""
        return is_public(self._structure, self._n)

    def _is_done(self, result: Name) -> bool:
        return position_of(self._structure, result) <= self._moment.position

    def _is_known(self, name: Name) -> bool:
        match name.quantity:
            case Quantity.UPSTREAM:
                return self._is_done(self._taken_in[name][0])
            case Quantity.OUTPUT | Quantity.DERIVATIVE:
                return self._moment.outputs[name.layer] is not None
            case _:
                return True

    def _stress(self, name: Name) -> Stress:
        if name not in self._stresses:
            self._stresses[name] = self._found_stress(name)
        return self._stresses[name]

    def _found_stress(self, name: Name) -> Stress:
        if not self._is_known(name):
            return Stress.EMPTY
        step, results = self._moment.step, self._taken_in.get(name, ())
        if step is not None and step.result in results:
            return Stress.RESULT
        return Stress.USED if results and self._is_done(results[0]) else Stress.KNOWN

    def _is_lit(self, factor: Factor, layer: int) -> bool:
        """Tell whether a factor is lit up, or a public derivative that it is part of."""
        return any(self._lights(name, factor, layer) for name in self._state.lit)

    def _lights(self, lit: Pointed, factor: Factor, layer: int) -> bool:
        quantity, of = lit
        if quantity is Quantity.UPSTREAM and not self._begins_right:
            return False
        if lit in factor.names:
            return True
        if quantity is not Quantity.UPSTREAM or not factor.passed or layer > of:
            return False
        chain = way_back(self._structure)[: passed(of, self._structure)]
        return not set(factor.names).isdisjoint(chain)

    def words(self) -> ChainRuleWords:
        """Return what is said around the rows."""
        return chain_rule_words(self._state, self.derived)


_BRACKETS = re.compile(r"\([^()]*\)")
"""A pair of brackets with none inside."""


def left_out(factor: Factor, say: Say) -> str:
    """Return what stands for the factors in the middle of a long row."""
    return say.counted("⋯ {number} factor ⋯", "⋯ {number} factors ⋯", factor.left_out)


def _bracketed(text: str) -> str:
    """Put brackets around a sum, a difference and a negative number."""
    outside, inside = text, ""
    while outside != inside:
        outside, inside = _BRACKETS.sub("", outside), outside
    adds = not {MINUS, "+"}.isdisjoint(outside.split(" "))
    return f"({text})" if adds or text[:1] == MINUS else text


def _same(a: float, b: float) -> bool:
    return a == b or (a != a and b != b)  # noqa: PLR0124 - NaN
