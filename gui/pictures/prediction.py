"""What the chain answers now, with the weights as they stand. No Qt."""

import math
from dataclasses import dataclass

from engine.run import prediction
from gui.numbers import MINUS, exact, given, rounded
from gui.state import State


@dataclass(frozen=True, slots=True)
class PredictionPicture:
    """One line: "x = 1", "e = 0.028339 → 1", whether the label is the target's, the full value."""

    question: str
    answer: str
    right: bool
    hint: str


def prediction_pictures(state: State) -> tuple[PredictionPicture, ...]:
    """Describe the answer to every sample; right is an answer with the target's sign."""
    return tuple(_answer(state, sample.x, sample.target) for sample in state.run.experiment.samples)


def _answer(state: State, x: float, target: float) -> PredictionPicture:
    digits = state.look.digits
    output, label = prediction(state.moment.weights, x, state.run.experiment.activation)
    arrow = "" if math.isnan(output) else f" → {str(label).replace('-', MINUS)}"
    return PredictionPicture(
        question=f"x = {given(x, digits)}",
        answer=f"e = {rounded(output, digits)}{arrow}",
        right=not math.isnan(output) and (output > 0) == (target > 0),
        hint=f"e = {exact(output)}",
    )
