"""engine.commands.output: how a command tells how long it still takes."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from engine.commands import output
from engine.commands.output import Patience

if TYPE_CHECKING:
    from collections.abc import Iterator

MINUTE, HOUR, DAY, YEAR = 60, 3600, 86400, 365 * 86400


class Clock:
    """A clock that stands still between the times that it is set to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now

    perf_counter = monotonic


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("time.monotonic", clock.monotonic)
    monkeypatch.setattr("time.perf_counter", clock.perf_counter)
    return clock


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    lines: list[str] = []
    monkeypatch.setattr(output, "tell", lines.append)
    return lines


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1.25, "2 s"),
        (2 * MINUTE - 1, "119 s"),
        (2 * MINUTE, "2 min"),
        (2 * MINUTE + 1, "3 min"),
        (2 * HOUR - 1, "120 min"),
        (2 * HOUR, "2 h"),
        (2 * DAY - 1, "48 h"),
        (2 * DAY, "2 days"),
        (2 * YEAR - 1, "730 days"),
        (2 * YEAR, "2 years"),
        (9.5 * YEAR, "10 years"),
    ],
)
def test_the_time_left_is_told_in_the_largest_unit_of_which_there_are_two(
    clock: Clock, told: list[str], seconds: float, words: str
) -> None:
    patience = Patience()
    patience(0.0)
    # Half of the work takes as long as the other half.
    clock.now += seconds
    patience(0.5)
    assert told == [f"50 % done, about {words} left"]


def test_it_speaks_first_after_a_second_and_then_every_two(clock: Clock, told: list[str]) -> None:
    patience = Patience()
    at = []
    for tenth in range(61):
        clock.now = 1000.0 + tenth / 10
        before = len(told)
        patience(tenth / 100)
        at += [tenth / 10] * (len(told) - before)
    assert at == [1.3, 3.3, 5.3]


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.0009, "<0.1 % done"),
        (0.001, "0.1 % done"),
        (0.126, "13 % done"),
        (0.99, "99 % done"),
        (0.999, "99 % done"),
    ],
)
def test_the_share_is_told_in_two_digits(
    clock: Clock, told: list[str], share: float, words: str
) -> None:
    patience = Patience()
    patience(0.0)
    clock.now += 10.0
    patience(share)
    (line,) = told
    assert line.startswith(f"{words}, about ")


def test_it_speaks_unasked_while_nothing_is_done_and_at_the_end(
    clock: Clock, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Patience, "_LOOK", 0.001)

    def wait_for(count: int) -> None:
        for _ in range(2000):
            if len(told) >= count:
                return
            time.sleep(0.001)

    with Patience() as patience:
        clock.now += 3.4
        wait_for(1)
        patience(0.0)
        clock.now += 2.0
        patience(1.0)
        wait_for(2)
    clock.now += 10.0
    time.sleep(0.01)
    assert told == ["3 s so far", "nearly done"]


def test_the_pace_is_that_of_the_items_alone(clock: Clock, told: list[str]) -> None:
    patience = Patience()
    patience(0.0)
    clock.now += 100.0
    for _ in patience.over(iter("abcd"), 4):
        clock.now += 1.0
    assert told == ["25 % done, about 3 s left", "75 % done, about 1 s left"]
