"""The diagnosis of chains with biases: the plateau, the best line, and what is not said of them."""

from dataclasses import replace
from statistics import fmean

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Experiment, Sample, train
from engine.diagnosis import SENTENCES, Finding, Kind, diagnose, filled
from engine.diagnosis.measures import floor
from engine.maps.trainability import Fate, axis, trainability
from engine.parameters import name_of, parameter_of
from engine.presets import preset_named
from engine.quantities import Name
from tests.engine import chains
from tests.engine.oracle import BENT

FIRST = preset_named("bias_first").experiment
BENT_DATA = (Sample(-1.0, 1.0), Sample(0.0, -0.5), Sample(1.0, 1.0), Sample(2.0, 4.0))


def output(experiment: Experiment, theta: tuple[float, ...], x: float) -> float:
    """Return the output by arithmetic that is not the engine's."""
    n = len(theta) // 2
    for w, b in zip(theta[:n], theta[n:], strict=True):
        x = BENT[experiment.activation](w * x + b)[0]
    return x


def mean_loss(experiment: Experiment, theta: tuple[float, ...]) -> float:
    samples = experiment.samples
    return fmean(0.5 * (output(experiment, theta, s.x) - s.target) ** 2 for s in samples)


def least_squares(samples: tuple[Sample, ...]) -> tuple[float, float, float]:
    """Return slope, offset and mean loss of the best line, by NumPy."""
    x, target = (
        np.array(column) for column in zip(*((s.x, s.target) for s in samples), strict=True)
    )
    (slope, offset), *_ = np.linalg.lstsq(np.stack([x, np.ones_like(x)], 1), target, rcond=None)
    loss = float(np.mean(0.5 * (slope * x + offset - target) ** 2))
    return float(slope), float(offset), loss


def main(experiment: Experiment) -> Finding:
    return diagnose(train(experiment)).main


def of(experiment: Experiment, kind: Kind) -> Finding:
    found = diagnose(train(experiment)).of(kind)
    assert found is not None, kind
    return found


def kinds(experiment: Experiment) -> set[Kind]:
    return {found.kind for found in diagnose(train(experiment)).findings}


def short_name(name: Name) -> str:
    return name_of(parameter_of(name.quantity), name.layer)


def said(found: Finding) -> str:
    return filled(SENTENCES[found.kind].long, found, lambda v: f"{v:.6g}", short_name)


# --- the lowest loss -------------------------------------------------------------------------


def test_of_a_linear_chain_with_biases_the_best_line_need_not_go_through_0() -> None:
    bent = Experiment((0.6, 0.5), BENT_DATA, 0.02, 400, biases=(0.0, 0.1))
    slope, offset, lowest = least_squares(BENT_DATA)
    found = of(bent, Kind.NO_STRAIGHT_LINE)
    assert found.numbers == {
        "floor": pytest.approx(lowest),
        "slope": pytest.approx(slope),
        "offset": pytest.approx(offset),
    }
    assert said(found) == (
        "A linear chain with biases can only draw a straight line; the best one, with slope 1.05"
        " and output 0.85 for input 0, still leaves a mean loss of 0.646875."
    )
    assert Kind.NO_LINE not in kinds(bent)
    best = replace(bent, weights=(1.0, slope), biases=(0.0, offset))
    assert mean_loss(best, best.theta) == pytest.approx(lowest)
    assert main(replace(best, learning_rate=1e-4, epochs=5)).kind is Kind.FITTED


def test_a_line_beside_0_is_no_limit_for_a_chain_with_biases() -> None:
    line = preset_named("bias_line").experiment
    assert floor(line) == pytest.approx(0.0, abs=1e-15)
    assert kinds(line) == {Kind.CONVERGED}
    assert Kind.NO_LINE in kinds(replace(line, biases=()))


def test_equal_inputs_ask_for_the_mean_of_their_targets() -> None:
    experiment = Experiment((0.5,), (Sample(2.0, 1.0), Sample(2.0, 4.0)), 0.1, 5, biases=(0.0,))
    assert floor(experiment) == pytest.approx(0.5 * 1.5**2)


