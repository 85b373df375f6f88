"""The factors of written-out gradients under their three names: what stays during an update. No Qt.

A factor is a derivative of the chain (∂aⱼ/∂aⱼ₋₁), a symbol (wⱼ), or expanded until only weights,
x and ê are left.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from operator import mul
from typing import NamedTuple

from engine import Experiment
from engine.algorithms import CORRECT
from engine.chain_rule.derivation import Row, derivation, factors_of
from engine.exact import Exact, bits
from engine.moment import Moment
from engine.quantities import Name, Quantity, Term
from engine.steps import Structure
from engine.words import Say
from gui.drawing.ink import Ink
from gui.language.numbers import exact, given, rounded
from gui.panels.chain_rule.picture.names import names_of, product_of
from gui.state import LEVELS

_MOST = 12
"""A row of more factors is shown without those in its middle."""

_FIRST, _LAST = 3, 4


@dataclass(frozen=True, slots=True)
class Factor:
    """A factor of a row, or those in its middle that are left out together.

    `names` are the numbers it stands for. `text` is its name, `value` its number as it will be
    shown once it is known, rounded from `number`. Factors with the same `mark` are the same
    number. `passed` tells that it is part of the public derivative.
    """

    names: tuple[Name, ...]
    text: str
    value: str
    ink: Ink
    number: float
    level: int
    structure: Structure
    say: Say
    mark: str = ""
    passed: bool = False

    @property
    def left_out(self) -> int:
        """How many factors it stands for, where it is more than one; else 0."""
        return len(self.names) if len(self.names) > 1 else 0

    @property
    def title(self) -> str:
        """All its names, or those of all that it stands for."""
        if self.left_out:
            return product_of(self.names, self.structure, self.level)
        return " = ".join(dict.fromkeys(names_of(self.names[0], self.structure)))

    @property
    def hint(self) -> str:
        """The title, and the full value."""
        return f"{self.title} = {exact(self.number, self.say)}"


@dataclass(frozen=True, slots=True)
class WrittenOut:
    """The gradient of a parameter, and its factors; `value` has all digits."""

    name: Name
    factors: tuple[Factor, ...]
    value: float


@dataclass(frozen=True, slots=True, eq=False)
class Chain(Exact):
    """The chain whose gradients are written out: as it stood before the update, at one sample.

    `theta` are all its parameters.
    """

    theta: tuple[float, ...]
    x: float
    target: float
    structure: Structure

    @classmethod
    def at(cls, moment: Moment, experiment: Experiment) -> "Chain":
        """Return the chain of a moment, which has true gradients whatever the algorithm."""
        right = experiment.structure._replace(algorithm=CORRECT)
        return cls(moment.theta_before, moment.x, moment.target, right)

    def _bits(self) -> tuple[object, ...]:
        return (bits((self.x, self.target, *self.theta)), self.structure)


class Derived(NamedTuple):
    """The rows of each parameter of layers n … 1, and how far the three levels are apart."""

    rows: tuple[WrittenOut, ...]
    disagreement: float


@lru_cache(maxsize=4)
def derived(chain: Chain, level: str, digits: int, say: Say) -> Derived:
    """Write out the gradients of a chain at a level."""
    _, activation, _, parameters = chain.structure
    found = derivation(chain.theta, chain.x, chain.target, activation, parameters)
    longest = max((row.factors for row in found.rows), key=len)
    writer = _Writer(chain.structure, level, digits, say, longest)
    return Derived(tuple(map(writer.row, found.rows)), found.disagreement)


class _Writer:
    """Writes factors of one chain; `longest` are those of its longest row."""

    def __init__(
        self,
        structure: Structure,
        level: str,
        digits: int,
        say: Say,
        longest: tuple[Term, ...],
    ) -> None:
        self._structure = structure
        self._level, self._digits, self._say = LEVELS.index(level), digits, say
        self._marks = _marks(structure)
        # What a row leaves out is where the longest one begins to: one product for all.
        values = (term.value for term in longest[_FIRST:])
        self._products = tuple(accumulate(values, mul))
        self._written: dict[tuple[Term, bool], Factor] = {}

    def row(self, row: Row) -> WrittenOut:
        """Write a row; a long one without its middle."""
        terms, passed = row.factors, row.passed
        if len(terms) <= _MOST:
            written = [self._factor(term, i < passed) for i, term in enumerate(terms)]
            return WrittenOut(row.name, tuple(written), row.value)
        last = len(terms) - _LAST
        first = (self._factor(term, True) for term in terms[:_FIRST])
        ends = (self._factor(terms[i], i < passed) for i in range(last, len(terms)))
        return WrittenOut(row.name, (*first, self._left_out(row.name), *ends), row.value)

    def _left_out(self, of: Name) -> Factor:
        names = _middle(of, self._structure)
        value = self._products[len(names) - 1]
        return Factor(
            names=names,
            text="⋯",
            value=rounded(value, self._digits, self._say),
            ink=Ink.BACKWARD,
            number=value,
            level=self._level,
            structure=self._structure,
            say=self._say,
            passed=True,
        )

    def _factor(self, term: Term, passed: bool) -> Factor:  # noqa: FBT001
        key = (term, passed)
        if key not in self._written:
            self._written[key] = self._made(term, passed=passed)
        return self._written[key]

    def _made(self, term: Term, *, passed: bool) -> Factor:
        name = Name(term.quantity, term.layer)
        typed = name == Name(Quantity.OUTPUT, 0)
        return Factor(
            names=(name,),
            text=names_of(name, self._structure)[self._level],
            value=(given if typed else rounded)(term.value, self._digits, self._say),
            ink=_ink(name, passed=passed),
            number=term.value,
            level=self._level,
            structure=self._structure,
            say=self._say,
            mark=self._marks.get(name, ""),
            passed=passed,
        )


@lru_cache(maxsize=256)
def _middle(of: Name, structure: Structure) -> tuple[Name, ...]:
    """Return what is left out of the row of a parameter."""
    return factors_of(of, structure)[_FIRST:-_LAST]


@lru_cache(maxsize=16)
def _marks(structure: Structure) -> Mapping[Name, str]:
    """Return the letters of the factors that stand in several rows."""
    layers = range(structure.layers, 0, -1)
    rows = (factors_of(one.of(i), structure) for i in layers for one in structure.parameters)
    counted = Counter(name for row in rows for name in row)
    shared = (name for name, count in counted.items() if count > 1)
    return {name: _letters(number) for number, name in enumerate(shared)}


def _ink(name: Name, *, passed: bool) -> Ink:
    if passed:
        return Ink.BACKWARD
    return Ink.FORWARD if name.quantity is Quantity.OUTPUT else Ink.TEXT


def _letters(number: int) -> str:
    """Return A, B, … Z, AA, AB, … for 0, 1, 2 and so on."""
    before, last = divmod(number, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)
