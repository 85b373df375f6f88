"""engine.maps.trainability: every pixel is one whole training."""

import math
import struct
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

import engine.maps.simd
import engine.maps.training
import engine.training.compiled
from engine import Cancelled, Experiment, Run, Sample, UserError, train
from engine.maps.block import CHANGE, LATEST
from engine.maps.trainability import (
    Axis,
    Fate,
    Trainability,
    axes_of,
    axis,
    refuse_layers,
    refuse_size,
    saddle_within,
    trainability,
    value_of,
    varied,
)
from engine.training.advance import CONVERGED
from tests.engine import chains

SHORT = Experiment(epochs=60)
RANGES = {"learning_rate": (0.01, 2.0), "target": (-2.0, 2.0), "epochs": (1, 45)}


def bits(number: float) -> bytes:
    return struct.pack("d", math.nan if math.isnan(number) else number)


def mean_of(run: Run, epoch: int) -> float:
    """The mean loss of an epoch, added up as the training does."""
    total = 0.0
    for loss in run.epoch(epoch).losses:
        total += loss
    return total / len(run.experiment.samples)


def fate_of(run: Run, means: list[float]) -> Fate:
    """What became of a training, but for the saddle; the first epoch counts as one that fell."""
    if run.diverged_at:
        return Fate.DIVERGED
    if run.converged_at and means[-1] < CONVERGED:
        return Fate.CONVERGED
    steps = list(pairwise([math.inf, *means]))[-LATEST:]
    if any(mean > before * (1 + CHANGE) for before, mean in steps):
        return Fate.UNSETTLED
    moves = any(mean < before * (1 - CHANGE) for before, mean in steps)
    return Fate.LEARNING if moves else Fate.SETTLED


def agrees(seen: Trainability, row: int, column: int) -> None:
    """Hold a pixel against its training."""
    there = varied(seen.experiment, seen.x.name, seen.x.values[column])
    there = varied(there, seen.y.name, seen.y.values[row])
    run = train(there)
    means = [mean_of(run, epoch) for epoch in range(1, there.epochs + 1)]
    assert bits(float(seen.final_loss[row, column])) == bits(means[-1])
    if seen.fate[row, column] != Fate.TRAPPED:
        assert seen.fate[row, column] == fate_of(run, means)
    assert seen.converged_at[row, column] == (run.converged_at or 0)
    assert seen.diverged[row, column] == (run.diverged_at is not None)
    assert seen.at(row, column).experiment == there


@st.composite
def maps(draw: st.DrawFn) -> tuple[Experiment, Axis, Axis]:
    value = st.one_of(chains.numbers(2.0), chains.numbers(1e3), chains.finite_float)
    experiment = draw(chains.experiments(value, most_epochs=40))
    experiment = replace(experiment, epochs=max(1, experiment.epochs))
    names = draw(st.permutations(axes_of(experiment)))[:2]
    sides = []
    for name in names:
        low, high = RANGES.get(name, (-2.5, 3.0))
        try:
            sides.append(axis(experiment, name, low, high, draw(st.integers(2, 9))))
        except UserError:  # other targets would be too large
            reject()
    return experiment, sides[0], sides[1]


@given(maps(), st.data())
def test_a_pixel_is_a_training(drawn: tuple[Experiment, Axis, Axis], data: st.DataObject) -> None:
    seen = trainability(*drawn)
    assert seen.final_loss.shape == (len(drawn[2].values), len(drawn[1].values))
    for _ in range(3):
        row = data.draw(st.integers(0, len(drawn[2].values) - 1))
        agrees(seen, row, data.draw(st.integers(0, len(drawn[1].values) - 1)))


