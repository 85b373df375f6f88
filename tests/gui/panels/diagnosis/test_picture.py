"""gui.panels.diagnosis.picture: the findings, and the comparison with a kept run."""

import math
import re
from dataclasses import replace

import numpy as np
import pytest

from engine import Experiment, Sample, random_weights, train
from engine.diagnosis import Kind, diagnose
from engine.moment import length
from gui.language import speech
from gui.language.numbers import POINT, power
from gui.panels.diagnosis.picture import ROWS, comparison, diagnosis_picture
from gui.panels.diagnosis.picture.comparison import NEVER, Pair, comparison_picture
from gui.panels.diagnosis.picture.curves import (
    DRAWN,
    curvature_curve,
    extra_curve,
    invariant_curves,
)
from gui.panels.diagnosis.picture.findings import full, headline, number, short, unbroken
from gui.status.picture import status_picture
from tests.gui import examples, reading

SAY = speech("en")
every_kind = pytest.mark.parametrize("experiment", examples.KINDS, ids=examples.name)
TIED = Experiment(weights=(0.2333,) * 3, epochs=1000)
RESTLESS = Experiment(learning_rate=0.67)
LONG = Experiment(weights=random_weights(64, 1), epochs=2)
ALL = [
    Experiment(),
    TIED,
    RESTLESS,
    LONG,
    Experiment(learning_rate=0.66),
    Experiment(learning_rate=1.2),
    Experiment(learning_rate=2.0),
    Experiment(epochs=0),
    Experiment(epochs=2),
    Experiment(epochs=50),
    Experiment(epochs=160),
    Experiment(epochs=185),
    Experiment(algorithm="front_to_back"),
    Experiment(activation="relu"),
    Experiment(activation="sigmoid"),
    Experiment(weights=(0.0, 0.0)),
    Experiment(weights=(1e200, 1e200), epochs=1),
    examples.DIVERGING,
]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u2060", "")


# --- findings ------------------------------------------------------------------------------


@pytest.mark.parametrize("experiment", ALL)
def test_the_headline_is_what_the_status_line_says(experiment: Experiment) -> None:
    state = examples.state(experiment)
    title = plain(diagnosis_picture(state).main.title)
    said = status_picture(state).truth.split(" · ")[0]
    assert title.lower() == said.lower()
    assert len(said) <= 60


@pytest.mark.parametrize("experiment", ALL)
def test_every_number_in_a_sentence_is_one_of_the_finding(experiment: Experiment) -> None:
    say = speech("en")
    for found in diagnose(examples.run(experiment)).findings:
        known = [float(v) for v in found.numbers.values() if isinstance(v, int | float)]
        for text in (short(say, found, 5), full(say, found, 5)):
            for shown in re.findall(r"−?\d+(?:\.\d+)?(?:×10⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)?", unnamed(text)):
                interval = reading.shown(shown, 5)
                assert any(
                    interval.low <= value <= interval.high or float(reading.number(shown)) == value
                    for value in known
                ), (text, shown)


def unnamed(text: str) -> str:
    """Return a sentence without the numbers that belong to its words."""
    words = (
        r"w = 0|[12]/α|(?:ing|ers|is|are|exactly|through|outputs|of) 0(?!\.?\d)|layer 1 |0 epochs"
    )
    return re.sub(words, "", text)


def test_a_title_begins_with_a_capital_but_a_symbol_stays() -> None:
    assert headline("plateau: 0.5") == "Plateau: 0.5"
    assert headline("w₂ must cross zero") == "w₂ must cross zero"
    assert headline("") == ""


def test_a_number_in_a_sentence_has_no_idle_zeros() -> None:
    assert number(0.5, 5, SAY) == number(0.4999999999, 5, SAY) == "0.5"
    assert number(0.23330000001, 5, SAY) == "0.2333"
    assert number(2.00000001e-12, 5, SAY) == "2.0000×10⁻¹²"
    assert number(1234.5678, 5, SAY) == "1234.6"
    assert number(40.0, 5, SAY) == "40"


