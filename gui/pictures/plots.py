"""The curves of a run: loss, weights, outputs. No Qt; arrays by numpy."""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from engine import Run
from gui.language import speech
from gui.numbers import subscript
from gui.pictures import symbols
from gui.state import State

MEAN = -1
"""The colour of a curve that belongs to all samples: the ink of text."""

Floats = npt.NDArray[np.float64]

_ROOM = 4.0
"""A diverging curve is shown up to so many times what it was before it ran away."""


_HUGE = 1e300
"""Beyond, the span of an axis would overflow."""


@dataclass(frozen=True, eq=False, slots=True)
class Curve:
    """A line through (x, y), x in epochs.

    `colour` counts through the theme's curve colours, or is `MEAN`.
    NaN leaves a gap. `target` is drawn dashed at its height where it is given.
    """

    name: str
    x: Floats
    y: Floats
    colour: int
    target: float | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Plot:
    """One diagram; `low` and `high` bound what is shown of y, and so does the run of x."""

    name: str
    curves: tuple[Curve, ...]
    low: float
    high: float


@dataclass(frozen=True, eq=False, slots=True)
class RunPlots:
    """All that is drawn of a run: it changes with the run, not with the step."""

    loss: Plot
    weights: Plot
    outputs: Plot
    epochs: float
    diverged: float | None


@dataclass(frozen=True, slots=True)
class PlotWords:
    """The titles, the name of the axis, and the note at the epoch of divergence."""

    loss: str
    weights: str
    outputs: str
    axis: str
    diverged: str


def plot_words(state: State) -> PlotWords:
    """Return what is written at the plots."""
    say = speech(state.look.language)
    return PlotWords(
        say("Loss"), say("Weights"), say("Outputs and targets"), say("epoch"), say("diverged")
    )


def cursor(state: State) -> float:
    """Return where the present moment stands on the axis of epochs."""
    return state.index / state.per_epoch


def index_at(state: State, epoch: float) -> int:
    """Return the moment at a place on the axis: the end of the nearest step."""
    if not math.isfinite(epoch):
        return state.index
    return min(max(round(epoch * state.per_epoch), 0), state.last)


@lru_cache(maxsize=2)
def run_plots(run: Run) -> RunPlots:
    """Return the curves of a run."""
    samples = len(run.experiment.samples)
    losses = np.frombuffer(run.losses, dtype=np.float64)  # type: ignore[call-overload]
    outputs = np.frombuffer(run.outputs, dtype=np.float64)  # type: ignore[call-overload]
    # A loss and an output belong to the middle of their update, weights to its ends.
    met = (np.arange(run.updates) + 0.5) / samples
    diverged = None
    if run.diverged_at:
        diverged = run.diverged_at.epoch - 1 + (run.diverged_at.sample - 0.5) / samples
    return RunPlots(
        loss=_plot("loss", _losses(run, met, losses, samples), run, floor=0.0),
        weights=_plot("weights", _weights(run, samples), run),
        outputs=_plot("outputs", _outputs(run, met, outputs, samples), run),
        epochs=float(run.experiment.epochs),
        diverged=diverged,
    )


def _losses(run: Run, met: Floats, losses: Floats, samples: int) -> tuple[Curve, ...]:
    """Return the loss of each sample, and their mean in each epoch, by which a run converges."""
    if samples == 1:
        return (Curve("L", met, losses, MEAN),)
    table = losses.reshape(run.experiment.epochs, samples)
    with np.errstate(over="ignore", invalid="ignore"):
        mean = table.mean(axis=1)
    middle = np.arange(run.experiment.epochs, dtype=np.float64) + 0.5
    each = (Curve(f"L{subscript(i + 1)}", met[i::samples], table[:, i], i) for i in range(samples))
    return (*each, Curve("L", middle, mean, MEAN))


def _weights(run: Run, samples: int) -> tuple[Curve, ...]:
    n = run.experiment.layers
    kept = np.frombuffer(run.checkpoints, dtype=np.float64)  # type: ignore[call-overload]
    table = np.vstack([kept.reshape(-1, n), np.array([run.final_weights])])
    x = np.append(np.arange(len(table) - 1) * (run.stride / samples), run.updates / samples)
    return tuple(
        Curve(symbols.weight(i + 1), x, np.ascontiguousarray(table[:, i]), i) for i in range(n)
    )


def _outputs(run: Run, met: Floats, outputs: Floats, samples: int) -> tuple[Curve, ...]:
    return tuple(
        Curve(f"x{i + 1}", met[i::samples], outputs[i::samples], i, sample.target)
        for i, sample in enumerate(run.experiment.samples)
    )


def _plot(name: str, curves: tuple[Curve, ...], run: Run, floor: float | None = None) -> Plot:
    heights = [c.y for c in curves if len(c.y)]
    heights += [np.array([c.target]) for c in curves if c.target is not None]
    values = np.concatenate(heights) if heights else np.zeros(1)
    values = np.clip(values[np.isfinite(values)], -_HUGE, _HUGE)
    bound = _bound(curves) if run.diverged_at else math.inf
    values = np.clip(values, -bound, bound)
    low, high = (float(values.min()), float(values.max())) if len(values) else (0.0, 1.0)
    if floor is not None:
        low = min(low, floor)
    margin = 0.06 * (high - low) or max(1e-3, 0.06 * abs(high)) or 1.0
    clipped = tuple(_clipped(curve, 10 * bound) for curve in curves)
    return Plot(name, clipped, low - margin, high + margin)


def _bound(curves: tuple[Curve, ...]) -> float:
    """Return up to what a diverging run is shown: some times its start and its targets."""
    begin = min((c.x[0] for c in curves if len(c.x)), default=0.0)
    starts = [float(c.y[0]) for c in curves if len(c.x) and c.x[0] == begin]
    sizes = [abs(start) for start in starts if math.isfinite(start)]
    return _ROOM * max(1.0, *sizes, *(abs(c.target or 0.0) for c in curves))


def _clipped(curve: Curve, bound: float) -> Curve:
    if not math.isfinite(bound):
        return curve
    with np.errstate(invalid="ignore"):
        y = np.clip(curve.y, -bound, bound)
    return Curve(curve.name, curve.x, y, curve.colour, curve.target)
