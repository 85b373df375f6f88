"""The curves of a run as far as they are known at a step, for predicting the rest. No Qt.

Curves and axes reach only as far as what has happened.
"""

import math
from functools import lru_cache

from engine import Run
from gui.drawing.curve import Curve
from gui.plots.picture import RunPlots, compared_plots, compared_unclipped
from gui.plots.picture.plot import Plot, plot_of
from gui.state import State

_SLACK = 1e-12
"""The cursor of the step that makes something known may fall short by a rounding error."""

Counts = tuple[tuple[int, ...], ...]


def plots_of(state: State) -> RunPlots:
    """Return the curves that are to be seen: all of the run, or what lies up to the present."""
    if not state.curtained:
        return compared_plots(state.run, state.reference)
    diverged = state.has_diverged
    whole = _whole(state.run, state.reference, diverged=diverged)
    counts = tuple(tuple(known(state, curve) for curve in plot.curves) for plot in _each(whole))
    return _so_far(state.run, state.reference, counts, diverged)


def known(state: State, curve: Curve) -> int:
    """Return how many points of a curve are known at the present step."""
    return curve.count(state.seen_until / state.per_epoch * (1 + _SLACK))


def _whole(run: Run, reference: Run | None, *, diverged: bool) -> RunPlots:
    return (compared_plots if diverged else compared_unclipped)(run, reference)


def _each(plots: RunPlots) -> tuple[Plot, ...]:
    return plots.loss, plots.weights, plots.outputs


@lru_cache(maxsize=2)
def _so_far(run: Run, reference: Run | None, counts: Counts, diverged: bool) -> RunPlots:  # noqa: FBT001
    """Return the plots with so many points of each curve; the same ones are the same object."""
    whole = _whole(run, reference, diverged=diverged)
    loss, weights, outputs = (
        _begun(plot, shown, whole if diverged else None)
        for plot, shown in zip(_each(whole), counts, strict=True)
    )
    return RunPlots(loss, weights, outputs, whole.epochs, whole.diverged if diverged else None)


def _begun(plot: Plot, counts: tuple[int, ...], diverged: RunPlots | None) -> Plot:
    curves = tuple(curve.first(count) for curve, count in zip(plot.curves, counts, strict=True))
    if diverged is not None:
        return Plot(plot.name, curves, plot.low, plot.high)
    ends = [end for curve, n in zip(plot.curves, counts, strict=True) for end in _ends(curve, n)]
    ends += [curve.target for curve in curves if curve.target is not None]
    return plot_of(plot.name, curves, [end for end in ends if math.isfinite(end)])


def _ends(curve: Curve, count: int) -> tuple[float, ...]:
    """Return the smallest and the largest of the first so many points."""
    lows, highs = curve.extremes
    return (float(lows[count - 1]), float(highs[count - 1])) if count else ()
