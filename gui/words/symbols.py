"""The symbols of a chain on screen. No Qt."""

from typing import TYPE_CHECKING

from engine import Experiment
from engine.moment import Quantity, Term
from gui.language.numbers import subscript
from gui.words import glossary

if TYPE_CHECKING:
    from collections.abc import Callable

_ARTICLE = ("x", "y", "z", "e")
_MISTAKEN_ON_THE_WAY = ("in_place", "no_local_derivative")


def output(i: int, layers: int) -> str:
    """Return the symbol of aᵢ; the article's letters for three layers."""
    return _ARTICLE[i] if layers == len(_ARTICLE) - 1 else f"a{subscript(i)}"


def weight(i: int) -> str:
    """Return wᵢ."""
    return f"w{subscript(i)}"


def upstream(i: int, experiment: Experiment) -> str:
    """Return the symbol of what arrives at layer i: the public derivative ∂L/∂aᵢ.

    Where an algorithm passes on something else, that is called pᵢ.
    """
    if is_public(i, experiment):
        return public_derivative(i, experiment.layers)
    return f"p{subscript(i)}"


def public_derivative(i: int, layers: int) -> str:
    """Return ∂L/∂aᵢ."""
    return f"∂L/∂{output(i, layers)}"


def is_public(i: int, experiment: Experiment) -> bool:
    """Tell whether what the algorithm brings to layer i is the public derivative ∂L/∂aᵢ.

    All but `front_to_back` start with the true one.
    """
    if experiment.algorithm in _MISTAKEN_ON_THE_WAY:
        return i == experiment.layers
    return experiment.algorithm != "front_to_back"


def true_gradient(i: int) -> str:
    """Return ∂L/∂wᵢ."""
    return f"∂L/∂w{subscript(i)}"


def gradient(i: int, experiment: Experiment) -> str:
    """Return the symbol of what the algorithm uses as the gradient of wᵢ.

    Only that of backpropagation is always ∂L/∂wᵢ; that of any other algorithm is called gᵢ.
    """
    return true_gradient(i) if experiment.algorithm == "backprop" else f"g{subscript(i)}"


def activation(name: str) -> str:
    """Return the name of an activation in a formula."""
    return "ReLU" if name == "relu" else name


def local_derivative(i: int, layers: int, name: str) -> str:
    """Return f′(wᵢ·aᵢ₋₁) with the activation's own name; zᵢ would look like the article's z."""
    return f"{activation(name)}′({weight(i)}·{output(i - 1, layers)})"


def term(number: Term, experiment: Experiment) -> glossary.Meaning:
    """Return the entry of the glossary for a number in a computation."""
    true = {
        Quantity.UPSTREAM: lambda: is_public(number.layer, experiment),
        Quantity.GRADIENT: lambda: experiment.algorithm == "backprop",
    }
    is_true = true.get(number.quantity, lambda: True)()
    return glossary.term_of(number.quantity, number.layer, is_true=is_true)


def of(term: Term, experiment: Experiment) -> str:
    """Return the symbol of a number in a computation."""
    i, layers = term.layer, experiment.layers
    names: dict[Quantity, Callable[[], str]] = {
        Quantity.OUTPUT: lambda: output(i, layers),
        Quantity.WEIGHT: lambda: weight(i),
        Quantity.WEIGHTED_INPUT: lambda: f"{weight(i)}·{output(i - 1, layers)}",
        Quantity.DERIVATIVE: lambda: local_derivative(i, layers, experiment.activation),
        Quantity.TARGET: lambda: "ê",
        Quantity.LOSS: lambda: "L",
        Quantity.UPSTREAM: lambda: upstream(i, experiment),
        Quantity.GRADIENT: lambda: gradient(i, experiment),
        Quantity.LEARNING_RATE: lambda: "α",
    }
    return names[term.quantity]()
