"""engine.diagnosis: what is told of a run is so, and its numbers can be found another way."""

from __future__ import annotations

import importlib
import math
import re
import string
import time
from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Experiment, Sample, random_weights, train
from engine.diagnosis import (
    SENTENCES,
    Finding,
    Kind,
    curvature,
    diagnose,
    edge,
    facts_at,
    filled,
    invariants,
)
from engine.diagnosis.findings import finding
from engine.diagnosis.measures import SEEN, floor, slopes, some, wanted_slope
from engine.parameters import BIAS, WEIGHT
from tests.engine.chains import ALGORITHMS, chains, experiments, names, numbers
from tests.engine.oracle import exact_gradients, proper_listing, tape_gradients

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.quantities import Name

ONE = (Sample(1.0, 1.0),)
PAIR = (Sample(1.0, -1.0), Sample(-1.0, 1.0))
PAIRS = ((1.0, -1.0), (-1.0, 1.0))
TIED = Experiment(weights=(0.2333,) * 3, epochs=1000)


def main(experiment: Experiment) -> Finding:
    return diagnose(train(experiment)).main


def of(experiment: Experiment, kind: Kind) -> Finding:
    found = diagnose(train(experiment)).of(kind)
    assert found is not None, kind
    return found


def kinds(experiment: Experiment) -> set[Kind]:
    return {f.kind for f in diagnose(train(experiment)).findings}


def said(found: Finding, which: str = "long") -> str:
    template = getattr(SENTENCES[found.kind], which)
    return filled(template, found, lambda v: f"{v:.6g}", short_name)


def short_name(name: Name) -> str:
    return f"{name.quantity.value[0]}{name.layer}"


def number(found: Finding, name: str) -> float:
    value = found.numbers[name]
    assert isinstance(value, int | float)
    return value


def mean_losses(experiment: Experiment, epochs: int) -> list[float]:
    """Train three linear layers by the written-out formulas, the mean loss of every epoch."""
    w1, w2, w3 = experiment.weights
    found = []
    for _ in range(epochs):
        total = 0.0
        for pair in PAIRS:
            total += (w1 * w2 * w3 * pair[0] - pair[1]) ** 2 / 2
            w1, w2, w3 = proper_listing(w1, w2, w3, [pair], experiment.learning_rate, 1)
        found.append(total / 2)
    return found


# --- what became of a run ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("experiment", "kind"),
    [
        (Experiment(), Kind.CONVERGED),
        (Experiment(epochs=0), Kind.NOT_TRAINED),
        (Experiment(epochs=2), Kind.UNSETTLED),
        (Experiment(epochs=50), Kind.SADDLE),
        (Experiment(epochs=160), Kind.LEAVING),
        (Experiment(epochs=185), Kind.CONVERGING),
        (Experiment(epochs=160, algorithm="in_place"), Kind.CONVERGED),
        (TIED, Kind.SIGN_TRAPPED),
        (Experiment(weights=(0.2333,) * 3, epochs=1300, algorithm="in_place"), Kind.CONVERGED),
        (Experiment(learning_rate=0.66), Kind.CONVERGED),
        (Experiment(learning_rate=0.67), Kind.OSCILLATING),
        (Experiment(learning_rate=0.66, epochs=30), Kind.CONVERGING),
        (Experiment(learning_rate=0.67, epochs=2000), Kind.OSCILLATING),
        (Experiment(learning_rate=0.8), Kind.OSCILLATING),
        (Experiment(learning_rate=1.0), Kind.OSCILLATING),
        (Experiment(learning_rate=1.2), Kind.LEFT),
        (Experiment(learning_rate=2.0), Kind.DIVERGED),
        (Experiment(algorithm="sign_flipped"), Kind.DIVERGED),
        (Experiment(activation="tanh"), Kind.CONVERGING),
        (Experiment(activation="relu"), Kind.DEAD),
        # It has the loss of answering 0, and answers 2.
        (
            Experiment(weights=(2.0, 1.0), samples=ONE, learning_rate=1e-9),
            Kind.PLATEAU,
        ),
        (
            Experiment(
                activation="sigmoid", samples=(Sample(1, -1),), learning_rate=5.0, epochs=3000
            ),
            Kind.FITTED,
        ),
        (Experiment(weights=(0.0, 0.0, 0.5)), Kind.STUCK),
        (Experiment(weights=(0.0, 0.5, 0.5)), Kind.CONVERGED),
        (Experiment(samples=(Sample(0.0, 1.0),)), Kind.STUCK),
        (Experiment(weights=(0.5,), samples=(Sample(1, 1), Sample(1, -0.5))), Kind.FITTED),
        (Experiment(weights=random_weights(64, 1)), Kind.VANISHING),
        (
            Experiment(weights=(9.0, 1.0), activation="tanh", samples=ONE, learning_rate=1e-5),
            Kind.PLATEAU,
        ),
    ],
)
def test_what_became_of_a_run(experiment: Experiment, kind: Kind) -> None:
    assert main(experiment).kind is kind


