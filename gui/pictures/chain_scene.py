"""What every part of the chain's picture needs to know about the state. No Qt."""

from engine import Moment, Phase, Step
from engine.steps import positions_of
from gui.language import speech
from gui.numbers import exact, rounded
from gui.pictures.chain_layout import Layout
from gui.pictures.ink import SeekTo, Stress
from gui.state import State


class Scene:
    """One state, and where everything stands: what is known, and how strongly it stands out."""

    def __init__(self, state: State, at: Layout) -> None:
        self.at = at
        self.n = at.layers
        self.moment: Moment = state.moment
        self.state = state
        self.digits = state.look.digits
        self.say = speech(state.look.language)
        self.positions = positions_of(state.run.experiment.algorithm, self.n)
        self.activation = state.run.experiment.activation
        self.phase, self.layer = self.moment.phase, self.moment.layer or 0

    def is_now(self, phase: Phase, layer: int) -> bool:
        """Tell whether the latest step is the one of this phase and layer."""
        return self.phase is phase and self.layer == layer

    def is_done(self, phase: Phase, layer: int) -> bool:
        """Tell whether that step of the present sample is done."""
        return self.positions[Step(phase, layer)] <= self.moment.position

    def stress(self, value: float | None, *, result: bool, used: bool) -> Stress:
        """Return how strongly a value stands out; one that is not known is empty."""
        if value is None:
            return Stress.EMPTY
        return Stress.RESULT if result else Stress.USED if used else Stress.KNOWN

    def number(self, value: float | None, *, narrow: bool = False) -> str:
        """Return a value as it is written in a box, nothing where it is not known."""
        if value is None:
            return ""
        text = rounded(value, self.digits)
        # A power of ten would make the letters small: fewer digits, and all of them on hover.
        return rounded(value, min(3, self.digits)) if narrow and "×" in text else text

    def seek(self, phase: Phase, layer: int) -> SeekTo:
        """Return the wish to see the step of this sample that computes something."""
        start = self.moment.update * len(self.positions)
        return SeekTo(start + self.positions[Step(phase, layer)])

    def full(self, value: float | None) -> str:
        """Return a value with all its digits, nothing where it is not known."""
        return "" if value is None else exact(value)

    def hint(self, symbol: str, value: float | None) -> str:
        """Return the full value for a tool tip, nothing where it is not known."""
        return "" if value is None else f"{symbol} = {exact(value)}"