def test_an_equation_stays_on_one_line() -> None:
    assert unbroken("edge 2/α = 40, × 0.5") == "edge 2/\u2060α\u00a0=\u00a040, ×\u00a00.5"


# --- the facts at a place ------------------------------------------------------------------


def test_the_identity_at_the_start() -> None:
    picture = diagnosis_picture(examples.state(Experiment(), 8)).identity
    assert picture is not None
    assert (picture.symbol, picture.value) == ("(e − ê)·e", "0.029142")
    assert [row.symbol for row in picture.rows] == ["w₁·∂L/∂w₁", "w₂·∂L/∂w₂", "w₃·∂L/∂w₃"]
    assert {row.value for row in picture.rows} == {"0.029142"}
    assert picture.holds


def test_the_identity_is_wrong_for_a_slip_and_says_so() -> None:
    picture = diagnosis_picture(examples.state(Experiment(algorithm="in_place"), 8)).identity
    assert picture is not None
    assert not picture.holds
    assert "not the true gradients" in picture.verdict
    assert len({row.value for row in picture.rows}) > 1


def test_a_long_chain_shows_the_present_layer_alone() -> None:
    for index in range(0, 258, 17):
        state = examples.state(LONG, index)
        picture = diagnosis_picture(state).identity
        assert picture is not None
        layer = state.moment.layer or 1
        assert len(picture.rows) == 1
        assert picture.rows[0].symbol.startswith(
            "w" + "".join("₀₁₂₃₄₅₆₇₈₉"[int(d)] for d in str(layer))
        )
    assert ROWS < 64


@every_kind
def test_only_a_product_of_weights_has_the_identity(experiment: Experiment) -> None:
    linear = experiment.activation == "identity" and not experiment.biases
    for index in (0, length(examples.run(experiment))):
        picture = diagnosis_picture(examples.state(experiment, index))
        assert (picture.identity is not None) == linear
        assert picture.gauge.share is None or 0.0 <= picture.gauge.share <= 1.0


def test_the_gauge_stands_beside_the_edge() -> None:
    end = length(examples.run(RESTLESS))
    low = diagnosis_picture(examples.state(RESTLESS, 0)).gauge
    assert (low.edge, low.above) == ("2.9851", False)
    assert low.share is not None
    assert low.share < low.edge_share / 10
    swings = [diagnosis_picture(examples.state(RESTLESS, end - 13 * k)).gauge for k in range(4)]
    assert {gauge.above for gauge in swings} == {True, False}
    assert all(((gauge.share or 0.0) > gauge.edge_share) == gauge.above for gauge in swings)


def test_where_a_step_leads_nowhere_it_is_not_praised() -> None:
    """To first order an update takes α·curvature of the error away: seen by training on."""
    vanishing = Experiment(weights=(0.5,) * 10, samples=(Sample(1, -1),), epochs=3)
    gauge = diagnosis_picture(examples.state(vanishing)).gauge
    start, *_ = errors = [abs(e + 1) for e in examples.run(vanishing).outputs]
    taken = (start - errors[1]) / start
    assert gauge.verdict == (
        "Far below the edge of stability: one update removes at most about"
        f" {power(taken, POINT)} of the error."
    )
    dead = Experiment(activation="relu", epochs=3)
    assert "an update changes nothing" in diagnosis_picture(examples.state(dead)).gauge.verdict


def test_a_sample_that_is_too_steep_alone_is_named() -> None:
    samples = (Sample(0.01, 0.01), Sample(3.0, 3.0))
    uneven = Experiment(weights=(1.02, 1.0), samples=samples, learning_rate=0.125, epochs=4)
    gauge = diagnosis_picture(examples.state(uneven)).gauge
    assert not gauge.above
    assert gauge.verdict == "Below the edge on average, but sample 2 alone has 18.364."
    milder = diagnosis_picture(examples.state(replace(uneven, learning_rate=0.08))).gauge
    assert milder.verdict == "Below half of the edge on average, but sample 2 has 18.364."
    steeper = diagnosis_picture(examples.state(replace(uneven, learning_rate=0.3))).gauge
    assert steeper.above