def test_the_epoch_of_convergence_is_the_runs_and_the_loss_that_of_the_last_epoch() -> None:
    found = main(Experiment())
    assert found.numbers["epoch"] == 191
    losses = mean_losses(Experiment(), 240)
    assert number(found, "loss") == pytest.approx(losses[-1], rel=1e-6)
    assert next(i for i, loss in enumerate(losses, start=1) if loss < 1e-3) == 191


def test_a_convergence_that_did_not_last_says_so() -> None:
    experiment = Experiment(learning_rate=1.2)
    found = main(experiment)
    losses = mean_losses(experiment, 240)
    assert min(losses) < 1e-3
    assert number(found, "loss") > 0.4
    assert losses[10] < 1e-3
    assert found.numbers["epoch"] == 11


def test_the_figure_of_the_tied_weights() -> None:
    found = main(Experiment(weights=(0.2333,) * 3, epochs=16_000))
    assert found.kind is Kind.SIGN_TRAPPED
    assert found.numbers["tied"] == (1, 2, 3)
    assert found.numbers["size"] == 0.2333
    assert found.numbers["slope"] == -1.0
    assert f"{number(found, 'now'):.6f}" == "0.000623"
    assert number(found, "product") == pytest.approx(number(found, "now") ** 3)
    assert "w1, w2, w3 have the same smallest absolute value (0.2333)" in said(found)


@pytest.mark.parametrize(
    ("weights", "trapped"),
    [
        ((0.3, 0.3, 0.3), True),
        ((0.3, 0.3, 0.9), True),
        ((-0.3, 0.3, -0.9), True),
        ((-0.3, 0.3, 0.9), False),  # the sign is right
        ((0.3, 0.31, 0.9), False),  # one alone is the smallest
        ((0.3, 0.9, 0.9), False),  # only the larger ones tie
    ],
)
def test_only_a_tie_of_the_smallest_with_a_wrong_sign_is_a_trap(
    weights: tuple[float, ...],
    trapped: bool,  # noqa: FBT001
) -> None:
    found = main(Experiment(weights=weights, epochs=3000))
    assert (found.kind is Kind.SIGN_TRAPPED) is trapped
    assert (found.kind is Kind.CONVERGED) is not trapped


@pytest.mark.parametrize(("layers", "first"), [(30, Kind.VANISHING), (3, Kind.SIGN_TRAPPED)])
def test_where_nothing_moves_it_is_the_depth_that_comes_first(layers: int, first: Kind) -> None:
    run = train(Experiment(weights=(0.5,) * layers, learning_rate=0.1, epochs=300))
    kinds = [found.kind for found in diagnose(run).findings]
    assert kinds[0] is first
    assert Kind.SIGN_TRAPPED in kinds
    assert len(kinds) == len(set(kinds))
    still = max(abs(w - 0.5) for w in run.final_weights) < 1e-6
    assert still is (first is Kind.VANISHING)


def test_a_tie_that_rounding_broke_is_no_trap() -> None:
    samples = (Sample(0.7, -1.0), Sample(-0.7, 1.0))
    tied = Experiment(weights=(0.2333,) * 2, samples=samples, epochs=1000)
    assert main(tied).kind is Kind.CONVERGED


