"""What every part of the chain's picture needs to know about the state. No Qt."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from engine import Moment, Step
from engine.algorithms import CORRECT
from engine.expressions import names_in
from engine.quantities import Name
from engine.steps import begins_in_front, position_of, steps_of
from gui.chain.picture.layout import Layout
from gui.drawing.ink import Stress
from gui.language import Say, speech
from gui.language.numbers import exact, given, rounded, shortened, telling
from gui.state import State
from gui.state.intents import Seek
from gui.words.glossary import explained, meaning
from gui.words.meanings import Meaning

LETTERS = 10
"""The number of letters of a number that fit into a box; raised digits take hardly any room."""

_MOST = 8
"""The most digits that fit, with a sign and a point."""

_RAISED = frozenset("⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class Scene:
    """One state, and where everything stands: what is known, and how strongly it stands out."""

    def __init__(self, state: State, at: Layout) -> None:
        self.at = at
        self.n = at.layers
        self.moment: Moment = state.moment
        self.state = state
        self.digits = state.look.digits
        self.say = speech(state.look.locale)
        self.experiment = state.run.experiment
        self._own = self.experiment.structure
        if state.secret:
            # How it computes is to be found out: all is drawn as backpropagation does it.
            self.experiment = replace(self.experiment, algorithm=CORRECT)
        self.structure = self.experiment.structure
        self.parameters = self.experiment.parameters
        self.from_the_front = begins_in_front(self.experiment.algorithm)
        self.phase, self.layer = self.moment.phase, self.moment.layer or 0
        computation = self.moment.computation
        self._lit = state.lit
        self._result = computation.result.name if computation else None
        self.operands = {term.name for term in computation.operands} if computation else set()
        self.step = self.moment.step
        if state.secret and self._result is not None:
            self.step = self.step_to(self._result)
            self.operands = set(names_in(self.step.expression))

    def is_result(self, name: Name) -> bool:
        """Tell whether the latest step has computed a number."""
        return name == self._result

    def is_operand(self, name: Name) -> bool:
        """Tell whether the latest step has computed with a number."""
        return name in self.operands

    def value(self, name: Name) -> float | None:
        """Return a number, None while it is not known; of a parameter the current one."""
        return self.moment.numbers.get(name)

    def is_done(self, result: Name) -> bool:
        """Tell whether the step that computes a number of the present sample is done."""
        return position_of(self._own, result) <= self.moment.position

    def step_to(self, result: Name) -> Step:
        """Return the step that computes a number."""
        return steps_of(self.structure)[position_of(self.structure, result) - 1]

    def emphasis(self, *names: Name) -> Stress:
        """Return how strongly something stands out that shows numbers, the first above all."""
        return self.stress(
            self.value(names[0]),
            result=self.is_result(names[0]),
            used=any(map(self.is_operand, names)),
        )

    def stress(self, value: float | None, *, result: bool, used: bool) -> Stress:
        """Return how strongly a value stands out; one that is not known is empty."""
        if value is None:
            return Stress.EMPTY
        return Stress.RESULT if result else Stress.USED if used else Stress.KNOWN

    def number(self, value: float | None, *, typed: bool = False) -> str:
        """Return a value as it is written where there is room, nothing where it is not known.

        What the user `typed` is written as it was.
        """
        return "" if value is None else (given if typed else rounded)(value, self.digits, self.say)

    def numbers(self, value: float | None, *, typed: bool = False) -> dict[str, Any]:
        """Return a value as a box's fields: with as many digits as have room, and with fewer.

        Fewer than stand elsewhere begin with ≈; all of them stand in the tool tip.
        """
        if value is None:
            return {"number": "", "shorter": ()}
        number = self.number(value, typed=typed)
        shorter = Shorter(number, value, self.digits, self.say)
        if length(number) > LETTERS:
            number, *rest = shorter
            return {"number": number, "shorter": tuple(rest)}
        return {"number": number, "shorter": shorter}

    def replaced(self, old: float, new: float) -> dict[str, Any]:
        """Return an updated weight as a box's fields, with digits that tell it from the old one."""
        enough = telling(old, new, self.digits)
        fewer = range(min(enough - 1, _MOST), 0, -1)
        pairs = [(rounded(new, enough, self.say), rounded(old, enough, self.say))]
        pairs += [
            (shortened(new, digits, self.say), shortened(old, digits, self.say)) for digits in fewer
        ]
        differ = [(number, former) for number, former in pairs if number != former]
        fitting = (pair for pair in differ if max(map(length, pair)) <= LETTERS)
        # Where no text that tells them apart has room, the box makes room.
        number, former = next(fitting, differ[-1] if differ else ("", ""))
        return {"number": number, "former": former} if former else self.numbers(new)

    def named(self, name: Name) -> dict[str, Any]:
        """Return the name of a number as a box's fields: lit where it is pointed at."""
        return {"name": name, "lit": name in self._lit}

    def seek(self, result: Name) -> Seek | None:
        """Return the wish to see the step of this sample that computes a number."""
        if not self.state.last:
            return None
        start = self.moment.update * len(steps_of(self._own))
        return Seek(start + position_of(self._own, result))

    def full(self, value: float | None) -> str:
        """Return a value with all its digits, nothing where it is not known."""
        return "" if value is None else exact(value, self.say)

    def told(
        self, symbol: str, value: float | None, term: Meaning, more: str = ""
    ) -> Callable[[], tuple[str, str]]:
        """Return what returns a box's tool tip, with one line more, and its full value."""

        def tell() -> tuple[str, str]:
            hint = self.hint(symbol, value, term)
            return f"{hint}\n{more}" if more else hint, self.full(value)

        return tell

    def hint(self, symbol: str, value: float | None, term: Meaning) -> str:
        """Return a tool tip: the full value where it is known, and what the number means."""
        if value is None:
            return explained(symbol, term, self.say)
        return f"{symbol} = {exact(value, self.say)}\n{meaning(term, self.say)}"


@dataclass(frozen=True, slots=True)
class Shorter:
    """Those texts of a value that have room in a box and are shorter than the `whole`.

    Each has fewer digits than the one before. Most are never asked for.
    """

    whole: str
    value: float
    digits: int
    say: Say

    def __iter__(self) -> Iterator[str]:
        """Yield the texts."""
        room = min(length(self.whole) - 1, LETTERS)
        for digits in range(min(self.digits - 1, _MOST), 0, -1):
            text = shortened(self.value, digits, self.say)
            if length(text) <= room:
                yield text


@lru_cache(maxsize=1024)
def length(text: str) -> int:
    """Return how many letters a number has, without its raised digits."""
    return sum(letter not in _RAISED for letter in text)
