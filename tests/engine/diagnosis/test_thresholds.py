"""The diagnosis just on either side of each of its thresholds.

Where a verdict hangs on the losses of a run alone, the losses are made up, and the weights stay.
"""

from __future__ import annotations

import math
from array import array
from dataclasses import replace
from statistics import fmean
from typing import TYPE_CHECKING

import pytest

from engine import Experiment, Sample, train
from engine.diagnosis import Finding, Identity, Kind, diagnose
from engine.diagnosis.measures import best_line, moved, wanted_slope
from engine.diagnosis.outcome import smallest
from engine.run import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine import Run

ONE = (Sample(1.0, 2.0),)
CONVERGED = 0.001
"""A mean loss below this counts as 0."""


def main(experiment: Experiment) -> Finding:
    return diagnose(train(experiment)).main


def kinds(experiment: Experiment) -> set[Kind]:
    return {found.kind for found in diagnose(train(experiment)).findings}


def of(experiment: Experiment, kind: Kind) -> Finding:
    found = diagnose(train(experiment)).of(kind)
    assert found is not None, kind
    return found


def with_losses(start: Experiment, losses: Sequence[float], output: float = 1.0) -> Run:
    """Return a run of one sample with these losses, and these outputs in each epoch."""
    run = train(replace(start, epochs=len(losses)))
    assert run.converged_at is run.diverged_at is None
    kept, outputs = array("d", losses), array("d", [output] * len(losses))
    return replace(run, lows=kept, highs=kept, answers=outputs)


QUIET = Experiment((0.6, 0.7), ONE, 1e-9, activation="softplus")
"""Hardly moves, and does not swing; answering 0 it would have a loss of 2."""


# --- how the loss changes at the end -------------------------------------------------------


def last_quarter(earlier: float, loss: float, start: Experiment = QUIET) -> Finding:
    """Return what is said of a run of 8 epochs; the last quarter begins in epoch 6."""
    losses = [*[9.0] * 5, earlier, (earlier + loss) / 2, loss]
    return diagnose(with_losses(start, losses)).main


def test_a_loss_that_changes_by_a_hundredth_in_the_last_quarter_hardly_changes() -> None:
    for loss in (99.0, 99.5, 100.0, 100.5, 101.0):
        found = last_quarter(100.0, loss)
        assert found.kind is Kind.PLATEAU
        assert found.numbers["change"] == abs(100.0 - loss)
        assert found.numbers["loss"] == loss
    assert last_quarter(100.0, 98.999, replace(QUIET, weights=(0.6,))).kind is Kind.CONVERGING
    rising = last_quarter(100.0, 101.001)
    assert rising.kind is Kind.UNSETTLED
    assert rising.numbers == {"loss": 101.001, "earlier": 100.0, "epoch": 6}


def test_of_fewer_than_four_epochs_no_trend_is_told() -> None:
    for levels, kind in (((1.0,) * 4, Kind.PLATEAU), ((1.0, 0.8, 0.6, 0.4), Kind.CONVERGING)):
        assert diagnose(with_losses(QUIET, levels)).main.kind is kind
        assert diagnose(with_losses(QUIET, levels[1:])).main.kind is Kind.UNSETTLED


def test_a_run_converges_below_the_plateau_alone() -> None:
    """Answering 0 costs 2; a run has left that when it is a twentieth below."""
    assert last_quarter(1.95, 1.8999).kind is Kind.CONVERGING
    assert last_quarter(1.95, 1.9).kind is Kind.UNSETTLED
    # One layer has no plateau, nor has a chain whose targets are so near to 0.
    assert last_quarter(1.95, 1.91, replace(QUIET, weights=(0.6,))).kind is Kind.CONVERGING
    for target, kind in ((0.0446, Kind.CONVERGING), (0.0448, Kind.UNSETTLED)):
        near = replace(QUIET, samples=(Sample(1.0, target),))
        assert (0.5 * target**2 < CONVERGED) is (kind is Kind.CONVERGING)
        assert last_quarter(1.0, 0.5, near).kind is kind


