"""With the curtain, what is seen depends on nothing that lies ahead.

The oracle is a run whose past is the same and whose future is another one.
"""

import math
from array import array
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from engine import Experiment, Run
from engine.run import Place
from gui.panels.diagnosis.picture import diagnosis_picture
from gui.panels.diagnosis.picture.comparison import comparison_picture
from gui.panels.diagnosis.picture.curves import extra_curve
from gui.panels.numbers.picture.history import Pages, history_table
from gui.panels.surface.picture import surface_picture
from gui.plots.picture.so_far import plots_of
from gui.state import State
from gui.status.picture import status_picture
from tests.gui import examples
from tests.gui.plots.test_long import thinned

SINGLE = Experiment(weights=[0.4], epochs=30)
EXPERIMENTS = [
    Experiment(),
    examples.DIVERGING,
    SINGLE,
    examples.experiment(12, "tanh", "backprop"),
    Experiment(biases=(0.1, -0.2, 0.3), epochs=60),
    replace(examples.experiment(2, "tanh", "backprop", biased=True), epochs=40),
]


def of_another_future(state: State) -> Run:
    """Return a run with the same updates up to the present one, included, that goes elsewhere."""
    run, done = state.run, state.index // state.per_sample
    n, begun = run.experiment.layers, state.moment.update + 1
    biases = len(run.experiment.biases)

    lost = run.diverged_at is not None and _past(run.diverged_at.epoch, run, done)

    def tail(numbers: Any, value: float, kept: int = begun) -> Any:  # noqa: ANN401
        return array("d", [*numbers[:kept], *[math.nan if lost else value] * (len(numbers) - kept)])

    return replace(
        run,
        checkpoints=tail(run.checkpoints, 77.0, (done + 1) * (n + biases)),
        lows=tail(run.lows, 55.0),
        highs=tail(run.highs, 55.0),
        answers=tail(run.answers, -33.0),
        final_weights=(math.nan if lost else 99.0,) * n,
        final_biases=(math.nan if lost else 88.0,) * biases,
        converged_at=run.converged_at if _past(run.converged_at, run, done) else None,
        diverged_at=run.diverged_at
        if run.diverged_at and _past(run.diverged_at.epoch, run, done)
        else Place(run.experiment.epochs, len(run.experiment.samples)),
    )


def _past(epoch: int | None, run: Run, done: int) -> bool:
    return epoch is not None and epoch * len(run.experiment.samples) <= done


def seen(state: State) -> list[Any]:
    """Return all that tells of the run."""
    plots = plots_of(state)
    found: list[Any] = [plots.epochs, plots.diverged]
    for plot in (plots.loss, plots.weights, plots.outputs):
        found += [plot.low, plot.high, plot.powers]
        for curve in plot.curves:
            found += [curve.name, curve.x.tolist(), curve.y.tolist(), curve.target]
            for part in (curve.levels, curve.on_log_axis.levels):
                found += [line.tolist() for line in part.within(0.0, plots.epochs, 16)]
    found += [status_picture(state), diagnosis_picture(state), comparison_picture(state)]
    for extra in ("invariants", "curvature"):
        curve = extra_curve(replace(state, look=replace(state.look, extra=extra)))
        assert curve is not None
        found += [curve.low, curve.high, *((c.x.tolist(), c.y.tolist()) for c in curve.curves)]
    history = history_table(state, Pages(state.run))
    found += [
        history.rows,
        history.present,
        [[history.cell(r, c) for c in range(history.columns)] for r in range(history.rows)],
    ]
    surface = surface_picture(state)
    found += [surface.frame, surface.scale, surface.path.points.tolist(), surface.path.updates]
    found += [surface.intro, surface.legend, surface.bar, surface.description, surface.reading]
    return found


@pytest.mark.parametrize("experiment", EXPERIMENTS, ids=examples.name)
def test_another_future_looks_the_same(experiment: Experiment) -> None:
    state = examples.state(experiment, curtain=True)
    last, per_sample = state.last, state.per_sample
    for index in sorted({0, 1, per_sample, last // 3, last // 2, last - per_sample, last - 1}):
        here = replace(state, index=index)
        twin = replace(here, run=of_another_future(here))
        assert same(twin.moment, here.moment)
        for one, two in zip(seen(here), seen(twin), strict=True):
            assert np.array_equal(one, two) if isinstance(one, np.ndarray) else same(one, two)


def same(one: object, two: object) -> bool:
    return repr(one) == repr(two)  # NaN is NaN


@pytest.mark.parametrize("experiment", EXPERIMENTS, ids=examples.name)
def test_at_the_end_all_is_told(experiment: Experiment) -> None:
    state = examples.state(experiment, curtain=True)
    end = replace(state, index=state.last)
    open_ = replace(end, look=replace(end.look, curtain=False))
    assert same(seen(end)[2:], seen(open_)[2:])
    assert not end.curtained


def test_each_loss_appears_after_its_sample_and_the_mean_after_its_epoch() -> None:
    state = examples.state(Experiment(), curtain=True)
    for index in range(60):
        moment = replace(state, index=index).moment
        plots = plots_of(replace(state, index=index))
        first, second, mean = (len(curve.x) for curve in plots.loss.curves)
        done = moment.update + (moment.position >= 4)
        assert first + second <= done
        assert mean == index // state.per_epoch
        assert [len(curve.x) for curve in plots.weights.curves] == [index // 13 + 1] * 3


def test_a_long_run_hides_what_lies_ahead_too() -> None:
    experiment = Experiment(epochs=4000)
    run = thinned(experiment, 600)
    assert not run.whole
    state = State(run, 0, experiment, replace(examples.state(SINGLE).look, curtain=True))
    middle = replace(state, index=state.last // 2)
    plots = plots_of(middle)
    for plot in (plots.loss, plots.weights, plots.outputs):
        for curve in plot.curves:
            assert curve.x[-1] <= 2000
            x, _ = curve.levels.within(0.0, 4000.0, 400)
            assert x.max() <= 2000
