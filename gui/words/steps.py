"""What a step is called, and what it does in one short sentence. No Qt."""

from engine import Experiment, Moment, Phase, Step
from engine.parameters import parameter_of
from engine.words import mark
from gui.language import Say
from gui.words.glossary import learned

NO_STEPS = mark("There is nothing to step through: the number of epochs is 0")
_NO_GRADIENT = mark("the gradient is 0, so the weight stays unchanged")
_NO_STEP = mark("the update is too small for the digits of the weight, which stays unchanged")


def heading(say: Say, step: Step) -> str:
    """Return the name of a step: "Gradient · layer 2", "Pass back · layer 3 → 2"."""
    phase, layer = step.phase, step.layer
    if phase is Phase.LOSS:
        return say("Loss")
    if phase is Phase.SEED:
        return say("Backward · the loss")
    if phase is Phase.PASS_ON:
        to = step.result.layer
        return say("Pass back · layer {layer} → {to}").format(layer=layer, to=to)
    if phase is Phase.FORWARD:
        return say("Forward · layer {layer}").format(layer=layer)
    words = learned(parameter_of(step.result.quantity))
    return say(words.gradient_step if phase is Phase.GRADIENT else words.update_step).format(
        layer=layer
    )


def words(say: Say, moment: Moment, experiment: Experiment) -> str:
    """Return what the moment's step did, in a short sentence without its full stop."""
    assert moment.step is not None  # noqa: S101 - its callers have one
    assert moment.computation is not None  # noqa: S101
    if moment.unchanged:
        gradient = moment.computation.operands[-1].value
        return say(_NO_GRADIENT if gradient == 0 else _NO_STEP)
    return say(moment.step.words.of(linear=experiment.structure.linear))
