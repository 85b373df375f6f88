"""The article's small framework, written anew in plain Python.

Like the article's it goes through the layers from front to back (`front_to_back` in
`engine.algorithms`), which is one of the wrong algorithms that Chainstep shows.
"""

import random
from collections.abc import Sequence


class Layer:
    """One neuron: one weight, one input, one output."""

    def __init__(self) -> None:
        self.weight = random.random() - 0.5  # noqa: S311 - a start for a lesson, no secret
        self.input = 0.0
        self.output = 0.0
        self.gradient = 0.0

    def forward(self, x: float) -> float:
        """Return the output for the input `x`."""
        self.input = x
        self.output = self.weight * x
        return self.output

    def backward(self, public_value: float) -> float:
        """Take the gradient from the public derivative; return what the next layer gets."""
        public_value = public_value * self.weight
        self.gradient = public_value * self.input
        return public_value

    def update(self, learning_rate: float) -> None:
        """Step down the gradient."""
        self.weight = self.weight - learning_rate * self.gradient

    def display(self) -> None:
        """Print the weight."""
        print("weight:", self.weight)


class Network:
    """A chain of `layers_num` layers, with weights drawn from [−0.5, 0.5)."""

    def __init__(self, layers_num: int) -> None:
        self.layers = [Layer() for _ in range(layers_num)]

    def forward(self, x: float) -> float:
        """Return the output of the last layer."""
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def predict(self, x: float) -> int:
        """Return the sign of the output."""
        return 1 if self.forward(x) > 0 else -1

    def calc_gradient(self, target: float) -> None:
        """Let every layer take its gradient, after a forward pass."""
        last = self.layers[-1]
        public_value = (last.output - target) * last.weight
        for layer in self.layers:
            public_value = layer.backward(public_value)

    def update(self, learning_rate: float) -> None:
        """Update every layer."""
        for layer in self.layers:
            layer.update(learning_rate)

    def train_one_sample(self, x: float, target: float, learning_rate: float) -> None:
        """Learn from one sample."""
        self.forward(x)
        self.calc_gradient(target)
        self.update(learning_rate)

    def train(
        self, xs: Sequence[float], targets: Sequence[float], learning_rate: float, epochs: int
    ) -> None:
        """Learn from all samples, so many times."""
        for _ in range(epochs):
            for x, target in zip(xs, targets, strict=True):
                self.train_one_sample(x, target, learning_rate)

    def display(self) -> None:
        """Print all weights."""
        for layer in self.layers:
            layer.display()
