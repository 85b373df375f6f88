"""The hints of a step: those of its author, and after them the formula with its numbers. No Qt."""

from dataclasses import replace

from engine.moment import moment_at
from engine.teaching.lesson import LessonStep, Number
from engine.teaching.questions import asked_name
from engine.teaching.session import LessonSession
from gui.formula.picture import formula_picture
from gui.language import Say
from gui.lesson.words import filled
from gui.state import State


def hints_in(learner: LessonSession) -> int:
    """Return how many hints the open step has."""
    return len(learner.step.hints) + _computes(learner.step)


def hints_shown(state: State, learner: LessonSession, say: Say) -> tuple[str, ...]:
    """Return the hints that were asked for, in words."""
    step, count = learner.step, learner.task.hints
    told = [filled(hint, step.here, state, say) for hint in step.hints[:count]]
    if count > len(step.hints) and _computes(step):
        told.append(f"{formula_at(state, step, step.asked.index, numbers=True)} = ?")
    return tuple(told)


def _computes(step: LessonStep) -> bool:
    """Tell whether what is asked is the result of one step."""
    if not isinstance(step, Number) or (name := asked_name(step)) is None:
        return False
    computation = moment_at(step.run, step.asked.index).computation
    return computation is not None and computation.result.name == name


def formula_at(state: State, step: LessonStep, index: int, *, numbers: bool) -> str:
    """Return the formula of a step of the run, in symbols and in numbers, but for its result."""
    bare = replace(
        state,
        run=step.run,
        index=index,
        lesson=None,
        practice=None,
        covered=frozenset(),
        covered_at=None,
    )
    told = formula_picture(bare)
    pieces = (*told.symbols, *told.numbers[:-2]) if numbers else told.symbols
    return "".join(piece.text for piece in pieces)
