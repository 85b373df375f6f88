"""The activations, one file each: a record with everything the rest of the program needs.

    >>> ACTIVATIONS["tanh"].derivative(0.5)
    0.75

Other modules read the record of an activation and never compare its name. To add an
activation, write its file and list it here.
"""

from collections.abc import Mapping
from types import MappingProxyType

from engine.activations.activation import Activation, Scalar
from engine.activations.identity import IDENTITY as _IDENTITY
from engine.activations.leaky_relu import LEAKY_RELU
from engine.activations.relu import RELU
from engine.activations.sigmoid import SIGMOID
from engine.activations.softplus import SOFTPLUS
from engine.activations.tanh import TANH

__all__ = ["ACTIVATIONS", "IDENTITY", "Activation", "Scalar"]

ACTIVATIONS: Mapping[str, Activation] = MappingProxyType(
    {one.name: one for one in (_IDENTITY, TANH, SIGMOID, RELU, LEAKY_RELU, SOFTPLUS)}
)
"""All of them by their names, in the order of menus; the first is no activation at all."""

IDENTITY = _IDENTITY.name
"""The name of the activation that does nothing: the chain is linear."""
