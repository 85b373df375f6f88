"""A vote by show of hands, in two rounds: discuss with your neighbour, vote again. No Qt.

After Mazur, Peer Instruction (1997): where neither nearly all nor hardly any are right, talking it
over in pairs helps most.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine import Experiment

if TYPE_CHECKING:
    from gui.state import State

LETTERS = "ABCD"

FROM, TO = 0.3, 0.7
"""Where such a share is right, a class does well to talk it over: a rule of thumb."""

HIDDEN, BARS, ANSWER = range(3)
"""How much is seen of a round: nothing, how many chose what, and which is right."""

Where = tuple[Experiment, int]
"""The experiment, and the index in its run."""


@dataclass(frozen=True, slots=True)
class Vote:
    """A vote under way; nothing of it is kept.

    `options` are the places of a lesson's options, in the order in which they are shown, or
    `values` the numbers to choose among for the next step of the run; `right` is the place of the
    right one. `hands` were counted in this round, `first` in the one before. `where` is where it
    was begun: in an experiment, and the step of a lesson where one is open.
    """

    where: Where
    lesson: int | None
    right: int
    hands: tuple[int, ...]
    options: tuple[int, ...] = ()
    values: tuple[float, ...] = ()
    first: tuple[int, ...] = ()
    seen: int = HIDDEN

    @property
    def count(self) -> int:
        """How many hands were counted in this round."""
        return sum(self.hands)

    @property
    def share(self) -> float:
        """The share of them that are right."""
        return self.hands[self.right] / self.count if self.count else 0.0

    @property
    def is_second(self) -> bool:
        """Whether it is the second round."""
        return bool(self.first)

    @property
    def divides(self) -> bool:
        """Whether a second round may help; so nothing tells yet which answer is right."""
        return self.seen == BARS and not self.is_second and FROM <= self.share <= TO

    @property
    def may_repeat(self) -> bool:
        """Whether there may be another round."""
        return self.seen != HIDDEN and not self.is_second and self.count > 0

    def counted(self, option: int, by: int) -> "Vote":
        """Return it with some hands more, or less, for an option."""
        if not 0 <= option < len(self.hands):
            return self
        hands = [max(0, n + by * (k == option)) for k, n in enumerate(self.hands)]
        return replace(self, hands=tuple(hands))

    def revealed(self) -> "Vote":
        """Return it with the bars seen; where a second round would not help, the answer too."""
        if self.seen != HIDDEN:
            return replace(self, seen=ANSWER)
        bars = replace(self, seen=BARS)
        return bars if bars.divides else replace(self, seen=ANSWER)

    def again(self) -> "Vote":
        """Return the second round."""
        nobody = (0,) * len(self.hands)
        return replace(self, first=self.hands, hands=nobody, seen=HIDDEN)


def vote_now(state: "State") -> Vote | None:
    """Return the vote that is under way, as long as one stands where it was begun.

    One step later its answer is seen.
    """
    vote = state.presenter.vote if state.presenter is not None else None
    if vote is None:
        return None
    experiment, index = vote.where
    if vote.lesson is not None:
        learner = state.lesson
        return vote if learner is not None and learner.place == vote.lesson else None
    here = state.lesson is None and state.run.experiment == experiment
    return vote if here and state.index in (index, index + 1) else None
