"""File → Recent: what was open before is listed, whatever took its place, and comes back."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMenu

from engine import Experiment
from engine.files.experiment_file import load, save
from engine.presets import OPENING, preset_named
from gui.language import speech
from gui.shell.app import Chainstep
from gui.shell.files.recent import recent_picture
from gui.state import Past
from gui.state.record import Entry
from tests.gui.screen import (
    drop,
    enter,
    fields,
    menus,
    place,
    popups,
    press,
    settle,
    speak,
    take,
    texts,
)

pytestmark = popups


def menu(program: Chainstep) -> QMenu:
    return next(menu for menu in menus(program) if menu.title() in ("Recent", "最近打开"))


def listed(program: Chainstep) -> list[str]:
    settle()
    return [a.text() for a in menu(program).actions() if a.isEnabled() and a.text()][:-1]


def title(program: Chainstep) -> str:
    return program.window.windowTitle().removesuffix(" – Chainstep")


def test_at_first_nothing_is_listed(program: Chainstep) -> None:
    (only,) = menu(program).actions()
    assert (only.text(), only.isEnabled()) == ("Nothing was open before", False)


def test_new_open_presets_and_drops_list_what_was_there(program: Chainstep, tmp_path: Path) -> None:
    save(Experiment(epochs=3), tmp_path / "a & b.json")
    enter(program, "epochs", "7")
    press(program, "Ctrl+N")
    take(program, "A dead ReLU")
    drop(program, tmp_path / "a & b.json")
    press(program, "Ctrl+N")
    found = [text.split(", today ")[0] for text in listed(program)]
    assert found == ["a && b.json", "A dead ReLU", "The article: learn e = −x", "unsaved"]
    assert "3 layers · None (linear) · from “The article: learn e = −x”" in listed(program)[-1]


def test_what_was_there_comes_back_as_it_stood(program: Chainstep) -> None:
    enter(program, "epochs", "7")
    press(program, "Ctrl+Right", "Right")
    stood, named = place(program), title(program)
    press(program, "Ctrl+N")
    take(program, listed(program)[0])
    assert (place(program), title(program)) == (stood, named)
    assert named.startswith("• ")
    press(program, "Ctrl+Z")
    assert title(program) == "The article: learn e = −x"


def test_the_same_is_listed_once(program: Chainstep) -> None:
    for _ in range(3):
        take(program, "Ten layers")
        press(program, "Ctrl+N")
    assert [t.split(",")[0] for t in listed(program)] == ["Ten layers", "The article: learn e = −x"]


def test_undoing_past_an_open_lists_what_it_takes_away(program: Chainstep) -> None:
    press(program, "Ctrl+N")
    take(program, "Ten layers")
    enter(program, "epochs", "9")
    press(program, "Ctrl+Z", "Ctrl+Z")
    assert any(text.startswith("Ten layers") for text in listed(program))


def test_a_file_is_read_anew_and_edits_of_it_come_back(program: Chainstep, tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    save(Experiment(epochs=3), path)
    drop(program, path)
    enter(program, "epochs", "4")
    press(program, "Ctrl+N")
    assert listed(program)[0].startswith("mine.json, with changes that are not saved, today")
    take(program, listed(program)[0])
    assert (title(program), fields(program, "epochs")) == ("• mine", ["4"])
    press(program, "Ctrl+S", "Ctrl+N")
    save(Experiment(epochs=5), path)
    take(program, listed(program)[0])
    assert (title(program), fields(program, "epochs")) == ("mine", ["5"])


def test_of_a_file_that_is_gone_the_experiment_is_still_there(
    program: Chainstep, tmp_path: Path
) -> None:
    path = tmp_path / "mine.json"
    save(Experiment(epochs=3), path)
    drop(program, path)
    press(program, "Ctrl+N")
    path.unlink()
    take(program, listed(program)[0])
    assert fields(program, "epochs") == ["3"]
    assert title(program) == "• An experiment of your own"
    assert any("mine.json can no longer be read" in text for text in texts(program).values())
    press(program, "Ctrl+N")
    assert listed(program)[0].startswith("unsaved, today")
    assert not path.exists()


def test_the_list_can_be_cleared_and_speaks_chinese(program: Chainstep) -> None:
    enter(program, "epochs", "7")
    press(program, "Ctrl+N")
    speak(program, "zh_CN")
    assert listed(program)[0].startswith("未保存，今天 ")
    take(program, "清空列表")
    settle()
    assert [a.text() for a in menu(program).actions()] == ["没有最近打开的实验"]


NOW = datetime(2026, 3, 1, 14, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(), "unsaved, today 14:02"),
        (timedelta(hours=14), "unsaved, today 00:02"),
        (timedelta(hours=15), "unsaved, yesterday 23:02"),
        (timedelta(days=2), "unsaved, 2026-02-27 14:02"),
        (timedelta(days=-1), "unsaved, 2026-03-02 14:02"),
    ],
)
def test_when_it_was_left(ago: timedelta, words: str) -> None:
    document = Past(Experiment(weights=(0.5,), activation="tanh"), None, None, None)
    picture = recent_picture(Entry(document, (NOW - ago).timestamp()), NOW, speech("en"))
    assert picture.text == f"{words} · 1 layer · tanh"


def test_any_time_and_any_name_can_be_said() -> None:
    name = "n" * 200
    file = Past(OPENING, Path(f"/x/{name}.json"), OPENING, None)
    for time in (-1e300, -1.0, 1e18, 1e300):
        text = recent_picture(Entry(file, time), NOW, speech("en"))
        assert len(text.text) < 90
        assert name in text.hint


def test_saving_what_came_back_asks_for_no_name(program: Chainstep, tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    save(preset_named("tanh").experiment, path)
    drop(program, path)
    enter(program, "epochs", "4")
    take(program, "Ten layers")
    take(program, listed(program)[0])
    press(program, "Ctrl+S")
    assert load(path).epochs == 4
