"""Every figure of the design that concerns the engine, to the last digit given."""

import math
from fractions import Fraction
from itertools import pairwise

import pytest

from engine import Experiment, Verdict, check_gradients, moment_at, random_weights, train
from engine.algorithms import ALGORITHMS
from engine.chain import Learner
from engine.checking.gradient_check import after_update
from tests.engine import oracle

OPENING = Experiment()
LISTING = Experiment(algorithm="in_place", epochs=160)
SAMES = (0.2333, 0.2333, 0.2333)
PAIRS = [(1.0, -1.0), (-1.0, 1.0)]


def rounded(numbers: tuple[float | None, ...]) -> list[float]:
    return [round(number, 6) for number in numbers if number is not None]


def test_first_sample_of_the_opening_experiment() -> None:
    moment = moment_at(train(OPENING), 4 * 3 + 1)
    assert moment.outputs == (1.0, 0.2333, -0.0543589, 0.028338925337)
    assert moment.loss == 0.5287404726816282
    assert moment.upstreams[-1] == 1.028338925337
    assert moment.gradients == (0.1249122161434036, -0.12507304732298738, -0.055899372808501456)


@pytest.mark.parametrize(
    ("algorithm", "gradients"),
    [
        ("backprop", [0.124912, -0.125073, -0.055899]),
        ("in_place", [0.120926, -0.124403, -0.055899]),
        ("front_to_back", [-0.125073, 0.006799, 0.000826]),
        ("sign_flipped", [-0.124912, 0.125073, 0.055899]),
        ("no_local_derivative", [0.124912, -0.125073, -0.055899]),
    ],
)
def test_gradients_of_the_first_sample(algorithm: str, gradients: list[float]) -> None:
    moment = moment_at(train(Experiment(algorithm=algorithm, epochs=1)), 13)
    assert rounded(moment.gradients) == gradients
    exact = oracle.exact_update(algorithm, OPENING.weights, 1.0, -1.0, "identity", 0.05)
    assert rounded(tuple(map(float, exact.gradients))) == gradients


def test_own_output_is_off_by_the_layer_s_weight_in_a_linear_chain() -> None:
    moment = moment_at(train(Experiment(algorithm="own_output", epochs=1)), 13)
    true = oracle.exact_gradients(OPENING.weights, 1.0, -1.0)
    expected = [float(g * Fraction(w)) for g, w in zip(true, OPENING.weights, strict=True)]
    assert moment.gradients == pytest.approx(expected, rel=1e-14)
    # … which is the same number for every layer, 0.02914202…
    assert rounded(moment.gradients) == [0.029142] * 3


def test_where_the_opening_experiment_stands_after_160_epochs() -> None:
    assert train(Experiment(epochs=160)).predict(1.0).output == -0.038612483512720945
    assert train(LISTING).predict(1.0).output == -0.9999746254878179


@pytest.mark.parametrize(("algorithm", "epoch"), [("backprop", 191), ("in_place", 138)])
def test_when_it_converges(algorithm: str, epoch: int) -> None:
    run = train(Experiment(algorithm=algorithm))
    assert run.converged_at == epoch
    assert (run.losses[2 * epoch - 2] + run.losses[2 * epoch - 1]) / 2 < 1e-3
    assert (run.losses[2 * epoch - 4] + run.losses[2 * epoch - 3]) / 2 >= 1e-3
    assert train(Experiment(algorithm=algorithm, epochs=epoch)).converged_at == epoch
    assert train(Experiment(algorithm=algorithm, epochs=epoch - 1)).converged_at is None


def test_the_opening_experiment_learns_the_sign() -> None:
    run = train(OPENING)
    assert [run.predict(x).label for x in (1.0, -1.0)] == [-1, 1]
    assert run.predict(1.0).output == pytest.approx(-1.0, abs=0.01)


def test_weights_that_are_all_the_same_are_drawn_into_zero() -> None:
    run = train(Experiment(weights=SAMES, epochs=16_000))
    assert run.converged_at is None
    assert run.diverged_at is None
    for w in run.final_weights:
        assert f"{w:.9f}".startswith("0.000623")
    assert run.final_weights == pytest.approx(
        oracle.proper_listing(*SAMES, PAIRS, 0.05, 16_000), rel=1e-9
    )


def test_the_listing_gets_away_from_weights_that_are_all_the_same() -> None:
    assert train(Experiment(weights=SAMES, epochs=1300, algorithm="in_place")).converged_at == 1226


