"""File → Export: steps as an animation and as a hand-out, with a way out."""

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage, QImageReader
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QProgressDialog,
    QWidget,
)

from engine.user_error import UserError
from gui.animation.steps import steps_between
from gui.shell.app import Chainstep
from gui.shell.files.steps_dialog import StepsDialog
from tests.gui.screen import popups, press

pytestmark = popups


def export(
    program: Chainstep, monkeypatch: pytest.MonkeyPatch, out: Path, **typed: str
) -> list[str]:
    """Choose the entry, type into the dialog, press Enter; return what it complained about."""
    told: list[str] = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, StepsDialog)
        told.append(dialog.findChild(QLineEdit, "steps from").text())
        told.append(dialog.findChild(QLineEdit, "steps to").text())
        for name, text in typed.items():
            if name != "part":
                dialog.findChild(QLineEdit, f"steps {name}").setText(text)
        dialog._choose(typed.get("part", "chain"))
        try:
            dialog._take()
        finally:
            if dialog.result() != QDialog.DialogCode.Accepted:
                labels = dialog.findChildren(QLabel)
                told.extend(one.text() for one in labels if one.text()[-1:] == ".")
                dialog.reject()

    QTimer.singleShot(0, answer)
    program.parts.actions[f"export steps{out.suffix}"].trigger()
    return told


def test_an_animation_of_this_sample(
    program: Chainstep, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    press(program, *["Right"] * 3)
    out = tmp_path / "steps.gif"
    assert export(program, monkeypatch, out, to="4", fps="2") == ["0", "13"]
    reader = QImageReader(str(out))
    assert reader.imageCount() == 5
    assert program.session.state.index == 3, "one stands where one stood"


def test_the_window_has_its_turns_while_steps_are_drawn(
    program: Chainstep, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Also before the bar is there, which short work never shows."""
    turns = QTimer()
    drawn: list[int] = []

    def grabbed(chain: QWidget) -> QImage:
        # What is before the first step is the time of the dialogs.
        if not drawn:
            turns.start(0)
        drawn.append(0)
        return chain.grab().toImage()

    def count() -> None:
        drawn[-1] += 1

    monkeypatch.setattr("gui.shell.files.steps.grabbed", grabbed)
    turns.timeout.connect(count)
    export(program, monkeypatch, tmp_path / "steps.gif", to="6")
    turns.stop()
    assert len(drawn) >= 7
    assert all(drawn[:-1]), drawn


@pytest.mark.parametrize("part", ["window", "chain"])
@pytest.mark.parametrize("kind", [".gif", ".pdf"])
def test_nothing_looks_as_if_it_can_be_dragged(
    program: Chainstep,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    handles: list[bool],
    kind: str,
    part: str,
) -> None:
    on_screen = handles.count(False)
    export(program, monkeypatch, tmp_path / f"steps{kind}", to="1", part=part)
    assert handles.count(False) - on_screen == (4 if kind == ".gif" else 2), "its colours first"


def test_a_hand_out_of_the_window(
    program: Chainstep, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    press(program, *["Right"] * 3)
    out = tmp_path / "steps.pdf"
    export(program, monkeypatch, out, to="2", part="window")
    assert out.read_bytes().startswith(b"%PDF-")
    assert program.session.state.index == 3


def test_wrong_steps_are_told_in_the_dialog(
    program: Chainstep, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for wrong in ({"from": "9", "to": "3"}, {"to": "1e999"}, {"from": "-1e999"}, {"to": "1e308"}):
        told = export(program, monkeypatch, tmp_path / "steps.gif", **wrong)
        assert "The steps go from 0 to 6240" in told[-1]
        assert len(told[-1]) < 400
    assert not list(tmp_path.glob("steps*"))
    with pytest.raises(UserError):
        steps_between(9, 3, 6240)


def test_it_can_be_stopped_and_then_writes_nothing(
    program: Chainstep, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(QProgressDialog, "wasCanceled", lambda _self: True)
    for kind in (".gif", ".pdf"):
        export(program, monkeypatch, tmp_path / f"steps{kind}")
    assert not list(tmp_path.glob("steps*"))
    assert program.session.state.index == 0
