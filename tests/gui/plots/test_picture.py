"""gui.plots.picture: the curves of a run, and the place on their axis."""

import math
from itertools import combinations_with_replacement

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine import Experiment, Sample, train
from engine.presets import preset_named
from gui.plots.picture import cursor, index_at, run_plots
from gui.plots.picture.plot import Plot, plot_of
from gui.plots.picture.words import plot_words
from tests.engine import chains
from tests.gui import examples
from tests.gui.extremes import NUMBERS


def all_plots(experiment: Experiment) -> tuple[Plot, Plot, Plot]:
    plots = run_plots(train(experiment))
    return plots.loss, plots.weights, plots.outputs


def test_the_curves_are_those_of_the_run() -> None:
    run = examples.run(Experiment())
    plots = run_plots(run)
    *each, mean = plots.loss.curves
    assert len(each) == 2
    for i, curve in enumerate(each):
        assert list(curve.y) == list(run.losses)[i::2]
    assert list(mean.y) == pytest.approx([sum(run.losses[i : i + 2]) / 2 for i in range(0, 480, 2)])
    assert [curve.name for curve in plots.weights.curves] == ["w₁", "w₂", "w₃"]
    for i, curve in enumerate(plots.weights.curves):
        assert [curve.y[0], curve.y[7], curve.y[-1]] == [
            run.experiment.weights[i],
            run.weights_before(7)[i],
            run.final_weights[i],
        ]
        assert (curve.x[0], curve.x[-1], len(curve.x)) == (0.0, 240.0, 481)
    for i, (curve, sample) in enumerate(
        zip(plots.outputs.curves, run.experiment.samples, strict=True)
    ):
        assert list(curve.y) == list(run.outputs)[i::2]
        assert curve.target == sample.target
    assert (plots.epochs, plots.diverged) == (240.0, None)


def test_a_change_in_the_last_digits_is_no_steep_line() -> None:
    still = run_plots(examples.run(preset_named("vanishing").experiment)).weights
    heights = np.concatenate([curve.y for curve in still.curves])
    assert 0 < np.ptp(heights) < 1e-6
    assert still.high - still.low > 0.05
    assert still.low < 0.49
    assert still.high > 0.51


def test_an_output_is_named_by_its_input() -> None:
    samples = (Sample(0.5, 1), Sample(-2, 0), Sample(1 / 3, 0))
    outputs = run_plots(train(Experiment(samples=samples, epochs=1))).outputs
    assert [curve.name for curve in outputs.curves] == ["x = 0.5", "x = −2", "x = 0.333"]


@given(chains.experiments(chains.numbers(3), most_epochs=5))
def test_every_curve_is_inside_of_what_is_shown(experiment: Experiment) -> None:
    run = train(experiment)
    for plot in all_plots(experiment):
        assert math.isfinite(plot.low)
        assert math.isfinite(plot.high)
        assert plot.low < plot.high
        for curve in plot.curves:
            assert len(curve.x) == len(curve.y)
            assert np.all(np.diff(curve.x) > 0)
            if not run.diverged_at:
                assert np.all((curve.y >= plot.low) & (curve.y <= plot.high))
                assert curve.target is None or plot.low <= curve.target <= plot.high


@given(chains.experiments(st.floats(-1e6, 1e6), most_epochs=5))
@example(examples.DIVERGING)
@example(Experiment(weights=(1e200,) * 3, epochs=2))
@example(Experiment(epochs=0))
def test_the_axes_stay_readable_whatever_happens(experiment: Experiment) -> None:
    for plot in all_plots(experiment):
        assert -math.inf < plot.low < plot.high < math.inf
        for curve in plot.curves:
            assert not np.any(np.isinf(curve.y[np.isfinite(curve.x)])) or curve.y.size == 0


def test_a_diverging_run_is_shown_as_large_as_it_began() -> None:
    run = train(examples.DIVERGING)
    plots = run_plots(run)
    assert plots.diverged is not None
    assert 0 < plots.diverged < plots.epochs
    assert run.diverged_at is not None
    assert math.floor(plots.diverged) + 1 == run.diverged_at.epoch
    assert plots.weights.high <= 15
    assert plots.outputs.high <= 200


@pytest.mark.parametrize("size", [1e307, 1.7e308])
def test_even_the_largest_numbers_have_an_axis(size: float) -> None:
    still = Experiment(weights=(size, -size), samples=(Sample(0, 0),), epochs=1)
    alike = Experiment(weights=(size, size), samples=(Sample(size, -size),), epochs=5)
    for plot in (*all_plots(still), *all_plots(alike)):
        assert -math.inf < plot.low < plot.high < math.inf


@given(st.integers(0, 6240))
def test_the_cursor_leads_back_to_the_moment(index: int) -> None:
    state = examples.state(Experiment(), index)
    assert cursor(state) == pytest.approx(index / 26)
    assert index_at(state, cursor(state)) == index


@pytest.mark.parametrize("layers", [1, 12, 64])
def test_the_cursor_leads_back_for_any_chain(layers: int) -> None:
    experiment = Experiment(weights=(0.5,) * layers, samples=(Sample(1, 1),) * 3, epochs=7)
    for index in range(0, 21 * (4 * layers + 1) + 1, 5):
        state = examples.state(experiment, index)
        assert index_at(state, cursor(state)) == index


@pytest.mark.parametrize(
    ("epoch", "index"),
    [(-1.0, 0), (1e30, 6240), (math.nan, 50), (math.inf, 50), (-math.inf, 50), (1.0, 26)],
)
def test_a_click_beside_the_axis_stays_in_the_run(epoch: float, index: int) -> None:
    assert index_at(examples.state(Experiment(), 50), epoch) == index


def test_a_run_without_epochs() -> None:
    state = examples.state(Experiment(epochs=0))
    assert (cursor(state), index_at(state, 3.0)) == (0.0, 0)


def test_the_words_are_in_both_languages() -> None:
    english = plot_words(examples.state(Experiment()))
    chinese = plot_words(examples.state(Experiment(), language="zh_CN"))
    for name in ("loss", "weights", "outputs", "axis", "diverged"):
        assert getattr(english, name) != getattr(chinese, name) != ""


@pytest.mark.parametrize("name", ["loss", "weights", "outputs"])
def test_any_numbers_have_a_range_that_an_axis_can_span(name: str) -> None:
    for values in combinations_with_replacement(NUMBERS, 2):
        plot = plot_of(name, (), values)
        assert plot.low < plot.high, values
        assert math.isfinite(10 * (plot.high - plot.low)), values
