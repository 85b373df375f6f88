"""What is read at a place of a diagram over the epochs, in words. No Qt."""

from collections.abc import Sequence

import numpy as np

from gui.drawing.curve import Curve
from gui.language import Say, speech
from gui.language.joining import labelled
from gui.language.numbers import rounded, with_sign
from gui.plots.picture import compared_unclipped, index_at
from gui.plots.picture.plot import Plot
from gui.state import State
from gui.state.places import stand_at

_FEW = 4
"""The most curves that are all read; of more, the one that is nearest to the cross-hair."""


def plot_reading(state: State, plot: Plot, epoch: float, height: float) -> tuple[str, ...]:
    """Return the place and the values of a plot's curves there; `height` is in its own units."""
    true = getattr(compared_unclipped(state.run, state.reference), plot.name).curves
    logarithmic = plot.name == "loss" and state.look.logarithmic
    return curves_reading(state, plot.curves, true, (epoch, height), logarithmic=logarithmic)


def curves_reading(
    state: State,
    curves: Sequence[Curve],
    true: Sequence[Curve],
    at: tuple[float, float],
    *,
    logarithmic: bool = False,
) -> tuple[str, ...]:
    """Return the place and the values of some curves there, one a line.

    `true` are the same curves without a bound: where a run diverges, `curves` are cut.
    """
    epoch, height = at
    say, digits = speech(state.look.locale), state.look.digits
    found = []
    for curve, whole in zip(curves, true, strict=True):
        if curve.name and not curve.kept and len(curve.x):
            point = _nearest_point(curve, epoch)
            drawn = (curve.on_log_axis if logarithmic else curve).y[point]
            away = abs(float(drawn) - height)
            words = labelled(
                with_sign(curve.name, say), rounded(float(whole.y[point]), digits, say), say
            )
            found.append((away if np.isfinite(away) else np.inf, words))
    if len(found) > _FEW:
        found = [min(found, key=lambda one: one[0])]
    return (place_words(state, index_at(state, epoch), say), *(words for _, words in found))


def _nearest_point(curve: Curve, epoch: float) -> int:
    after = int(np.searchsorted(curve.x, epoch))
    around = [k for k in (after - 1, after) if 0 <= k < len(curve.x)]
    return min(around, key=lambda k: abs(float(curve.x[k]) - epoch))


def place_words(state: State, index: int, say: Say) -> str:
    """Return epoch, sample and step of a place in the run."""
    at = stand_at(state.run.experiment, index)
    if at.step is None:
        return say("The start of the run")
    step = (index - 1) % state.per_sample + 1
    words = say("Epoch {epoch}, sample {sample}, step {step}")
    return words.format(epoch=at.epoch, sample=at.sample, step=step)
