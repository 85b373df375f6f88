"""engine.run: what can be asked of a finished training."""

import math
from dataclasses import replace

import pytest
from hypothesis import given

import engine.training.train
from engine import Experiment, Place, Run, Sample, train
from engine.run import Prediction
from tests.engine import chains

THREE = Experiment(
    weights=(0.4, -0.6),
    samples=(Sample(1.0, 0.5), Sample(2.0, 1.0), Sample(-1.0, 0.25)),
    epochs=4,
    activation="tanh",
)


def by_hand(experiment: Experiment) -> list[tuple[float, ...]]:
    """The weights before every update and after the last, one by one."""
    learner = experiment.learner()
    found = [tuple(learner.weights)]
    for _ in range(experiment.epochs):
        for sample in experiment.samples:
            learner.learn(sample.x, sample.target)
            found.append(tuple(learner.weights))
    return found


@pytest.fixture
def run() -> Run:
    return train(THREE)


def test_weights_before_every_update(run: Run) -> None:
    assert run.updates == 12
    assert [run.weights_before(update) for update in range(13)] == by_hand(THREE)
    assert run.weights_before(0) == THREE.weights
    assert run.weights_before(12) == run.final_weights


@pytest.mark.parametrize("update", [-1, 13, 1000])
def test_no_weights_outside_of_the_run(run: Run, update: int) -> None:
    with pytest.raises(IndexError, match=str(update)):
        run.weights_before(update)


def test_loss_and_output_are_those_before_the_weights_changed(run: Run) -> None:
    for update in range(run.updates):
        w1, w2 = run.weights_before(update)
        sample = run.sample(update)
        e = math.tanh(w2 * math.tanh(w1 * sample.x))
        assert run.output(update) == run.outputs[update] == e
        assert run.loss(update) == run.losses[update] == 0.5 * (e - sample.target) ** 2


def test_places_and_samples(run: Run) -> None:
    assert [run.place(update) for update in (0, 1, 2, 3, 11)] == [
        Place(1, 1),
        Place(1, 2),
        Place(1, 3),
        Place(2, 1),
        Place(4, 3),
    ]
    assert [run.sample(update) for update in range(6)] == [*THREE.samples, *THREE.samples]


def test_prediction_is_with_the_final_weights(run: Run) -> None:
    w1, w2 = run.final_weights
    e = math.tanh(w2 * math.tanh(w1 * 0.75))
    assert run.predict(0.75) == Prediction(e, 1 if e > 0 else -1)


@pytest.mark.parametrize(
    ("x", "label"), [(2.0, 1), (5e-324, 1), (0.0, -1), (-0.0, -1), (-2.0, -1), (math.nan, -1)]
)
def test_a_label_is_one_only_above_zero(x: float, label: int) -> None:
    assert train(Experiment(weights=(1.0,), epochs=0)).predict(x).label == label


@given(chains.experiments(chains.numbers(3.0)))
def test_any_run_agrees_with_one_done_by_hand(experiment: Experiment) -> None:
    run = train(experiment)
    found = [run.weights_before(update) for update in range(run.updates + 1)]
    # As text, so that NaN equals NaN.
    assert repr(found) == repr(by_hand(experiment))


@pytest.mark.parametrize("kept", [1 << 24, 8])
@pytest.mark.parametrize(
    "experiment",
    [
        replace(THREE, biases=(0.1, -0.2)),
        Experiment((0.5,), (Sample(1.0, 1.0), Sample(-1.0, -1.0)), 0.3, 12),
        Experiment((3.0, 3.0, 3.0), learning_rate=0.5, epochs=5),
    ],
)
def test_a_run_ended_early_is_a_run_of_fewer_epochs(
    experiment: Experiment, kept: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine.training.train, "KEPT_NUMBERS", kept)
    run = train(experiment)
    place = run.diverged_at.epoch if run.diverged_at else run.converged_at or 1
    for epochs in {0, 1, place - 1, place, experiment.epochs}:
        ended, shorter = run.ended(epochs), train(replace(experiment, epochs=epochs))
        assert ended.experiment == shorter.experiment
        assert ended.converged_at == shorter.converged_at
        assert ended.diverged_at == shorter.diverged_at
        assert repr(ended.final_theta) == repr(shorter.final_theta)
        found, expected = (
            [(one.theta_before(u), one.loss(u), one.output(u)) for u in range(one.updates)]
            for one in (ended, shorter)
        )
        assert repr(found) == repr(expected)
        intervals = -(-ended.updates // run.stride)
        assert len(ended.lows) == len(ended.highs) == intervals
        assert len(ended.checkpoints) == intervals * len(experiment.theta)
        assert len(ended.answers) == (ended.updates if run.whole else 0)
    with pytest.raises(IndexError):
        run.ended(experiment.epochs + 1)


def test_a_run_of_a_single_update_keeps_its_output() -> None:
    run = train(Experiment((0.5,), (Sample(2.0, 3.0),), epochs=1))
    assert (list(run.outputs), list(run.losses)) == ([1.0], [2.0])
