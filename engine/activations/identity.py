"""No activation: f(z) = z, the chain is linear."""

from engine.activations.activation import Activation, Code
from engine.words import mark


def _identity(z: float) -> float:
    return z


def _one(_a: float) -> float:
    return 1.0


IDENTITY = Activation(
    name="identity",
    title=mark("None (linear)"),
    symbol="",
    function=_identity,
    derivative=_one,
    on_arrays=lambda: _identity,
    exactly_on_arrays=lambda: (_identity, _one),
    code=Code("", (), "1.0"),
    is_identity=True,
    is_odd=True,
)
