"""engine.training.train: from the first update to the last."""

import math
import random
import struct
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import engine.training.train
from engine import Cancelled, Experiment, Place, Run, Sample, UserError, random_weights, train
from engine.training.train import LARGEST, memory_of, refuse_too_large, stride_of
from tests.engine import chains, oracle

PAIRS = [(1.0, -1.0), (-1.0, 1.0)]


def bits(numbers: Sequence[float]) -> bytes:
    """The numbers bit for bit, so that NaN equals itself and −0 is not 0."""
    return struct.pack(f"{len(numbers)}d", *numbers)


@given(
    st.tuples(*[chains.numbers(1.2)] * 3),
    st.lists(st.tuples(chains.numbers(1.5), chains.numbers(1.5)), min_size=1, max_size=3),
    st.floats(1e-3, 0.3),
    st.integers(0, 20),
)
def test_in_place_is_the_listing_bit_for_bit(
    weights: tuple[float, float, float],
    pairs: list[tuple[float, float]],
    rate: float,
    epochs: int,
) -> None:
    samples = tuple(Sample(*pair) for pair in pairs)
    run = train(Experiment(weights, samples, rate, epochs, algorithm="in_place"))
    expected = oracle.article_listing(*weights, pairs, rate, epochs)
    assert bits(run.final_weights) == bits(expected)


@given(st.tuples(*[chains.numbers(1.2)] * 3), st.floats(1e-3, 0.1), st.integers(0, 20))
def test_backprop_is_the_formulas_written_out(
    weights: tuple[float, float, float], rate: float, epochs: int
) -> None:
    run = train(Experiment(weights, learning_rate=rate, epochs=epochs))
    expected = oracle.proper_listing(*weights, PAIRS, rate, epochs)
    assert run.final_weights == pytest.approx(expected, rel=1e-10, abs=1e-13)


@given(chains.experiments(chains.numbers(1.5)))
def test_a_whole_training_agrees_with_the_tape(experiment: Experiment) -> None:
    run = train(experiment)
    for update in range(run.updates if experiment.algorithm == "backprop" else 0):
        before, sample = run.weights_before(update), run.sample(update)
        met, slopes = oracle.tape_gradients(before, sample.x, sample.target, experiment.activation)
        assert run.loss(update) == pytest.approx(met, rel=1e-10, abs=1e-12)
        after = [w - experiment.learning_rate * g for w, g in zip(before, slopes, strict=True)]
        assert run.weights_before(update + 1) == pytest.approx(after, rel=1e-8, abs=1e-11)


@pytest.mark.parametrize("algorithm", chains.ALGORITHMS)
@given(chains.experiments(chains.numbers(1.5)))
def test_a_whole_training_agrees_with_the_table(algorithm: str, experiment: Experiment) -> None:
    experiment = replace(experiment, algorithm=algorithm)
    rate, activation = experiment.learning_rate, experiment.activation
    run = train(experiment)
    for update in range(run.updates):
        before, sample = run.weights_before(update), run.sample(update)
        if not all(abs(w) < 10 for w in before):
            break  # on its way to infinity
        given_to_both = (algorithm, before, sample.x, sample.target, activation, rate)
        exact = oracle.exact_update(*given_to_both).weights
        sizes = oracle.size_of_update(*given_to_both).weights
        after = run.weights_before(update + 1)
        for w, true, size in zip(after, exact, sizes, strict=True):
            assert abs(Fraction(w) - true) <= Fraction(1e-13) * size + Fraction(1e-300)


def test_the_same_experiment_gives_the_same_run() -> None:
    one, other = train(Experiment()), train(Experiment())
    assert bits(one.losses) == bits(other.losses)
    assert one.final_weights == other.final_weights


# --- sizes ---------------------------------------------------------------------------------


def test_no_epochs() -> None:
    run = train(Experiment(epochs=0))
    assert run.updates == 0
    assert run.final_weights == run.weights_before(0) == Experiment().weights
    assert (run.converged_at, run.diverged_at) == (None, None)
    assert run.predict(1.0).output == 0.028338925337


def test_one_layer_has_a_closed_form() -> None:
    # w ← w − α(w·x − ê)·x draws w towards ê/x by the factor 1 − αx² each time.
    run = train(Experiment((0.3,), (Sample(2.0, 5.0),), learning_rate=0.1, epochs=40))
    for update in range(41):
        assert run.weights_before(update)[0] == pytest.approx(
            2.5 + (0.3 - 2.5) * (1 - 0.1 * 4) ** update, rel=1e-12
        )


