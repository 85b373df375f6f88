"""Every number that one sample computes, in the order in which the algorithm does. No Qt."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from engine import Experiment, Moment, Phase, Step
from engine.chain import ACTIVATIONS, output_of
from engine.moment import Quantity, Term
from engine.problem import mark
from engine.steps import receiver, steps_of
from gui.drawing.ink import Ink
from gui.language import Say
from gui.state import Pointed
from gui.words import symbols
from gui.words.glossary import Meaning


class Kind(StrEnum):
    """What a number of a sample is, in the order of the chain."""

    INPUT = "input"
    WEIGHT = "weight"
    WEIGHTED_INPUT = "weighted_input"
    OUTPUT = "output"
    TARGET = "target"
    LOSS = "loss"
    UPSTREAM = "public_derivative"
    PASSED = "passed_factor"
    DERIVATIVE = "local_derivative"
    GRADIENT = "gradient"
    LEARNING_RATE = "learning_rate"
    NEW_WEIGHT = "new_weight"


KIND_NAMES: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.INPUT: mark("input"),
        Kind.WEIGHT: mark("weight"),
        Kind.WEIGHTED_INPUT: mark("weighted input"),
        Kind.OUTPUT: mark("output"),
        Kind.TARGET: mark("target"),
        Kind.LOSS: mark("loss"),
        Kind.UPSTREAM: mark("public derivative"),
        Kind.PASSED: mark("factor passed on"),
        Kind.DERIVATIVE: mark("activation’s derivative"),
        Kind.GRADIENT: mark("gradient"),
        Kind.LEARNING_RATE: mark("learning rate"),
        Kind.NEW_WEIGHT: mark("new weight"),
    }
)

_QUANTITIES = MappingProxyType(
    {
        Kind.INPUT: Quantity.OUTPUT,
        Kind.WEIGHT: Quantity.WEIGHT,
        Kind.WEIGHTED_INPUT: Quantity.WEIGHTED_INPUT,
        Kind.OUTPUT: Quantity.OUTPUT,
        Kind.TARGET: Quantity.TARGET,
        Kind.LOSS: Quantity.LOSS,
        Kind.UPSTREAM: Quantity.UPSTREAM,
        Kind.PASSED: Quantity.UPSTREAM,
        Kind.DERIVATIVE: Quantity.DERIVATIVE,
        Kind.GRADIENT: Quantity.GRADIENT,
        Kind.LEARNING_RATE: Quantity.LEARNING_RATE,
        Kind.NEW_WEIGHT: Quantity.WEIGHT,
    }
)

_MEANINGS: Mapping[Kind, Meaning] = MappingProxyType(
    {
        Kind.INPUT: Meaning.INPUT,
        Kind.WEIGHT: Meaning.WEIGHT,
        Kind.WEIGHTED_INPUT: Meaning.WEIGHTED_INPUT,
        Kind.OUTPUT: Meaning.OUTPUT,
        Kind.TARGET: Meaning.TARGET,
        Kind.LOSS: Meaning.LOSS,
        Kind.UPSTREAM: Meaning.UPSTREAM,
        Kind.PASSED: Meaning.PASSED,
        Kind.DERIVATIVE: Meaning.DERIVATIVE,
        Kind.GRADIENT: Meaning.GRADIENT,
        Kind.LEARNING_RATE: Meaning.LEARNING_RATE,
        Kind.NEW_WEIGHT: Meaning.NEW_WEIGHT,
    }
)

_INKS = MappingProxyType(
    {
        Kind.INPUT: Ink.FORWARD,
        Kind.WEIGHTED_INPUT: Ink.FORWARD,
        Kind.OUTPUT: Ink.FORWARD,
        Kind.UPSTREAM: Ink.BACKWARD,
        Kind.PASSED: Ink.BACKWARD,
        Kind.GRADIENT: Ink.GRADIENT,
        Kind.NEW_WEIGHT: Ink.UPDATE,
    }
)

_OF_THE_WHOLE = frozenset({Kind.INPUT, Kind.TARGET, Kind.LOSS, Kind.LEARNING_RATE})
TYPED = frozenset({Kind.INPUT, Kind.TARGET, Kind.LEARNING_RATE})
"""What the user gave, and reads as it was given."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A number of a sample: what it is, and after how many steps of the sample it is known.

    `layer` is the one in its symbol; `is_result` tells that its step is there to compute it.
    """

    kind: Kind
    layer: int
    symbol: str
    position: int = 0
    is_result: bool = False

    @property
    def term(self) -> Meaning:
        """Its entry in the glossary."""
        return _MEANINGS[self.kind]

    @property
    def ink(self) -> Ink:
        """The colour of its symbol."""
        return _INKS.get(self.kind, Ink.TEXT)

    @property
    def name(self) -> Pointed:
        """Its name, by which it is lit up elsewhere."""
        return _QUANTITIES[self.kind], self.layer

    @property
    def of_layer(self) -> int | None:
        """The layer it belongs to, None for what belongs to the whole sample."""
        return None if self.kind in _OF_THE_WHOLE else self.layer


def entry_name(entry: Entry, say: Say) -> str:
    """Return what an entry is called in its table, where a weight stands twice."""
    if entry.kind is Kind.NEW_WEIGHT:
        return say("new {weight}").format(weight=entry.symbol)
    return entry.symbol


@lru_cache(maxsize=8)
def entries(experiment: Experiment) -> tuple[Entry, ...]:
    """Return every number of a sample, in the order of the algorithm's steps."""
    return tuple(_entries(experiment))


