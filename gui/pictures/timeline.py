"""The strip of steps of the present sample, and where it is in the run. No Qt."""

from dataclasses import dataclass
from functools import lru_cache

from engine import Step
from gui.language import speech
from gui.pictures.formula import PHASE_INKS, heading
from gui.pictures.ink import Ink
from gui.state import State


@dataclass(frozen=True, slots=True)
class Cell:
    """One step of the sample; `done` tells whether the run has taken it at this moment."""

    ink: Ink
    done: bool
    hint: str


@dataclass(frozen=True, slots=True)
class TimelinePicture:
    """`title` says where the run stands; `present` is the cell of the latest step, or None.

    `first` is the index of the moment before the first cell; `index` of `last` is the slider.
    """

    title: str
    legend: tuple[tuple[str, Ink], ...]
    cells: tuple[Cell, ...]
    present: int | None
    first: int
    index: int
    last: int


def timeline_picture(state: State) -> TimelinePicture:
    """Describe the timeline of the present moment."""
    say = speech(state.look.language)
    moment = state.moment
    return TimelinePicture(
        title=place(state),
        legend=(
            (say("forward"), Ink.FORWARD),
            (say("loss"), Ink.LOSS),
            (say("public derivative"), Ink.BACKWARD),
            (say("gradient"), Ink.GRADIENT),
            (say("update"), Ink.UPDATE),
        ),
        cells=_cells(state) if state.last else (),
        present=moment.position - 1 if moment.position else None,
        first=moment.update * state.per_sample,
        index=state.index,
        last=state.last,
    )


def place(state: State) -> str:
    """Return "Epoch 1 of 240 · sample 1 of 2 · step 8 of 13"."""
    say = speech(state.look.language)
    moment, experiment = state.moment, state.run.experiment
    return say(
        "Epoch {epoch} of {epochs} · sample {sample} of {samples} · step {step} of {steps}"
    ).format(
        epoch=moment.epoch,
        epochs=experiment.epochs,
        sample=moment.sample,
        samples=len(experiment.samples),
        step=moment.position,
        steps=state.per_sample,
    )


def _cells(state: State) -> tuple[Cell, ...]:
    position = state.moment.position
    done, to_come = _both(state.steps, state.look.language)
    return (*done[:position], *to_come[position:])


@lru_cache(maxsize=8)
def _both(steps: tuple[Step, ...], language: str) -> tuple[tuple[Cell, ...], tuple[Cell, ...]]:
    """Return the cells of all steps, once as done and once as still to come."""
    say = speech(language)
    described = [(PHASE_INKS[s.phase], heading(say, s.phase, s.layer)) for s in steps]
    return (
        tuple(Cell(ink, True, hint) for ink, hint in described),
        tuple(Cell(ink, False, hint) for ink, hint in described),
    )