def test_a_loss_that_has_just_begun_to_rise_does_not_converge() -> None:
    losses = [1.5, 1.4, 1.3, 1.2, 1.1, 1.0, 0.8, 0.9]
    assert diagnose(with_losses(QUIET, losses)).main.kind is Kind.CONVERGING
    losses[-1] = 1.0
    assert diagnose(with_losses(QUIET, losses)).main.kind is Kind.PLATEAU
    losses[5], losses[-1] = 1.2, 1.01
    assert diagnose(with_losses(QUIET, losses)).main.kind is Kind.CONVERGING
    losses[5] = 0.99
    assert diagnose(with_losses(QUIET, losses)).main.kind is Kind.UNSETTLED
    losses[5], losses[-1] = 1.0, 0.98
    assert diagnose(with_losses(QUIET, losses)).main.kind is Kind.CONVERGING
    losses[5] = 0.97
    assert diagnose(with_losses(QUIET, losses)).main.kind is Kind.UNSETTLED


@pytest.mark.parametrize("factor", [0.25, 0.5, 0.9, 0.99])
def test_the_pace_is_that_of_the_last_two_epochs_and_tells_what_is_left(factor: float) -> None:
    losses = [1.7, 1.7, 1.65, 1.6, 1.6, 1.5, 1.3 * factor**0.5, 1.5 * factor**2]
    found = diagnose(with_losses(QUIET, losses)).main
    assert found.kind is Kind.CONVERGING
    assert found.numbers["factor"] == pytest.approx(factor)
    left, loss = 0, losses[-1]
    while loss >= CONVERGED:
        left, loss = left + 1, loss * factor
    assert found.numbers == {
        "factor": found.numbers["factor"],
        "left": left,
        "loss": losses[-1],
        "threshold": CONVERGED,
    }


# --- the plateau ---------------------------------------------------------------------------

LINEAR = replace(QUIET, activation="identity", samples=(Sample(1.0, 2.0),))


def test_a_twentieth_of_the_targets_counts_as_an_output_of_0() -> None:
    flat = [2.0] * 8
    for output, kind in ((0.0999, Kind.SADDLE), (-0.0999, Kind.SADDLE), (0.1001, Kind.PLATEAU)):
        assert diagnose(with_losses(LINEAR, flat, output)).main.kind is kind
    mean = replace(LINEAR, samples=(Sample(1.0, 1.0), Sample(-1.0, 5.0)), biases=(0.0, 0.0))
    run = train(replace(mean, epochs=8))
    kept = array("d", [2.0] * 16)
    for apart, kind in ((0.0999, Kind.MEAN), (0.1001, Kind.PLATEAU)):
        # The mean of the targets is 3, and its loss ½·2².
        outputs = array("d", [3.0 + apart, 3.0 - apart] * 8)
        made_up = replace(run, lows=kept, highs=kept, answers=outputs)
        assert diagnose(made_up).main.kind is kind


def test_only_where_f_is_odd_and_layers_are_several_there_is_a_saddle() -> None:
    flat = [2.0] * 8
    for weights, activation, kind in (
        ((0.6,), "identity", Kind.PLATEAU),
        ((0.6, 0.7), "tanh", Kind.SADDLE),
        ((0.6, 0.7), "softplus", Kind.PLATEAU),
        ((0.6, 0.7), "sigmoid", Kind.PLATEAU),
    ):
        samples = (Sample(1.0, 0.9),)
        start = replace(LINEAR, weights=weights, activation=activation, samples=samples)
        assert diagnose(with_losses(start, flat, 0.0)).main.kind is kind


def test_the_output_on_the_plateau_is_told_by_its_size() -> None:
    for sign in (1.0, -1.0):
        run = with_losses(Experiment((0.01, 0.02 * sign), ONE, 1e-9), [2.0] * 8, 0.0)
        found = diagnose(run).main
        assert found.kind is Kind.SADDLE
        assert found.numbers["output"] == pytest.approx(2e-4)


