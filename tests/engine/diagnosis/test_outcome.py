"""What became of a run: every part of the program says the same."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine import Experiment, Sample, train
from engine.commands.train import outcome, summary
from engine.diagnosis import Kind, diagnose, mean_loss
from engine.maps.trainability import Fate, axis, trainability
from engine.presets import PRESETS
from tests.engine.chains import experiments, numbers

if TYPE_CHECKING:
    from engine import Run

CONVERGED = 0.001


def agrees(run: Run) -> None:
    """Hold the sentence of `chainstep train` against the diagnosis, and both against the losses."""
    said, kind = outcome(run), diagnose(run).main.kind
    assert said in list(summary(run))
    last = mean_loss(run, run.experiment.epochs) if run.updates else None
    assert (said == "not trained: 0 epochs") == (kind is Kind.NOT_TRAINED) == (last is None)
    assert said.startswith("diverged") == (kind is Kind.DIVERGED) == (run.diverged_at is not None)
    if last is None or run.diverged_at:
        return
    here = f"mean loss {last!r}".removesuffix(".0") + " in the last epoch"
    if run.converged_at is None:
        assert said == f"not converged: {here}"
        assert kind not in (Kind.CONVERGED, Kind.LEFT)
        return
    at = f"converged at epoch {run.converged_at}"
    if last < CONVERGED:
        assert said == f"{at}: mean loss below 0.001"
        assert kind is Kind.CONVERGED
    else:
        assert said == f"{at}, then rose again: {here}"
        assert kind is Kind.LEFT


@given(st.floats(0.01, 1.6))
def test_all_learning_rates(rate: float) -> None:
    agrees(train(Experiment(learning_rate=rate)))


def test_some_runs_rise_again_after_they_converged() -> None:
    rates = [k / 100 for k in range(1, 161)]
    kinds = [diagnose(train(Experiment(learning_rate=rate))).main.kind for rate in rates]
    assert kinds.count(Kind.LEFT) == 28


@pytest.mark.parametrize("name", [preset.name for preset in PRESETS])
def test_all_presets(name: str) -> None:
    preset = next(preset for preset in PRESETS if preset.name == name)
    for experiment in (preset.experiment, preset.beside):
        if experiment is not None:
            agrees(train(experiment))


@given(experiments(numbers(3.0), most_epochs=60))
def test_all_kinds_of_runs(experiment: Experiment) -> None:
    agrees(train(experiment))


@given(experiments())
def test_runs_of_any_numbers(experiment: Experiment) -> None:
    agrees(train(experiment))


def test_the_map_agrees_with_the_sentence() -> None:
    start = Experiment()
    rates, epochs = axis(start, "learning_rate", 0.05, 1.6, 32), axis(start, "epochs", 80, 240, 3)
    seen = trainability(start, rates, epochs)
    for row in range(3):
        for column in range(32):
            pixel = seen.at(row, column)
            kind = diagnose(train(pixel.experiment)).main.kind
            assert (pixel.fate is Fate.CONVERGED) == (kind is Kind.CONVERGED)
            assert (pixel.fate is Fate.DIVERGED) == (kind is Kind.DIVERGED)


# --- one linear layer, |x| = 1: an update multiplies the error of the weight by 1 − α --------


def closed_form(error: float, rate: float, samples: int, epoch: int) -> float:
    """Return the mean loss of an epoch, the error of the weight at the start being known."""
    shrink, before = (1.0 - rate) ** 2, (epoch - 1) * samples
    return 0.5 * error**2 * sum(shrink ** (before + i) for i in range(samples)) / samples


def closed_epoch(error: float, rate: float, samples: int) -> int:
    """Return the first epoch whose mean loss is small."""
    first = closed_form(error, rate, samples, 1)
    shrink = (1.0 - rate) ** (2 * samples)
    epoch = (
        1 + math.ceil(math.log(CONVERGED / first) / math.log(shrink)) if first > CONVERGED else 1
    )
    while closed_form(error, rate, samples, epoch) >= CONVERGED:
        epoch += 1
    while epoch > 1 and closed_form(error, rate, samples, epoch - 1) < CONVERGED:
        epoch -= 1
    return epoch


@example(1e-2, 1.0, 50, 1)
@example(1e-2, 1.0, 240, 1)
@given(
    st.floats(-5.0, -0.1).map(lambda power: 10.0**power),
    st.floats(0.1, 10.0),
    st.integers(8, 300),
    st.integers(1, 3),
)
def test_below_the_edge_a_run_converges_and_is_said_to(
    apart: float, error: float, epochs: int, count: int
) -> None:
    rate = 2.0 - apart
    samples = (Sample(1.0, 2.0), Sample(-1.0, -2.0), Sample(1.0, 2.0))[:count]
    run = train(Experiment((2.0 - error,), samples, rate, epochs))
    found, small = diagnose(run).main, closed_epoch(error, rate, count)
    if found.kind is Kind.CONVERGED:
        assert abs(found.numbers["epoch"] - small) <= 1
        return
    assert epochs < small + 1
    assert found.kind is Kind.CONVERGING
    assert found.numbers["left"] == pytest.approx(small - epochs, rel=0.01, abs=1)


@given(
    st.floats(-12.0, -1.0).map(lambda power: 10.0**power),
    st.floats(0.1, 10.0),
    st.integers(8, 300),
)
def test_above_the_edge_it_is_never_said_to_converge(
    apart: float, error: float, epochs: int
) -> None:
    run = train(Experiment((2.0 - error,), (Sample(1.0, 2.0),), 2.0 + apart, epochs))
    found = diagnose(run).main
    assert found.kind is Kind.OSCILLATING
    assert found.numbers["curvature"] == 1.0 > found.numbers["edge"]


def test_on_the_edge_it_swings_for_ever() -> None:
    run = train(Experiment((1.0,), (Sample(1.0, 2.0),), 2.0, 300))
    found = diagnose(run).main
    assert run.final_weights == (1.0,)
    assert found.kind is Kind.OSCILLATING
    assert found.numbers["curvature"] == found.numbers["edge"] == 1.0
    assert found.numbers["overshoots"] == found.numbers["updates"]


@given(
    st.floats(0.7, 1.05),
    st.lists(st.floats(0.4, 1.4), min_size=1, max_size=4),
    st.sampled_from(((1.0,), (1.0, -1.0), (1.0, 0.8), (1.0, 2.0))),
    st.integers(10, 200),
)
def test_who_is_said_to_converge_does(
    share: float, weights: list[float], inputs: tuple[float, ...], epochs: int
) -> None:
    squares = sum(x * x for x in inputs) / len(inputs)
    rate = share * 2.0 / (squares * len(weights))
    start = Experiment(tuple(weights), tuple(Sample(x, x) for x in inputs), rate, epochs)
    found = diagnose(train(start)).main
    if found.kind is Kind.CONVERGING:
        left = found.numbers["left"]
        longer = train(replace(start, epochs=min(epochs + 2 * left + 20, 200_000)))
        assert longer.converged_at is not None or longer.experiment.epochs == 200_000
