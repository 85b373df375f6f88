"""The symbols of a chain on screen. No Qt."""

from functools import lru_cache

from engine import Experiment
from engine.activations import ACTIVATIONS
from engine.expressions import Expression, Product
from engine.parameters import PARAMETERS, WEIGHT, Parameter, parameter_of, weighted_input
from engine.quantities import Name, Quantity, Term
from engine.steps import Structure
from engine.steps import is_public as brings_public
from gui.language.numbers import subscript
from gui.words import glossary
from gui.words.meanings import Meaning

_ARTICLE = ("x", "y", "z", "e")

_FIXED = {Quantity.TARGET: "ê", Quantity.LOSS: "L", Quantity.LEARNING_RATE: "α"}

LEARNED = frozenset(one.quantity for one in PARAMETERS)
"""The quantities that a layer learns."""

GRADIENTS = frozenset(one.gradient for one in PARAMETERS)
"""The quantities that are a gradient of one of those."""


def output(i: int, layers: int) -> str:
    """Return the symbol of aᵢ; the article's letters for three layers."""
    return _ARTICLE[i] if layers == len(_ARTICLE) - 1 else f"a{subscript(i)}"


def weight(i: int) -> str:
    """Return wᵢ."""
    return learned(WEIGHT, i)


def learned(parameter: Parameter, i: int) -> str:
    """Return the symbol of a parameter of layer i."""
    return f"{parameter.letter}{subscript(i)}"


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
    """Tell whether what the algorithm brings to layer i is the public derivative ∂L/∂aᵢ."""
    return brings_public(experiment.structure, i)


def true_gradient(i: int, parameter: Parameter = WEIGHT) -> str:
    """Return ∂L/∂wᵢ, or that by another parameter."""
    return f"∂L/∂{learned(parameter, i)}"


def gradient(i: int, experiment: Experiment, parameter: Parameter = WEIGHT) -> str:
    """Return the symbol of what the algorithm uses as the gradient of a parameter.

    Only that of a right one is always ∂L/∂wᵢ; that of any other algorithm is called gᵢ.
    """
    if experiment.structure.by.is_right:
        return true_gradient(i, parameter)
    return f"{parameter.gradient_letter}{subscript(i)}"


def activation(name: str) -> str:
    """Return the name of an activation in a formula."""
    return ACTIVATIONS[name].symbol


def weighted(i: int, structure: Structure) -> str:
    """Return the formula of zᵢ: as a letter it would look like the article's z."""
    return _weighted(i, structure.layers, structure.parameters)


@lru_cache(maxsize=256)
def _weighted(i: int, layers: int, parameters: tuple[Parameter, ...]) -> str:
    def written(expression: Expression) -> str:
        if isinstance(expression, Name):
            quantity, layer = expression
            if quantity is Quantity.OUTPUT:
                return output(layer, layers)
            return learned(parameter_of(quantity), layer)
        between = "·" if isinstance(expression, Product) else " + "
        return between.join(map(written, expression.parts))

    return written(weighted_input(parameters, i))


def local_derivative(i: int, structure: Structure) -> str:
    """Return f′(zᵢ) with the activation's own name."""
    return f"{activation(structure.activation)}′({weighted(i, structure)})"


def term(number: Name | Term, experiment: Experiment) -> Meaning:
    """Return the entry of the glossary for a number in a computation."""
    quantity, layer = number.quantity, number.layer
    is_true = True
    if quantity is Quantity.UPSTREAM:
        is_true = is_public(layer, experiment)
    elif quantity in GRADIENTS:
        is_true = experiment.structure.by.is_right
    return glossary.term_of(quantity, layer, is_true=is_true)


def of(number: Name | Term, experiment: Experiment) -> str:
    """Return the symbol of a number in a computation."""
    quantity, i = number.quantity, number.layer
    if quantity in _FIXED:
        return _FIXED[quantity]
    if quantity in LEARNED:
        return learned(parameter_of(quantity), i)
    if quantity in GRADIENTS:
        return gradient(i, experiment, parameter_of(quantity))
    match quantity:
        case Quantity.OUTPUT:
            return output(i, experiment.layers)
        case Quantity.WEIGHTED_INPUT:
            return weighted(i, experiment.structure)
        case Quantity.DERIVATIVE:
            return local_derivative(i, experiment.structure)
        case _:
            return upstream(i, experiment)
