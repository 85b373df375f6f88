"""The three names of a factor: a derivative, a symbol, and its expansion. No Qt."""

from functools import lru_cache
from typing import NamedTuple

from engine.chain_rule.derivation import Applied, Name, Reading, expanded, fold
from engine.moment import Quantity
from gui.words import symbols

_DEEP = 6
"""An expansion of more weights is shown without those in its middle."""

_ENDS = 2

_A_LINE = 6
"""The number of factors in a line of a tool tip."""


class Kind(NamedTuple):
    """What the names of factors depend on: the length of the chain, and its activation."""

    layers: int
    activation: str


@lru_cache(maxsize=512)
def names_of(name: Name, kind: Kind) -> tuple[str, str, str]:
    """Return the names of a factor, in the order of `LEVELS`."""
    return _derivative(name, kind), _symbol(name, kind), _expanded(name, kind)


def product_of(names: tuple[Name, ...], kind: Kind, level: int) -> str:
    """Return the product of some factors at a level, unexpanded, broken into lines."""
    written = [names_of(name, kind)[min(level, 1)] for name in names]
    lines = (written[i : i + _A_LINE] for i in range(0, len(written), _A_LINE))
    return " ·\n".join(map(" · ".join, lines))


def _symbol(name: Name, kind: Kind) -> str:
    i, n = name.layer, kind.layers
    match name.quantity:
        case Quantity.UPSTREAM:
            return f"{symbols.output(n, n)} − ê"
        case Quantity.DERIVATIVE:
            return symbols.local_derivative(i, n, kind.activation)
        case Quantity.WEIGHT:
            return symbols.weight(i)
        case _:
            return symbols.output(i, n)


def _derivative(name: Name, kind: Kind) -> str:
    """Return what a factor is a derivative of: ∂(what comes out)/∂(what goes in)."""
    i, n = name.layer, kind.layers
    if name.quantity is Quantity.UPSTREAM:
        return f"∂L/∂{symbols.output(n, n)}"
    if name.quantity is Quantity.OUTPUT:
        return f"∂{_weighted(i + 1, kind)}/∂{symbols.weight(i + 1)}"
    if name.quantity is Quantity.WEIGHT:
        return f"∂{_weighted(i, kind)}/∂{symbols.output(i - 1, n)}"
    return f"∂{symbols.output(i, n)}/∂{_weighted(i, kind)}"


def _weighted(i: int, kind: Kind) -> str:
    """Return zᵢ: by its formula, since z is one of the article's outputs."""
    if kind.activation == "identity":
        return symbols.output(i, kind.layers)
    return f"({symbols.weight(i)}·{symbols.output(i - 1, kind.layers)})"


def _expanded(name: Name, kind: Kind) -> str:
    if name.quantity is Quantity.WEIGHT:
        return symbols.weight(name.layer)
    return expansion(name, kind)


def expansion(name: Name, kind: Kind) -> str:
    """Return the expansion of a factor; one of many weights without its middle."""
    weights = name.layer
    hidden = range(_ENDS + 1, weights - _ENDS + 1) if weights > _DEEP else range(0)
    dots = "⋯·{}" if kind.activation == "identity" else " ⋯ {} ⋯ "

    def multiply(weight: tuple[int, str], inner: tuple[int, str]) -> tuple[int, str]:
        depth, text = inner[0] + 1, inner[1]
        if depth == hidden.start and hidden:
            return depth, dots.format(text)
        if depth in hidden:
            return depth, text
        return depth, f"{weight[1]}·{text}"

    def apply(node: Applied, inner: tuple[int, str]) -> tuple[int, str]:
        depth, text = inner
        function = symbols.activation(node.activation) + ("′" if node.derivative else "")
        return depth, text if depth in hidden else f"{function}({text})"

    reading: Reading[tuple[int, str]] = Reading(
        lambda leaf: (0, _leaf(leaf, kind.layers)),
        multiply,
        lambda inner, target: (inner[0], f"{inner[1]} − {target[1]}"),
        apply,
    )
    return fold(expanded(name, *kind), reading)[1]


def _leaf(name: Name, layers: int) -> str:
    if name.quantity is Quantity.WEIGHT:
        return symbols.weight(name.layer)
    return symbols.output(0, layers) if name.quantity is Quantity.OUTPUT else "ê"
