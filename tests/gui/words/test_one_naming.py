"""The same number has the same name in every part, at any depth."""

import pytest

from engine import Experiment, random_weights
from gui.experiment.picture import prediction_pictures
from gui.plots.picture.so_far import plots_of
from gui.words.symbols import output
from tests.gui import examples

DEPTHS = [1, 2, 3, 5, 12, 64]


@pytest.mark.parametrize("layers", DEPTHS)
@pytest.mark.parametrize("activation", ["identity", "tanh"])
def test_inputs_and_outputs_are_called_the_same(layers: int, activation: str) -> None:
    weights = random_weights(layers, 1)
    experiment = Experiment(weights, activation=activation, epochs=2)
    state = examples.state(experiment, 3)
    entering = output(0, layers)
    assert entering == ("x" if layers == 3 else "a₀")
    assert [p.question for p in prediction_pictures(state)] == [
        f"{entering} = 1",
        f"{entering} = −1",
    ]
    assert [c.name for c in plots_of(state).outputs.curves] == [
        f"{entering} = 1",
        f"{entering} = −1",
    ]
