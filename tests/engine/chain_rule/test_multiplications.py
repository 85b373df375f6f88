"""engine.chain_rule.multiplications: counts against the formulas, of the true pass."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import UserError
from engine.chain_rule import multiplications
from engine.chain_rule.multiplications import MOST_LAYERS, WAYS, Count, Counted, count, counting
from engine.steps import Structure
from tests.engine import oracle
from tests.engine.chains import chains, names, numbers

BENT = ("tanh", "sigmoid", "relu")


@pytest.mark.parametrize("layers", [1, 2, 3, 4, 7, 10, 31, 64, 100, 200])
def test_a_linear_chain(layers: int) -> None:
    n = layers
    assert count(n) == Count(n, n * (n + 1) // 2, n * n, 2 * n - 1)


@pytest.mark.parametrize("activation", BENT)
@pytest.mark.parametrize("layers", [1, 2, 3, 10, 64])
def test_a_slope_is_a_number_to_multiply_with(layers: int, activation: str) -> None:
    n = layers
    # Written out, row i has n − i weights and n − i + 1 slopes more than e − ê, and its input.
    written_out = sum((n - i) + (n - i + 1) + 1 for i in range(1, n + 1))
    expanded = written_out + sum(i - 1 for i in range(1, n + 1))
    # Backpropagation multiplies by a slope and an input in each layer, by all weights but w₁.
    assert count(n, activation) == Count(n, written_out, expanded, n + n + n - 1)


def test_the_figures_of_the_article() -> None:
    assert [tuple(count(n)) for n in (3, 10, 100)] == [
        (3, 6, 9, 5),
        (10, 55, 100, 19),
        (100, 5050, 10_000, 199),
    ]


@given(chains(), numbers(2.0), numbers(2.0), names)
def test_what_is_counted_is_a_true_backward_pass(
    weights: list[float], x: float, target: float, activation: str
) -> None:
    _, slopes = oracle.tape_gradients(weights, x, target, activation)
    structure = Structure(len(weights), activation, "backprop")
    for way in WAYS:
        gradients = list(way(multiplications.given(weights, x, target, structure)))
        assert gradients[::-1] == pytest.approx(slopes, rel=1e-7, abs=1e-12)


@given(numbers(5.0), numbers(5.0))
def test_a_number_counts_products_with_its_own_kind_alone(a: float, b: float) -> None:
    before = Counted.products[0]
    assert Counted(a) * b == a * b
    assert Counted(a) - Counted(b) == a - b
    assert Counted(a) + Counted(b) == a + b
    assert Counted.products[0] == before
    product = Counted(a) * Counted(b)
    assert (product, type(product)) == (a * b, Counted)
    assert product * Counted(b) == a * b * b
    assert Counted.products[0] == before + 2


@given(st.integers(1, 12), st.integers(1, 12), names)
def test_two_counts_at_the_same_time_do_not_disturb_each_other(
    one: int, other: int, activation: str
) -> None:
    running = {n: counting(n, activation) for n in (one, other)}
    found = {}
    while running:
        for n, pieces in list(running.items()):
            try:
                next(pieces)
            except StopIteration as done:
                found[n] = done.value
                del running[n]
    assert found == {n: count(n, activation) for n in (one, other)}


@pytest.mark.parametrize("layers", [0, -3, MOST_LAYERS + 1])
def test_other_numbers_of_layers_are_refused(layers: int) -> None:
    with pytest.raises(UserError, match=f"from 1 to 1000, not {layers}"):
        count(layers)
