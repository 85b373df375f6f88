"""The loss surface over two weights: the ground, the run's path, and what to look for. No Qt."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from engine import Run
from engine.diagnosis import Kind, diagnose
from engine.diagnosis.measures import wanted_slope
from engine.maps.loss_surface import Pair, has_saddle, minima
from engine.training.train import CONVERGED
from gui.language import Say, speech
from gui.language.joining import clauses, sentences
from gui.language.numbers import exact, rounded
from gui.panels.surface.picture.contours import nice_levels
from gui.panels.surface.picture.frame import (
    Frame,
    Ground,
    Scale,
    frame_of,
    ground_of,
    loss_at,
    scale_of,
)
from gui.panels.surface.picture.ground import Relief
from gui.panels.surface.picture.path import WeightPath, weight_path
from gui.state import State
from gui.words import symbols
from gui.words.glossary import Meaning, all_explained

_NEAR, _LONG = 0.2, 0.25
"""A run is at the saddle while it is within that share of the furthest it gets from there; one that
is there for that share of its updates creeps."""

_JUST_BELOW = 0.999
"""The ends of the scale are told, too, where they are round."""


class Entry(NamedTuple):
    """A line of the legend: the name of a mark, and what that means."""

    kind: str
    words: str


class Bar(NamedTuple):
    """The scale of the colours: `ticks` are places on it from 0 to 1 with the losses there.

    `now` is the place of the present loss, None where there is none.
    """

    ticks: tuple[tuple[float, str], ...]
    now: float | None


@dataclass(frozen=True, eq=False, slots=True)
class SurfacePicture:
    """All that is to be seen of a surface but its relief, which depends on the piece shown too.

    `choices` are all weights by name, `pair` those on the axes. `update` says up to where `path`
    has been gone; `now` and `start` are places on it. `index` is the present step, of which there
    are `per_update` to an update.
    """

    title: str
    choices: tuple[str, ...]
    pair: Pair
    frame: Frame
    scale: Scale
    ground: Ground
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


def chosen_pair(layers: int, wanted: tuple[int, int]) -> Pair:
    """Return the layers on the axes: the wanted ones where the chain has them, else the first."""
    x, y = wanted
    if layers == 1:
        return Pair(1, 0)
    if 1 <= x <= layers and 1 <= y <= layers and x != y:
        return Pair(x, y)
    return Pair(1, 2)


def exchanged(pair: Pair, axis: str, layer: int) -> tuple[int, int]:
    """Return the pair after `layer` was chosen for an axis: the same on both change places."""
    if axis == "x":
        return layer, pair.x if layer == pair.y else pair.y
    return pair.y if layer == pair.x else pair.x, layer


def surface_picture(state: State) -> SurfacePicture:
    """Describe the surface at the present step."""
    run, say, moment = state.run, speech(state.look.language), state.moment
    pair = chosen_pair(run.experiment.layers, state.look.surface)
    ground = ground_of(run.experiment, moment.weights, pair)
    now = _place(ground, moment.weights)
    words = reading(state, ground, *now)
    # A frame and colours that fit all of the run would tell where it goes.
    shown = _ended(run, state.index // state.per_epoch) if state.curtained else run
    hint = say("Scroll to zoom, drag to move, click the path to go to that step.")
    intro = sentences((_intro(shown, ground, say, curtained=state.curtained), hint), say)
    saddle = has_saddle(run.experiment, moment.weights, pair)
    return SurfacePicture(
        title=say("Loss surface"),
        choices=tuple(symbols.weight(i + 1) for i in range(run.experiment.layers)),
        pair=pair,
        frame=frame_of(shown, pair),
        scale=scale_of(shown, pair),
        ground=ground,
        path=weight_path(shown, pair),
        update=moment.update,
        index=state.index,
        per_update=state.per_sample,
        now=now,
        start=_place(ground, run.experiment.weights),
        saddle=saddle,
        intro=intro,
        reading=say("Now: {place}").format(place=words),
        legend=_legend(shown, ground, now, say, saddle=saddle, curtained=state.curtained),
        bar=_bar(scale_of(shown, pair), ground, now),
        description=sentences((intro, say("Now: {place}").format(place=words)), say),
    )


def _bar(scale: Scale, ground: Ground, now: tuple[float, float]) -> Bar | None:
    """Return the scale of the colours; over a single weight the loss is a height instead."""
    if not ground.pair.y or ground.lost:
        return None
    levels = nice_levels(scale.low * _JUST_BELOW, scale.high / _JUST_BELOW)
    places = scale.share(np.array([*levels, loss_at(ground, *now)]))
    ticks = tuple(
        (float(place), level_text(level)) for place, level in zip(places, levels, strict=False)
    )
    return Bar(ticks, float(places[-1]) if all(map(math.isfinite, now)) else None)


def level_text(level: float) -> str:
    """Return the height of a contour, a round number, as it is written: 0.03, 500, 10⁶."""
    return exact(level) if 1e-4 <= level < 1e5 else rounded(level, 1)  # noqa: PLR2004 - short


def _place(ground: Ground, weights: tuple[float, ...]) -> tuple[float, float]:
    """Return where weights are in the picture: over a single one the loss is the height."""
    x, y = ground.pair
    return weights[x - 1], weights[y - 1] if y else loss_at(ground, weights[x - 1], 0.0)


def index_near(
    picture: SurfacePicture, place: tuple[float, float], unit: tuple[float, float], reach: float
) -> int | None:
    """Return the step at which the run was nearest to a place, if within `reach` units of it."""
    found = picture.path.nearest(*place, unit)
    return found[0] * picture.per_update if found is not None and found[1] <= reach else None


def reading(state: State, ground: Ground, x: float, y: float) -> str:
    """Return what there is at a place: the weights, and the loss."""
    digits, pair = state.look.digits, ground.pair
    named = [(symbols.weight(pair.x), x)]
    if pair.y:
        named.append((symbols.weight(pair.y), y))
    named.append(("L", loss_at(ground, x, y)))
    say = speech(state.look.language)
    return clauses((f"{name} = {rounded(value, digits)}" for name, value in named), say)


def pointed_reading(picture: SurfacePicture, state: State, x: float, y: float) -> str:
    """Return what is read where the mouse is."""
    say = speech(state.look.language)
    return say("Here: {place}").format(place=reading(state, picture.ground, x, y))


def minima_words(state: State, picture: SurfacePicture, relief: Relief) -> str:
    """Return where the minima are, in a sentence."""
    ground, say, digits = picture.ground, speech(state.look.language), state.look.digits
    if ground.lost:
        return say("The other weights are no longer finite, so there is no surface to draw.")
    if relief.flat:
        return say(
            "It is flat here: with the other weights as they are, these two hardly change the loss."
        )
    if ground.experiment.activation == "identity":
        return _linear_minima(ground, say, digits)
    if relief.least < CONVERGED:
        return say("Minima: inside the thick line the loss is below {loss}.").format(
            loss=rounded(CONVERGED, 1)
        )
    words = say("In the area shown the loss is nowhere below {loss}; the lowest value is {least}.")
    return words.format(loss=rounded(CONVERGED, 1), least=rounded(relief.least, digits))


def _linear_minima(ground: Ground, say: Say, digits: int) -> str:
    product = minima(ground.experiment, ground.weights, ground.pair)
    slope = wanted_slope(ground.experiment.samples)
    if product is None or slope is None:
        return ""
    names = "·".join(symbols.weight(layer) for layer in ground.pair if layer)
    words = say("Minima: {names} = {product}; the output is then {slope}·x.")
    return words.format(names=names, product=rounded(product, digits), slope=rounded(slope, digits))


def _legend(
    run: Run,
    ground: Ground,
    now: tuple[float, float],
    say: Say,
    *,
    saddle: bool,
    curtained: bool,
) -> tuple[Entry, ...]:
    """Return what the marks mean that there are."""
    moves = run.updates > 0
    if ground.experiment.activation == "identity":
        minimal = minima(ground.experiment, ground.weights, ground.pair) is not None
    else:
        minimal = scale_of(run, ground.pair).low <= CONVERGED
    entries = {
        "minima": say("minima") if minimal and not ground.lost else "",
        "path": say("the run so far") if moves else "",
        "ahead": say("still to come") if moves and not curtained else "",
        "now": say("now") if all(map(math.isfinite, now)) else "",
        "start": say("start") if moves else "",
        "saddle": say("saddle point") if saddle else "",
    }
    return tuple(Entry(kind, words) for kind, words in entries.items() if words)


_MEANINGS: Mapping[str, Meaning] = MappingProxyType(
    {
        "minima": Meaning.MINIMA,
        "path": Meaning.PATH,
        "ahead": Meaning.STILL_TO_COME,
        "now": Meaning.NOW,
        "start": Meaning.START,
        "saddle": Meaning.SADDLE,
    }
)


def legend_hint(entries: tuple[Entry, ...], say: Say) -> str:
    """Return what each mark of the legend means, a line each."""
    return all_explained(((entry.words, _MEANINGS[entry.kind]) for entry in entries), say)


@lru_cache(maxsize=2)
def _ended(run: Run, epochs: int) -> Run:
    return run.ended(epochs)


def _intro(run: Run, ground: Ground, say: Say, *, curtained: bool) -> str:
    pair = ground.pair
    story = say("The path shows where each update led.") if curtained else _story(run, pair, say)
    if not pair.y:
        return sentences((say("The mean loss over w₁, the only weight."), story), say)
    names = {"x": symbols.weight(pair.x), "y": symbols.weight(pair.y)}
    others = run.experiment.layers > 2  # noqa: PLR2004 - the pair
    what = (
        say("The mean loss over {x} and {y}; the other weights are held at their current values.")
        if others
        else say("The mean loss over {x} and {y}.")
    )
    return sentences((what.format(**names), story), say)


@lru_cache(maxsize=8)
def _story(run: Run, pair: Pair, say: Say) -> str:
    """Return what to look for, as far as the numbers bear it out."""
    if run.diverged_at:
        return say("The run leaves the area shown: its weights grow without bound.")
    if not run.updates:
        return say("Nothing is trained: 0 epochs.")
    share, ends_there = _at_saddle(run, pair)
    if share >= _LONG and ends_there:
        return say(
            "The run creeps near the saddle point: the surface is flat there, so updates are small."
        )
    if share >= _LONG and diagnose(run).main.kind is Kind.CONVERGED:
        return say("Watch the run creep past the saddle point, then fall into the valley.")
    return say("The path shows where each update led.")


def _at_saddle(run: Run, pair: Pair) -> tuple[float, bool]:
    """Return for which share of its updates a run is at the saddle, and whether it ends there."""
    if not has_saddle(run.experiment, run.final_weights, pair):
        return 0.0, False
    path = weight_path(run, pair)
    if not len(path.points):
        return 0.0, False
    away = np.hypot(*path.points.T)
    near = away < _NEAR * away.max()
    lasted = np.diff(path.updates)
    return float(lasted[near[:-1]].sum() / run.updates), bool(near[-1])
