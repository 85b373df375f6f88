"""gui.transport.speeds: round numbers to choose from, and steps that move in their time."""

from dataclasses import replace
from itertools import pairwise

import pytest

from engine import Experiment
from gui.state import FASTEST, SLOWEST, Look
from gui.transport.speeds import beside, marks, movement, pace_words, place_of, speeds
from tests.gui import examples


@pytest.mark.parametrize("per_epoch", [5, 26, 34, 257, 16_448])
def test_the_slider_offers_every_magnitude_in_even_steps(per_epoch: int) -> None:
    choice = speeds(per_epoch)
    assert choice[0] == SLOWEST
    assert choice[-1] == FASTEST
    assert {1.0, 2.0, float(per_epoch)} <= set(choice)
    assert list(choice) == sorted(set(choice))
    assert all(1.0 < faster / slower <= 2.01 for slower, faster in pairwise(choice))
    assert [place_of(speed, per_epoch) for speed in choice] == list(range(len(choice)))
    assert {choice[place] for place in marks(per_epoch)} >= {1.0, float(per_epoch)}


@pytest.mark.parametrize(
    ("speed", "english", "chinese"),
    [
        (0.5, "0.5 steps/s", "0.5 步/秒"),
        (1.0, "1 step/s", "1 步/秒"),
        (2.0, "2 steps/s", "2 步/秒"),
        (26.0, "1 epoch/s", "1 轮/秒"),
        (78.0, "3 epochs/s", "3 轮/秒"),
        (130.5, "130 steps/s", "130 步/秒"),
        (100_000.0, "100\u202f000 steps/s", "100\u202f000 步/秒"),
    ],
)
def test_a_speed_is_said_in_the_unit_in_which_it_is_round(
    speed: float, english: str, chinese: str
) -> None:
    assert pace_words(examples.state(Experiment(), speed=speed)) == english
    assert pace_words(examples.state(Experiment(), speed=speed, language="zh_CN")) == chinese


def test_faster_and_slower_go_from_place_to_place_and_end() -> None:
    state = examples.state(Experiment(), speed=SLOWEST)
    assert beside(state, -1) == SLOWEST
    seen = [SLOWEST]
    while (faster := beside(state, 1)) != state.look.speed:
        seen.append(faster)
        state = replace(state, look=replace(state.look, speed=faster))
    assert tuple(seen) == speeds(state.per_epoch)


def test_a_step_moves_for_a_share_of_its_time_as_long_as_that_can_be_seen() -> None:
    times = {
        speed: movement(Look(speed=speed), playing=True) for speed in (0.5, 1, 2, 4, 8, 10, 60)
    }
    assert times[2] > 200, "at the default speed the movement is seen"
    assert times[4] == pytest.approx(times[2] / 2)
    assert all(0 < times[speed] < 1000 / speed for speed in (0.5, 1, 2, 4, 8))
    assert times[8] >= 80
    assert times[10] == times[60] == 0
    assert movement(Look(speed=60), playing=False) == 250


def test_nothing_moves_where_movement_is_not_wanted() -> None:
    for look in (Look(movement=False), Look(reduced_motion=True)):
        assert movement(look, playing=True) == movement(look, playing=False) == 0
