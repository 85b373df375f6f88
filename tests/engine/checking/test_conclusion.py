"""engine.checking.conclusion: which layers the check catches, and why it cannot see the others."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from engine import Experiment, Sample, check_gradients, random_weights, train
from engine.checking.conclusion import ZERO, Conclusion, OverallVerdict, Reason, conclude
from engine.checking.conclusion_words import after_update_sentence, named, sentences
from engine.parameters import BIAS, WEIGHT
from engine.quantities import Name, Quantity
from engine.words import Say
from tests.engine import chains, oracle

SLIPS = chains.ALGORITHMS[1:]


def found(
    weights: tuple[float, ...],
    algorithm: str = "backprop",
    activation: str = "identity",
    sample: tuple[float, float] = (1.0, -1.0),
    epsilon: float = 1e-4,
    rate: float = 0.05,
) -> Conclusion:
    experiment = Experiment(weights, (Sample(*sample),), rate, 1, activation, algorithm)
    rows = check_gradients(experiment, weights, experiment.samples[0], epsilon)
    return conclude(experiment, weights, experiment.samples[0], rows, epsilon)


def layers_of(names: tuple[Name, ...]) -> tuple[int, ...]:
    """Return the layers of some parameters, all of which are weights."""
    assert {name.quantity for name in names} <= {Quantity.WEIGHT}
    return tuple(name.layer for name in names)


def caught(of: Conclusion) -> tuple[int, ...]:
    return layers_of(of.caught)


def reasons(of: Conclusion) -> dict[Reason, tuple[int, ...]]:
    return {remark.reason: layers_of(remark.names) for remark in of.remarks}


def slipped(
    algorithm: str,
    weights: list[float],
    x: float,
    target: float,
    activation: str,
    rate: float,
) -> list[float]:
    """Return a slip's gradients from products written out, layer by layer."""
    n = len(weights)
    outputs, slopes = [x], []
    for w in weights:
        a, slope = oracle.BENT[activation](w * outputs[-1])
        outputs.append(a)
        slopes.append(slope)
    miss = outputs[-1] - target
    _, true = oracle.tape_gradients(weights, x, target, activation)
    match algorithm:
        case "sign_flipped":
            return [-g for g in true]
        case "no_local_derivative":
            return [miss * math.prod(weights[i + 1 :]) * outputs[i] for i in range(n)]
        case "own_output":
            behind = [miss * math.prod(slopes[i:]) * math.prod(weights[i + 1 :]) for i in range(n)]
            return [behind[i] * outputs[i + 1] for i in range(n)]
        case "front_to_back":
            first = miss * slopes[-1] * weights[-1]
            return [
                first * math.prod(slopes[: i + 1]) * math.prod(weights[: i + 1]) * outputs[i]
                for i in range(n)
            ]
    new = list(weights)
    gradients = [0.0] * n
    for i in reversed(range(n)):
        gradients[i] = miss * math.prod(slopes[i:]) * math.prod(new[i + 1 :]) * outputs[i]
        new[i] -= rate * gradients[i]
    return gradients


# --- every mistake is found exactly where it makes a difference --------------------------------

sizes = st.lists(st.floats(0.4, 1.6), min_size=1, max_size=5)


@given(
    sizes,
    st.floats(0.4, 1.6),
    st.sampled_from((-1.5, 2.5)),
    chains.names,
    st.sampled_from(SLIPS),
    st.floats(1e-3, 0.5),
    st.data(),
)
def test_a_slip_is_caught_where_it_changes_the_gradient(
    weights: list[float],
    x: float,
    target: float,
    activation: str,
    algorithm: str,
    rate: float,
    data: st.DataObject,
) -> None:
    if activation != "relu":  # whose neurons would close
        weights = [w * data.draw(st.sampled_from((-1, 1))) for w in weights]
    _, true = oracle.tape_gradients(weights, x, target, activation)
    wrong = slipped(algorithm, weights, x, target, activation, rate)
    assume(all(abs(g) > 1e-3 for g in true))
    of = found(tuple(weights), algorithm, activation, (x, target), rate=rate)
    off = [abs(a - b) / max(abs(a), abs(b)) for a, b in zip(wrong, true, strict=True)]
    for layer, error in enumerate(off, start=1):
        if error > 2e-4:
            assert layer in caught(of)
        elif error < 5e-5:
            assert layer not in caught(of)
    if of.caught:
        assert of.verdict is OverallVerdict.CAUGHT
        assert of.error == pytest.approx(max(off[i - 1] for i in caught(of)), rel=1e-3)
    # Whatever is not caught is told why.
    told = {layer for remark in of.remarks for layer in layers_of(remark.names)}
    assert told == set(range(1, len(weights) + 1))


