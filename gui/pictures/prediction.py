"""What the chain answers now, with the weights as they stand. No Qt."""

import math
from dataclasses import dataclass

from engine import Sample
from engine.run import prediction
from gui.language import speech
from gui.numbers import MINUS, exact, given, rounded
from gui.pictures import symbols
from gui.state import State


@dataclass(frozen=True, slots=True)
class PredictionPicture:
    """One line: "x = 1", "e = 0.028339 → 1", whether the sign is right and why, the full value.

    There are labels where all targets are some, 1 or −1; else `right` is None.
    """

    question: str
    answer: str
    right: bool | None
    why: str
    hint: str


def prediction_pictures(state: State) -> tuple[PredictionPicture, ...]:
    """Describe the answer to every sample."""
    samples = state.run.experiment.samples
    labelled = all(abs(sample.target) == 1 for sample in samples)
    return tuple(_answer(state, sample, labelled=labelled) for sample in samples)


def _answer(state: State, sample: Sample, *, labelled: bool) -> PredictionPicture:
    digits = state.look.digits
    output, label = prediction(state.moment.weights, sample.x, state.run.experiment.activation)
    arrow = f" → {str(label).replace('-', MINUS)}" if not math.isnan(output) else ""
    right = output * sample.target > 0
    n = state.run.experiment.layers
    name = symbols.output(n, n)
    return PredictionPicture(
        question=f"x = {given(sample.x, digits)}",
        answer=f"{name} = {rounded(output, digits)}{arrow * labelled}",
        right=right if labelled else None,
        why=_why(state, output, right=right) if labelled else "",
        hint=f"{name} = {exact(output)}",
    )


def _why(state: State, output: float, *, right: bool) -> str:
    say = speech(state.look.language)
    if output == 0:
        return say("An output of 0 has no sign; by the article’s rule it counts as −1")
    return say("The sign is the target’s") if right else say("The sign is not the target’s")
