"""The gradient check with numbers of any size: what it says is true, and it says why if nothing.

The truth comes from arithmetic of a hundred digits and any exponent.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import mpmath
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine import Experiment, Sample, Verdict, check_gradients
from engine.checking.around import Around
from engine.checking.conclusion import OverallVerdict, Reason, conclude
from engine.checking.conclusion_words import sentences
from engine.checking.gradient_check import ALARMS, NO_VERDICT, GradientCheck, gradients
from engine.parameters import WEIGHT
from engine.words import Say
from tests.engine.chains import ALGORITHMS, names

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.engine.conftest import Outcome

    Chainstep = Callable[..., Outcome]

mpmath.mp.dps = 100

sign = st.sampled_from((-1.0, 1.0))
wide = st.builds(lambda s, p: s * 10.0**p, sign, st.floats(-200, 200))
near = st.builds(lambda s, p: s * 10.0**p, sign, st.floats(-4, 2))
edge = st.sampled_from((0.0, -0.0, 1.0, 5e-324, 1e-310, 1e-160, 1e-155, 1e150, 1e154, 1.7e308))
any_size = st.one_of(near, near, wide, edge)
epsilons = st.one_of(
    st.just(1e-4),
    st.sampled_from((1e-6, 1e-2, 1.0)),
    st.floats(-320, 308).map(lambda p: max(10.0**p, 5e-324)),
)
experiments = st.builds(
    lambda weights, x, target, activation, algorithm, rate: Experiment(
        tuple(weights), (Sample(x, target),), rate, 1, activation, algorithm
    ),
    st.lists(any_size, min_size=1, max_size=4),
    any_size,
    any_size,
    names,
    st.sampled_from(ALGORITHMS),
    st.sampled_from((0.05, 1e-12, 10.0)),
)


def true_gradients(weights: Sequence[float], x: float, target: float, name: str) -> list[Any]:
    """Return the gradients from the chain rule, written out in long numbers."""
    outputs, slopes = [mpmath.mpf(x)], []
    for w in weights:
        z = mpmath.mpf(w) * outputs[-1]
        if name == "tanh":
            a, slope = mpmath.tanh(z), mpmath.sech(z) ** 2
        elif name == "sigmoid":
            small = mpmath.exp(-abs(z))
            a = 1 / (1 + small) if z >= 0 else small / (1 + small)
            slope = small / (1 + small) ** 2
        elif name == "softplus":
            a, slope = mpmath.log1p(mpmath.exp(z)), 1 / (1 + mpmath.exp(-z))
        else:
            below = {"identity": 1.0, "relu": 0.0, "leaky_relu": 0.01}[name]
            slope = mpmath.mpf(1.0 if z > 0 else below)
            a = slope * z
        outputs.append(a)
        slopes.append(slope)
    upstream, found = outputs[-1] - mpmath.mpf(target), []
    for i in reversed(range(len(weights))):
        upstream *= slopes[i]
        found.append(upstream * outputs[i])
        upstream *= weights[i]
    return found[::-1]


def checked(experiment: Experiment, epsilon: float) -> tuple[GradientCheck, ...]:
    return check_gradients(experiment, experiment.weights, experiment.samples[0], epsilon)


def of(
    weights: tuple[float, ...], x: float, target: float, activation: str = "identity"
) -> Experiment:
    return Experiment(weights, (Sample(x, target),), activation=activation)


@settings(max_examples=400)
@example(of((0.5, 0.5), 1e-160, 0.0), 1e-4)
@example(of((0.003,) * 64, 1.0, 0.0), 1e-4)
@example(of((1e20, 0.5), 1.0, 2.0), 1e-4)
@example(of((1e-20, 0.5), 1.0, 2.0, "tanh"), 1.0)
@example(of((0.3, -0.7), 1.0, 2.0, "tanh"), 1e20)
@example(of((-500.0, 1.0), 1.0, 2.0, "sigmoid"), 1e-4)
@example(of((1e8, 1.0), 1e-8, 1.0, "sigmoid"), 1e-6)
@given(experiments, epsilons)
def test_whatever_the_numbers_the_verdict_is_true(experiment: Experiment, epsilon: float) -> None:
    (sample,), name = experiment.samples, experiment.activation
    truth = true_gradients(experiment.weights, sample.x, sample.target, name)
    around = Around(experiment, experiment.weights, sample)
    for row, true in zip(checked(experiment, epsilon), truth, strict=True):
        if experiment.algorithm == "backprop":
            assert row.verdict not in ALARMS, row
        if row.verdict in NO_VERDICT:
            continue
        off, bending = around.bound(row.name, epsilon)
        apart = abs(mpmath.mpf(row.gradient) - true)
        if row.verdict in ALARMS:
            # It is no right gradient that only rounding has changed.
            assert apart > 1e-13 * abs(true), row
        elif row.gradient == row.numeric == 0.0:
            # What is told of as 0 is so, but for an f′ that is 0 in floating-point numbers.
            saturated = name in ("tanh", "sigmoid", "softplus")
            assert (
                true == 0 or saturated or sample.target == around.outputs(WEIGHT.of(1), 0.0)[0]
            ), row
        elif math.isfinite(off.both + bending) and not around.has_kink(row.name, epsilon):
            most = 1e-7 if row.verdict is Verdict.RIGHT else 1e-4
            size = max(abs(row.gradient), abs(row.numeric))
            assert apart <= most * size + off.both + bending, row


@settings(max_examples=300)
@given(experiments, epsilons)
def test_the_bounds_hold(experiment: Experiment, epsilon: float) -> None:
    """Hold what is claimed of the errors against the errors themselves."""
    (sample,), name = experiment.samples, experiment.activation
    experiment = Experiment(experiment.weights, (sample,), activation=name)
    truth = true_gradients(experiment.weights, sample.x, sample.target, name)
    around = Around(experiment, experiment.weights, sample)
    found = gradients(experiment, experiment.weights, sample)
    for layer, (gradient, true) in enumerate(zip(found, truth, strict=True), start=1):
        off, bending = around.bound(WEIGHT.of(layer), epsilon)
        numeric = around.difference(WEIGHT.of(layer), epsilon)
        if not math.isfinite(off.both + gradient + numeric):
            continue
        assert abs(mpmath.mpf(gradient) - true) <= off.both
        if math.isfinite(bending) and not around.has_kink(WEIGHT.of(layer), epsilon):
            assert abs(mpmath.mpf(numeric) - true) <= off.both + bending


@given(
    st.lists(st.floats(0.3, 1.7), min_size=1, max_size=5),
    names,
    st.sampled_from((-1.0, 0.0, 0.5, 1.03, 2.0)),
    st.floats(-60, 60),
)
def test_a_wrong_gradient_is_caught_at_any_scale(
    sizes: list[float], activation: str, factor: float, power: float
) -> None:
    # The first weight and the input have the inverse scale of one another.
    weights = (sizes[0] * 10.0**power, *sizes[1:])
    experiment = of(weights, 10.0**-power, 3.0, activation)
    sample, epsilon = experiment.samples[0], 1e-5 * min(weights)
    around = Around(experiment, weights, sample)
    from engine.checking.gradient_check import compare  # noqa: PLC0415

    right = gradients(experiment, weights, sample)
    rows = compare(experiment, weights, sample, [g * factor for g in right], epsilon)
    for row, true in zip(rows, right, strict=True):
        off, bending = around.bound(row.name, epsilon)
        if abs(row.gradient - true) > 2 * (off.both + bending) and abs(factor - 1) > 0.02:
            assert row.verdict is Verdict.WRONG


# --- why there is no verdict ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("experiment", "epsilon", "reason"),
    [
        (of((0.5, 0.5), 1e-160, 0.0), 1e-4, Reason.TOO_SMALL),
        (of((0.5,), 3e-162, 0.0), 1e-2, Reason.TOO_SMALL),
        (of((0.003,) * 64, 1.0, 0.0), 1e-4, Reason.TOO_SMALL),
        (of((1e-90, 1e-90), 1.0, 1e-170), 1e-100, Reason.TOO_SMALL),
        (of((0.5, 0.5), 1e-170, 0.0), 1e-4, Reason.UNDERFLOW),
        (of((0.5, 0.5), 1.0, 1.7e160), 1e-4, Reason.TOO_LARGE),
        (of((0.5, 0.5), 1.0, 2.0), 1e-20, Reason.STEP_LOST),
        (of((1e20,), 1e-20, 2.0), 1e-4, Reason.STEP_LOST),
        (of((1e-20, 1e-20), 1.0, 2.0), 1e6, Reason.ROUNDING),
        (of((0.5, 0.5), 1.0, 2.0, "tanh"), 1e6, Reason.TRUNCATION),
        (of((1e-12, 0.5), 1.0, 2.0, "relu"), 1e-4, Reason.KINK),
    ],
)
def test_no_verdict_and_why(experiment: Experiment, epsilon: float, reason: Reason) -> None:
    rows, sample = checked(experiment, epsilon), experiment.samples[0]
    found = conclude(experiment, experiment.weights, sample, rows, epsilon)
    assert reason in {remark.reason for remark in found.remarks}
    assert rows[0].verdict in NO_VERDICT
    assert not found.caught
    bends = {Reason.TRUNCATION, Reason.KINK} & {remark.reason for remark in found.remarks}
    assert not bends or reason in bends


def test_where_the_loss_underflows_the_command_says_so(chainstep: Chainstep) -> None:
    status, out, _ = chainstep("check", "--weights", 0.5, 0.5, "--sample", 1e-160, 0)
    assert status == 0
    assert "wrong" not in out
    assert "smaller ε" not in out
    last = out.splitlines()[-1]
    assert last.startswith("  No verdict is possible here. At layers 1, 2 the loss or the gradient")
    assert "underflows" in last


def test_only_some_layers_have_a_verdict() -> None:
    experiment = of((1e20, 0.5), 1.0, 2.0)
    found = conclude(
        experiment, experiment.weights, experiment.samples[0], checked(experiment, 1e-4), 1e-4
    )
    assert (found.verdict, found.no_verdict) == (OverallVerdict.RIGHT, (WEIGHT.of(1),))
    assert sentences(found, experiment, Say(), str)[0].startswith(
        "Where a verdict is possible, every"
    )


def test_numbers_too_far_apart_to_be_subtracted_differ_by_two() -> None:
    from engine.checking.gradient_check import relative_error  # noqa: PLC0415

    assert relative_error(1.7e308, -1.7e308) == 2.0
    assert relative_error(1e308, -1.7e308) == pytest.approx(2.7 / 1.7)
