"""Every step is said once, in a sentence; so is whatever else happens."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from engine import Experiment, train
from engine.user_error import Location
from gui.language.numbers import POINT, rounded
from gui.shell.app import Chainstep
from tests.gui.listening import Heard, a_reader_listens
from tests.gui.screen import enter, formula, press, settle, show_experiment, truth

RUN = train(Experiment())


@pytest.fixture
def heard(program: Chainstep, monkeypatch: pytest.MonkeyPatch) -> Iterator[Heard]:
    assert program.session.state.index == 0
    with a_reader_listens(monkeypatch) as heard:
        settle()
        heard.new()
        yield heard


def test_a_step_is_said_once_in_a_sentence(program: Chainstep, heard: Heard) -> None:
    for index in range(1, 14):
        press(program, "Right")
        (said,) = heard.new()
        assert said == formula(program) or index == 1
        assert said.endswith(formula(program))
    press(program, "Left")
    (said,) = heard.new()
    assert said == formula(program)
    assert said.endswith(" = −0.22675")
    press(program, "Shift+Right", "Right")
    _, said = heard.new()
    assert said.startswith("epoch 1, sample 2, step 1 of 13. Forward")


def test_nothing_is_said_of_what_is_no_step(program: Chainstep, heard: Heard) -> None:
    press(program, "Right")
    heard.new()
    program.session.set_look(theme="dark")
    program.session.highlight(program.session.state.moment.step.result)
    settle()
    assert heard.new() == []


def test_playing_is_said_when_it_pauses_and_where_an_epoch_begins(
    program: Chainstep, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.shell.announcing.announcer._APART", 0.0)
    program.session.seek(24)
    settle()
    heard.new()
    program.session._set(playing=True)
    for index in (25, 26):
        program.session.seek(index)
        settle()
    assert heard.new() == []
    program.session.seek(30)
    settle()
    assert heard.new() == [f"Epoch 2: loss {rounded(RUN.loss(2), 5, POINT)}"]
    program.session._set(playing=False)
    settle()
    (said,) = heard.new()
    assert said == f"epoch 2, sample 1, step 4 of 13. {formula(program)}"


def test_the_end_of_the_run_and_a_check_that_fails_are_said(
    program: Chainstep, heard: Heard
) -> None:
    press(program, "End")
    (said,) = heard.new()
    assert said.endswith(f"{truth(program)}.")
    program.session.replace_experiment(replace(Experiment(), algorithm="in_place"))
    press(program, "Home", "Shift+Right")
    assert "gradients do not match" in " ".join(heard.new())


def test_a_fault_of_a_field_is_said_and_the_run_once_typing_ends(
    program: Chainstep, heard: Heard
) -> None:
    enter(program, "weights[0]", "0.7x", end="")
    said = heard.new()
    assert len(said) == 1
    assert "0.7x" in said[0]
    fault = program.session.state.faults[Location("weights", 0)]
    assert fault is not None
    enter(program, "weights[0]", "0.75")
    assert heard.new()[-1] == f"{truth(program)}."


def test_a_training_is_said_when_it_begins_and_when_it_is_done(
    program: Chainstep, heard: Heard, tmp_path: Path, qtbot: QtBot
) -> None:
    show_experiment(program, tmp_path, replace(Experiment(), epochs=20_000))
    qtbot.waitUntil(lambda: program.session.state.progress is None)
    settle()
    said = heard.new()
    assert said[0] == "Training the new run: 0%"
    assert said[-1] == f"The training is done: {truth(program)}"


def test_who_does_not_listen_costs_nothing(
    program: Chainstep, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise AssertionError("nobody listens")

    monkeypatch.setattr("gui.shell.announcing.announcer.announcement", never)
    monkeypatch.setattr("gui.formula.picture.FormulaPicture.sentence", property(never))
    monkeypatch.setattr("gui.chain.view.summary", never)
    monkeypatch.setattr("gui.panels.chain_rule.picture.RowPicture.sentence", property(never))
    press(program, "Right", "Right", "Shift+Right")