@pytest.mark.skipif(not engine.training.compiled.possible(), reason="Numba is not installed")
@pytest.mark.timeout(300)
@pytest.mark.parametrize(("activation", "algorithm"), chains.COMPILED)
def test_compiled_it_is_the_same_map(
    activation: str, algorithm: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    experiment = replace(SHORT, activation=activation, algorithm=algorithm, epochs=30)
    wild = axis(experiment, "w1", -40, 40, 13)
    sides = wild, axis(experiment, "learning_rate", 0.01, 1.5, 11)
    plain = trainability(experiment, *sides)
    monkeypatch.setattr(engine.maps.simd, "LARGE", 0)
    monkeypatch.setattr(engine.maps.simd, "_ready", {})
    monkeypatch.setattr(engine.maps.training, "_CHUNK", 64)
    monkeypatch.setattr(engine.maps.training, "_WORK_BETWEEN_CHECKS", 5000)
    compiled = trainability(experiment, *sides)
    assert engine.maps.simd._ready
    np.testing.assert_array_equal(compiled.final_loss, plain.final_loss)
    np.testing.assert_array_equal(compiled.converged_at, plain.converged_at)
    np.testing.assert_array_equal(compiled.diverged, plain.diverged)
    np.testing.assert_array_equal(compiled.fate, plain.fate)
    agrees(compiled, 5, 7)


def test_epochs_are_stops_of_one_training() -> None:
    along = axis(SHORT, "epochs", 1, 40, 8)
    across = axis(SHORT, "w2", -1, 1, 70)
    upright = trainability(SHORT, across, along)
    lying = trainability(SHORT, along, across)
    np.testing.assert_array_equal(upright.final_loss, lying.final_loss.T)
    np.testing.assert_array_equal(upright.fate, lying.fate.T)
    for row, column in ((0, 0), (3, 69), (7, 12)):
        agrees(upright, row, column)


def test_what_becomes_of_them_by_hand() -> None:
    start = Experiment(epochs=240)
    fates = {
        Fate.CONVERGED: start,
        Fate.TRAPPED: replace(start, weights=(0.2333, 0.2333, 0.2333)),
        Fate.DIVERGED: replace(start, learning_rate=2.0, weights=(2.0, 1.0, 1.0)),
        Fate.LEARNING: replace(start, weights=(0.3,), samples=(Sample(1, 2),), epochs=40),
        Fate.SETTLED: replace(start, weights=(0.3,), samples=(Sample(1, 0), Sample(1, 2))),
        Fate.UNSETTLED: replace(
            start, weights=(1.2, 0.9), samples=(Sample(1, 1),), learning_rate=1.1
        ),
    }
    for fate, experiment in fates.items():
        w1 = experiment.weights[0]
        x = Axis("w1", (w1, w1))
        y = Axis("learning_rate", (experiment.learning_rate,))
        assert trainability(experiment, x, y).at(0, 1).fate is fate


def test_targets_keep_their_proportion() -> None:
    samples = (Sample(1, 2), Sample(2, -1), Sample(3, 0))
    moved = varied(replace(SHORT, samples=samples), "target", 4.0)
    assert [s.target for s in moved.samples] == [4.0, -2.0, 0.0]
    first_is_0 = varied(replace(SHORT, samples=(Sample(1, 0), Sample(1, 3))), "target", 5.0)
    assert [s.target for s in first_is_0.samples] == [5.0, 3.0]


@given(
    st.floats(allow_nan=False, allow_infinity=False).filter(bool),
    st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=3),
    st.floats(allow_nan=False, allow_infinity=False),
)
def test_they_do_so_in_any_proportion(first: float, others: list[float], value: float) -> None:
    samples = (Sample(1, first), *(Sample(1, other) for other in others))
    exact = [Fraction(value) * Fraction(other) / Fraction(first) for other in others]
    if value != first and any(abs(target) > sys.float_info.max for target in exact):
        with pytest.raises(UserError, match=r"samples\[\d\]\.target would be too large: it keeps"):
            varied(replace(SHORT, samples=samples), "target", value)
        return
    moved = varied(replace(SHORT, samples=samples), "target", value)
    assert moved.samples[0].target == value
    for sample, target in zip(moved.samples[1:], exact, strict=True):
        assert sample.target == pytest.approx(float(target), rel=1e-15, abs=1e-323)


@pytest.mark.parametrize("first", [1e-320, 5e-324, 1e-200])
def test_the_reason_for_a_target_that_cannot_be(first: float) -> None:
    tiny = replace(SHORT, samples=(Sample(1, first), Sample(1, 5e150)))
    with pytest.raises(UserError, match=rf"proportion to the first target, 5e\+150 : {first!r}\."):
        axis(tiny, "target", 0, 1, 3)


def test_a_map_of_targets_of_any_size() -> None:
    samples = (Sample(1e200, 1e-200), Sample(-1e200, 3e-200))
    for low, high in ((-1e308, 1e307), (1e-320, 3e-320), (-5e-324, 5e-324)):
        start = replace(SHORT, samples=samples[:1])
        seen = trainability(start, axis(start, "target", low, high, 3), axis(start, "w1", 0, 1, 3))
        assert seen.fate.shape == (3, 3)
    both = replace(SHORT, samples=samples)
    x, y = axis(both, "target", 1e-320, 1e-310, 4), axis(both, "w1", -1, 1, 4)
    seen = trainability(both, x, y)
    assert seen.at(0, 3).experiment.samples[1].target == pytest.approx(3e-310)


@given(chains.experiments())
def test_an_experiment_is_where_its_own_values_are(experiment: Experiment) -> None:
    experiment = replace(experiment, epochs=max(1, experiment.epochs))
    for name in axes_of(experiment):
        assert varied(experiment, name, value_of(experiment, name)) == experiment


def test_an_axis_has_both_ends() -> None:
    assert axis(SHORT, "w2", -6, 6, 512).values == tuple(np.linspace(-6, 6, 512))
    assert axis(SHORT, "epochs", 1, 3, 5).values == (1, 2, 2, 2, 3)


@pytest.mark.parametrize(
    ("name", "low", "high", "size", "said"),
    [
        ("w4", 0, 1, 9, "w1, w2, w3, learning_rate, target, epochs"),
        ("w1", 1, 1, 9, "from a smaller to a larger w1, not from 1 to 1"),
        ("w1", math.nan, 1, 9, "must be a finite number"),
        ("w1", 0, 1, 1, "from 2 to"),
        ("w1", 2, 1, 9, "from a smaller to a larger w1, not from 2 to 1"),
        ("w1", -1.7e308, 1.7e308, 9, "w1 cannot go from .* the width is too large"),
        ("epochs", 1.2, 1.4, 9, "from a smaller to a larger epochs, not from 1.2 to 1.4"),
        ("learning_rate", 0, 1, 9, "learning_rate must be greater than 0"),
        ("epochs", 0, 10, 9, "epochs must be at least 1 in a map, not 0"),
    ],
)
def test_what_is_no_axis(name: str, low: float, high: float, size: int, said: str) -> None:
    with pytest.raises(UserError, match="(?i)" + said):
        axis(SHORT, name, low, high, size)