@given(
    weights=st.lists(st.floats(0.05, 0.6), min_size=2, max_size=5, unique=True),
    wrong=st.booleans(),
)
def test_the_weight_that_has_to_cross_is_the_smallest(
    weights: list[float],
    wrong: bool,  # noqa: FBT001
) -> None:
    samples = (Sample(1.0, -1.0 if wrong else 1.0),)
    found = diagnose(train(Experiment(weights=tuple(weights), samples=samples, epochs=3)))
    crossing = found.of(Kind.CROSSING)
    if crossing is not None:
        end = train(Experiment(weights=tuple(weights), samples=samples, epochs=3)).final_weights
        sizes = sorted(map(abs, end))
        layer = crossing.numbers["layer"]
        assert isinstance(layer, int)
        assert abs(end[layer - 1]) == sizes[0]
        assert number(crossing, "next") == sizes[1]
        assert wrong
        assert math.prod(end) > 0


def test_the_weight_named_on_the_plateau_is_the_one_that_crosses_later() -> None:
    crossing = of(Experiment(epochs=50), Kind.CROSSING)
    layer = crossing.numbers["layer"]
    assert isinstance(layer, int)
    start, end = Experiment().weights, train(Experiment()).final_weights
    crossed = [i for i, (a, b) in enumerate(zip(start, end, strict=True), start=1) if a * b < 0]
    assert crossed == [layer]


def test_the_numbers_of_the_plateau() -> None:
    experiment = Experiment(epochs=50)
    found, run = main(experiment), train(experiment)
    losses = mean_losses(experiment, 50)
    assert number(found, "loss") == pytest.approx(losses[-1])
    assert number(found, "change") == pytest.approx(losses[36] - losses[-1])
    assert found.numbers["silent"] == 0.5
    assert number(found, "output") == pytest.approx(abs(math.prod(run.final_weights)))
    tape = [
        abs(g) for x, t in PAIRS for g in tape_gradients(run.final_weights, x, t, "identity")[1]
    ]
    assert number(found, "gradient") == pytest.approx(max(tape))


def test_how_many_epochs_are_left_is_about_right() -> None:
    left = of(Experiment(epochs=185), Kind.CONVERGING).numbers["left"]
    assert isinstance(left, int)
    assert 191 - 185 <= left <= 2 * (191 - 185)
    tanh = Experiment(activation="tanh", weights=(0.6, 0.6), samples=(Sample(1.0, 0.5),), epochs=30)
    found, longer = main(tanh), train(Experiment(**{**fields(tanh), "epochs": 400}))
    assert found.kind is Kind.CONVERGING
    assert longer.converged_at is not None
    assert abs(number(found, "left") - (longer.converged_at - 30)) <= 3


def fields(experiment: Experiment) -> dict[str, object]:
    return {name: getattr(experiment, name) for name in Experiment.__dataclass_fields__}


# --- the edge of stability -----------------------------------------------------------------


def test_the_two_learning_rates_beside_the_edge_are_told_apart() -> None:
    calm, restless = Experiment(learning_rate=0.66), Experiment(learning_rate=0.67)
    assert mean_losses(calm, 2000)[-1] < 1e-20
    assert mean_losses(restless, 2000)[-1] == pytest.approx(0.0015254, rel=1e-4)
    close = of(calm, Kind.OVERSHOOTING)
    assert number(close, "curvature") < number(close, "edge") == 2 / 0.66
    swings = of(restless, Kind.OSCILLATING)
    assert swings.numbers["overshoots"] == swings.numbers["updates"] == 64
    assert number(swings, "curvature") == pytest.approx(2 / 0.67, rel=0.01)


def test_the_error_shrinks_by_as_much_as_is_told() -> None:
    close = of(Experiment(learning_rate=0.66, epochs=1000), Kind.OVERSHOOTING)
    losses = mean_losses(Experiment(learning_rate=0.66), 300)
    # Two updates an epoch, and the loss goes with the square of the error.
    shrink = (losses[299] / losses[289]) ** (1 / 40)
    assert number(close, "shrink") == pytest.approx(shrink, rel=1e-3)


@pytest.mark.parametrize("rate", [0.05, 0.3])
def test_a_small_learning_rate_never_overshoots(rate: float) -> None:
    assert not kinds(Experiment(learning_rate=rate)) & {Kind.OVERSHOOTING, Kind.OSCILLATING}