@example(Experiment(), 0)
@given(chains.experiments(chains.numbers(3.0)), st.integers(0, 5))
def test_backpropagation_is_never_caught(experiment: Experiment, update: int) -> None:
    experiment = replace(experiment, algorithm="backprop")
    run = train(experiment)
    weights = run.weights_before(min(update, run.updates))
    sample = run.sample(update)
    rows = check_gradients(experiment, weights, sample)
    of = conclude(experiment, weights, sample, rows, 1e-4)
    assert of.caught == ()
    assert of.verdict not in (OverallVerdict.CAUGHT, OverallVerdict.UNSEEN)


@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
def test_backpropagation_is_not_blamed_while_a_bent_chain_converges(activation: str) -> None:
    experiment = Experiment((0.9, -1.1), (Sample(1.0, 0.4),), 0.5, 3000, activation)
    run = train(experiment)
    for update in range(0, run.updates, 50):
        weights = run.weights_before(update)
        rows = check_gradients(experiment, weights, experiment.samples[0])
        of = conclude(experiment, weights, experiment.samples[0], rows, 1e-4)
        assert of.verdict in (OverallVerdict.RIGHT, OverallVerdict.NO_VERDICT), (update, rows)


@given(
    st.lists(chains.any_float, min_size=1, max_size=4),
    chains.finite_float,
    chains.finite_float,
    chains.names,
    st.sampled_from(chains.ALGORITHMS),
    st.sampled_from((1e-300, 1e-14, 1e-4, 1.0, 1e300)),
)
def test_any_numbers_have_a_finding_and_words(
    weights: list[float], x: float, target: float, activation: str, algorithm: str, epsilon: float
) -> None:
    sample = Sample(x, target)
    experiment = Experiment((1.0,) * len(weights), (sample,), 0.1, 1, activation, algorithm)
    rows = check_gradients(experiment, weights, sample, epsilon)
    of = conclude(experiment, weights, sample, rows, epsilon)
    layers = [layer for remark in of.remarks for layer in layers_of(remark.names)]
    assert len(layers) == len(set(layers))
    for line in sentences(of, experiment, Say(), str):
        assert line.endswith(".")
        assert "{" not in line
        assert "None" not in line


# --- why a mistake is not detected -------------------------------------------------------------


def test_the_opening_experiment_of_each_algorithm() -> None:
    weights = Experiment().weights
    assert found(weights).verdict is OverallVerdict.RIGHT
    assert caught(found(weights, "in_place")) == (1, 2)
    assert reasons(found(weights, "in_place"))[Reason.UNTOUCHED] == (3,)
    for algorithm in ("front_to_back", "sign_flipped", "own_output"):
        assert caught(found(weights, algorithm)) == (1, 2, 3)


@given(sizes)
def test_without_an_activation_the_local_derivative_is_not_missed(weights: list[float]) -> None:
    of = found(tuple(weights), "no_local_derivative")
    assert of.verdict is OverallVerdict.UNSEEN
    assert reasons(of) == {Reason.HARMLESS: tuple(range(1, len(weights) + 1))}


@given(sizes)
def test_nor_where_every_relu_is_open(weights: list[float]) -> None:
    of = found(tuple(weights), "no_local_derivative", "relu")
    assert reasons(of) == {Reason.HARMLESS: tuple(range(1, len(weights) + 1))}


def test_a_curved_activation_shows_it() -> None:
    assert caught(found((0.5, 0.8), "no_local_derivative", "tanh")) == (1, 2)


def test_one_layer_has_nothing_to_pass_on() -> None:
    assert reasons(found((0.7,), "in_place")) == {Reason.UNTOUCHED: (1,)}
    assert caught(found((0.7,), "front_to_back")) == (1,)
    assert reasons(found((-1.0,), "front_to_back", sample=(1.0, 2.0))) == {Reason.HARMLESS: (1,)}


