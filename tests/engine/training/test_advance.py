"""engine.training.advance: what the loop writes down of any losses, in one go or piece by piece."""

from __future__ import annotations

import math
from array import array
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from engine.training.advance import CONVERGED, History, TrainingData, advancing

LOSSES = st.one_of(
    st.floats(0, 0.002), st.floats(0, 4), st.just(0.0), st.sampled_from((math.inf, math.nan))
)


class Wanted(NamedTuple):
    """By its definition: the smallest and largest losses, when it converged, the largest of all."""

    lows: list[float]
    highs: list[float]
    converged: int
    highest: float


def largest(losses: list[float]) -> float:
    return math.nan if any(map(math.isnan, losses)) else max(losses)


def smallest(losses: list[float]) -> float:
    return min((loss for loss in losses if not math.isnan(loss)), default=math.nan)


def wanted(losses: list[float], stride: int, samples: int) -> Wanted:
    parts = [losses[first : first + stride] for first in range(0, len(losses), stride)]
    converged = -1
    for first in range(0, len(losses) - samples + 1, samples):
        total = 0.0
        for loss in losses[first : first + samples]:
            total += loss
        if converged < 0 and total / samples < CONVERGED:
            converged = first + samples - 1
    return Wanted(list(map(smallest, parts)), list(map(largest, parts)), converged, largest(losses))


@given(st.lists(LOSSES, min_size=1, max_size=24), st.integers(1, 7), st.integers(1, 4), st.data())
def test_any_losses_are_written_down_by_their_definition(
    losses: list[float], stride: int, samples: int, data: st.DataObject
) -> None:
    seen: list[tuple[float, float, float]] = []

    def learn(state: int, x: float, target: float, rate: float) -> tuple[int, float, float]:
        seen.append((x, target, rate))
        return state + 1, 10.0 * state, losses[state]

    def keep(checkpoints: array[float], place: int, state: int) -> None:
        checkpoints[place] = state

    count = -(-len(losses) // stride)
    outputs = array("d", [-1.0] * (len(losses) if stride == 1 else 0))
    history = History(stride, *(array("d", [-1.0] * count) for _ in range(3)), outputs)
    xs = [float(k) for k in range(samples)]
    advance = advancing(learn, keep)  # type: ignore[arg-type]
    state, total, first, found = 0, 0.0, 0, []
    while first < len(losses):
        end = data.draw(st.integers(first + 1, len(losses)))
        data_ = TrainingData(xs, [-x for x in xs], 0.5)
        result = advance(state, data_, history, first, end, total)
        found.append(result)
        state, total, first = result.state, result.total, end
    expected = wanted(losses, stride, samples)
    assert repr(list(history.lows)) == repr(expected.lows)
    assert repr(list(history.highs)) == repr(expected.highs)
    assert list(history.checkpoints) == [k * stride for k in range(count)]
    assert list(outputs) == [10.0 * k for k in range(len(outputs))]
    turns = [xs[k % samples] for k in range(len(losses))]
    assert seen == [(x, -x, 0.5) for x in turns]
    ends = [result.converged for result in found if result.converged >= 0]
    assert min(ends, default=-1) == expected.converged
    assert all(result.converged in (-1, *range(len(losses))) for result in found)
    # Of a piece that goes on in an interval, what came before in it counts as well.
    assert repr(largest([result.highest for result in found])) == repr(expected.highest)
    rest = losses[len(losses) - len(losses) % samples :]
    left = 0.0
    for loss in rest:
        left += loss
    assert repr(total) == repr(left)
