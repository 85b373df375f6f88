"""How far a central difference and a right gradient can lie apart: bounds that hold.

They differ for three reasons. Every operation rounds; a running error analysis follows what that
does to the losses and to the gradient (Higham, Accuracy and Stability of Numerical Algorithms,
§3.3). What is smaller than the smallest normal float loses digits or becomes 0. And where the loss
bends between w − ε and w + ε, its mean slope is not that at w.
"""

import math
import sys
from collections.abc import Sequence
from typing import NamedTuple

from engine.chain import ACTIVATIONS

UNIT = sys.float_info.epsilon
"""Twice the unit roundoff: an operation is off by at most half of it, so the bounds have room."""

_LIBRARY = 4 * UNIT
"""The relative error of tanh and the sigmoid as a mathematical library computes them."""

_NORMAL, _TINY = sys.float_info.min, 5e-324
"""Below the first a float has fewer digits than usual: an error may be up to the second."""


class Bound(NamedTuple):
    """A bound of an error: what is due to rounding, and what is due to underflow."""

    rounding: float
    underflow: float

    @property
    def both(self) -> float:
        """The sum of the two."""
        return self.rounding + self.underflow

    def __add__(self, other: "Bound") -> "Bound":  # type: ignore[override]
        """Return the bound of the error of a sum."""
        return Bound(self.rounding + other.rounding, self.underflow + other.underflow)

    def over(self, width: float) -> "Bound":
        """Return the bound after a division by 2·`width`."""
        return Bound(self.rounding / 2 / width, self.underflow / 2 / width)


EXACT = Bound(0.0, 0.0)


class Stage(NamedTuple):
    """What a layer makes of what arrives: z and its output, and how far each can be off."""

    z: float
    z_off: float
    output: float
    off: Bound

    @property
    def ends(self) -> tuple[float, float]:
        """Between which numbers the true z lies."""
        return self.z - self.z_off, self.z + self.z_off


def product(a: float, off_a: Bound, b: float, off_b: Bound) -> Bound:
    """Return the error bound of a product of two numbers that have errors themselves."""
    size_a, size_b = abs(a), abs(b)
    rounding = size_a * off_b.rounding + (size_b + off_b.rounding) * off_a.rounding
    underflow = (size_a + off_a.both) * off_b.underflow
    underflow += (size_b + off_b.rounding) * off_a.underflow
    if abs(a * b) < _NORMAL and (a or off_a != EXACT) and (b or off_b != EXACT):
        underflow += _TINY
    return Bound(rounding + UNIT * abs(a * b), underflow)


def stages(
    weights: Sequence[float], arriving: float, off: Bound, activation: str, first: float = 0.0
) -> list[Stage]:
    """Return what these layers make of the number that arrives, which can be `off`.

    `first` is the relative error of the first weight; the others are exact.
    """
    function, found = ACTIVATIONS[activation].function, []
    for w in weights:
        z = w * arriving
        off = product(w, Bound(first * abs(w), 0.0), arriving, off)
        arriving, z_off = function(z), off.both
        if activation in _BENDS:
            steep = _steepest(activation, z - z_off, z + z_off)
            lost = _TINY if abs(arriving) < _NORMAL else 0.0
            off = Bound(
                steep * off.rounding + _LIBRARY * abs(arriving), steep * off.underflow + lost
            )
        found.append(Stage(z, z_off, arriving, off))
        first = 0.0
    return found


def loss_off(output: float, off: Bound, target: float) -> Bound:
    """Return how far the loss can be off where the output is."""
    d = output - target
    off = Bound(off.rounding + UNIT * abs(d), off.underflow)
    lost = _TINY if 0.0 < abs(d) < 2 * _NORMAL else 0.0
    half = Bound(off.rounding / 2, off.underflow / 2 + lost)
    return product(0.5 * d, half, d, off)


def difference_off(
    ends: tuple[Stage, Stage], target: float, epsilon: float, numeric: float
) -> Bound:
    """Return how far the difference of the losses over 2ε can be off, at the last layer's ends."""
    above, below = (loss_off(end.output, end.off, target) for end in ends)
    losses = above + below
    lost = _TINY if abs(numeric) < _NORMAL and losses != EXACT else 0.0
    return losses.over(epsilon) + Bound(2 * UNIT * abs(numeric), lost)