def test_a_tiny_learning_rate_hides_the_update_in_between() -> None:
    of = found((0.9, -0.8), "in_place", rate=1e-8)
    assert of.verdict is OverallVerdict.UNSEEN
    assert reasons(of) == {Reason.UNTOUCHED: (2,), Reason.BELOW_BANDS: (1,)}
    assert 1e-10 < of.remarks[-1].slip < 1e-7
    assert reasons(found((0.9, -0.8), "in_place", rate=1e-18))[Reason.HARMLESS] == (1,)


def test_equal_input_and_output_hide_the_wrong_factor() -> None:
    assert reasons(found((1.0, 1.0), "own_output")) == {Reason.HARMLESS: (1, 2)}
    assert caught(found((1.0, 0.5), "own_output")) == (2,)


@pytest.mark.parametrize("algorithm", chains.ALGORITHMS)
@pytest.mark.parametrize(
    ("weights", "activation", "sample", "expected"),
    [
        ((0.5, 2.0), "identity", (1.0, 1.0), {Reason.TARGET_MET: (1, 2)}),
        ((0.5, 2.0), "identity", (0.0, 1.0), {Reason.ZERO_INPUT: (1, 2)}),
        (
            (0.0, 0.0, 0.0),
            "identity",
            (1.0, 1.0),
            {Reason.ZERO_INPUT: (2, 3), Reason.ZERO_WEIGHT: (1,)},
        ),
        ((-1.0, 2.0), "relu", (1.0, 3.0), {Reason.ZERO_INPUT: (2,), Reason.CLOSED: (1,)}),
        ((1e-200, 1e-200, 1.0), "identity", (1e-200, 1.0), None),
    ],
)
def test_where_every_gradient_is_zero_nothing_can_be_told(
    algorithm: str,
    weights: tuple[float, ...],
    activation: str,
    sample: tuple[float, float],
    expected: dict[Reason, tuple[int, ...]] | None,
) -> None:
    of = found(weights, algorithm, activation, sample)
    if algorithm == "no_local_derivative" and activation == "relu":
        # It alone passes something through a closed neuron.
        assert caught(of) == (1,)
        return
    assert of.verdict is OverallVerdict.NO_VERDICT
    if expected is None:
        assert set(reasons(of)) <= ZERO
    else:
        assert reasons(of) == expected


def test_a_gradient_below_rounding_hides_a_slip() -> None:
    of = found((1e-4, 1e-4, 1e-4, 1e-4), "sign_flipped")
    assert of.verdict is OverallVerdict.NO_VERDICT
    assert Reason.BELOW_ROUNDING in reasons(of)


# --- when the difference is to blame ---------------------------------------------------------


def test_a_large_epsilon_bends() -> None:
    of = found((0.9, -0.7), activation="tanh", epsilon=0.5)
    assert of.verdict in (OverallVerdict.DIFFERENCE_OFF, OverallVerdict.NO_VERDICT)
    assert reasons(of) == {Reason.TRUNCATION: (1, 2)}


def test_a_relu_at_its_kink() -> None:
    for weight in (0.0, 1e-5, -1e-5):
        of = found((weight, 1.0), activation="relu")
        assert reasons(of)[Reason.KINK][0] == 1, weight
        assert of.verdict is OverallVerdict.DIFFERENCE_OFF
    assert found((1e-3, 1.0), activation="relu").verdict is OverallVerdict.RIGHT


def test_a_kink_further_on() -> None:
    # The second neuron opens only just: moving w₁ by ε closes it.
    of = found((1.0, 1e-5), activation="relu", epsilon=1e-4)
    assert reasons(of)[Reason.KINK] == (2,)


def test_the_error_at_a_kink_is_that_of_the_gradients_there() -> None:
    # The output of layer 1 is 0, so the gradient of layer 2 is, and its difference as well.
    of = found((-9e-4, 6.5e-4), activation="relu", sample=(0.5, 1e-4), epsilon=1e-2)
    assert reasons(of) == {Reason.ZERO_INPUT: (2,), Reason.KINK: (1,)}
    assert (of.verdict, of.error) == (OverallVerdict.DIFFERENCE_OFF, 1.0)


def test_a_kink_may_move_a_difference_by_little() -> None:
    weights = (0.9804626466768355, 1.0266523769912436e-06)
    of = found(weights, activation="leaky_relu", sample=(1.0, 0.0), epsilon=1.0)
    assert reasons(of) == {Reason.KINK: (1, 2)}


