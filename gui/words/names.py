"""What the user calls activations and algorithms. No Qt."""

from collections.abc import Mapping
from types import MappingProxyType

from engine.activations import ACTIVATIONS
from engine.algorithms import ALGORITHMS
from engine.presets import preset_of
from gui.language import Say, speech
from gui.language.joining import listed
from gui.state import State

ACTIVATION_NAMES: Mapping[str, str] = MappingProxyType(
    {name: one.title for name, one in ACTIVATIONS.items()}
)
"""To be translated."""

ALGORITHM_NAMES: Mapping[str, str] = MappingProxyType(
    {name: one.title for name, one in ALGORITHMS.items()}
)
"""The right one, and those with a mistake to be found; to be translated."""


def experiment_name(state: State) -> str:
    """Return what to call an experiment: as its file, its preset, or what it consists of."""
    say, experiment = speech(state.look.locale), state.experiment
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
    return say.counted("{number} layer", "{number} layers", count)
