"""engine.expressions: every operation in its place, to the last bit."""

from __future__ import annotations

import math
import struct
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.expressions import (
    Activated,
    Difference,
    Expression,
    HalfSquare,
    Negated,
    Node,
    Product,
    Reading,
    Slope,
    Spread,
    Sum,
    evaluate,
    factors,
    fold,
    linear,
    names_in,
    product,
    renamed,
    total,
)
from engine.quantities import Name, Quantity
from tests.engine.chains import any_float

if TYPE_CHECKING:
    from collections.abc import Mapping

A, B, C, D = (Name(Quantity.OUTPUT, i) for i in range(4))
G = Name(Quantity.GRADIENT, 1)
S = Name(Quantity.DERIVATIVE, 1)
TENTHS = {A: 0.1, B: 0.2, C: 0.3}


def value(expression: Expression, numbers: Mapping[Name, float]) -> float:
    return evaluate(expression, numbers.__getitem__, math.tanh, lambda a: 1 - a * a)


def bits(number: float) -> bytes:
    return struct.pack("d", math.nan if math.isnan(number) else number)


# --- the order of operations ---------------------------------------------------------------


def test_a_product_is_multiplied_from_left_to_right_but_a_product_in_it_first() -> None:
    assert value(Product((A, B, C)), TENTHS) == 0.1 * 0.2 * 0.3
    assert value(Product((A, Product((B, C)))), TENTHS) == 0.1 * (0.2 * 0.3)
    assert 0.1 * 0.2 * 0.3 != 0.1 * (0.2 * 0.3)


def test_a_sum_is_added_likewise() -> None:
    assert value(Sum((A, B, C)), TENTHS) == 0.1 + 0.2 + 0.3
    assert value(Sum((A, Sum((B, C)))), TENTHS) == 0.1 + (0.2 + 0.3)
    assert 0.1 + 0.2 + 0.3 != 0.1 + (0.2 + 0.3)


def test_a_difference_is_the_first_minus_the_second() -> None:
    assert value(Difference((A, C)), TENTHS) == 0.1 - 0.3
    assert bits(value(Negated((A,)), {A: 0.0})) == bits(-0.0)


def test_half_a_square_overflows_no_sooner_than_the_loss() -> None:
    # ½·d comes first: d² alone would be infinite.
    assert value(HalfSquare((A,)), {A: 1.6e154}) == 0.5 * 1.6e154 * 1.6e154 < math.inf
    # And it underflows no later.
    assert value(HalfSquare((A,)), {A: 5e-324}) == 0.0


def test_f_is_applied_to_z_and_its_slope_computed_from_f() -> None:
    z = Product((A, B))
    assert value(Activated((z,)), {A: 2.0, B: 0.3}) == math.tanh(0.6)
    assert value(Slope((z,)), {A: 2.0, B: 0.3}) == 1 - math.tanh(0.6) * math.tanh(0.6)


def test_a_spread_is_multiplied_factor_by_factor_and_goes_by_its_name() -> None:
    whole = Product((A, Product((B, C))))
    spread = Product((A, Spread(G, (B, C))))
    assert value(spread, TENTHS) == (0.1 * 0.2) * 0.3 != value(whole, TENTHS)
    assert list(names_in(spread)) == [A, G]
    assert factors(spread) == (A, B, C)
    # Alone, it is the number it is the name of.
    assert value(Spread(G, (B, C)), TENTHS) == 0.2 * 0.3


def test_one_factor_or_term_is_itself() -> None:
    assert product(A) == total(A) == A
    assert product(A, B) == Product((A, B))
    assert total(A, B) == Sum((A, B))


def test_names_are_read_as_the_formula_shows_them() -> None:
    expression = Difference((Product((C, A)), Negated((HalfSquare((Activated((B,)),)),))))
    assert list(names_in(expression)) == [C, A, B]


# --- any expression ------------------------------------------------------------------------

NAMES = st.sampled_from((A, B, C, D))
NUMBERS = st.fixed_dictionaries(dict.fromkeys((A, B, C, D, S), any_float))


