"""The rows of a sample: each step computed in turn, all of it or with gaps."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from engine.activations import Activation
from engine.experiment import Experiment
from engine.expressions import Activated, Negated, Reading, fold, names_in, operations
from engine.moment import Computation, moment_at
from engine.quantities import Name, Quantity, Term
from engine.steps import Phase, Step, steps_per_sample
from engine.teaching.sheets.exercise import Row
from engine.teaching.standing import trained

FADING = 6
"""After so many exercises it starts anew: one worked, two with gaps, three empty."""


def worked_rows(experiment: Experiment) -> tuple[Row, ...]:
    """Return the rows of the first sample."""
    run, rows = trained(experiment), []
    for index in range(1, steps_per_sample(experiment.structure) + 1):
        moment = moment_at(run, index)
        assert moment.step is not None  # noqa: S101 - not the start
        assert moment.computation is not None  # noqa: S101
        rows.append(Row(moment.step, moment.computation))
    return tuple(rows)


def empty(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows with gaps alone."""
    return tuple(replace(row, printed=None, worked=False) for row in rows)


def filled(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows with all that stands in them."""
    return tuple(replace(row, printed=row.value, worked=True) for row in rows)


def faded(rows: Sequence[Row], number: int) -> tuple[Row, ...]:
    """Return the rows of an exercise, by its number: gaps come from the last step backwards.

    After Atkinson, Renkl and Merrill (2003): a worked example first, then two with more and more
    gaps, then all is left to the learner. The first gaps are the updates, then the backward pass.
    """
    place = (number - 1) % FADING
    if place > 2:  # noqa: PLR2004 - the empty ones
        return empty(rows)
    gaps: set[Phase] = set()
    if place > 0:
        gaps |= {Phase.UPDATE}
    if place > 1:
        gaps |= {Phase.SEED, Phase.GRADIENT, Phase.PASS_ON}
    return tuple(empty([row])[0] if row.step.phase in gaps else filled([row])[0] for row in rows)


def given(experiment: Experiment) -> dict[Name, float]:
    """Return the numbers that an exercise gives, by their names."""
    sample, n = experiment.samples[0], experiment.layers
    numbers = {Name(Quantity.OUTPUT, 0): sample.x}
    for one in experiment.parameters:
        row: tuple[float, ...] = getattr(experiment, one.field)
        numbers |= {one.of(i): value for i, value in enumerate(row, 1)}
    numbers[Name(Quantity.TARGET, n)] = sample.target
    numbers[Name(Quantity.LEARNING_RATE, 0)] = experiment.learning_rate
    return numbers


def computed(step: Step, numbers: Mapping[Name, float], f: Activation) -> Computation:
    """Return what a step computes from numbers that may be wrong."""

    def value_of(name: Name) -> float:
        if name.quantity is Quantity.DERIVATIVE:
            return f.derivative(numbers[Name(Quantity.OUTPUT, name.layer)])
        return numbers[name]

    reading = Reading(value_of, operations(f.function, f.derivative))
    expression = step.expression
    operands = [Term(*name, value_of(name)) for name in names_in(expression)]
    if isinstance(expression, Activated):
        z = fold(expression.parts[0], reading)
        operands.append(Term(Quantity.WEIGHTED_INPUT, step.layer, z))
    result = Term(*step.result, fold(expression, reading))
    return Computation(result, tuple(operands), isinstance(expression, Negated), expression)