def test_sixty_four_layers() -> None:
    weights = tuple(1.0 + w / 10 for w in random_weights(64, 5))
    run = train(Experiment(weights, (Sample(1.0, 2.0),), learning_rate=1e-3, epochs=60))
    assert run.converged_at is not None
    assert run.predict(1.0).output == pytest.approx(2.0, abs=0.05)
    small = train(Experiment(random_weights(64, 5), epochs=3))
    assert small.diverged_at is None
    assert small.final_weights == pytest.approx(small.experiment.weights, abs=1e-12)


def test_many_samples() -> None:
    draw = random.Random(4)  # noqa: S311
    xs = [draw.uniform(-1, 1) for _ in range(3000)]
    samples = tuple(Sample(x, 0.75 * x) for x in xs)
    run = train(Experiment((0.2, 0.3), samples, epochs=2))
    assert run.updates == 6000
    assert run.sample(3001) == samples[1]
    assert math.prod(run.final_weights) == pytest.approx(0.75, abs=1e-3)


def test_a_run_that_would_not_fit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("KEPT_NUMBERS", 3), ("FURTHEST", 6), ("LARGEST", 2000)):
        monkeypatch.setattr(engine.training.train, name, value)
    assert train(Experiment(epochs=50)).updates == 100
    with pytest.raises(UserError, match=r"at most 50 here, not 51: .* 2e-06 GB") as caught:
        train(Experiment(epochs=51))
    assert caught.value.location is not None
    assert caught.value.location.field == "epochs"


@given(st.integers(1, 300), st.integers(1, 3000))
def test_the_most_that_fits_is_told(layers: int, samples: int) -> None:
    experiment = Experiment((0.5,) * layers, (Sample(1, 1),) * samples, epochs=10**30)
    with pytest.raises(UserError) as caught:
        refuse_too_large(experiment)
    most = caught.value.values["most"]
    assert isinstance(most, int)
    refuse_too_large(replace(experiment, epochs=most))
    assert most * samples >= 10**10
    assert f"must be at most {most} here" in str(caught.value)


def test_patience_is_the_limit_not_memory() -> None:
    experiment = Experiment(epochs=500_000_000)
    assert memory_of(experiment) < 100_000_000
    for epochs in (10**300, 10**17):
        with pytest.raises(UserError, match="GB of memory"):
            train(Experiment(epochs=epochs))


@pytest.mark.parametrize("layers", [1, 3, 64, 100])
@pytest.mark.parametrize("samples", [1, 2, 64])
def test_memory_is_bounded_whatever_the_length(layers: int, samples: int) -> None:
    for power in range(11):
        experiment = Experiment(
            (0.5,) * layers, (Sample(1, 1),) * samples, epochs=10**power // samples
        )
        assert memory_of(experiment) <= 8 * (2**24 + 3 * 2**20 + 3 * layers)
        if experiment.updates * layers <= 2**20:
            assert stride_of(experiment) == 1


