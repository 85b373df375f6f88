"""engine.chain_rule.race: what the counters show is what was multiplied."""

import pytest

from engine.chain_rule.multiplications import WAYS, Count, count
from engine.chain_rule.race import Lane


@pytest.mark.parametrize("layers", [1, 3, 10, 64, 200])
def test_run_to_the_end_each_counts_what_count_does(layers: int) -> None:
    lanes = [Lane(way, layers) for way in WAYS]
    # By turns, in small pieces: none counts the multiplications of another.
    for goal in range(0, 41_000, 100):
        for lane in lanes:
            lane.advance(goal)
    assert all(lane.finished for lane in lanes)
    assert Count(layers, *(lane.counted for lane in lanes)) == count(layers)
    assert count(layers)[1:] == (layers * (layers + 1) // 2, layers**2, 2 * layers - 1)


def test_it_stops_at_the_gradient_with_which_the_goal_is_reached() -> None:
    lane = Lane(WAYS[0], 10)
    lane.advance(4)
    assert (lane.counted, lane.gradients, lane.finished) == (6, 3, False)
    lane.advance(4)
    assert lane.counted == 6
