"""Places in a run that one can ask for, and the sentences where there is none. No Qt."""

from dataclasses import dataclass

from engine import Phase, UserError
from engine.parameters import named_parameter, names_of
from engine.quantities import Name
from engine.sign_change import sign_change
from engine.training.advance import CONVERGED
from engine.words import mark
from gui.language import Say, speech
from gui.language.joining import sentences
from gui.language.numbers import given, parsed
from gui.state import State
from gui.words import steps, symbols

_TRAINING = mark("The training is still under way.")
_HIDDEN = mark("The future is hidden. To look there, switch “Hide the future” off.")
_NUMBERS = {
    "epoch": mark("The epoch must be a whole number from 1 to {most}, not {value}."),
    "sample": mark("The sample must be a whole number from 1 to {most}, not {value}."),
    "step": mark("The step must be a whole number from 1 to {most}, not {value}."),
}

FIELDS = tuple(_NUMBERS)
"""What a place is told by, in this order."""


@dataclass(frozen=True, slots=True)
class Landmark:
    """A place that has a name: where it is, if anywhere, and a sentence about it."""

    index: int | None
    words: str


def most(state: State) -> dict[str, int]:
    """Return the largest number that each field can have."""
    experiment = state.run.experiment
    return {
        "epoch": experiment.epochs,
        "sample": len(experiment.samples),
        "step": state.per_sample,
    }


def present(state: State) -> dict[str, int]:
    """Return the numbers of the present place; at the very start those of the first step."""
    moment = state.moment
    return {
        "epoch": min(moment.epoch, max(state.run.experiment.epochs, 1)),
        "sample": moment.sample,
        "step": max(moment.position, 1),
    }


def index_of(state: State, texts: dict[str, str]) -> int:
    """Return the index of the place that was typed, or raise `UserError` for the first fault."""
    if state.last == 0:
        raise UserError(steps.NO_STEPS)
    numbers = {name: number_in(state, name, texts[name]) for name in FIELDS}
    update = (numbers["epoch"] - 1) * len(state.run.experiment.samples) + numbers["sample"] - 1
    return update * state.per_sample + numbers["step"]


def number_in(state: State, name: str, text: str) -> int:
    """Return what was typed into a field, or raise `UserError`."""
    number, largest = parsed(text, whole=True), most(state)[name]
    if not 1 <= number <= largest or number != int(number):
        raise UserError(_NUMBERS[name], value=text.strip(), most=largest)
    return int(number)


def holds(state: State, name: str, text: str) -> bool:
    """Tell whether a text can stand in a field."""
    try:
        number_in(state, name, text)
    except UserError:
        return False
    return True


def step_words(state: State, text: str) -> str:
    """Return what the step of a number does, or nothing where there is no such step."""
    if not holds(state, "step", text):
        return ""
    step = state.steps[number_in(state, "step", text) - 1]
    return steps.heading(speech(state.look.locale), step)


def parameters(state: State) -> dict[str, str]:
    """Return the symbols of all parameters by their short names."""
    experiment = state.run.experiment
    names = names_of(experiment.parameters, experiment.layers)
    return {name: symbols.of(named_parameter(name), experiment) for name in names}


def converged(state: State) -> Landmark:
    """Return the end of the first epoch whose mean loss is that of a converged run."""
    say, run = speech(state.look.locale), state.run
    loss = given(CONVERGED, state.look.digits, say)
    if run.converged_at is None:
        none = say("In no epoch of this run is the mean loss below {loss}.").format(loss=loss)
        return _nowhere(state, none, say)
    found = say("The mean loss is first below {loss} in epoch {epoch}.").format(
        loss=loss, epoch=run.converged_at
    )
    return _somewhere(state, run.converged_at * state.per_epoch, found, say)


def diverged(state: State) -> Landmark:
    """Return the end of the first update with a number that is not finite."""
    say, at = speech(state.look.locale), state.run.diverged_at
    if at is None:
        return _nowhere(state, say("Loss and parameters stay finite in the whole run."), say)
    found = say("The first numbers that are not finite: epoch {epoch}, sample {sample}.").format(
        epoch=at.epoch, sample=at.sample
    )
    update = (at.epoch - 1) * len(state.run.experiment.samples) + at.sample
    return _somewhere(state, update * state.per_sample, found, say)


def changes_sign(state: State, short: str) -> Landmark:
    """Return the step that gives a parameter, by its short name, the opposite sign."""
    say, run = speech(state.look.locale), state.run
    name = named_parameter(short)
    symbol, update = symbols.of(name, run.experiment), sign_change(run, name)
    if update is None:
        none = say("{symbol} has the same sign in the whole run.").format(symbol=symbol)
        return _nowhere(state, _as_far_as_kept(state, none, say), say)
    at = run.place(update)
    found = say("{symbol} first changes its sign in epoch {epoch}, sample {sample}.").format(
        symbol=symbol, epoch=at.epoch, sample=at.sample
    )
    index = update * state.per_sample + _step_of_update(state, name)
    return _somewhere(state, index, _as_far_as_kept(state, found, say), say)


def _as_far_as_kept(state: State, words: str, say: Say) -> str:
    if state.run.whole:
        return words
    told = say("(This long run keeps its weights only before one update in {count}.)")
    return sentences((words, told.format(count=state.run.stride)), say)


def _step_of_update(state: State, name: Name) -> int:
    """Return the number of the step that updates a parameter."""
    updates = (k for k, step in enumerate(state.steps, start=1) if step.phase is Phase.UPDATE)
    return next((k for k in updates if state.steps[k - 1].result == name), state.per_sample)


def _somewhere(state: State, index: int, words: str, say: Say) -> Landmark:
    if state.curtained and index > state.index:
        return Landmark(None, say(_HIDDEN))
    return Landmark(index, words)


def _nowhere(state: State, words: str, say: Say) -> Landmark:
    """Say that there is no such place, as far as that may be told."""
    if state.last == 0:
        return Landmark(None, say(steps.NO_STEPS))
    if state.curtained:
        return Landmark(None, say(_HIDDEN))
    parts = (words, say(_TRAINING)) if state.progress is not None else (words,)
    return Landmark(None, sentences(parts, say))
