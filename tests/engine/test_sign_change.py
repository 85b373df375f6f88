"""Where a parameter changes its sign, against a plain look at every update."""

from dataclasses import replace

import pytest

from engine import Experiment, Run, train
from engine.experiment import Sample
from engine.parameters import BIAS, WEIGHT
from engine.presets import GROUPS
from engine.quantities import Name
from engine.sign_change import sign_change

PRESETS = [preset for group in GROUPS for preset in group]


def looked_for(run: Run, place: int) -> int | None:
    """Return the first update after which θ[place] has the opposite sign, update by update."""
    last = 0.0
    for update in range(run.updates + 1):
        value = run.theta_before(update)[place]
        if value * last < 0:
            return update - 1
        if value:
            last = 1.0 if value > 0 else -1.0 if value < 0 else last
    return None


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_it_is_the_first_update_that_turns_the_sign(preset) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
    run = train(replace(preset.experiment, epochs=min(preset.experiment.epochs, 120)))
    n = run.experiment.layers
    for row, one in enumerate(run.experiment.parameters):
        for layer in range(1, min(n, 5) + 1):
            found = sign_change(run, one.of(layer))
            assert found == looked_for(run, row * n + layer - 1), one.of(layer)


def through_zero() -> Run:
    """Return a run whose weight is 1, 0, −1: each update takes exactly 1 away."""
    samples = (Sample(1.0, 0.0), Sample(1.0, -1.0), Sample(0.0, 0.0))
    return train(Experiment(weights=(1.0,), samples=samples, learning_rate=1.0, epochs=1))


def test_zero_has_no_sign() -> None:
    run = through_zero()
    assert [run.weights_before(k)[0] for k in range(4)] == [1.0, 0.0, -1.0, -1.0]
    assert sign_change(run, WEIGHT.of(1)) == 1
    from_zero = train(replace(run.experiment, weights=(0.0,), samples=(Sample(1.0, -1.0),)))
    assert from_zero.final_weights == (-1.0,)
    assert sign_change(from_zero, WEIGHT.of(1)) is None


def test_a_run_that_keeps_few_updates_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = train(Experiment())
    monkeypatch.setattr("engine.training.train.KEPT_TIMES", 40)
    sparse = train(Experiment())
    assert sparse.stride > 5
    for layer in (1, 2, 3):
        name = WEIGHT.of(layer)
        assert sign_change(sparse, name) == sign_change(whole, name)


def test_biases_are_found_too() -> None:
    preset = next(preset for preset in PRESETS if preset.name == "bias_first")
    run = train(preset.experiment)
    assert sign_change(run, BIAS.of(1)) == looked_for(run, run.experiment.layers)
    assert isinstance(BIAS.of(1), Name)
