"""Every figure of the design that concerns the engine, to the last digit given."""

import pytest

from engine import Experiment, Verdict, check_gradients, moment_at, train
from engine.cli import after_update
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


def test_first_sample_of_the_listing() -> None:
    moment = moment_at(train(LISTING), 13)
    assert rounded(moment.gradients) == [0.120926, -0.124403, -0.055899]


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
