"""The axes of a map: numbers of an experiment, and the values they take.

>>> from engine import Experiment
>>> axis(Experiment(), "w1", -2, 2, 5)
Axis(name='w1', values=(-2.0, -1.0, 0.0, 1.0, 2.0))
"""

import math
import sys
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from engine.experiment import Experiment, Sample, changed
from engine.parameters import name_of, names_of
from engine.user_error import Location, UserError, finite, shown
from engine.words import mark

MOST_PIXELS = 1 << 24
"""Larger maps are not drawn: their numbers alone would take half a gigabyte."""

MOST_LAYERS = 500
"""A map's loop is written out layer by layer; that of a longer chain takes minutes to compile."""

MOST_EPOCHS = 10**15
"""The most epochs: a float holds every whole number up to this exactly."""

_OTHERS = ("learning_rate", "target", "epochs")


class Axis(NamedTuple):
    """A number of an experiment, one of `axes_of`, and its values at the centres of the pixels."""

    name: str
    values: tuple[float, ...]


def axes_of(experiment: Experiment) -> tuple[str, ...]:
    """Return what a map of `experiment` can run over: w1 … wn, learning_rate, target, epochs."""
    return (*names_of(experiment.parameters, experiment.layers), *_OTHERS)


def value_of(experiment: Experiment, name: str) -> float:
    """Return the value of a number in `experiment`. Raises `UserError` for an unknown name."""
    _known(experiment, name)
    if name == "target":
        return experiment.samples[0].target
    if name in _OTHERS:
        return float(getattr(experiment, name))
    return experiment.theta[_place(experiment, name)]


def varied(experiment: Experiment, name: str, value: float) -> Experiment:
    """Return `experiment` with another value of a number: the experiment of a pixel.

    "target" is that of the first sample; the others keep their proportion to it, or, where it
    is 0, their value. Raises `UserError` for what can't be.
    """
    _known(experiment, name)
    if name == "target":
        return replace(experiment, samples=_scaled(experiment, value))
    if name == "epochs":
        refuse_epochs(value)
    if name in _OTHERS:
        return changed(experiment, Location(name), value)
    which, layer = divmod(_place(experiment, name), experiment.layers)
    return changed(experiment, Location(experiment.parameters[which].field, layer), value)


def _place(experiment: Experiment, name: str) -> int:
    """Return where in θ a parameter is."""
    return names_of(experiment.parameters, experiment.layers).index(name)


def _scaled(experiment: Experiment, target: float) -> tuple[Sample, ...]:
    first, *others = experiment.samples
    if target == first.target:
        return experiment.samples
    if not first.target:
        return (replace(first, target=target), *others)
    moved = (
        replace(sample, target=_in_proportion(i, sample.target, target, first.target))
        for i, sample in enumerate(others, start=1)
    )
    return (replace(first, target=target), *moved)


def _in_proportion(index: int, old: float, target: float, first: float) -> float:
    """Return target·(old/first), even where old/first is no ordinary float."""
    share = old / first
    if not old or sys.float_info.min <= abs(share) < math.inf:
        moved = target * share
    else:
        exact = Fraction(target) * Fraction(old) / Fraction(first)
        try:
            moved = float(exact)
        except OverflowError:
            moved = math.inf
    if math.isinf(moved):
        raise UserError(
            mark(
                "With {value} as the first target, {location} would be too large: it keeps its"
                " proportion to the first target, {old} : {first}."
            ),
            Location("samples", index, "target"),
            value=shown(target),
            old=shown(old),
            first=shown(first),
        )
    return moved


def _known(experiment: Experiment, name: str) -> None:
    allowed = axes_of(experiment)
    if name not in allowed:
        raise UserError(
            mark("Choose the axes of the map from {allowed}; {value} is not one of them."),
            allowed=allowed if experiment.layers <= 4 else _short(experiment),  # noqa: PLR2004
            value=shown(name),
        )


def _short(experiment: Experiment) -> tuple[str, ...]:
    ends = ((name_of(one, 1), name_of(one, experiment.layers)) for one in experiment.parameters)
    return (*(f"{first} … {last}" for first, last in ends), *_OTHERS)


def refuse_epochs(epochs: float) -> None:
    """Raise `UserError` for a map of trainings with 0 epochs, or with too many."""
    if epochs > MOST_EPOCHS:
        raise UserError(
            mark("{location} must be at most {most} in a map, not {value}."),
            Location("epochs"),
            most=MOST_EPOCHS,
            value=shown(epochs),
        )
    if not epochs >= 1:
        raise UserError(
            mark("{location} must be at least 1 in a map, not {value}."),
            Location("epochs"),
            value=shown(epochs),
        )


def axis(experiment: Experiment, name: str, low: float, high: float, size: int) -> Axis:
    """Return an axis of `size` values from `low` to `high`, both included, evenly apart.

    Epochs are rounded to whole numbers. Raises `UserError` for a name that is not one of
    `axes_of`, and for ends that can't be: the first and the last training must be possible.
    """
    import numpy as np  # noqa: PLC0415 - maps alone need it

    _known(experiment, name)
    low, high = (finite(end, Location(name)) for end in (low, high))
    if not low < high or (name == "epochs" and not round(low) < round(high)):
        raise UserError(
            mark(
                "An axis of a map goes from a smaller to a larger {name}, not from {low} to {high}."
            ),
            name=name,
            low=shown(low),
            high=shown(high),
        )
    if math.isinf(high - low):
        raise UserError(
            mark(
                "On an axis of a map, {name} cannot go from {low} to {high}: the width is too "
                "large for a floating-point number."
            ),
            name=name,
            low=shown(low),
            high=shown(high),
        )
    if not 1 < size <= MOST_PIXELS:
        raise UserError(
            mark("The size of a map must be from 2 to {most} pixels, not {value}."),
            most=MOST_PIXELS // 2,
            value=shown(size),
        )
    values = np.linspace(low, high, size)
    if name == "epochs":
        values = np.rint(values)
    varied(experiment, name, float(values[0]))
    varied(experiment, name, float(values[-1]))
    return Axis(name, tuple(values.tolist()))
