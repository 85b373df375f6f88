"""What the user calls activations and algorithms. No Qt."""

from collections.abc import Mapping
from types import MappingProxyType

from engine.problem import mark

ACTIVATION_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "identity": mark("None (linear)"),
        "tanh": mark("tanh"),
        "sigmoid": mark("sigmoid"),
        "relu": mark("ReLU"),
    }
)

ALGORITHM_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "backprop": mark("Backpropagation"),
        "in_place": mark("In place (article)"),
        "front_to_back": mark("Front to back (article)"),
        "sign_flipped": mark("Sign flipped"),
        "no_local_derivative": mark("No activation derivative"),
        "own_output": mark("Own output as input"),
    }
)
"""The right one, and the slips to be caught."""
