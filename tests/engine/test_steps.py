"""engine.steps: which steps one update takes, and in which order."""

from collections.abc import Callable

import pytest

from engine.steps import (
    Phase,
    Step,
    arrival,
    positions_of,
    receiver,
    steps_of,
    steps_per_sample,
)
from tests.engine import chains

F, L, S, G, P, U = (
    Phase.FORWARD,
    Phase.LOSS,
    Phase.SEED,
    Phase.GRADIENT,
    Phase.PASS_ON,
    Phase.UPDATE,
)


def every_chain(test: Callable[[str, int], None]) -> Callable[[str, int], None]:
    """Run a test for every algorithm and for short chains and a long one."""
    with_layers = pytest.mark.parametrize("layers", [1, 2, 3, 4, 5, 64])(test)
    return pytest.mark.parametrize("algorithm", chains.ALGORITHMS)(with_layers)


def order(algorithm: str, layers: int) -> list[tuple[Phase, int]]:
    return [(step.phase, step.layer) for step in steps_of(algorithm, layers)]


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


@pytest.mark.parametrize("slip", ["sign_flipped", "no_local_derivative", "own_output"])
@pytest.mark.parametrize("layers", [1, 2, 3, 64])
def test_slips_in_a_formula_keep_the_order_of_backprop(slip: str, layers: int) -> None:
    assert steps_of(slip, layers) == steps_of("backprop", layers)


@pytest.mark.parametrize("algorithm", chains.ALGORITHMS)
def test_one_layer_passes_nothing_on(algorithm: str) -> None:
    assert order(algorithm, 1) == [(F, 1), (L, 1), (S, 1), (G, 1), (U, 1)]


def passing(algorithm: str, layers: int) -> range:
    """Return the layers that pass the public derivative on: all but the last on its way."""
    return range(1, layers) if algorithm == "front_to_back" else range(2, layers + 1)


@every_chain
def test_each_step_is_taken_once_whatever_the_order(algorithm: str, layers: int) -> None:
    every = {Step(phase, i) for phase in (F, G, U) for i in range(1, layers + 1)}
    every |= {Step(P, i) for i in passing(algorithm, layers)}
    every |= {Step(L, layers), Step(S, layers)}
    steps = steps_of(algorithm, layers)
    assert set(steps) == every
    assert len(steps) == len(every) == steps_per_sample(layers) == 4 * layers + 1


@every_chain
def test_positions_count_the_steps(algorithm: str, layers: int) -> None:
    positions = positions_of(algorithm, layers)
    steps = steps_of(algorithm, layers)
    assert [steps[positions[step] - 1] for step in steps] == list(steps)
    assert sorted(positions.values()) == list(range(1, 4 * layers + 2))


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


@every_chain
def test_the_weights_change_when_all_gradients_are_known(algorithm: str, layers: int) -> None:
    phases = [phase for phase, _ in order(algorithm, layers)]
    if algorithm != "in_place":
        assert phases[-layers:] == [U] * layers
    assert [i for phase, i in order(algorithm, layers) if phase is U] == [*range(layers, 0, -1)]


@every_chain
def test_arrival_and_receiver_tell_the_same_story(algorithm: str, layers: int) -> None:
    bringers = [step for step in steps_of(algorithm, layers) if step.phase in (S, P)]
    for step in bringers:
        assert arrival(algorithm, layers, receiver(algorithm, step)) == step
    for layer in range(1, layers + 1):
        step = arrival(algorithm, layers, layer)
        assert step in bringers
        assert receiver(algorithm, step) == layer
        assert steps_of(algorithm, layers)[positions_of(algorithm, layers)[step]] == Step(G, layer)


@pytest.mark.parametrize("algorithm", chains.ALGORITHMS)
def test_the_seed_arrives_at_the_end_where_the_pass_begins(algorithm: str) -> None:
    start = 1 if algorithm == "front_to_back" else 7
    assert receiver(algorithm, Step(S, 7)) == start
    assert arrival(algorithm, 7, start) == Step(S, 7)
    assert receiver(algorithm, Step(P, 4)) == (5 if algorithm == "front_to_back" else 3)