@pytest.mark.parametrize(("samples", "aligned"), [(1024, True), (1025, False)])
def test_intervals_of_a_long_run_end_with_an_epoch_of_few_samples(
    samples: int, *, aligned: bool
) -> None:
    experiment = Experiment((0.5,), (Sample(1, 1),) * samples, epochs=10**4)
    needed = -(-experiment.updates // (1 << 20))
    assert stride_of(experiment) == (-(-needed // samples) * samples if aligned else needed)
    longer = replace(experiment, epochs=10**12)
    assert stride_of(longer) == (1 << 26 if not aligned else -(-(1 << 26) // samples) * samples)


def test_memory_is_counted_in_numbers_of_eight_bytes() -> None:
    # Parameters, a loss and an output at each update.
    assert memory_of(Experiment(epochs=10)) == 8 * 20 * (3 + 2)
    assert memory_of(Experiment(biases=(0, 0, 0), epochs=10)) == 8 * 20 * (6 + 2)
    # Of a long run parameters, the smallest and the largest loss of an interval.
    long = Experiment(epochs=10**6)
    assert stride_of(long) == 2
    assert memory_of(long) == 8 * 10**6 * (3 + 2)


@pytest.mark.parametrize(
    ("memory", "expected"),
    [
        (1_200_000, "0.0012 GB"),
        (LARGEST, "1.1 GB"),
        (9_940_000_000, "9.9 GB"),
        (3_578_400_000_000, "3578 GB"),
        (10**15, "1000000 GB"),
        (10**15 + 10**9, "> 1000000 GB"),
    ],
)
def test_sizes_have_two_digits_or_more(memory: int, expected: str) -> None:
    assert engine.training.train._size(memory) == expected


# --- convergence and divergence ------------------------------------------------------------


def diverged_by_search(run: Run) -> Place | None:
    """The first update whose loss, or a weight right after it, is not finite."""
    for update in range(run.updates):
        met = (run.loss(update), *run.weights_before(update + 1))
        if any(map(lambda v: v != v or abs(v) == math.inf, met)):  # noqa: C417, PLR0124
            return run.place(update)
    return None


def converged_by_search(run: Run) -> int | None:
    size = len(run.experiment.samples)
    for epoch in range(1, run.experiment.epochs + 1):
        if math.fsum(run.epoch(epoch).losses) / size < 1e-3:
            return epoch
    return None


EXPLOSIONS = [
    Experiment((3.0, 3.0, 3.0), learning_rate=0.5, epochs=12),
    Experiment((3.0, -2.0), (Sample(1.0, 1.0), Sample(0.0, 0.0), Sample(9.0, 1.0)), 0.4, 12),
    Experiment((0.5,), (Sample(1.0, 0.0), Sample(2.0, 1.0)), learning_rate=3.0, epochs=600),
    Experiment((3.0, 3.0, 3.0), learning_rate=0.5, epochs=12, algorithm="in_place"),
    Experiment((3.0, 3.0, 3.0), learning_rate=0.5, epochs=12, algorithm="front_to_back"),
    Experiment(learning_rate=0.2, epochs=40, algorithm="sign_flipped"),
    Experiment((1e200, 1e200), (Sample(1.0, 1.0),), epochs=3, activation="relu"),
    Experiment((1e200, 1e200), (Sample(0.0, 1.0), Sample(1.0, 1.0)), epochs=3),
    Experiment((1.0, 1.0), (Sample(0.0, 1e200),), epochs=3),
]


@pytest.mark.parametrize("experiment", EXPLOSIONS)
def test_divergence_is_found_where_it_happens_and_the_run_goes_on(experiment: Experiment) -> None:
    run = train(experiment)
    assert run.diverged_at is not None
    assert run.diverged_at == diverged_by_search(run)
    assert run.updates == len(run.outputs) == experiment.updates


@given(chains.experiments(chains.numbers(8.0), most_epochs=8))
def test_convergence_and_divergence_against_a_search(experiment: Experiment) -> None:
    for kept in (2**24, 1, 9):
        run = thinned(experiment, kept)
        assert run.diverged_at == diverged_by_search(run)
        assert run.converged_at == converged_by_search(run)
        assert run.updates == experiment.updates


def test_large_weights_are_not_yet_divergence() -> None:
    # Their sum is infinite, each of them is finite.
    run = train(Experiment((1.7e308, 1.7e308), (Sample(0.0, 0.0),), epochs=2))
    assert run.diverged_at is None


def test_the_loss_alone_can_diverge() -> None:
    run = train(Experiment((1.0,), (Sample(0.0, 0.0), Sample(0.0, 1e200)), epochs=2))
    assert run.diverged_at == Place(1, 2)
    assert run.final_weights == (1.0,)


def test_what_diverges_is_recorded_as_it_is() -> None:
    run = train(EXPLOSIONS[0])
    assert not all(map(math.isfinite, run.losses))
    assert not any(map(math.isfinite, run.final_weights))
    assert run.converged_at is None
    assert not math.isfinite(run.predict(1.0).output)


@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
def test_saturation_does_not_raise(activation: str) -> None:
    samples = (Sample(1e308, 1.0), Sample(-1e308, -1e308))
    run = train(Experiment((1e308, -1e308), samples, 1e308, 5, activation))
    assert run.updates == 10


# --- checkpoints ---------------------------------------------------------------------------


# Three samples that differ, so that an update made again with the wrong one is seen.
UNEVEN = Experiment(
    (0.6, -0.4), (Sample(1.0, 0.5), Sample(2.0, -1.0), Sample(-0.3, 0.8)), 0.1, 17, "tanh"
)
UNEVEN_SLIPS = [replace(UNEVEN, algorithm=name) for name in chains.ALGORITHMS if name != "backprop"]


LONG = [
    *(Experiment(epochs=30), UNEVEN, *UNEVEN_SLIPS, *EXPLOSIONS[:2]),
    *(replace(EXPLOSIONS[2], epochs=250), *EXPLOSIONS[3:6]),
]


def thinned(experiment: Experiment, kept: int) -> Run:
    """Train as if there were room for so few numbers."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine.training.train, "KEPT_NUMBERS", kept)
        return train(experiment)


def spread(updates: int) -> list[int]:
    """Return all updates of a short run; of a long one some, of every sample, and the last ones."""
    if updates < 250:
        return list(range(updates))
    return sorted({*range(0, updates, 37), *range(updates - 7, updates)})


@pytest.mark.parametrize("kept", [1, 7, 30, 100])
@pytest.mark.parametrize("experiment", LONG)
def test_thinned_checkpoints_change_nothing(experiment: Experiment, kept: int) -> None:
    full, thin = train(experiment), thinned(experiment, kept)
    assert full.whole
    if experiment.updates * experiment.layers > kept:
        assert not thin.whole
        assert len(thin.checkpoints) <= kept + experiment.layers
    for update in [*spread(full.updates), full.updates, 3, 0]:
        assert bits(thin.weights_before(update)) == bits(full.weights_before(update))
    for update in spread(full.updates):
        met = thin.loss(update), thin.output(update)
        assert bits(met) == bits((full.losses[update], full.outputs[update]))
    assert (thin.converged_at, thin.diverged_at) == (full.converged_at, full.diverged_at)
    for epoch in range(1, experiment.epochs + 1):
        for one, other in zip(thin.epoch(epoch), full.epoch(epoch), strict=True):
            assert bits(one) == bits(other)


@pytest.mark.parametrize("experiment", LONG)
def test_no_spike_is_lost(experiment: Experiment) -> None:
    full, thin = train(experiment), thinned(experiment, 20)
    for i, (low, high) in enumerate(zip(thin.lows, thin.highs, strict=True)):
        met = full.losses[i * thin.stride : (i + 1) * thin.stride]
        numbers = [loss for loss in met if not math.isnan(loss)]
        assert low == min(numbers) if numbers else math.isnan(low)
        assert high == max(met) if len(numbers) == len(met) else math.isnan(high)


def test_a_thinned_run_has_no_list_of_all_losses() -> None:
    run = thinned(Experiment(), 100)
    for name in ("losses", "outputs"):
        with pytest.raises(ValueError, match="only every"):
            getattr(run, name)


# --- while it grows ------------------------------------------------------------------------


@pytest.mark.parametrize("kept", [30, 2**24])
@pytest.mark.parametrize("experiment", [*LONG, replace(UNEVEN, epochs=600)])
def test_a_growing_run_is_that_of_fewer_epochs(
    experiment: Experiment, kept: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine.training.train, "_GROWTH", 0.0)
    monkeypatch.setattr(engine.training.train, "_FIRST", 7)
    monkeypatch.setattr(engine.training.train, "_CHECK_INTERVAL", 0.0)
    monkeypatch.setattr(engine.training.train, "KEPT_NUMBERS", kept)
    shown: list[Run] = []
    last = train(experiment, grown=shown.append)
    assert last.experiment == experiment
    assert 0 < len(shown) <= experiment.epochs
    # Of hundreds a part will do: each trains anew from the start.
    for run in [*shown[:10], *shown[10:-3:13], *shown[-3:]]:
        shorter = train(replace(experiment, epochs=run.experiment.epochs))
        assert run.experiment == shorter.experiment
        assert (run.converged_at, run.diverged_at) == (shorter.converged_at, shorter.diverged_at)
        assert len(run.checkpoints) == experiment.layers * len(run.lows)
        for update in spread(run.updates):
            assert bits([run.loss(update)]) == bits([shorter.loss(update)])
        for update in [*spread(run.updates), run.updates]:
            assert bits(run.weights_before(update)) == bits(shorter.weights_before(update))


# --- progress ------------------------------------------------------------------------------


def test_progress_tells_how_many_updates_are_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine.training.train, "_REPORT", 0.0)
    told: list[int] = []
    train(Experiment(epochs=10_000), progress=told.append)
    assert told[0] == 0
    assert told == sorted(set(told))
    assert told[-1] < 20_000
    assert len(told) >= 4


def test_progress_is_quiet_for_no_updates() -> None:
    told: list[int] = []
    train(Experiment(epochs=0), progress=told.append)
    assert told == []


def test_cancelling(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine.training.train, "_REPORT", 0.0)
    told: list[int] = []
    with pytest.raises(Cancelled):
        train(Experiment(epochs=1_000_000), told.append, lambda: len(told) == 3)
    assert len(told) == 3


def test_cancelled_at_once() -> None:
    with pytest.raises(Cancelled):
        train(Experiment(), cancelled=lambda: True)


def test_progress_and_a_patient_user_change_nothing() -> None:
    plain = train(Experiment())
    watched = train(Experiment(), lambda _: None, lambda: False)
    assert bits(plain.final_weights) == bits(watched.final_weights)


# --- what is true of a linear chain --------------------------------------------------------


@given(st.lists(st.floats(0.1, 1.5), min_size=1, max_size=6), chains.numbers(2.0), st.data())
def test_weight_times_gradient_is_one_number(
    sizes: list[float], target: float, data: st.DataObject
) -> None:
    weights = [w * data.draw(st.sampled_from((-1, 1))) for w in sizes]
    learner = Experiment(tuple(weights), algorithm="backprop").learner()
    learner.learn(1.3, target)
    e = learner.outputs[-1]
    for w, g in zip(weights, learner.gradients, strict=True):
        assert w * g == pytest.approx((e - target) * e, rel=1e-12, abs=1e-300)


@given(chains.chains(1.5), chains.numbers(2.0), chains.numbers(2.0), st.floats(1e-3, 0.3))
def test_squares_part_by_alpha_squared_times_the_squared_gradients(
    weights: list[float], x: float, target: float, rate: float
) -> None:
    learner = Experiment(tuple(weights), learning_rate=rate).learner()
    learner.learn(x, target)
    new, g = learner.weights, learner.gradients
    for i in range(len(weights)):
        for j in range(i):
            change = (new[i] ** 2 - new[j] ** 2) - (weights[i] ** 2 - weights[j] ** 2)
            expected = rate**2 * (g[i] ** 2 - g[j] ** 2)
            size = max(1.0, *(abs(v) for v in (*weights, *new, *g))) ** 2
            assert change == pytest.approx(expected, rel=1e-9, abs=1e-14 * size)


def test_only_the_strictly_smallest_weight_can_cross_zero() -> None:
    signs = {}
    for weights in ((0.5, 0.6, 0.4), (0.5, 0.6, -0.4), (0.3, 0.3, 0.6), (-0.3, 0.3, 0.6)):
        run = train(Experiment(weights, learning_rate=0.01, epochs=4000))
        signs[weights] = (run.converged_at is not None, [w > 0 for w in run.final_weights])
    assert signs[0.5, 0.6, 0.4] == (True, [True, True, False])
    assert signs[0.5, 0.6, -0.4] == (True, [True, True, False])
    assert not signs[0.3, 0.3, 0.6][0]
    assert signs[-0.3, 0.3, 0.6] == (True, [False, True, True])


@pytest.mark.parametrize("weights", [(2.0, 0.5), (1.0, 1.0), (0.5, 1.0, 2.0), (1.0,)])
def test_the_edge_of_stability(weights: tuple[float, ...]) -> None:
    # At a minimum with P = 1 and x = 1 the curvature is Σ(P/wᵢ)²: stable only for α < 2/curvature.
    edge = 2 / sum(1 / w**2 for w in weights)
    nudged = (weights[0] + 1e-6, *weights[1:])
    for factor, stays in ((0.95, True), (1.05, False)):
        run = train(Experiment(nudged, (Sample(1.0, 1.0),), factor * edge, 100))
        assert (run.losses[-1] < run.losses[0]) is stays


@pytest.mark.parametrize("n", [1, 2])
def test_a_small_learning_rate_follows_gradient_flow(n: int) -> None:
    slope, start, rate = 2.0, 0.1, 1e-4
    run = train(Experiment((start ** (1 / n),) * n, (Sample(1.0, slope),), rate, 20_000))
    for update in (1000, 5000, 10_000, 20_000):
        t = rate * update
        if n == 1:
            flow = slope + (start - slope) * math.exp(-t)
        else:
            grown = start * math.exp(2 * slope * t)
            flow = slope * grown / (slope - start + grown)
        assert math.prod(run.weights_before(update)) == pytest.approx(flow, rel=1e-3)
