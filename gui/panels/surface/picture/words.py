"""What is said of a loss surface: what it is over, what to look for, what its marks mean. No Qt."""

import math
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from engine import Experiment, Run
from engine.diagnosis import Kind, diagnose
from engine.diagnosis.measures import is_product
from engine.maps.loss_surface import Pair, has_saddle, minima
from engine.parameters import parameter_of
from engine.quantities import Name
from engine.training.train import CONVERGED
from gui.language import Say
from gui.language.joining import sentences
from gui.panels.surface.picture.frame import Surface, scale_of
from gui.panels.surface.picture.path import weight_path
from gui.words import symbols
from gui.words.glossary import all_explained
from gui.words.meanings import Meaning

_NEAR, _LONG = 0.2, 0.25
"""A run is at the saddle while it is within that share of the furthest it gets from there; one that
is there for that share of its updates creeps."""


class Entry(NamedTuple):
    """A line of the legend: the name of a mark, and what that means."""

    kind: str
    words: str


def symbol(name: Name) -> str:
    """Return the symbol of a parameter."""
    return symbols.learned(parameter_of(name.quantity), name.layer)


def legend(
    run: Run,
    surface: Surface,
    now: tuple[float, float],
    say: Say,
    *,
    saddle: bool,
    curtained: bool,
) -> tuple[Entry, ...]:
    """Return what the marks mean that there are."""
    moves = run.updates > 0
    if is_product(surface.experiment):
        minimal = minima(surface.experiment, surface.theta, surface.pair) is not None
    else:
        minimal = scale_of(run, surface.pair).low <= CONVERGED
    entries = {
        "minima": say("minima") if minimal and not surface.lost else "",
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


def introduced(run: Run, surface: Surface, say: Say, *, curtained: bool) -> str:
    """Return what the surface is over, and what to look for."""
    pair = surface.pair
    story = say("The path shows where each update led.") if curtained else _story(run, pair, say)
    if not pair.y:
        return sentences((say("The mean loss over w₁, the only weight."), story), say)
    what = _what(run.experiment, say).format(x=symbol(pair.x), y=symbol(pair.y))
    return sentences((what, story), say)


def _what(experiment: Experiment, say: Say) -> str:
    if len(experiment.theta) == 2:  # noqa: PLR2004 - the pair
        return say("The mean loss over {x} and {y}.")
    if len(experiment.parameters) == 1:
        return say(
            "The mean loss over {x} and {y}; the other weights are held at their current values."
        )
    return say(
        "The mean loss over {x} and {y}; the other parameters are held at their current values."
    )


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
    if not has_saddle(run.experiment, run.final_theta, pair):
        return 0.0, False
    path = weight_path(run, pair)
    if not len(path.points):
        return 0.0, False
    away = np.hypot(*path.points.T)
    near = away < _NEAR * away.max()
    lasted = np.diff(path.updates)
    return float(lasted[near[:-1]].sum() / run.updates), bool(near[-1])
