"""gui.state.session: edits, undo and redo, faults, long trainings. No window."""

import gc
import threading
from array import array
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import permutations
from pathlib import Path

import pytest
import shiboken6
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from engine import Experiment, Run, Sample, UserError, train
from engine.moment import moment_at
from engine.presets import FIRST_LISTING
from engine.user_error import Location
from gui.state import Look, State
from gui.state import training as training_module
from gui.state.session import Session
from tests.engine.chains import ALGORITHMS

RATE, EPOCHS, ALGORITHM = Location("learning_rate"), Location("epochs"), Location("algorithm")
FIRST = Location("weights", 0)


@pytest.fixture
def session(qapp: object) -> Iterator[Session]:
    assert qapp is not None
    session = Session(Look())
    yield session
    session.close()


@pytest.fixture
def heard(session: Session) -> list[State]:
    """Every state that was announced."""
    states: list[State] = []
    session.changed.connect(states.append)
    return states


def weights_of(session: Session) -> tuple[float, ...]:
    return session.state.experiment.weights


# --- seeking -------------------------------------------------------------------------------


def test_it_opens_at_the_first_step_of_the_opening_experiment(session: Session) -> None:
    state = session.state
    assert (state.index, state.experiment, state.saved) == (0, Experiment(), Experiment())
    assert state.run.experiment == Experiment()
    assert (state.can_undo, state.can_redo, state.playing) == (False, False, False)
    assert not state.faults


@pytest.mark.parametrize(
    ("asked", "index"), [(5, 5), (0, 0), (-1, 0), (10**30, 6240), (-(10**30), 0), (6240, 6240)]
)
def test_seek_goes_to_the_nearest_moment(session: Session, asked: int, index: int) -> None:
    session.seek(100)
    session.seek(asked)
    assert session.state.index == index


def test_every_way_through_the_run(session: Session) -> None:
    def goes(act: Callable[[], None], *indices: int) -> None:
        for index in indices:
            act()
            assert session.state.index == index

    goes(lambda: session.step(1), 1, 2)
    goes(session.next_sample, 13, 26)
    goes(lambda: session.step(-1), 25)
    goes(session.previous_sample, 13, 0, 0)
    goes(session.next_epoch, 26, 52)
    session.step(3)
    goes(session.previous_epoch, 52, 26)
    goes(session.to_end, 6240)
    goes(session.next_epoch, 6240)
    goes(session.next_sample, 6240)
    goes(session.to_start, 0)
    goes(session.previous_epoch, 0)


def test_standing_still_is_not_announced(session: Session, heard: list[State]) -> None:
    session.seek(0)
    session.previous_sample()
    session.set_look(digits=5)
    session.settle()
    assert heard == []
    session.seek(7)
    assert [state.index for state in heard] == [7]


def test_nothing_plays_at_the_end(session: Session) -> None:
    session.play(True)  # noqa: FBT003 - as the signal does
    assert session.state.playing
    session.to_end()
    session.play(True)  # noqa: FBT003
    assert not session.state.playing


# --- edits ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("location", "value", "expected"),
    [
        (FIRST, 0.5, Experiment(weights=(0.5, -0.233, -0.52133))),
        (Location("weights", 2), 0.5, Experiment(weights=(0.2333, -0.233, 0.5))),
        (Location("weights"), (1.0,), Experiment(weights=(1.0,))),
        (RATE, 0.1, Experiment(learning_rate=0.1)),
        (EPOCHS, 3.0, Experiment(epochs=3)),
        (EPOCHS, 0, Experiment(epochs=0)),
        (Location("activation"), "tanh", Experiment(activation="tanh")),
        (Location("algorithm"), "in_place", Experiment(algorithm="in_place")),
        (Location("samples"), (Sample(2, 3),), Experiment(samples=(Sample(2, 3),))),
        (
            Location("samples", 1, "target"),
            0.5,
            Experiment(samples=(Sample(1.0, -1.0), Sample(-1.0, 0.5))),
        ),
    ],
)
def test_an_edit_is_announced_once_with_its_run(
    location: Location, value: object, expected: Experiment, session: Session, heard: list[State]
) -> None:
    session.change(location, value)
    assert len(heard) == 1
    assert heard[0] is session.state
    assert heard[0].experiment == heard[0].run.experiment == expected
    assert heard[0].can_undo
    assert not heard[0].can_redo
    assert heard[0].progress is None
    heard.clear()
    session.undo()
    session.redo()
    assert [s.experiment for s in heard] == [Experiment(), expected]
    assert [s.run.experiment for s in heard] == [Experiment(), expected]


