"""What is to be seen of tasks of several values, and of goals. No Qt."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.teaching.lesson import CarryOut, Do
from engine.teaching.outcome import Outcome
from engine.teaching.questions import RowTask, next_steps, rows_of, search_of
from engine.teaching.session import LessonSession
from engine.teaching.standing import Standing
from engine.teaching.terms import Condition, Term
from engine.teaching.values import holds, value_at
from engine.user_error import UserError
from gui.formula.picture.hints import formula_at
from gui.language import Say, sentence
from gui.language.numbers import by_hand, subscript
from gui.lesson.words import step_words
from gui.state import State
from gui.words import symbols


@dataclass(frozen=True, slots=True)
class RowPicture:
    """One value of a task: its symbol, the help that is given, and the value once it is there.

    `now` tells that it waits for an answer: with `types` a number, else one of `choices`, which
    step it is. `state` is "alone", "shown" or "wrong" where that is known.
    """

    key: int
    symbol: str
    help: str = ""
    value: str = ""
    state: str = ""
    now: bool = False
    types: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoalPart:
    """One condition of a goal: what is wanted, what the present run has, and whether it holds."""

    wanted: str
    found: str
    holds: bool


def rows_head(learner: LessonSession, say: Say) -> str:
    """Return what is asked at the present row, where that is not a number."""
    step, task = learner.step, learner.task
    if not isinstance(step, CarryOut) or not learner.waits:
        return ""
    if step.find:
        return say("Which row is the first wrong one?")
    waits = task.row < len(task.rows)
    if step.order and waits and not task.rows[task.row].named:
        return say("Which step comes next?")
    return ""


def row_pictures(state: State, learner: LessonSession, say: Say) -> tuple[RowPicture, ...]:
    """Return the values of a task that is carried out, as far as they are to be seen."""
    step = learner.step
    if not isinstance(step, CarryOut):
        return ()
    if step.find:
        return tuple(_search_rows(state, learner, step, say))
    return tuple(_rows(state, learner, step, say))


def _rows(state: State, learner: LessonSession, step: CarryOut, say: Say) -> Iterator[RowPicture]:
    task, found = learner.task, rows_of(step)
    for k, one in enumerate(found):
        symbol = symbols.of(one.result, step.experiment)
        row = task.rows[k] if k < len(task.rows) else None
        if row is not None and row.outcome is not None:
            value = by_hand(one.value, state.look.digits, say)
            how = "shown" if row.outcome is Outcome.SHOWN else "alone"
            yield RowPicture(k, symbol, "", value, how)
        elif k == task.row and learner.waits:
            asks_order = step.order and not (row is not None and row.named)
            if asks_order:
                choices = tuple(step_words(name, say) for name in next_steps(step, k))
                yield RowPicture(k, "?", now=True, choices=choices)
            else:
                told = _help(state, step, one)
                yield RowPicture(k, symbol, told, now=True, types=True)
        elif not step.order:
            yield RowPicture(k, symbol)


def _search_rows(
    state: State, learner: LessonSession, step: CarryOut, say: Say
) -> Iterator[RowPicture]:
    search, task = search_of(step), learner.task
    for k, one in enumerate(search.rows if search is not None else ()):
        symbol = symbols.of(one.result, step.experiment)
        value = by_hand(one.value, state.look.digits, say)
        right = task.outcome is not None and search is not None and k == search.wrong
        how = "found" if right else "wrong" if k in task.refused else ""
        yield RowPicture(k, symbol, "", value, how, now=learner.waits)


def _help(state: State, step: CarryOut, row: RowTask) -> str:
    """Return the formula of a row, as far as the lesson shows it: all but the result."""
    if step.help == "none":
        return ""
    return formula_at(state, step.run, row.index, numbers=step.help == "numbers")


def goal_parts(state: State, learner: LessonSession, say: Say) -> tuple[GoalPart, ...]:
    """Return the conditions of an experiment to be changed, and how the present run meets them."""
    step = learner.step
    if not isinstance(step, Do):
        return ()
    here = Standing(state.run, 0, step.experiment).at_end_of_sample()
    return tuple(_goal_part(one, here, state, say) for one in step.goal)


def _goal_part(condition: Condition, here: Standing, state: State, say: Say) -> GoalPart:
    try:
        holding = holds(condition, here)
        term = condition.left.term
        found = value_at(condition.left, here) if term is None or not _names(term) else None
    except UserError as fault:
        return GoalPart(condition.text, sentence(fault, state.look.locale), holds=False)
    number = "" if found is None else _number(found, state, say)
    return GoalPart(_wanted(condition, state, say), number, holding)


def _names(term: Term) -> bool:
    return term.word in ("algorithm", "activation")


def _number(value: float, state: State, say: Say) -> str:
    return say("never") if value == float("inf") else by_hand(value, state.look.digits, say)


_SIGNS = {"<=": "≤", ">=": "≥", "==": "=", "!=": "≠"}


def _wanted(condition: Condition, state: State, say: Say) -> str:
    """Return a condition in words: "converges at epoch < 50"."""
    sign = _SIGNS.get(condition.comparison, condition.comparison)
    second = condition.right.first
    right = (
        by_hand(second, state.look.digits, say)
        if isinstance(second, float | int)
        else (condition.right.text)
    )
    return f"{_value_words(condition, say)} {sign} {right}"


def _value_words(condition: Condition, say: Say) -> str:
    term = condition.left.term
    if term is None:
        return condition.left.text
    match term.word:
        case "converged_at":
            return say("epoch of convergence")
        case "mean_loss" if term.argument == "end":
            return say("mean loss at the end")
        case "changes":
            return say("changed parameters")
        case "error":
            return say("error of ∂L/∂w{layer}").format(layer=subscript(term.layer or 0))
        case _:
            return condition.left.text or term.word