@given(
    weights=st.lists(chains.numbers(2.0), min_size=2, max_size=2),
    biases=st.lists(chains.numbers(2.0), min_size=2, max_size=2),
    pairs=st.lists(st.tuples(chains.numbers(2.0), chains.numbers(2.0)), min_size=1, max_size=5),
    activation=st.sampled_from(sorted(BENT)),
)
def test_no_parameters_bring_the_loss_below_the_floor(
    weights: list[float], biases: list[float], pairs: list[tuple[float, float]], activation: str
) -> None:
    samples = tuple(Sample(*pair) for pair in pairs)
    experiment = Experiment(weights, samples, activation=activation, biases=biases)
    assert mean_loss(experiment, experiment.theta) >= floor(experiment) - 1e-12


# --- the plateau -----------------------------------------------------------------------------


def test_the_plateau_of_a_chain_with_biases_is_at_the_mean_of_the_targets() -> None:
    """The biases bring both outputs to 1; there the loss is ½·1², not that of an output of 0."""
    experiment = replace(FIRST, learning_rate=0.02, epochs=130)
    run = train(experiment)
    outputs = [output(experiment, run.final_theta, s.x) for s in experiment.samples]
    found = main(experiment)
    assert found.kind is Kind.MEAN
    assert (found.numbers["mean"], found.numbers["silent"]) == (1.0, 0.5)
    assert found.numbers["distance"] == pytest.approx(max(abs(e - 1.0) for e in outputs))
    assert said(found).startswith("No output is further than")
    assert "w = 0" not in said(found)


def test_the_same_start_is_later_told_to_leave_it_and_then_to_converge() -> None:
    told = [main(replace(FIRST, epochs=epochs)) for epochs in range(4, 241, 2)]
    order = list(dict.fromkeys(found.kind for found in told))
    assert Kind.LEAVING_MEAN in order
    assert order[-1] is Kind.CONVERGED
    assert not {Kind.SADDLE, Kind.LEAVING} & set(order)
    assert order.index(Kind.LEAVING_MEAN) < order.index(Kind.CONVERGED)
    leaving = next(found for found in told if found.kind is Kind.LEAVING_MEAN)
    assert leaving.numbers["mean"] == 1.0
    earlier, loss = (leaving.numbers[name] for name in ("earlier", "loss"))
    assert isinstance(earlier, float)
    assert isinstance(loss, float)
    assert 0.25 < loss < earlier < 0.55


def test_equal_targets_have_no_plateau() -> None:
    experiment = Experiment(
        (0.1, 0.1), (Sample(1.0, 2.0), Sample(-1.0, 2.0)), 0.05, 20, biases=(0.0, 0.0)
    )
    assert main(experiment).kind is Kind.CONVERGING


def test_where_the_output_is_0_the_biases_still_learn() -> None:
    """w = 0 is no saddle: the last bias lowers the loss there, so none is spoken of."""
    experiment = replace(FIRST, weights=(0.0,) * 3, epochs=8)
    assert not {Kind.SADDLE, Kind.LEAVING, Kind.STUCK} & kinds(experiment)
    run = train(experiment)
    assert run.final_theta[-1] > 0.3


def test_a_map_names_no_saddle_where_there_are_biases() -> None:
    small = replace(FIRST, weights=(0.01,) * 3, epochs=10)
    for experiment, trapped in ((small, False), (replace(small, biases=()), True)):
        x, y = (axis(experiment, name, -0.02, 0.02, 3) for name in ("w1", "w2"))
        fates = set(trainability(experiment, x, y).fate.ravel().tolist())
        assert (Fate.TRAPPED in fates) == trapped


# --- other findings --------------------------------------------------------------------------


def test_a_dead_layer_is_one_that_is_dead_for_every_sample() -> None:
    both = (Sample(1.0, 1.0), Sample(-1.0, 1.0))
    # Layer 1 outputs 0 for −1 alone, layer 2 for 1 alone, layer 3 for both.
    apart = Experiment((1.0, -1.0, 1.0), both, 0.1, 5, "relu", biases=(0.0, 0.5, -1.0))
    theta = apart.theta
    for layers, dead in ((1, [False, True]), (2, [True, False]), (3, [True, True])):
        part = (*theta[:layers], *theta[3 : 3 + layers])
        assert [output(apart, part, s.x) == 0.0 for s in both] == dead
    found = main(apart)
    assert (found.kind, found.numbers["layer"]) == (Kind.DEAD, 3)
    # Layer 1 is dead too, but it does not take their gradients from the layers behind it.
    twice = replace(apart, weights=(1.0, 1.0, -1.0), biases=(-2.0, 0.5, 0.0))
    assert output(twice, (1.0, -2.0), 1.0) == 0.0
    found = main(twice)
    assert (found.kind, found.numbers["layer"]) == (Kind.DEAD, 3)


