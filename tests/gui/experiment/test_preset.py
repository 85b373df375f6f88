"""What to look for: the preset's sentence, at the top of the editor while it is true."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from engine import Experiment, Sample, train
from engine.presets import OPENING, PRESETS, Preset
from gui.experiment.view import ExperimentView, PresetSection
from gui.language import speech
from gui.state import Look, State
from gui.theme import THEMES
from tests.gui.screen import popups, settle

OWN = replace(OPENING, learning_rate=0.06)


def state_of(
    experiment: Experiment, saved: Experiment | None = None, look: Look | None = None
) -> State:
    run = train(replace(experiment, epochs=min(2, experiment.epochs)))
    return State(run, 0, experiment, look or Look(theme="light"), saved=saved or experiment)


def seen(widget: QWidget) -> list[str]:
    """Return the texts that can be read."""
    labels = widget.findChildren(QLabel)
    return [label.text() for label in labels if label.isVisibleTo(widget.window())]


@pytest.fixture
def section(qapp: QApplication) -> Iterator[PresetSection]:
    """The section in a window that is never shown."""
    assert qapp is not None
    window = QWidget()
    yield PresetSection(window)
    window.deleteLater()


def present(section: PresetSection, state: State) -> None:
    look = state.look
    section.present(state, speech(look.language), THEMES[look.palette])


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_preset_says_what_to_look_for(
    section: PresetSection, preset: Preset, language: str
) -> None:
    say = speech(language)
    present(section, state_of(preset.experiment, look=Look(language=language, theme="light")))
    assert seen(section) == [say("What to look for"), say(preset.sentence)]


def test_an_edited_preset_says_only_where_it_came_from(section: PresetSection) -> None:
    present(section, state_of(OWN, saved=OPENING))
    assert seen(section) == ["Your own experiment", "Started from “The article: learn e = −x”."]
    present(section, state_of(OPENING))
    assert seen(section)[0] == "What to look for"


@pytest.mark.parametrize("saved", [OWN, None])
def test_an_experiment_of_ones_own_says_nothing(
    section: PresetSection, saved: Experiment | None
) -> None:
    present(section, state_of(OPENING))
    present(section, replace(state_of(OWN), saved=saved))
    assert seen(section) == []
    labels = [label.text() for label in section.findChildren(QLabel)]
    assert not {PRESETS[0].sentence} & {*labels}, "nothing of before is left"


def test_edited_into_another_preset_it_is_that_one(section: PresetSection) -> None:
    present(section, state_of(PRESETS[1].experiment, saved=OPENING))
    assert seen(section)[1] == PRESETS[1].sentence


def settle_rows() -> None:
    """Let rows that came or went ask for their height, and the panel give it to them."""
    for _ in range(3):
        settle()


def height_of(field: QWidget) -> int:
    """Return how far down on the screen a field stands."""
    return field.mapToGlobal(QPoint()).y()


@popups
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_sentence_can_be_read_whole_and_nothing_moves_when_it_goes(
    qtbot: QtBot, theme: str, language: str
) -> None:
    look = Look(language=language, theme=theme)
    view = ExperimentView()
    qtbot.addWidget(view)
    view.present(state_of(OWN, look=look))
    view.show()
    settle_rows()
    least = view.minimumWidth()
    view.resize(least, 700)
    field = view.findChild(QWidget, "learning_rate")
    assert field is not None
    for preset in PRESETS[:1] + PRESETS[-2:]:
        view.present(state_of(preset.experiment, look=look))
        settle_rows()
        label = view.findChild(QLabel, "what to look for")
        assert label is not None
        assert label.isVisible()
        assert label.height() >= label.heightForWidth(label.width())
        assert label.width() <= view.viewport().width()
        before = height_of(field)
        edited = replace(preset.experiment, learning_rate=0.012)
        view.present(state_of(edited, saved=preset.experiment, look=look))
        settle_rows()
        assert not label.isVisible()
        assert height_of(field) == before
    assert view.minimumWidth() == least, "the paragraph asks for no width of its own"


def test_many_rows_do_not_hide_it(section: PresetSection) -> None:
    long = Experiment(weights=(0.1,) * 64, samples=(Sample(1, 1),) * 64, epochs=1)
    present(section, state_of(long, saved=OPENING))
    assert seen(section)[0] == "Your own experiment"
