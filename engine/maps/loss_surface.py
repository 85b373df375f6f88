"""The loss over one or two weights, the others held fixed; where its saddle and minima are.

    >>> from engine import Experiment
    >>> opening = Experiment()
    >>> losses(opening, opening.weights, {2: 0.0})
    0.5
    >>> round(minima(opening, opening.weights, Pair(1, 2)), 4)
    1.9182

Surfaces bring numpy, and only they do: `engine.chain.forward` and `engine.chain.loss` run on arrays
as they stand, once their activation does.
"""

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from engine.chain import ACTIVATIONS, Scalar, forward, loss, output_of
from engine.diagnosis.measures import wanted_slope
from engine.experiment import Experiment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

_THROUGH_ZERO = ("identity", "tanh")
"""Activations with f(0) = 0 and f′(0) = 1: near w = 0 their chains are like a linear one."""


class Pair(NamedTuple):
    """The layers (from 1) whose weights are the axes; `y` is 0 where there is no other layer."""

    x: int
    y: int


def losses(
    experiment: Experiment,
    weights: "Sequence[float]",
    varied: "Mapping[int, float | NDArray[Any]]",
) -> Any:  # noqa: ANN401 - a number, or an array of them
    """Return the mean loss over all samples with other weights at some layers (from 1).

    The arrays in `varied` are broadcast together; the result has their common shape. Infinities and
    NaN pass through.
    """
    import numpy as np  # noqa: PLC0415 - surfaces alone need it

    stand: list[Any] = list(weights)
    for layer, values in varied.items():
        stand[layer - 1] = values
    axes = len(np.broadcast_shapes(*map(np.shape, varied.values())))
    # The samples are an axis before all others, so that each layer is one operation.
    along = (-1, *(1,) * axes)
    xs: Any = np.array([sample.x for sample in experiment.samples]).reshape(along)
    targets: Any = np.array([sample.target for sample in experiment.samples]).reshape(along)
    outputs: list[Any] = [0.0] * (len(stand) + 1)
    with np.errstate(all="ignore"):
        forward(stand, xs, _on_arrays(experiment.activation), outputs)
        met: Any = loss(outputs[-1], targets)
        return met.mean(axis=0)


def _on_arrays(activation: str) -> Scalar:
    """Return f for arrays; `engine.chain` has it for numbers."""
    import numpy as np  # noqa: PLC0415

    def sigmoid(z: Any) -> Any:  # noqa: ANN401
        # The branches of the chain's own can't be taken by an array: 1/(1 + e⁻ᶻ) = ½ + ½·tanh(z/2).
        return 0.5 + 0.5 * np.tanh(0.5 * z)

    def relu(z: Any) -> Any:  # noqa: ANN401
        return np.maximum(z, 0.0)

    others: dict[str, Callable[[Any], Any]] = {"tanh": np.tanh, "sigmoid": sigmoid, "relu": relu}
    return others.get(activation, ACTIVATIONS[activation].function)


def has_saddle(experiment: Experiment, weights: "Sequence[float]", pair: Pair) -> bool:
    """Return whether the surface has a saddle where both weights are 0.

    There e = c·wᵢ·wⱼ·aᵢ₋₁ but for higher terms, c the product of the other weights from layer i on,
    for a linear chain and for tanh. The gradient of L is 0 there, and the only second derivative
    that is not 0 is the mixed one, −c·mean(ê·aᵢ₋₁): a saddle unless that is 0. With ReLU the
    surface is flat there, with an edge.
    """
    if not pair.y or experiment.activation not in _THROUGH_ZERO:
        return False
    first = min(pair)
    c = math.prod(w for k, w in enumerate(weights, 1) if k > first and k not in pair)
    mixed = c * sum(
        sample.target * output_of(weights[: first - 1], sample.x, experiment.activation)
        for sample in experiment.samples
    )
    return math.isfinite(mixed) and mixed != 0.0


def minima(experiment: Experiment, weights: "Sequence[float]", pair: Pair) -> float | None:
    """Return the product wᵢ·wⱼ of a linear chain's minima, or wᵢ itself where it has one layer.

    The output is P·x, and fits best with P = Σx·ê/Σx²: a hyperbola, or for 0 both axes. None if the
    chain is not linear, or if one of the other weights is 0: then these two have no effect.
    """
    slope = wanted_slope(experiment.samples)
    if experiment.activation != "identity" or slope is None:
        return None
    others = math.prod(w for k, w in enumerate(weights, 1) if k not in pair)
    if others == 0.0 or not math.isfinite(others):
        return None
    product = slope / others
    return product if math.isfinite(product) else None
