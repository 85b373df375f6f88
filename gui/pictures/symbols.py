"""The symbols of a chain, as they stand on screen. No Qt."""

from engine.moment import Quantity, Term
from gui.numbers import subscript

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
    match term.quantity:
        case Quantity.OUTPUT:
            return output(i, layers)
        case Quantity.WEIGHT:
            return weight(i)
        case Quantity.WEIGHTED_INPUT:
            return f"{weight(i)}·{output(i - 1, layers)}"
        case Quantity.DERIVATIVE:
            return local_derivative(i, layers, activation)
        case Quantity.TARGET:
            return "ê"
        case Quantity.LOSS:
            return "L"
        case Quantity.UPSTREAM:
            return upstream(i, layers)
        case Quantity.GRADIENT:
            return gradient(i)
        case Quantity.LEARNING_RATE:
            return "α"