def test_samples_that_disagree_are_no_oscillation() -> None:
    experiment = Experiment(weights=(0.5, 0.5), samples=(Sample(1, 1), Sample(1, -1)), epochs=500)
    assert main(experiment).kind is Kind.FITTED
    assert Kind.OSCILLATING not in kinds(experiment)


def test_a_sample_that_is_too_steep_alone() -> None:
    # With P = 1 and two layers the curvature is 2x²: 18 and nearly 0, 9 on average, 2/α is 16.
    samples = (Sample(3.0, 3.0), Sample(0.01, 0.01))
    uneven = Experiment(weights=(1.2, 1.0), samples=samples, learning_rate=0.125, epochs=400)
    assert main(uneven).kind is Kind.OSCILLATING
    steep = of(uneven, Kind.UNEVEN)
    assert steep.numbers["sample"] == 1
    assert number(steep, "mean") < number(steep, "edge") == 16.0 < number(steep, "curvature")
    facts = facts_at(train(uneven), 0)
    assert facts.steepest_sample == 1
    assert facts.steepest == pytest.approx(9 * (1.2**2 + 1))
    assert facts.curvature == pytest.approx(facts.steepest / 2, rel=1e-4)
    assert not kinds(uneven) & {Kind.OVERSHOOTING}


def test_a_divergence_begins_where_the_curvature_passes_the_edge() -> None:
    experiment = Experiment(learning_rate=2.0)
    run = train(experiment)
    steep = of(experiment, Kind.TOO_STEEP)
    epoch, sample = steep.numbers["epoch"], steep.numbers["sample"]
    assert isinstance(epoch, int)
    assert isinstance(sample, int)
    first = (epoch - 1) * 2 + sample - 1
    assert run.diverged_at is not None
    last = (run.diverged_at.epoch - 1) * 2 + run.diverged_at.sample - 1

    def at(update: int) -> float:
        weights = run.weights_before(update)
        return sum((math.prod(weights) / w) ** 2 for w in weights)

    assert at(first - 1) <= 1.0 < at(first)
    assert number(steep, "curvature") == pytest.approx(at(first))
    assert all(at(update) > 1.0 for update in range(first, last - 3))


