"""The curves of a run: loss, weights and other parameters, outputs. No Qt; arrays by numpy."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from engine import Experiment, Run
from engine.quantities import Name
from gui.drawing.curve import COLOURS, MEAN, SPAN, Curve, Floats
from gui.language.numbers import POINT, given, subscript
from gui.plots.picture.plot import Plot, clipped_plot, whole_plot
from gui.state import State
from gui.words import symbols

_BLOCKS = 1 << 12
"""The most places in which a long run is drawn; of the loss each shows the extremes."""

_EPOCHS = 200
"""The most epochs that are computed again for the plots, of a run that does not keep every
update."""

_WORK = 10_000
"""The most passes of a layer that are spent on that, some ten milliseconds."""


@dataclass(frozen=True, eq=False, slots=True)
class RunPlots:
    """All that is drawn of a run: it changes with the run, not with the step.

    Among the `weights` are all parameters.
    """

    loss: Plot
    weights: Plot
    outputs: Plot
    epochs: float
    diverged: float | None

    def make_ready(self) -> None:
        """Do beforehand what a window would have to wait for."""
        for plot in (self.loss, self.weights, self.outputs):
            plot.make_ready()


def cursor(state: State) -> float:
    """Return the place of the present moment on the axis of epochs."""
    return state.index / state.per_epoch


def index_at(state: State, epoch: float) -> int:
    """Return the moment at a place on the axis: the end of the nearest step."""
    if not math.isfinite(epoch):
        return state.index
    return min(max(round(epoch * state.per_epoch), 0), state.last)


@lru_cache(maxsize=2)
def compared_plots(run: Run, reference: Run | None) -> RunPlots:
    """Return the curves of a run, behind them those of the run it is compared with."""
    return _compared(run, reference, run_plots)


@lru_cache(maxsize=2)
def compared_unclipped(run: Run, reference: Run | None) -> RunPlots:
    """Return the same curves without a bound, also where they diverge."""
    return _compared(run, reference, _unclipped)


def _compared(run: Run, reference: Run | None, of: Callable[[Run], RunPlots]) -> RunPlots:
    plots = of(run)
    if reference is None or reference is run:
        return plots
    kept = of(reference)
    return RunPlots(
        loss=_together(plots.loss, kept.loss),
        weights=_together(plots.weights, kept.weights),
        outputs=_together(plots.outputs, kept.outputs),
        epochs=max(plots.epochs, kept.epochs),
        diverged=plots.diverged,
    )


def _together(plot: Plot, other: Plot) -> Plot:
    behind = tuple(curve.behind for curve in other.curves)
    if plot.name == "loss":
        # The means alone: two runs' losses of every sample could not be told apart.
        behind = behind[-1:]
    return Plot(
        plot.name,
        (*behind, *plot.curves),
        min(plot.low, other.low),
        max(plot.high, other.high),
    )


@lru_cache(maxsize=4)
def run_plots(run: Run) -> RunPlots:
    """Return the curves of a run; those that diverge end where they do."""
    plots = _unclipped(run)
    if not run.diverged_at:
        return plots
    return replace(
        plots,
        loss=clipped_plot(plots.loss),
        weights=clipped_plot(plots.weights),
        outputs=clipped_plot(plots.outputs),
    )


@lru_cache(maxsize=4)
def _unclipped(run: Run) -> RunPlots:
    seen = _seen(run)
    diverged = None
    if run.diverged_at:
        samples = len(run.experiment.samples)
        diverged = run.diverged_at.epoch - 1 + (run.diverged_at.sample - 0.5) / samples
    return RunPlots(
        loss=whole_plot("loss", (*_span(run), *_losses(seen))),
        weights=whole_plot("weights", tuple(_learned(run))),
        outputs=whole_plot("outputs", _outputs(run, seen)),
        epochs=float(run.experiment.epochs),
        diverged=diverged,
    )


class _Seen(NamedTuple):
    """The epochs (from 0) that are drawn: losses and outputs, a row each, a column per sample."""

    epochs: npt.NDArray[np.int64]
    losses: Floats
    outputs: Floats

    def middle(self, sample: int) -> Floats:
        """Return where the updates with `sample` (from 0) lie on the axis of epochs."""
        samples = self.losses.shape[1]
        places: Floats = (self.epochs * samples + (sample + 0.5)) / samples
        return places


def _seen(run: Run) -> _Seen:
    shape = (-1, len(run.experiment.samples))
    if run.whole or not run.updates:
        losses, outputs = _floats(run.losses), _floats(run.outputs)
        epochs = np.arange(run.experiment.epochs)
        return _Seen(epochs, losses.reshape(shape), outputs.reshape(shape))
    epochs = _epochs(run)
    met = [run.epoch(int(epoch) + 1) for epoch in epochs]
    return _Seen(
        epochs,
        np.array([one.losses for one in met], dtype=np.float64),
        np.array([one.outputs for one in met], dtype=np.float64),
    )


def _epochs(run: Run) -> npt.NDArray[np.int64]:
    """Return some epochs (from 0), evenly spread, that begin where weights are kept; and the last.

    Where stretches don't begin with epochs, it is the nearest epochs.
    """
    experiment = run.experiment
    samples, stretches = len(experiment.samples), len(run.lows)
    places = max(2, min(_EPOCHS, _WORK // (samples * experiment.layers), stretches))
    kept = [k * (stretches - 1) // (places - 1) * run.stride // samples for k in range(places)]
    return np.unique(np.array([*kept, experiment.epochs - 1], dtype=np.int64))


def _floats(numbers: Sequence[float]) -> Floats:
    found: Floats = np.frombuffer(numbers, dtype=np.float64)  # type: ignore[call-overload]
    return found


def _span(run: Run) -> tuple[Curve, ...]:
    """Return the line to and fro between the extremes of the loss, where not all of it is drawn.

    NaN is the largest of all, and drawn as such.
    """
    if run.whole:
        return ()
    lows, highs = _floats(run.lows), _floats(run.highs)
    firsts = np.arange(0, len(lows), -(-len(lows) // _BLOCKS))
    low = np.fmin.reduceat(lows, firsts)
    high = np.nan_to_num(np.maximum.reduceat(highs, firsts), nan=np.inf, posinf=np.inf)
    edges = np.append(firsts * run.stride, run.updates) / len(run.experiment.samples)
    third = np.diff(edges) / 3
    x = np.column_stack([edges[:-1] + third, edges[1:] - third]).ravel()
    y = np.column_stack([low, high]).ravel()
    return (Curve("", x, y, SPAN, known=np.repeat(edges[1:], 2)),)


def _losses(seen: _Seen) -> tuple[Curve, ...]:
    """Return the loss of each sample, and their mean in each epoch, by which a run converges."""
    samples = seen.losses.shape[1]
    if samples == 1:
        return (Curve("L", seen.middle(0), seen.losses[:, 0], MEAN),)
    with np.errstate(over="ignore", invalid="ignore"):
        mean = seen.losses.mean(axis=1)
    each = (
        Curve(f"L{subscript(i + 1)}", seen.middle(i), seen.losses[:, i], i) for i in range(samples)
    )
    ends = seen.epochs + np.float64(1.0)
    return (*each, Curve("L", ends - 0.5, mean, MEAN, known=ends))


def _learned(run: Run) -> Iterator[Curve]:
    """Yield a curve for each parameter, in the order of θ."""
    experiment = run.experiment
    # All that a short run keeps.
    every = 1 if run.whole else -(-len(run.lows) // _BLOCKS)
    kept = _floats(run.checkpoints).reshape(-1, len(experiment.theta))[::every]
    table = np.vstack([kept, np.array([run.final_theta])])
    apart = every * run.stride / len(experiment.samples)
    x = np.append(np.arange(len(kept)) * apart, experiment.epochs)
    names = (one.of(i) for one in experiment.parameters for i in range(1, experiment.layers + 1))
    for name, y in zip(names, table.T, strict=True):
        symbol = symbols.of(name, experiment)
        yield Curve(symbol, x, np.ascontiguousarray(y), curve_number(experiment, name))


def curve_number(experiment: Experiment, name: Name) -> int:
    """Return the number by which the curve of a parameter is coloured.

    The curves of a layer have the same colour; those of its second parameter are dashed.
    """
    which = [one.quantity for one in experiment.parameters].index(name.quantity)
    rounds = -(-experiment.layers // COLOURS)
    return which * rounds * COLOURS + name.layer - 1


def _outputs(run: Run, seen: _Seen) -> tuple[Curve, ...]:
    name = symbols.output(0, run.experiment.layers)
    return tuple(
        Curve(
            f"{name} = {given(sample.x, 3, POINT)}",
            seen.middle(i),
            seen.outputs[:, i],
            i,
            sample.target,
        )
        for i, sample in enumerate(run.experiment.samples)
    )
