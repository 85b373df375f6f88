"""engine.training.train: how often it tells where it is, by a clock that the test moves on."""

from itertools import pairwise

import pytest

import engine.training.train as training
from engine import Cancelled, Experiment, train
from tests.engine.training.moved import Clock, Moved


@pytest.fixture
def moved(monkeypatch: pytest.MonkeyPatch) -> Moved:
    clock = Clock()
    found = Moved(clock)
    monkeypatch.setattr(training, "time", clock)
    monkeypatch.setattr(training, "_Training", found.begun)
    return found


def gaps(times: list[float]) -> list[float]:
    return [later - earlier for earlier, later in pairwise(times)]


# 1024 updates, and all their doubles up to the one that takes between 0.01 and 0.02 s.
@pytest.mark.parametrize("speed", [1e3, 2e4, 6.6e4, 1.01e5, 2.7e5, 2.73e5, 1e7, 1e9])
def test_whatever_the_speed_a_user_can_cancel_soon(moved: Moved, speed: float) -> None:
    moved.speed = speed
    asked: list[float] = []

    def cancelled() -> bool:
        asked.append(moved.clock.now)
        return len(asked) == 60

    with pytest.raises(Cancelled):
        train(Experiment(epochs=10**14), cancelled=cancelled)
    # The first is asked before anything is done.
    assert asked[0] == 0.0
    found = gaps(asked)
    first = 1024 / speed
    assert max(found) <= max(0.04, first) + 1e-9
    assert min(found[20:]) >= 0.01


@pytest.mark.parametrize("slower", [2.6, 3.5, 30.0])
def test_and_soon_again_where_it_becomes_slower(moved: Moved, slower: float) -> None:
    moved.speed = 1e7
    asked: list[float] = []

    def cancelled() -> bool:
        asked.append(moved.clock.now)
        if len(asked) == 40:
            moved.speed /= slower
        return len(asked) == 80

    with pytest.raises(Cancelled):
        train(Experiment(epochs=10**14), cancelled=cancelled)
    assert max(gaps(asked[50:])) <= 0.04
    assert min(gaps(asked[50:])) >= 0.01


def test_news_come_a_few_times_a_second(moved: Moved) -> None:
    moved.speed = 1e6
    told: list[tuple[float, int]] = []
    grown: list[float] = []
    train(
        Experiment(epochs=1_000_000),
        progress=lambda done: told.append((moved.clock.now, done)),
        grown=lambda _: grown.append(moved.clock.now),
    )
    assert moved.clock.now == pytest.approx(2.0)
    assert told[0] == (0.0, 0)
    assert all(done == pytest.approx(now * 1e6) for now, done in told)
    assert all(0.1 <= gap < 0.141 for gap in gaps([now for now, _ in told]))
    # The run so far is worth a look after a while, and is not shown twice at its end.
    assert all(0.25 <= gap < 0.291 for gap in gaps([0.0, *grown]))
    assert len(grown) in (6, 7)


def test_what_is_not_complete_is_not_shown(moved: Moved) -> None:
    moved.speed, moved.presentable = 1e6, False
    grown: list[object] = []
    train(Experiment(epochs=1_000_000), grown=grown.append)
    assert not grown