def test_what_the_article_s_check_prints_first() -> None:
    (number, rows), (second, _) = after_update(LISTING, 1e-4)
    assert (number, second) == (1, 2)
    assert rounded(tuple(row.gradient for row in rows)) == [0.120926, -0.124403, -0.055899]
    assert rounded(tuple(row.numeric for row in rows)) == [0.120736, -0.120988, -0.052914]


SLIPS = tuple(name for name in ALGORITHMS if name != "backprop")


def verdicts(algorithm: str, activation: str) -> list[Verdict]:
    """What the check says of the first sample, layer 1 first."""
    experiment = Experiment(algorithm=algorithm, activation=activation)
    rows = check_gradients(experiment, experiment.weights, experiment.samples[0])
    return [row.verdict for row in rows]


@pytest.mark.parametrize("activation", ["identity", "tanh", "sigmoid"])
@pytest.mark.parametrize("slip", SLIPS)
def test_the_gradient_check_catches_every_slip(slip: str, activation: str) -> None:
    assert set(verdicts("backprop", activation)) == {Verdict.RIGHT}
    hidden = slip == "no_local_derivative" and activation == "identity"
    assert (Verdict.WRONG in verdicts(slip, activation)) is not hidden
    assert (verdicts(slip, activation) == [Verdict.RIGHT] * 3) is hidden


def test_a_dead_relu_hides_every_slip_but_a_forgotten_slope() -> None:
    # The second layer of the opening experiment is below zero: all true gradients are 0.
    for name in ALGORITHMS:
        caught = Verdict.WRONG in verdicts(name, "relu")
        assert caught is (name == "no_local_derivative")


def test_the_gradient_check_catches_the_listing() -> None:
    first = OPENING.samples[0]
    rows = check_gradients(LISTING, LISTING.weights, first)
    assert rows[2].verdict is Verdict.RIGHT
    assert rows[1].verdict is Verdict.SUSPICIOUS
    assert rows[0].verdict is Verdict.WRONG
    for row in check_gradients(OPENING, OPENING.weights, first):
        assert row.verdict is Verdict.RIGHT


def test_weight_times_gradient_is_the_same_for_every_layer() -> None:
    moment = moment_at(train(OPENING), 13)
    for w, g in zip(moment.weights_before, moment.gradients, strict=True):
        assert g is not None
        assert f"{w * g:.10f}".startswith("0.02914202")


# --- front to back: like a coin ------------------------------------------------------------

STARTS = 2000


def updated(algorithm: str, weights: tuple[float, ...], rate: float) -> Learner:
    learner = Learner(weights, rate, "identity", algorithm)
    learner.learn(1.0, -1.0)
    return learner


@pytest.mark.parametrize("layers", [2, 3, 4, 7])
def test_front_to_back_gets_the_signs_right_like_a_coin(layers: int) -> None:
    starts = [random_weights(layers, seed) for seed in range(STARTS)]
    heads = 0
    for weights in starts:
        taken = updated("front_to_back", weights, 0.05).gradients
        truth = oracle.exact_gradients(weights, 1.0, -1.0)
        right = [(g > 0) == (true > 0) for g, true in zip(taken, truth, strict=True)]
        assert len(set(right)) == 1, "all signs are right, or none is"
        assert right[0] == (math.prod(weights[:-1]) > 0)
        heads += right[0]
    assert 0.4 * STARTS < heads < 0.6 * STARTS


def test_front_to_back_learns_or_unlearns_by_that_coin() -> None:
    for seed in range(STARTS // 10):
        weights = random_weights(3, seed)
        after = updated("front_to_back", weights, 1e-3).weights
        before, then = (oracle.loss_of(w, 1.0, -1.0, "identity") for w in (weights, after))
        assert (then < before) == (weights[0] * weights[1] > 0)


def test_front_to_back_with_one_layer_has_the_right_sign() -> None:
    for seed in range(STARTS // 10):
        (w,) = random_weights(1, seed)
        assert updated("front_to_back", (w,), 0.05).gradients == pytest.approx(
            [w * w * (w + 1)], rel=1e-14
        )


def test_sign_flipped_climbs_until_it_diverges() -> None:
    run = train(Experiment(samples=OPENING.samples[:1], algorithm="sign_flipped"))
    assert run.diverged_at is not None
    climb = run.losses[: run.diverged_at.epoch - 1]
    assert len(climb) > 10
    assert all(before < after for before, after in pairwise(climb))
