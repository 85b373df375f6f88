"""The trainability map as a picture: a colour for every pixel, and a legend in words. No Qt.

The colours can be told apart by colour-blind eyes (after Okabe and Ito), and do not change with
the theme: blues for what converged, light for late; greys for a loss that stays above, dark for
a large one; yellow, vermilion and black for the rest.
"""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.maps import axes
from engine.maps.axes import Axis
from engine.maps.trainability import Fate, Trainability
from engine.parameters import named_parameter, parameter_of
from engine.training.advance import CONVERGED
from engine.training.pace import Progress
from gui.language import Say, speech
from gui.language.durations import time_words
from gui.language.joining import clauses, labelled
from gui.language.numbers import POINT, rounded
from gui.state import State
from gui.words import symbols
from gui.words.glossary import all_explained
from gui.words.meanings import Meaning

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Colour = tuple[int, int, int]
Ramp = tuple[Colour, Colour]

EARLY_TO_LATE: Ramp = ((8, 48, 107), (158, 202, 225))
SMALL_TO_LARGE: Ramp = ((222, 222, 222), (104, 104, 104))
TRAPPED: Colour = (240, 228, 66)
UNSETTLED: Colour = (213, 94, 0)
DIVERGED: Colour = (20, 20, 20)


_MOST_DIGITS = 5
"""So many digits tell the ends of a ramp apart; nearer ones are shown as one."""


@dataclass(frozen=True)
class Entry:
    """A line of the legend: its colour, or the ramp of one, and what that says and means."""

    colours: tuple[Colour, ...]
    words: str
    term: Meaning


@dataclass(frozen=True, eq=False)
class MapPicture:
    """A map as it is seen: `pixels` as RGB bytes (rows, columns, 3), the topmost row first."""

    title: str
    x: str
    y: str
    pixels: "NDArray[np.uint8]"
    legend: tuple[Entry, ...]
    say: Say


def map_picture(seen: Trainability, language: str) -> MapPicture:
    """Describe a map."""
    say = speech(language)
    return MapPicture(
        title=say("Each pixel is one complete training"),
        x=axis_name(seen.x.name, say),
        y=axis_name(seen.y.name, say),
        pixels=_pixels(seen),
        legend=tuple(_legend(seen, say)),
        say=say,
    )


def axis_name(name: str, say: Say) -> str:
    """Return what is written at an axis."""
    others = {
        "learning_rate": say("Learning rate α"),
        "target": say("target ê"),
        "epochs": say("Epochs"),
    }
    if name in others:
        return others[name]
    quantity, layer = named_parameter(name)
    return symbols.learned(parameter_of(quantity), layer)


def axes_of(state: State) -> tuple[str, str]:
    """Return what the map's axes are: what was chosen, as far as this chain has it."""
    names = axes.axes_of(state.experiment)
    x = state.look.map_x if state.look.map_x in names else names[0]
    y = state.look.map_y if state.look.map_y in names else names[1]
    return (x, y) if x != y else (x, next(name for name in names if name != x))


def pixel_words(seen: Trainability, row: int, column: int, say: Say, digits: int) -> str:
    """Return a sentence that says which training a pixel is, and how it ended.

    Its place has as many digits as it takes to tell it from the next.
    """
    pixel = seen.at(row, column)
    here = clauses(
        (
            f"{axis_name(side.name, say)} = {_value(side, at, digits, say)}"
            for side, at in ((seen.x, column), (seen.y, row))
        ),
        say,
    )
    fates = {
        Fate.CONVERGED: say("converged at epoch {epoch}, final loss {loss}"),
        Fate.TRAPPED: say("at the saddle point w = 0, final loss {loss}"),
        Fate.LEARNING: say("not converged, still learning: final loss {loss}"),
        Fate.SETTLED: say("not converged, settled: final loss {loss}"),
        Fate.UNSETTLED: say("bounded, but does not settle: final loss {loss}"),
        Fate.DIVERGED: say("diverged"),
    }
    loss = rounded(pixel.final_loss, digits, say)
    return labelled(here, fates[pixel.fate].format(epoch=pixel.converged_at, loss=loss), say)


def _value(side: Axis, at: int, digits: int, say: Say) -> str:
    if side.name == "epochs":
        return str(int(side.values[at]))
    return rounded(side.values[at], _telling(side, digits), say)


def _telling(side: Axis, digits: int) -> int:
    """Return with how many digits the values of an axis differ."""
    apart = (side.values[-1] - side.values[0]) / (len(side.values) - 1)
    largest = max(abs(side.values[0]), abs(side.values[-1]))
    return max(digits, math.ceil(math.log10(largest / apart)) + 1) if apart > 0 else digits


