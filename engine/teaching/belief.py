"""Which mistake explains somebody's wrong answers, if one does.

Each mistake, and "none", is a rule that gives a number at each question: the wrong one where it
can be told from the right one, and else the right one. Its weight is 1 at first (that of none 3),
times 0.9 for each answer that it gives and 0.02 for each that it does not; a mistake is named when
its share of all is above 0.9 and it gives two of the last three answers where it can be told.

>>> from engine import Experiment, Sample
>>> hand = Experiment(weights=(-2, -1.5, -0.5), samples=(Sample(2, 1),), learning_rate=0.1)
>>> told = [answered(trained(hand), index, typed) for index, typed in ((6, 12), (8, 12), (7, 2))]
>>> found = explanation(told)
>>> found.slip.name, found.fitting, found.of
('own_output', 2, 2)
"""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.moment import moment_at
from engine.run import Run
from engine.teaching.judge import margin
from engine.teaching.slips import Slip, slips_at
from engine.teaching.standing import trained

__all__ = ["Answer", "Explanation", "answered", "explanation", "trained"]

GIVES, OTHER = 0.9, 0.02
"""How likely who follows a rule types what it gives, and any other number."""

NONE = 3.0
"""How much likelier no mistake is at first than any one of them."""

SURE = 0.9
LAST, ENOUGH = 3, 2
"""Of so many answers where a mistake can be told, so many have to fit."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A number that was typed for a result, the right one, and what each mistake gives there."""

    right: float
    typed: float
    slips: tuple[Slip, ...]

    def gives(self, name: str) -> bool:
        """Tell whether a mistake, by its name, gives what was typed; "" is none."""
        values = [slip.value for slip in self.slips if slip.name == name] or [self.right]
        return any(abs(self.typed - value) <= margin(value) for value in values)

    def tells(self, name: str) -> bool:
        """Tell whether a mistake can be told from the right number here."""
        return any(slip.name == name for slip in self.slips)


@dataclass(frozen=True, slots=True)
class Explanation:
    """A mistake that explains answers: `fitting` of the last `of` that tell it. `share` is 0 to 1.

    `slip` is the latest that was typed.
    """

    slip: Slip
    fitting: int
    of: int
    share: float


def answered(run: Run, index: int, typed: float) -> Answer:
    """Return what somebody typed for the step that leads to a moment. Raises IndexError."""
    computation = moment_at(run, index).computation
    right = computation.result.value if computation else 0.0
    told = (slip for slip in slips_at(run, index) if abs(slip.value - right) > margin(right))
    return Answer(right, typed, tuple(told))


def explanation(answers: Sequence[Answer]) -> Explanation | None:
    """Return the mistake that explains the answers, the latest last; None where none does."""
    slips = {slip.name: slip for answer in answers for slip in answer.slips}
    weights = {"": NONE, **dict.fromkeys(slips, 1.0)}
    for answer in answers:
        for name in weights:
            weights[name] *= GIVES if answer.gives(name) else OTHER
        most = max(weights.values())
        weights = {name: weight / most for name, weight in weights.items()}
    best = max(weights, key=lambda name: weights[name])
    share = weights[best] / sum(weights.values())
    if not best or share <= SURE:
        return None
    telling = [answer for answer in answers if answer.tells(best)][-LAST:]
    fitting = [answer for answer in telling if answer.gives(best)]
    if len(fitting) < ENOUGH:
        return None
    slip = next(slip for slip in reversed(fitting[-1].slips) if slip.name == best)
    return Explanation(slip, len(fitting), len(telling), share)
