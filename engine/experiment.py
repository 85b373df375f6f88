"""An experiment: the initial parameters, the data, and the settings of a training.

    >>> Experiment(weights=(0.5,), samples=(Sample(1.0, 2.0),), epochs=10).layers
    1

Invalid values raise a `UserError` on construction: it names the field, the value, what is allowed.
"""

import math
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from numbers import Integral
from typing import Any

from engine.activations import ACTIVATIONS, IDENTITY
from engine.algorithms import ALGORITHMS, CORRECT
from engine.chain import Learner, output_of
from engine.exact import Exact, bits
from engine.parameters import PARAMETERS, Parameter
from engine.steps import Structure
from engine.user_error import Location, UserError, finite, is_float, shown
from engine.words import mark

MOST_LAYERS = MOST_SAMPLES = 100_000
"""The most layers, and the most samples, of an experiment."""


@dataclass(frozen=True, slots=True, eq=False)
class Sample(Exact):
    """One pair of training data: the input x and the target ê that the output should reach."""

    x: float
    target: float

    def _bits(self) -> tuple[object, ...]:
        return (bits((self.x, self.target)),)

    def __post_init__(self) -> None:
        """Convert both to float; raise `UserError` if one is not a finite number."""
        if is_float(self.x) and is_float(self.target):
            return
        for name in ("x", "target"):
            value = getattr(self, name)
            # A table has many of them: what needs no change is left alone.
            if type(value) is not float or not math.isfinite(value):
                object.__setattr__(self, name, finite(value, Location(name)))


@dataclass(frozen=True, eq=False)
class Experiment(Exact):
    """Everything that a training depends on; the defaults are the opening experiment.

    The samples are visited in their order, one update each; an epoch is one visit of all. `biases`
    are one for each layer, or none: then the chain has no biases. Raises `UserError` for invalid
    values.
    """

    weights: tuple[float, ...] = (0.2333, -0.233, -0.52133)
    samples: tuple[Sample, ...] = (Sample(1.0, -1.0), Sample(-1.0, 1.0))
    learning_rate: float = 0.05
    epochs: int = 240
    activation: str = IDENTITY
    algorithm: str = CORRECT
    biases: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        """Convert numbers to float, and epochs to int; raise `UserError` for an invalid field."""
        object.__setattr__(self, "weights", _weights(self.weights))
        object.__setattr__(self, "biases", _biases(self.biases, len(self.weights)))
        object.__setattr__(self, "samples", _samples(self.samples))
        object.__setattr__(self, "learning_rate", _learning_rate(self.learning_rate))
        object.__setattr__(self, "epochs", _whole(self.epochs, Location("epochs"), 0))
        _known("activation", self.activation, ACTIVATIONS)
        _known("algorithm", self.algorithm, ALGORITHMS)

    def _bits(self) -> tuple[object, ...]:
        samples = (number for sample in self.samples for number in (sample.x, sample.target))
        numbers = bits((self.learning_rate, *self.theta, *samples))
        return (numbers, self.epochs, self.structure)

    @property
    def layers(self) -> int:
        """The number of layers, n."""
        return len(self.weights)

    @property
    def updates(self) -> int:
        """How many updates the training makes: epochs × samples."""
        return self.epochs * len(self.samples)

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """What each layer learns, in the order of θ."""
        return tuple(one for one in PARAMETERS if getattr(self, one.field))

    @cached_property
    def theta(self) -> tuple[float, ...]:
        """All initial parameters: the weights, then the others."""
        return tuple(number for one in PARAMETERS for number in getattr(self, one.field))

    def theta_with(self, weights: Sequence[float]) -> tuple[float, ...]:
        """Return θ with these weights and the initial values of the others.

        If `weights` is a whole θ already, it is returned as a tuple.
        """
        return (*weights, *self.theta[len(weights) :])

    @cached_property
    def structure(self) -> Structure:
        """What the steps of the training depend on."""
        return Structure(self.layers, self.activation, self.algorithm, self.parameters)

    def learner(self, theta: Sequence[float] | None = None) -> Learner:
        """Return a chain that learns as this experiment says, from θ or from the start."""
        start = self.theta if theta is None else theta
        return Learner(start, self.learning_rate, self.activation, self.algorithm, self.parameters)

    def output(self, theta: Sequence[float], x: float) -> float:
        """Return the output e for `x` of the chain with these parameters."""
        return output_of(theta, x, self.activation, self.parameters)


