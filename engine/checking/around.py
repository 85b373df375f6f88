"""The losses around some weights: one weight moved by ±ε, the others as they are."""

import math
from collections.abc import Sequence
from enum import StrEnum
from functools import cached_property

from engine.chain import ACTIVATIONS, differentiate, forward, loss, output_of
from engine.checking.difference_error import (
    EXACT,
    UNIT,
    Bound,
    Stage,
    bending,
    difference_off,
    gradients_off,
    stages,
)
from engine.experiment import Experiment, Sample


class Factor(StrEnum):
    """The factors of ∂L/∂wᵢ: e − ê, the input aᵢ₋₁, and f′ and the weights of the later layers."""

    MISS = "miss"
    INPUT = "input"
    SLOPE = "slope"
    WEIGHT = "weight"


class Around:
    """A chain with some weights and a sample, and what becomes of its loss close by."""

    def __init__(self, experiment: Experiment, weights: Sequence[float], sample: Sample) -> None:
        self._activation = experiment.activation
        self._weights = tuple(weights)
        self._x, self._target = sample.x, sample.target
        self._latest: tuple[tuple[int, float], tuple[float, float]] | None = None
        self._outputs = [0.0] * (len(self._weights) + 1)
        forward(self._weights, sample.x, ACTIVATIONS[self._activation].function, self._outputs)

    def outputs(self, layer: int, epsilon: float) -> tuple[float, float]:
        """Return e with wᵢ + ε and with wᵢ − ε. Only the layers from i on change."""
        if self._latest is None or self._latest[0] != (layer, epsilon):
            w, arriving = self._weights[layer - 1], self._outputs[layer - 1]
            behind = self._weights[layer:]
            ends = (
                output_of((w + epsilon, *behind), arriving, self._activation),
                output_of((w - epsilon, *behind), arriving, self._activation),
            )
            self._latest = (layer, epsilon), ends
        return self._latest[1]

    def difference(self, layer: int, epsilon: float) -> float:
        """Return (L(wᵢ + ε) − L(wᵢ − ε)) / 2ε."""
        above, below = self.outputs(layer, epsilon)
        rise = loss(above, self._target) - loss(below, self._target)
        width = 2 * epsilon
        return rise / width if math.isfinite(width) else rise / 2 / epsilon

    def rounding(self, layer: int, epsilon: float) -> float:
        """Return at once how large the rounding error of layer i's central difference can be.

        e carries an error of about 2n·u·|e| after n layers (a product and an activation each);
        hence d = e − ê has δ = u·(2n·|e| + |d|), and L = ½d² has |d|·δ + δ² + u·d². A difference
        within this needs no further test; a larger one may still be within `bound`.
        """
        both = 0.0
        for e in self.outputs(layer, epsilon):
            d = abs(e - self._target)
            delta = UNIT * (2 * len(self._weights) * abs(e) + d)
            both += d * delta + delta * delta + UNIT * d * d
        return both / 2 / epsilon

    def bound(self, layer: int, epsilon: float) -> tuple[Bound, float]:
        """Return how far a right gradient of layer i can lie from its central difference.

        By rounding and underflow, in the difference and in backpropagation; and, beyond that,
        because the loss bends: 0 for a parabola. Both hold, except over a kink.
        """
        ends = self._ends(layer, epsilon)
        numeric = self.difference(layer, epsilon)
        off = difference_off((ends[0][-1], ends[1][-1]), self._target, epsilon, numeric)
        off += self._gradients_off[layer - 1]
        weights, arriving = self._weights[layer - 1 :], self._outputs[layer - 1]
        return off, bending(weights, arriving, *ends, self._activation, self._target, epsilon)

    def _ends(self, layer: int, epsilon: float) -> tuple[list[Stage], list[Stage]]:
        w, behind = self._weights[layer - 1], self._weights[layer:]
        off = self._stages[layer - 2].off if layer > 1 else EXACT
        arriving, activation = self._outputs[layer - 1], self._activation
        above, below = (
            stages((moved, *behind), arriving, off, activation, first=UNIT)
            for moved in (w + epsilon, w - epsilon)
        )
        return above, below

    @cached_property
    def _stages(self) -> list[Stage]:
        return stages(self._weights, self._x, EXACT, self._activation)

    @cached_property
    def _gradients_off(self) -> list[Bound]:
        return gradients_off(self._weights, self._x, self._stages, self._activation, self._target)

    def underflows(self, layer: int) -> bool:
        """Tell whether backpropagation gets 0 for ∂L/∂wᵢ, though none of its factors is 0."""
        return self._gradients[layer - 1] == 0.0 and self.zero_factor(layer) is None

    @cached_property
    def _gradients(self) -> list[float]:
        n, found = len(self._weights), [0.0] * len(self._weights)
        derivative = ACTIVATIONS[self._activation].derivative
        differentiate(self._weights, self._outputs, self._target, derivative, [0.0] * n, found)
        return found

    def is_lost(self, layer: int, epsilon: float) -> bool:
        """Tell whether ε is too small beside wᵢ to move it: wᵢ + ε or wᵢ − ε is wᵢ itself."""
        w = self._weights[layer - 1]
        return w in (w + epsilon, w - epsilon)

    def zero_factor(self, layer: int) -> Factor | None:
        """Return which factor of ∂L/∂wᵢ is 0; None where none is, or only by underflow."""
        return self._zero_factors[layer - 1]

    @cached_property
    def _zero_factors(self) -> list[Factor | None]:
        signs, e, relu = self._signs, self._outputs[-1], self._activation == "relu"
        met = e == self._target and (e != 0.0 or signs[-1] == 0.0)
        derivative = ACTIVATIONS[self._activation].derivative
        found: list[Factor | None] = []
        closed, cut = False, False
        for i in range(len(self._weights) - 1, -1, -1):
            # Of a ReLU the sign decides; f′ of the others is 0 where they are saturated.
            closed |= signs[i + 1] <= 0 if relu else derivative(self._outputs[i + 1]) == 0.0
            zero = (
                (Factor.MISS, met),
                (Factor.INPUT, signs[i] == 0.0),
                (Factor.SLOPE, closed),
                (Factor.WEIGHT, cut),
            )
            found.append(next((factor for factor, holds in zero if holds), None))
            cut |= self._weights[i] == 0.0
        return found[::-1]

    @cached_property
    def _signs(self) -> list[float]:
        """The signs of a₀ … aₙ, which no underflow can hide."""
        signs = [_sign(self._x)]
        for w in self._weights:
            sign = _sign(w) * signs[-1]
            if self._activation == "sigmoid":
                sign = 1.0
            signs.append(max(sign, 0.0) if self._activation == "relu" else sign)
        return signs

    def has_kink(self, layer: int, epsilon: float) -> bool:
        """Tell whether a ReLU opens or closes between wᵢ − ε and wᵢ + ε."""
        if self._activation != "relu":
            return False
        w, arriving = self._weights[layer - 1], self._outputs[layer - 1]
        function = ACTIVATIONS[self._activation].function
        after = [0.0] * (len(self._weights) - layer + 2)
        patterns = set()
        for moved in (w - epsilon, w, w + epsilon):
            forward((moved, *self._weights[layer:]), arriving, function, after)
            patterns.add(tuple(a > 0.0 for a in after[1:]))
        return len(patterns) > 1


def _sign(number: float) -> float:
    return math.copysign(1.0, number) if number else 0.0


def is_parabola(activation: str) -> bool:
    """Tell whether the loss is a parabola in each single weight, at least between kinks.

    It is where the activation is made of straight pieces; a central difference then has no
    truncation error.
    """
    return activation in ("identity", "relu")
