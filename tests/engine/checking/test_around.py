"""engine.checking.around: which factor of a gradient is 0, and what floats cannot tell."""

import pytest

from engine import Experiment, Sample
from engine.checking.around import Around, Factor
from engine.parameters import BIAS, WEIGHT

MISS, INPUT, SLOPE, CUT = Factor.MISS, Factor.INPUT, Factor.SLOPE, Factor.WEIGHT
Weights = tuple[float, ...]


def around(
    weights: Weights, x: float, target: float, activation: str = "identity", biases: Weights = ()
) -> Around:
    experiment = Experiment(weights, (Sample(x, target),), activation=activation, biases=biases)
    return Around(experiment, experiment.theta, experiment.samples[0])


@pytest.mark.parametrize(
    ("checked", "expected"),
    [
        (around((0.5, 0.5), 1.0, 2.0), [None, None]),
        (around((0.5, 0.5), 1.0, 0.25), [MISS, MISS]),
        (around((0.0, 0.5), 1.0, 0.0), [MISS, MISS]),
        (around((0.5, 0.0), 1.0, 0.0), [MISS, MISS]),
        (around((0.5, 0.5), 0.0, 1.0), [INPUT, INPUT]),
        (around((0.0, 0.5), 1.0, 1.0), [None, INPUT]),
        (around((0.5, 0.0), 1.0, 1.0), [CUT, None]),
        (around((0.5, 0.0, 0.5, 0.5), 1.0, 1.0), [CUT, None, INPUT, INPUT]),
        # The output is 0 by underflow alone.
        (around((1e-200, 1e-200), 1.0, 0.0), [None, None]),
        (around((1e-200, -1e-200), 1.0, 0.0), [None, None]),
        (around((-1.0, 1.0), 1.0, 1.0, "relu"), [SLOPE, INPUT]),
        (around((1.0, -1.0), 1.0, 1.0, "relu"), [SLOPE, SLOPE]),
        (around((1.0, 1.0), 1.0, 2.0, "relu"), [None, None]),
        (around((0.0, 1.0), 1.0, 1.0, "relu"), [SLOPE, INPUT]),
        (around((1.0, -1.0, 0.5), 1.0, 1.0, "relu"), [SLOPE, SLOPE, INPUT]),
        # What arrives at layer 3 is 0 by underflow alone, and no ReLU is closed.
        (around((1e-200, 1e-200, 1.0), 1.0, 1.0, "relu"), [None, None, None]),
        (around((1e-200, -1e-200, 1.0), 1.0, 1.0, "relu"), [SLOPE, SLOPE, INPUT]),
        (around((40.0, 1.0), 1.0, 2.0, "tanh"), [SLOPE, None]),
        (around((1.0, 40.0), 1.0, 2.0, "tanh"), [SLOPE, SLOPE]),
        (around((0.5, 0.5), 0.0, 2.0, "sigmoid"), [INPUT, None]),
        (around((0.0, 0.5), 1.0, 1.0, "identity", (0.25, 0.0)), [None, None]),
        (around((0.5, 0.5), 1.0, 1.0, "identity", (-0.5, 0.0)), [None, INPUT]),
        (around((0.0, 0.5), 1.0, 1.0, "relu", (0.25, -0.125)), [SLOPE, SLOPE]),
        (around((0.0, 0.5), 1.0, 1.0, "relu", (0.25, 0.5)), [None, None]),
        (around((0.5, 0.5), 1.0, 1.0, "relu", (-1.0, 0.5)), [SLOPE, INPUT]),
    ],
)
def test_which_factor_of_the_gradient_of_a_weight_is_0(
    checked: Around, expected: list[Factor | None]
) -> None:
    layers = range(1, len(expected) + 1)
    assert [checked.zero_factor(WEIGHT.of(i)) for i in layers] == expected


@pytest.mark.parametrize(
    ("checked", "expected"),
    [
        # Nothing arrives; yet the biases have gradients.
        (around((0.5, 0.5), 0.0, 1.0, "identity", (0.0, 0.0)), [None, None]),
        (around((0.5, 0.0), 1.0, 1.0, "identity", (0.5, 0.5)), [CUT, None]),
        (around((0.5, 0.5), 1.0, 0.5, "identity", (0.0, 0.25)), [MISS, MISS]),
        (around((0.5, 0.5), 1.0, 1.0, "relu", (-1.0, 0.5)), [SLOPE, None]),
    ],
)
def test_which_factor_of_the_gradient_of_a_bias_is_0(
    checked: Around, expected: list[Factor | None]
) -> None:
    layers = range(1, len(expected) + 1)
    assert [checked.zero_factor(BIAS.of(i)) for i in layers] == expected


@pytest.mark.parametrize(
    ("checked", "expected"),
    [
        (around((0.5, 0.5), 1.0, 2.0), [False, False]),
        (around((0.5, 0.5), 0.0, 1.0), [False, False]),
        (around((1e-200, 1e-200), 1.0, 0.0), [True, True]),
        (around((1e-200, 1e-200, 1.0), 1.0, 1.0), [False, False, True]),
    ],
)
def test_a_gradient_of_0_of_which_no_factor_is_0_underflows(
    checked: Around, expected: list[bool]
) -> None:
    layers = range(1, len(expected) + 1)
    assert [checked.underflows(WEIGHT.of(i)) for i in layers] == expected


@pytest.mark.parametrize(
    ("w", "epsilon", "expected"),
    [
        (1.0, 1e-17, True),
        (1.0, 1e-16, True),  # 1 + ε is 1
        (-1.0, 1e-16, True),  # −1 − ε is −1
        (1.0, 3e-16, False),
        (0.0, 5e-324, False),
    ],
)
def test_a_step_may_be_too_small_to_move_a_weight(
    w: float, epsilon: float, *, expected: bool
) -> None:
    assert around((w,), 1.0, 2.0).is_lost(WEIGHT.of(1), epsilon) is expected
