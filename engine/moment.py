"""What is known at any step of a run: the whole state, and what the latest step computed.

    moment_at(run, 0)      nothing done yet
    moment_at(run, m)      the state after m steps; the last m is `length(run)`

A moment depends on the run and the index alone: it is the same whether one steps forwards,
backwards or jumps.
"""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from engine.chain import ACTIVATIONS, Learner
from engine.run import Run
from engine.steps import Phase, Step, arrival, positions_of, receiver, steps_of, steps_per_sample


class Quantity(StrEnum):
    """What a number in a computation is."""

    OUTPUT = "output"
    WEIGHT = "weight"
    WEIGHTED_INPUT = "weighted_input"
    DERIVATIVE = "derivative"
    TARGET = "target"
    LOSS = "loss"
    UPSTREAM = "upstream"
    GRADIENT = "gradient"
    LEARNING_RATE = "learning_rate"


class Term(NamedTuple):
    """A number with its name: (OUTPUT, i) is aᵢ, (WEIGHT, i) is wᵢ, (UPSTREAM, i) is ∂L/∂aᵢ."""

    quantity: Quantity
    layer: int
    value: float


class Computation(NamedTuple):
    """What a step computed, and from what, in the order in which the formula names them.

    `negated` tells that the product of the operands is taken with the opposite sign.
    """

    result: Term
    operands: tuple[Term, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """The state after `index` steps of a run. What is not known yet is None.

    `update` counts from 0, `epoch` and `sample` from 1; `position` steps of this update, 0 … 4n+1,
    are done, and `step` is the latest of them (None at the very start). `weights` are the current
    weights, `weights_before` those before this update. `outputs` are a₀ … aₙ, `upstreams` ∂L/∂a₁ …
    ∂L/∂aₙ and `gradients` ∂L/∂w₁ … ∂L/∂wₙ, each as the run's algorithm computes it, right or wrong.
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

    @property
    def phase(self) -> Phase | None:
        """What the latest step did."""
        return None if self.step is None else self.step.phase

    @property
    def layer(self) -> int | None:
        """The layer of the latest step, 1 … n."""
        return None if self.step is None else self.step.layer

    @property
    def old_weight(self) -> float | None:
        """The weight before the latest step, where that is an update."""
        return self._updated(self.weights_before)

    @property
    def new_weight(self) -> float | None:
        """The weight after the latest step, where that is an update."""
        return self._updated(self.weights)

    @property
    def unchanged(self) -> bool:
        """Whether the latest step is an update that left its weight as it was, to the last bit."""
        old = self.old_weight
        return old is not None and math.isfinite(old) and old == self.new_weight

    def _updated(self, weights: tuple[float, ...]) -> float | None:
        if self.step is None or self.step.phase is not Phase.UPDATE:
            return None
        return weights[self.step.layer - 1]


def length(run: Run) -> int:
    """Return the index of the last moment: updates × (4n + 1)."""
    return run.updates * steps_per_sample(run.experiment.layers)


def moment_at(run: Run, index: int) -> Moment:
    """Return the state of `run` after `index` steps.

    Raises IndexError where `index` is not in 0 … `length(run)`.
    """
    if not 0 <= index <= length(run):
        raise IndexError(f"step {index} is not in 0 … {length(run)}")
    experiment = run.experiment
    steps = steps_of(experiment.algorithm, experiment.layers)
    # The last step of an update belongs to it, though its weights are those of the next.
    update, before = divmod(max(index - 1, 0), len(steps))
    position = before + 1 if index else 0
    positions = positions_of(experiment.algorithm, experiment.layers)
    old = run.weights_before(update)
    sample = run.sample(update)
    learner = experiment.learner(old)
    met = learner.learn(sample.x, sample.target)
    layers = range(1, experiment.layers + 1)

    def is_done(step: Step) -> bool:
        return positions[step] <= position

    def if_done(phase: Phase, layer: int, value: float) -> float | None:
        return value if is_done(Step(phase, layer)) else None

    def upstream(i: int) -> float | None:
        arrives = arrival(experiment.algorithm, experiment.layers, i)
        return learner.upstreams[i - 1] if is_done(arrives) else None

    place = run.place(update)
    step = steps[position - 1] if position else None
    weights = tuple(
        learner.weights[i - 1] if is_done(Step(Phase.UPDATE, i)) else old[i - 1] for i in layers
    )
    return Moment(
        index=index,
        update=update,
        epoch=min(place.epoch, experiment.epochs),
        sample=place.sample,
        position=position,
        step=step,
        x=sample.x,
        target=sample.target,
        weights=weights,
        weights_before=old,
        outputs=(
            sample.x,
            *(if_done(Phase.FORWARD, i, learner.outputs[i]) for i in layers),
        ),
        loss=if_done(Phase.LOSS, experiment.layers, met),
        upstreams=tuple(upstream(i) for i in layers),
        gradients=tuple(if_done(Phase.GRADIENT, i, learner.gradients[i - 1]) for i in layers),
        computation=_Computed(run, learner, old, weights, sample.target, met).by(step)
        if step
        else None,
    )


class _Computed:
    """Names the numbers of one update, to tell what a step computed from what."""

    def __init__(
        self,
        run: Run,
        learner: Learner,
        old: tuple[float, ...],
        weights: tuple[float, ...],
        target: float,
        met: float,
    ) -> None:
        self._experiment = run.experiment
        self._learner = learner
        self._old = old
        self._weights = weights
        self._target = target
        self._met = met

    def by(self, step: Step) -> Computation:
        """Return what `step` computed from what."""
        i, n = step.layer, self._experiment.layers
        target = Term(Quantity.TARGET, n, self._target)
        match step.phase:
            case Phase.FORWARD:
                operands = (self._weight(i), self._output(i - 1), *self._weighted_input(i))
                return Computation(self._output(i), operands)
            case Phase.LOSS:
                result = Term(Quantity.LOSS, n, self._met)
                return Computation(result, (self._output(n), target))
            case Phase.SEED:
                result = self._upstream(receiver(self._algorithm, step))
                last = self._last_factors() if self._algorithm == "front_to_back" else ()
                return Computation(result, (self._output(n), target, *last))
            case Phase.GRADIENT:
                operands = (self._upstream(i), *self._gradient_factors(i))
                return Computation(self._gradient(i), operands, self._algorithm == "sign_flipped")
            case Phase.PASS_ON:
                operands = (self._upstream(i), *self._derivative(i), self._weight(i))
                return Computation(self._upstream(receiver(self._algorithm, step)), operands)
            case Phase.UPDATE:
                old = Term(Quantity.WEIGHT, i, self._old[i - 1])
                rate = Term(Quantity.LEARNING_RATE, 0, self._experiment.learning_rate)
                return Computation(self._weight(i), (old, rate, self._gradient(i)))

    @property
    def _algorithm(self) -> str:
        return self._experiment.algorithm

    def _last_factors(self) -> tuple[Term, ...]:
        """Return the last layer's factors, with which `front_to_back` starts."""
        n = self._experiment.layers
        return (*self._derivative(n), self._weight(n))

    def _gradient_factors(self, i: int) -> tuple[Term, ...]:
        """Return what the public derivative is multiplied by to give layer i's gradient."""
        match self._algorithm:
            case "front_to_back":
                return (*self._derivative(i), self._weight(i), self._output(i - 1))
            case "own_output":
                return (*self._derivative(i), self._output(i))
            case _:
                return (*self._derivative(i), self._output(i - 1))

    def _weight(self, i: int) -> Term:
        return Term(Quantity.WEIGHT, i, self._weights[i - 1])

    def _output(self, i: int) -> Term:
        return Term(Quantity.OUTPUT, i, self._learner.outputs[i])

    def _upstream(self, i: int) -> Term:
        return Term(Quantity.UPSTREAM, i, self._learner.upstreams[i - 1])

    def _gradient(self, i: int) -> Term:
        return Term(Quantity.GRADIENT, i, self._learner.gradients[i - 1])

    def _weighted_input(self, i: int) -> tuple[Term, ...]:
        if self._experiment.activation == "identity":
            return ()
        z = self._old[i - 1] * self._learner.outputs[i - 1]
        return (Term(Quantity.WEIGHTED_INPUT, i, z),)

    def _derivative(self, i: int) -> tuple[Term, ...]:
        if self._experiment.activation == "identity" or self._algorithm == "no_local_derivative":
            return ()
        derivative = ACTIVATIONS[self._experiment.activation].derivative
        return (Term(Quantity.DERIVATIVE, i, derivative(self._learner.outputs[i])),)
