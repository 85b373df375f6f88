"""What a wrong number comes from: the values that typical mistakes give at a step.

A mistake is a rule, and what it gives is computed from the numbers at hand: by a formula of its
own, or by an algorithm that makes it. After Seppälä, Malmi and Korhonen, Observations on student
misconceptions (2006), who implemented the misconceived variants of algorithms.

>>> from engine import Experiment, Sample
>>> hand = Experiment(weights=(-2, -1.5, -0.5), samples=(Sample(2, 1),), learning_rate=0.1)
>>> {slip.name: round(slip.value, 3) for slip in slips_at(trained(hand), 7)}["times_input"]
-24.0
"""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from engine.algorithms import ALGORITHMS, Algorithm
from engine.expressions import Expression, Node, Reading, fold, names_in, operations
from engine.moment import Computation, Moment, moment_at
from engine.quantities import Name, Quantity, Term
from engine.run import Run
from engine.steps import Phase, Structure, begins_in_front, position_of, true_results
from engine.teaching.rules import Rule, rules_of
from engine.teaching.standing import trained
from engine.user_error import UserError

__all__ = ["Slip", "slips_at"]

_PHASES = (Phase.GRADIENT, Phase.PASS_ON, Phase.UPDATE)
"""The steps at which algorithms differ."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A wrong number and what gives it.

    `sentence` says what to do instead, with gaps for the symbols of `names`; `rule` says the
    mistake in a few words; both are to be translated. `computation` is how the number comes about,
    where it is a formula. `lit` is the number that was mistaken for another. `algorithm` is that of
    the engine which makes the mistake, if one does.
    """

    name: str
    value: float
    sentence: str
    rule: str
    names: Mapping[str, Name] = field(default_factory=lambda: MappingProxyType({}))
    computation: Computation | None = None
    lit: Name | None = None
    algorithm: str = ""


def slips_at(run: Run, index: int) -> tuple[Slip, ...]:
    """Return the slips at the step that leads to the moment `index`, each with its value.

    Those that give the right number are left out: they can't be told from it. Raises IndexError
    where there is no such moment; at the very start there are none.
    """
    return _slips_at(run, index)[0]


def untold_at(run: Run, index: int) -> tuple[Slip, ...]:
    """Return the slips that give the right number at a step, though they are mistakes there.

    An algorithm whose step has the formula of backpropagation makes no mistake.
    """
    return _slips_at(run, index)[1]


@lru_cache(maxsize=256)
def _slips_at(run: Run, index: int) -> tuple[tuple[Slip, ...], tuple[Slip, ...]]:
    moment = moment_at(run, index)
    if moment.step is None or moment.computation is None:
        return (), ()
    right = moment.computation.result.value
    rules = tuple(_of_rules(run, index, moment))
    algorithms = _of_algorithms(run, moment)
    if moment.phase is Phase.UPDATE:
        # An update against the sign of a gradient is one mistake, and not two.
        known = [slip.value for slip in rules]
        algorithms = (one for one in algorithms if not any(_equal(one.value, v) for v in known))
    found = [slip for slip in (*algorithms, *rules) if math.isfinite(slip.value)]
    told = tuple(slip for slip in found if not _equal(slip.value, right))
    return told, tuple(
        slip for slip in found if _equal(slip.value, right) and _is_mistake(slip, moment, run)
    )


def _is_mistake(slip: Slip, moment: Moment, run: Run) -> bool:
    """Tell whether a slip is one at this step, by its formula and not only by its numbers."""
    if not slip.algorithm or moment.step is None:
        return True
    other = run.experiment.structure._replace(algorithm=slip.algorithm)
    return moment.step.result not in true_results(other)


def _equal(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=0.0)


