"""gui.transport.player: plays at the pace that was asked for."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from pytestqt.qtbot import QtBot

from engine import Experiment, Phase, train
from engine.user_error import Location
from gui.state import Look, State
from gui.state.session import Session
from gui.transport.player import Player, seconds


@dataclass
class Playing:
    """A session with its player, and the indices that were shown."""

    session: Session
    shown: list[int]

    def play(self, *, on: bool = True) -> None:
        self.session.play(on)

    @property
    def state(self) -> State:
        return self.session.state


@pytest.fixture
def playing(qapp: object) -> Iterator[Playing]:
    assert qapp is not None
    session = Session(Look(speed=50.0))
    player = Player(session)
    session.changed.connect(player.present)
    shown: list[int] = []
    session.changed.connect(lambda state: shown.append(state.index))
    yield Playing(session, shown)
    session.play(False)  # noqa: FBT003 - a signal's argument
    session.close()


@pytest.mark.parametrize("speed", [20.0, 45.0, 100.0, 1000.0, 5000.0])
def test_it_plays_at_the_asked_pace(speed: float, playing: Playing, qtbot: QtBot) -> None:
    playing.session.set_look(speed=speed)
    started = time.monotonic()
    playing.play()
    qtbot.wait(700)
    playing.play(on=False)
    expected = speed * (time.monotonic() - started)
    # A frame and a step may be missing at the end, and a coarse timer is early by a twentieth.
    assert 0.9 * expected - 2 - speed * 0.05 <= playing.state.index <= 1.1 * expected + 2


def test_a_slow_pace_takes_every_step(playing: Playing, qtbot: QtBot) -> None:
    playing.session.set_look(speed=5.0)
    playing.play()
    qtbot.waitUntil(lambda: playing.state.index >= 5)
    moved = [index for index in dict.fromkeys(playing.shown) if index]
    assert moved == list(range(1, len(moved) + 1))


def test_the_pace_can_be_changed_while_it_plays(playing: Playing, qtbot: QtBot) -> None:
    playing.session.set_look(speed=0.5)
    playing.play()
    qtbot.wait(60)
    assert playing.state.index == 0
    playing.session.set_look(speed=1000.0)
    qtbot.waitUntil(lambda: playing.state.index > 20, timeout=1000)


def test_it_pauses(playing: Playing, qtbot: QtBot) -> None:
    playing.play()
    qtbot.waitUntil(lambda: playing.state.index >= 3)
    playing.play(on=False)
    index = playing.state.index
    qtbot.wait(150)
    assert playing.state.index == index
    playing.play()
    qtbot.waitUntil(lambda: playing.state.index > index)


def test_it_stops_at_the_end(playing: Playing, qtbot: QtBot) -> None:
    playing.session.set_look(speed=100_000.0)
    playing.session.seek(playing.state.last - 500)
    playing.play()
    qtbot.waitUntil(lambda: not playing.state.playing, timeout=2000)
    assert playing.state.index == playing.state.last
    count = len(playing.shown)
    qtbot.wait(80)
    assert len(playing.shown) == count


def test_seeking_while_it_plays_goes_on_from_there(playing: Playing, qtbot: QtBot) -> None:
    playing.play()
    qtbot.waitUntil(lambda: playing.state.index >= 2)
    playing.session.seek(1000)
    qtbot.waitUntil(lambda: playing.state.index > 1001)
    assert playing.state.index < 1050


def test_an_experiment_without_epochs_does_not_play(playing: Playing, qtbot: QtBot) -> None:
    playing.play()
    playing.session.change(Location("epochs"), 0)
    assert playing.state.experiment == Experiment(epochs=0)
    assert not playing.state.playing
    playing.play()
    qtbot.wait(50)
    assert (playing.state.index, playing.state.playing) == (0, False)


def shown_times(playing: Playing, until: int, qtbot: QtBot) -> dict[int, float]:
    """Play to a step; return for how many seconds each step before it was shown."""
    arrived: dict[int, float] = {}
    playing.session.changed.connect(lambda state: arrived.setdefault(state.index, time.monotonic()))
    playing.play()
    qtbot.waitUntil(lambda: playing.state.index >= until, timeout=60_000)
    playing.play(on=False)
    return {index: arrived[index + 1] - arrived[index] for index in range(1, until)}


def test_in_the_first_sample_each_phase_waits_to_be_read(playing: Playing, qtbot: QtBot) -> None:
    playing.session.set_look(speed=8.0)
    # Forward, loss, backward and update of three layers begin at these steps.
    waiting = {1, 4, 5, 11}
    asked = {index: seconds(replace(playing.state, index=index)) for index in range(1, 20)}
    assert {index for index, shown in asked.items() if shown > 0.3} == waiting
    times = shown_times(playing, 12, qtbot)
    assert all(times[index] > 0.45 for index in waiting), times


def test_the_default_speed_tells_the_story_in_ten_seconds() -> None:
    state = State(train(Experiment()), 0, Experiment())
    at, told = 0.0, {}
    for index in range(state.per_sample):
        at += seconds(replace(state, index=index))
        told[state.steps[index].phase] = told.get(state.steps[index].phase, at)
    for phase in (Phase.FORWARD, Phase.LOSS, Phase.SEED, Phase.GRADIENT, Phase.PASS_ON):
        assert told[phase] < 10, phase
    assert seconds(replace(state, index=1)) >= 2, "a sentence can be read"
    assert seconds(replace(state, index=14)) == 0.5


def test_who_plays_fast_does_not_wait() -> None:
    state = State(train(Experiment()), 1, Experiment(), Look(speed=26.0))
    assert seconds(state) == 1 / 26