def test_who_leaves_the_plateau_has_lost_less_than_half() -> None:
    for loss, kind in ((1.9999, Kind.LEAVING), (1.0001, Kind.LEAVING), (1.0, Kind.CONVERGING)):
        still = diagnose(with_losses(LINEAR, [*[2.1] * 6, 2.0, loss], 0.0)).main
        assert still.kind is kind
        if kind is Kind.LEAVING:
            assert still.numbers == {"loss": loss, "earlier": 2.1, "silent": 2.0, "epoch": 6}
    assert diagnose(with_losses(LINEAR, [2.1] * 7 + [2.0], 0.0)).main.kind is Kind.UNSETTLED
    assert diagnose(with_losses(LINEAR, [2.1, 2.1, 1.5], 0.0)).main.kind is Kind.UNSETTLED
    assert diagnose(with_losses(LINEAR, [2.1, 2.1, 2.1, 1.5], 0.0)).main.kind is Kind.LEAVING


# --- as low as it gets, and tied -----------------------------------------------------------


def weight_for(output: float) -> float:
    return math.log(output / (1.0 - output))


def test_a_loss_within_a_twentieth_of_the_lowest_is_as_low_as_it_gets() -> None:
    """A sigmoid stays below 1, the target is 2: the lowest loss is ½, and 1.05 of it 0.525."""
    for output, kind in ((2.0 - math.sqrt(1.0499), Kind.FITTED), (0.9752, Kind.PLATEAU)):
        start = Experiment((weight_for(output),), ONE, 1e-9, 8, "sigmoid")
        found = main(start)
        assert found.kind is kind
        if kind is Kind.FITTED:
            assert found.numbers["floor"] == 0.5
            assert found.numbers["loss"] == pytest.approx(0.5 * (2.0 - output) ** 2)


def test_a_limit_below_which_a_run_has_converged_is_none() -> None:
    for beyond, told in ((0.0448, True), (0.0446, False)):
        start = Experiment((7.0,), (Sample(1.0, 1.0 + beyond),), 1e-9, 8, "sigmoid")
        assert (0.5 * beyond**2 >= CONVERGED) is told
        assert (Kind.OUT_OF_RANGE in kinds(start)) is told
        assert (main(start).kind is Kind.FITTED) is told


def test_weights_tie_within_a_millionth() -> None:
    wrong = (Sample(1.0, -2.0),)
    for apart, kind in ((0.9e-6, Kind.SIGN_TRAPPED), (1.1e-6, Kind.UNSETTLED)):
        assert main(Experiment((0.3, 0.3 * (1 + apart)), wrong, 1e-3, 2)).kind is kind
    below = main(Experiment((-0.3, 0.3), ONE, 1e-9, 2))
    assert below.kind is Kind.SIGN_TRAPPED
    assert below.numbers["size"] == 0.3
    assert below.numbers["now"] == pytest.approx(0.3)
    behind = main(Experiment((0.5, -0.3, 0.3), ONE, 1e-9, 2))
    assert behind.numbers["tied"] == (2, 3)
    assert (behind.numbers["size"], behind.numbers["now"]) == (0.3, pytest.approx(0.3))
    assert smallest((1.0, -1.0 - 1e-6, 1.1)) == (1, 2)
    assert smallest((1.0, -1.0 - 1.01e-6, 1.1)) == (1,)
    assert smallest((-2.0, 1.5, 1.5)) == (2, 3)