def test_an_edit_keeps_the_place(session: Session) -> None:
    session.seek(13 * 7 + 6)
    session.change(FIRST, 0.5)
    assert session.state.index == 13 * 7 + 6
    session.change(EPOCHS, 2)
    assert (session.state.moment.epoch, session.state.moment.position) == (2, 6)


@pytest.mark.parametrize("layers", range(1, 6))
def test_another_algorithm_keeps_the_step_and_the_first_gives_it_back(
    layers: int, session: Session
) -> None:
    session.replace_experiment(Experiment((0.5,) * layers, epochs=2))
    for old, new in permutations(ALGORITHMS, 2):
        session.change(ALGORITHM, old)
        for index in range(4 * layers + 2):
            session.seek(index)
            step = session.state.moment.step
            session.change(ALGORITHM, new)
            state = session.state
            assert (state.experiment.algorithm, state.run.experiment) == (new, state.experiment)
            assert not state.faults
            assert state.moment == moment_at(state.run, state.index)
            if step in state.steps:
                assert state.moment.step == step
            session.change(ALGORITHM, old)
            assert session.state.index == index


def test_through_all_algorithms_and_back_by_undo(session: Session) -> None:
    session.seek(13 * 3 + 7)  # passing on from the last layer: front to back has no such step
    for algorithm in ALGORITHMS[1:]:
        session.change(ALGORITHM, algorithm)
        session.settle()
        assert session.state.moment.sample == 2
    for algorithm in reversed(ALGORITHMS[:-1]):
        session.undo()
        assert session.state.experiment.algorithm == algorithm
    assert session.state.index == 13 * 3 + 7
    assert not session.state.can_undo


def test_an_edit_stops_playing_only_where_the_run_ends(session: Session) -> None:
    session.seek(100)
    session.play(True)  # noqa: FBT003
    session.change(FIRST, 0.5)
    assert session.state.playing
    session.change(EPOCHS, 0)
    assert (session.state.index, session.state.playing) == (0, False)


@pytest.mark.parametrize(
    ("location", "value"),
    [
        (FIRST, float("nan")),
        (FIRST, "a"),
        (RATE, 0.0),
        (RATE, -1.0),
        (EPOCHS, 1.5),
        (EPOCHS, 10**17),
        (EPOCHS, 1e300),
        (Location("weights"), ()),
        (Location("weights"), (0.1,) * 65),
        (Location("samples"), ()),
        (Location("samples", 0, "x"), float("inf")),
        (Location("activation"), "step"),
        (ALGORITHM, "sgd"),
    ],
)
def test_a_refused_value_leaves_the_experiment(
    location: Location, value: object, session: Session, heard: list[State]
) -> None:
    session.seek(9)
    before, run = session.state.experiment, session.state.run
    heard.clear()
    session.change(location, value)
    state = session.state
    assert (state.experiment, state.run, state.index) == (before, run, 9)
    assert (state.can_undo, list(state.faults)) == (False, [location])
    assert len(heard) == 1


def test_faults_stay_until_their_field_is_right(session: Session) -> None:
    fault = UserError("{value} is not a number.", value="a")
    session.refuse(FIRST, fault)
    session.change(RATE, -1.0)
    session.change(EPOCHS, 5)
    assert set(session.state.faults) == {FIRST, RATE}
    assert session.state.faults[FIRST] is fault
    session.change(RATE, 0.05)  # what it was all along
    assert set(session.state.faults) == {FIRST}
    session.change(FIRST, 0.3)
    assert not session.state.faults


@pytest.mark.parametrize("act", ["undo", "open", "replace_experiment"])
def test_another_experiment_has_no_faults(act: str, session: Session) -> None:
    session.change(EPOCHS, 5)
    session.refuse(FIRST, UserError("A number is missing here."))
    if act == "undo":
        session.undo()
    elif act == "open":
        session.open(FIRST_LISTING, None)
    else:
        session.replace_experiment(FIRST_LISTING)
    assert not session.state.faults


def test_keystrokes_in_one_field_are_one_edit(session: Session) -> None:
    for value in (0.1, 0.12, 0.123):
        session.change(FIRST, value)
    session.settle()
    session.change(FIRST, 0.4)
    session.change(Location("weights", 1), 0.5)
    session.change(Location("weights", 1), 0.55)
    undone = []
    while session.state.can_undo:
        session.undo()
        undone.append(weights_of(session)[:2])
    assert undone == [(0.4, -0.233), (0.123, -0.233), (0.2333, -0.233)]


