"""The state at any step of a run, and what the latest step computed.

    moment_at(run, 0)      nothing done yet
    moment_at(run, m)      the state after m steps; the last m is `length(run)`

A moment depends on the run and the index alone: it is the same whether one steps forwards,
backwards or jumps.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from types import MappingProxyType
from typing import NamedTuple

from engine.activations import Activation
from engine.chain import Learner
from engine.expressions import (
    Activated,
    Expression,
    Negated,
    Reading,
    fold,
    names_in,
    operations,
)
from engine.notebook import Shown
from engine.quantities import Name, Quantity, Term
from engine.run import Run
from engine.steps import Phase, Step, Structure, steps_of, steps_per_sample


class Computation(NamedTuple):
    """The result of a step, and its operands in the order of the formula.

    `operands` of a step with an activation end with z, to which it was applied. `negated` tells
    that the product of the operands is taken with the opposite sign. `expression` is what was
    computed, over the names of the operands.
    """

    result: Term
    operands: tuple[Term, ...]
    negated: bool
    expression: Expression


@dataclass(frozen=True, slots=True)
class Moment(Shown):
    """The state after `index` steps of a run. What is not computed yet is None.

    `update` counts from 0, `epoch` and `sample` from 1; `position` steps of this update, 0 … 4n+1,
    are done, and `step` is the latest of them (None at the very start). `weights` are the current
    weights, `weights_before` those before this update. `outputs` are a₀ … aₙ, `upstreams` ∂L/∂a₁ …
    ∂L/∂aₙ and `gradients` ∂L/∂w₁ … ∂L/∂wₙ, each as the run's algorithm computes it, right or wrong.
    `numbers` are all numbers that are known, by their names; of a parameter its current value, and
    in `before` that before this update. `run` is the run that it belongs to.
    """

    index: int
    update: int
    epoch: int
    sample: int
    position: int
    step: Step | None
    x: float
    target: float
    weights: tuple[float, ...]
    weights_before: tuple[float, ...]
    outputs: tuple[float | None, ...]
    loss: float | None
    upstreams: tuple[float | None, ...]
    gradients: tuple[float | None, ...]
    computation: Computation | None
    numbers: Mapping[Name, float]
    before: Mapping[Name, float]
    biases: tuple[float, ...]
    biases_before: tuple[float, ...]
    bias_gradients: tuple[float | None, ...]
    run: Run | None = field(default=None, repr=False, compare=False)

    @property
    def phase(self) -> Phase | None:
        """The phase of the latest step; None at the very start."""
        return None if self.step is None else self.step.phase

    @property
    def layer(self) -> int | None:
        """The layer of the latest step, 1 … n; None at the very start."""
        return None if self.step is None else self.step.layer

    @property
    def theta(self) -> tuple[float, ...]:
        """All current parameters: the weights, then the others."""
        return tuple(self.numbers[name] for name in self.before)

    @property
    def theta_before(self) -> tuple[float, ...]:
        """All parameters before this update."""
        return tuple(self.before.values())

    @property
    def old_value(self) -> float | None:
        """The parameter before the latest step, where that is an update."""
        if self.computation is None or self.phase is not Phase.UPDATE:
            return None
        return self.computation.operands[0].value

    @property
    def new_value(self) -> float | None:
        """The parameter after the latest step, where that is an update."""
        if self.computation is None or self.phase is not Phase.UPDATE:
            return None
        return self.computation.result.value

    @property
    def old_weight(self) -> float | None:
        """The weight before the latest step, where that is the update of a weight."""
        return self.old_value if self._is_of_a_weight else None

    @property
    def new_weight(self) -> float | None:
        """The weight after the latest step, where that is the update of a weight."""
        return self.new_value if self._is_of_a_weight else None

    @property
    def _is_of_a_weight(self) -> bool:
        return self.step is not None and self.step.result.quantity is Quantity.WEIGHT

    @property
    def unchanged(self) -> bool:
        """Whether the latest step is an update that changed nothing, to the last bit."""
        old = self.old_value
        return old is not None and math.isfinite(old) and old == self.new_value


def length(run: Run) -> int:
    """Return the index of the last moment: updates × the steps of a sample (4n + 1)."""
    return run.updates * steps_per_sample(run.experiment.structure)


def moment_at(run: Run, index: int) -> Moment:
    """Return the state of `run` after `index` steps.

    Raises IndexError where `index` is not in 0 … `length(run)`.
    """
    experiment, structure = run.experiment, run.experiment.structure
    n, steps, names = structure.layers, steps_of(structure), _names_of(structure)
    if not 0 <= index <= run.updates * len(steps):
        raise IndexError(f"step {index} is not in 0 … {length(run)}")
    # The last step of an update belongs to it, though its weights are those of the next.
    update, earlier = divmod(max(index - 1, 0), len(steps))
    position = earlier + 1 if index else 0
    step = steps[position - 1] if position else None
    place, sample, theta = run.place(update), run.sample(update), run.theta_before(update)
    before = dict(zip(names.theta, theta, strict=True))
    given = (experiment.learning_rate, sample.x, sample.target)
    numbers = before | dict(zip(names.given, given, strict=True))
    computation = None
    if step is not None:
        learner = experiment.learner(theta)
        met = learner.learn(sample.x, sample.target)
        results = names.ordered((met, *chain.from_iterable(learner.row.values())))
        numbers.update(zip(names.results, results[: position - 1], strict=False))
        computation = _computation(step, results[position - 1], _reading(numbers, structure.f))
        numbers[step.result] = results[position - 1]
    known = numbers.get
    return Moment(
        index=index,
        update=update,
        epoch=min(place.epoch, experiment.epochs),
        sample=place.sample,
        position=position,
        step=step,
        x=sample.x,
        target=sample.target,
        weights=tuple(map(numbers.__getitem__, names.theta[:n])),
        weights_before=theta[:n],
        outputs=tuple(map(known, names.outputs)),
        loss=known(names.loss),
        upstreams=tuple(map(known, names.upstreams)),
        gradients=tuple(map(known, names.gradients[:n])),
        computation=computation,
        numbers=MappingProxyType(numbers),
        before=MappingProxyType(before),
        biases=tuple(map(numbers.__getitem__, names.theta[n:])),
        biases_before=theta[n:],
        bias_gradients=tuple(map(known, names.gradients[n:])),
        run=run,
    )


class _Names(NamedTuple):
    """The names of a chain's numbers, in the order of the fields that hold them.

    `given` are α, x and ê, `results` those that the steps compute, in the order of the steps.
    `ordered` takes the loss and then all rows of a `Learner`, and returns the values of `results`.
    """

    theta: tuple[Name, ...]
    given: tuple[Name, Name, Name]
    outputs: tuple[Name, ...]
    loss: Name
    upstreams: tuple[Name, ...]
    gradients: tuple[Name, ...]
    results: tuple[Name, ...]
    ordered: Callable[[Sequence[float]], tuple[float, ...]]


@lru_cache(maxsize=16)
def _names_of(structure: Structure) -> _Names:
    n, parameters = structure.layers, structure.parameters
    layers = range(1, n + 1)
    rows = Learner((0.0,) * n * len(parameters), 1.0, *structure[1:]).row
    first = {Quantity.OUTPUT: 0}
    in_rows = (Name(q, first.get(q, 1) + k) for q, row in rows.items() for k in range(len(row)))
    places = {name: place for place, name in enumerate(in_rows, start=1)}
    loss = Name(Quantity.LOSS, n)
    places[loss] = 0
    results = tuple(step.result for step in steps_of(structure))
    return _Names(
        theta=tuple(one.of(i) for one in parameters for i in layers),
        given=(
            Name(Quantity.LEARNING_RATE, 0),
            Name(Quantity.OUTPUT, 0),
            Name(Quantity.TARGET, n),
        ),
        outputs=tuple(Name(Quantity.OUTPUT, i) for i in range(n + 1)),
        loss=loss,
        upstreams=tuple(Name(Quantity.UPSTREAM, i) for i in layers),
        gradients=tuple(one.gradient_of(i) for one in parameters for i in layers),
        results=results,
        ordered=itemgetter(*map(places.__getitem__, results)),
    )


def _reading(numbers: Mapping[Name, float], f: Activation) -> Reading[float]:
    """Return what computes with the numbers that are known; f′(zᵢ) is computed from aᵢ."""

    def value_of(name: Name) -> float:
        if name.quantity is Quantity.DERIVATIVE:
            return f.derivative(numbers[Name(Quantity.OUTPUT, name.layer)])
        return numbers[name]

    return Reading(value_of, operations(f.function, f.derivative))


def _computation(step: Step, computed: float, reading: Reading[float]) -> Computation:
    """Name the numbers of the latest step; what is read are those before it."""
    expression = step.expression
    operands = [Term(*name, reading.name(name)) for name in names_in(expression)]
    if isinstance(expression, Activated):
        z = fold(expression.parts[0], reading)
        operands.append(Term(Quantity.WEIGHTED_INPUT, step.layer, z))
    negated = isinstance(expression, Negated)
    return Computation(Term(*step.result, computed), tuple(operands), negated, expression)