def test_a_sign_is_wrong_where_the_data_need_another() -> None:
    tied = Experiment((0.3, 0.3), (Sample(1.0, -2.0),), 1e-3, 2)
    assert main(tied).kind is Kind.SIGN_TRAPPED
    for samples in (ONE, (Sample(1.0, 0.0),), (Sample(1e200, -2.0),)):
        rate = 1e-3 if samples[0].x == 1.0 else 1e-300
        assert Kind.SIGN_TRAPPED not in kinds(replace(tied, samples=samples, learning_rate=rate))
    assert Kind.SIGN_TRAPPED not in kinds(replace(tied, weights=(0.3,)))
    assert Kind.SIGN_TRAPPED not in kinds(replace(tied, algorithm="in_place"))
    assert Kind.SIGN_TRAPPED not in kinds(replace(tied, activation="tanh"))
    assert wanted_slope([Sample(1.0, 3.0), Sample(2.0, -1.0)]) == (3.0 - 2.0) / 5.0
    assert wanted_slope([Sample(0.0, 1.0)]) is wanted_slope([Sample(1e200, 1.0)]) is None


def test_who_has_to_cross_is_alone_the_smallest_of_several() -> None:
    wrong = (Sample(1.0, -2.0),)
    found = of(Experiment((0.5, 0.3, -0.4, -0.6), wrong, 1e-6, 2), Kind.CROSSING)
    numbers = {name: value for name, value in found.numbers.items() if name != "product"}
    assert found.numbers["layer"] == 2
    assert numbers["value"] == pytest.approx(0.3, rel=1e-4)
    assert numbers["next"] == pytest.approx(0.4, rel=1e-4)
    assert numbers["slope"] == -2.0
    assert found.numbers["product"] == pytest.approx(0.5 * 0.3 * 0.4 * 0.6, rel=1e-4)
    two = of(Experiment((0.5, 0.3), wrong, 1e-6, 2), Kind.CROSSING)
    assert two.numbers["next"] == pytest.approx(0.5, rel=1e-4)
    for weights in ((0.3,), (0.3, 0.3), (0.3, -0.4)):
        assert Kind.CROSSING not in kinds(Experiment(weights, wrong, 1e-6, 2))
    none = Experiment((0.3, 0.4), (Sample(1.0, 0.0),), 1e-6, 2)
    assert Kind.CROSSING not in kinds(none)
    assert Kind.CROSSING not in kinds(replace(none, samples=wrong, algorithm="in_place"))


# --- swings: one linear layer; an update with input x multiplies the error by 1 − α·x² ------


@pytest.mark.parametrize(
    ("calm", "kind"), [(0, Kind.OSCILLATING), (3, Kind.OSCILLATING), (4, Kind.UNSETTLED)]
)
def test_a_run_swings_if_a_quarter_of_its_last_updates_overshoot(calm: int, kind: Kind) -> None:
    """Where x is 1 an update overshoots; where it is 0.1 it does not."""
    samples = (Sample(1.0, 1.0), *[Sample(0.1, 0.1)] * calm)
    rate, epochs = 2.2, 80
    found = main(Experiment((1.5,), samples, rate, epochs))
    assert found.kind is kind
    grown = 0.5 * abs((1 - rate) * (1 - rate / 100) ** calm) ** (epochs - 1)
    if kind is Kind.OSCILLATING:
        assert found.numbers["updates"] == 64
        assert found.numbers["overshoots"] == 64 // (1 + calm)
        assert found.numbers["error"] == pytest.approx(grown)
        assert found.numbers["edge"] == 2 / rate


def test_two_updates_may_swing_and_one_does_not() -> None:
    swinging = Experiment((1.5,), (Sample(1.0, 1.0),), 2.2, 2)
    assert main(swinging).kind is Kind.OSCILLATING
    assert main(replace(swinging, epochs=1)).kind is Kind.UNSETTLED
    # One of four is a quarter, but no two.
    mixed = replace(swinging, samples=(Sample(1.0, 1.0), *[Sample(0.1, 0.1)] * 3), epochs=1)
    assert main(mixed).kind is Kind.UNSETTLED


def test_errors_at_the_level_of_rounding_do_not_swing() -> None:
    """With α = 2 an error changes its sign for ever; the other sample is dead, and has a loss."""
    for error, kind in ((0.9e-9, Kind.PLATEAU), (1.1e-9, Kind.OSCILLATING)):
        samples = (Sample(1.0, 1.0), Sample(-1.0, 1.0))
        assert main(Experiment((1.0 + error,), samples, 2.0, 40, "relu")).kind is kind


