"""engine.local_derivatives: each is the slope of its operation, measured by a small change."""

from collections.abc import Mapping

import pytest

from engine import Experiment, Phase, moment_at, train
from engine.activations import ACTIVATIONS, Activation
from engine.algorithms import ALGORITHMS
from engine.expressions import evaluate
from engine.local_derivatives import Link, links, value_of
from engine.quantities import Name, Quantity
from engine.steps import steps_of
from tests.engine.chains import ALGORITHMS as NAMES

_BIASES = (0.3, -0.2, 0.1)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("biases", [(), _BIASES])
def test_each_is_the_slope_of_its_operation(activation: str, biases: tuple[float, ...]) -> None:
    weights = (0.5, 0.4, 0.3)  # no sum is at a kink
    experiment = Experiment(weights, activation=activation, biases=biases, epochs=1)
    run, f = train(experiment), ACTIVATIONS[activation]
    forward = moment_at(run, experiment.layers + 1).numbers
    found = 0
    for step in steps_of(experiment.structure):
        for link in links(experiment.structure, step):
            slope = (_moved(link, forward, f, 1e-6) - _moved(link, forward, f, -1e-6)) / 2e-6
            assert value_of(link, forward, f) == pytest.approx(slope, abs=1e-8)
            found += 1
    assert found >= len(steps_of(experiment.structure))


def _moved(link: Link, numbers: Mapping[Name, float], f: Activation, by: float) -> float:
    """Return the result of an operation when one number is another."""
    changed = {**numbers, link.by: numbers[link.by] + by}
    return evaluate(link.of.expression, changed.__getitem__, f.function, f.derivative)


@pytest.mark.parametrize("algorithm", NAMES)
def test_every_step_has_one_whatever_the_algorithm(algorithm: str) -> None:
    assert algorithm in ALGORITHMS
    structure = Experiment(algorithm=algorithm, activation="tanh").structure
    for step in steps_of(structure):
        found = links(structure, step)
        if step.phase is Phase.FORWARD:
            inputs = 1 if step.layer == 1 else 2
            assert [link.of for link in found] == [step] * inputs
        else:
            [link] = found
            assert link.of.phase in (Phase.FORWARD, Phase.LOSS)


def test_that_of_the_article_is_the_layers_input() -> None:
    structure = Experiment().structure
    gradient = next(one for one in steps_of(structure) if one.phase is Phase.GRADIENT)
    [link] = links(structure, gradient)
    assert link.by == Name(Quantity.WEIGHT, 3)
    assert link.factors == (Name(Quantity.OUTPUT, 2),)
