"""Experiments into files and out of them; what fails says so and changes nothing."""

import errno
import os
from pathlib import Path
from typing import NoReturn

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from engine import Experiment, Sample
from engine.files.experiment_file import load, save
from engine.presets import FIRST_LISTING, preset_named
from gui.panels.map.canvas import Canvas
from gui.panels.map.view import MapView
from gui.shell.app import Chainstep
from gui.widgets.button import Button
from tests.gui.screen import (
    button,
    drop,
    enter,
    fields,
    formula,
    place,
    popups,
    press,
    settle,
    speak,
    take,
    texts,
)

MINE = Experiment(weights=(0.25, 0.5), epochs=7)
OPENING = ["0.2333", "−0.233", "−0.52133"]

pytestmark = popups


class Chooser:
    """Answers the file dialogs: with `path`, or as somebody who cancels."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.path: Path | None = None
        self.asked: list[str] = []
        for name in ("getSaveFileName", "getOpenFileName"):
            monkeypatch.setattr(QFileDialog, name, self._answer)

    def _answer(self, _parent: object, title: str, *_rest: object) -> tuple[str, str]:
        self.asked.append(title)
        return (str(self.path) if self.path else "", "")


@pytest.fixture
def chooser(monkeypatch: pytest.MonkeyPatch) -> Chooser:
    return Chooser(monkeypatch)


def message(program: Chainstep) -> str:
    """Return the sentence of the message box that stands there; close the box."""
    boxes = [b for b in program.window.findChildren(QMessageBox) if b.isVisible()]
    assert len(boxes) == 1
    text = f"{boxes[0].text()} {boxes[0].informativeText()}"
    press(program, "Esc")
    settle()
    assert not boxes[0].isVisible()
    return text


def no_message(program: Chainstep) -> bool:
    return not any(b.isVisible() for b in program.window.findChildren(QMessageBox))


def test_save_asks_where_and_then_remembers(
    program: Chainstep, chooser: Chooser, tmp_path: Path
) -> None:
    assert program.window.windowTitle() == "The article: learn e = −x – Chainstep"
    enter(program, "weights[0]", "0,5")
    assert program.window.windowTitle() == "• An experiment of your own – Chainstep"
    press(program, "Ctrl+S")
    assert chooser.asked == ["Save the experiment"]
    assert program.window.windowTitle().startswith("• ")
    chooser.path = tmp_path / "mine.json"
    press(program, "Ctrl+S")
    assert load(chooser.path) == Experiment(weights=(0.5, -0.233, -0.52133))
    assert program.window.windowTitle() == "mine – Chainstep"
    enter(program, "epochs", "9")
    assert program.window.windowTitle() == "• mine – Chainstep"
    press(program, "Ctrl+S")
    assert len(chooser.asked) == 2
    assert load(chooser.path).epochs == 9
    assert program.window.windowTitle() == "mine – Chainstep"
    press(program, "Ctrl+Z")
    assert program.window.windowTitle() == "• mine – Chainstep"


def test_save_as_gives_a_name_without_an_ending_one(
    program: Chainstep, chooser: Chooser, tmp_path: Path
) -> None:
    chooser.path = tmp_path / "other"
    press(program, "Ctrl+Shift+S")
    assert load(tmp_path / "other.chainstep") == Experiment()
    assert no_message(program)


def test_open_and_drop_show_the_file_from_its_first_step(
    program: Chainstep, chooser: Chooser, tmp_path: Path
) -> None:
    save(MINE, tmp_path / "a.json")
    save(FIRST_LISTING, tmp_path / "b.json")
    press(program, "Ctrl+Right", "Right")
    chooser.path = tmp_path / "a.json"
    press(program, "Ctrl+O")
    assert chooser.asked == ["Open an experiment"]
    assert fields(program, "weights") == ["0.25", "0.5"]
    assert place(program) == "Epoch 1 of 7 · sample 1 of 2 · step 0 of 9"
    assert program.window.windowTitle() == "a – Chainstep"
    press(program, "Right")
    assert drop(program, tmp_path / "b.json")
    assert place(program) == "Epoch 1 of 160 · sample 1 of 2 · step 0 of 13"
    assert program.window.windowTitle() == "b – Chainstep"
    press(program, "Ctrl+Z", "Ctrl+Z")
    assert fields(program, "weights") == OPENING


def test_a_cancelled_dialog_changes_nothing(program: Chainstep, chooser: Chooser) -> None:
    press(program, "Right")
    before = texts(program)
    press(program, "Ctrl+O", "Ctrl+S", "Ctrl+Shift+S")
    assert len(chooser.asked) == 3
    assert texts(program) == before


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", ""),
        ("", ""),
        ("[1, 2]", ""),
        ('{"weights": ["one"]}', ""),
        (None, "No such file or directory"),
    ],
    ids=["half", "empty", "list", "text", "missing"],
)
def test_a_broken_file_is_told_in_a_sentence_and_changes_nothing(
    program: Chainstep, chooser: Chooser, tmp_path: Path, content: str | None, words: str
) -> None:
    chooser.path = tmp_path / "broken.json"
    if content is not None:
        chooser.path.write_text(content, encoding="utf-8")
    enter(program, "weights[0]", "0.7")
    press(program, "Ctrl+Right", "Right")
    before = texts(program), formula(program)
    press(program, "Ctrl+O")
    told = message(program)
    assert words in told
    assert len(told) > 40
    assert told.endswith("Nothing was changed.")
    now = {n: t for n, t in texts(program).items() if "qt_msgbox" not in n}
    assert formula(program) == before[1]
    assert {t for t in before[0].values()} <= set(now.values())  # noqa: C416
    assert fields(program, "weights") == ["0.7", *OPENING[1:]]


def test_a_broken_file_is_told_in_chinese_too(program: Chainstep, tmp_path: Path) -> None:
    speak(program, "zh_CN")
    path = tmp_path / "wrong.json"
    path.write_text('{"format": "something"}', encoding="utf-8")
    drop(program, path)
    assert message(program).endswith("窗口内容未改变。")


def test_what_can_not_be_shown_is_refused(program: Chainstep, tmp_path: Path) -> None:
    save(Experiment(weights=[0.5] * 65), tmp_path / "long.json")
    before = place(program)
    drop(program, tmp_path / "long.json")
    assert "The number of layers: the window shows at most 64, not 65." in message(program)
    assert place(program) == before
    assert program.window.windowTitle() == "The article: learn e = −x – Chainstep"


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no Unix permissions")
def test_a_place_that_can_not_be_written_is_told(
    program: Chainstep, chooser: Chooser, tmp_path: Path
) -> None:
    chooser.path = tmp_path / "no such folder" / "a.json"
    enter(program, "weights[0]", "0.7")
    press(program, "Ctrl+S")
    told = message(program)
    assert "No such file or directory" in told
    assert "None" not in told
    assert program.window.windowTitle().startswith("• ")


def test_a_folder_is_refused_like_any_broken_file(program: Chainstep, tmp_path: Path) -> None:
    if drop(program, tmp_path):
        assert "directory" in message(program)
    assert fields(program, "weights") == OPENING


def test_new_and_the_first_listing(program: Chainstep) -> None:
    press(program, "Ctrl+Right")
    take(program, "The article’s first listing")
    assert place(program) == "Epoch 1 of 160 · sample 1 of 2 · step 0 of 13"
    assert program.window.windowTitle() == "The article’s first listing – Chainstep"
    press(program, "Ctrl+N")
    assert place(program) == "Epoch 1 of 240 · sample 1 of 2 · step 0 of 13"
    assert program.window.windowTitle() == "The article: learn e = −x – Chainstep"
    press(program, "Ctrl+Z")
    assert "of 160" in place(program)
    assert program.window.windowTitle() == "The article’s first listing – Chainstep"


def test_new_forgets_the_file(program: Chainstep, chooser: Chooser, tmp_path: Path) -> None:
    save(MINE, tmp_path / "a.json")
    drop(program, tmp_path / "a.json")
    press(program, "Ctrl+N")
    press(program, "Ctrl+S")
    assert chooser.asked
    assert load(tmp_path / "a.json") == MINE


def test_opening_clears_faults(program: Chainstep, tmp_path: Path) -> None:
    enter(program, "weights[0]", "x")
    save(MINE, tmp_path / "a.json")
    drop(program, tmp_path / "a.json")
    assert fields(program, "weights") == ["0.25", "0.5"]


def test_new_takes_a_faulty_text_away(program: Chainstep) -> None:
    enter(program, "weights[0]", "x")
    press(program, "Ctrl+N")
    assert fields(program, "weights") == OPENING


def test_undo_past_an_open_is_of_the_file_no_more(program: Chainstep, tmp_path: Path) -> None:
    save(MINE, tmp_path / "a.json")
    drop(program, tmp_path / "a.json")
    press(program, "Ctrl+Z")
    assert fields(program, "weights") == OPENING
    assert not program.window.windowTitle().startswith("a ")


# --- the run beside a preset ---------------------------------------------------------------

RATES, FRAMEWORK = preset_named("rates"), preset_named("framework")


def reference(program: Chainstep) -> Experiment | None:
    kept = program.session.state.reference
    return kept.experiment if kept else None


def test_a_preset_brings_what_stands_beside_it_and_takes_it_away(program: Chainstep) -> None:
    assert reference(program) is None
    take(program, RATES.title)
    assert reference(program) == RATES.beside
    enter(program, "learning_rate", "0.6")
    assert reference(program) == RATES.beside, "an edit is compared with it as well"
    take(program, FRAMEWORK.title)
    assert reference(program) == FRAMEWORK.beside
    press(program, "Ctrl+N")
    assert reference(program) is None


def test_undo_and_redo_bring_it_as_well(program: Chainstep) -> None:
    take(program, RATES.title)
    enter(program, "epochs", "9")
    press(program, "Ctrl+Z", "Ctrl+Z")
    assert reference(program) is None
    press(program, "Ctrl+Shift+Z")
    assert reference(program) == RATES.beside
    press(program, "Ctrl+Shift+Z")
    assert fields(program, "epochs") == ["9"]
    assert reference(program) == RATES.beside


def test_a_kept_run_stays_when_nothing_else_comes(program: Chainstep) -> None:
    program.session.keep_reference()
    for title in ("The article’s first listing", "A dead ReLU"):
        take(program, title)
        assert reference(program) == Experiment()
    take(program, RATES.title)
    assert reference(program) == RATES.beside
    program.session.keep_reference()
    press(program, "Ctrl+N")
    assert reference(program) == RATES.experiment


def test_a_dropped_one_stays_away(program: Chainstep) -> None:
    take(program, RATES.title)
    program.session.drop_reference()
    enter(program, "epochs", "9")
    press(program, "Ctrl+Z")
    assert reference(program) is None
    press(program, "Ctrl+N")
    assert reference(program) is None


def test_a_preset_out_of_a_file_has_it_too(program: Chainstep, tmp_path: Path) -> None:
    save(RATES.experiment, tmp_path / "rates.json")
    drop(program, tmp_path / "rates.json")
    assert reference(program) == RATES.beside
    assert program.window.windowTitle() == "rates – Chainstep"
    assert RATES.sentence in texts(program).values()


def test_taking_a_preset_back_leaves_no_mark_of_an_edit(program: Chainstep) -> None:
    take(program, RATES.title)
    press(program, "Ctrl+Z")
    assert program.window.windowTitle() == "The article: learn e = −x – Chainstep"


def test_a_name_with_an_ampersand_is_shown_as_it_is(program: Chainstep, tmp_path: Path) -> None:
    save(MINE, tmp_path / "a & b.json")
    drop(program, tmp_path / "a & b.json")
    name = button(program, "document")
    assert name.accessibleName() == "a & b"
    assert name.toolTip().startswith("a & b\n")
    assert name.width() < 200


@pytest.mark.parametrize("kind", ["png", "npz", "csv"])
def test_the_map_is_saved_as_a_picture_or_as_its_numbers(
    program: Chainstep, chooser: Chooser, tmp_path: Path, qtbot: QtBot, kind: str
) -> None:
    program.session.set_look(panel="map")
    settle()
    panel = program.window.findChild(MapView)
    assert isinstance(panel, MapView)
    qtbot.waitUntil(lambda: panel.done, timeout=20_000)
    chooser.path = tmp_path / f"here.{kind}"
    next(b for b in panel.findChildren(Button) if b.text() == "Save…").click()
    assert chooser.asked == ["Save the map"]
    canvas = panel.findChild(Canvas)
    assert isinstance(canvas, Canvas)
    width, height = canvas.pixels
    if kind == "png":
        saved = QImage(str(chooser.path))
        assert saved.width() > width
        assert saved.height() > height
    elif kind == "npz":
        assert np.load(chooser.path)["final_loss"].shape == (height, width)
    else:
        lines = chooser.path.read_text().splitlines()
        assert len(lines) == 1 + width * height
        assert lines[0].startswith("w1,w2,final_loss")


def test_a_map_has_three_kinds_of_files(
    program: Chainstep, chooser: Chooser, tmp_path: Path, qtbot: QtBot
) -> None:
    program.session.set_look(panel="map")
    settle()
    panel = program.window.findChild(MapView)
    assert isinstance(panel, MapView)
    qtbot.waitUntil(lambda: panel.done, timeout=20_000)
    save = next(b for b in panel.findChildren(Button) if b.text() == "Save…")
    chooser.path = tmp_path / "map.jpeg"
    save.click()
    assert "map.jpeg must end in one of .png, .npz, .csv." in message(program)
    chooser.path = tmp_path / "map"
    save.click()
    assert (tmp_path / "map.png").exists()


# --- names and places ------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["lr0.05", "实验1.2", "v1.2.backup"])
def test_a_name_with_dots_gets_its_ending(
    program: Chainstep, chooser: Chooser, tmp_path: Path, name: str
) -> None:
    chooser.path = tmp_path / name
    press(program, "Ctrl+Shift+S")
    settle()
    assert [path.name for path in tmp_path.glob(f"{name}*")] == [f"{name}.chainstep"]
    assert program.session.state.path == tmp_path / f"{name}.chainstep"
    assert program.window.windowTitle().startswith(name)


@pytest.mark.parametrize("replaces", [False, True])
def test_what_has_that_name_with_its_ending_is_replaced_only_when_that_is_wanted(
    program: Chainstep,
    chooser: Chooser,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    replaces: bool,
) -> None:
    there = tmp_path / "lr0.05.chainstep"
    save(MINE, there)
    asked: list[str] = []

    def answer(_parent: object, _title: str, text: str) -> QMessageBox.StandardButton:
        asked.append(text)
        return getattr(QMessageBox.StandardButton, "Yes" if replaces else "No")

    monkeypatch.setattr(QMessageBox, "question", answer)
    chooser.path = tmp_path / "lr0.05"
    press(program, "Ctrl+Shift+S")
    settle()
    assert asked == ["lr0.05.chainstep is already there. Do you want to replace it?"]
    assert (load(there) == MINE) is not replaces


@pytest.mark.parametrize("keys", ["Ctrl+O", "Ctrl+Shift+S"])
def test_links_that_go_round_are_told(
    program: Chainstep, chooser: Chooser, tmp_path: Path, keys: str
) -> None:
    chooser.path = tmp_path / "one.json"
    chooser.path.symlink_to("two.json")
    (tmp_path / "two.json").symlink_to("one.json")
    press(program, keys)
    settle()
    assert "one.json: Too many levels of symbolic links" in message(program)


def test_a_file_that_is_read_only_is_told(
    program: Chainstep, chooser: Chooser, tmp_path: Path
) -> None:
    chooser.path = tmp_path / "kept.json"
    save(MINE, chooser.path)
    chooser.path.chmod(0o444)
    press(program, "Ctrl+Shift+S")
    settle()
    assert "kept.json: Permission denied (the file is read-only)" in message(program)
    assert load(chooser.path) == MINE


def test_a_pipe_does_not_stop_the_window(
    program: Chainstep, chooser: Chooser, tmp_path: Path
) -> None:
    chooser.path = tmp_path / "pipe"
    os.mkfifo(chooser.path)
    press(program, "Ctrl+O")
    settle()
    assert "a device or a pipe" in message(program)


@pytest.mark.parametrize("agrees", [False, True])
def test_a_file_that_can_not_be_replaced_is_overwritten_after_asking(
    program: Chainstep,
    chooser: Chooser,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    agrees: bool,
) -> None:
    chooser.path = tmp_path / "shared.json"
    save(MINE, chooser.path)
    monkeypatch.setattr("engine.files.writing._refuse_sticky", _barred)
    button = QMessageBox.StandardButton.Yes if agrees else QMessageBox.StandardButton.No
    monkeypatch.setattr(QMessageBox, "question", lambda *_: button)
    press(program, "Ctrl+Shift+S")
    settle()
    if not agrees:
        assert "shared.json: Operation not permitted" in message(program)
    assert no_message(program)
    assert (load(chooser.path) == MINE) is not agrees


def _barred(*_: object) -> NoReturn:
    raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))


def test_a_table_chosen_in_open_is_taken_as_samples(
    program: Chainstep, chooser: Chooser, tmp_path: Path
) -> None:
    table = tmp_path / "data.csv"
    table.write_text("0.5,-0.5\n2,-2\n", encoding="utf-8")
    weights = program.session.state.experiment.weights
    chooser.path = table
    press(program, "Ctrl+O")
    assert program.session.state.experiment.samples == (Sample(0.5, -0.5), Sample(2.0, -2.0))
    assert program.session.state.experiment.weights == weights