def test_an_update_that_leaves_no_error_does_not_overshoot() -> None:
    """It leaves α − 1 of the error on the other side; then comes the sample with another target."""
    for beyond, told in ((0.9e-9, False), (1.2e-9, True)):
        samples = (Sample(1.0, 1.0), Sample(1.0, 2.0))
        start = Experiment((2.0,), samples, 1.0 + beyond, 40, "relu")
        assert (main(start).kind is Kind.OSCILLATING) is told


def test_a_run_that_converged_and_left_is_told_to_swing_if_it_does() -> None:
    for factor, told in ((1.0, True), (0.8, False)):
        run = with_losses(SWINGING, [factor**k for k in range(20)])
        found = diagnose(replace(run, converged_at=3))
        assert found.main.kind is Kind.LEFT
        assert (found.of(Kind.OSCILLATING) is not None) is told
    fell = with_losses(SWINGING, [*[0.0] * 18, 0.5, 1.0])
    assert diagnose(replace(fell, converged_at=1)).of(Kind.OSCILLATING) is not None


def test_the_curvature_of_swings_is_the_mean_of_the_last_eight() -> None:
    for epochs in (3, 30):
        run = train(Experiment((-1.2, 1.0, 1.0), learning_rate=0.8, epochs=epochs))
        found = diagnose(run).main
        assert found.kind is Kind.OSCILLATING
        late = [run.weights_before(run.updates - k) for k in range(1, 1 + min(8, run.updates))]
        each = [sum((math.prod(w) / one) ** 2 for one in w) for w in late]
        assert max(each) > 1.01 * min(each)
        assert found.numbers["curvature"] == pytest.approx(fmean(each))
        assert found.numbers["updates"] == min(64, run.updates)


SWINGING = Experiment((1.0,), ONE, 2.0)
"""Its error is 1, −1, 1, −1 …"""


def swings(losses: Sequence[float]) -> Finding:
    found = diagnose(with_losses(SWINGING, losses)).main
    assert found.kind in (Kind.CONVERGING, Kind.OSCILLATING)
    return found


def test_swings_that_fall_fast_converge_if_their_limit_is_small() -> None:
    """Losses c + a·qᵏ have the limit c."""
    for limit, kind in ((0.0009, Kind.CONVERGING), (0.0011, Kind.OSCILLATING)):
        losses = [limit + 0.8**k for k in range(30)]
        found = swings(losses)
        assert found.kind is kind
        if kind is Kind.CONVERGING:
            factor = math.sqrt(losses[-1] / losses[-3])
            assert found.numbers["factor"] == pytest.approx(factor)
            left = math.log(CONVERGED / losses[-1]) / math.log(factor)
            assert found.numbers["left"] == math.ceil(left)


def test_swings_that_fall_slowly_converge_if_they_fall_as_a_geometric_sequence() -> None:
    """Every other epoch may be higher; the limit must be below a twentieth of what counts as 0."""
    for limit, kind in ((4.5e-5, Kind.CONVERGING), (5.5e-5, Kind.OSCILLATING)):
        for lift in (1.0, 1.5):
            losses = [limit + 0.99**k * (lift if k % 2 else 1.0) for k in range(40)]
            found = swings(losses)
            assert found.kind is kind
            if kind is Kind.CONVERGING:
                left = math.log(CONVERGED / losses[-1]) / math.log(0.99)
                assert found.numbers["left"] == pytest.approx(left, abs=1)