def _entries(experiment: Experiment) -> Iterator[Entry]:
    n = experiment.layers
    makes = _Maker(experiment)
    yield makes.given(Kind.INPUT, 0)
    yield makes.given(Kind.TARGET, n)
    for i in range(1, n + 1):
        yield makes.given(Kind.WEIGHT, i)
    yield makes.given(Kind.LEARNING_RATE, 0)
    for position, step in enumerate(steps_of(experiment.algorithm, n), start=1):
        yield from makes.step(step, position)


class _Maker:
    """Makes the entries of one experiment."""

    def __init__(self, experiment: Experiment) -> None:
        self._experiment = experiment
        self._curved = experiment.activation != "identity"
        self._sloped = self._curved and experiment.algorithm != "no_local_derivative"
        self._from_the_front = experiment.algorithm == "front_to_back"

    def given(self, kind: Kind, layer: int) -> Entry:
        """Return a number that is known before the first step."""
        return Entry(kind, layer, self._symbol(kind, layer))

    def step(self, step: Step, position: int) -> Iterator[Entry]:
        """Yield what a step computes, its result last."""
        kind, i = self._result(step)
        if step.phase is Phase.FORWARD and self._curved:
            yield Entry(Kind.WEIGHTED_INPUT, i, self._symbol(Kind.WEIGHTED_INPUT, i), position)
        if self._sloped and self._takes_slope(step):
            slope = step.layer
            yield Entry(Kind.DERIVATIVE, slope, self._symbol(Kind.DERIVATIVE, slope), position)
        yield Entry(kind, i, self._symbol(kind, i), position, is_result=True)

    def _takes_slope(self, step: Step) -> bool:
        """Tell whether this step is the first that needs f′ of its layer."""
        if self._from_the_front and step.layer == self._experiment.layers:
            return step.phase is Phase.SEED
        return step.phase is Phase.GRADIENT

    def _result(self, step: Step) -> tuple[Kind, int]:
        match step.phase:
            case Phase.FORWARD:
                return Kind.OUTPUT, step.layer
            case Phase.LOSS:
                return Kind.LOSS, step.layer
            case Phase.SEED | Phase.PASS_ON:
                i = receiver(self._experiment.algorithm, step)
                public = symbols.is_public(i, self._experiment)
                return Kind.UPSTREAM if public else Kind.PASSED, i
            case Phase.GRADIENT:
                return Kind.GRADIENT, step.layer
            case Phase.UPDATE:
                return Kind.NEW_WEIGHT, step.layer

    def _symbol(self, kind: Kind, layer: int) -> str:
        return symbols.of(Term(_QUANTITIES[kind], layer, 0.0), self._experiment)


def values(moment: Moment, experiment: Experiment) -> tuple[float | None, ...]:
    """Return the value of every entry at a moment of `experiment`, None while it is not known."""
    reads: Mapping[Kind, Callable[[int], float | None]] = {
        Kind.INPUT: lambda _: moment.x,
        Kind.OUTPUT: lambda i: moment.outputs[i],
        Kind.TARGET: lambda _: moment.target,
        Kind.LOSS: lambda _: moment.loss,
        Kind.WEIGHT: lambda i: moment.weights_before[i - 1],
        Kind.NEW_WEIGHT: lambda i: moment.weights[i - 1],
        Kind.UPSTREAM: lambda i: moment.upstreams[i - 1],
        Kind.PASSED: lambda i: moment.upstreams[i - 1],
        Kind.GRADIENT: lambda i: moment.gradients[i - 1],
        Kind.LEARNING_RATE: lambda _: experiment.learning_rate,
        Kind.WEIGHTED_INPUT: lambda i: _weighted_input(moment, i),
        Kind.DERIVATIVE: lambda i: _slope(moment, i, experiment.activation),
    }
    return tuple(
        reads[entry.kind](entry.layer) if entry.position <= moment.position else None
        for entry in entries(experiment)
    )


def _weighted_input(moment: Moment, i: int) -> float | None:
    # One linear layer answers just wᵢ·aᵢ₋₁.
    met = moment.outputs[i - 1]
    return None if met is None else output_of((moment.weights_before[i - 1],), met, "identity")


def _slope(moment: Moment, i: int, activation: str) -> float | None:
    output = moment.outputs[i]
    return None if output is None else ACTIVATIONS[activation].derivative(output)
