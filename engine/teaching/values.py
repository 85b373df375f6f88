"""What a value of a lesson is at a place of a run, computed by the engine.

>>> from engine import Experiment
>>> run = trained(Experiment())
>>> here = Standing(run, asked_index(parse_place("before pass_on 3"), run))
>>> round(value_at(parse_value("upstream 2"), here), 5)
0.53613
"""

import math
from dataclasses import replace
from functools import lru_cache

from engine.chain import loss as loss_of
from engine.chain_rule.multiplications import count
from engine.checking.gradient_check import GradientCheck, check_gradients
from engine.diagnosis.measures import curvature, edge, mean_loss
from engine.parameters import PARAMETERS
from engine.quantities import Name, Quantity
from engine.run import Run
from engine.steps import steps_per_sample
from engine.teaching.existence import done_by, is_name, must_exist, name_of_term, taken_at
from engine.teaching.parsing import parse_condition, parse_value
from engine.teaching.places import Place, asked_index, end_of_sample, index_of, parse_place
from engine.teaching.standing import Standing, trained
from engine.teaching.terms import EPOCHS, Condition, Operand, Term, Value
from engine.user_error import UserError
from engine.words import mark

__all__ = [
    "Condition",
    "Standing",
    "Value",
    "asked_index",
    "end_of_sample",
    "holds",
    "index_of",
    "is_never",
    "name_of_term",
    "parse_condition",
    "parse_place",
    "parse_value",
    "trained",
    "value_at",
]

SAME = 1e-9
"""Values that differ by no more are equal; of numbers above 1, relatively."""


def value_at(value: Value, here: Standing) -> float:
    """Return a value as a number; an epoch that never comes is infinite.

    Raises `UserError` where it does not exist there, with what is wrong and what is allowed.
    """
    first, *others = (_number(one, here) for one in value.operands)
    return _combined(first, value.operator, others[0]) if others else first


def is_never(asked: Value, value: float) -> bool:
    """Return whether a value is an epoch that never comes."""
    term = asked.term
    return term is not None and term.word in EPOCHS and value == math.inf


def holds(condition: Condition, here: Standing) -> bool:
    """Return whether a condition holds at a place. Raises `UserError` as `value_at` does."""
    left, right = _side(condition.left, here), _side(condition.right, here)
    if isinstance(left, str) or isinstance(right, str):
        if condition.comparison not in ("==", "!=") or isinstance(left, str) != isinstance(
            right, str
        ):
            raise UserError(
                mark("{value} compares a name: it may only be == or != to another name."),
                value=condition.text,
            )
        return (left == right) == (condition.comparison == "==")
    return _compared(left, condition.comparison, right)


def _compared(left: float, comparison: str, right: float) -> bool:
    same = math.isclose(left, right, rel_tol=SAME, abs_tol=SAME)
    match comparison:
        case "==":
            return same
        case "!=":
            return not same
        case "<":
            return left < right
        case ">":
            return left > right
        case "<=":
            return left <= right
        case _:
            return left >= right


def _combined(first: float, operator: str, second: float) -> float:
    match operator:
        case "+":
            return first + second
        case "-":
            return first - second
        case "*":
            return first * second
        case _:
            if second == 0:
                raise UserError(mark("this divides by zero."))
            return first / second


def _side(value: Value, here: Standing) -> float | str:
    term = value.term
    return _name(term, here) if term and is_name(term) else value_at(value, here)


def _name(term: Term, here: Standing) -> str:
    return term.argument or str(getattr(here.run.experiment, term.word))


def _number(operand: Operand, here: Standing) -> float:
    if not isinstance(operand, Term):
        return operand
    if is_name(operand):
        raise UserError(
            mark("{value} is a name, not a number: compare it with == or !=."),
            value=operand.argument or operand.word,
        )
    run, index = here.run, here.index
    if operand.by is not None:
        run = trained(done_by(operand, run.experiment))
    return _taken(operand, replace(here, run=run, index=taken_at(operand, run.experiment, index)))


def _taken(term: Term, here: Standing) -> float:  # noqa: C901, PLR0911, PLR0912 - one line a value
    run, experiment = here.run, here.run.experiment
    must_exist(term, experiment, here.index)
    name = name_of_term(term, experiment.layers)
    if name is not None:
        return _known(term, name, here)
    match term.word:
        case "converged_at":
            return math.inf if run.converged_at is None else run.converged_at
        case "diverged_at":
            return math.inf if run.diverged_at is None else run.diverged_at.epoch
        case "updates":
            return run.updates
        case "steps":
            return steps_per_sample(experiment.structure)
        case "layers" | "epochs":
            return int(getattr(experiment, term.word))
        case "samples":
            return len(experiment.samples)
        case "edge":
            return edge(experiment)
        case "curvature":
            return curvature(experiment, _theta(term, here))
        case "mean_loss":
            return mean_loss(run, experiment.epochs if term.argument else int(term.number or 0))
        case "answer":
            theta = run.final_theta if term.place is None else here.moment.theta
            return experiment.output(theta, float(term.number or 0))
        case "checked" | "error":
            row = _check(term, here)
            return row.numeric if term.word == "checked" else row.relative_error
        case "loss":
            return moved_loss(term, here)
        case "multiplications":
            layers = experiment.layers if term.number is None else int(term.number)
            return int(getattr(count(layers, experiment.activation), term.argument))
        case _:
            return _changes(term, here)


def _theta(term: Term, here: Standing) -> tuple[float, ...]:
    if term.place == Place("end"):
        return here.run.final_theta
    return here.run.theta_before(here.update) if here.run.updates else here.run.final_theta


def _known(term: Term, name: Name, here: Standing) -> float:
    if term.word == "slope":
        output = here.moment.numbers[Name(Quantity.OUTPUT, name.layer)]
        return here.run.experiment.structure.f.derivative(output)
    return here.moment.numbers[name]


def _check(term: Term, here: Standing) -> GradientCheck:
    asked = Name(Quantity.WEIGHT, term.layer or 0)
    return next(row for row in _checks(here.run, here.update) if row.name == asked)


@lru_cache(maxsize=16)
def _checks(run: Run, update: int) -> tuple[GradientCheck, ...]:
    return check_gradients(run.experiment, _before(run, update), run.sample(update))


def _before(run: Run, update: int) -> tuple[float, ...]:
    return run.theta_before(update) if run.updates else run.final_theta


def moved_loss(term: Term, here: Standing) -> float:
    """Return the loss of a sample with the parameter of a term moved by its number."""
    experiment, layer = here.run.experiment, term.layer or 0
    theta = list(_before(here.run, here.update))
    theta[layer - 1 + (experiment.layers if term.argument == "bias" else 0)] += term.number or 0.0
    sample = here.run.sample(here.update)
    return float(loss_of(experiment.output(theta, sample.x), sample.target))


def _changes(term: Term, here: Standing) -> float:
    """Return how many of a row of parameters differ from those that the step began with."""
    one = next(one for one in PARAMETERS if one.field == term.argument)
    now: tuple[float, ...] = getattr(here.run.experiment, one.field)
    before: tuple[float, ...] = getattr(here.start or here.run.experiment, one.field)
    changed = sum(a != b for a, b in zip(now, before, strict=False))
    return changed + abs(len(now) - len(before))