def test_how_far_back_swings_are_looked_at() -> None:
    falling = [0.85**k for k in range(30)]
    assert swings(falling).kind is Kind.CONVERGING
    # All of the last 16 epochs have to fall, and of slow ones every second.
    assert swings([*falling[:12], falling[12] / 9, *falling[13:]]).kind is Kind.CONVERGING
    assert swings([*falling[:13], falling[13] / 9, *falling[14:]]).kind is Kind.OSCILLATING
    slow = [0.99**k for k in range(30)]
    assert swings(slow).kind is Kind.CONVERGING
    assert swings([*slow[:12], slow[12] / 2, *slow[13:]]).kind is Kind.CONVERGING
    assert swings([*slow[:13], slow[13] / 2, *slow[14:]]).kind is Kind.OSCILLATING
    assert swings([*slow[:14], slow[14] / 2, *slow[15:]]).kind is Kind.OSCILLATING


def test_how_many_epochs_are_needed_to_tell() -> None:
    for epochs, kind in ((4, Kind.OSCILLATING), (5, Kind.CONVERGING), (6, Kind.CONVERGING)):
        assert swings([0.1**k + 0.0 for k in range(-epochs, 0)][:epochs]).kind is kind


def test_losses_that_fall_faster_and_faster_or_in_a_line_have_no_limit() -> None:
    for losses in (
        [1.0 - 0.001 * k for k in range(30)],
        [1.0 - 0.0001 * k * k for k in range(30)],
        [1.0] * 30,
    ):
        assert swings(losses).kind is Kind.OSCILLATING


def test_swings_that_are_to_take_longer_than_the_run_are_no_fast_ones() -> None:
    """Of 20 epochs with a pace of qᵏ, what is left is more or less than 20."""
    for factor, kind in ((0.7, Kind.CONVERGING), (0.86, Kind.OSCILLATING)):
        # The limit, 0.0009, is small enough for fast ones alone.
        losses = [1.0 * factor**k + 0.0009 for k in range(20)]
        assert swings(losses).kind is kind


# --- curvatures of one linear layer are x² -------------------------------------------------


def steady(rate: float, *inputs: float) -> Experiment:
    """Return an experiment that has converged from the start."""
    return Experiment((1.0,), tuple(Sample(x, x) for x in inputs), rate, 3)


def test_overshooting_begins_at_half_the_edge() -> None:
    for rate, told in ((1.0, False), (1.001, True), (1.5, True), (1.999, True), (2.0, False)):
        found = diagnose(train(steady(rate, 1.0))).of(Kind.OVERSHOOTING)
        assert (found is not None) is told
        if found is not None:
            assert found.numbers["curvature"] == 1.0
            assert found.numbers["edge"] == 2.0 / rate
            assert found.numbers["shrink"] == pytest.approx(rate - 1.0)


def test_samples_are_as_steep_up_to_a_twentieth_above_the_mean() -> None:
    """The steeper of 1 and x² is 1.05 times their mean at x² = 1.05 / 0.95."""
    for square, even in ((1.1052, True), (1.1053, False)):
        x = math.sqrt(square)
        assert (square / ((1 + square) / 2) < 1.05) is even
        assert (Kind.OVERSHOOTING in kinds(steady(1.2, 1.0, x))) is even
        between = 2.0 / ((1 + 3 * square) / 4)
        uneven = Experiment((3.0,), (Sample(1.0, 1.0), Sample(x, x)), between, 1)
        assert (Kind.UNEVEN in kinds(uneven)) is not even


def test_a_sample_is_too_steep_alone_between_its_curvature_and_the_mean() -> None:
    """Curvatures 0, 4 and 2: the mean is 2."""
    samples = (Sample(0.0, 0.0), Sample(2.0, 2.0), Sample(math.sqrt(2.0), math.sqrt(2.0)))
    for edge, told in ((1.99, False), (2.0, True), (3.0, True), (3.99, True), (4.0, False)):
        run = train(Experiment((3.0,), samples[:2] if edge == 2.0 else samples, 2.0 / edge, 1))
        found = diagnose(run).of(Kind.UNEVEN)
        assert (found is not None) is told
        if found is not None:
            assert found.numbers["sample"] == 2
            assert found.numbers["curvature"] == pytest.approx(4.0)
            assert found.numbers["mean"] == pytest.approx(2.0)
            assert found.numbers["edge"] == 2.0 / (2.0 / edge)


