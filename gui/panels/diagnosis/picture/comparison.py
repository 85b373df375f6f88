"""The present run beside the one that was kept: what differs, and how each ended. No Qt."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from engine import Experiment, Run
from engine.diagnosis import diagnose, mean_loss
from engine.parameters import values_by_name
from engine.quantities import Name, Quantity
from gui.language import Say, speech
from gui.language.numbers import exact
from gui.panels.diagnosis.picture.findings import number, outcome_word
from gui.state import State
from gui.words import symbols
from gui.words.names import ACTIVATION_NAMES, ALGORITHM_NAMES

MOST = 6
"""The most parameters that are listed; beyond, only their number is given."""

_DIGITS = 6
"""In three columns there is no room for more; the numbers in full are in the tool tips."""

NEVER = "–"
"""Stands for a number that does not exist."""


_HIDDEN = "?"
"""Stands for what lies in a future that is hidden."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A row: a name, how it is in the kept run, how it is now; `hint` has both in full."""

    name: str
    kept: str
    now: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class ComparisonPicture:
    """What differs, what it led to, and in a word how each run ended.

    If there is nothing to compare, `note` says why, and all else is empty.
    """

    can_keep: bool
    can_drop: bool
    note: str
    differences: tuple[Pair, ...] = ()
    results: tuple[Pair, ...] = ()
    kept: str = ""
    now: str = ""


def comparison_picture(state: State) -> ComparisonPicture:
    """Describe the comparison of the present run with the kept one."""
    say, digits = speech(state.look.locale), min(state.look.digits, _DIGITS)
    run, kept = state.run, state.reference
    if kept is None:
        note = say("Keep this run, change the experiment, and see both side by side.")
        return ComparisonPicture(can_keep=True, can_drop=False, note=note)
    if kept is run:
        note = say("This run is kept. Change the experiment to compare.")
        return ComparisonPicture(can_keep=False, can_drop=True, note=note)
    differences = tuple(_differences(say, kept.experiment, run.experiment, digits))
    same = say("The two experiments are the same.")
    return ComparisonPicture(
        can_keep=True,
        can_drop=True,
        note="" if differences else same,
        differences=differences,
        results=() if state.curtained else tuple(_results(say, kept, run, digits)),
        kept=_HIDDEN if state.curtained else outcome_word(say, diagnose(kept).main),
        now=_HIDDEN if state.curtained else outcome_word(say, diagnose(run).main),
    )


def _differences(say: Say, kept: Experiment, now: Experiment, digits: int) -> Iterator[Pair]:
    """Yield the fields that are not the same."""
    yield from _parameters(say, (kept, kept.theta), (now, now.theta), digits)
    if kept.learning_rate != now.learning_rate:
        yield _numbers(say, say("Learning rate α"), kept.learning_rate, now.learning_rate, digits)
    if kept.epochs != now.epochs:
        yield Pair(say("Epochs"), str(kept.epochs), str(now.epochs))
    if kept.activation != now.activation:
        names = (say(ACTIVATION_NAMES[e.activation]) for e in (kept, now))
        yield Pair(say("Activation"), *names)
    if kept.algorithm != now.algorithm:
        names = (say(ALGORITHM_NAMES[e.algorithm]) for e in (kept, now))
        yield Pair(say("Algorithm"), *names)
    if kept.samples != now.samples:
        template = say("{count}, different")
        counts = len(kept.samples), len(now.samples)
        other = template.format(count=counts[1]) if counts[0] == counts[1] else str(counts[1])
        yield Pair(say("Training data"), str(counts[0]), other)


def _results(say: Say, kept: Run, now: Run, digits: int) -> Iterator[Pair]:
    epochs = [_epoch(run) for run in (kept, now)]
    if any(epochs):
        yield Pair(say("In epoch"), *(str(epoch or NEVER) for epoch in epochs))
    losses = [_loss(run) for run in (kept, now)]
    before, after = (NEVER if loss is None else number(loss, digits, say) for loss in losses)
    full = (NEVER if loss is None else exact(loss, say) for loss in losses)
    yield Pair(say("Last loss"), before, after, " · ".join(full))
    if kept.final_theta != now.final_theta:
        former = kept.experiment, kept.final_theta
        yield from _parameters(say, former, (now.experiment, now.final_theta), digits)


def _epoch(run: Run) -> int | None:
    """Return the epoch in which a run converged or diverged."""
    return run.diverged_at.epoch if run.diverged_at else run.converged_at


@lru_cache(maxsize=4)
def _loss(run: Run) -> float | None:
    return mean_loss(run, run.experiment.epochs) if run.updates else None


Chain = tuple[Experiment, tuple[float, ...]]
"""An experiment and its parameters at some place, θ."""


def _parameters(say: Say, kept: Chain, now: Chain, digits: int) -> Iterator[Pair]:
    """Yield the parameters that are not the same, or that only one of the chains has."""
    if kept[0].layers != now[0].layers:
        yield Pair(say("Layers"), str(kept[0].layers), str(now[0].layers))
        return
    before, after = (values_by_name(of.parameters, theta) for of, theta in (kept, now))
    names = {**before, **after}
    changed = [name for name in names if not _same(before.get(name), after.get(name))]
    for name in changed[:MOST]:
        yield _numbers(say, symbols.of(name, now[0]), before.get(name), after.get(name), digits)
    if len(changed) > MOST:
        yield Pair(_more(say, changed[MOST:]), "", "")


def _more(say: Say, names: list[Name]) -> str:
    weights_alone = all(name.quantity is Quantity.WEIGHT for name in names)
    if weights_alone:
        return say.counted("and {number} more weight", "and {number} more weights", len(names))
    return say.counted("and {number} more parameter", "and {number} more parameters", len(names))


def _same(a: float | None, b: float | None) -> bool:
    if a is None or b is None:
        return False
    return a == b or (math.isnan(a) and math.isnan(b))


def _numbers(say: Say, name: str, kept: float | None, now: float | None, digits: int) -> Pair:
    before, after = (NEVER if n is None else number(n, digits, say) for n in (kept, now))
    full = (NEVER if n is None else exact(n, say) for n in (kept, now))
    return Pair(name, before, after, " · ".join(full))
