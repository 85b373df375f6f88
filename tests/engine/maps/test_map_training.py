"""engine.maps.training and simd: how a map is divided, watched and summed up."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import engine.maps.simd
import engine.maps.training
from engine import Experiment, Sample, train
from engine.maps.simd import enough_for
from engine.maps.trainability import Fate, axis, trainability, varied
from engine.maps.training import _reach, _Work
from engine.training.advance import CONVERGED
from engine.training.compiled import LARGE

WEIGHTS = st.floats(-8, 8).map(lambda w: round(w * 16) / 16)


@given(st.integers(1, 6).flatmap(lambda n: st.lists(st.tuples(*[WEIGHTS] * n), min_size=1)))
def test_the_reach_is_the_product_with_the_smallest_made_equal_to_the_next(
    chains: list[tuple[float, ...]],
) -> None:
    expected = []
    for weights in chains:
        sizes = sorted(map(abs, weights))
        expected.append(math.prod([sizes[min(1, len(sizes) - 1)], *sizes[1:]]))
    # A block has a row for each layer, and the chains side by side.
    block = np.array([[*zip(*chains, strict=True)]])
    assert _reach(block).tolist() == [expected]


@given(st.integers(1, 100_000))
def test_a_sum_is_enough_where_its_mean_is_not_below_the_threshold(samples: int) -> None:
    enough = enough_for(samples)
    assert enough / samples >= CONVERGED > math.nextafter(enough, 0.0) / samples


BIASED = Experiment(
    (0.5, -0.75), (Sample(1, 0.5), Sample(2, -1.0)), 0.1, 20, "tanh", biases=(0.25, -0.5)
)


@pytest.mark.parametrize("names", [("b1", "w2"), ("b2", "b1"), ("w1", "epochs"), ("target", "b2")])
def test_a_pixel_of_a_map_over_biases_is_a_training(names: tuple[str, str]) -> None:
    sides = [axis(BIASED, name, 1, 3, 3) for name in names]
    seen = trainability(BIASED, *sides)
    for row, y in enumerate(sides[1].values):
        for column, x in enumerate(sides[0].values):
            run = train(varied(varied(BIASED, names[0], x), names[1], y))
            expected = sum(run.epoch(run.experiment.epochs).losses) / 2
            assert seen.final_loss[row, column] == expected
            assert seen.fate[row, column] != Fate.TRAPPED


@pytest.mark.parametrize("cores", [1, 3, None])
def test_a_map_is_the_same_however_it_is_divided(
    cores: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = Experiment(epochs=9)
    sides = axis(start, "w1", -1, 2, 30), axis(start, "w2", -1, 2, 9)
    whole = trainability(start, *sides)
    monkeypatch.setattr("os.cpu_count", lambda: cores)
    for chunk, work in ((64, 4000), (128, 1), (1 << 20, 1 << 30)):
        monkeypatch.setattr(engine.maps.training, "_ARRAY_CHUNK", chunk)
        monkeypatch.setattr(engine.maps.training, "_ARRAY_WORK_BETWEEN_CHECKS", work)
        parts = trainability(start, *sides)
        np.testing.assert_array_equal(parts.final_loss, whole.final_loss)
        np.testing.assert_array_equal(parts.fate, whole.fate)


def test_the_share_that_is_done_rises_to_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine.maps.training, "_ARRAY_WORK_BETWEEN_CHECKS", 5000)
    start = Experiment(epochs=50)
    work = _Work(start, axis(start, "w1", 0, 1, 40), axis(start, "epochs", 1, 50, 3))
    work.prepare(1)
    advance, shares = work._advance, [work.share]

    def watched(*given: Any) -> None:  # noqa: ANN401 - as the loop takes them
        shares.append(work.share)
        advance(*given)

    work._advance = watched
    work.do()
    assert shares[:2] == [0.0, 0.0]
    # A call does so many epochs of all pixels, between stops.
    assert all(0 < later - earlier < 0.5 for earlier, later in pairwise(shares[1:]))
    assert work.share == 1.0


def test_a_map_is_compiled_from_so_much_work_on(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(engine.maps.simd, "_ready", {})
    monkeypatch.setattr(engine.maps.simd, "possible", lambda: True)
    monkeypatch.setattr(engine.maps.simd, "_make_ready", asked.append)
    structure = Experiment().structure
    assert not engine.maps.simd.advance_for(structure, LARGE - 1)[1]
    assert asked == []
    engine.maps.simd.advance_for(structure, LARGE)
    assert asked == [structure]
    monkeypatch.setattr(engine.maps.simd, "_ready", {structure: "compiled"})
    assert engine.maps.simd.advance_for(structure, 1) == ("compiled", True)
    assert engine.maps.simd.advance_for(structure, LARGE) == ("compiled", True)
    assert asked == [structure]
