"""engine.training.pace: the time that is left, from what took how long so far."""

import pytest

from engine.training.pace import Pace, Progress


class Clock:
    """Stands still until it is set."""

    def __init__(self) -> None:
        self.now = 5000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("time.perf_counter", clock)
    return clock


def test_what_is_left_takes_as_long_as_what_is_done_did(clock: Clock) -> None:
    pace = Pace()
    clock.now += 60.0  # compiling
    assert pace.at(0.2) == Progress(0.2, None)
    clock.now += 3.0
    # A fifth took 3 s; three fifths are left.
    assert pace.at(0.4) == (0.4, pytest.approx(9.0))
    clock.now += 3.0
    assert pace.at(0.6) == (0.6, pytest.approx(6.0))
    clock.now += 9.0
    assert pace.at(0.7) == (0.7, pytest.approx(9.0))
    assert pace.at(1.0) == (1.0, 0.0)


def test_nothing_is_told_from_less_than_half_a_second(clock: Clock) -> None:
    pace = Pace()
    assert pace.at(0.0) == Progress(0.0, None)
    clock.now += 0.4375
    assert pace.at(0.5) == Progress(0.5, None)
    clock.now += 0.0625
    assert pace.at(0.5) == Progress(0.5, 0.5)


def test_what_begins_anew_is_measured_anew(clock: Clock) -> None:
    pace = Pace()
    pace.at(0.5)
    clock.now += 100.0
    assert pace.at(0.5) == Progress(0.5, None), "nothing was done meanwhile"
    clock.now += 100.0
    assert pace.at(0.25) == Progress(0.25, None)
    clock.now += 1.0
    assert pace.at(0.5) == Progress(0.5, 2.0)


def test_the_first_share_may_be_the_last(clock: Clock) -> None:
    pace = Pace()
    clock.now += 10.0
    assert pace.at(1.0) == Progress(1.0, None)
