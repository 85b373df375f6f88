"""engine.moment: the whole state at any step of a run."""

import dataclasses
import math
import random
import struct
from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import engine.training.train
from engine import Experiment, Moment, Phase, Run, Sample, Step, moment_at, train
from engine.moment import length
from engine.quantities import Quantity, Term
from engine.steps import steps_of
from tests.engine import chains

BOTH = [
    Experiment(
        weights=(0.7, -1.1, 0.4),
        samples=(Sample(1.5, -0.5), Sample(-0.8, 0.9)),
        learning_rate=0.3,
        epochs=3,
        activation=activation,
        algorithm=algorithm,
    )
    for activation in chains.ACTIVATIONS
    for algorithm in chains.ALGORITHMS
]
every_kind = pytest.mark.parametrize(
    "experiment", BOTH, ids=lambda e: f"{e.activation}-{e.algorithm}"
)


def same(one: float, other: float) -> bool:
    """Whether two floats are the same bit for bit, except that any NaN equals any NaN."""
    if math.isnan(one) or math.isnan(other):
        return math.isnan(one) and math.isnan(other)
    return struct.pack("d", one) == struct.pack("d", other)


def moments(run: Run) -> list[Moment]:
    return [moment_at(run, index) for index in range(length(run) + 1)]


# --- positions -----------------------------------------------------------------------------


@every_kind
def test_there_are_updates_times_4n_plus_1_steps_and_a_start(experiment: Experiment) -> None:
    run = train(experiment)
    assert length(run) == 6 * 13
    for index in (-1, 6 * 13 + 1, 10**9, -(10**9)):
        with pytest.raises(IndexError):
            moment_at(run, index)
    moment_at(run, 6 * 13)


@every_kind
def test_places(experiment: Experiment) -> None:
    run = train(experiment)
    steps = steps_of(experiment.structure)
    start = moment_at(run, 0)
    assert (start.index, start.update, start.position, start.step) == (0, 0, 0, None)
    assert (start.epoch, start.sample) == (1, 1)
    index = 0
    for epoch in (1, 2, 3):
        for number, sample in enumerate(experiment.samples, start=1):
            for position, step in enumerate(steps, start=1):
                index += 1
                moment = moment_at(run, index)
                assert (moment.index, moment.position) == (index, position)
                assert (moment.epoch, moment.sample) == (epoch, number)
                assert moment.update == (epoch - 1) * 2 + number - 1
                assert (moment.x, moment.target) == (sample.x, sample.target)
                assert (moment.step, moment.phase, moment.layer) == (step, step.phase, step.layer)


@every_kind
def test_any_order_gives_the_same(experiment: Experiment) -> None:
    run = train(experiment)
    in_order = moments(run)
    shuffled = list(range(len(in_order)))
    random.Random(1).shuffle(shuffled)  # noqa: S311
    fresh = train(experiment)
    for index in [*shuffled, *reversed(range(len(in_order)))]:
        assert moment_at(fresh, index) == in_order[index]


def test_a_thinned_run_has_the_same_moments(monkeypatch: pytest.MonkeyPatch) -> None:
    full = moments(train(BOTH[2]))
    monkeypatch.setattr(engine.training.train, "KEPT_NUMBERS", 4)
    thin = train(BOTH[2])
    assert thin.stride > 1
    assert moments(thin) == full


# --- what is known -------------------------------------------------------------------------


def test_nothing_is_known_at_the_start() -> None:
    moment = moment_at(train(Experiment()), 0)
    assert moment.outputs == (1.0, None, None, None)
    assert moment.loss is None
    assert moment.upstreams == moment.gradients == (None, None, None)
    assert moment.weights == moment.weights_before == Experiment().weights
    assert (moment.computation, moment.phase, moment.layer) == (None, None, None)
    assert (moment.old_weight, moment.new_weight) == (None, None)


@every_kind
def test_what_is_known_is_what_was_computed(experiment: Experiment) -> None:
    run = train(experiment)
    seed, last, middle = (Phase.SEED, 3), (Phase.PASS_ON, 3), (Phase.PASS_ON, 2)
    arrives = {3: seed, 2: last, 1: middle}
    if experiment.algorithm == "front_to_back":
        arrives = {1: seed, 2: (Phase.PASS_ON, 1), 3: middle}
    for moment in moments(run)[1:]:
        done = {(s.phase, s.layer) for s in steps_of(experiment.structure)[: moment.position]}
        for i in (1, 2, 3):
            assert (moment.outputs[i] is not None) == ((Phase.FORWARD, i) in done)
            assert (moment.gradients[i - 1] is not None) == ((Phase.GRADIENT, i) in done)
            assert (moment.upstreams[i - 1] is not None) == (arrives[i] in done)
            if (Phase.UPDATE, i) not in done:
                assert moment.weights[i - 1] == moment.weights_before[i - 1]
        assert (moment.loss is not None) == ((Phase.LOSS, 3) in done)
        assert moment.outputs[0] == moment.x
        assert moment.weights_before == run.weights_before(moment.update)


