"""The numbers of the run that was kept, at the same place, beside those of a sample. No Qt."""

from collections.abc import Mapping

from engine import Moment, moment_at
from gui.language import speech
from gui.panels.numbers.picture.values import (
    LOSS,
    OUTPUT,
    PASSED,
    TARGET,
    UPSTREAM,
    Entry,
    ValueKind,
    entries,
    values,
)
from gui.state import State
from gui.state.places import carried_over

EntryKey = tuple[ValueKind, int]
"""What a number is compared as."""


def kept_moment(state: State) -> Moment | None:
    """Return the moment of the kept run to compare with: the same place, or the nearest it has."""
    if state.reference is None:
        return None
    return moment_at(state.reference, carried_over(state.moment, state.reference))


def kept_words(state: State) -> str:
    """Return a sentence with the place in the kept run; nothing if no run is kept."""
    moment = kept_moment(state)
    if moment is None:
        return ""
    say = speech(state.look.locale)
    same = (moment.epoch, moment.sample) == (state.moment.epoch, state.moment.sample)
    words = (
        say("The kept run is at the same point, epoch {epoch}, sample {sample}.")
        if same
        else say(
            "The kept run does not reach this point: it is shown at epoch {epoch}, sample {sample}."
        )
    )
    return words.format(epoch=moment.epoch, sample=moment.sample)


def place(entry: Entry, layers: int) -> EntryKey:
    """Return what an entry is compared as; the end of a chain is one, however long it is.

    What a wrong algorithm passes on is compared with the public derivative at the same place.
    """
    kind = UPSTREAM if entry.kind is PASSED else entry.kind
    ends = kind in (OUTPUT, TARGET, LOSS, UPSTREAM)
    return kind, -1 if ends and entry.layer == layers else entry.layer


def kept_values(state: State) -> Mapping[EntryKey, float | None]:
    """Return the numbers of the kept run at that moment; none where no run is kept."""
    moment = kept_moment(state)
    if state.reference is None or moment is None:
        return {}
    experiment = state.reference.experiment
    found = zip(entries(experiment), values(moment, experiment), strict=True)
    return {place(entry, experiment.layers): value for entry, value in found}
