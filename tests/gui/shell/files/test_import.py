"""Tables into the window: chosen, or dropped; a preview where something had to be guessed."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFileDialog,
    QLabel,
    QMessageBox,
    QPushButton,
    QToolTip,
)

from engine import Experiment
from engine.files.experiment_file import to_json
from gui.shell.app import Chainstep
from gui.shell.files.preview.dialog import TablePreviewDialog
from gui.widgets.choice import Choice
from gui.widgets.number_field import NumberField
from tests.gui.listening import Text, interface
from tests.gui.screen import LEFT, NONE, button, click, drop, fields, popups, press, settle

pytestmark = popups
OPENING = ["1", "−1", "−1", "1"]


@pytest.fixture(autouse=True)
def _no_dialog_stays(program: Chainstep) -> Iterator[None]:
    yield
    for dialog in program.window.findChildren(TablePreviewDialog):
        dialog.close()
    settle()


def dialog(program: Chainstep) -> TablePreviewDialog | None:
    found = [d for d in program.window.findChildren(TablePreviewDialog) if d.isVisible()]
    return found[0] if found else None


def told(program: Chainstep) -> str:
    boxes = [b for b in program.window.findChildren(QMessageBox) if b.isVisible()]
    assert len(boxes) == 1
    text = boxes[0].text()
    press(program, "Esc")
    return text


def dropped(program: Chainstep, path: Path, content: str | bytes) -> TablePreviewDialog | None:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert drop(program, path)
    return dialog(program)


W = TypeVar("W", QCheckBox, QLabel, QPushButton, Choice)


def part(shown: TablePreviewDialog, kind: type[W], name: str) -> W:
    found = shown.findChild(kind, name)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "x,target\n2,3\n4,½\n"),
        ("a.txt", "2\t3\n4\t0.5\n"),
        ("a.dat", "2 3\n4 0.5\n"),
        ("a", "2;3\n4;0.5\n"),
        ("A.CSV", "输入,目标值\n２,３\n４,1/2\n"),
    ],
)
def test_a_plain_table_goes_straight_in_and_can_be_undone(
    program: Chainstep, tmp_path: Path, name: str, content: str
) -> None:
    assert dropped(program, tmp_path / name, content) is None
    assert fields(program, "samples") == ["2", "3", "4", "0.5"]
    press(program, "Ctrl+Z")
    assert fields(program, "samples") == OPENING
    assert (tmp_path / name).exists()


def test_the_button_takes_a_table_too(
    program: Chainstep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "a.csv"
    table.write_text("1,2\n")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(table), ""))
    program.parts.experiment.ensureWidgetVisible(button(program, "import samples"))
    click(button(program, "import samples"))
    assert fields(program, "samples") == ["1", "2"]


def test_an_experiment_is_told_from_a_table_by_its_content(
    program: Chainstep, tmp_path: Path
) -> None:
    path = tmp_path / "experiment.txt"
    dropped(program, path, to_json(Experiment(weights=(0.25,))))
    assert fields(program, "weights") == ["0.25"]
    dropped(program, tmp_path / "table.json", "1,2\n")
    assert "table.json" in told(program)


@pytest.mark.parametrize(
    ("content", "samples"),
    [
        ("Zeit;Wert\n0,5;1.200,50\n", ["0.5", "1200.5"]),
        (",a,b\n0,1,2\n1,3,4\n", ["1", "2", "3", "4"]),
        ("输入,目标值\r\n1,-1\r\n".encode("gbk"), ["1", "−1"]),
        ("1,2,3\n4,5,6\n", ["1", "2", "4", "5"]),
    ],
)
def test_what_had_to_be_guessed_is_shown_first(
    program: Chainstep, tmp_path: Path, content: str | bytes, samples: list[str]
) -> None:
    shown = dropped(program, tmp_path / "a.csv", content)
    assert shown is not None
    assert "a.csv" in shown.windowTitle()
    assert fields(program, "samples") == OPENING
    click(part(shown, QPushButton, "take samples"))
    assert dialog(program) is None
    assert fields(program, "samples") == samples
    program.window.activateWindow()
    press(program, "Ctrl+Z")
    assert fields(program, "samples") == OPENING


def test_escape_takes_nothing(program: Chainstep, tmp_path: Path) -> None:
    assert dropped(program, tmp_path / "a.csv", "a,b\n1,2\n")
    press(program, "Esc")
    assert dialog(program) is None
    assert fields(program, "samples") == OPENING


def test_the_keyboard_alone_answers_and_takes(program: Chainstep, tmp_path: Path) -> None:
    shown = dropped(program, tmp_path / "a.csv", '"1,200","2,400"\n900,800\n')
    assert shown is not None
    take = part(shown, QPushButton, "take samples")
    assert interface(take).state().disabled
    press(program, "Tab", "Tab", "Tab")
    assert QApplication.focusWidget() is part(shown, Choice, "preview signs")
    press(program, *["Up"] * 6)
    assert part(shown, Choice, "preview signs").currentText() == "1,234.5"
    assert not interface(take).state().disabled
    press(program, *["Tab"] * 4)
    assert QApplication.focusWidget() is take
    press(program, "Return")
    assert fields(program, "samples") == ["1200", "2400", "900", "800"]


def test_a_line_with_a_fault_is_marked_and_may_be_left_out(
    program: Chainstep, tmp_path: Path
) -> None:
    shown = dropped(program, tmp_path / "a.csv", "x,target\n1,2\n3,three\n")
    assert shown is not None
    take, leave = part(shown, QPushButton, "take samples"), part(shown, QCheckBox, "leave out")
    assert interface(take).state().disabled
    why = part(shown, QLabel, "preview summary").text()
    assert "leave these lines out" in why
    # Whoever comes there by keys reads why it can't be pressed.
    leave.setFocus()
    QTest.keyClick(leave, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is take
    QTest.keyClick(take, Qt.Key.Key_Space)
    assert QToolTip.text() == why
    assert interface(take).text(Text.Description) == why
    click(take)
    assert shown.isVisible()
    assert fields(program, "samples") == OPENING
    QTest.keyClick(leave, Qt.Key.Key_Space)
    assert part(shown, QLabel, "preview summary").text() == "Samples: 1"
    click(take)
    assert fields(program, "samples") == ["1", "2"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04xl/workbook.xml", "spreadsheet"),
        (b"\x00\x01\x02", "not text"),
        (b"", "no row of numbers"),
        (b'1,2\n"3,4\n', "Line 2 has a quotation mark"),
        (b"1,2\n" * 65, "at most 64"),
        (b"1,2\n" * 300_000, "larger than"),
    ],
)
def test_what_is_no_table_is_a_sentence(
    program: Chainstep, tmp_path: Path, content: bytes, words: str
) -> None:
    assert dropped(program, tmp_path / "a.csv", content) is None
    text = told(program)
    assert words in text
    assert "a.csv" in text
    assert fields(program, "samples") == OPENING


def test_folders_several_files_and_missing_ones_are_sentences(
    program: Chainstep, tmp_path: Path
) -> None:
    table = tmp_path / "a.csv"
    table.write_text("1,2\n")
    assert drop(program, table, table)
    assert "one file" in told(program)
    assert drop(program, tmp_path)
    assert "directory" in told(program)
    assert drop(program, tmp_path / "none.csv")
    assert "No such file" in told(program)
    os.mkfifo(tmp_path / "pipe")
    assert drop(program, tmp_path / "pipe")
    assert "a device or a pipe" in told(program)
    assert fields(program, "samples") == OPENING


def test_a_drop_copies_even_if_it_was_meant_to_move(program: Chainstep, tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text("5,6\n")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(table))])
    action, where = Qt.DropAction, QPoint(400, 300)
    offered = action.MoveAction | action.CopyAction
    for event in (
        QDragEnterEvent(where, offered, data, LEFT, NONE),
        QDragMoveEvent(where, offered, data, LEFT, NONE),
        QDropEvent(QPointF(where), offered, data, LEFT, NONE),
    ):
        event.setDropAction(action.MoveAction)
        QApplication.sendEvent(program.window, event)
        assert event.isAccepted()
        assert event.dropAction() is action.CopyAction
    assert fields(program, "samples") == ["5", "6"]
    assert not any(f.acceptDrops() for f in program.window.findChildren(NumberField))
