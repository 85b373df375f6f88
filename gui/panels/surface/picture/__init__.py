"""The loss surface over two parameters: its shades, the run's path, and what to look for. No Qt."""

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from engine import Experiment, Run
from engine.diagnosis.measures import is_product, wanted_slope
from engine.maps.loss_surface import Pair, has_saddle, minima
from engine.parameters import name_of, named_parameter, names_of, parameter_of
from engine.quantities import Name, Quantity
from engine.training.train import CONVERGED
from gui.language import Say, speech
from gui.language.covering import COVERED
from gui.language.joining import clauses, sentences
from gui.language.numbers import exact, rounded
from gui.panels.surface.picture.contours import nice_levels
from gui.panels.surface.picture.frame import (
    Frame,
    Scale,
    Surface,
    frame_of,
    loss_at,
    scale_of,
    surface_of,
)
from gui.panels.surface.picture.path import WeightPath, place_of, weight_path
from gui.panels.surface.picture.relief import Relief
from gui.panels.surface.picture.words import Entry, introduced, legend, symbol
from gui.state import State

_JUST_BELOW = 0.999
"""The ends of the scale are told, too, where they are round."""


class Bar(NamedTuple):
    """The scale of the colours: `ticks` are places on it from 0 to 1 with the losses there.

    `now` is the place of the present loss, None where there is none.
    """

    ticks: tuple[tuple[float, str], ...]
    now: float | None


@dataclass(frozen=True, eq=False, slots=True)
class SurfacePicture:
    """All that is to be seen of a surface but its relief, which depends on the piece shown too.

    `names` are the short names of all parameters, `choices` their symbols; `pair` are those on the
    axes, `axes` what is written there. `update` says up to where `path`
    has been gone; `now` and `start` are places on it. `index` is the present step, of which there
    are `per_update` to an update.
    """

    title: str
    names: tuple[str, ...]
    choices: tuple[str, ...]
    pair: Pair
    axes: tuple[str, str]
    frame: Frame
    scale: Scale
    surface: Surface
    path: WeightPath
    update: int
    index: int
    per_update: int
    now: tuple[float, float]
    start: tuple[float, float]
    saddle: bool
    intro: str
    reading: str
    legend: tuple[Entry, ...]
    bar: Bar | None
    description: str
    say: Say


def chosen_pair(experiment: Experiment, wanted: tuple[str, str]) -> Pair:
    """Return the parameters on the axes: the wanted ones where the chain has them, else the first.

    They are wanted by their short names, w1.
    """
    names = names_of(experiment.parameters, experiment.layers)
    if len(names) == 1:
        return Pair(named_parameter(names[0]), None)
    x, y = wanted if set(wanted) <= set(names) and wanted[0] != wanted[1] else names[:2]
    return Pair(named_parameter(x), named_parameter(y))


def axes_of(pair: Pair) -> tuple[str, str]:
    """Return the short names of what is on the axes, "" where there is nothing."""
    x, y = (name_of(parameter_of(name.quantity), name.layer) if name else "" for name in pair)
    return x, y


def exchanged(pair: Pair, axis: str, chosen: str) -> tuple[str, str]:
    """Return the short names after one was chosen for an axis: the same on both change places."""
    x, y = axes_of(pair)
    if axis == "x":
        return chosen, x if chosen == y else y
    return y if chosen == x else x, chosen


