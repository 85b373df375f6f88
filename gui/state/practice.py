"""What is practised: predicting what a step computes before it is shown. No Qt.

It holds for any experiment. How an answer is judged is the engine's; how one goes from question to
question is in `gui.state.practising`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from engine import Phase, UserError
from engine.quantities import Name
from engine.teaching.outcome import Outcome

if TYPE_CHECKING:
    from engine.teaching.belief import Answer, Explanation
    from engine.teaching.judge import Verdict

WHICH: Mapping[str, frozenset[Phase]] = MappingProxyType(
    {
        "backward": frozenset({Phase.SEED, Phase.GRADIENT, Phase.PASS_ON}),
        "everything": frozenset(Phase),
        "updates": frozenset({Phase.UPDATE}),
    }
)
"""The steps that can be asked, by the name of the choice."""

EVERY = (1, 3)
"""Every step is asked, or one in three."""

IN_A_ROW, MISSES = 3, 2
"""So many answers alone take some help away; so many that were not bring it back."""

MOST_ANSWERS = 40
"""So many of the latest answers can be explained."""


class Help(IntEnum):
    """What the formula of a question shows."""

    NUMBERS = 0
    SYMBOLS = 1
    NAME = 2


class Tone(StrEnum):
    """What is said in the box of the verdict."""

    RIGHT = "right"
    NEARLY = "nearly"
    NOT_YET = "not yet"
    SHOWN = "shown"
    WORKED = "worked"
    HINT = "hint"
    FIRST = "first"


@dataclass(frozen=True, slots=True)
class Said:
    """What was said last: its tone, the engine's verdict if it is one, how the question ended."""

    tone: Tone
    verdict: "Verdict | None" = None
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A step whose result is asked: `index` is the moment after it.

    `hints` were given, `tries` were wrong; `fault` is why the text in the field can't be read.
    `warned` tells that going on once more shows the number.
    """

    name: Name
    phase: Phase
    index: int
    help: Help = Help.NUMBERS
    tries: int = 0
    hints: int = 0
    warned: bool = False
    fault: UserError | None = None

    @property
    def has_hint(self) -> bool:
        """Whether there is one more hint: a thought, or what the formula does not show yet."""
        return not self.hints or self.help > Help.NUMBERS


@dataclass(frozen=True, slots=True)
class Score:
    """How many were asked, and how many found alone; `streak` is the present row of those."""

    asked: int = 0
    alone: int = 0
    streak: int = 0
    longest: int = 0

    def after(self, outcome: Outcome) -> "Score":
        """Return the score with one more question."""
        alone = outcome is Outcome.ALONE
        streak = self.streak + 1 if alone else 0
        return Score(self.asked + 1, self.alone + alone, streak, max(self.longest, streak))


@dataclass(frozen=True, slots=True)
class Level:
    """How much help a phase has: `row` were found alone since, `misses` were not.

    `worked` tells that the next step of the phase is shown with its numbers instead of asked.
    """

    help: Help = Help.NUMBERS
    row: int = 0
    misses: int = 0
    worked: bool = False

    def after(self, outcome: Outcome) -> "Level":
        """Return the level after one more question of the phase."""
        if outcome is Outcome.ALONE:
            if self.row + 1 < IN_A_ROW:
                return Level(self.help, self.row + 1)
            return Level(Help(min(self.help + 1, Help.NAME)))
        if self.misses + 1 < MISSES:
            return Level(self.help, 0, self.misses + 1)
        return Level(Help(max(self.help - 1, Help.NUMBERS)), worked=True)


@dataclass(frozen=True, slots=True)
class Practice:
    """A practice under way: what was chosen, the question that waits, and how it went so far.

    `which` is one of `WHICH`, one in `every` of those steps is asked; with `fresh` each sample is
    of other friendly numbers. `answers` are the first ones to the latest questions, `belief` is the
    mistake that explains them, if one does. `lessened` is the help that is left where the latest
    answer took some away, `seed` that of the fresh numbers.
    """

    which: str = "backward"
    every: int = 1
    fresh: bool = False
    question: Question | None = None
    said: Said | None = None
    score: Score = Score()
    levels: Mapping[Phase, Level] = field(default_factory=lambda: MappingProxyType({}))
    answers: "tuple[Answer, ...]" = ()
    belief: "Explanation | None" = None
    lessened: Help | None = None
    seed: int = 0

    def level(self, phase: Phase) -> Level:
        """Return how much help a phase has now."""
        return self.levels.get(phase, Level())

    def with_level(self, phase: Phase, level: Level) -> "Practice":
        """Return it with another level of a phase."""
        return replace(self, levels=MappingProxyType({**self.levels, phase: level}))