def larger(parts: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    several = st.lists(parts, min_size=2, max_size=3).map(tuple)
    one = st.tuples(parts)
    slopes = st.one_of(one.map(Slope), st.just(S))
    return st.one_of(
        several.map(Product),
        several.map(Sum),
        st.tuples(parts, parts).map(Difference),
        one.map(Negated),
        one.map(HalfSquare),
        one.map(Activated),
        st.tuples(slopes, parts).map(Product),
        st.tuples(parts, slopes, parts).map(Product),
        st.tuples(parts, st.builds(Spread, st.just(G), several)).map(Product),
    )


EXPRESSIONS: st.SearchStrategy[Expression] = st.recursive(NAMES, larger, max_leaves=12)


def by_recursion(  # noqa: C901 - a case for each kind
    expression: Expression, numbers: Mapping[Name, float], *, bent: bool
) -> float:
    """Compute an expression by its definition."""

    def of(part: Expression) -> float:
        return by_recursion(part, numbers, bent=bent)

    match expression:
        case Name():
            return 1.0 if expression == S and not bent else numbers[expression]
        case Product(parts):
            # A spread hands its factors over.
            flat = [p for part in parts for p in (part.parts if type(part) is Spread else [part])]
            found = of(flat[0])
            for part in flat[1:]:
                found *= of(part)
            return found
        case Sum(parts):
            found = of(parts[0])
            for part in parts[1:]:
                found += of(part)
            return found
        case Difference((left, right)):
            return of(left) - of(right)
        case Negated((part,)):
            return -of(part)
        case HalfSquare((part,)):
            return (0.5 * of(part)) * of(part)
        case Activated((part,)):
            return math.tanh(of(part)) if bent else of(part)
        case Slope((part,)):
            a = math.tanh(of(part))
            return 1 - a * a if bent else 1.0
    raise AssertionError(expression)


@given(EXPRESSIONS, NUMBERS)
def test_any_expression_is_computed_by_its_definition(
    expression: Expression, numbers: dict[Name, float]
) -> None:
    assert bits(value(expression, numbers)) == bits(by_recursion(expression, numbers, bent=True))


@given(EXPRESSIONS, NUMBERS)
def test_without_an_activation_nothing_is_left_of_f_in_products(
    expression: Expression, numbers: dict[Name, float]
) -> None:
    found = linear(expression)
    expected = by_recursion(expression, numbers, bent=False)
    # It needs no f any more: evaluate has none.
    assert bits(evaluate(found, numbers.__getitem__)) == bits(expected)
    assert S not in set(names_in(found))


@given(EXPRESSIONS, NUMBERS)
def test_other_names_in_the_place_of_names(
    expression: Expression, numbers: dict[Name, float]
) -> None:
    def next_one(name: Name) -> Name:
        return name._replace(layer=name.layer + 1)

    found = renamed(expression, next_one)
    assert list(names_in(found)) == list(map(next_one, names_in(expression)))
    moved = {next_one(name): number for name, number in numbers.items()}
    assert bits(value(found, moved)) == bits(value(expression, numbers))
    assert renamed(found, lambda name: name._replace(layer=name.layer - 1)) == expression


def test_a_formula_in_the_place_of_a_name() -> None:
    z = Product((A, B))
    found = renamed(Difference((C, A)), lambda name: z if name == A else name)
    assert found == Difference((C, z))


# --- deep and shared -----------------------------------------------------------------------


def test_a_very_deep_expression_is_no_trouble() -> None:
    deep: Expression = A
    for _ in range(100_000):
        deep = Negated((deep,))
    assert value(deep, {A: 0.25}) == 0.25
    assert value(Negated((deep,)), {A: 0.25}) == -0.25


def test_what_is_shared_is_computed_once() -> None:
    shared: Expression = A
    nodes = []
    for _ in range(64):
        shared = Sum((shared, shared))
        nodes.append(shared)
    made: list[Node] = []

    def node(of: Node, parts: list[float]) -> float:
        made.append(of)
        return sum(parts)

    known: dict[int, float] = {}
    assert fold(shared, Reading({A: 1.0}.__getitem__, node), known) == 2.0**64
    assert len(made) == 64
    assert [known[id(one)] for one in nodes[:3]] == [2.0, 4.0, 8.0]


def test_a_name_that_is_not_known_is_told() -> None:
    with pytest.raises(KeyError):
        value(Product((A, D)), TENTHS)