def test_64_updates_before_a_divergence_are_searched() -> None:
    run = train(Experiment((3.0,), (Sample(1.0, 1.0),), 3.0, 2000))
    assert run.diverged_at is not None
    found = diagnose(run).of(Kind.TOO_STEEP)
    assert found is not None
    assert (found.numbers["epoch"], found.numbers["sample"]) == (run.diverged_at.epoch - 64, 1)
    assert (found.numbers["curvature"], found.numbers["edge"]) == (1.0, 2.0 / 3.0)
    once = train(Experiment((1e160,), (Sample(1.0, 1.0),), 3.0, 3))
    assert once.diverged_at == Place(1, 1)
    assert diagnose(once).of(Kind.TOO_STEEP) is not None
    short = train(Experiment((1e150,), (Sample(1.0, 1.0),), 3.0, 2000))
    assert short.diverged_at is not None
    assert short.diverged_at.epoch < 64
    found = diagnose(short).of(Kind.TOO_STEEP)
    assert found is not None
    assert found.numbers["epoch"] == 1
    wrong = replace(short.experiment, algorithm="sign_flipped")
    assert main(wrong).kind is Kind.DIVERGED
    assert Kind.TOO_STEEP not in kinds(wrong)


def test_the_largest_weight_of_a_divergence() -> None:
    run = train(Experiment((1e90, -1e110, 2.0), ONE, 1.0, 3))
    assert run.diverged_at == Place(1, 1)
    numbers = diagnose(run).main.numbers
    assert numbers == {"epoch": 1, "sample": 1, "layer": 2, "largest": -1e110}


# --- depth, saturation, what moved, rounding -----------------------------------------------


def test_a_gradient_vanishes_or_explodes_by_more_than_a_thousand() -> None:
    """In a linear chain it shrinks by the weight it passes."""
    for weight, kind in (
        (1001.0, Kind.EXPLODING),
        (1000.0, None),
        (-1001.0, Kind.EXPLODING),
        (1 / 999, None),
        (1 / 1001, Kind.VANISHING),
        (0.0, None),
    ):
        depth = {Kind.EXPLODING, Kind.VANISHING} & kinds(Experiment((0.5, weight), ONE, 1e-9, 1))
        assert depth == ({kind} if kind else set())
    found = of(Experiment((9.0, 40.0, -50.0), ONE, 1e-9, 1), Kind.EXPLODING)
    assert found.numbers["start"] == pytest.approx(2000.0)
    assert found.numbers["factor"] == pytest.approx(math.sqrt(2000.0))
    assert found.numbers["last"] == 3


def test_what_is_left_of_a_gradient_is_told_of_the_start_and_the_end() -> None:
    tanh = Experiment((1.0, 0.02, 0.02), (Sample(1.0, 0.5), Sample(2.0, -1.0)), 0.2, 50, "tanh")
    run = train(tanh)

    def ratio(theta: Sequence[float]) -> float:
        first, last = 0.0, 0.0
        for x, target in ((1.0, 0.5), (2.0, -1.0)):
            outputs = [x]
            for w in theta:
                outputs.append(math.tanh(w * outputs[-1]))
            carried = abs(outputs[-1] - target)
            last += carried
            for w, a in zip(reversed(theta[1:]), reversed(outputs[2:]), strict=True):
                carried *= (1 - a * a) * abs(w)
            first += carried
        return first / last

    found = diagnose(run).of(Kind.VANISHING)
    assert found is not None
    assert found.numbers["start"] == pytest.approx(ratio(tanh.weights))
    assert found.numbers["now"] == pytest.approx(ratio(run.final_weights))
    assert found.numbers["factor"] == pytest.approx(math.sqrt(ratio(tanh.weights)))


