"""Which term a number of the chain is, the words for a parameter, and what tool tips say. No Qt."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from engine.parameters import Parameter, parameter_of
from engine.quantities import Quantity
from engine.words import mark
from gui.language import Say
from gui.language.joining import labelled
from gui.words.meanings import MEANINGS, Meaning

_TERMS: Mapping[Quantity, Meaning] = MappingProxyType(
    {
        Quantity.WEIGHTED_INPUT: Meaning.WEIGHTED_INPUT,
        Quantity.TARGET: Meaning.TARGET,
        Quantity.LOSS: Meaning.LOSS,
        Quantity.DERIVATIVE: Meaning.DERIVATIVE,
        Quantity.LEARNING_RATE: Meaning.LEARNING_RATE,
    }
)


class Learned(NamedTuple):
    """The words for a parameter in all its roles.

    `name`, `new_name` and `gradient_name` are what it is called, now and after an update, and what
    its gradient is; `plural` is what those of all layers are called, `field` the name of a field of
    the editor, `edit` what a click does, `gradient_step` and `update_step` name the steps. All
    these are to be translated.
    """

    name: str
    plural: str
    new_name: str
    gradient_name: str
    field: str
    edit: str
    gradient_step: str
    update_step: str
    value: Meaning
    initial: Meaning
    old: Meaning
    new: Meaning
    gradient: Meaning
    claimed: Meaning
    curve: Meaning


_LEARNED: Mapping[Quantity, Learned] = MappingProxyType(
    {
        Quantity.WEIGHT: Learned(
            mark("weight"),
            mark("Weights"),
            mark("new weight"),
            mark("gradient"),
            mark("Initial weight {symbol}"),
            mark("Click to edit the initial weight."),
            mark("Gradient · layer {layer}"),
            mark("Update · layer {layer}"),
            Meaning.WEIGHT,
            Meaning.INITIAL_WEIGHT,
            Meaning.OLD_WEIGHT,
            Meaning.NEW_WEIGHT,
            Meaning.GRADIENT,
            Meaning.CLAIMED_GRADIENT,
            Meaning.WEIGHT_CURVE,
        ),
        Quantity.BIAS: Learned(
            mark("bias"),
            mark("Biases"),
            mark("new bias"),
            mark("gradient of the bias"),
            mark("Initial bias {symbol}"),
            mark("Click to edit the initial bias."),
            mark("Gradient of the bias · layer {layer}"),
            mark("Update of the bias · layer {layer}"),
            Meaning.BIAS,
            Meaning.INITIAL_BIAS,
            Meaning.OLD_BIAS,
            Meaning.NEW_BIAS,
            Meaning.BIAS_GRADIENT,
            Meaning.CLAIMED_BIAS_GRADIENT,
            Meaning.BIAS_CURVE,
        ),
    }
)


def learned(parameter: Parameter) -> Learned:
    """Return the words for a parameter."""
    return _LEARNED[parameter.quantity]


@lru_cache(maxsize=256)
def meaning(term: Meaning, say: Say) -> str:
    """Return what a term means."""
    return say(MEANINGS[term])


@lru_cache(maxsize=2048)
def explained(name: str, term: Meaning, say: Say) -> str:
    """Return "name: what it means"."""
    return labelled(name, meaning(term, say), say)


def with_digits(term: Meaning, digits: str, say: Say) -> str:
    """Return what a term means, and below it the full number, where there is one."""
    return "\n".join(filter(None, (meaning(term, say), digits)))


def term_of(
    quantity: Quantity, layer: int, *, is_true: bool = True, is_new: bool = False
) -> Meaning:
    """Return the term for a number of the chain.

    `is_new` tells whether a parameter is that after the update. `is_true` tells whether an upstream
    gradient or a gradient is what its name says, rather than what an algorithm with a mistake
    computes in its place.
    """
    if quantity is Quantity.OUTPUT:
        return Meaning.OUTPUT if layer else Meaning.INPUT
    if quantity is Quantity.UPSTREAM:
        return Meaning.UPSTREAM if is_true else Meaning.PASSED
    if quantity in _TERMS:
        return _TERMS[quantity]
    parameter = parameter_of(quantity)
    words = learned(parameter)
    if quantity is parameter.quantity:
        return words.new if is_new else words.value
    return words.gradient if is_true else words.claimed


def all_explained(names: Iterable[tuple[str, Meaning]], say: Say) -> str:
    """Return what each name means, a line each."""
    return "\n".join(dict.fromkeys(explained(name, term, say) for name, term in names))
