"""States to draw: of every kind, and of runs that go every way."""

from dataclasses import replace
from functools import lru_cache

from engine import Experiment, Run, Sample, train
from engine.algorithms import ALGORITHMS
from gui.state import Look, State

TWELVE = (0.9, -1.1, 1.2, 0.8, -0.7, 1.3, -0.95, 1.05, 0.85, -1.2, 1.1, -0.6)


@lru_cache(maxsize=64)
def run(experiment: Experiment) -> Run:
    """Train once for all tests."""
    return train(experiment)


def state(experiment: Experiment, index: int = 0, **look: object) -> State:
    """Return what is seen at a step of an experiment."""
    looks = replace(Look(movement=False), **look)  # type: ignore[arg-type]
    return State(run(experiment), index, experiment, looks)


def experiment(layers: int, activation: str, algorithm: str) -> Experiment:
    """Return an experiment of any length; the one of three layers is the opening one."""
    weights = Experiment().weights if layers == 3 else (TWELVE * 6)[:layers]
    return Experiment(
        weights=weights,
        samples=(Sample(1.0, -1.0), Sample(-1.5, 0.75)),
        epochs=2,
        activation=activation,
        algorithm=algorithm,
    )


KINDS = [
    experiment(layers, activation, algorithm)
    for layers in (1, 3, 12)
    for activation in ("identity", "tanh")
    for algorithm in ALGORITHMS
    if layers < 12 or algorithm in ("backprop", "front_to_back")
]
DIVERGING = Experiment(weights=(3.0, 3.0, 3.0), learning_rate=1.0, epochs=10)


def name(experiment: Experiment) -> str:
    """Return a short name for a test's id."""
    return f"{experiment.layers}-{experiment.activation}-{experiment.algorithm}"
