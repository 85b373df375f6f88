"""States to draw: of every kind, and of runs that go every way."""

from dataclasses import replace
from functools import lru_cache

from engine import Experiment, Run, Sample, train
from engine.algorithms import ALGORITHMS
from gui.state import Look, State

TWELVE = (0.9, -1.1, 1.2, 0.8, -0.7, 1.3, -0.95, 1.05, 0.85, -1.2, 1.1, -0.6)

BIASES = (0.35, -0.45, 0.15, -0.25)


@lru_cache(maxsize=64)
def run(experiment: Experiment) -> Run:
    """Train once for all tests."""
    return train(experiment)


def state(experiment: Experiment, index: int = 0, **look: object) -> State:
    """Return what is seen at a step of an experiment."""
    looks = replace(Look(movement=False), **look)  # type: ignore[arg-type]
    return State(run(experiment), index, experiment, looks)


def experiment(layers: int, activation: str, algorithm: str, *, biased: bool = False) -> Experiment:
    """Return an experiment of any length; the one of three layers is the opening one."""
    weights = Experiment().weights if layers == 3 else (TWELVE * 6)[:layers]
    return Experiment(
        weights=weights,
        samples=(Sample(1.0, -1.0), Sample(-1.5, 0.75)),
        epochs=2,
        activation=activation,
        algorithm=algorithm,
        biases=(BIASES * 16)[:layers] if biased else (),
    )


PLAIN = [
    experiment(layers, activation, algorithm)
    for layers in (1, 3, 12)
    for activation in ("identity", "tanh")
    for algorithm in ALGORITHMS
    if layers < 12 or algorithm in ("backprop", "front_to_back")
]
BIASED = [
    experiment(layers, activation, algorithm, biased=True)
    for layers in (1, 3, 12)
    for activation in ("identity", "tanh")
    for algorithm in ALGORITHMS
    if (layers == 3 or algorithm == "front_to_back") and (layers < 12 or activation == "tanh")
]
KINDS = [*PLAIN, *BIASED]
DIVERGING = Experiment(weights=(3.0, 3.0, 3.0), learning_rate=1.0, epochs=10)


def steps(experiment: Experiment) -> int:
    """Return how many steps one sample takes: 4n + 1, with biases 6n + 1."""
    return (6 if experiment.biases else 4) * experiment.layers + 1


def name(experiment: Experiment) -> str:
    """Return a short name for a test's id."""
    biased = "-biased" if experiment.biases else ""
    return f"{experiment.layers}-{experiment.activation}-{experiment.algorithm}{biased}"
