"""What the user calls activations and algorithms. No Qt."""

from collections.abc import Mapping
from types import MappingProxyType

from engine.presets import preset_of
from engine.problem import mark
from gui.language import Say, speech
from gui.language.joining import listed
from gui.state import State

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
        "no_local_derivative": mark("No derivative f′"),
        "own_output": mark("Own output as input"),
    }
)
"""The right one, and those with a mistake to be found."""


def experiment_name(state: State) -> str:
    """Return what to call an experiment: as its file, its preset, or what it consists of."""
    say, experiment = speech(state.look.language), state.experiment
    if state.path:
        return state.path.stem
    preset, origin = preset_of(experiment), state.saved and preset_of(state.saved)
    if preset:
        return say(preset.title)
    if origin:
        return say("{title}, changed").format(title=say(origin.title))
    layers = counted_layers(experiment.layers, say)
    return listed((layers, say(ACTIVATION_NAMES[experiment.activation])), say)


def counted_layers(count: int, say: Say) -> str:
    """Return "1 layer", "3 layers"."""
    return say("1 layer") if count == 1 else say("{count} layers").format(count=count)