def random_weights(layers: int, seed: int) -> tuple[float, ...]:
    """Draw initial weights uniformly from [−0.5, 0.5), as the article's framework does.

    The same seed gives the same weights everywhere. Raises `UserError` for less than one layer or
    more than `MOST_LAYERS`, and for a seed below 0.
    """
    layers = _whole(layers, Location("layers"), 1, MOST_LAYERS)
    seed = _whole(seed, Location("seed"), 0)
    draw = random.Random(seed)  # noqa: S311 - a start for a lesson, no secret
    return tuple(draw.random() - 0.5 for _ in range(layers))


def changed(experiment: Experiment, location: Location, value: object) -> Experiment:
    """Return `experiment` with another value at `location`.

    A "seed" draws all weights anew; the number of "layers" keeps the layers that there are, and new
    ones leave what a linear chain computes as it was. Raises `UserError` where that can't be.
    """
    changes: dict[str, Any] = {location.field: value}
    if location.row is not None:
        rows: list[Any] = list(getattr(experiment, location.field))
        old, column = rows[location.row], location.column
        rows[location.row] = value if column is None else replace(old, **{column: value})
        changes = {location.field: rows}
    elif location.field == "seed":
        seed: Any = value
        changes = {"weights": random_weights(experiment.layers, seed)}
    elif location.field == "layers":
        layers = _whole(value, location, 1, MOST_LAYERS)
        changes = {one.field: _resized(experiment, one, layers) for one in experiment.parameters}
    return replace(experiment, **changes)


def _resized(experiment: Experiment, parameter: Parameter, layers: int) -> tuple[float, ...]:
    row: tuple[float, ...] = getattr(experiment, parameter.field)
    return (*row[:layers], *[parameter.neutral] * (layers - len(row)))


def _rows(field: str, value: object) -> tuple[object, ...]:
    if isinstance(value, (str, bytes, bytearray)) or not isinstance(value, Iterable):
        raise UserError(
            mark("{location} must be a list, not {value}."), Location(field), value=shown(value)
        )
    return tuple(value)


def _weights(value: object) -> tuple[float, ...]:
    rows = _rows("weights", value)
    if not rows:
        raise UserError(
            mark(
                "{location} is empty: a chain has at least one layer, and each layer has one"
                " weight."
            ),
            Location("weights"),
        )
    refuse_too_many("weights", len(rows), MOST_LAYERS)
    return tuple(
        w if is_float(w) else finite(w, Location("weights", i)) for i, w in enumerate(rows)
    )


def _biases(value: object, layers: int) -> tuple[float, ...]:
    rows = _rows("biases", value)
    if len(rows) not in (0, layers):
        raise UserError(
            mark("{location} must be one for each layer, {most}, or none at all; not {value}."),
            Location("biases"),
            most=layers,
            value=len(rows),
        )
    return tuple(b if is_float(b) else finite(b, Location("biases", i)) for i, b in enumerate(rows))


def refuse_too_many(field: str, size: int, most: int) -> None:
    """Raise `UserError` where a list is longer than `most`."""
    if size > most:
        raise UserError(
            mark("{location} may have at most {most} entries, not {value}."),
            Location(field),
            most=most,
            value=size,
        )


def _samples(value: object) -> tuple[Sample, ...]:
    rows = _rows("samples", value)
    if not rows:
        raise UserError(
            mark("{location} is empty: training needs at least one sample."), Location("samples")
        )
    refuse_too_many("samples", len(rows), MOST_SAMPLES)
    return tuple(_sample(row, i) for i, row in enumerate(rows))


def _sample(row: object, index: int) -> Sample:
    if not isinstance(row, Sample):
        raise UserError(
            mark("{location} must be a Sample(x, target), not {value}."),
            Location("samples", index),
            value=shown(row),
        )
    return row


def _learning_rate(value: object) -> float:
    location = Location("learning_rate")
    rate = finite(value, location)
    if rate <= 0:
        raise UserError(
            mark("{location} must be greater than 0, not {value}."), location, value=shown(value)
        )
    return rate


def _whole(value: object, location: Location, least: int, most: int | None = None) -> int:
    number = finite(value, location)
    if number < least or not number.is_integer():
        raise UserError(
            mark("{location} must be a whole number from {least} up, not {value}."),
            location,
            least=least,
            value=shown(value),
        )
    if most is not None and number > most:
        raise UserError(
            mark("{location} must be at most {most}, not {value}."),
            location,
            most=most,
            value=shown(value),
        )
    return int(value if isinstance(value, Integral) else number)


def _known(field: str, value: object, names: Iterable[str]) -> None:
    allowed = tuple(names)
    if not isinstance(value, str) or value not in allowed:
        raise UserError(
            mark("{location} must be one of {allowed}, not {value}."),
            Location(field),
            allowed=allowed,
            value=shown(value),
        )