def test_the_beginning_of_a_divergence_is_found_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a deep chain with many samples each curvature takes as long as a frame of the window."""
    found = list[float]()
    module = importlib.import_module("engine.diagnosis.causes")

    def counted(experiment: Experiment, theta: Sequence[float]) -> float:
        found.append(curvature(experiment, theta))
        return found[-1]

    monkeypatch.setattr(module, "curvature", counted)
    samples = tuple(Sample(0.1 * k, 0.2 * k) for k in range(64))
    experiment = Experiment(tuple(0.9 + 0.001 * k for k in range(64)), samples, 0.01, 5)
    run = train(experiment)
    assert run.diverged_at is not None
    steep = next(one for one in diagnose(run).findings if one.kind is Kind.TOO_STEEP)
    assert number(steep, "curvature") == found[-2] > 200.0 >= found[-1]
    assert len(found) <= 5


def test_the_last_weight_before_a_divergence() -> None:
    run = train(Experiment(weights=(3.0, 3.0, 3.0), learning_rate=1.0, epochs=10))
    found = diagnose(run).main
    assert run.diverged_at is not None
    assert (found.numbers["epoch"], found.numbers["sample"]) == run.diverged_at
    assert math.isfinite(number(found, "largest"))


# --- depth, saturation, dead layers, wrong gradients, what can't be reached ----------------


@given(size=st.floats(1.5, 3.0), shrinks=st.booleans(), n=st.integers(20, 40))
def test_the_factor_of_depth_is_the_size_of_the_weights(
    size: float,
    shrinks: bool,  # noqa: FBT001
    n: int,
) -> None:
    w = 1 / size if shrinks else size
    kind, other = (Kind.VANISHING, Kind.EXPLODING)[:: 1 if shrinks else -1]
    found = diagnose(train(Experiment(weights=(w,) * n, epochs=0)))
    depth = found.of(kind)
    assert depth is not None
    assert found.of(other) is None
    assert number(depth, "factor") == pytest.approx(w)
    assert number(depth, "start") == pytest.approx(w ** (n - 1), rel=1e-9)


def test_a_short_chain_does_not_vanish() -> None:
    for experiment in (Experiment(), Experiment(weights=(1e-9,)), Experiment(weights=(0.0, 0.0))):
        assert not kinds(experiment) & {Kind.VANISHING, Kind.EXPLODING}


def test_the_saturated_layer() -> None:
    experiment = Experiment(
        weights=(0.5, 40.0, 0.5), activation="tanh", samples=(Sample(1, -0.9),), epochs=20
    )
    found = of(experiment, Kind.SATURATED)
    assert found.numbers["layer"] == 2
    assert number(found, "derivative") < 0.01


def test_the_layer_that_died_first() -> None:
    experiment = Experiment(weights=(0.5, -0.5, 0.5), samples=ONE, activation="relu", epochs=5)
    assert main(experiment).numbers["layer"] == 2
    both = (Sample(1.0, 1.0), Sample(-1.0, 1.0))
    # Layer 1 answers 0 to −1 alone, layer 2 to both.
    apart = Experiment(weights=(0.5, -0.5, 0.5), samples=both, activation="relu", epochs=5)
    assert main(apart).numbers["layer"] == 2
    first = Experiment(weights=(-0.5,), samples=ONE, activation="relu", epochs=5)
    assert (main(first).kind, main(first).numbers["layer"]) == (Kind.DEAD, 1)
    alive = Experiment(weights=(0.5, 0.5), samples=both, activation="relu", epochs=5)
    assert main(alive).kind is not Kind.DEAD


@pytest.mark.parametrize("algorithm", ALGORITHMS[1:])
def test_a_slip_is_told_by_how_much(algorithm: str) -> None:
    activation = "tanh" if algorithm == "no_local_derivative" else "identity"
    experiment = Experiment(algorithm=algorithm, activation=activation, epochs=1)
    found = of(experiment, Kind.WRONG_GRADIENT)
    _, true = tape_gradients(experiment.weights, 1.0, -1.0, activation)
    layer = found.numbers["layer"]
    assert isinstance(layer, int)
    assert number(found, "numeric") == pytest.approx(true[layer - 1], rel=1e-6)
    assert number(found, "gradient") != pytest.approx(true[layer - 1], rel=1e-3)


def test_a_slip_that_changes_nothing_is_not_accused() -> None:
    assert Kind.WRONG_GRADIENT not in kinds(Experiment(algorithm="no_local_derivative"))
    assert Kind.WRONG_GRADIENT not in kinds(Experiment())


@given(
    weights=chains(3.0, most=4),
    samples=st.lists(st.builds(Sample, numbers(3.0), numbers(3.0)), min_size=1, max_size=4),
    activation=names,
)
def test_no_weights_bring_the_loss_below_the_floor(
    weights: list[float], samples: list[Sample], activation: str
) -> None:
    experiment = Experiment(weights=weights, samples=samples, activation=activation)  # type: ignore[arg-type]
    losses = [tape_gradients(weights, s.x, s.target, activation)[0] for s in samples]
    assert sum(losses) / len(losses) >= floor(experiment) * (1 - 1e-12) - 1e-12


def test_the_best_line_has_the_floor() -> None:
    samples = (Sample(1.0, 2.0), Sample(2.0, 1.0), Sample(-1.0, 3.0))
    slope = wanted_slope(samples)
    assert slope is not None
    fitted = Experiment(weights=(slope,), samples=samples)
    losses = [tape_gradients([slope], s.x, s.target, "identity")[0] for s in samples]
    assert floor(fitted) == pytest.approx(sum(losses) / 3)
    for moved in (slope - 0.01, slope + 0.01):
        worse = [tape_gradients([moved], s.x, s.target, "identity")[0] for s in samples]
        assert sum(worse) > sum(losses)


def test_targets_out_of_reach_are_named() -> None:
    found = of(Experiment(activation="sigmoid"), Kind.OUT_OF_RANGE)
    assert (found.numbers["sample"], found.numbers["target"], found.numbers["floor"]) == (
        1,
        -1.0,
        0.25,
    )


# --- what is true at an update --------------------------------------------------------------


@given(weights=chains(), xs=st.lists(numbers(2.0), min_size=1, max_size=3), activation=names)
def test_the_curvature_is_the_mean_square_of_the_slopes_of_e(
    weights: list[float], xs: list[float], activation: str
) -> None:
    experiment = Experiment(
        weights=tuple(weights),
        samples=tuple(Sample(x, 0.0) for x in xs),
        activation=activation,
    )
    expected = 0.0
    for x in xs:
        # (e − ê)·∂e/∂w with ê = 0, less the same with ê = 1, leaves ∂e/∂w.
        _, from_zero = tape_gradients(weights, x, 0.0, activation)
        _, from_one = tape_gradients(weights, x, 1.0, activation)
        found = [a - b for a, b in zip(from_zero, from_one, strict=True)]
        expected += sum(s * s for s in found)
        assert slopes(experiment, weights, x) == pytest.approx(found, rel=1e-6, abs=1e-9)
    assert curvature(experiment, weights) == pytest.approx(expected / len(xs), rel=1e-6, abs=1e-9)


@given(weights=st.lists(st.floats(0.2, 1.5), min_size=1, max_size=6))
def test_the_curvature_of_a_linear_chain_is_the_formula(weights: list[float]) -> None:
    experiment = Experiment(weights=tuple(weights), samples=(Sample(1, 0), Sample(3, 0)))
    product = math.prod(weights)
    formula = 5.0 * sum((product / w) ** 2 for w in weights)
    assert curvature(experiment, weights) == pytest.approx(formula)


def test_the_edge() -> None:
    assert edge(Experiment()) == 40.0
    facts = facts_at(train(Experiment()), 0)
    assert facts.edge == 40.0


def test_the_figure_of_the_identity() -> None:
    identity = facts_at(train(Experiment()), 0).identity
    assert identity is not None
    assert f"{identity.expected:.8f}" == "0.02914202"
    assert identity.products == pytest.approx((identity.expected,) * 3, rel=1e-14)
    assert identity.gap < 1e-17


@given(weights=chains(3.0, most=5), x=numbers(3.0), target=numbers(3.0))
def test_the_identity_holds_without_rounding(weights: list[float], x: float, target: float) -> None:
    experiment = Experiment(weights=tuple(weights), samples=(Sample(x, target),), epochs=1)
    identity = facts_at(train(experiment), 0).identity
    assert identity is not None
    exact = exact_gradients(weights, x, target)
    sides = [Fraction(w) * g for w, g in zip(weights, exact, strict=True)]
    assert len(set(sides)) == 1
    size = 1e-12 * (1 + abs(float(sides[0])))
    assert identity.expected == pytest.approx(float(sides[0]), rel=1e-9, abs=1e-9)
    assert identity.gap <= 1e3 * size


@pytest.mark.parametrize("algorithm", ["in_place", "front_to_back", "sign_flipped", "own_output"])
def test_the_identity_catches_a_slip(algorithm: str) -> None:
    identity = facts_at(train(Experiment(algorithm=algorithm, epochs=1)), 0).identity
    assert identity is not None
    assert identity.gap > 1e-4


def test_only_a_linear_chain_has_the_identity() -> None:
    assert facts_at(train(Experiment(activation="tanh", epochs=1)), 0).identity is None


@given(weights=chains(1.0, most=5), rate=st.floats(1e-3, 0.3))
def test_one_update_changes_the_invariants_as_the_formula_says(
    weights: list[float], rate: float
) -> None:
    experiment = Experiment(weights=tuple(weights), learning_rate=rate, epochs=1, samples=ONE)
    run = train(experiment)
    gradients = [float(g) for g in exact_gradients(weights, 1.0, 1.0)]
    before, after = facts_at(run, 0), facts_at(run, 1)
    for i, (a, b) in enumerate(zip(before.invariants, after.invariants, strict=True)):
        change = rate**2 * (gradients[i] ** 2 - gradients[i + 1] ** 2)
        assert b - a == pytest.approx(change, abs=1e-12)
    assert before.drift == 0.0
    moved = [abs(b - a) for a, b in zip(before.invariants, after.invariants, strict=True)]
    assert after.drift == max(moved, default=0.0)


def test_invariants_are_of_neighbours() -> None:
    assert invariants((3.0, 2.0, 1.0)) == (5.0, 3.0)
    assert invariants((3.0,)) == ()
    biased = (3.0, 2.0, 1.0, 0.5, 0.25, 0.125)
    assert invariants(biased, (WEIGHT, BIAS)) == (9 + 0.25 - 4, 4 + 0.0625 - 1)


# --- sentences, and all kinds of runs --------------------------------------------------------


def test_every_kind_has_its_sentences() -> None:
    assert set(SENTENCES) == set(Kind)
    assert len({kind.value for kind in Kind}) == len(Kind)


@given(experiment=experiments())
def test_whatever_the_run_there_is_a_diagnosis_with_its_sentences(experiment: Experiment) -> None:
    run = train(experiment)
    findings = diagnose(run).findings
    assert Counter(f.kind for f in findings).most_common(1)[0][1] == 1
    for found in findings:
        for which in ("short", "long"):
            assert "{" not in said(found, which)
        gaps = {
            name
            for template in SENTENCES[found.kind]
            for _, name, _, _ in string.Formatter().parse(template)
            if name
        }
        named = {"layer": "weight", "tied": "weights"}
        known = set(found.numbers) | {named[name] for name in found.numbers if name in named}
        assert gaps <= known
        # Every number that is told of a run stands in one of its sentences.
        assert {named.get(name, name) for name in found.numbers} <= gaps | {"weight"}
    facts = facts_at(run, run.updates)
    assert len(facts.invariants) == experiment.layers - 1


@given(experiment=experiments(numbers(1.5), most_epochs=60))
def test_the_main_finding_agrees_with_the_run(experiment: Experiment) -> None:
    run = train(experiment)
    kind = diagnose(run).main.kind
    assert (kind is Kind.DIVERGED) == (run.diverged_at is not None)
    assert (kind is Kind.NOT_TRAINED) == (experiment.epochs == 0)
    if run.diverged_at is None:
        assert (kind in (Kind.CONVERGED, Kind.LEFT)) == (run.converged_at is not None)


def test_a_short_sentence_fits_the_status_line() -> None:
    for experiment in (TIED, Experiment(learning_rate=0.67), Experiment(activation="relu")):
        assert len(said(main(experiment), "short")) <= 60


def test_of_many_tied_layers_some_are_named() -> None:
    found = main(Experiment(weights=(0.9,) * 64, samples=PAIR, epochs=4, learning_rate=1e-4))
    assert found.kind is Kind.SIGN_TRAPPED
    assert re.match(r"w1, w2, …, w64 have", said(found))
    five = main(Experiment(weights=(0.9,) * 5, samples=PAIR, epochs=4, learning_rate=1e-4))
    assert re.match(r"w1, w2, …, w5 have", said(five))
    four = main(Experiment(weights=(0.9,) * 4, samples=PAIR, epochs=4, learning_rate=1e-4))
    assert re.match(r"w1, w2, w3, w4 have", said(four))


def test_a_sentence_can_be_in_any_language() -> None:
    found = finding(Kind.SATURATED, layer=2, derivative=0.5, largest=1.0, activation="tanh")
    template = "{layer}:{weight}:{activation}:{derivative}"
    text = filled(template, found, lambda _: "½", lambda name: f"W{name.layer}", word=str.upper)
    assert text == "2:W2:TANH:½"
    slip = finding(Kind.WRONG_GRADIENT, parameter="b3")
    assert (
        filled("{parameter}", slip, str, lambda name: f"{name.quantity}:{name.layer}") == "bias:3"
    )


def test_of_many_samples_some_are_looked_at() -> None:
    samples = tuple(Sample(i, i) for i in range(1000))
    assert len(some(samples)) == SEEN
    assert all(samples[number - 1] is sample for number, sample in some(samples))
    assert len({number for number, _ in some(samples)}) == SEEN
    for count in (1, 5, SEEN):
        assert some(samples[:count]) == list(enumerate(samples[:count], start=1))


def test_a_long_run_is_told_at_once() -> None:
    run = train(Experiment(learning_rate=0.67, epochs=100_000))
    began = time.perf_counter()
    diagnose(run)
    assert time.perf_counter() - began < 0.05
    assert diagnose(run) is diagnose(run)
