"""Whatever a view asks for is done in one place."""

from typing import get_args

import pytest
from PySide6.QtWidgets import QApplication

from engine import Experiment, UserError
from engine.maps.trainability import axis, trainability
from engine.parameters import WEIGHT
from engine.quantities import Name, Quantity
from engine.user_error import Location
from gui.shell.app import Chainstep
from gui.shell.dispatch import Dispatcher
from gui.shell.window_parts import WindowParts
from gui.state import Look, State
from gui.state import intents as ask
from gui.state.session import Session
from tests.gui.screen import settle

NO = UserError("no")


def _no_window() -> WindowParts:
    raise AssertionError("a window was asked for")


class Asked:
    """A session without a window, and what is asked of it."""

    def __init__(self) -> None:
        self.session = Session(Look())
        self.act = Dispatcher(self.session, _no_window).act

    def state(self, *intents: ask.Intent) -> State:
        for intent in intents:
            self.act(intent)
        return self.session.state


@pytest.fixture
def asked(qapp: QApplication) -> Asked:
    assert qapp
    return Asked()


def test_places_and_edits(asked: Asked) -> None:
    assert asked.state(ask.Seek(7)).index == 7
    rate = Location("learning_rate")
    assert asked.state(ask.Edit(rate, 0.5)).experiment.learning_rate == 0.5
    assert asked.state(ask.Refuse(rate, NO)).faults == {rate: NO}
    other = Experiment(weights=(1.0, 2.0), epochs=3)
    assert asked.state(ask.Replace(other)).experiment == other


def test_an_edit_after_a_settled_one_is_undone_alone(asked: Asked) -> None:
    rate, first = Location("learning_rate"), asked.session.state.experiment.learning_rate
    asked.state(ask.Edit(rate, 0.5), ask.Settle(), ask.Edit(rate, 0.25))
    asked.session.undo()
    assert asked.session.state.experiment.learning_rate == 0.5
    asked.session.undo()
    asked.state(ask.Edit(rate, 0.5), ask.Edit(rate, 0.25))
    asked.session.undo()
    assert asked.session.state.experiment.learning_rate == first


def test_how_it_is_shown(asked: Asked) -> None:
    look = asked.state(ask.Show({"language": "zh_CN", "digits": 3})).look
    assert (look.language, look.digits, look.theme) == ("zh_CN", 3, Look().theme)
    weight, output = Name(Quantity.WEIGHT, 2), Name(Quantity.OUTPUT, 1)
    assert asked.state(ask.Point(weight)).pointed == weight
    assert asked.state(ask.Highlight(output)).lit == (output, weight)
    assert asked.state(ask.Point(None)).lit == (output,)
    assert asked.state(ask.Highlight(None)).lit == ()
    assert asked.state(ask.HoldKeys(holds=True)).typing
    assert asked.state(ask.Tell(NO)).notice is NO


def test_runs_to_compare_with(asked: Asked) -> None:
    run = asked.session.state.run
    assert asked.state(ask.KeepRun()).reference is run
    assert asked.state(ask.DropRun()).reference is None


def test_a_training_is_cancelled(asked: Asked) -> None:
    before = asked.session.state.experiment
    assert asked.state(ask.Edit(Location("epochs"), 10**9)).progress is not None
    after = asked.state(ask.CancelTraining())
    assert after.progress is None
    assert after.experiment == before
    asked.session.close()


def test_the_window_does_what_is_its_own(
    program: Chainstep, monkeypatch: pytest.MonkeyPatch
) -> None:
    act, documents = program._act, program.parts.documents
    done: list[object] = []
    monkeypatch.setattr(documents, "import_samples", lambda: done.append("import"))
    monkeypatch.setattr(documents, "export_map", done.append)
    act(ask.ImportSamples())
    plain = Experiment(epochs=1)
    seen = trainability(plain, axis(plain, "w1", -1, 1, 2), axis(plain, "w2", -1, 1, 2))
    act(ask.SaveMap(seen))
    assert done[0] == "import"
    assert done[1] is seen
    act(ask.EditParameter(WEIGHT.of(2)))
    settle()
    focus = program.window.focusWidget()
    assert focus is not None
    assert focus.objectName() == str(Location("weights", 1))
    act(ask.Do("next_step"))
    assert program.session.state.index == 1


def test_what_is_no_intent_is_an_error(asked: Asked) -> None:
    assert len(get_args(ask.Intent)) >= 16
    with pytest.raises(AssertionError):
        asked.act("seek 7")  # type: ignore[arg-type]
