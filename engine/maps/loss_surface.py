"""The loss over one or two parameters, the others held fixed; where its saddle and minima are.

    >>> from engine import Experiment
    >>> opening = Experiment()
    >>> losses(opening, opening.theta, {WEIGHT.of(2): 0.0})
    0.5
    >>> round(minima(opening, opening.theta, Pair(WEIGHT.of(1), WEIGHT.of(2))), 4)
    1.9182

Surfaces bring numpy, and only they do: the forward pass runs on arrays as it stands, once its
activation does.
"""

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from engine.chain import loss, output_of, outputs_of
from engine.diagnosis.measures import wanted_slope
from engine.experiment import Experiment
from engine.parameters import split
from engine.quantities import Name, Quantity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray


class Pair(NamedTuple):
    """The parameters that are the axes; `y` is None where the chain has only one."""

    x: Name
    y: Name | None

    @property
    def weights(self) -> bool:
        """Whether both axes are weights, of two layers."""
        return self.y is not None and {self.x.quantity, self.y.quantity} == {Quantity.WEIGHT}


def losses(
    experiment: Experiment,
    theta: "Sequence[float]",
    varied: "Mapping[Name, float | NDArray[Any]]",
) -> Any:  # noqa: ANN401 - a number, or an array of them
    """Return the mean loss over all samples with other values of some parameters.

    The arrays in `varied` are broadcast together; the result has their common shape. Infinities and
    NaN pass through.
    """
    import numpy as np  # noqa: PLC0415 - surfaces alone need it

    stand: list[Any] = list(theta)
    quantities = [one.quantity for one in experiment.parameters]
    for name, values in varied.items():
        stand[quantities.index(name.quantity) * experiment.layers + name.layer - 1] = values
    axes = len(np.broadcast_shapes(*map(np.shape, varied.values())))
    # The samples are an axis before all others, so that each layer is one operation.
    along = (-1, *(1,) * axes)
    xs: Any = np.array([sample.x for sample in experiment.samples]).reshape(along)
    targets: Any = np.array([sample.target for sample in experiment.samples]).reshape(along)
    with np.errstate(all="ignore"):
        outputs = outputs_of(stand, xs, experiment.activation, experiment.parameters)
        met: Any = loss(outputs[-1], targets)
        return met.mean(axis=0)


def has_saddle(experiment: Experiment, theta: "Sequence[float]", pair: Pair) -> bool:
    """Return whether the surface has a saddle where both weights are 0.

    There e = c·wᵢ·wⱼ·aᵢ₋₁ but for higher terms, c the product of the other weights from layer i on,
    for a linear chain and for tanh. The gradient of L is 0 there, and the only second derivative
    that is not 0 is the mixed one, −c·mean(ê·aᵢ₋₁): a saddle unless that is 0. With ReLU the
    surface is flat there, with an edge. Parameters other than weights move the saddle, or add an
    output of their own: then none is named.
    """
    weights, *others = split(experiment.parameters, theta)
    if not pair.weights or not experiment.structure.f.is_odd or any(map(any, others)):
        return False
    layers = _layers(pair)
    first = min(layers)
    c = math.prod(w for k, w in enumerate(weights, 1) if k > first and k not in layers)
    before, activation = weights[: first - 1], experiment.activation
    mixed = c * sum(
        sample.target * output_of(before, sample.x, activation) for sample in experiment.samples
    )
    return math.isfinite(mixed) and mixed != 0.0


def minima(experiment: Experiment, theta: "Sequence[float]", pair: Pair) -> float | None:
    """Return the product wᵢ·wⱼ of a linear chain's minima, or wᵢ itself where it has one layer.

    The output is P·x, and fits best with P = Σx·ê/Σx²: a hyperbola, or for 0 both axes. None if the
    chain is not linear or has other parameters than weights, or if one of the other weights is 0:
    then these two have no effect.
    """
    slope = wanted_slope(experiment.samples)
    weights, *others = split(experiment.parameters, theta)
    if not experiment.structure.linear or slope is None or others:
        return None
    layers = _layers(pair)
    others_product = math.prod(w for k, w in enumerate(weights, 1) if k not in layers)
    if others_product == 0.0 or not math.isfinite(others_product):
        return None
    product = slope / others_product
    return product if math.isfinite(product) else None


def _layers(pair: Pair) -> tuple[int, ...]:
    return tuple(name.layer for name in pair if name is not None)
