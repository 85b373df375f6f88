"""gui.plots.picture: the curves of a run that does not keep every update."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import engine.training.train
from engine import Experiment, Run, train
from gui.drawing.curve import SPAN
from gui.plots.picture import run_plots
from tests.engine import chains


def thinned(experiment: Experiment, kept: int) -> Run:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine.training.train, "KEPT_NUMBERS", kept)
        return train(experiment)


@given(chains.experiments(chains.numbers(8), most_epochs=60), st.sampled_from((1, 9, 40)))
def test_no_spike_of_a_long_run_vanishes(experiment: Experiment, kept: int) -> None:
    full, long = train(experiment), thinned(experiment, kept)
    if long.whole:
        return
    plots = run_plots(long)
    span = next(curve for curve in plots.loss.curves if curve.colour == SPAN)
    assert np.all(np.diff(span.x) > 0)
    assert 0 < span.x[0] <= span.x[-1] < experiment.epochs
    numbers = [loss for loss in full.losses if not math.isnan(loss)]
    if not long.diverged_at:
        assert (np.min(span.y), np.max(span.y)) == (min(numbers), max(numbers))
    elif len(numbers) < full.updates:
        assert np.nanmax(span.y) >= plots.loss.high, "NaN goes beyond the axis"


@given(chains.experiments(chains.numbers(2), most_epochs=60), st.sampled_from((1, 9, 40)))
def test_what_is_drawn_of_a_long_run_is_what_was_met(experiment: Experiment, kept: int) -> None:
    full, long = run_plots(train(experiment)), run_plots(thinned(experiment, kept))
    for plot, other in ((full.loss, long.loss), (full.outputs, long.outputs)):
        for curve, thin in zip(
            plot.curves, [c for c in other.curves if c.colour != SPAN], strict=True
        ):
            known = dict(zip(curve.x.tolist(), curve.y.tolist(), strict=True))
            for x, y in zip(thin.x.tolist(), thin.y.tolist(), strict=True):
                assert y == known[x] or math.isnan(y) or full.diverged is not None
