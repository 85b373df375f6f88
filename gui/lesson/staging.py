"""Where the window stands at a step of a lesson, and what may be seen there. No Qt."""

from typing import NamedTuple

from engine.experiment import Experiment
from engine.quantities import Name
from engine.teaching.judge import Verdict
from engine.teaching.lesson import CarryOut, Do, Point, Watch
from engine.teaching.places import index_of, update_at
from engine.teaching.questions import asked_name, began_at, number_of, rows_of
from engine.teaching.session import LessonSession
from gui.state import Look
from gui.state.changes import LookChanges, StateChanges

_OF_THE_RUN = frozenset({"mean_loss", "loss_curve", "diagnosis"})
"""What a curtain covers."""


class Stage(NamedTuple):
    """The experiment of a step, the index in its run, and what else it changes in the state."""

    experiment: Experiment
    at: int
    changes: StateChanges


def stage_of(learner: LessonSession, look: Look) -> Stage:
    """Return where the window stands at the step that is open. Raises `UserError`."""
    step, waits = learner.step, learner.waits
    changes: StateChanges = {
        "lesson": learner,
        "marked": (*step.mark, *_mistaken(learner)),
        "editable": frozenset(step.edit) if isinstance(step, Do) else frozenset(),
        "picks": isinstance(step, Point) and waits,
        "curtain": (waits or not step.is_question)
        and (step.curtain or not _OF_THE_RUN.isdisjoint(step.covered)),
        "covered": frozenset(_covered(learner)) if waits else frozenset(),
        "covered_at": _update(learner) if waits else None,
        "look": look,
        "practice": None,
        "secret": waits and "algorithm" in step.covered,
    }
    return Stage(step.experiment, _index(learner), changes)


def _mistaken(learner: LessonSession) -> tuple[Name, ...]:
    """Return the number that was taken for another, while that is told."""
    reply = learner.task.reply
    told = reply.told if reply is not None and learner.waits else None
    slips = told.slips if isinstance(told, Verdict) else ()
    return tuple(slip.lit for slip in slips[:1] if slip.lit is not None)


def look_of(learner: LessonSession) -> LookChanges:
    """Return what a step brings to the front."""
    step, wanted = learner.step, LookChanges()
    if step.panel:
        wanted["panel"] = step.panel
    if step.level:
        wanted["level"] = step.level
    if step.form:
        wanted["form"] = step.form
    return wanted


def _index(learner: LessonSession) -> int:
    """Return the index of the place; once a number is answered, that at which it is computed."""
    step, task = learner.step, learner.task
    if isinstance(step, CarryOut):
        rows = rows_of(step)
        done = task.row if learner.waits else len(rows)
        return rows[done - 1].index if done else began_at(step)
    if number_of(step) is not None and not learner.waits:
        return step.asked.index
    if learner.waits and "algorithm" in step.covered:
        return step.here.at_end_of_sample().index  # where no formula tells how it computes
    return step.index


def _covered(learner: LessonSession) -> list[Name]:
    step, task = learner.step, learner.task
    names = [name for name in step.covered if not isinstance(name, str)]
    number = number_of(step)
    if number is not None:
        asked = asked_name(number)
        names += [asked] if asked is not None else []
    if isinstance(step, CarryOut):
        names += [row.result for row in rows_of(step)[task.row :]]
    return names


def _update(learner: LessonSession) -> int | None:
    step = learner.step
    if not _covered(learner):
        return None
    if isinstance(step, CarryOut):
        return update_at(step.run, rows_of(step)[0].index)
    return update_at(step.run, step.asked.index)


def plays_to(learner: LessonSession) -> int | None:
    """Return the index up to which a step plays, if it plays."""
    step = learner.step
    return index_of(step.to, step.run) if isinstance(step, Watch) and step.to else None
