"""engine.source: the steps as text do what the steps say, bit for bit."""

from __future__ import annotations

import math
import struct
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.activations import ACTIVATIONS
from engine.chain import Functions, Rows, functions_of, rows_of
from engine.expressions import Activated, Product, Slope, evaluate
from engine.parameters import WEIGHT
from engine.quantities import Name, Quantity
from engine.source import _Page, layered_functions, written_update
from engine.steps import Structure, steps_of
from tests.engine import chains

number = st.one_of(chains.numbers(2.0), chains.finite_float)
weights_of_a_chain = st.lists(number, min_size=1, max_size=7)
every_kind = pytest.mark.parametrize(
    ("algorithm", "activation"),
    [(algorithm, f) for algorithm in chains.ALGORITHMS for f in chains.ACTIVATIONS],
)


def bits(*numbers: Any) -> bytes:  # noqa: ANN401 - numbers
    plain = [math.nan if math.isnan(n) else n for n in numbers]
    return struct.pack(f"{len(plain)}d", *plain)


def computed(
    structure: Structure, weights: list[float], x: float, target: float, rate: float
) -> dict[Name, float]:
    """Take the steps one by one; return every number after them."""
    f, n = ACTIVATIONS[structure.activation], structure.layers
    known = {WEIGHT.of(i): w for i, w in enumerate(weights, start=1)} | {
        Name(Quantity.OUTPUT, 0): x,
        Name(Quantity.TARGET, n): target,
        Name(Quantity.LEARNING_RATE, 0): rate,
    }
    for step in steps_of(structure):
        known[step.result] = evaluate(step.expression, known.__getitem__, f.function, f.derivative)
        if step.result.quantity is Quantity.OUTPUT:
            known[Name(Quantity.DERIVATIVE, step.layer)] = f.derivative(known[step.result])
    return known


def row(known: dict[Name, float], quantity: Quantity) -> list[float]:
    return [value for name, value in sorted(known.items()) if name.quantity is quantity]


def made(structure: Structure, weights: list[float]) -> tuple[Functions, Rows, dict[Quantity, Any]]:
    """Return the functions with loops, and the rows of a chain for them."""
    functions = functions_of(structure.activation, structure.algorithm, (WEIGHT,))
    rows = rows_of(functions.rows, (WEIGHT,), weights)
    return functions, rows, dict(zip(functions.rows, rows, strict=True))


@every_kind
@given(weights_of_a_chain, number, number, st.floats(1e-9, 1e9))
def test_every_layer_written_out(
    algorithm: str, activation: str, weights: list[float], x: float, target: float, rate: float
) -> None:
    structure = Structure(len(weights), activation, algorithm)
    known = computed(structure, weights, x, target, rate)
    update = written_update(structure)
    f = ACTIVATIONS[activation]
    names: dict[str, Any] = {"function": f.function, "derivative": f.derivative}
    names |= {"x": x, "target": target, "rate": rate}
    names |= {f"w{i}": w for i, w in enumerate(weights, 1)}
    exec("\n".join(update.lines), names)  # noqa: S102 - it is what is tested
    assert bits(*map(names.get, update.theta)) == bits(*row(known, Quantity.WEIGHT))
    assert bits(names[update.loss]) == bits(*row(known, Quantity.LOSS))
    assert bits(names[update.output]) == bits(row(known, Quantity.OUTPUT)[-1])


@every_kind
@given(weights_of_a_chain, number, number, st.floats(1e-9, 1e9))
def test_loops_over_the_layers(
    algorithm: str, activation: str, weights: list[float], x: float, target: float, rate: float
) -> None:
    structure = Structure(len(weights), activation, algorithm)
    known = computed(structure, weights, x, target, rate)
    functions, rows, held = made(structure, weights)
    after, output, loss = functions.learn(rows, x, target, rate)
    assert after is rows
    assert bits(output, loss) == bits(row(known, Quantity.OUTPUT)[-1], *row(known, Quantity.LOSS))
    for quantity, numbers in held.items():
        assert bits(*numbers) == bits(*row(known, quantity)), quantity