def test_past_a_dead_layer_the_biases_still_learn() -> None:
    samples = (Sample(1.0, 2.0), Sample(2.0, 1.0))
    hidden = Experiment((-1.0, 1.0), samples, 0.02, 400, "relu", biases=(0.0, 0.5))
    found = main(hidden)
    assert found.kind is Kind.MEAN
    assert found.numbers["mean"] == 1.5


@pytest.mark.parametrize("algorithm", ["front_to_back", "sign_flipped", "no_local_derivative"])
def test_a_wrong_gradient_is_named_by_its_parameter(algorithm: str) -> None:
    experiment = Experiment(
        (0.9, -1.1, 0.7), activation="tanh", algorithm=algorithm, epochs=1, biases=(0.3, -0.2, 0.1)
    )
    found = of(experiment, Kind.WRONG_GRADIENT)
    name = str(found.numbers["parameter"])
    place = ("w1", "w2", "w3", "b1", "b2", "b3").index(name)
    x, target = experiment.samples[0].x, experiment.samples[0].target

    def loss(moved: float) -> float:
        theta = list(experiment.theta)
        theta[place] += moved
        return 0.5 * (output(experiment, tuple(theta), x) - target) ** 2

    slope = (loss(1e-4) - loss(-1e-4)) / 2e-4
    assert found.numbers["numeric"] == pytest.approx(slope, rel=1e-6)
    assert f"as the gradient of {name};" in said(found)


def test_what_only_a_product_of_weights_has_is_not_said() -> None:
    tied = Experiment(weights=(0.2333,) * 3, epochs=600)
    assert main(tied).kind is Kind.SIGN_TRAPPED
    assert not {Kind.SIGN_TRAPPED, Kind.CROSSING} & kinds(replace(tied, biases=(0.0,) * 3))
    assert Kind.CROSSING in kinds(Experiment(epochs=50))
    assert Kind.CROSSING not in kinds(Experiment(epochs=50, biases=(0.0,) * 3))


@st.composite
def biased(draw: st.DrawFn) -> Experiment:
    layers = draw(st.integers(1, 4))
    row = st.lists(chains.numbers(1.5), min_size=layers, max_size=layers)
    pairs = draw(st.lists(chains.pairs, min_size=1, max_size=3))
    return Experiment(
        draw(row),
        tuple(Sample(*pair) for pair in pairs),
        draw(st.floats(0.001, 0.5)),
        draw(st.integers(0, 60)),
        draw(chains.names),
        draw(st.sampled_from(chains.ALGORITHMS)),
        draw(row),
    )


@given(experiment=biased())
def test_what_is_said_of_any_run_with_biases_is_true(experiment: Experiment) -> None:
    run = train(experiment)
    theta, samples = run.final_theta, experiment.samples
    for found in diagnose(run).findings:
        assert "{" not in said(found)
        match found.kind:
            case Kind.DEAD:
                layer = found.numbers["layer"]
                assert isinstance(layer, int)
                n = experiment.layers
                part = (*theta[:layer], *theta[n : n + layer])
                assert all(output(experiment, part, s.x) == 0.0 for s in samples)
            case Kind.FITTED:
                assert mean_loss(experiment, theta) <= 1.06 * floor(experiment)
            case Kind.MEAN:
                mean = fmean(s.target for s in samples)
                assert found.numbers["mean"] == pytest.approx(mean)
                apart = max(abs(output(experiment, theta, s.x) - mean) for s in samples)
                assert found.numbers["distance"] == pytest.approx(apart)
            case kind:
                assert kind not in (Kind.SADDLE, Kind.LEAVING, Kind.NO_LINE, Kind.SIGN_TRAPPED)