@every_kind
def test_knowledge_only_grows_within_an_update(experiment: Experiment) -> None:
    def known(moment: Moment) -> dict[str, float]:
        rows = {"o": moment.outputs, "u": moment.upstreams, "g": moment.gradients}
        rows["l"] = (moment.loss,)
        return {f"{n}{i}": v for n, row in rows.items() for i, v in enumerate(row) if v is not None}

    found = moments(train(experiment))
    for before, after in pairwise(found):
        gained = 0 if after.phase is Phase.UPDATE else 1
        if before.update != after.update:
            assert len(known(after)) == 1 + gained
            continue
        assert known(before).items() <= known(after).items()
        assert len(known(after)) == len(known(before)) + gained
        changed = [a != b for a, b in zip(before.weights, after.weights, strict=True)]
        assert sum(changed) <= (after.phase is Phase.UPDATE)


@every_kind
def test_the_last_moment_of_an_update_has_the_weights_of_the_next(experiment: Experiment) -> None:
    run = train(experiment)
    for update in range(run.updates):
        last = moment_at(run, (update + 1) * 13)
        assert last.update == update
        assert last.position == 13
        assert last.weights == run.weights_before(update + 1)
        assert last.loss == run.losses[update]
        assert last.outputs[-1] == run.outputs[update]
        if update + 1 < run.updates:
            first = moment_at(run, (update + 1) * 13 + 1)
            assert first.weights_before == first.weights == last.weights
            assert first.position == 1


@every_kind
def test_old_and_new_weight_are_there_in_an_update_only(experiment: Experiment) -> None:
    run = train(experiment)
    for before, after in pairwise(moments(run)):
        if after.phase is Phase.UPDATE:
            assert after.layer is not None
            assert after.old_weight == before.weights[after.layer - 1]
            assert after.new_weight == after.weights[after.layer - 1]
        else:
            assert (after.old_weight, after.new_weight) == (None, None)


# --- what each step computed from what -----------------------------------------------------


def _sigmoid(z: float) -> float:
    return 1.0 / (1.0 + math.exp(-z)) if z >= 0.0 else math.exp(z) / (1.0 + math.exp(z))


FUNCTIONS: dict[str, Callable[[float], float]] = {
    "identity": lambda z: z,
    "tanh": math.tanh,
    "sigmoid": _sigmoid,
    "relu": lambda z: 0.0 if z <= 0.0 else z,  # noqa: FURB136 - max(0.0, NaN) is 0.0
    "softplus": lambda z: max(z, 0.0) + math.log1p(math.exp(-abs(z))),
    "leaky_relu": lambda z: 0.01 * z if z <= 0.0 else z,
}
SLOPES: dict[str, Callable[[float], float]] = {
    "tanh": lambda a: 1.0 - a * a,
    "sigmoid": lambda a: a * (1.0 - a),
    "relu": lambda a: 0.0 if a <= 0.0 else 1.0,
    "softplus": lambda a: -math.expm1(-a),
    "leaky_relu": lambda a: 0.01 if a <= 0.0 else 1.0,
}
W, A, Z, D = Quantity.WEIGHT, Quantity.OUTPUT, Quantity.WEIGHTED_INPUT, Quantity.DERIVATIVE
T, C, U, G = Quantity.TARGET, Quantity.LOSS, Quantity.UPSTREAM, Quantity.GRADIENT
R = Quantity.LEARNING_RATE


def formula(phase: Phase, values: Sequence[float], activation: str, *, negated: bool) -> float:
    """Compute a step from its operands, from the table of the definitions alone."""
    match phase:
        case Phase.FORWARD:
            found = FUNCTIONS[activation](values[0] * values[1])
        case Phase.LOSS:
            found = 0.5 * (values[0] - values[1]) * (values[0] - values[1])
        case Phase.SEED:
            found = product([values[0] - values[1], *values[2:]])
        case Phase.GRADIENT | Phase.PASS_ON:
            found = product(values)
        case Phase.UPDATE:
            found = values[0] - values[1] * values[2]
    return -found if negated else found


def product(values: Sequence[float]) -> float:
    """Multiply from left to right, as the formula is read."""
    found = values[0]
    for value in values[1:]:
        found *= value
    return found


Name = tuple[Quantity, int]


