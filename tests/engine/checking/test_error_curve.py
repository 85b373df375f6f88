"""engine.checking.error_curve: rounding alone for a parabola, else a V."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Experiment, Sample, check_gradients
from engine.checking.error_curve import (
    EPSILONS,
    CurveShape,
    ErrorCurve,
    best_epsilon,
    error_curve,
    shape,
)
from engine.checking.gradient_check import gradients
from engine.parameters import WEIGHT
from tests.engine import chains, oracle


def curves(experiment: Experiment) -> list[ErrorCurve]:
    sample = experiment.samples[0]
    found = gradients(experiment, experiment.weights, sample)
    return [
        error_curve(experiment, experiment.weights, sample, WEIGHT.of(layer), gradient)
        for layer, gradient in enumerate(found, start=1)
    ]


def shape_of(experiment: Experiment) -> CurveShape:
    sample = experiment.samples[0]
    found = gradients(experiment, experiment.weights, sample)
    return shape(experiment, experiment.weights, sample, found)


def test_the_epsilons() -> None:
    assert len(EPSILONS) == 57
    assert EPSILONS[0] == 1.0
    assert EPSILONS[-1] == 1e-14
    assert 1e-4 in EPSILONS
    for larger, smaller in pairwise(EPSILONS):
        assert math.log10(larger / smaller) == pytest.approx(0.25, abs=2e-3)


@given(chains.chains(), st.floats(-2, 2), chains.names, st.data())
def test_a_curve_is_the_checks_own_errors(
    weights: list[float], x: float, activation: str, data: st.DataObject
) -> None:
    experiment = Experiment(tuple(weights), (Sample(x, 0.5),), activation=activation)
    at = data.draw(st.integers(0, len(EPSILONS) - 1))
    rows = check_gradients(experiment, weights, experiment.samples[0], EPSILONS[at])
    for row, curve in zip(rows, curves(experiment), strict=True):
        assert curve.name == row.name
        assert curve.relative[at] == row.relative_error
        assert curve.absolute[at] == row.absolute_error


def test_a_parabola_only_rounds() -> None:
    experiment = Experiment()
    assert shape_of(experiment) is CurveShape.PARABOLA
    for curve in curves(experiment):
        for epsilon, error in zip(EPSILONS, curve.relative, strict=True):
            assert error < 1e-14 / epsilon
        assert curve.best is not None
        assert curve.best > 1e-3
        assert max(curve.relative[40:]) > 1e-6 > max(curve.relative[:20])


@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
def test_a_bent_chain_has_a_v_with_its_lowest_point_near_1e_5(activation: str) -> None:
    experiment = Experiment((0.9, -0.7, 1.2), (Sample(1.1, 0.4),), activation=activation)
    assert shape_of(experiment) is CurveShape.V
    found = curves(experiment)
    for curve in found:
        # Truncation grows with ε²: a hundred times for ten times the ε.
        assert curve.relative[4] / curve.relative[8] == pytest.approx(100, rel=0.25)
        assert curve.best is not None
        assert 1e-7 < curve.best < 1e-3
    best = best_epsilon(found)
    assert best is not None
    assert 1e-6 <= best <= 1e-4


def test_the_branches_have_their_slopes() -> None:
    experiment = Experiment((0.9, -0.7, 1.2), (Sample(1.1, 0.4),), activation="tanh")
    for curve in curves(experiment):
        # Rounding scatters, but grows about tenfold with each decade: here over four of them.
        coarse = sum(curve.absolute[28:36])
        fine = sum(curve.absolute[44:52])
        assert 3e2 < fine / coarse < 1e6


@pytest.mark.parametrize("algorithm", ["in_place", "front_to_back", "sign_flipped", "own_output"])
def test_a_wrong_gradient_lies_flat_at_the_size_of_its_slip(algorithm: str) -> None:
    experiment = Experiment(algorithm=algorithm, activation="tanh")
    weights, sample = experiment.weights, experiment.samples[0]
    _, true = oracle.tape_gradients(weights, sample.x, sample.target, "tanh")
    found = gradients(experiment, weights, sample)
    for curve, gradient in zip(curves(experiment), found, strict=True):
        right = true[curve.name.layer - 1]
        slip = abs(gradient - right) / max(abs(gradient), abs(right))
        if slip > 1e-12:
            assert curve.relative[8:32] == pytest.approx([slip] * 24, rel=1e-2)


def test_the_best_of_one_weight() -> None:
    experiment = Experiment((0.5,), (Sample(1.0, 2.0),), activation="tanh")
    (curve,) = curves(experiment)
    lowest = min(curve.relative)
    assert curve.best == max(
        e for e, r in zip(EPSILONS, curve.relative, strict=True) if r == lowest
    )
    assert best_epsilon([curve]) == curve.best


def test_the_best_of_all_is_where_the_worst_is_best() -> None:
    def curve(*errors: float) -> ErrorCurve:
        return ErrorCurve(WEIGHT.of(1), errors, errors, None)

    steps = (1.0, 0.1, 0.01)
    assert best_epsilon([curve(1, 3, 5), curve(6, 4, 1)], steps) == 0.1
    assert best_epsilon([curve(1, math.nan, 5), curve(6, math.nan, 1)], steps) == 0.01
    assert best_epsilon([curve(math.nan, math.nan, math.inf)], steps) is None
    assert best_epsilon([], steps) is None


def test_a_relu_far_from_its_kinks_is_a_parabola_and_near_them_is_not() -> None:
    sample = (Sample(1.0, 3.0),)
    assert shape_of(Experiment((2.0, 3.0), sample, activation="relu")) is CurveShape.PARABOLA
    near = Experiment((0.3, 1.4), sample, activation="relu")
    assert shape_of(near) is CurveShape.KINKED
    first = curves(near)[0]
    # w₁ − ε is negative for ε > 0.3: there the slope is gone.
    for epsilon, error in zip(EPSILONS, first.relative, strict=True):
        if 1e-4 < epsilon < 0.3:
            assert error < 1e-9
        elif epsilon > 0.3:
            assert error > 1e-2


def test_nothing_to_be_seen() -> None:
    assert shape_of(Experiment((0.0, 0.0))) is CurveShape.ZERO
    # Of one weight alone it is no reason: with w₂ = 0 the other gradient is 0.
    assert shape_of(Experiment((0.5, 0.0))) is CurveShape.PARABOLA
    experiment = Experiment()
    sample = experiment.samples[0]
    assert shape(experiment, (math.inf, 1, 1), sample, (1, 1, 1)) is CurveShape.NOT_FINITE
    assert shape(experiment, (1, 1, 1), sample, (1, math.nan, 1)) is CurveShape.NOT_FINITE


@given(
    st.lists(chains.any_float, min_size=1, max_size=4),
    chains.any_float,
    chains.finite_float,
    chains.names,
)
def test_any_numbers_have_a_curve(
    weights: list[float], gradient: float, x: float, activation: str
) -> None:
    experiment = Experiment((1.0,) * len(weights), activation=activation)
    sample = Sample(x, 1.0)
    curve = error_curve(experiment, weights, sample, WEIGHT.of(len(weights)), gradient)
    assert len(curve.relative) == len(curve.absolute) == len(EPSILONS)
    assert curve.best is None or curve.best in EPSILONS
    assert shape(experiment, weights, sample, (gradient,) * len(weights)) in CurveShape


def test_losses_that_leave_the_floats_are_no_parabola() -> None:
    for x, target, expected in (
        (1e-160, 0.0, CurveShape.TOO_SMALL),
        (1.0, 1e200, CurveShape.TOO_LARGE),
        (1e-150, 0.0, CurveShape.PARABOLA),
        (1.0, 1e150, CurveShape.PARABOLA),
    ):
        assert shape_of(Experiment((0.5, 0.5), (Sample(x, target),))) is expected