@pytest.mark.parametrize("back", ["undo", "redo"])
def test_typing_after_undo_is_an_edit_of_its_own(back: str, session: Session) -> None:
    session.change(EPOCHS, 5)
    session.change(FIRST, 0.5)
    session.undo()
    if back == "redo":
        session.redo()
    shown = session.state.experiment
    session.change(FIRST, 0.6)
    session.undo()
    assert session.state.experiment == shown


def test_what_does_not_fit_into_the_window_is_a_notice(session: Session) -> None:
    session.replace_experiment(Experiment(weights=(0.1,) * 65))
    assert session.state.notice is not None
    assert session.state.experiment == Experiment()
    session.seek(1)
    assert session.state.notice is None


# --- documents -----------------------------------------------------------------------------


def test_a_file_opens_at_its_first_step_and_can_be_taken_back(session: Session) -> None:
    session.seek(50)
    session.play(True)  # noqa: FBT003
    session.open(FIRST_LISTING, Path("listing.json"))
    state = session.state
    assert (state.index, state.playing, state.path) == (0, False, Path("listing.json"))
    assert state.experiment == state.run.experiment == state.saved == FIRST_LISTING
    session.undo()
    assert session.state.experiment == Experiment()


def test_opening_is_announced_once(session: Session, heard: list[State]) -> None:
    session.seek(50)
    heard.clear()
    session.open(FIRST_LISTING, Path("listing.json"))
    assert all(s.experiment == FIRST_LISTING for s in heard), "a new path with the old experiment"
    assert len(heard) == 1


def test_a_file_that_does_not_fit_leaves_all_as_it_was(session: Session) -> None:
    session.seek(50)
    before = session.state
    with pytest.raises(UserError):
        session.open(Experiment(weights=(0.1,) * 65), Path("large.json"))
    assert session.state is before


def test_saving_is_remembered(session: Session) -> None:
    session.change(FIRST, 0.5)
    assert session.state.saved != session.state.experiment
    session.saved_as(Path("mine.json"))
    assert session.state.saved == session.state.experiment
    assert session.state.path == Path("mine.json")


# --- undo and redo against a list of experiments -------------------------------------------

LOCATIONS = [FIRST, Location("weights", 1), RATE, EPOCHS, Location("samples", 0, "x")]
BACKWARDS = Experiment(epochs=2, algorithm="front_to_back")


@lru_cache
def trained(experiment: Experiment) -> bytes:
    """Return the losses bit for bit: NaN equals no NaN."""
    return array("d", train(experiment).losses).tobytes()


