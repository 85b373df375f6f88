"""The strip of steps of the present sample, and where it is in the run. No Qt."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from engine.steps import Structure, steps_of
from gui.drawing.ink import SIGNS, Ink
from gui.formula.picture import PHASE_INKS
from gui.language import Say, speech
from gui.state import State
from gui.words.glossary import all_explained, meaning
from gui.words.meanings import Meaning
from gui.words.roles import ROLES
from gui.words.steps import heading

DOT = " · "


@dataclass(frozen=True, slots=True)
class Cell:
    """One step of the sample; `done` tells whether the run has taken it at this moment.

    `heading` says what the step does, `hint` also what that means.
    """

    ink: Ink
    done: bool
    heading: str
    hint: str


@dataclass(frozen=True, slots=True)
class TimelinePicture:
    """`title` says the place in the run, `short` does so in fewer words, `longest` is its longest.

    `present` is the cell of the latest step, or None.
    `first` is the index of the moment before the first cell; `index` of `last` is the slider.
    """

    title: str
    short: str
    longest: str
    legend: tuple[tuple[str, Ink], ...]
    legend_hint: str
    cells: tuple[Cell, ...]
    present: int | None
    first: int
    index: int
    last: int

    @property
    def legend_text(self) -> str:
        """The legend in a row, without its colours."""
        return DOT.join(name for name, _ in self.legend)


def timeline_picture(state: State) -> TimelinePicture:
    """Describe the timeline of the present moment."""
    say = speech(state.look.locale)
    moment = state.moment
    legend, hint = _legend(state.look.locale)
    return TimelinePicture(
        title=_title(say, state, _now(state)),
        short=say("Epoch {epoch} · sample {sample} · step {step} of {steps}").format(**_now(state)),
        longest=_title(say, state, _at_last(state)),
        legend=legend,
        legend_hint=hint,
        cells=_cells(state) if state.last else (),
        present=moment.position - 1 if moment.position else None,
        first=moment.update * state.per_sample,
        index=state.index,
        last=state.last,
    )


_MEANINGS = {
    Ink.FORWARD: Meaning.FORWARD,
    Ink.LOSS: Meaning.LOSS,
    Ink.BACKWARD: Meaning.UPSTREAM,
    Ink.GRADIENT: Meaning.GRADIENT,
    Ink.UPDATE: Meaning.UPDATE,
}


def _phases(say: Say) -> tuple[tuple[str, Ink, Meaning], ...]:
    return tuple((say(name), ink, _MEANINGS[ink]) for ink, name in ROLES.items())


@lru_cache(maxsize=8)
def _legend(language: str) -> tuple[tuple[tuple[str, Ink], ...], str]:
    """Return the legend, and what its terms mean."""
    say = speech(language)
    legend = tuple((f"{SIGNS[ink]} {name}", ink) for name, ink, _ in _phases(say))
    return legend, all_explained(((name, term) for name, _, term in _phases(say)), say)


def _title(say: Say, state: State, where: Mapping[str, int]) -> str:
    """Return "Epoch 1 of 240 · sample 1 of 2 · step 8 of 13"."""
    return say(
        "Epoch {epoch} of {epochs} · sample {sample} of {samples} · step {step} of {steps}"
    ).format(epochs=state.run.experiment.epochs, samples=len(state.run.experiment.samples), **where)


def _now(state: State) -> Mapping[str, int]:
    moment, steps = state.moment, state.per_sample
    return {"epoch": moment.epoch, "sample": moment.sample, "step": moment.position, "steps": steps}


def _at_last(state: State) -> Mapping[str, int]:
    experiment, steps = state.run.experiment, state.per_sample
    last = {"epoch": experiment.epochs, "sample": len(experiment.samples)}
    return {**last, "step": steps, "steps": steps}


def _cells(state: State) -> tuple[Cell, ...]:
    position = state.moment.position
    done, to_come = _both(state.run.experiment.structure, state.look.locale)
    return (*done[:position], *to_come[position:])


@lru_cache(maxsize=8)
def _both(structure: Structure, language: str) -> tuple[tuple[Cell, ...], tuple[Cell, ...]]:
    """Return the cells of all steps, once as done and once as still to come."""
    say = speech(language)
    terms = {ink: term for _, ink, term in _phases(say)}
    described = [
        (ink, heading(say, step), f"{heading(say, step)}\n{meaning(terms[ink], say)}")
        for step in steps_of(structure)
        for ink in (PHASE_INKS[step.phase],)
    ]
    return (
        tuple(Cell(ink, True, words, hint) for ink, words, hint in described),
        tuple(Cell(ink, False, words, hint) for ink, words, hint in described),
    )
