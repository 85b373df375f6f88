"""What the chain answers now, with the weights as they stand. No Qt."""

import math
from dataclasses import dataclass

from engine.run import prediction
from gui.numbers import MINUS, exact, given, rounded
from gui.pictures import symbols
from gui.state import State


@dataclass(frozen=True, slots=True)
class PredictionPicture:
    """One line: "x = 1", "e = 0.028339 → 1", whether the label is right, the full value.

    There is a label where the target is one, 1 or −1; else `right` is None.
    """

    question: str
    answer: str
    right: bool | None
    hint: str


def prediction_pictures(state: State) -> tuple[PredictionPicture, ...]:
    """Describe the answer to every sample."""
    return tuple(_answer(state, sample.x, sample.target) for sample in state.run.experiment.samples)


def _answer(state: State, x: float, target: float) -> PredictionPicture:
    digits = state.look.digits
    output, label = prediction(state.moment.weights, x, state.run.experiment.activation)
    labelled, answered = abs(target) == 1, not math.isnan(output)
    arrow = f" → {str(label).replace('-', MINUS)}" if labelled and answered else ""
    n = state.run.experiment.layers
    name = symbols.output(n, n)
    return PredictionPicture(
        question=f"x = {given(x, digits)}",
        answer=f"{name} = {rounded(output, digits)}{arrow}",
        right=answered and label == target if labelled else None,
        hint=f"{name} = {exact(output)}",
    )
