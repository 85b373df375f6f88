"""The chain of scalar neurons: forward, backward and update. THE definition.

Layer i = 1 … n has one weight and one output, aᵢ = f(wᵢ·aᵢ₋₁), with a₀ = x; the last output is
e = aₙ and the loss is L = ½(e − ê)². Everything else in Chainstep that needs one of these
numbers calls the functions below. They work in place on sequences (`weights`, `upstreams` and
`gradients` of length n: layer i at index i − 1; `outputs` of length n + 1: aᵢ at index i), use
nothing but arithmetic and `math`, and never raise on overflow: infinities and NaN pass through.
"""

import math
from collections.abc import Callable, MutableSequence, Sequence
from typing import NamedTuple

Numbers = MutableSequence[float]
Scalar = Callable[[float], float]
Backward = Callable[[Numbers, Sequence[float], float, float, Scalar, Numbers, Numbers], None]
"""An algorithm: weights, outputs, target, learning rate, f′, upstreams, gradients."""


class Activation(NamedTuple):
    """An activation f, and its derivative f′(z) written as a function of the output a = f(z)."""

    function: Scalar
    derivative: Scalar


def _identity(z: float) -> float:
    return z


def _one(_a: float) -> float:
    return 1.0


def _tanh_derivative(a: float) -> float:
    return 1.0 - a * a


def _sigmoid(z: float) -> float:
    # Two branches, so that exp never sees a large positive number and can't overflow.
    if z >= 0.0:
        return 1.0 / (1.0 + math.exp(-z))
    grown = math.exp(z)
    return grown / (1.0 + grown)


def _sigmoid_derivative(a: float) -> float:
    return a * (1.0 - a)


def _relu(z: float) -> float:
    return 0.0 if z <= 0.0 else z  # noqa: FURB136 - max(0.0, NaN) is 0.0


def _relu_derivative(a: float) -> float:
    return 0.0 if a <= 0.0 else 1.0


ACTIVATIONS = {
    "identity": Activation(_identity, _one),
    "tanh": Activation(math.tanh, _tanh_derivative),
    "sigmoid": Activation(_sigmoid, _sigmoid_derivative),
    "relu": Activation(_relu, _relu_derivative),
}


def forward(weights: Sequence[float], x: float, function: Scalar, outputs: Numbers) -> None:
    """Fill `outputs` with a₀ = x, aᵢ = f(wᵢ·aᵢ₋₁)."""
    outputs[0] = a = x
    for i, w in enumerate(weights, 1):  # `start=1` could not be compiled
        outputs[i] = a = function(w * a)


def loss(output: float, target: float) -> float:
    """Return L = ½(e − ê)²."""
    difference = output - target
    return 0.5 * difference * difference


def differentiate(
    weights: Sequence[float],
    outputs: Sequence[float],
    target: float,
    derivative: Scalar,
    upstreams: Numbers,
    gradients: Numbers,
) -> None:
    """Pass the public derivative ∂L/∂aᵢ (the upstream gradient) back to the first layer.

    Every gradient ∂L/∂wᵢ = ∂L/∂aᵢ·f′(zᵢ)·aᵢ₋₁ comes from one snapshot of the weights
    (Rumelhart, Hinton and Williams 1986).
    """
    upstream = outputs[-1] - target
    for i in range(len(weights) - 1, -1, -1):
        upstreams[i] = upstream
        local = upstream * derivative(outputs[i + 1])
        gradients[i] = local * outputs[i]
        if i:
            upstream = local * weights[i]


def descend(weights: Numbers, learning_rate: float, gradients: Sequence[float]) -> None:
    """Update every weight: wᵢ ← wᵢ − α·∂L/∂wᵢ."""
    for i in range(len(weights)):
        weights[i] -= learning_rate * gradients[i]


def backprop(
    weights: Numbers,
    outputs: Sequence[float],
    target: float,
    learning_rate: float,
    derivative: Scalar,
    upstreams: Numbers,
    gradients: Numbers,
) -> None:
    """Differentiate, then update all weights: backpropagation as it should be."""
    differentiate(weights, outputs, target, derivative, upstreams, gradients)
    descend(weights, learning_rate, gradients)


