"""engine.steps: which steps one update takes, and in which order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.steps import Phase, Step, steps_of, steps_per_sample
from tests.engine import chains

F, L, S, G, P, U = (
    Phase.FORWARD,
    Phase.LOSS,
    Phase.SEED,
    Phase.GRADIENT,
    Phase.PASS_ON,
    Phase.UPDATE,
)


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


@pytest.mark.parametrize("algorithm", chains.ALGORITHMS)
def test_one_layer_passes_nothing_on(algorithm: str) -> None:
    assert order(algorithm, 1) == [(F, 1), (L, 1), (S, 1), (G, 1), (U, 1)]


@given(st.sampled_from(chains.ALGORITHMS), st.integers(1, 70))
def test_the_same_steps_whatever_the_order(algorithm: str, layers: int) -> None:
    steps = steps_of(algorithm, layers)
    assert len(steps) == steps_per_sample(layers) == 4 * layers + 1
    every = {Step(phase, i) for phase in (F, G, U) for i in range(1, layers + 1)}
    every |= {Step(P, i) for i in range(2, layers + 1)} | {Step(L, layers), Step(S, layers)}
    assert set(steps) == every


@given(st.sampled_from(chains.ALGORITHMS), st.integers(1, 20))
def test_nothing_is_used_before_it_is_known(algorithm: str, layers: int) -> None:
    at = {(step.phase, step.layer): n for n, step in enumerate(steps_of(algorithm, layers))}
    for i in range(1, layers + 1):
        arrives = at[P, i + 1] if i < layers else at[S, i]
        assert at[F, i] < at[L, layers] < at[S, layers] <= arrives < at[G, i] < at[U, i]
        if i > 1:
            assert at[F, i - 1] < at[F, i]
            assert at[G, i] < at[P, i]
            assert (at[U, i] < at[P, i]) == (algorithm == "in_place")
