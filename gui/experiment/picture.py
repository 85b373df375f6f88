"""The outputs of the chain with its current weights. No Qt."""

import math
from dataclasses import dataclass

from engine import Sample
from engine.quantities import Name, Quantity
from engine.run import prediction
from gui.language import speech
from gui.language.covering import COVERED, is_covered
from gui.language.numbers import MINUS, exact, given, rounded
from gui.state import State
from gui.words import symbols


@dataclass(frozen=True, slots=True)
class PredictionPicture:
    """One line: "x = 1", the output, whether that is right and why, the full value.

    `answer` is "output 0.028339, sign +, target −" if all targets are labels, 1 or −1. With
    other targets it is only "e = 0.028339", and `right` is None.
    """

    question: str
    answer: str
    right: bool | None
    why: str
    hint: str


def prediction_pictures(state: State) -> tuple[PredictionPicture, ...]:
    """Describe the output for every sample."""
    samples = state.run.experiment.samples
    return tuple(_answer(state, sample, labelled=_labelled(state)) for sample in samples)


def _answer(state: State, sample: Sample, *, labelled: bool) -> PredictionPicture:
    say, digits = speech(state.look.locale), state.look.digits
    experiment = state.run.experiment
    output = _output(state, sample)
    right = output * sample.target > 0
    told = labelled and not is_covered(output)
    name = symbols.output(experiment.layers, experiment.layers)
    answer = f"{name} = {rounded(output, digits, say)}"
    if labelled:
        answer = _signs(state, rounded(output, digits, say), _sign(output), _sign(sample.target))
    return PredictionPicture(
        question=f"{symbols.output(0, experiment.layers)} = {given(sample.x, digits, say)}",
        answer=answer,
        right=right if told else None,
        why=_why(state, output, right=right) if told else "",
        hint=f"{name} = {exact(output, say)}",
    )


def _output(state: State, sample: Sample) -> float:
    """Return the output for a sample: for −x it may be that for x but for its sign."""
    experiment, theta = state.run.experiment, state.moment.theta
    name = Name(Quantity.OUTPUT, experiment.layers)
    if name in state.covered or state.hides(name) or any(map(is_covered, theta)):
        return COVERED
    return prediction(experiment, theta, sample.x).output


def widest_answer(state: State, digits: int) -> str:
    """Return an answer that is as wide as any number of the usual size makes it."""
    answer = rounded(-0.0123456789, digits, speech(state.look.locale))
    return _signs(state, answer, "+", "+")


def _signs(state: State, output: str, sign: str, target: str) -> str:
    say = speech(state.look.locale)
    return say("output {output}, sign {sign}, target {target}").format(
        output=output, sign=sign, target=target
    )


def _labelled(state: State) -> bool:
    return all(abs(sample.target) == 1 for sample in state.run.experiment.samples)


def _sign(value: float) -> str:
    """Return the sign of a number; 0 and NaN have none."""
    return "+" if value > 0 else MINUS if value < 0 else "?" if math.isnan(value) else "0"


def _why(state: State, output: float, *, right: bool) -> str:
    say = speech(state.look.locale)
    if output == 0:
        return say("An output of 0 has no sign; by the article’s rule it counts as −1")
    return say("The sign is the target’s") if right else say("The sign is not the target’s")
