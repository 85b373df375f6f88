"""engine.history: rows of updates, any stretch of them, bit for bit those of the training."""

from __future__ import annotations

from array import array
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Experiment, Run, Sample, moment_at, train
from engine.chain import Learner
from engine.history import csv_rows, row, rows
from engine.moment import length
from engine.steps import steps_per_sample
from tests.engine.chains import experiments, numbers
from tests.engine.oracle import tape_gradients


def thinned(run: Run, stride: int) -> Run:
    """Return the same run with the weights of every `stride`-th update alone."""
    kept = array("d")
    for update in range(0, run.updates, stride):
        kept.extend(run.weights_before(update))
    return replace(run, checkpoints=kept, stride=stride)


@given(experiments(), st.data())
def test_any_stretch_is_the_same_rows(experiment: Experiment, data: st.DataObject) -> None:
    run = train(experiment)
    thin = thinned(run, data.draw(st.integers(1, 5)))
    first = data.draw(st.integers(0, run.updates + 2))
    end = data.draw(st.integers(0, run.updates + 2))
    # NaN differs from itself, its text does not.
    assert repr(list(rows(thin, first, end))) == repr(list(rows(run))[first:end])


@given(experiments())
def test_a_row_is_what_is_known_at_the_end_of_its_update(experiment: Experiment) -> None:
    run = train(experiment)
    steps = steps_per_sample(experiment.structure)
    found = list(rows(run))
    assert len(found) == run.updates
    for update, at in enumerate(found):
        moment = moment_at(run, (update + 1) * steps)
        expected = (
            update + 1,
            moment.epoch,
            moment.sample,
            moment.x,
            moment.target,
            moment.outputs[-1],
            moment.loss,
            moment.weights_before,
            moment.gradients,
            # What is learnt is the weights alone, as yet.
            moment.weights_before,
            moment.gradients,
        )
        assert repr(tuple(at)) == repr(expected)
        assert repr(row(run, update)) == repr(at)


@given(experiments(numbers(1.5)))
def test_gradients_and_weights_against_an_oracle(experiment: Experiment) -> None:
    run = train(replace(experiment, algorithm="backprop"))
    found = list(rows(run))
    for at in found:
        loss, gradients = tape_gradients(at.weights, at.x, at.target, experiment.activation)
        assert at.loss == pytest.approx(loss, rel=1e-9, abs=1e-12)
        assert at.gradients == pytest.approx(gradients, rel=1e-6, abs=1e-9)
    for at, following in pairwise(found):
        stepped = [
            w - experiment.learning_rate * g for w, g in zip(at.weights, at.gradients, strict=True)
        ]
        assert following.weights == pytest.approx(stepped)


@pytest.mark.parametrize("update", [-1, 480, 10**9])
def test_outside_of_the_run_there_is_no_row(update: int) -> None:
    with pytest.raises(IndexError):
        row(train(Experiment()), update)


def test_one_row_of_a_long_run_costs_one_update(monkeypatch: pytest.MonkeyPatch) -> None:
    run = train(Experiment(epochs=5000))
    learnt: list[float] = []
    learn = Learner.learn

    def counted(self: Learner, x: float, target: float) -> float:
        learnt.append(x)
        return learn(self, x, target)

    monkeypatch.setattr(Learner, "learn", counted)
    assert row(run, 9_999).update == 10_000
    assert len(learnt) == 1
    assert len(list(rows(run, 5_000, 5_040))) == 40
    assert len(learnt) == 41


def test_no_epochs_no_rows() -> None:
    run = train(Experiment(epochs=0))
    assert list(rows(run)) == []
    assert list(csv_rows(run)) == ["update,epoch,sample,x,target,output,loss,w1,w2,w3,g1,g2,g3\n"]
    assert length(run) == 0


def test_a_line_of_the_table_reads_back_to_the_row() -> None:
    run = train(Experiment(samples=(Sample(1 / 3, 0.1), Sample(-0.7, 2.0)), epochs=3))
    for line, at in zip(list(csv_rows(run))[1:], rows(run), strict=True):
        first, *others = line.removesuffix("\n").split(",")
        expected = [at.epoch, at.sample, at.x, at.target, at.output, at.loss]
        assert int(first) == at.update
        assert list(map(float, others)) == [*expected, *at.weights, *at.gradients]


def test_each_column_of_the_table_holds_what_its_name_says() -> None:
    run = train(Experiment((0.5, -0.75), epochs=2, activation="tanh", biases=(0.25, -0.125)))
    heading, *lines = csv_rows(run)
    names = heading.strip().split(",")
    assert names[7:] == ["w1", "w2", "g1", "g2", "b1", "b2", "h1", "h2"]
    assert len(lines) == run.updates == 4
    for update, line in enumerate(lines):
        moment = moment_at(run, (update + 1) * steps_per_sample(run.experiment.structure))
        expected = {"output": moment.outputs[-1], "loss": moment.loss}
        for letter, learned in (
            *(("w", moment.weights_before), ("g", moment.gradients)),
            *(("b", moment.biases_before), ("h", moment.bias_gradients)),
        ):
            expected |= {f"{letter}{i}": value for i, value in enumerate(learned, start=1)}
        found = dict(zip(names, map(float, line.split(",")), strict=True))
        assert {name: found[name] for name in expected} == expected