def gradients_off(
    weights: Sequence[float],
    arriving: float,
    passed: Sequence[Stage],
    activation: str,
    target: float,
) -> list[Bound]:
    """Return how far each gradient can be off that backpropagation computes, layer 1 first."""
    derivative = ACTIVATIONS[activation].derivative
    outputs = [arriving, *(stage.output for stage in passed)]
    offs = [EXACT, *(stage.off for stage in passed)]
    upstream = outputs[-1] - target
    off = Bound(offs[-1].rounding + UNIT * abs(upstream), offs[-1].underflow)
    found = []
    for i in range(len(weights) - 1, -1, -1):
        slope = derivative(outputs[i + 1])
        off = product(upstream, off, slope, _slope_off(activation, passed[i], slope))
        upstream *= slope
        found.append(product(upstream, off, outputs[i], offs[i]))
        off = product(upstream, off, weights[i], EXACT)
        upstream *= weights[i]
    return found[::-1]


def bending(
    weights: Sequence[float],
    arriving: float,
    above: Sequence[Stage],
    below: Sequence[Stage],
    activation: str,
    target: float,
    epsilon: float,
) -> float:
    """Return how far the mean slope of the loss over w ± ε can lie from that at w.

    With ε²/6 of the largest third derivative of the loss, which is 3e′e″ + (e − ê)e‴. Each output
    rises or falls with w all the way, so it lies between its two ends, and so do its derivatives'
    bounds. `weights` begin with w, `above` and `below` with its layer at w + ε and w − ε.
    """
    if activation not in _BENDS:
        return 0.0
    # Each derivative times ε, ε², ε³, as powers of ε alone may be no floats.
    first, second, third = epsilon * abs(arriving), 0.0, 0.0
    for i, (high, low) in enumerate(zip(above, below, strict=True)):
        if i:
            w = abs(weights[i])
            first, second, third = w * first, w * second, w * third
        ends = *high.ends, *low.ends
        f1, f2, f3 = _derivatives(activation, min(ends), max(ends))
        third = f3 * first * first * first + 3 * f2 * first * second + f1 * third
        second = f2 * first * first + f1 * second
        first = f1 * first
    largest = max(abs(end.output - target) + end.off.both for end in (above[-1], below[-1]))
    return (3 * first * second + largest * third) / 6 / epsilon


_BENDS = frozenset({"tanh", "sigmoid"})
"""The activations that are not made of straight pieces."""


def _derivatives(activation: str, low: float, high: float) -> tuple[float, float, float]:
    """Return bounds of |f′|, |f″| and |f‴| over an interval of z."""
    steep, far = _steepest(activation, low, high), max(abs(low), abs(high))
    if activation == "sigmoid":  # f″ = f′·(1 − 2f), f‴ = f′·(1 − 6f + 6f²)
        return steep, steep * math.tanh(far / 2), steep
    t = math.tanh(far)  # f″ = −2f·f′, f‴ = f′·(6f² − 2)
    return steep, 2 * t * steep, max(2.0, 6 * t * t - 2) * steep


def _steepest(activation: str, low: float, high: float) -> float:
    """Return the largest f′ over an interval of z: at 0, or as close to it as can be."""
    nearest = 0.0 if low <= 0.0 <= high else min(abs(low), abs(high))
    small = math.exp(-nearest if activation == "sigmoid" else -2 * nearest)
    slope = small / (1 + small) ** 2
    return max(slope if activation == "sigmoid" else 4 * slope, _TINY)


def _slope_off(activation: str, stage: Stage, slope: float) -> Bound:
    """Return how far f′ can be off, computed as it is from an output that is off."""
    a, off = stage.output, stage.off
    if activation == "identity":
        return EXACT
    if activation == "relu":
        # The sign of a product is right, but where it underflows.
        return Bound(0.0, 1.0 if stage.z == 0.0 and off != EXACT else 0.0)
    bend = abs(1 - 2 * a) if activation == "sigmoid" else 2 * abs(a)
    size = slope if activation == "sigmoid" else 1.0  # 1 − a² rounds as 1 does
    lost = _TINY if slope < _NORMAL else 0.0
    rounding = bend * off.rounding + off.both * off.both + 2 * UNIT * size
    return Bound(rounding, bend * off.underflow + lost)
