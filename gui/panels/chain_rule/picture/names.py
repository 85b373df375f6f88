"""The three names of a factor: a derivative, a symbol, and its expansion. No Qt."""

from functools import lru_cache
from typing import NamedTuple

from engine.chain_rule.derivation import expanded
from engine.expressions import Activated, Difference, Node, Reading, Slope, Sum, fold
from engine.parameters import parameter_of
from engine.quantities import Name, Quantity
from engine.steps import Structure
from gui.words import symbols

_DEEP = 6
"""An expansion of more layers is shown without those in its middle."""

_ENDS = 2

_A_LINE = 6
"""The number of factors in a line of a tool tip."""


@lru_cache(maxsize=512)
def names_of(name: Name, structure: Structure) -> tuple[str, str, str]:
    """Return the names of a factor, in the order of `LEVELS`."""
    return _derivative(name, structure), _symbol(name, structure), expansion(name, structure)


def product_of(names: tuple[Name, ...], structure: Structure, level: int) -> str:
    """Return the product of some factors at a level, unexpanded, broken into lines."""
    written = [names_of(name, structure)[min(level, 1)] for name in names]
    lines = (written[i : i + _A_LINE] for i in range(0, len(written), _A_LINE))
    return " ·\n".join(map(" · ".join, lines))


def _symbol(name: Name, structure: Structure) -> str:
    match name.quantity:
        case Quantity.UPSTREAM:
            return f"{symbols.output(name.layer, structure.layers)} − ê"
        case Quantity.DERIVATIVE:
            return symbols.local_derivative(name.layer, structure)
        case _:
            return _given(name, structure)


def _given(name: Name, structure: Structure) -> str:
    """Return the symbol of an output, a target or a parameter."""
    quantity, i = name
    if quantity is Quantity.OUTPUT:
        return symbols.output(i, structure.layers)
    if quantity is Quantity.TARGET:
        return "ê"
    return symbols.learned(parameter_of(quantity), i)


def _derivative(name: Name, structure: Structure) -> str:
    """Return what a factor is a derivative of: ∂(what comes out)/∂(what goes in)."""
    i, n = name.layer, structure.layers
    match name.quantity:
        case Quantity.UPSTREAM:
            return symbols.public_derivative(n, n)
        case Quantity.DERIVATIVE:
            return f"∂{symbols.output(i, n)}/∂{_weighted(i, structure)}"
        case Quantity.OUTPUT:
            multiplied = (one for one in structure.parameters if name in one.factors(i + 1))
            return f"∂{_weighted(i + 1, structure)}/∂{symbols.learned(next(multiplied), i + 1)}"
        case _:
            return f"∂{_weighted(i, structure)}/∂{symbols.output(i - 1, n)}"


def _weighted(i: int, structure: Structure) -> str:
    """Return zᵢ: by its formula, since z is one of the article's outputs."""
    if structure.linear:
        return symbols.output(i, structure.layers)
    return f"({symbols.weighted(i, structure)})"


class _Text(NamedTuple):
    """A part of an expansion: of how many layers, as text, and whether that is a sum."""

    layers: int
    text: str
    is_sum: bool = False


def expansion(name: Name, structure: Structure) -> str:
    """Return the expansion of a factor; one of many layers without its middle."""
    write = _Writer(name.layer, structure)
    reading = Reading(lambda leaf: _Text(0, _given(leaf, structure)), write.node)
    return fold(expanded(name, structure), reading).text


class _Writer:
    """Writes the nodes of an expansion over `layers` layers."""

    def __init__(self, layers: int, structure: Structure) -> None:
        self._hidden = range(_ENDS + 1, layers - _ENDS + 1) if layers > _DEEP else range(0)
        nested = not structure.linear or len(structure.parameters) > 1
        self._dots = " ⋯ {} ⋯ " if nested else "⋯·{}"
        self._function = symbols.activation(structure.activation)

    def node(self, node: Node, parts: list[_Text]) -> _Text:
        """Return a node as text, from the texts of its parts."""
        match node:
            case Difference():
                left, right = parts
                return _Text(left.layers, f"{left.text} − {right.text}", is_sum=True)
            case Activated() | Slope():
                mark = "′" if isinstance(node, Slope) else ""
                return self._around(parts[0], f"{self._function}{mark}({parts[0].text})")
            case Sum():
                text = " + ".join(part.text for part in parts)
                return self._around(parts[0], text)._replace(is_sum=True)
            case _:
                return self._product(*parts)

    def _around(self, inner: _Text, text: str) -> _Text:
        """Return what stands around `inner`, unless that is left out."""
        return inner if inner.layers in self._hidden else _Text(inner.layers, text)

    def _product(self, weight: _Text, inner: _Text) -> _Text:
        """Return the product of a layer's weight and its input."""
        layers = inner.layers + 1
        if self._hidden and layers == self._hidden.start:
            return _Text(layers, self._dots.format(inner.text))
        if layers in self._hidden:
            return _Text(layers, inner.text)
        text = f"({inner.text})" if inner.is_sum else inner.text
        return _Text(layers, f"{weight.text}·{text}")
