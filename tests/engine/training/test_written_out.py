"""The loop that is written out does what the loop of the definition does, to the last bit."""

import struct
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine import Experiment, Sample, train
from engine.activations import ACTIVATIONS
from engine.algorithms import ALGORITHMS
from engine.steps import Structure
from engine.training.advance import AdvanceResult, History
from engine.training.loops import Loop, plain
from engine.training.written_out import unrolled


def bits(numbers: Sequence[float]) -> bytes:
    return struct.pack(f"{len(numbers)}d", *numbers)


def trained(loop: Loop, experiment: Experiment, cuts: list[int], stride: int) -> list[object]:
    """Return what a loop makes of an experiment, piece by piece."""
    size = experiment.updates
    intervals = -(-size // stride)
    lows = loop.buffer(intervals)
    highs = lows if stride == 1 else loop.buffer(intervals)
    outputs = loop.buffer(size if stride == 1 else 0)
    history = History(stride, loop.buffer(intervals * experiment.layers), lows, highs, outputs)
    state, data = loop.begin(experiment.weights), loop.data(experiment)
    told: list[AdvanceResult] = []
    total = 0.0
    edges = [0, *cuts, size]
    for first, end in pairwise(edges):
        if first < end:
            told.append(loop.advance(state, data, history, first, end, total))
            state, total = told[-1].state, told[-1].total
    rows = (history.checkpoints, lows, highs, history.outputs, loop.theta(state))
    return [
        *map(bits, rows),
        *((bits([t.total, t.highest]), t.converged) for t in told),
    ]


# Every number becomes NaN, also the first loss of an interval.
@example([1e200, -1e200], [Sample(0, 1), Sample(1, 1)], 50.0, "identity", "backprop", [0.1], 7)
@given(
    st.lists(st.floats(-2, 2), min_size=1, max_size=6),
    st.lists(st.builds(Sample, st.floats(-2, 2), st.floats(-2, 2)), min_size=1, max_size=4),
    st.sampled_from([0.01, 0.3, 2.0, 50.0]),
    st.sampled_from(sorted(ACTIVATIONS)),
    st.sampled_from(sorted(ALGORITHMS)),
    st.lists(st.floats(0, 1), max_size=3),
    st.sampled_from([1, 2, 7, 1000]),
)
def test_it_agrees_bit_for_bit(
    weights: list[float],
    samples: list[Sample],
    rate: float,
    activation: str,
    algorithm: str,
    cuts: list[float],
    stride: int,
) -> None:
    experiment = Experiment(
        weights=weights,
        samples=samples,
        learning_rate=rate,
        epochs=30,
        activation=activation,
        algorithm=algorithm,
    )
    as_it_stands = plain(experiment.structure)
    written = as_it_stands._replace(
        advance=unrolled(experiment.structure, keeps_each=stride == 1),
        begin=tuple,
        theta=lambda state: state,
    )
    places = sorted(round(cut * experiment.updates) for cut in cuts)
    found, wanted = (trained(loop, experiment, places, stride) for loop in (written, as_it_stands))
    assert found == wanted


@pytest.mark.parametrize("layers", [1, 3, 64])
def test_a_run_that_is_long_enough_is_trained_by_it(
    layers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.training.loops._ready", {})
    used: list[int] = []

    def noted(structure: Structure, *, keeps_each: bool) -> object:
        used.append(structure.layers)
        return unrolled(structure, keeps_each=keeps_each)

    monkeypatch.setattr("engine.training.loops.unrolled", noted)
    long = Experiment(weights=(0.9,) * layers, epochs=1200)
    found = train(long)
    assert used == [layers]
    short = train(Experiment(weights=(0.9,) * layers, epochs=40))
    assert used == [layers]
    assert bits(found.losses[:80]) == bits(short.losses)
    assert found.weights_before(80) == short.final_weights
