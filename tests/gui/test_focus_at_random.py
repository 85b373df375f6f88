"""The focus never falls into nothing, whatever is pressed in lessons, practice, dialogs."""

import random

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget

from gui.shell.app import Chainstep
from gui.shell.lessons.shelf import ours
from tests.gui.screen import popups, settle

pytestmark = popups

WALKING = ("Tab",) * 5 + ("Shift+Tab",) * 3 + ("F6", "Shift+F6", "Esc", "Return", "Space")
LEARNING = ("Ctrl+PgDown",) * 3 + (
    "Ctrl+PgUp",
    "F3",
    "1",
    "2",
    "Right",
    "Left",
    "Down",
    "Ctrl+Return",
)
PRACTISING = ("Right", "Right", "F3", "Ctrl+T", "7")
PRESENTING = ("F5", "V", "A", "R", "C", "PgDown", "PgUp")
DIALOGS = ("Ctrl+G", "Ctrl+P", "Ctrl+B", "F1", "Ctrl+L")


def window(program: Chainstep) -> QWidget:
    """Return what has the keys: a menu, a dialog, what a class sees, or the window."""
    over = QApplication.activePopupWidget() or QApplication.activeModalWidget()
    return over or program.parts.presentation.stage or program.window


def strike(program: Chainstep, key: str) -> None:
    keys, over = QKeySequence(key)[0], window(program)
    QTest.keyClick(over.windowHandle(), keys.key(), keys.keyboardModifiers())
    settle()


@pytest.fixture(autouse=True)
def _nobody_names_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """What would wait for an answer is left at once."""
    for ask in ("getSaveFileName", "getOpenFileName"):
        monkeypatch.setattr(QFileDialog, ask, lambda *_: ("", ""))
    monkeypatch.setattr(QDialog, "exec", lambda _dialog: QDialog.DialogCode.Rejected)


@pytest.mark.parametrize(
    ("keys", "seed"),
    [(LEARNING, 1), (LEARNING, 2), ((*PRACTISING, *PRESENTING, *DIALOGS), 3)],
)
def test_random_keys_always_leave_the_keys_somewhere(
    program: Chainstep, keys: tuple[str, ...], seed: int
) -> None:
    draw, pressed = random.Random(seed), []  # noqa: S311
    if keys is LEARNING:
        program.window.resize(*draw.choice([(1024, 700), (1440, 900)]))
    for turn in range(120):
        if keys is LEARNING and program.session.state.lesson is None:
            lesson = draw.choice(ours()).lesson
            program.parts.lessons.open(lesson, place=draw.randrange(len(lesson.steps)))
            pressed = [lesson.name]
            settle()
        key = draw.choice((*WALKING, *keys))
        strike(program, key)
        pressed.append(key)
        over, active = window(program), QApplication.activeWindow()
        if active is not over:
            over.activateWindow()  # after a dialog: no system does so here
            settle()
        where = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert where is not None, (turn, pressed[-20:])
        assert where.isVisible(), (turn, pressed[-20:])
        assert where.window() is over, (turn, where, pressed[-20:])