def names(step: Step, n: int, algorithm: str, *, bent: bool) -> tuple[Name, list[Name]]:
    """The names of the result and of the operands that a step's formula has."""
    phase, i = step.phase, step.layer
    slope = [(D, i)] if bent and algorithm != "no_local_derivative" else []
    ahead = algorithm == "front_to_back"
    match phase:
        case Phase.FORWARD:
            return (A, i), [(W, i), (A, i - 1), *([(Z, i)] if bent else [])]
        case Phase.LOSS:
            return (C, n), [(A, n), (T, n)]
        case Phase.SEED if ahead:
            return (U, 1), [(A, n), (T, n), *slope, (W, n)]
        case Phase.SEED:
            return (U, n), [(A, n), (T, n)]
        case Phase.GRADIENT if ahead:
            return (G, i), [(U, i), *slope, (W, i), (A, i - 1)]
        case Phase.GRADIENT:
            return (G, i), [(U, i), *slope, (A, i if algorithm == "own_output" else i - 1)]
        case Phase.PASS_ON:
            return (U, i + 1 if ahead else i - 1), [(U, i), *slope, (W, i)]
        case Phase.UPDATE:
            return (W, i), [(W, i), (R, 0), (G, i)]


def value_in(moment: Moment, term: Term) -> float | None:
    """What the moment's own rows say of a named number."""
    rows: dict[Quantity, Sequence[float | None]] = {
        A: moment.outputs[1:],
        U: moment.upstreams,
        G: moment.gradients,
        W: moment.weights,
        C: (None,) * (len(moment.weights) - 1) + (moment.loss,),
        T: (None,) * (len(moment.weights) - 1) + (moment.target,),
    }
    if term[:2] == (A, 0):
        return moment.x
    return rows[term.quantity][term.layer - 1] if term.quantity in rows else None


def in_the_order_of_the_listing(
    moment: Moment, layer: int, operands: Sequence[Term], activation: str
) -> float:
    """The article's listing multiplies (α·public)·input: the last bit may be another."""
    old, rate, _gradient = (term.value for term in operands)
    upstream, output, entered = (
        moment.upstreams[layer - 1],
        moment.outputs[layer],
        moment.outputs[layer - 1],
    )
    assert upstream is not None
    assert output is not None
    assert entered is not None
    slope = 1.0 if activation == "identity" else SLOPES[activation](output)
    return old - rate * (upstream * slope) * entered


def check_computations(run: Run) -> None:
    """Hold every computation of a run against formulas, names and the states around it."""
    experiment = run.experiment
    activation, n = experiment.activation, experiment.layers
    before = moment_at(run, 0)
    for index in range(1, length(run) + 1):
        moment = moment_at(run, index)
        assert moment.computation is not None
        assert moment.step is not None
        result, operands, negated, expression = moment.computation
        assert expression == moment.step.expression
        phase, layer = moment.step.phase, moment.step.layer
        result_name, operand_names = names(
            moment.step, n, experiment.algorithm, bent=activation != "identity"
        )
        is_flipped = experiment.algorithm == "sign_flipped" and phase is Phase.GRADIENT
        assert negated == is_flipped
        assert result[:2] == result_name
        assert [term[:2] for term in operands] == operand_names
        # The result is what the state now holds …
        now = value_in(moment, result)
        assert now is not None
        assert same(result.value, now)
        # … the operands are what it held before, within this update …
        known = moment_at(run, index - 1) if before.update == moment.update else moment
        for term in operands:
            held = value_in(known, term)
            if held is not None:
                assert same(term.value, held)
            elif term.quantity is R:
                assert term.value == experiment.learning_rate
            elif term.quantity is D:
                output = moment.outputs[term.layer]
                assert output is not None
                assert same(term.value, SLOPES[activation](output))
            else:
                assert term.quantity is Z
                assert same(term.value, operands[0].value * operands[1].value)
        # … and one comes from the other.
        expected = formula(phase, [t.value for t in operands], activation, negated=negated)
        if phase is Phase.UPDATE and experiment.algorithm == "in_place":
            expected = in_the_order_of_the_listing(moment, layer, operands, activation)
        assert same(result.value, expected)
        before = moment


@every_kind
def test_every_computation_follows_from_its_operands_bit_for_bit(experiment: Experiment) -> None:
    check_computations(train(experiment))


@given(chains.experiments(st.one_of(chains.numbers(2.0), chains.finite_float), most_epochs=2))
def test_every_computation_of_any_run(experiment: Experiment) -> None:
    check_computations(train(experiment))


def test_in_place_passes_on_with_the_weight_it_has_just_changed() -> None:
    run = train(Experiment(algorithm="in_place"))
    moment = moment_at(run, 8)
    assert (moment.phase, moment.layer) == (Phase.PASS_ON, 3)
    assert moment.computation is not None
    assert moment.computation.operands[-1] == (W, 3, run.weights_before(1)[2])