@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
def test_a_layer_is_saturated_below_a_fiftieth_of_the_largest_slope(activation: str) -> None:
    """For both, the slope at z is the largest times 1 − t², t = tanh z or tanh ½z."""
    for share, told in ((0.0199, True), (0.0201, False)):
        z = math.atanh(math.sqrt(1.0 - share)) * (1 if activation == "tanh" else 2)
        start = Experiment((z,), (Sample(1.0, 0.3), Sample(-1.0, 0.3)), 1e-9, 5, activation)
        found = diagnose(train(start)).of(Kind.SATURATED)
        assert (found is not None) is told
        if found is not None:
            largest = 1.0 if activation == "tanh" else 0.25
            assert found.numbers["derivative"] == pytest.approx(share * largest)
            assert found.numbers["largest"] == largest
            assert found.numbers["layer"] == 1


def test_saturated_is_told_of_the_mean_over_samples_and_of_the_least_layer() -> None:
    both = (Sample(1.0, 0.3), Sample(0.0, 0.3))
    assert Kind.SATURATED not in kinds(Experiment((9.0,), both, 1e-9, 5, "tanh"))
    twice = Experiment((4.0, 9.0), both[:1], 1e-9, 5, "tanh")
    assert of(twice, Kind.SATURATED).numbers["layer"] == 2
    assert Kind.SATURATED not in kinds(Experiment((9.0,), ONE, 1e-9, 5))


def test_a_run_moved_if_any_parameter_changed_by_a_hundredth() -> None:
    start = Experiment((100.0, -200.0), ONE, 1e-18, 5, biases=(400.0, 0.0))
    run = train(start)
    for theta, far in (
        ((101.0, -202.0, 404.0, 0.0), False),
        ((99.0, -198.0, 396.0, 0.0), False),
        ((101.01, -200.0, 400.0, 0.0), True),
        ((98.99, -200.0, 400.0, 0.0), True),
        ((100.0, -197.99, 400.0, 0.0), True),
        ((100.0, -200.0, 400.0, 1e-9), True),
    ):
        assert moved(replace(run, final_weights=theta[:2], final_biases=theta[2:])) is far


def test_where_nothing_moved_the_depth_comes_first() -> None:
    run = with_losses(replace(LINEAR, weights=(0.6, 0.0009)), [2.0] * 8, 0.0)
    for share, first in ((1.009, Kind.VANISHING), (1.011, Kind.SADDLE)):
        still = replace(run, final_weights=(0.6 * share, 0.0009))
        found = [one.kind for one in diagnose(still).findings]
        assert found[0] is first
        assert set(found) == {Kind.VANISHING, Kind.SADDLE}


def test_the_identity_holds_up_to_rounding() -> None:
    tiny = 2.2250738585072014e-308  # the smallest number with all its digits
    for expected, gap, holds in (
        (-2.0, 2e-12, True),
        (-2.0, 2.01e-12, False),
        (0.0, 0.0, True),
        (0.0, tiny, True),
        (0.0, 2 * tiny, False),
        (1.0, math.nan, False),
    ):
        assert Identity(expected, (), gap).holds is holds


def test_the_best_line_is_level_where_all_inputs_are_equal() -> None:
    same = (Sample(2.0, 1.0), Sample(2.0, 4.0))
    assert best_line(Experiment((0.5,), same, biases=(0.0,))) == (0.0, 2.5)
    assert best_line(Experiment((0.5,), same)) == (1.25, 0.0)
    assert best_line(Experiment((0.5,), (Sample(0.0, 1.0),))) == (0.0, 0.0)


def test_a_mean_loss_counts_as_small_below_a_thousandth() -> None:
    run = train(Experiment())
    for loss, kind in ((math.nextafter(CONVERGED, 0.0), Kind.CONVERGED), (CONVERGED, Kind.LEFT)):
        lows = array("d", run.lows)
        lows[-2:] = array("d", [loss, loss])
        assert diagnose(replace(run, lows=lows)).main.kind is kind
