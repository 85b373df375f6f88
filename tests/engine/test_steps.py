"""engine.steps: which steps one update takes, in which order, and what is read off them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.expressions import names_in
from engine.quantities import Name, Quantity
from engine.steps import (
    Phase,
    Structure,
    begins_in_front,
    is_correct,
    is_public,
    position_of,
    steps_of,
    steps_per_sample,
    true_results,
)
from tests.engine import chains

if TYPE_CHECKING:
    from collections.abc import Callable

F, L, S, G, P, U = (
    Phase.FORWARD,
    Phase.LOSS,
    Phase.SEED,
    Phase.GRADIENT,
    Phase.PASS_ON,
    Phase.UPDATE,
)
SLIPS = ("sign_flipped", "no_local_derivative", "own_output")


def every_chain(test: Callable[[str, int], None]) -> Callable[[str, int], None]:
    """Run a test for every algorithm and for short chains and a long one."""
    with_layers = pytest.mark.parametrize("layers", [1, 2, 3, 4, 5, 64])(test)
    return pytest.mark.parametrize("algorithm", chains.ALGORITHMS)(with_layers)


def of(algorithm: str, layers: int, activation: str = "identity") -> Structure:
    return Structure(layers, activation, algorithm)


def order(algorithm: str, layers: int, activation: str = "identity") -> list[tuple[Phase, int]]:
    return [(step.phase, step.layer) for step in steps_of(of(algorithm, layers, activation))]


# --- order ---------------------------------------------------------------------------------


def test_order_of_backprop() -> None:
    assert order("backprop", 3) == [
        *[(F, 1), (F, 2), (F, 3), (L, 3), (S, 3)],
        *[(G, 3), (P, 3), (G, 2), (P, 2), (G, 1)],
        *[(U, 3), (U, 2), (U, 1)],
    ]


def test_order_of_in_place() -> None:
    assert order("in_place", 3) == [
        *[(F, 1), (F, 2), (F, 3), (L, 3), (S, 3)],
        *[(G, 3), (U, 3), (P, 3), (G, 2), (U, 2), (P, 2), (G, 1), (U, 1)],
    ]


def test_order_of_front_to_back() -> None:
    assert order("front_to_back", 3) == [
        *[(F, 1), (F, 2), (F, 3), (L, 3), (S, 3)],
        *[(G, 1), (P, 1), (G, 2), (P, 2), (G, 3)],
        *[(U, 3), (U, 2), (U, 1)],
    ]


@pytest.mark.parametrize("slip", SLIPS)
@pytest.mark.parametrize("layers", [1, 2, 3, 64])
def test_slips_in_a_formula_keep_the_order_of_backprop(slip: str, layers: int) -> None:
    assert order(slip, layers) == order("backprop", layers)


@pytest.mark.parametrize("activation", chains.ACTIVATIONS)
@pytest.mark.parametrize("algorithm", chains.ALGORITHMS)
def test_the_order_is_the_same_with_any_activation(algorithm: str, activation: str) -> None:
    assert order(algorithm, 4, activation) == order(algorithm, 4)


@pytest.mark.parametrize("algorithm", chains.ALGORITHMS)
def test_one_layer_passes_nothing_on(algorithm: str) -> None:
    assert order(algorithm, 1) == [(F, 1), (L, 1), (S, 1), (G, 1), (U, 1)]


def passing(algorithm: str, layers: int) -> range:
    """Return the layers that pass the public derivative on: all but the last on its way."""
    return range(1, layers) if algorithm == "front_to_back" else range(2, layers + 1)


@every_chain
def test_each_step_is_taken_once_whatever_the_order(algorithm: str, layers: int) -> None:
    every = {(phase, i) for phase in (F, G, U) for i in range(1, layers + 1)}
    every |= {(P, i) for i in passing(algorithm, layers)}
    every |= {(L, layers), (S, layers)}
    steps = order(algorithm, layers)
    assert set(steps) == every
    count = steps_per_sample(of(algorithm, layers))
    assert len(steps) == len(every) == count == 4 * layers + 1


@every_chain
def test_positions_count_the_steps(algorithm: str, layers: int) -> None:
    structure = of(algorithm, layers)
    positions = [position_of(structure, step.result) for step in steps_of(structure)]
    assert positions == list(range(1, 4 * layers + 2))


def test_what_no_step_computes_has_no_position() -> None:
    structure = of("backprop", 3)
    for name in (
        Name(Quantity.OUTPUT, 0),
        Name(Quantity.TARGET, 3),
        Name(Quantity.GRADIENT, 4),
        Name(Quantity.DERIVATIVE, 2),
    ):
        with pytest.raises(KeyError):
            position_of(structure, name)


@every_chain
def test_nothing_is_used_before_it_is_known(algorithm: str, layers: int) -> None:
    n = layers
    onwards = 1 if algorithm == "front_to_back" else -1
    known = {("a", 0)}
    for phase, i in order(algorithm, layers):
        needed, found = {
            F: ({("a", i - 1)}, ("a", i)),
            L: ({("a", n)}, ("loss", n)),
            S: ({("a", n)}, ("upstream", 1 if algorithm == "front_to_back" else n)),
            G: ({("upstream", i), ("a", i - 1), ("a", i)}, ("gradient", i)),
            P: ({("upstream", i)}, ("upstream", i + onwards)),
            U: ({("gradient", i)}, ("new weight", i)),
        }[phase]
        assert needed <= known
        assert found not in known
        if phase is P:
            assert (("new weight", i) in known) == (algorithm == "in_place")
        known.add(found)
    for name in ("a", "upstream", "gradient", "new weight"):
        assert {(name, i) for i in range(1, n + 1)} <= known


@pytest.mark.parametrize("activation", chains.ACTIVATIONS)
@every_chain
def test_a_formula_has_only_numbers_that_are_given_or_computed_before(
    algorithm: str, layers: int, activation: str
) -> None:
    known = {Name(Quantity.WEIGHT, i) for i in range(1, layers + 1)}
    known |= {
        Name(Quantity.OUTPUT, 0),
        Name(Quantity.TARGET, layers),
        Name(Quantity.LEARNING_RATE, 0),
    }
    computed = set()
    for step in steps_of(of(algorithm, layers, activation)):
        assert set(names_in(step.expression)) <= known
        assert step.result not in computed
        computed.add(step.result)
        known.add(step.result)
        if step.phase is F:
            known.add(Name(Quantity.DERIVATIVE, step.layer))


@every_chain
def test_the_weights_change_when_all_gradients_are_known(algorithm: str, layers: int) -> None:
    phases = [phase for phase, _ in order(algorithm, layers)]
    if algorithm != "in_place":
        assert phases[-layers:] == [U] * layers
    assert [i for phase, i in order(algorithm, layers) if phase is U] == [*range(layers, 0, -1)]


# --- what arrives where --------------------------------------------------------------------


@every_chain
def test_a_gradient_is_taken_as_soon_as_its_derivative_has_arrived(
    algorithm: str, layers: int
) -> None:
    structure = of(algorithm, layers)
    steps = steps_of(structure)
    bringers = [step for step in steps if step.phase in (S, P)]
    assert len(bringers) == layers
    for layer in range(1, layers + 1):
        position = position_of(structure, Name(Quantity.UPSTREAM, layer))
        assert steps[position - 1] in bringers
        following = steps[position]
        assert (following.phase, following.result) == (G, Name(Quantity.GRADIENT, layer))


@pytest.mark.parametrize("algorithm", chains.ALGORITHMS)
def test_the_seed_arrives_at_the_end_where_the_pass_begins(algorithm: str) -> None:
    ahead = algorithm == "front_to_back"
    results = {(s.phase, s.layer): s.result for s in steps_of(of(algorithm, 7))}
    assert results[S, 7] == Name(Quantity.UPSTREAM, 1 if ahead else 7)
    assert results[P, 4] == Name(Quantity.UPSTREAM, 5 if ahead else 3)
    assert begins_in_front(algorithm) == ahead


# --- what is right -------------------------------------------------------------------------

FORWARD_PASS = {Name(Quantity.OUTPUT, i) for i in (1, 2, 3)} | {Name(Quantity.LOSS, 3)}


def upstreams(*layers: int) -> set[Name]:
    return {Name(Quantity.UPSTREAM, i) for i in layers}


def gradients(*layers: int) -> set[Name]:
    return {Name(Quantity.GRADIENT, i) for i in layers}


def weights(*layers: int) -> set[Name]:
    return {Name(Quantity.WEIGHT, i) for i in layers}


ALL = (1, 2, 3)
# For three layers: (with tanh, with the identity), by hand from the table of algorithms and slips.
RIGHT: dict[str, tuple[set[Name], set[Name]]] = {
    "backprop": (
        upstreams(*ALL) | gradients(*ALL) | weights(*ALL),
        upstreams(*ALL) | gradients(*ALL) | weights(*ALL),
    ),
    # w₃ is updated by the right gradient, and is new when ∂L/∂a₂ takes it.
    "in_place": (
        upstreams(3) | gradients(3) | weights(3),
        upstreams(3) | gradients(3) | weights(3),
    ),
    "front_to_back": (set(), set()),
    "sign_flipped": (upstreams(*ALL), upstreams(*ALL)),
    "no_local_derivative": (
        upstreams(3),
        upstreams(*ALL) | gradients(*ALL) | weights(*ALL),
    ),
    "own_output": (upstreams(*ALL), upstreams(*ALL)),
}


@pytest.mark.parametrize("algorithm", chains.ALGORITHMS)
def test_what_is_right_of_each_algorithm(algorithm: str) -> None:
    curved, linear = RIGHT[algorithm]
    assert true_results(of(algorithm, 3, "tanh")) == FORWARD_PASS | curved
    assert true_results(of(algorithm, 3)) == FORWARD_PASS | linear
    for activation in chains.ACTIVATIONS:
        found = {i for i in ALL if is_public(of(algorithm, 3, activation), i)}
        # A mistake that the identity hides is one still.
        assert upstreams(*found) == {n for n in curved if n.quantity is Quantity.UPSTREAM}


@pytest.mark.parametrize("algorithm", chains.ALGORITHMS)
def test_in_a_chain_of_one_layer(algorithm: str) -> None:
    assert is_public(of(algorithm, 1, "tanh"), 1) == (algorithm != "front_to_back")
    assert is_correct(of(algorithm, 1, "tanh")) == (algorithm in {"backprop", "in_place"})


@every_chain
def test_which_algorithms_are_correct(algorithm: str, layers: int) -> None:
    hidden = {"in_place"} if layers == 1 else set()
    assert is_correct(of(algorithm, layers, "relu")) == (algorithm in {"backprop"} | hidden)
    hidden |= {"no_local_derivative"}
    assert is_correct(of(algorithm, layers)) == (algorithm in {"backprop"} | hidden)