@pytest.mark.parametrize(("epsilon", "reason"), [(1e-20, "STEP_LOST"), (1e-13, "ROUNDING")])
def test_a_small_epsilon_is_lost_in_rounding_in_a_bent_chain_too(
    epsilon: float, reason: str
) -> None:
    of = found((0.5, 0.5), activation="tanh", sample=(1.0, 2.0), epsilon=epsilon)
    assert reasons(of) == {Reason[reason]: (1, 2)}


def test_infinities() -> None:
    experiment = Experiment()
    weights = (math.inf, 1.0, 1.0)
    rows = check_gradients(experiment, weights, experiment.samples[0])
    of = conclude(experiment, weights, experiment.samples[0], rows, 1e-4)
    assert (of.verdict, of.error) == (OverallVerdict.NOT_FINITE, None)


@pytest.mark.parametrize("algorithm", chains.ALGORITHMS)
def test_sixty_four_layers(algorithm: str) -> None:
    weights = tuple(1.0 + w / 5 for w in random_weights(64, 1))
    of = found(weights, algorithm, "tanh")
    assert (of.verdict is OverallVerdict.CAUGHT) == (algorithm != "backprop")


# --- in words --------------------------------------------------------------------------------


def spoken(
    weights: tuple[float, ...], algorithm: str = "backprop", sample: tuple[float, float] = (1, -1)
) -> str:
    experiment = Experiment(weights, algorithm=algorithm)
    of = found(weights, algorithm, sample=sample)
    return " ".join(sentences(of, experiment, Say(), lambda value: f"{value:.0e}"))


def test_the_sentences() -> None:
    weights = Experiment().weights
    assert spoken(weights).startswith("Every gradient is right")
    assert spoken(weights, "in_place") == (
        "Caught: wrong at layer 1, suspicious at layer 2; relative error up to 3e-02. Right"
        " at layer 3: the last layer's gradient is taken before any weight has changed."
    )
    assert "f′ = 1 in every layer" in spoken(weights, "no_local_derivative")
    assert spoken((0.7,), "in_place").endswith(
        "Right: with one layer nothing is passed on, so an updated weight is never used."
    )
    assert spoken((-1.0,), "front_to_back", (1.0, 2.0)).endswith(
        "Right at layer 1: the wrong factor happens to have the right value, as with weights of"
        " 1 or −1."
    )
    assert spoken((1.0, 1.0), "own_output").endswith("In every layer input and output are equal.")


def test_sentences_are_looked_up() -> None:
    of = found(Experiment().weights, "in_place")

    class Other(Say):
        def _found(self, text: str) -> str:
            return f"<{text}>"

        def _form(self, _one: str, many: str, count: int) -> str:
            return f"{count} of {many}"

    head = sentences(of, Experiment(), Other(), str)[0]
    assert head.startswith("<Caught: wrong at 1 of layers 1, suspicious at 1 of layers 2;")


@pytest.mark.parametrize(
    ("layers", "expected"),
    [
        ((3,), "layer 3"),
        ((1, 2), "layers 1, 2"),
        ((1, 2, 3), "layers 1–3"),
        ((1, 3, 4, 5, 6, 9, 10), "layers 1, 3–6, 9, 10"),
    ],
)
def test_layers_by_name(layers: tuple[int, ...], expected: str) -> None:
    experiment = Experiment((0.5,) * 12)
    assert named(tuple(map(WEIGHT.of, layers)), experiment, Say()) == expected


def test_the_sentence_after_an_update() -> None:
    assert "up to 0.5" in after_update_sentence([0.1, 0.5, 0.2], Say(), str)
    assert after_update_sentence([], Say(), str).endswith(".")


@pytest.mark.parametrize(
    ("weights", "biases", "expected"),
    [
        ((3,), (3,), "layer 3"),
        ((1, 2), (1, 2), "layers 1, 2"),
        ((1, 2, 3), (2,), "w₁–w₃, b₂"),
        ((), (10, 11, 12), "b₁₀–b₁₂"),
        ((1,), (), "w₁"),
    ],
)
def test_parameters_by_name(
    weights: tuple[int, ...], biases: tuple[int, ...], expected: str
) -> None:
    experiment = Experiment((0.5,) * 12, biases=(0.5,) * 12)
    names = (*map(WEIGHT.of, weights), *map(BIAS.of, biases))
    assert named(names, experiment, Say()) == expected
