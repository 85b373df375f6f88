"""The present run beside the one that was kept: what differs, and how each ended. No Qt."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from engine import Experiment, Run
from engine.diagnosis import diagnose, mean_loss
from gui.language import Say, speech
from gui.language.numbers import exact
from gui.panels.diagnosis.picture.findings import number, outcome_word
from gui.state import State
from gui.words import symbols
from gui.words.names import ACTIVATION_NAMES, ALGORITHM_NAMES

MOST = 6
"""The most weights that are listed; beyond, only their number is given."""

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
    say, digits = speech(state.look.language), min(state.look.digits, _DIGITS)
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
    yield from _weights(say, kept.weights, now.weights, digits)
    if kept.learning_rate != now.learning_rate:
        yield _numbers(say("Learning rate α"), kept.learning_rate, now.learning_rate, digits)
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
    before, after = (NEVER if loss is None else number(loss, digits) for loss in losses)
    full = (NEVER if loss is None else exact(loss) for loss in losses)
    yield Pair(say("Last loss"), before, after, " · ".join(full))
    if kept.final_weights != now.final_weights:
        yield from _weights(say, kept.final_weights, now.final_weights, digits)


def _epoch(run: Run) -> int | None:
    """Return the epoch in which a run converged or diverged."""
    return run.diverged_at.epoch if run.diverged_at else run.converged_at


@lru_cache(maxsize=4)
def _loss(run: Run) -> float | None:
    return mean_loss(run, run.experiment.epochs) if run.updates else None


def _weights(
    say: Say, kept: tuple[float, ...], now: tuple[float, ...], digits: int
) -> Iterator[Pair]:
    if len(kept) != len(now):
        yield Pair(say("Layers"), str(len(kept)), str(len(now)))
        return
    both = enumerate(zip(kept, now, strict=True), start=1)
    changed = [(i, a, b) for i, (a, b) in both if not _same(a, b)]
    for i, a, b in changed[:MOST]:
        yield _numbers(symbols.weight(i), a, b, digits)
    if len(changed) > MOST:
        template = say("and {count} more weights")
        yield Pair(template.format(count=len(changed) - MOST), "", "")


def _same(a: float, b: float) -> bool:
    return a == b or (math.isnan(a) and math.isnan(b))


def _numbers(name: str, kept: float, now: float, digits: int) -> Pair:
    return Pair(name, number(kept, digits), number(now, digits), f"{exact(kept)} · {exact(now)}")
