"""The losses around some parameters: one moved by ±ε, the others as they are."""

import math
from collections.abc import Sequence
from enum import StrEnum
from functools import cached_property

from engine.algorithms import CORRECT
from engine.algorithms.rules import loss as loss_step
from engine.chain import answer_of, differentiated, loss, outputs_of
from engine.checking.difference_error import (
    UNIT,
    Bound,
    Inexact,
    Span,
    bending,
    carried_out,
    difference_off,
)
from engine.experiment import Experiment, Sample
from engine.parameters import parameter_of, split, values_by_name
from engine.quantities import Name, Quantity
from engine.steps import Phase, Step, steps_of


class Factor(StrEnum):
    """The factors of ∂L/∂wᵢ: e − ê, the input aᵢ₋₁, and f′ and the weights of the later layers."""

    MISS = "miss"
    INPUT = "input"
    SLOPE = "slope"
    WEIGHT = "weight"


class Around:
    """A chain at some parameters and one sample, and its loss where one parameter is ±ε away.

    A parameter is named as in a computation: (WEIGHT, i) is wᵢ.
    """

    def __init__(self, experiment: Experiment, theta: Sequence[float], sample: Sample) -> None:
        self._structure = experiment.structure._replace(algorithm=CORRECT)
        self._f, self._parameters = experiment.structure.f, experiment.parameters
        self._theta = tuple(theta)
        self._rows = [list(row) for row in split(self._parameters, theta)]
        self._weights = self._rows[0]
        self._place = {one.quantity: place for place, one in enumerate(self._parameters)}
        self._x, self._target = sample.x, sample.target
        self._latest: tuple[tuple[Name, float], tuple[float, float]] | None = None
        self._answer = answer_of(experiment.activation, self._parameters)
        self._outputs = outputs_of(theta, sample.x, experiment.activation, self._parameters)

    def value(self, name: Name) -> float:
        """Return the value of a parameter."""
        return self._rows[self._place[name.quantity]][name.layer - 1]

    def _behind(self, name: Name) -> tuple[list[list[float]], list[float]]:
        """Return the rows of parameters from a layer on, and which of them begins with `name`."""
        rows = [row[name.layer - 1 :] for row in self._rows]
        return rows, rows[self._place[name.quantity]]

    def outputs(self, name: Name, epsilon: float) -> tuple[float, float]:
        """Return e with the parameter + ε and − ε; only its own and later layers are recomputed."""
        if self._latest is None or self._latest[0] != (name, epsilon):
            (rows, own), arriving = self._behind(name), self._outputs[name.layer - 1]
            value = own[0]
            own[0] = value + epsilon
            above = self._answer(rows, arriving)
            own[0] = value - epsilon
            self._latest = (name, epsilon), (above, self._answer(rows, arriving))
        return self._latest[1]

    def difference(self, name: Name, epsilon: float) -> float:
        """Return the central difference (L(w + ε) − L(w − ε)) / 2ε of a parameter w."""
        above, below = self.outputs(name, epsilon)
        rise = loss(above, self._target) - loss(below, self._target)
        width = 2 * epsilon
        return float(rise / width if math.isfinite(width) else rise / 2 / epsilon)

    def rounding(self, name: Name, epsilon: float) -> float:
        """Return at once how large the rounding error of a central difference can be.

        e carries an error of about 2n·u·|e| after n layers (a product and an activation each);
        hence d = e − ê has δ = u·(2n·|e| + |d|), and L = ½d² has |d|·δ + δ² + u·d². A difference
        within this needs no further test; a larger one may still be within `bound`.
        """
        both = 0.0
        for e in self.outputs(name, epsilon):
            d = abs(e - self._target)
            delta = UNIT * (2 * len(self._weights) * abs(e) + d)
            both += d * delta + delta * delta + UNIT * d * d
        return both / 2 / epsilon

    def bound(self, name: Name, epsilon: float) -> tuple[Bound, float]:
        """Return the largest possible difference of a right gradient from its central difference.

        By rounding and underflow, in the difference and in backpropagation; and, beyond that,
        because the loss bends: 0 for a parabola. Both hold, except over a kink.
        """
        n = len(self._weights)
        ends = [self._carried(name, self.value(name) + moved) for moved in (epsilon, -epsilon)]
        losses = tuple(end[Name(Quantity.LOSS, n)] for end in ends)
        off = difference_off((losses[0], losses[1]), epsilon, self.difference(name, epsilon))
        gradient = parameter_of(name.quantity).gradient_of(name.layer)
        off += self._exactness[gradient].off
        spans = [_span(i, self._weights[i - 1], ends) for i in range(name.layer, n + 1)]
        factor = self._factor(name)
        return off, bending(spans, self._f, self._target, factor, epsilon)

    def _factor(self, name: Name) -> float:
        """Return ∂z/∂parameter."""
        factors = parameter_of(name.quantity).factors(name.layer)
        return float(math.prod(self._outputs[one.layer] for one in factors))

    def _carried(self, name: Name, value: float) -> dict[Name, Inexact]:
        """Carry out the layers from a parameter's on, with another value of it."""
        layer, n = name.layer, len(self._weights)
        known = dict(self._exactness) | {name: Inexact(value, Bound(UNIT * abs(value), 0.0))}
        ahead = [s for s in self._steps if s.phase is Phase.FORWARD and s.layer >= layer]
        carried_out((*ahead, loss_step(n)), self._f, known)
        return known

    @cached_property
    def _steps(self) -> tuple[Step, ...]:
        return steps_of(self._structure)

    @cached_property
    def _exactness(self) -> dict[Name, Inexact]:
        """Every number of forward and backward pass, and how far it can be off."""
        n = len(self._weights)
        known = {
            name: Inexact(value)
            for name, value in values_by_name(self._parameters, self._theta).items()
        }
        known |= {
            Name(Quantity.OUTPUT, 0): Inexact(self._x),
            Name(Quantity.TARGET, n): Inexact(self._target),
        }
        carried_out((s for s in self._steps if s.phase is not Phase.UPDATE), self._f, known)
        return known

    def underflows(self, name: Name) -> bool:
        """Tell whether backpropagation gets 0 for a gradient, though none of its factors is 0."""
        return self._gradients[name] == 0.0 and self.zero_factor(name) is None

    @cached_property
    def _gradients(self) -> dict[Name, float]:
        right = differentiated(self._theta, self._x, self._target, self._f.name, self._parameters)
        return values_by_name(self._parameters, right.theta_gradients)

    def is_lost(self, name: Name, epsilon: float) -> bool:
        """Tell whether ε is too small beside w to move it: w + ε or w − ε is w itself."""
        w = self.value(name)
        return w in (w + epsilon, w - epsilon)

    def zero_factor(self, name: Name) -> Factor | None:
        """Return which factor of a gradient is 0; None where none is, or only by underflow."""
        if self._zero_miss:
            return Factor.MISS
        factors = parameter_of(name.quantity).factors(name.layer)
        if any(self._signs[one.layer] == 0.0 for one in factors):
            return Factor.INPUT
        return self._zero_behind[name.layer - 1]

    @cached_property
    def _zero_miss(self) -> bool:
        e = self._outputs[-1]
        return bool(e == self._target and (e != 0.0 or self._signs[-1] == 0.0))

    @cached_property
    def _zero_behind(self) -> list[Factor | None]:
        """For each layer, which factor from its f′ to the loss is 0."""
        found: list[Factor | None] = []
        closed, cut = False, False
        for i in range(len(self._weights) - 1, -1, -1):
            # Where f is flat the sign decides; f′ of the others is 0 where they are saturated.
            closed |= (
                self._signs[i + 1] <= 0
                if self._f.is_flat_below_zero
                else self._f.derivative(self._outputs[i + 1]) == 0.0
            )
            found.append(Factor.SLOPE if closed else Factor.WEIGHT if cut else None)
            cut |= self._weights[i] == 0.0
        return found[::-1]

    @cached_property
    def _signs(self) -> list[float]:
        """The signs of a₀ … aₙ, which no underflow can hide."""
        signs = [_sign(self._x)]
        for i, w in enumerate(self._weights):
            sign = _sign(w) * signs[-1]
            others = sum(row[i] for row in self._rows[1:])
            if others:
                sign = _sign(w * self._outputs[i] + others)
            signs.append(self._f.sign(sign))
        return signs

    def has_kink(self, name: Name, epsilon: float) -> bool:
        """Tell whether f has a kink between w − ε and w + ε: a ReLU opens or closes there."""
        if not self._f.kinks:
            return False
        w, arriving = self.value(name), self._outputs[name.layer - 1]
        patterns, (rows, own) = set(), self._behind(name)
        for moved in (w - epsilon, w, w + epsilon):
            own[0] = moved
            behind = [number for row in rows for number in row]
            after = outputs_of(behind, arriving, self._f.name, self._parameters)
            patterns.add(tuple(a > 0.0 for a in after[1:]))
        return len(patterns) > 1


def _span(layer: int, weight: float, ends: Sequence[dict[Name, Inexact]]) -> Span:
    zs = [end[Name(Quantity.WEIGHTED_INPUT, layer)] for end in ends]
    all_zs = [z for one in zs for z in one.ends]
    above, below = (end[Name(Quantity.OUTPUT, layer)] for end in ends)
    return Span(weight, (min(all_zs), max(all_zs)), (above, below))


def _sign(number: float) -> float:
    return math.copysign(1.0, number) if number else 0.0
