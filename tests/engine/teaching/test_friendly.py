"""engine.teaching.friendly: every step by hand, exact, and no mistake gives the right number."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from time import thread_time

import pytest

from engine import Experiment, train
from engine.algorithms import ALGORITHMS, CORRECT
from engine.moment import moment_at
from engine.run import Run
from engine.steps import steps_per_sample
from engine.teaching.friendly import MOST_LAYERS, friendly, friendly_soon

SEEDS = range(12)

both = pytest.mark.parametrize("made", [friendly, friendly_soon])
Made = Callable[[int, int], Experiment]


def exact(number: float) -> Fraction:
    """Return the decimal of three places that a number stands for."""
    found = Fraction(round(number * 1000), 1000)
    assert abs(float(found) - number) < 1e-9
    return found


def numbers(run: Run) -> list[Fraction]:
    """Return what each step of the first sample computes, in the engine's order."""
    moments = [
        moment_at(run, index) for index in range(1, steps_per_sample(run.experiment.structure) + 1)
    ]
    return [exact(moment.computation.result.value) for moment in moments if moment.computation]


@both
@pytest.mark.parametrize("layers", range(1, MOST_LAYERS + 1))
@pytest.mark.parametrize("seed", SEEDS)
def test_each_number_is_short_and_exact(made: Made, seed: int, layers: int) -> None:
    experiment = made(seed, layers)
    found = numbers(train(experiment))
    assert len(found) == 4 * layers + 1
    for number in (*found, *map(exact, (*experiment.weights, experiment.samples[0].x))):
        digits = str(abs(number.numerator * (1000 // number.denominator))).strip("0")
        assert 1 <= len(digits) <= 2
        assert abs(number) <= 50
    assert by_hand(experiment) == found


def by_hand(experiment: Experiment) -> list[Fraction]:
    """Compute the sample in fractions, as one does on paper."""
    weights = [exact(w) for w in experiment.weights]
    a, rate = [exact(experiment.samples[0].x)], exact(experiment.learning_rate)
    for w in weights:
        a.append(w * a[-1])
    passed = a[-1] - exact(experiment.samples[0].target)
    found = [*a[1:], passed * passed / 2, passed]
    gradients = {}
    for i in range(len(weights) - 1, -1, -1):
        gradients[i] = passed * a[i]
        found.append(gradients[i])
        passed *= weights[i]
        found += [passed] if i else []
    return [*found, *(weights[i] - rate * gradients[i] for i in gradients)]


@both
@pytest.mark.parametrize("seed", SEEDS)
def test_it_learns_and_tells_mistakes_apart(made: Made, seed: int) -> None:
    experiment = made(seed, 3)
    run = train(experiment)
    size = steps_per_sample(experiment.structure)
    losses = [moment_at(run, size * update + 4).loss for update in range(experiment.epochs)]
    assert losses[0] is not None
    assert losses[1] is not None
    assert losses[-1] is not None
    assert losses[0] <= 20
    assert losses[1] < losses[0]
    assert losses[-1] <= losses[0]
    assert len({abs(weight) for weight in experiment.weights}) == 3
    right = moment_at(run, size - 3).gradients
    # Without an activation there is no local derivative to forget.
    for name in set(ALGORITHMS) - {CORRECT, "no_local_derivative"}:
        other = train(replace(experiment, epochs=1, algorithm=name))
        assert moment_at(other, size - 3).gradients != right, name


def test_a_seed_gives_the_same_chain_everywhere() -> None:
    assert friendly(1) == friendly(1)
    assert len({friendly(seed) for seed in SEEDS}) == len(SEEDS)
    assert friendly(7).weights == (-2.0, -3.0, -1.0)


@pytest.mark.parametrize("layers", range(1, MOST_LAYERS + 1))
def test_practice_has_other_numbers_for_each_seed(layers: int) -> None:
    assert friendly_soon(7, layers) == friendly_soon(7, layers)
    assert len({friendly_soon(seed, layers) for seed in range(100)}) > 80


def test_practice_does_not_wait_for_its_numbers() -> None:
    """They come in a fraction of the time that a sheet takes for its own."""

    def spent(made: Made) -> float:
        began = thread_time()
        for seed in range(1_790_000_000, 1_790_000_060):
            made(seed, 3)
        return thread_time() - began

    assert spent(friendly_soon) < spent(friendly) / 2


def test_long_chains_have_none() -> None:
    with pytest.raises(ValueError, match="1 to 3 layers, not 4"):
        friendly(1, 4)
    with pytest.raises(ValueError, match="1 to 3 layers, not 4"):
        friendly_soon(1, 4)
