"""One training, several ways: Chainstep's, the framework's, C's and PyTorch's."""

import ctypes
from importlib import import_module
from importlib.util import find_spec
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.framework import Network
from engine import Experiment, Sample, train
from engine.algorithms import CORRECT
from engine.training.loops import loop_for
from engine.training.train import stride_of

Floats = NDArray[np.float64]


def experiment_of(layers: int, updates: int, algorithm: str = CORRECT) -> Experiment:
    """Return a training that stays near its goal, so that no number explodes or vanishes."""
    weights = tuple(0.9 + 0.2 * i / layers for i in range(layers))
    samples = Sample(1, 1), Sample(-1, -1)
    return Experiment(weights, samples, 0.001, updates // len(samples), algorithm=algorithm)


def compile_for(experiment: Experiment) -> None:
    """Do what the first long training of its kind would have to do first."""
    loop_for(experiment, stride_of(experiment))
    train(experiment)


class History(NamedTuple):
    """What C kept of a training; all empty where it kept nothing."""

    weights: Floats
    outputs: Floats
    losses: Floats


class C:
    """The training in C; memory for the history is taken, as Chainstep does, anew each time."""

    def __init__(self, library: ctypes.CDLL, experiment: Experiment, *, keeps: bool) -> None:
        self._train = library.train
        self._keeps = keeps
        self._xs = np.array([sample.x for sample in experiment.samples])
        self._targets = np.array([sample.target for sample in experiment.samples])
        self.experiment = experiment
        self.weights = np.array(experiment.weights)
        self.history = History(*(np.empty(0) for _ in History._fields))

    def __call__(self) -> None:
        """Train; `weights` are the final ones then."""
        chain, n = self.experiment, self.experiment.layers
        self.weights = np.array(chain.weights)
        size = chain.updates if self._keeps else 0
        self.history = History(np.empty(size * n), np.empty(size), np.empty(size))
        work = np.empty(n + 1), np.empty(n)
        self._train(
            ctypes.c_long(n),
            ctypes.c_long(chain.updates),
            *map(pointer, (self.weights, *work)),
            ctypes.c_long(len(self._xs)),
            *map(pointer, (self._xs, self._targets)),
            ctypes.c_double(chain.learning_rate),
            *(pointer(part) if self._keeps else None for part in self.history),
        )


class Framework:
    """The article's framework, told where to start."""

    def __init__(self, experiment: Experiment) -> None:
        self._experiment = experiment
        self._network = Network(experiment.layers)
        self._samples = tuple(zip(*((s.x, s.target) for s in experiment.samples), strict=True))

    def train(self) -> None:
        """Train from the start of the experiment."""
        for layer, weight in zip(self._network.layers, self._experiment.weights, strict=True):
            layer.weight = weight
        xs, targets = self._samples
        self._network.train(xs, targets, self._experiment.learning_rate, self._experiment.epochs)

    @property
    def weights(self) -> tuple[float, ...]:
        """The weights as they stand."""
        return tuple(layer.weight for layer in self._network.layers)


def pointer(numbers: Floats) -> ctypes.c_void_p:
    """Return where these numbers are, for C."""
    return ctypes.c_void_p(numbers.ctypes.data)


def has_pytorch() -> bool:
    """Whether PyTorch is installed."""
    return find_spec("torch") is not None


def train_by_pytorch(experiment: Experiment) -> tuple[float, ...]:
    """Train as one would with PyTorch, and return the final weights."""
    torch = import_module("torch")
    weights = [torch.tensor(w, dtype=torch.float64, requires_grad=True) for w in experiment.weights]
    optimizer = torch.optim.SGD(weights, lr=experiment.learning_rate)
    for _ in range(experiment.epochs):
        for sample in experiment.samples:
            output = torch.tensor(sample.x, dtype=torch.float64)
            for weight in weights:
                output = weight * output
            optimizer.zero_grad()
            (0.5 * (output - sample.target) ** 2).backward()
            optimizer.step()
    return tuple(weight.item() for weight in weights)
