"""What a step is called, and what it does in one short sentence. No Qt."""

from collections.abc import Mapping
from types import MappingProxyType

from engine import Experiment, Moment, Phase, Step
from engine.problem import mark
from engine.steps import receiver
from gui.language import Say

_PLAIN: Mapping[Phase, str] = MappingProxyType(
    {
        Phase.FORWARD: mark("multiply the layer’s input by its weight"),
        Phase.LOSS: mark("half the squared distance of the output from its target"),
        Phase.SEED: mark("the upstream gradient starts at the loss"),
        Phase.GRADIENT: mark("multiply the upstream gradient by this layer’s input"),
        Phase.PASS_ON: mark("multiply by this layer’s weight and pass it back"),
        Phase.UPDATE: mark("a small step against the gradient"),
    }
)

_CURVED: Mapping[Phase, str] = MappingProxyType(
    {
        Phase.FORWARD: mark("multiply the layer’s input by its weight, then apply the activation"),
        Phase.GRADIENT: mark(
            "multiply the upstream gradient by the activation’s derivative and the layer’s input"
        ),
        Phase.PASS_ON: mark(
            "multiply by the activation’s derivative and the layer’s weight and pass it back"
        ),
    }
)
"""What an activation other than the identity changes."""

_SLIPS: Mapping[tuple[str, Phase], str] = MappingProxyType(
    {
        ("in_place", Phase.GRADIENT): mark(
            "multiply the factor that arrived by this layer’s input"
        ),
        ("in_place", Phase.PASS_ON): mark(
            "multiply by a weight that is already updated and pass it back"
        ),
        ("front_to_back", Phase.SEED): mark("p starts at the first layer, not at the last"),
        ("front_to_back", Phase.GRADIENT): mark(
            "multiply p by this layer’s input and, wrongly, by its weight too"
        ),
        ("front_to_back", Phase.PASS_ON): mark(
            "multiply p by this layer’s weight and pass it to the next layer"
        ),
        ("sign_flipped", Phase.GRADIENT): mark(
            "multiply by the layer’s input, with one minus sign too many"
        ),
        ("sign_flipped", Phase.UPDATE): mark("meant to go against the gradient, but goes along it"),
        ("own_output", Phase.GRADIENT): mark(
            "multiply by this layer’s own output, where its input belongs"
        ),
    }
)
"""What an algorithm with a mistake does differently."""

_CURVED_SLIPS: Mapping[tuple[str, Phase], str] = MappingProxyType(
    {
        ("in_place", Phase.GRADIENT): mark(
            "multiply the factor that arrived by the activation’s derivative and the layer’s input"
        ),
        ("no_local_derivative", Phase.GRADIENT): mark(
            "multiply by the layer’s input; the activation’s derivative is left out"
        ),
        ("no_local_derivative", Phase.PASS_ON): mark(
            "multiply by the layer’s weight and pass it back; the activation’s derivative is left"
            " out"
        ),
    }
)


_NO_GRADIENT = mark("the gradient is 0, so the weight stays unchanged")
_NO_STEP = mark("the update is too small for the digits of the weight, which stays unchanged")


def heading(say: Say, step: Step, algorithm: str) -> str:
    """Return the name of a step: "Gradient · layer 2", "Pass on · layer 3 → 2"."""
    phase, layer = step.phase, step.layer
    if phase is Phase.LOSS:
        return say("Loss")
    if phase is Phase.SEED:
        return say("Backward · the loss")
    if phase is Phase.PASS_ON:
        to = receiver(algorithm, step)
        return say("Pass back · layer {layer} → {to}").format(layer=layer, to=to)
    names = {
        Phase.FORWARD: say("Forward · layer {layer}"),
        Phase.GRADIENT: say("Gradient · layer {layer}"),
        Phase.UPDATE: say("Update · layer {layer}"),
    }
    return names[phase].format(layer=layer)


def words(say: Say, moment: Moment, experiment: Experiment) -> str:
    """Return what the moment's step did, in a short sentence without its full stop."""
    assert moment.step is not None  # noqa: S101 - its callers have one
    phase, layer = moment.step.phase, moment.step.layer
    if moment.unchanged:
        nothing = moment.gradients[layer - 1] == 0
        return say(_NO_GRADIENT if nothing else _NO_STEP)
    slip = (experiment.algorithm, phase)
    if experiment.activation == "identity":
        return say(_SLIPS.get(slip, _PLAIN[phase]))
    curved = _CURVED_SLIPS.get(slip) or _SLIPS.get(slip) or _CURVED.get(phase)
    return say(curved or _PLAIN[phase])