def drawing_words(progress: Progress, say: Say) -> str:
    """Return how far a map is, and how long it will take."""
    share = f"{progress.share:.0%}"
    if progress.time_left is None:
        return say("Drawing the map: {share}").format(share=share)
    left = time_words(say, progress.time_left)
    return say("Drawing the map: {share}, about {time} left").format(share=share, time=left)


def _pixels(seen: Trainability) -> "NDArray[np.uint8]":
    import numpy as np  # noqa: PLC0415 - maps alone need it

    plain = np.zeros((len(Fate), 3), dtype=np.uint8)
    plain[Fate.TRAPPED], plain[Fate.UNSETTLED] = TRAPPED, UNSETTLED
    plain[Fate.DIVERGED] = DIVERGED
    colours = plain[seen.fate]
    converged = seen.fate == Fate.CONVERGED
    colours[converged] = _shades(seen.converged_at[converged], *_epochs(seen), EARLY_TO_LATE)
    above = (seen.fate == Fate.LEARNING) | (seen.fate == Fate.SETTLED)
    colours[above] = _shades(seen.final_loss[above], *_losses(seen), SMALL_TO_LARGE)
    return colours[::-1]


def _epochs(seen: Trainability) -> tuple[float, float]:
    met = seen.converged_at[seen.fate == Fate.CONVERGED]
    return (float(met.min()), float(met.max())) if met.size else (1.0, 1.0)


def _losses(seen: Trainability) -> tuple[float, float]:
    met = seen.final_loss[(seen.fate == Fate.LEARNING) | (seen.fate == Fate.SETTLED)]
    if not met.size:
        return CONVERGED, 1.0
    least, most = max(CONVERGED, float(met.min())), float(met.max())
    return (least, most) if _differ(least, most, _MOST_DIGITS) else (least, least)


def _differ(one: float, other: float, digits: int) -> bool:
    return rounded(one, digits, POINT) != rounded(other, digits, POINT)


def _shades(
    values: "NDArray[np.float64] | NDArray[np.int64]", low: float, high: float, ramp: Ramp
) -> "NDArray[np.uint8]":
    """Return colours on a ramp: as far along as the logarithm of a value."""
    import numpy as np  # noqa: PLC0415

    width = math.log(high / low) if high > low else 1.0
    share = np.clip(np.log(np.maximum(values, low) / low) / width, 0.0, 1.0)[:, None]
    begin, end = (np.array(colour, dtype=float) for colour in ramp)
    shades: NDArray[np.uint8] = np.rint(begin + share * (end - begin)).astype(np.uint8)
    return shades


def legend_hint(entries: tuple[Entry, ...], say: Say) -> str:
    """Return what the entries of the legend mean, a line each."""
    return all_explained(((entry.words, entry.term) for entry in entries), say)


def _legend(seen: Trainability, say: Say) -> list[Entry]:
    """Return what is to be read beside the map: only what there is in it."""
    import numpy as np  # noqa: PLC0415

    there = {Fate(int(fate)) for fate in np.unique(seen.fate)}
    entries = []
    if Fate.CONVERGED in there:
        ends = tuple(str(int(epoch)) for epoch in _epochs(seen))
        words = say("converged at epoch {epochs}").format(epochs=_span(ends))
        entries.append(Entry(_used(EARLY_TO_LATE, ends), words, Meaning.CONVERGED))
    if there & {Fate.LEARNING, Fate.SETTLED}:
        least, most = _losses(seen)
        digits = next(
            (n for n in range(2, _MOST_DIGITS + 1) if _differ(least, most, n)), _MOST_DIGITS
        )
        ends = rounded(least, digits, say), rounded(most, digits, say)
        words = say("not converged: final loss {losses}").format(losses=_span(ends))
        entries.append(Entry(_used(SMALL_TO_LARGE, ends), words, Meaning.NOT_CONVERGED))
    others = {
        Fate.TRAPPED: Entry((TRAPPED,), say("at the saddle point w = 0"), Meaning.AT_SADDLE),
        Fate.UNSETTLED: Entry((UNSETTLED,), say("bounded, but does not settle"), Meaning.UNSETTLED),
        Fate.DIVERGED: Entry((DIVERGED,), say("diverged"), Meaning.DIVERGED),
    }
    return [*entries, *(entry for fate, entry in others.items() if fate in there)]


def _used(colours: Ramp, ends: tuple[str, ...]) -> tuple[Colour, ...]:
    """Return what is used of a ramp: where its ends are the same, only its beginning."""
    return colours[:1] if ends[0] == ends[1] else colours


def _span(ends: tuple[str, ...]) -> str:
    return ends[0] if ends[0] == ends[1] else " … ".join(ends)