def _of_algorithms(run: Run, moment: Moment) -> Iterator[Slip]:
    """Yield what the other algorithms compute in the place of the step's result."""
    step = moment.step
    if step is None or step.phase not in _PHASES:
        return
    structure = run.experiment.structure
    for one in ALGORITHMS.values():
        other = structure._replace(algorithm=one.name)
        if one.name == structure.algorithm or not _computes(other, step.result):
            continue
        computation = _computed(run, moment, one, step.result)
        if computation is not None:
            yield Slip(
                name=one.name,
                value=computation.result.value,
                sentence=one.slip,
                rule=one.mistake,
                computation=None if step.phase is Phase.UPDATE else computation,
                lit=_mistaken(computation, moment.computation),
                algorithm=one.name,
            )


def _mistaken(wrong: Computation, right: Computation | None) -> Name | None:
    """Return the operand that should not be there, or that has another value."""
    known = {} if right is None else {term.name: term.value for term in right.operands}
    strange = (term.name for term in wrong.operands if term.name not in known)
    other = (term.name for term in wrong.operands if term.value != known.get(term.name))
    return next(strange, None) or next(other, None)


def _computes(structure: Structure, result: Name) -> bool:
    """Tell whether an algorithm computes a number under this name, and means the same by it."""
    passes_back = not begins_in_front(structure.algorithm)
    return not structure.by.is_right and (passes_back or result.quantity is not Quantity.UPSTREAM)


def _computed(run: Run, moment: Moment, by: Algorithm, result: Name) -> Computation | None:
    """Return how another algorithm comes to a number, with the parameters of this update."""
    experiment = run.experiment
    rows: dict[str, list[float]] = {one.field: [] for one in experiment.parameters}
    for name, value in moment.before.items():
        one = next(p for p in experiment.parameters if p.quantity is name.quantity)
        rows[one.field].append(value)
    fields: dict[str, Any] = {name: tuple(row) for name, row in rows.items()}
    sample = run.sample(moment.update)
    try:
        other = replace(
            experiment,
            algorithm=by.name,
            samples=(sample,),
            epochs=1,
            **fields,
        )
        position = position_of(other.structure, result)
    except (UserError, KeyError):
        return None
    return moment_at(trained(other), position).computation


def _of_rules(run: Run, index: int, moment: Moment) -> Iterator[Slip]:
    """Yield what the rules give, from the numbers that the step could have been given."""
    step, experiment = moment.step, run.experiment
    if step is None:
        return
    before = moment_at(run, index - 1).numbers if moment.position > 1 else moment.before
    numbers = {**moment.numbers, **before, **_old(moment)}
    value_of, f = _values(numbers, experiment.structure), experiment.structure.f
    reading = Reading(value_of, operations(f.function, f.derivative))
    for rule in rules_of(step, experiment.structure, numbers):
        value = _value(rule, reading)
        if value is not None:
            yield _slip(rule, value, step.result, reading)


def _old(moment: Moment) -> Mapping[Name, float]:
    """Return the parameter of an update as it was before."""
    step = moment.step
    if step is None or step.phase is not Phase.UPDATE or moment.old_value is None:
        return {}
    return {step.result: moment.old_value}


def _values(numbers: Mapping[Name, float], structure: Structure) -> Callable[[Name], float]:
    def value_of(name: Name) -> float:
        if name.quantity is Quantity.DERIVATIVE:
            return structure.f.derivative(numbers[Name(Quantity.OUTPUT, name.layer)])
        return numbers[name]

    return value_of


def _value(rule: Rule, reading: Reading[float]) -> float | None:
    if rule.value is not None:
        return rule.value
    assert rule.formula is not None  # noqa: S101 - a rule has one of the two
    try:
        return fold(rule.formula, reading)
    except KeyError:
        return None  # a number that is not known at this step


def _slip(rule: Rule, value: float, result: Name, reading: Reading[float]) -> Slip:
    formula = rule.formula
    computation = None
    if isinstance(formula, Node):
        computation = _computation(formula, Term(*result, value), reading)
    return Slip(
        name=rule.name,
        value=value,
        sentence=rule.sentence,
        rule=rule.told,
        names=rule.names,
        computation=computation,
        lit=rule.lit,
    )


def _computation(formula: Expression, result: Term, reading: Reading[float]) -> Computation:
    operands = tuple(Term(*name, reading.name(name)) for name in names_in(formula))
    return Computation(result, operands, negated=False, expression=formula)
