"""Every number that one sample computes, in the order in which the algorithm does. No Qt."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from engine import Experiment, Moment, Step
from engine.expressions import Activated, evaluate, names_in
from engine.parameters import PARAMETERS, weighted_input
from engine.quantities import Name, Quantity
from engine.steps import steps_of
from engine.words import mark
from gui.drawing.ink import Ink
from gui.language import Say
from gui.language.covering import COVERED, is_covered
from gui.words import symbols
from gui.words.glossary import learned
from gui.words.meanings import Meaning


@dataclass(frozen=True, slots=True, eq=False)
class ValueKind:
    """What a number of a sample is, one of `KINDS`.

    `word` is for other programs, `name` for people, to be translated. `of_layer` tells that it
    belongs to a layer, `typed` that the user gave it, and reads it as it was given; `updated` that
    it is a parameter after its update.
    """

    word: str
    name: str
    quantity: Quantity
    term: Meaning
    ink: Ink = Ink.TEXT
    of_layer: bool = True
    typed: bool = False
    updated: bool = False


INPUT = ValueKind(
    "input",
    mark("input"),
    Quantity.OUTPUT,
    Meaning.INPUT,
    Ink.FORWARD,
    of_layer=False,
    typed=True,
)
WEIGHTED_INPUT = ValueKind(
    "weighted_input",
    mark("weighted input"),
    Quantity.WEIGHTED_INPUT,
    Meaning.WEIGHTED_INPUT,
    Ink.FORWARD,
)
OUTPUT = ValueKind("output", mark("output"), Quantity.OUTPUT, Meaning.OUTPUT, Ink.FORWARD)
TARGET = ValueKind(
    "target", mark("target"), Quantity.TARGET, Meaning.TARGET, of_layer=False, typed=True
)
LOSS = ValueKind("loss", mark("loss"), Quantity.LOSS, Meaning.LOSS, of_layer=False)
UPSTREAM = ValueKind(
    "public_derivative",
    mark("public derivative"),
    Quantity.UPSTREAM,
    Meaning.UPSTREAM,
    Ink.BACKWARD,
)
PASSED = ValueKind(
    "passed_factor", mark("factor passed on"), Quantity.UPSTREAM, Meaning.PASSED, Ink.BACKWARD
)
DERIVATIVE = ValueKind(
    "local_derivative",
    mark("activation’s derivative"),
    Quantity.DERIVATIVE,
    Meaning.DERIVATIVE,
)
LEARNING_RATE = ValueKind(
    "learning_rate",
    mark("learning rate"),
    Quantity.LEARNING_RATE,
    Meaning.LEARNING_RATE,
    of_layer=False,
    typed=True,
)

_WORDS = tuple((one, learned(one)) for one in PARAMETERS)
_VALUES = {
    one.quantity: ValueKind(one.quantity, words.name, one.quantity, words.value)
    for one, words in _WORDS
}
_GRADIENTS = {
    one.gradient: ValueKind(
        one.gradient, words.gradient_name, one.gradient, words.gradient, Ink.GRADIENT
    )
    for one, words in _WORDS
}
_NEW_VALUES = {
    one.quantity: ValueKind(
        f"new_{one.quantity}", words.new_name, one.quantity, words.new, Ink.UPDATE, updated=True
    )
    for one, words in _WORDS
}

KINDS = (
    INPUT,
    *_VALUES.values(),
    WEIGHTED_INPUT,
    OUTPUT,
    TARGET,
    LOSS,
    UPSTREAM,
    PASSED,
    DERIVATIVE,
    *_GRADIENTS.values(),
    LEARNING_RATE,
    *_NEW_VALUES.values(),
)
"""All of them, in the order of the chain."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A number of a sample: what it is, and after how many steps of the sample it is known.

    `name` is that by which it is lit up elsewhere; `is_result` tells that its step is there to
    compute it.
    """

    kind: ValueKind
    name: Name
    symbol: str
    position: int = 0
    is_result: bool = False

    @property
    def layer(self) -> int:
        """The layer in its symbol."""
        return self.name.layer

    @property
    def of_layer(self) -> int | None:
        """The layer it belongs to, None for what belongs to the whole sample."""
        return self.name.layer if self.kind.of_layer else None


def entry_name(entry: Entry, say: Say) -> str:
    """Return what an entry is called in its table, where a parameter stands twice."""
    if entry.kind.updated:
        return say("new {weight}").format(weight=entry.symbol)
    return entry.symbol


@lru_cache(maxsize=8)
def entries(experiment: Experiment) -> tuple[Entry, ...]:
    """Return every number of a sample, in the order of the algorithm's steps."""
    return tuple(_entries(experiment))


