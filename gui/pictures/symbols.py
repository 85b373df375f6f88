"""The symbols of a chain, as they stand on screen. No Qt."""

from typing import TYPE_CHECKING

from engine.moment import Quantity, Term
from gui.numbers import subscript

if TYPE_CHECKING:
    from collections.abc import Callable

_ARTICLE = ("x", "y", "z", "e")


def output(i: int, layers: int) -> str:
    """Return the symbol of aᵢ; the article's letters for three layers."""
    return _ARTICLE[i] if layers == len(_ARTICLE) - 1 else f"a{subscript(i)}"


def weight(i: int) -> str:
    """Return wᵢ."""
    return f"w{subscript(i)}"


def upstream(i: int, layers: int) -> str:
    """Return the symbol of the public derivative ∂L/∂aᵢ."""
    return f"∂L/∂{output(i, layers)}"


def gradient(i: int) -> str:
    """Return ∂L/∂wᵢ."""
    return f"∂L/∂w{subscript(i)}"


def local_derivative(i: int, layers: int, activation: str) -> str:
    """Return f′(wᵢ·aᵢ₋₁) with the activation's own name; zᵢ would look like the article's z."""
    return f"{activation}′({weight(i)}·{output(i - 1, layers)})"


def of(term: Term, layers: int, activation: str) -> str:
    """Return the symbol of a number in a computation."""
    i = term.layer
    names: dict[Quantity, Callable[[], str]] = {
        Quantity.OUTPUT: lambda: output(i, layers),
        Quantity.WEIGHT: lambda: weight(i),
        Quantity.WEIGHTED_INPUT: lambda: f"{weight(i)}·{output(i - 1, layers)}",
        Quantity.DERIVATIVE: lambda: local_derivative(i, layers, activation),
        Quantity.TARGET: lambda: "ê",
        Quantity.LOSS: lambda: "L",
        Quantity.UPSTREAM: lambda: upstream(i, layers),
        Quantity.GRADIENT: lambda: gradient(i),
        Quantity.LEARNING_RATE: lambda: "α",
    }
    return names[term.quantity]()
