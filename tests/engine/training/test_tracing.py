"""engine.tracing: an update as text does what the chain does, bit for bit."""

import math
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.chain import ACTIVATIONS, Learner
from engine.tracing import Kind, written_update
from tests.engine import chains

number = st.one_of(chains.numbers(2.0), chains.finite_float)


def bits(*numbers: float) -> bytes:
    plain = [math.nan if math.isnan(n) else n for n in numbers]
    return struct.pack(f"{len(plain)}d", *plain)


@pytest.mark.parametrize("algorithm", chains.ALGORITHMS)
@pytest.mark.parametrize("activation", chains.ACTIVATIONS)
@given(st.lists(number, min_size=1, max_size=7), number, number, st.floats(1e-9, 1e9))
def test_the_text_is_one_update(
    activation: str, algorithm: str, weights: list[float], x: float, target: float, rate: float
) -> None:
    update = written_update(Kind(len(weights), activation, algorithm))
    function, derivative = ACTIVATIONS[activation]
    names: dict[str, object] = {"function": function, "derivative": derivative}
    names |= {"x": x, "target": target, "rate": rate}
    names |= {f"w{i}": w for i, w in enumerate(weights, 1)}
    exec("\n".join(update.lines), names)  # noqa: S102 - it is what is tested
    learner = Learner(weights, rate, activation, algorithm)
    met = learner.learn(x, target)
    told = [names[name] for name in (*update.weights, update.loss)]
    assert bits(*told) == bits(*learner.weights, met)  # type: ignore[arg-type]


def test_the_longest_chain_has_no_loop_in_it() -> None:
    lines = written_update(Kind(64, "tanh", "backprop")).lines
    assert len(lines) > 64 * 6
    assert all(line.startswith("t") and " = " in line for line in lines)
