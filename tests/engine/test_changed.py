"""engine.experiment.changed: an experiment with one thing changed, as the editor does it."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Experiment, Sample, UserError, random_weights
from engine.experiment import changed
from engine.user_error import Location
from tests.engine import chains

BIASED = Experiment(
    (0.5, -0.25), (Sample(1.0, 2.0), Sample(3.0, 4.0)), 0.1, 7, "tanh", biases=(0.75, -0.125)
)


@pytest.mark.parametrize(
    ("location", "value", "field", "expected"),
    [
        (Location("weights", 0), 9, "weights", (9.0, -0.25)),
        (Location("weights", 1), 9, "weights", (0.5, 9.0)),
        (Location("biases", 1), 9, "biases", (0.75, 9.0)),
        (Location("samples", 0, "x"), 9, "samples", (Sample(9, 2), Sample(3, 4))),
        (Location("samples", 1, "target"), 9, "samples", (Sample(1, 2), Sample(3, 9))),
        (Location("samples", 1), Sample(9, 9), "samples", (Sample(1, 2), Sample(9, 9))),
        (Location("weights"), [9, 8], "weights", (9.0, 8.0)),
        (Location("biases"), (), "biases", ()),
        (Location("samples"), [Sample(9, 9)], "samples", (Sample(9, 9),)),
        (Location("learning_rate"), 9, "learning_rate", 9.0),
        (Location("epochs"), 9, "epochs", 9),
        (Location("activation"), "relu", "activation", "relu"),
        (Location("algorithm"), "in_place", "algorithm", "in_place"),
        (Location("seed"), 4, "weights", random_weights(2, 4)),
    ],
)
def test_one_thing_changes_and_all_else_stays(
    location: Location, value: object, field: str, expected: object
) -> None:
    found = changed(BIASED, location, value)
    for name in BIASED.__dataclass_fields__:
        assert getattr(found, name) == (expected if name == field else getattr(BIASED, name))


@pytest.mark.parametrize(
    ("location", "value"),
    [
        (Location("weights", 1), math.nan),
        (Location("samples", 1, "x"), None),
        (Location("epochs"), -1),
        (Location("activation"), "tan"),
        (Location("seed"), -1),
        (Location("layers"), 0),
        (Location("layers"), 100_001),
    ],
)
def test_what_no_experiment_may_have_is_refused(location: Location, value: object) -> None:
    with pytest.raises(UserError):
        changed(BIASED, location, value)


@given(
    weights=chains.chains(),
    layers=st.integers(1, 9),
    x=chains.numbers(3.0),
    draw=st.randoms(),
    biased=st.booleans(),
)
def test_layers_go_from_the_end_and_new_ones_leave_a_linear_chain_as_it_was(
    weights: list[float], layers: int, x: float, draw: random.Random, *, biased: bool
) -> None:
    biases = [draw.uniform(-1, 1) for _ in weights] if biased else []
    before = Experiment(tuple(weights), biases=tuple(biases))
    after = changed(before, Location("layers"), layers)
    assert after.layers == layers
    assert after.weights[: before.layers] == before.weights[:layers]
    assert after.biases[: before.layers] == before.biases[:layers]
    assert len(after.biases) == layers * biased
    if layers >= before.layers:
        assert after.output(after.theta, x) == before.output(before.theta, x)


def test_one_layer_may_be_all() -> None:
    assert changed(Experiment(), Location("layers"), 1).weights == (0.2333,)
