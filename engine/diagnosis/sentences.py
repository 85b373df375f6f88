"""The sentences of the findings about a run, to be translated."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from engine.diagnosis.findings import Finding, Kind, Number
from engine.parameters import WEIGHT, named_parameter
from engine.quantities import Name
from engine.user_error import BETWEEN
from engine.words import Say, counted, mark


class Sentence(NamedTuple):
    """A finding in a few words and in full, English with named gaps, marked for translation."""

    short: str
    long: str


SENTENCES: Mapping[Kind, Sentence] = MappingProxyType(
    {
        Kind.NOT_TRAINED: Sentence(
            mark("not trained: 0 epochs"),
            mark("The experiment has 0 epochs, so no update was made."),
        ),
        Kind.DIVERGED: Sentence(
            mark("diverged at epoch {epoch}, sample {sample}"),
            mark(
                "The numbers grew without bound: in this update one of them became infinite."
                " The largest weight before it was {weight} = {largest}."
            ),
        ),
        Kind.CONVERGED: Sentence(
            mark("converged at epoch {epoch}"),
            mark(
                "In epoch {epoch} the mean loss fell below {threshold} for the first time;"
                " in the last epoch it is {loss}."
            ),
        ),
        Kind.LEFT: Sentence(
            mark("converged at epoch {epoch}, then rose again: loss {loss}"),
            mark(
                "In epoch {epoch} the mean loss fell below {threshold}, but it did not stay there:"
                " in the last epoch it is {loss}."
            ),
        ),
        Kind.SIGN_TRAPPED: Sentence(
            mark("sign cannot change: {weights} are equally small ({size})"),
            mark(
                "{weights} have the same smallest absolute value ({size}), so none of them can"
                " cross zero alone. The product of the weights, {product}, has the wrong sign: the"
                " data need {slope}. The run is drawn towards w = 0; at the end the absolute value"
                " of these weights is {now}."
            ),
        ),
        Kind.DEAD: Sentence(
            mark("dead ReLU: layer {layer} outputs 0 for every sample"),
            counted(
                "Layer {layer} outputs 0 for {samples} of {samples} sample. The derivative of ReLU"
                " is 0 there, so every gradient is 0, no update changes anything, and the loss"
                " stays {loss}.",
                "Layer {layer} outputs 0 for {samples} of {samples} samples. The derivative of"
                " ReLU is 0 there, so every gradient is 0, no update changes anything, and the loss"
                " stays {loss}.",
                "samples",
            ),
        ),
        Kind.STUCK: Sentence(
            mark("stuck: every gradient is 0, the loss is {loss}"),
            counted(
                "Every gradient is exactly 0 for {samples} of {samples} sample, although the loss"
                " is {loss}: no update changes anything any more.",
                "Every gradient is exactly 0 for {samples} of {samples} samples, although the loss"
                " is {loss}: no update changes anything any more.",
                "samples",
            ),
        ),
        Kind.FITTED: Sentence(
            mark("lowest possible loss: {loss}"),
            mark("At the end the mean loss is {loss}; no training can bring it below {floor}."),
        ),
        Kind.OSCILLATING: Sentence(
            mark("oscillating: curvature {curvature}, edge 2/α = {edge}"),
            mark(
                "{overshoots} of the last {updates} updates overshot their target, with errors up"
                " to {error}; the mean loss of the last epoch is {loss}. The curvature is"
                " {curvature} on average. Close to a minimum, swings shrink if the curvature is"
                " below the edge of stability, 2/α = {edge}, and grow if it is above."
            ),
        ),
        Kind.SADDLE: Sentence(
            mark("plateau: the loss stays close to {loss}"),
            mark(
                "Near the saddle point w = 0: no output is larger than {output} in absolute value,"
                " so the loss stays close to {silent}, the loss of an output of 0. In the last"
                " quarter of the epochs it changed by {change}; the largest gradient is"
                " {gradient}."
            ),
        ),
        Kind.MEAN: Sentence(
            mark("plateau: the loss stays close to {loss}"),
            mark(
                "No output is further than {distance} from {mean}, the mean of the targets, so the"
                " loss stays close to {silent}, the loss of a chain with that output for every"
                " input. In the last quarter of the epochs it changed by {change}; the largest"
                " gradient is {gradient}."
            ),
        ),
        Kind.PLATEAU: Sentence(
            mark("plateau: the loss stays close to {loss}"),
            mark(
                "In the last quarter of the epochs the mean loss changed by only {change}; the"
                " largest gradient is {gradient}."
            ),
        ),
        Kind.LEAVING: Sentence(
            mark("leaving the plateau: loss {loss}"),
            mark(
                "The mean loss was {earlier} in epoch {epoch}, close to {silent}, the loss of an"
                " output of 0; in the last epoch it is {loss}: the run is leaving the plateau near"
                " w = 0."
            ),
        ),
        Kind.LEAVING_MEAN: Sentence(
            mark("leaving the plateau: loss {loss}"),
            mark(
                "The mean loss was {earlier} in epoch {epoch}, close to {silent}, the loss of a"
                " chain whose output for every input is {mean}, the mean of the targets; in the"
                " last epoch it is {loss}: the run is leaving that plateau."
            ),
        ),
        Kind.CONVERGING: Sentence(
            counted(
                "converging: loss {loss}, about {left} more epoch",
                "converging: loss {loss}, about {left} more epochs",
                "left",
            ),
            counted(
                "The mean loss is {loss}. Recently each epoch multiplied it by {factor}; at this"
                " rate it falls below {threshold} after about {left} more epoch.",
                "The mean loss is {loss}. Recently each epoch multiplied it by {factor}; at this"
                " rate it falls below {threshold} after about {left} more epochs.",
                "left",
            ),
        ),
        Kind.UNSETTLED: Sentence(
            mark("not converged: loss {loss} in the last epoch"),
            mark("The mean loss went from {earlier} in epoch {epoch} to {loss} in the last one."),
        ),
        Kind.WRONG_GRADIENT: Sentence(
            mark("wrong gradients: relative error up to {error}"),
            mark(
                "This algorithm contains a deliberate mistake. At the start it computes {gradient}"
                " as the gradient of {parameter}; the central difference is {numeric}."
            ),
        ),
        Kind.TOO_STEEP: Sentence(
            mark("learning rate too large: curvature {curvature}, edge 2/α = {edge}"),
            mark(
                "From epoch {epoch}, sample {sample} on, the curvature was above 2/α = {edge}, at"
                " first {curvature}: too steep for this learning rate."
            ),
        ),
        Kind.UNEVEN: Sentence(
            mark("sample {sample} alone is too steep: curvature {curvature}"),
            mark(
                "On average over the samples the curvature is {mean}, below 2/α = {edge}; but"
                " there is an update after every sample, and for sample {sample} the curvature is"
                " {curvature}."
            ),
        ),
        Kind.OVERSHOOTING: Sentence(
            mark("close to the edge: curvature {curvature}, edge 2/α = {edge}"),
            mark(
                "The curvature {curvature} is between 1/α and 2/α = {edge}: an update overshoots"
                " the target, and leaves {shrink} of the error on the other side."
            ),
        ),
        Kind.CROSSING: Sentence(
            mark("{weight} must cross zero"),
            mark(
                "The product of the weights, {product}, has the wrong sign: the data need {slope}."
                " Only the weight with the smallest absolute value can cross zero: that is"
                " {weight} = {value} (next: {next})."
            ),
        ),
        Kind.NO_LINE: Sentence(
            mark("no line through 0 fits: the loss can't fall below {floor}"),
            mark(
                "A linear chain can only draw a line through 0; the best one, e = {slope}·x, still"
                " leaves a mean loss of {floor}."
            ),
        ),
        Kind.NO_STRAIGHT_LINE: Sentence(
            mark("no straight line fits: the loss can't fall below {floor}"),
            mark(
                "A linear chain with biases can only draw a straight line; the best one, with slope"
                " {slope} and output {offset} for input 0, still leaves a mean loss of {floor}."
            ),
        ),
        Kind.OUT_OF_RANGE: Sentence(
            mark("targets out of reach: the loss can't fall below {floor}"),
            mark(
                "The target {target} of sample {sample} is outside the output range of"
                " {activation}, so no training can bring the mean loss below {floor}."
            ),
        ),
        Kind.SATURATED: Sentence(
            mark("saturated: layer {layer}"),
            mark(
                "In layer {layer} the derivative of {activation} is {derivative} on average, of at"
                " most {largest}: little of the upstream gradient (the article's public"
                " derivative: the factor that all earlier layers share) passes through."
            ),
        ),
        Kind.VANISHING: Sentence(
            mark("vanishing with depth: × {factor} per layer"),
            mark(
                "At the start, {start} of the upstream gradient (the article's public derivative:"
                " the factor that all earlier layers share) at layer {last} reaches layer 1 (×"
                " {factor} per layer); at the end, {now}."
            ),
        ),
        Kind.EXPLODING: Sentence(
            mark("exploding with depth: × {factor} per layer"),
            mark(
                "At the start, the upstream gradient (the article's public derivative: the factor"
                " that all earlier layers share) at layer 1 is {start} times as large as at layer"
                " {last}: × {factor} per layer."
            ),
        ),
    }
)

_NAMED = 4
"""Of more layers than this, only the first two and the last are named."""


_ENGLISH = Say()


def filled(
    template: str,
    found: Finding,
    number: Callable[[float], str],
    symbol: Callable[[Name], str],
    say: Say = _ENGLISH,
    word: Callable[[str], str] = str,
) -> str:
    """Return a sentence of `found` with its gaps filled.

    `template` is `Sentence.short` or `.long`; `number` writes a number, `symbol` the name of a
    parameter, `say` says the sentence, and `word` the name of an activation.
    """
    values = {name: _text(value, number, word) for name, value in found.numbers.items()}
    layer, layers = found.numbers.get("layer"), found.numbers.get("tied")
    if isinstance(layer, int):
        values["weight"] = symbol(WEIGHT.of(layer))
    parameter = found.numbers.get("parameter")
    if isinstance(parameter, str):
        values["parameter"] = symbol(named_parameter(parameter))
    if isinstance(layers, tuple):
        values["weights"] = _enumerated([symbol(WEIGHT.of(i)) for i in layers], say(BETWEEN))
    return say.chosen(template, found.numbers).format(**values)


def _text(value: Number, number: Callable[[float], str], word: Callable[[str], str]) -> str:
    if isinstance(value, float):
        return number(value)
    return word(value) if isinstance(value, str) else str(value)


def _enumerated(names: list[str], between: str) -> str:
    if len(names) > _NAMED:
        names = [*names[:2], "…", names[-1]]
    return between.join(names)