def test_front_to_back_sets_out_with_the_last_layer_and_passes_on_to_the_next() -> None:
    run = train(Experiment(algorithm="front_to_back"))
    w1, w2, w3 = Experiment().weights
    seed, first = moment_at(run, 5).computation, moment_at(run, 6).computation
    passed = moment_at(run, 7).computation
    assert seed is not None
    assert first is not None
    assert passed is not None
    assert seed.result == (U, 1, (w3 * (w2 * w1) + 1.0) * w3)
    p = seed.result
    assert first[:3] == ((G, 1, p.value * w1), (p, (W, 1, w1), (A, 0, 1.0)), False)
    assert passed[:3] == ((U, 2, p.value * w1), (p, (W, 1, w1)), False)


def test_a_flipped_sign_is_told_where_it_is_flipped() -> None:
    run = train(Experiment(algorithm="sign_flipped"))
    for index in range(1, 14):
        moment = moment_at(run, index)
        assert moment.computation is not None
        assert moment.computation.negated is (moment.phase is Phase.GRADIENT)


# --- unusual runs --------------------------------------------------------------------------


def test_no_epochs_has_its_one_moment() -> None:
    run = train(Experiment(epochs=0))
    assert length(run) == 0
    moment = moment_at(run, 0)
    assert moment.weights == Experiment().weights
    assert moment.outputs == (1.0, None, None, None)
    assert moment.computation is None
    assert (moment.epoch, moment.sample) == (0, 1)  # of no epochs, none is being trained
    with pytest.raises(IndexError):
        moment_at(run, 1)


@pytest.mark.parametrize(
    ("layers", "algorithm"),
    [*((1, name) for name in chains.ALGORITHMS), (64, "backprop"), (64, "front_to_back")],
)
def test_one_layer_and_sixty_four(layers: int, algorithm: str) -> None:
    run = train(Experiment((0.9,) * layers, epochs=1, algorithm=algorithm))
    assert length(run) == 2 * (4 * layers + 1)
    check_computations(run)
    assert moment_at(run, length(run)).weights == run.final_weights


@pytest.mark.parametrize("algorithm", chains.ALGORITHMS)
@pytest.mark.parametrize("activation", chains.ACTIVATIONS)
def test_stepping_through_an_explosion(activation: str, algorithm: str) -> None:
    samples = (Sample(3.0, -1e200), Sample(-3.0, 2.0))
    run = train(Experiment((3.0, 4.0), samples, 0.9, 4, activation, algorithm))
    assert run.diverged_at is not None
    check_computations(run)
    assert all(map(same, moment_at(run, length(run)).weights, run.final_weights))


def test_a_moment_is_frozen() -> None:
    moment = moment_at(train(Experiment(epochs=1)), 3)
    with pytest.raises(dataclasses.FrozenInstanceError):
        moment.loss = 1.0  # type: ignore[misc]


def test_an_update_tells_the_parameter_before_and_after() -> None:
    experiment = Experiment((0.5, -0.25), (Sample(1.0, 2.0),), 0.1, 1, biases=(0.0, 0.125))
    run = train(experiment)
    start = moment_at(run, 0)
    assert start.theta == start.theta_before == experiment.theta
    seen = []
    for index in range(1, length(run) + 1):
        moment = moment_at(run, index)
        assert moment.theta == (*moment.weights, *moment.biases)
        assert moment.theta_before == experiment.theta
        update = moment.phase is Phase.UPDATE
        assert (moment.old_value is not None) == (moment.new_value is not None) == update
        if moment.step is not None and update:
            name = moment.step.result
            assert moment.old_value == moment.before[name]
            assert moment.new_value == moment.numbers[name]
            assert moment.computation is not None
            assert moment.computation.result.name == name
            weight = name.quantity is Quantity.WEIGHT
            assert moment.old_weight == (moment.old_value if weight else None)
            assert moment.new_weight == (moment.new_value if weight else None)
            assert not moment.unchanged
            seen.append(name)
    assert len(seen) == 4
    assert moment.theta == run.final_theta


@pytest.mark.parametrize(
    ("weight", "target", "expected"), [(0.5, 0.5, True), (0.5, 1.0, False), (1e200, 1e308, False)]
)
def test_an_update_may_change_nothing(weight: float, target: float, *, expected: bool) -> None:
    run = train(Experiment((weight,), (Sample(1.0, target),), 1e200, epochs=2))
    assert moment_at(run, 5).phase is Phase.UPDATE
    assert moment_at(run, 5).unchanged is expected
    assert not moment_at(run, 10).unchanged or expected
    assert not moment_at(run, 4).unchanged