@every_kind
@given(weights_of_a_chain, number, number)
def test_the_forward_pass_alone_and_the_loss(
    algorithm: str, activation: str, weights: list[float], x: float, target: float
) -> None:
    structure = Structure(len(weights), activation, algorithm)
    known = computed(structure, weights, x, target, 1.0)
    functions, _, _ = made(structure, weights)
    outputs = [0.0] * (len(weights) + 1)
    functions.forward((weights, outputs), x)
    assert bits(*outputs) == bits(*row(known, Quantity.OUTPUT))
    assert bits(functions.loss(outputs[-1], target)) == bits(*row(known, Quantity.LOSS))


@pytest.mark.parametrize("layers", [1, 2, 3, 8])
def test_weights_are_written_down_one_chain_after_the_other(layers: int) -> None:
    structure = Structure(layers, "tanh", "backprop")
    checkpoints = [0.0] * 3 * layers
    for place in (2, 0):
        weights = [10.0 * place + i for i in range(layers)]
        functions, rows, _ = made(structure, weights)
        functions.keep(checkpoints, place, rows)
        assert checkpoints[place * layers : (place + 1) * layers] == weights
    assert checkpoints[layers : 2 * layers] == [0.0] * layers


@every_kind
def test_what_is_computed_twice_is_written_once(algorithm: str, activation: str) -> None:
    lines = written_update(Structure(5, activation, algorithm)).lines
    texts = [line.split(" = ", 1)[1] for line in lines]
    assert len(set(texts)) == len(texts)
    # ∂L/∂aᵢ·f′(zᵢ) serves the gradient and what is passed on; f and f′ are called once a layer.
    assert sum("function(" in text for text in texts) == (0 if activation == "identity" else 5)
    slopes = 0 if activation == "identity" or algorithm == "no_local_derivative" else 5
    assert sum("derivative(" in text for text in texts) == slopes


@pytest.mark.parametrize("algorithm", chains.ALGORITHMS)
def test_no_product_is_multiplied_twice(algorithm: str) -> None:
    lines = written_update(Structure(6, "identity", algorithm)).lines
    # Forward 6, loss 2, gradients 6, passed on 5, updates 6.
    # Front to back the seed has a weight too, and the last layer multiplies by its own for the
    # gradient alone; in place α·∂L/∂aᵢ is multiplied anew, and then by aᵢ₋₁.
    more = {"front_to_back": 2, "in_place": 6}
    assert sum(" * " in line for line in lines) == 25 + more.get(algorithm, 0)


def test_the_longest_chain_has_no_loop_in_it() -> None:
    lines = written_update(Structure(64, "tanh", "backprop")).lines
    assert len(lines) > 64 * 6
    assert all(line.startswith("t") and " = " in line for line in lines)


@every_kind
def test_loops_have_the_same_text_whatever_the_number_of_layers(
    algorithm: str, activation: str
) -> None:
    text = layered_functions(activation, algorithm, (WEIGHT,)).text
    assert "function(" in text or activation == "identity"
    # No layer is written out: the only numbers are those of ½, of neighbours and of ends.
    digits = {word for word in text.replace("[", " ").replace("]", " ").split() if word.isdigit()}
    assert digits <= {"0", "1"}


def test_a_slope_in_a_formula_is_computed_from_the_output() -> None:
    z, w = Name(Quantity.OUTPUT, 0), Name(Quantity.WEIGHT, 1)
    page = _Page({z: "x", w: "w1"})
    value = page.of(Product((w, Slope((z,)))))
    assert [line for _, line in page.lines] == [
        "t0 = function(x)",
        "t1 = derivative(t0)",
        "t2 = w1 * t1",
    ]
    assert value == "t2"
    # What is there already is not computed again.
    assert page.of(Activated((z,))) == "t0"
    # The first number tells after how many operations a line can come.
    assert [depth for depth, _ in page.lines] == [1, 2, 3]
