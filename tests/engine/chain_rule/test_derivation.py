"""engine.chain_rule.derivation: written-out gradients against a tape, fractions and sympy."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from engine import Experiment
from engine.activations import ACTIVATIONS as RECORDS
from engine.chain_rule.derivation import (
    Derivation,
    Row,
    derivation,
    expanded,
    factors_of,
    outputs_of,
)
from engine.expressions import (
    Activated,
    Difference,
    Expression,
    Node,
    Product,
    Reading,
    Slope,
    evaluate,
    fold,
)
from engine.parameters import WEIGHT
from engine.quantities import Name, Quantity
from engine.steps import Structure
from tests.engine import oracle
from tests.engine.chains import ACTIVATIONS, any_float, chains, names, numbers


def chain(layers: int, activation: str) -> Structure:
    return Structure(layers, activation, "backprop")


def spelled(layer: int, layers: int, activation: str) -> list[str]:
    """Return a row as short words: seed, w3, slope2, a0."""
    words = {"upstream": "seed", "weight": "w", "derivative": "slope", "output": "a"}
    return [
        words[name.quantity] + (str(name.layer) if name.quantity != "upstream" else "")
        for name in factors_of(WEIGHT.of(layer), chain(layers, activation))
    ]


def test_the_rows_of_the_article() -> None:
    assert [spelled(i, 3, "identity") for i in (3, 2, 1)] == [
        ["seed", "a2"],
        ["seed", "w3", "a1"],
        ["seed", "w3", "w2", "a0"],
    ]


def test_the_slope_of_an_activation_is_a_factor_of_its_own() -> None:
    assert [spelled(i, 2, "tanh") for i in (2, 1)] == [
        ["seed", "slope2", "a1"],
        ["seed", "slope2", "w2", "slope1", "a0"],
    ]
    assert spelled(1, 1, "sigmoid") == ["seed", "slope1", "a0"]


def test_the_figures_of_the_article() -> None:
    found = derivation(Experiment().weights, 1.0, -1.0, "identity")
    assert [row.layer for row in found.rows] == [3, 2, 1]
    gradients = [-0.055899372808501456, -0.12507304732298738, 0.1249122161434036]
    assert [row.value for row in found.rows] == gradients
    assert [row.expanded for row in found.rows] == gradients


@given(chains(), numbers(2.0), numbers(2.0), names)
def test_every_row_is_the_slope_of_the_loss(
    weights: list[float], x: float, target: float, activation: str
) -> None:
    _, slopes = oracle.tape_gradients(weights, x, target, activation)
    found = derivation(weights, x, target, activation)
    for row in found.rows:
        for value in (row.value, row.expanded, math.prod(f.value for f in row.factors)):
            assert value == pytest.approx(slopes[row.layer - 1], rel=1e-7, abs=1e-12)
    assert found.disagreement == 0.0


@given(st.lists(any_float, min_size=1, max_size=6), any_float, any_float, names)
def test_the_three_ways_agree_to_the_last_bit_whatever_the_numbers(
    weights: list[float], x: float, target: float, activation: str
) -> None:
    assert derivation(weights, x, target, activation).disagreement == 0.0


@given(chains(), numbers(2.0), numbers(2.0), names)
def test_what_is_passed_is_the_public_derivative(
    weights: list[float], x: float, target: float, activation: str
) -> None:
    rows = derivation(weights, x, target, activation).rows
    for row, before in pairwise(rows):
        # ∂L/∂aᵢ₋₁ takes over all of ∂L/∂aᵢ, and then f′(zᵢ) and wᵢ.
        assert before.factors[: row.passed] == row.factors[: row.passed]
        added = before.factors[row.passed : before.passed]
        assert {factor.layer for factor in added} == {row.layer}
        assert (added[-1].quantity, len(added)) == (Quantity.WEIGHT, 1 + (activation != "identity"))


# --- expanded, against sympy ----------------------------------------------------------------

X, TARGET = sympy.symbols("x target", real=True)
FUNCTIONS = {
    "identity": lambda z: z,
    "tanh": sympy.tanh,
    "sigmoid": lambda z: 1 / (1 + sympy.exp(-z)),
    "relu": lambda z: sympy.Max(0, z),
    "softplus": lambda z: sympy.log(1 + sympy.exp(z)),
    "leaky_relu": lambda z: z / 100 + 99 * sympy.Max(0, z) / 100,
}


def symbolic_gradient(layers: int, layer: int, activation: str) -> sympy.Expr:
    """Return ∂L/∂w, differentiated by sympy from the definition of the loss."""
    weights = sympy.symbols(f"w1:{layers + 1}", real=True)
    a = X
    for w in weights:
        a = FUNCTIONS[activation](w * a)
    return sympy.diff((a - TARGET) ** 2 / 2, weights[layer - 1])


SPELLED = {Quantity.WEIGHT: "w{}", Quantity.OUTPUT: "x", Quantity.TARGET: "target"}


def source(expression: Expression, activation: str) -> str:
    """Write an expansion, in which only parameters, x and ê are left, as Python."""

    def node(of: Node, parts: list[str]) -> str:
        match of:
            case Product():
                return f"({' * '.join(parts)})"
            case Difference():
                return f"({parts[0]} - {parts[1]})"
            case Activated():
                return f"{activation}({parts[0]})"
            case Slope():
                return f"{activation}_derivative({parts[0]})"
        raise AssertionError(of)

    def word(name: Name) -> str:
        assert name.quantity is not Quantity.OUTPUT or name.layer == 0
        return SPELLED[name.quantity].format(name.layer)

    return fold(expression, Reading(word, node))


def read_by_sympy(text: str, layers: int, activation: str) -> sympy.Expr:
    z = sympy.Dummy(real=True)
    function = FUNCTIONS[activation]
    slope = sympy.Lambda(z, sympy.diff(function(z), z))
    known = {f"w{i}": sympy.Symbol(f"w{i}", real=True) for i in range(1, layers + 1)}
    known |= {"x": X, "target": TARGET, activation: function, f"{activation}_derivative": slope}
    return sympy.sympify(text, locals=known)


@pytest.mark.parametrize(
    ("layers", "activation"),
    # The cases of leaky ReLU double with each layer: sympy takes seconds for four.
    [(n, name) for name in ACTIVATIONS for n in range(1, 4 if name == "leaky_relu" else 5)],
)
def test_the_expansion_is_what_sympy_derives(layers: int, activation: str) -> None:
    structure = chain(layers, activation)
    for layer in range(1, layers + 1):
        factors = factors_of(WEIGHT.of(layer), structure)
        row = "*".join(f"({source(expanded(name, structure), activation)})" for name in factors)
        ours = read_by_sympy(row, layers, activation)
        assert ours.free_symbols <= {X, TARGET, *sympy.symbols(f"w1:{layers + 1}", real=True)}
        theirs = symbolic_gradient(layers, layer, activation)
        assert sympy.expand(ours - theirs) == 0 or sympy.expand(ours / theirs) == 1


@given(chains(), numbers(2.0), numbers(2.0), names)
def test_python_reads_an_expansion_as_its_value(
    weights: list[float], x: float, target: float, activation: str
) -> None:
    n = len(weights)
    values = {Name(Quantity.WEIGHT, i): w for i, w in enumerate(weights, start=1)}
    values |= {Name(Quantity.OUTPUT, 0): x, Name(Quantity.TARGET, n): target}
    known = {f"w{i}": w for i, w in enumerate(weights, start=1)} | {"x": x, "target": target}
    known[activation] = lambda z: oracle.BENT[activation](z)[0]
    known[f"{activation}_derivative"] = lambda z: oracle.BENT[activation](z)[1]
    f = RECORDS[activation]
    for name in factors_of(WEIGHT.of(1), chain(n, activation)):
        expression = expanded(name, chain(n, activation))
        text = source(expression, activation)
        read = eval(text, {"__builtins__": {}}, known)  # noqa: S307 - our own text
        value = evaluate(expression, values.__getitem__, f.function, f.derivative)
        assert value == pytest.approx(read, rel=1e-9, abs=1e-12)


def test_a_very_deep_expansion_is_no_trouble() -> None:
    deep = outputs_of(chain(5000, "tanh"))[-1]
    halves = {WEIGHT.of(i): 0.5 for i in range(1, 5001)}
    known = {**halves, Name(Quantity.OUTPUT, 0): 1.0}
    assert evaluate(deep, known.__getitem__, math.tanh, lambda a: 1 - a * a) == 0.0


@pytest.mark.parametrize(
    ("numbers_of_rows", "expected"),
    [
        ([(1.0, 1.0, 1.0)], 0.0),
        ([(math.nan, math.nan, math.nan), (math.inf, math.inf, math.inf)], 0.0),
        ([(4.0, 3.0, 4.0), (4.0, 4.0, 5.0)], 0.25),
        ([(-1.0, 1.0, -1.0)], 2.0),
        ([(-4.0, 3.0, -4.0)], 1.75),
        ([(1.0, 1.0, 1.0), (math.inf, 1.0, math.inf)], math.inf),
        ([(1.0, 1.0, math.nan)], math.inf),
    ],
)
def test_how_far_the_three_disagree(
    numbers_of_rows: list[tuple[float, float, float]], expected: float
) -> None:
    rows = tuple(Row(WEIGHT.of(1), (), 0, *three) for three in numbers_of_rows)
    assert Derivation("tanh", rows).disagreement == expected