def _entries(experiment: Experiment) -> Iterator[Entry]:
    n = experiment.layers
    makes = _Maker(experiment)
    yield makes.entry(INPUT, Name(Quantity.OUTPUT, 0))
    yield makes.entry(TARGET, Name(Quantity.TARGET, n))
    for one in experiment.parameters:
        for i in range(1, n + 1):
            yield makes.entry(_VALUES[one.quantity], one.of(i))
    yield makes.entry(LEARNING_RATE, Name(Quantity.LEARNING_RATE, 0))
    for position, step in enumerate(steps_of(experiment.structure), start=1):
        yield from makes.step(step, position)


class _Maker:
    """Makes the entries of one experiment, those of its steps in their order."""

    def __init__(self, experiment: Experiment) -> None:
        self._experiment = experiment
        self._slopes: set[Name] = set()

    def entry(
        self, kind: ValueKind, name: Name, position: int = 0, *, is_result: bool = False
    ) -> Entry:
        """Return an entry; without a position it is known before the first step."""
        return Entry(kind, name, symbols.of(name, self._experiment), position, is_result)

    def step(self, step: Step, position: int) -> Iterator[Entry]:
        """Yield what a step computes, its result last."""
        if isinstance(step.expression, Activated):
            yield self.entry(WEIGHTED_INPUT, Name(Quantity.WEIGHTED_INPUT, step.layer), position)
        for name in names_in(step.expression):
            # Where f′ is needed once more, it is known.
            if name.quantity is Quantity.DERIVATIVE and name not in self._slopes:
                self._slopes.add(name)
                yield self.entry(DERIVATIVE, name, position)
        yield self.entry(self._kind(step.result), step.result, position, is_result=True)

    def _kind(self, result: Name) -> ValueKind:
        quantity, layer = result
        if quantity is Quantity.UPSTREAM:
            return UPSTREAM if symbols.is_public(layer, self._experiment) else PASSED
        known = {Quantity.OUTPUT: OUTPUT, Quantity.LOSS: LOSS, **_GRADIENTS, **_NEW_VALUES}
        return known[quantity]


def values(moment: Moment, experiment: Experiment) -> tuple[float | None, ...]:
    """Return the value of every entry at a moment of `experiment`, None while it is not known."""
    return tuple(
        _value(entry, moment, experiment) if entry.position <= moment.position else None
        for entry in entries(experiment)
    )


def _value(entry: Entry, moment: Moment, experiment: Experiment) -> float:
    def stood(name: Name) -> float:
        """Return a number of the sample, of a parameter that before the update."""
        return (moment.before if name in moment.before else moment.numbers)[name]

    name = entry.name
    if name.quantity not in (Quantity.WEIGHTED_INPUT, Quantity.DERIVATIVE):
        return moment.numbers[name] if entry.kind.updated else stood(name)
    output = moment.numbers.get(Name(Quantity.OUTPUT, name.layer))
    if is_covered(output):
        return COVERED
    if name.quantity is Quantity.WEIGHTED_INPUT:
        return evaluate(weighted_input(experiment.parameters, name.layer), stood)
    return experiment.structure.f.derivative(stood(Name(Quantity.OUTPUT, name.layer)))