def surface_picture(state: State) -> SurfacePicture:
    """Describe the surface at the present step."""
    run, say, moment = state.run, speech(state.look.locale), state.moment
    experiment = run.experiment
    pair = chosen_pair(experiment, state.look.surface)
    theta = state.seen_theta
    surface = surface_of(experiment, theta, pair)
    now = _place(surface, theta)
    words = reading(state, surface, *now)
    # A frame and colours that fit all of the run would tell where it goes.
    shown = _ended(run, state.seen_until // state.per_epoch) if state.curtained else run
    hint = say("Scroll to zoom, drag to move, click the path to go to that step.")
    intro = sentences((introduced(shown, surface, say, curtained=state.curtained), hint), say)
    saddle = has_saddle(experiment, theta, pair)
    names = names_of(experiment.parameters, experiment.layers)
    return SurfacePicture(
        title=say("Loss surface"),
        names=names,
        choices=tuple(symbol(named_parameter(name)) for name in names),
        pair=pair,
        axes=(symbol(pair.x), symbol(pair.y) if pair.y else "L"),
        frame=frame_of(shown, pair),
        scale=scale_of(shown, pair),
        surface=surface,
        path=weight_path(shown, pair),
        update=moment.update,
        index=state.index,
        per_update=state.per_sample,
        now=now,
        start=_place(surface, experiment.theta),
        saddle=saddle,
        intro=intro,
        reading=say("Now: {place}").format(place=words),
        legend=legend(shown, surface, now, say, saddle=saddle, curtained=state.curtained),
        bar=_bar(scale_of(shown, pair), surface, now, say),
        description=sentences((intro, say("Now: {place}").format(place=words)), say),
        say=say,
    )


def _bar(scale: Scale, surface: Surface, now: tuple[float, float], say: Say) -> Bar | None:
    """Return the scale of the colours; over a single weight the loss is a height instead."""
    if not surface.pair.y or surface.lost:
        return None
    levels = nice_levels(scale.low * _JUST_BELOW, scale.high / _JUST_BELOW)
    places = scale.share(np.array([*levels, loss_at(surface, *now)]))
    ticks = tuple(
        (float(place), level_text(level, say)) for place, level in zip(places, levels, strict=False)
    )
    return Bar(ticks, float(places[-1]) if all(map(math.isfinite, now)) else None)


def level_text(level: float, say: Say) -> str:
    """Return the height of a contour, a round number, as it is written: 0.03, 500, 10⁶."""
    return exact(level, say) if 1e-4 <= level < 1e5 else rounded(level, 1, say)  # noqa: PLR2004 - short


def _place(surface: Surface, theta: tuple[float, ...]) -> tuple[float, float]:
    """Return where parameters are in the picture: over a single one the loss is the height."""
    experiment, (x, y) = surface.experiment, surface.pair
    across = theta[place_of(experiment, x)]
    return across, theta[place_of(experiment, y)] if y else loss_at(surface, across, 0.0)


def index_near(
    picture: SurfacePicture, place: tuple[float, float], unit: tuple[float, float], reach: float
) -> int | None:
    """Return the step at which the run was nearest to a place, if within `reach` units of it."""
    found = picture.path.nearest(*place, unit)
    return found[0] * picture.per_update if found is not None and found[1] <= reach else None


def reading(state: State, surface: Surface, x: float, y: float) -> str:
    """Return what there is at a place: the parameters, and the loss."""
    digits, pair = state.look.digits, surface.pair
    named = [(symbol(pair.x), x)]
    if pair.y:
        named.append((symbol(pair.y), y))
    loss = Name(Quantity.LOSS, state.run.experiment.layers)
    named.append(("L", COVERED if state.hides(loss) else loss_at(surface, x, y)))
    say = speech(state.look.locale)
    return clauses((f"{name} = {rounded(value, digits, say)}" for name, value in named), say)


def pointed_reading(picture: SurfacePicture, state: State, x: float, y: float) -> str:
    """Return what is read where the mouse is."""
    say = speech(state.look.locale)
    return say("Here: {place}").format(place=reading(state, picture.surface, x, y))


def minima_words(state: State, picture: SurfacePicture, relief: Relief) -> str:
    """Return where the minima are, in a sentence."""
    surface, say, digits = picture.surface, speech(state.look.locale), state.look.digits
    if surface.lost:
        return _lost(surface.experiment, say)
    if relief.flat:
        return _flat(surface.experiment, say)
    if is_product(surface.experiment):
        return _linear_minima(surface, say, digits)
    if relief.least < CONVERGED:
        return say("Minima: inside the thick line the loss is below {loss}.").format(
            loss=rounded(CONVERGED, 1, say)
        )
    words = say("In the area shown the loss is nowhere below {loss}; the lowest value is {least}.")
    return words.format(loss=rounded(CONVERGED, 1, say), least=rounded(relief.least, digits, say))


def _lost(experiment: Experiment, say: Say) -> str:
    if len(experiment.parameters) == 1:
        return say("The other weights are no longer finite, so there is no surface to draw.")
    return say("The other parameters are no longer finite, so there is no surface to draw.")


def _flat(experiment: Experiment, say: Say) -> str:
    if len(experiment.parameters) == 1:
        return say(
            "It is flat here: with the other weights as they are, these two hardly change the loss."
        )
    return say(
        "It is flat here: with the other parameters as they are, these two hardly change the loss."
    )


def _linear_minima(surface: Surface, say: Say, digits: int) -> str:
    product = minima(surface.experiment, surface.theta, surface.pair)
    slope = wanted_slope(surface.experiment.samples)
    if product is None or slope is None:
        return ""
    names = "·".join(symbol(name) for name in surface.pair if name)
    words = say("Minima: {names} = {product}; the output is then {slope}·x.")
    return words.format(
        names=names, product=rounded(product, digits, say), slope=rounded(slope, digits, say)
    )


@lru_cache(maxsize=2)
def _ended(run: Run, epochs: int) -> Run:
    return run.ended(epochs)
