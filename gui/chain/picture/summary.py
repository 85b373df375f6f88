"""The chain in a sentence, for who does not see it: its length, its place, its loss. No Qt."""

from gui.language import speech
from gui.language.joining import groups
from gui.language.numbers import rounded
from gui.state import State


def summary(state: State) -> str:
    """Return "chain of 3 neurons; epoch 1, sample 1, step 8 of 13; loss 0.52874"."""
    say, moment = speech(state.look.locale), state.moment
    n = state.run.experiment.layers
    chain = say.counted("chain of {number} neuron", "chain of {number} neurons", n)

    loss = say("loss not computed yet")
    if moment.loss is not None:
        loss = say("loss {loss}").format(loss=rounded(moment.loss, state.look.digits, say))
    return groups((chain, place(state), loss), say)


def place(state: State) -> str:
    """Return "epoch 1, sample 1, step 8 of 13"."""
    say, moment = speech(state.look.locale), state.moment
    if moment.step is None:
        return say("at the start of the run")
    return say("epoch {epoch}, sample {sample}, step {step} of {steps}").format(
        epoch=moment.epoch, sample=moment.sample, step=moment.position, steps=state.per_sample
    )
