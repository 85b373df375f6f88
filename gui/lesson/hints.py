"""The hints of a step: those of its author, then those that Chainstep gives at any step. No Qt."""

from engine.moment import moment_at
from engine.teaching.lesson import CarryOut
from engine.teaching.questions import asked_name, number_of, rows_of
from engine.teaching.session import LessonSession
from gui.formula.picture.hints import NUMBERS, STAGES, SYMBOLS, hint_at
from gui.language import Say
from gui.lesson.words import filled
from gui.state import State


def hints_in(learner: LessonSession) -> int:
    """Return how many hints the open step has."""
    return len(learner.step.hints) + len(_stages(learner))


def hints_shown(state: State, learner: LessonSession, say: Say) -> tuple[str, ...]:
    """Return the hints that were asked for, in words; the author's stand for the first stages."""
    step, count = learner.step, learner.task.hints
    told = [filled(hint, step.here, state, say) for hint in step.hints[:count]]
    index, left = _computed_at(learner), count - len(told)
    if index is not None:
        told += (hint_at(state, step.run, index, k, say) for k in _stages(learner)[:left])
    return tuple(told)


def _stages(learner: LessonSession) -> tuple[int, ...]:
    """Return the stages that its author has not written, and that do not stand there already."""
    step = learner.step
    if _computed_at(learner) is None:
        return ()
    shown: tuple[int, ...] = ()
    if isinstance(step, CarryOut):
        shown = {"none": (), "symbols": (SYMBOLS,), "numbers": (SYMBOLS, NUMBERS)}[step.help]
    return tuple(k for k in STAGES if k > len(step.hints) and k not in shown)


def _computed_at(learner: LessonSession) -> int | None:
    """Return the moment at which what is asked is the result of the latest step; None if never."""
    step, task = learner.step, learner.task
    if "algorithm" in step.covered:
        return None  # its formula would tell it
    if isinstance(step, CarryOut):
        waits = learner.waits and not step.find and task.row < len(task.rows)
        asks_order = waits and step.order and not task.rows[task.row].named
        return rows_of(step)[task.row].index if waits and not asks_order else None
    number = number_of(step)
    name = asked_name(number) if number is not None else None
    if name is None:
        return None
    computation = moment_at(step.run, step.asked.index).computation
    is_result = computation is not None and computation.result.name == name
    return step.asked.index if is_result else None