class Edits(RuleBasedStateMachine):
    """A session beside two plain lists: what was before, and what was taken back."""

    def __init__(self) -> None:
        super().__init__()
        self.session = Session(Look())
        self.heard: list[State] = []
        self.session.changed.connect(self.heard.append)
        self.past: list[Experiment] = []
        self.now = Experiment()
        self.future: list[Experiment] = []
        self.typing: Location | None = None

    def teardown(self) -> None:
        self.session.close()
        self.session.deleteLater()

    def _edited(self, wanted: Experiment, location: Location | None) -> None:
        if wanted == self.now:
            return
        if location is None or location != self.typing:
            self.past.append(self.now)
        self.now, self.typing = wanted, location
        if self.past[-1] == wanted:  # typed back to where it began
            self.past.pop()
            self.typing = None
        self.future.clear()

    @rule(location=st.sampled_from(LOCATIONS), value=st.sampled_from([1, 2, 3]))
    def types(self, location: Location, value: int) -> None:
        self.heard.clear()
        if location.field == "weights":
            row = location.row or 0
            weights = [*self.now.weights]
            weights[row] = value
            wanted = replace(self.now, weights=tuple(weights))
        elif location.field == "samples":
            first = replace(self.now.samples[0], x=value)
            wanted = replace(self.now, samples=(first, *self.now.samples[1:]))
        else:
            wanted = replace(self.now, **{location.field: value})
        self._edited(wanted, location)
        self.session.change(location, value)
        assert len(self.heard) <= 1

    @rule(location=st.sampled_from([RATE, EPOCHS]))
    def types_nonsense(self, location: Location) -> None:
        if location == self.typing and self.past:
            self.now, self.typing = self.past.pop(), None
        self.session.change(location, -1)
        assert location in self.session.state.faults

    @rule()
    def leaves_the_field(self) -> None:
        self.typing = None
        self.session.settle()

    @rule(experiment=st.sampled_from([Experiment(epochs=2), FIRST_LISTING, BACKWARDS]))
    def puts_another_in_its_place(self, experiment: Experiment) -> None:
        self.heard.clear()
        self._edited(experiment, None)
        self.session.replace_experiment(experiment)
        assert len(self.heard) <= 1

    @rule(index=st.integers(0, 100))
    def seeks(self, index: int) -> None:
        self.session.seek(index)

    @rule()
    def undoes(self) -> None:
        self.heard.clear()
        if self.past:
            self.future.append(self.now)
            self.now, self.typing = self.past.pop(), None
        self.session.undo()
        assert len(self.heard) <= 1

    @rule()
    def redoes(self) -> None:
        self.heard.clear()
        if self.future:
            self.past.append(self.now)
            self.now, self.typing = self.future.pop(), None
        self.session.redo()
        assert len(self.heard) <= 1

    @invariant()
    def agrees_with_the_lists(self) -> None:
        state = self.session.state
        assert state.experiment == state.run.experiment == self.now
        assert (state.can_undo, state.can_redo) == (bool(self.past), bool(self.future))
        assert all(heard.experiment == heard.run.experiment for heard in self.heard)
        assert array("d", state.run.losses).tobytes() == trained(self.now)
        assert 0 <= state.index <= state.last
        assert repr(state.moment) == repr(moment_at(state.run, state.index))  # for NaN


Edits.TestCase.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)
TestEdits = pytest.mark.usefixtures("qapp")(Edits.TestCase)


def test_what_can_be_undone_changes_something(session: Session) -> None:
    session.change(FIRST, 0.5)
    session.change(FIRST, 0.2333)  # typed back
    assert session.state.experiment == Experiment()
    before = session.state.experiment
    if session.state.can_undo:
        session.undo()
        assert session.state.experiment != before


# --- long trainings ------------------------------------------------------------------------

LONG = 150_000