def test_numbers_that_ran_away_are_said_to_be_so() -> None:
    end = length(examples.run(examples.DIVERGING))
    picture = diagnosis_picture(examples.state(examples.DIVERGING, end))
    assert "not finite" in picture.gauge.verdict
    assert picture.gauge.share is None, "a bar would tell how large it is"
    assert picture.identity is None, "it is said once"
    assert picture.drift == ""


@pytest.mark.parametrize("experiment", ALL)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_whatever_the_run_it_can_be_drawn(experiment: Experiment, language: str) -> None:
    last = length(examples.run(experiment))
    for index in {0, last // 2, last}:
        for extra in ("", "invariants", "curvature"):
            state = examples.state(experiment, index, language=language, extra=extra)
            picture = diagnosis_picture(state)
            assert "{" not in repr(picture)
            curve = extra_curve(state)
            assert (curve is None) == (extra == "")
            if curve is not None:
                assert math.isfinite(curve.low)
                assert curve.low < curve.high < math.inf


# --- curves --------------------------------------------------------------------------------


def test_the_curve_of_the_curvature_has_the_numbers_of_the_facts() -> None:
    extra = curvature_curve(examples.run(Experiment()))
    assert extra.limit == 40.0
    (curve,) = extra.curves
    assert (curve.x[0], curve.x[-1]) == (0.0, 240.0)
    for place in (0, len(curve.x) // 2, len(curve.x) - 1):
        weights = examples.run(Experiment()).weights_before(round(curve.x[place] * 2))
        formula = sum((math.prod(weights) / w) ** 2 for w in weights)
        assert curve.y[place] == pytest.approx(formula)


def test_with_biases_the_curvature_counts_them_too() -> None:
    run = examples.run(Experiment((0.9, -0.7), biases=(0.1, 0.2), learning_rate=0.1, epochs=9))
    (curve,) = curvature_curve(run).curves
    for place, y in zip(curve.x, curve.y, strict=True):
        w1, w2, b1, _b2 = run.theta_before(round(place * 2))
        # e = w₂·(w₁·x + b₁) + b₂
        slopes = [(w2 * x, w1 * x + b1, w2, 1.0) for x in (1.0, -1.0)]
        assert y == pytest.approx(sum(s * s for row in slopes for s in row) / 2)


@pytest.mark.parametrize("epochs", [5000, 5981])
def test_a_swing_is_seen_at_both_ends_however_long_the_run(epochs: int) -> None:
    # One sample: the weights swing from epoch to epoch; 5981 would be met at even ones alone.
    run = examples.run(replace(RESTLESS, samples=(Sample(1.0, -1.0),), epochs=epochs))
    (curve,) = curvature_curve(run).curves
    assert len(curve.x) <= 700
    late = curve.y[len(curve.y) // 2 :]
    assert late.min() < 2.8
    assert late.max() > 3.2


def test_the_invariants_stay_in_a_calm_run() -> None:
    extra = invariant_curves(examples.run(Experiment()))
    assert [curve.name for curve in extra.curves] == ["w₁² − w₂²", "w₂² − w₃²"]
    w = Experiment().weights
    assert [float(c.y[0]) for c in extra.curves] == [w[0] ** 2 - w[1] ** 2, w[1] ** 2 - w[2] ** 2]
    assert all(np.ptp(c.y) < 0.01 for c in extra.curves)


def test_rounding_is_not_stretched_over_the_diagram() -> None:
    extra = invariant_curves(examples.run(TIED))
    assert extra.high - extra.low > 1e-4
    assert all(abs(c.y).max() < 1e-15 for c in extra.curves)


def test_of_a_long_chain_some_pairs_are_drawn() -> None:
    extra = invariant_curves(examples.run(LONG))
    assert len(extra.curves) == DRAWN
    assert (extra.curves[0].name, extra.curves[-1].name) == ("w₁² − w₂²", "w₆₃² − w₆₄²")
    assert len({c.colour for c in extra.curves}) == DRAWN
    one = Experiment(weights=(0.5,), epochs=3)
    assert invariant_curves(examples.run(one)).curves == ()


def test_a_diverging_curve_keeps_its_axis_readable() -> None:
    extra = curvature_curve(examples.run(Experiment(learning_rate=2.0)))
    assert extra.limit == 1.0
    assert extra.high < 10
    assert all(np.nanmax(c.y) < 100 for c in extra.curves)


# --- comparison ----------------------------------------------------------------------------


def compared(kept: Experiment, now: Experiment) -> comparison.ComparisonPicture:
    return comparison_picture(replace(examples.state(now), reference=examples.run(kept)))


def test_without_a_kept_run_there_is_an_invitation() -> None:
    picture = comparison_picture(examples.state(Experiment()))
    assert (picture.can_keep, picture.can_drop, picture.results) == (True, False, ())
    assert "side by side" in picture.note


def test_the_kept_run_itself_is_not_compared() -> None:
    picture = compared(Experiment(), Experiment())
    assert (picture.can_keep, picture.can_drop, picture.results) == (False, True, ())


def test_the_two_learning_rates_side_by_side() -> None:
    picture = compared(RESTLESS, Experiment(learning_rate=0.66))
    assert [(p.name, p.kept, p.now) for p in picture.differences] == [
        ("Learning rate α", "0.67", "0.66")
    ]
    results = {p.name: (p.kept, p.now) for p in picture.results}
    assert (picture.kept, picture.now) == ("Oscillating", "Converged")
    assert results["In epoch"] == (NEVER, "34")
    ends = [examples.run(Experiment(learning_rate=a)).final_weights[2] for a in (0.67, 0.66)]
    assert results["w₃"] == tuple(f"{w:.5g}".replace("-", "−") for w in ends)


def test_every_field_that_differs_is_named() -> None:
    other = Experiment(
        weights=(0.1, -0.233, -0.52133),
        samples=(Sample(1, 2), Sample(2, 1)),
        learning_rate=0.1,
        epochs=10,
        activation="tanh",
        algorithm="in_place",
    )
    picture = compared(Experiment(), other)
    names = [pair.name for pair in picture.differences]
    assert names == [
        "w₁",
        "Learning rate α",
        "Epochs",
        "Activation",
        "Algorithm",
        "Training data",
    ]
    assert picture.differences[-1] == Pair("Training data", "2", "2, different")
    fewer = compared(Experiment(), Experiment(samples=(Sample(1, -1),)))
    assert fewer.differences == (Pair("Training data", "2", "1"),)


def test_chains_of_different_length() -> None:
    picture = compared(Experiment(), Experiment(weights=(0.5, 0.5), epochs=0))
    assert Pair("Layers", "3", "2") in picture.differences
    results = {p.name: (p.kept, p.now) for p in picture.results}
    assert results["Last loss"][1] == NEVER
    assert "w₁" not in results


def test_of_many_weights_some_are_listed() -> None:
    picture = compared(LONG, Experiment(weights=random_weights(64, 2), epochs=2))
    assert [p.name for p in picture.differences][-1] == "and 58 more weights"
    assert len(picture.differences) == 7


def test_two_runs_that_ran_away_are_the_same() -> None:
    ran = Experiment(weights=(3.0, 3.0, 3.0), learning_rate=1.0, epochs=11)
    picture = compared(examples.DIVERGING, ran)
    assert [p.name for p in picture.differences] == ["Epochs"]
    assert (picture.kept, picture.now) == ("Diverged", "Diverged")
    assert [p.name for p in picture.results] == ["In epoch", "Last loss"]


@pytest.mark.parametrize("experiment", ALL)
def test_any_outcome_is_a_word_or_three(experiment: Experiment) -> None:
    assert 1 <= len(compared(experiment, Experiment(epochs=1)).kept.split()) <= 3


def test_the_same_experiment_trained_again() -> None:
    again = replace(examples.state(Experiment()), reference=train(Experiment()))
    picture = comparison_picture(again)
    assert picture.differences == ()
    assert "the same" in picture.note
    assert diagnose(again.run).main.kind is Kind.CONVERGED
