"""What became of a run: every part of the program says the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Experiment, train
from engine.commands.train import outcome, summary
from engine.diagnosis import Kind, diagnose, mean_loss
from engine.presets import PRESETS
from engine.trainability import Fate, axis, trainability
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