def in_place(
    weights: Numbers,
    outputs: Sequence[float],
    target: float,
    learning_rate: float,
    derivative: Scalar,
    upstreams: Numbers,
    gradients: Numbers,
) -> None:
    """Do as the article's first listing does: update wᵢ before the derivative is passed on.

    All gradients but the last layer's are therefore taken with weights that are already new.
    The update multiplies as the listing does, (α·∂L/∂aᵢ)·aᵢ₋₁, which can differ from
    α·∂L/∂wᵢ in the last bit.
    """
    upstream = outputs[-1] - target
    for i in range(len(weights) - 1, -1, -1):
        upstreams[i] = upstream
        local = upstream * derivative(outputs[i + 1])
        gradients[i] = local * outputs[i]
        weights[i] -= learning_rate * local * outputs[i]
        if i:
            upstream = local * weights[i]


def front_to_back(
    weights: Numbers,
    outputs: Sequence[float],
    target: float,
    learning_rate: float,
    derivative: Scalar,
    upstreams: Numbers,
    gradients: Numbers,
) -> None:
    """Do as the article's framework does: pass a factor p from the first layer to the last.

    p starts as (e − ê)·f′(zₙ)·wₙ. Each layer multiplies it by f′(zᵢ)·wᵢ, and only then computes its
    gradient p·aᵢ₋₁, which therefore contains the layer's own weight. `upstreams` holds p as it
    arrives at each layer, which is not ∂L/∂aᵢ.
    """
    arriving = (outputs[-1] - target) * derivative(outputs[-1]) * weights[-1]
    for i in range(len(weights)):
        upstreams[i] = arriving
        arriving = arriving * derivative(outputs[i + 1]) * weights[i]
        gradients[i] = arriving * outputs[i]
    descend(weights, learning_rate, gradients)


def sign_flipped(
    weights: Numbers,
    outputs: Sequence[float],
    target: float,
    learning_rate: float,
    derivative: Scalar,
    upstreams: Numbers,
    gradients: Numbers,
) -> None:
    """Make a deliberate mistake: negate every gradient, so that the loss grows."""
    differentiate(weights, outputs, target, derivative, upstreams, gradients)
    for i in range(len(weights)):
        gradients[i] = -gradients[i]
    descend(weights, learning_rate, gradients)


def no_local_derivative(
    weights: Numbers,
    outputs: Sequence[float],
    target: float,
    learning_rate: float,
    _derivative: Scalar,
    upstreams: Numbers,
    gradients: Numbers,
) -> None:
    """Make a deliberate mistake: leave f′(zᵢ) out of the gradients and of what is passed on."""
    differentiate(weights, outputs, target, _one, upstreams, gradients)
    descend(weights, learning_rate, gradients)


def own_output(
    weights: Numbers,
    outputs: Sequence[float],
    target: float,
    learning_rate: float,
    derivative: Scalar,
    upstreams: Numbers,
    gradients: Numbers,
) -> None:
    """Make a deliberate mistake: multiply by the output aᵢ where the input aᵢ₋₁ belongs."""
    differentiate(weights, outputs, target, derivative, upstreams, gradients)
    for i in range(len(weights)):
        gradients[i] = upstreams[i] * derivative(outputs[i + 1]) * outputs[i + 1]
    descend(weights, learning_rate, gradients)


ALGORITHMS = {
    "backprop": backprop,
    "in_place": in_place,
    "front_to_back": front_to_back,
    "sign_flipped": sign_flipped,
    "no_local_derivative": no_local_derivative,
    "own_output": own_output,
}
"""The right one first; the others contain mistakes, for the gradient check to find."""


class Learner:
    """A chain that learns: its weights, and everything its latest update computed.

    `weights` are the current weights; after `learn`, `outputs`, `upstreams` and `gradients` hold
    what the update computed on the way.
    """

    def __init__(
        self, weights: Sequence[float], learning_rate: float, activation: str, algorithm: str
    ) -> None:
        self.weights = list(weights)
        self.outputs = [0.0] * (len(weights) + 1)
        self.upstreams = [0.0] * len(weights)
        self.gradients = [0.0] * len(weights)
        self._learning_rate = learning_rate
        self._activation = ACTIVATIONS[activation]
        self._backward = ALGORITHMS[algorithm]

    def learn(self, x: float, target: float) -> float:
        """Do one update with one sample; return its loss, computed with the weights before it."""
        forward(self.weights, x, self._activation.function, self.outputs)
        met = loss(self.outputs[-1], target)
        self._backward(
            self.weights,
            self.outputs,
            target,
            self._learning_rate,
            self._activation.derivative,
            self.upstreams,
            self.gradients,
        )
        return met


def output_of(weights: Sequence[float], x: float, activation: str) -> float:
    """Return e, the output of the chain with these weights for the input `x`."""
    outputs = [0.0] * (len(weights) + 1)
    forward(weights, x, ACTIVATIONS[activation].function, outputs)
    return outputs[-1]