@pytest.fixture
def gates(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[int, threading.Event]]:
    """Trainings in the worker that wait for their gate, by epochs; they can't be cancelled."""
    opened = {epochs: threading.Event() for epochs in range(1, 10)}

    def gated(
        experiment: Experiment,
        progress: Callable[[int], None],
        cancelled: Callable[[], bool],
        grown: Callable[[Run], None],
    ) -> Run:
        assert not cancelled() or experiment.epochs > 1
        progress(0)
        progress(experiment.updates // 2)
        if experiment.epochs > 6:
            grown(train(replace(experiment, epochs=experiment.epochs - 6)))
        assert opened[experiment.epochs].wait(20)
        progress(experiment.updates)
        return train(experiment)

    monkeypatch.setattr(training_module, "AT_ONCE", 0)
    monkeypatch.setattr("gui.state.worker.train", gated)
    yield opened
    for gate in opened.values():
        gate.set()


def test_a_long_training_goes_on_beside(session: Session, heard: list[State], qtbot: QtBot) -> None:
    old = session.state.run
    session.seek(30)
    session.change(EPOCHS, LONG)
    assert (session.state.run, session.state.index, session.state.progress) == (old, 30, 0.0)
    assert session.state.experiment.epochs == LONG
    session.seek(40)
    assert session.state.moment == moment_at(old, 40)
    qtbot.waitUntil(lambda: session.state.progress is None, timeout=30_000)
    assert session.state.run.experiment == Experiment(epochs=LONG)
    assert session.state.index == 40
    assert session.state.run.losses == train(Experiment(epochs=LONG)).losses
    shares = [s.progress for s in heard if s.progress is not None]
    assert shares == sorted(shares)
    assert 0 <= shares[0] <= shares[-1] <= 1
    runs = [s.run.experiment.epochs for s in heard if s.run is not old]
    assert runs == sorted(runs), "it grows"
    assert runs.count(LONG) == 1, "the finished run is announced once"


def test_seeking_while_it_trains(
    session: Session, gates: dict[int, threading.Event], qtbot: QtBot
) -> None:
    session.change(EPOCHS, 1)
    qtbot.waitUntil(lambda: session.state.progress == 0.5)
    session.seek(13 + 4)
    assert (session.state.index, session.state.run.experiment.epochs) == (17, 240)
    assert session.state.progress == 0.5
    gates[1].set()
    qtbot.waitUntil(lambda: session.state.progress is None)
    assert (session.state.index, session.state.run.experiment.epochs) == (17, 1)


def test_a_stale_answer_is_dropped(
    session: Session, heard: list[State], gates: dict[int, threading.Event], qtbot: QtBot
) -> None:
    session.change(EPOCHS, 1)
    qtbot.waitUntil(lambda: session.state.progress == 0.5)
    session.change(EPOCHS, 2)
    assert (session.state.experiment.epochs, session.state.progress) == (2, 0.0)
    gates[1].set()  # its answer comes now, too late
    qtbot.waitUntil(lambda: session.state.progress == 0.5)
    assert session.state.run.experiment.epochs == 240
    gates[2].set()
    qtbot.waitUntil(lambda: session.state.progress is None)
    assert session.state.run.experiment.epochs == session.state.experiment.epochs == 2
    assert {s.run.experiment.epochs for s in heard} == {240, 2}


def test_cancelling_returns_to_the_old_experiment(
    session: Session, heard: list[State], gates: dict[int, threading.Event], qtbot: QtBot
) -> None:
    old = session.state.run
    session.change(EPOCHS, 3)
    qtbot.waitUntil(lambda: session.state.progress == 0.5)
    heard.clear()
    session.cancel()
    assert (session.state.run, session.state.progress) == (old, None)
    assert session.state.experiment == Experiment()
    assert len(heard) == 1
    gates[3].set()
    qtbot.wait(100)
    assert (session.state.run, session.state.progress) == (old, None)
    assert len(heard) == 1


def test_cancelling_takes_back_every_edit_that_waits_and_no_more(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.change(EPOCHS, 300)
    session.settle()
    monkeypatch.setattr(training_module, "AT_ONCE", 10_000)
    for text in ("9", "90", "900", "900000000"):
        session.change(EPOCHS, float(text))
    session.settle()
    session.change(RATE, 0.1)
    session.settle()
    for text in ("8", "80", "800000000"):
        session.change(EPOCHS, float(text))
    assert session.state.progress is not None
    session.cancel()
    assert session.state.progress is None
    assert session.state.experiment == session.state.run.experiment
    assert session.state.experiment == Experiment(epochs=300)
    session.undo()
    assert session.state.experiment == Experiment()
    assert not session.state.can_undo
    for _ in range(4):
        session.redo()
    assert session.state.experiment == Experiment(epochs=800_000_000, learning_rate=0.1)
    session.cancel()
    assert session.state.experiment == Experiment(epochs=300)


def test_cancelling_what_undo_asked_for_goes_back_to_what_was_there(session: Session) -> None:
    session.change(EPOCHS, 900_000_000)
    session.settle()
    session.open(Experiment((0.5,)), None)
    assert session.state.progress is None
    session.undo()
    assert session.state.progress is not None
    session.cancel()
    assert session.state.experiment == Experiment((0.5,))
    assert session.state.can_undo


def test_cancelling_nothing_does_nothing(session: Session, heard: list[State]) -> None:
    session.cancel()
    assert heard == []
    assert not session.state.can_undo


def test_a_growing_run_can_be_looked_at(
    session: Session, gates: dict[int, threading.Event], qtbot: QtBot
) -> None:
    session.seek(13 * 4 + 2)  # in the third epoch
    session.change(EPOCHS, 8)
    qtbot.waitUntil(lambda: session.state.run.experiment.epochs == 2)
    assert (session.state.progress, session.state.experiment.epochs) == (0.5, 8)
    assert session.state.index == session.state.last - 26 + 2
    session.step(3)
    assert session.state.moment.epoch == 2
    session.to_end()
    assert session.state.index == session.state.last == 13 * 4
    gates[8].set()
    qtbot.waitUntil(lambda: session.state.progress is None)
    assert (session.state.run.experiment.epochs, session.state.index) == (8, 13 * 4)


def test_a_place_that_a_growing_run_has_not_yet_is_reached_later(
    session: Session, gates: dict[int, threading.Event], qtbot: QtBot
) -> None:
    session.seek(13 * 9 + 2)
    session.change(EPOCHS, 8)
    qtbot.waitUntil(lambda: session.state.run.experiment.epochs == 2)
    gates[8].set()
    qtbot.waitUntil(lambda: session.state.progress is None)
    assert session.state.moment.epoch == 5


@pytest.mark.parametrize("how", ["cancel", "undo", "change"])
def test_leaving_a_growing_run_brings_the_finished_one_back(
    session: Session, gates: dict[int, threading.Event], qtbot: QtBot, how: str
) -> None:
    old = session.state.run
    session.seek(13 * 9 + 2)
    session.change(EPOCHS, 8)
    session.settle()
    qtbot.waitUntil(lambda: session.state.run.experiment.epochs == 2)
    if how == "cancel":
        session.cancel()
    elif how == "undo":
        session.undo()
    else:
        session.change(EPOCHS, 240)
    assert (session.state.run, session.state.progress) == (old, None)
    assert session.state.experiment == old.experiment
    assert session.state.index == 13 * 9 + 2
    gates[8].set()
    qtbot.wait(50)
    assert session.state.run is old


def test_the_time_left_is_told(session: Session, heard: list[State], qtbot: QtBot) -> None:
    session.change(EPOCHS, 500_000_000)
    qtbot.waitUntil(lambda: 0 < (session.state.time_left or 0) < 10_000, timeout=60_000)
    session.cancel()
    assert (session.state.time_left, session.state.progress) == (None, None)
    assert all(s.time_left is None for s in heard if s.progress is None)


def test_undo_ends_a_training(
    session: Session, gates: dict[int, threading.Event], qtbot: QtBot
) -> None:
    old = session.state.run
    session.change(EPOCHS, 4)
    qtbot.waitUntil(lambda: session.state.progress == 0.5)
    session.undo()
    assert (session.state.run, session.state.progress) == (old, None)
    assert session.state.can_redo
    session.redo()
    assert session.state.progress == 0.0
    gates[4].set()
    qtbot.waitUntil(lambda: session.state.progress is None)
    assert session.state.run.experiment.epochs == 4


def test_a_small_edit_ends_a_long_training(session: Session, qtbot: QtBot) -> None:
    session.change(EPOCHS, 4_000_000)
    session.change(EPOCHS, 5)
    assert (session.state.progress, session.state.run.experiment.epochs) == (None, 5)
    with qtbot.assertNotEmitted(session.changed, wait=200):
        pass


def test_closing_ends_a_long_training(qtbot: QtBot) -> None:
    session = Session(Look())
    session.change(EPOCHS, 4_000_000)
    session.close()
    qtbot.waitUntil(lambda: not training_threads(), timeout=30_000)


def test_a_training_may_outlive_its_window(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on, began = threading.Event(), threading.Event()

    def slow(experiment: Experiment, **_callbacks: object) -> Run:
        began.set()
        go_on.wait(30)
        return train(experiment)

    monkeypatch.setattr("gui.state.worker.train", slow)
    parent = QObject()
    session = Session(Look(), parent)
    session.change(EPOCHS, 4_000)
    assert began.wait(30)
    session.close()
    shiboken6.delete(parent)
    del session, parent
    gc.collect()
    go_on.set()
    qtbot.waitUntil(lambda: not training_threads(), timeout=30_000)
    qtbot.wait(10)


def training_threads() -> list[str]:
    names = [thread.name for thread in threading.enumerate()]
    return [name for name in names if name.startswith("training")]


@pytest.mark.parametrize("wrong", [-1.0, float("nan"), "1/2"])
def test_a_text_that_is_refused_takes_its_beginning_back(session: Session, wrong: object) -> None:
    session.change(RATE, 1.0)  # "1" on the way to "1/2"
    session.change(RATE, wrong)
    assert RATE in session.state.faults
    assert session.state.experiment == session.state.run.experiment == Experiment()
    assert not session.state.can_undo


def test_undo_of_a_file_goes_back_to_where_one_stood(session: Session) -> None:
    session.seek(777)
    session.open(BACKWARDS, None)
    session.seek(5)
    session.undo()
    assert (session.state.experiment, session.state.index) == (Experiment(), 777)
    session.redo()
    assert (session.state.experiment, session.state.index) == (BACKWARDS, 5)


def test_a_field_whose_row_is_gone_changes_nothing(session: Session, heard: list[State]) -> None:
    """Its editing may end only when it is taken away."""
    before = session.state
    for location in (Location("weights", 3), Location("samples", 2, "x"), Location("biases", 0)):
        session.change(location, 1.0)
    assert session.state == before
    assert heard == []
