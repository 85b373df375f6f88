"""The curves of the diagnosis over the epochs: invariants, and curvature. No Qt."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine import Run
from engine.diagnosis import curvature, edge, invariants
from engine.parameters import Parameter
from gui.drawing.curve import Curve, Floats
from gui.plots.picture.so_far import known
from gui.state import State
from gui.words import symbols

CURVES = ("", "invariants", "curvature")
"""The optional curves, by `Look.extra`; the empty one is none."""


DRAWN = 7
"""The most pairs whose invariants are drawn, evenly spread: one a colour."""


_PLACES = 300
"""The number of places, roughly, of a curve, at two updates each: where the weights swing from
one update to the next, both ends are seen."""


_PASSES = 60_000
"""The layers times samples that may be computed for the curve of the curvature, roughly."""


_LEAST = 0.01
"""In squares of the largest initial weight: less than this is not stretched over the diagram, or
rounding would fill it."""


_WIDE = 3.0
"""A diverging run is shown up to so many times the first value, or 2/α."""

_HUGE = 1e300
"""Beyond, the span of an axis would overflow."""


@dataclass(frozen=True, eq=False, slots=True)
class ExtraCurve:
    """A diagram over epochs: its curves, a dashed limit where it has one, what is shown of it.

    `raw` are the same curves without a bound, also where they diverge.
    """

    curves: tuple[Curve, ...]
    limit: float | None
    low: float
    high: float
    epochs: float
    raw: tuple[Curve, ...]


def extra_curve(state: State) -> ExtraCurve | None:
    """Return the curve that was chosen, as far as it may be seen."""
    of = {"invariants": invariant_curves, "curvature": curvature_curve}.get(state.look.extra)
    if of is None:
        return None
    whole = of(state.run)
    if not state.curtained:
        return whole
    counts = tuple(known(state, curve) for curve in whole.raw)
    return _extra_so_far(whole, state.run, counts, state.has_diverged)


@lru_cache(maxsize=2)
def _extra_so_far(
    whole: ExtraCurve,
    run: Run,
    counts: tuple[int, ...],
    runs_away: bool,  # noqa: FBT001 - a cache's key
) -> ExtraCurve:
    curves = tuple(curve.first(n) for curve, n in zip(whole.raw, counts, strict=True))
    return _extra(run, curves, whole.limit, runs_away=runs_away)


@lru_cache(maxsize=2)
def invariant_curves(run: Run) -> ExtraCurve:
    """Return the invariants over the epochs."""
    parameters = run.experiment.parameters
    pairs = run.experiment.layers - 1
    updates = _updates(run, _PLACES)
    found = [invariants(run.theta_before(u), parameters) for u in updates]
    table = np.array(found, dtype=np.float64)
    table = table.reshape(len(updates), pairs)
    drawn = sorted({round(k * (pairs - 1) / (DRAWN - 1)) for k in range(DRAWN)} if pairs else ())
    x = _epochs(run, updates)
    curves = tuple(
        Curve(_pair(parameters, i + 1), x, _column(table, i), k) for k, i in enumerate(drawn)
    )
    return _extra(run, curves, None, runs_away=run.diverged_at is not None)


@lru_cache(maxsize=2)
def curvature_curve(run: Run) -> ExtraCurve:
    """Return the curvature over the epochs, against 2/α."""
    experiment = run.experiment
    each = experiment.layers * len(experiment.samples)
    updates = _updates(run, max(20, min(_PLACES, _PASSES // (2 * each))))
    y = np.array([curvature(experiment, run.theta_before(u)) for u in updates])
    curves = (Curve("", _epochs(run, updates), y, 0),)
    return _extra(run, curves, edge(experiment), runs_away=run.diverged_at is not None)


def _pair(parameters: Sequence[Parameter], i: int) -> str:
    kept = " + ".join(f"{symbols.learned(one, i)}²" for one in parameters)
    return f"{kept} − {symbols.weight(i + 1)}²"


def invariant_name(parameters: Sequence[Parameter]) -> str:
    """Return what is conserved, for any layer i: wᵢ² − wᵢ₊₁²."""
    kept = " + ".join(f"{one.letter}ᵢ²" for one in parameters)
    return f"{kept} − wᵢ₊₁²"


def _column(table: Floats, i: int) -> Floats:
    return np.ascontiguousarray(table[:, i])


def _updates(run: Run, places: int) -> list[int]:
    """Return the updates at which a curve is computed: all of a short run, else pairs."""
    last = run.updates
    if last <= 2 * places:
        return list(range(last + 1))
    firsts = (k * (last - 1) // (places - 1) for k in range(places))
    return sorted({u for first in firsts for u in (first, first + 1)})


def _epochs(run: Run, updates: list[int]) -> Floats:
    return np.array(updates, dtype=np.float64) / len(run.experiment.samples)


def _extra(
    run: Run, curves: tuple[Curve, ...], limit: float | None, *, runs_away: bool
) -> ExtraCurve:
    values = np.concatenate([c.y for c in curves]) if curves else np.zeros(1)
    values = np.clip(values[np.isfinite(values)], -_HUGE, _HUGE)
    limit = limit if limit is not None and limit < _HUGE else None
    ends = [0.0, *([] if limit is None else [limit])]
    if runs_away:
        first = [abs(float(c.y[0])) for c in curves if math.isfinite(c.y[0])]
        bound = _WIDE * max(*first, *ends, 0.0) or 1.0
        values = values[np.abs(values) <= bound]
    if len(values):
        ends += [float(values.min()), float(values.max())]
    low, high = min(ends), max(ends)
    largest = min(max(w * w for w in run.experiment.weights), _HUGE)
    margin = max(0.08 * (high - low), _LEAST * largest) or 1.0
    clipped = tuple(_clipped(c, low - 9 * margin, high + 9 * margin) for c in curves)
    epochs = float(run.experiment.epochs)
    return ExtraCurve(clipped, limit, low - margin, high + margin, epochs, curves)


def _clipped(curve: Curve, low: float, high: float) -> Curve:
    with np.errstate(invalid="ignore"):
        return Curve(curve.name, curve.x, np.clip(curve.y, low, high), curve.colour)