def test_axes_that_are_no_map() -> None:
    x = axis(SHORT, "w1", 0, 1, 4)
    with pytest.raises(UserError, match="two different parameters, not w1 twice"):
        trainability(SHORT, x, x)
    with pytest.raises(UserError, match="at most"):
        trainability(SHORT, Axis("w1", (0.0,) * 5000), Axis("w2", (0.0,) * 5000))
    with pytest.raises(UserError, match="at least 1 in a map"):
        trainability(replace(SHORT, epochs=0), x, axis(SHORT, "w2", 0, 1, 4))


def test_a_map_can_be_cancelled_and_tells_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine.maps.simd, "possible", lambda: False)
    endless = replace(SHORT, epochs=10_000_000, activation="tanh")
    told: list[float] = []
    sides = axis(endless, "w1", 0, 1, 3), axis(endless, "w2", 0, 1, 3)
    with pytest.raises(Cancelled):
        trainability(endless, *sides, told.append, lambda: len(told) > 3)
    assert told == sorted(told)
    assert all(0 <= share < 1e-3 for share in told)


def test_numpy_waits_for_a_map() -> None:
    code = "import engine.maps.trainability, sys; sys.exit('numpy' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


# --- limits ----------------------------------------------------------------------------------


def test_an_axis_has_two_values_at_least() -> None:
    assert axis(SHORT, "w1", 0, 1, 2).values == (0.0, 1.0)


def test_a_name_that_is_unknown_is_refused_everywhere() -> None:
    five = replace(SHORT, weights=(0.1,) * 5)
    for attempt in (
        lambda: value_of(five, "w6"),
        lambda: varied(five, "w6", 1.0),
        lambda: axis(five, "w6", 0, 1, 3),
    ):
        with pytest.raises(
            UserError, match=r"from w1 … w5, learning_rate, target, epochs; 'w6' is"
        ):
            attempt()


def test_epochs_are_told_exactly_up_to_a_limit() -> None:
    most = 10**15
    assert varied(SHORT, "epochs", most).epochs == most
    with pytest.raises(UserError, match=f"at most {most} in a map, not"):
        varied(SHORT, "epochs", most + 1)
    assert type(value_of(SHORT, "epochs")) is float


def test_the_sample_whose_target_cannot_be_is_named() -> None:
    samples = (Sample(1, 1e-300), Sample(1, 0), Sample(1, 1e300))
    with pytest.raises(UserError, match=r"samples\[2\]\.target would be too large"):
        varied(replace(SHORT, samples=samples), "target", 1.0)


def test_the_last_value_of_an_axis_must_be_possible_too() -> None:
    samples = (Sample(1, 1.0), Sample(1, 1e300))
    assert axis(replace(SHORT, samples=samples), "target", 0, 1e8, 3).values[-1] == 1e8
    with pytest.raises(UserError, match="would be too large"):
        axis(replace(SHORT, samples=samples), "target", 0, 1.9e8, 2)


def test_a_chain_may_have_so_many_layers_in_a_map() -> None:
    refuse_layers(replace(SHORT, weights=(0.5,) * 500))
    long = replace(SHORT, weights=(0.5,) * 501)
    with pytest.raises(UserError, match="at most 500 layers, not 501"):
        trainability(long, axis(long, "w1", 0, 1, 2), axis(long, "w2", 0, 1, 2))


def test_a_map_may_have_so_many_pixels() -> None:
    refuse_size(1 << 24)
    with pytest.raises(UserError, match="at most 16777216 pixels, not 16777217"):
        refuse_size((1 << 24) + 1)


def test_samples_of_any_size_have_a_saddle_or_none() -> None:
    def saddle(*samples: Sample) -> float:
        return saddle_within(replace(SHORT, weights=(0.5, 0.5), samples=samples))

    assert saddle(Sample(1, 1)) > 0
    assert saddle(Sample(1, 1), Sample(1, -1)) == 0
    # Σ x·ê is too small for a float, and not 0; or a sum of infinities, and 0.
    assert saddle(Sample(1e-200, 1e-200)) > 0
    assert saddle(Sample(1e200, 1e200), Sample(-1e200, 1e200)) == 0
    assert saddle(Sample(1e200, 1e200), Sample(1e200, 1e199)) > 0


def test_a_pixel_tells_plain_numbers() -> None:
    seen = trainability(SHORT, axis(SHORT, "w1", 0, 1, 2), axis(SHORT, "w2", 0, 1, 2))
    pixel = seen.at(1, 0)
    assert type(pixel.final_loss) is float
    assert type(pixel.converged_at) is int
