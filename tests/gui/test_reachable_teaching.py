"""Every number is reached as text in lessons, practice, before a class, in the race and dialogs.

As in `test_reachable.py`, what is painted is watched; what tells is not asked what there is.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from engine.teaching.lesson import CarryOut, Choose, Do, Explain, Lesson, Number, Point
from gui.formula.shown import FOLD_KEY
from gui.practice.field import AnswerField
from gui.shell.app import Chainstep
from gui.shell.lessons.shelf import ours
from gui.shell.presenter import presentation
from gui.shell.race.dialog import RaceDialog
from tests.gui.lesson.playing import answer, learner
from tests.gui.listening import Heard, interface
from tests.gui.practice.test_practice import HAND, field, type_in
from tests.gui.presenter.stage import stage
from tests.gui.screen import button, click, popups, press, settle, wait_for, write
from tests.gui.sighted import Sight
from tests.gui.test_reachable import heard, missing, sight

__all__ = ["heard", "sight"]

pytestmark = popups

Role = QAccessible.Role
MEANINGLESS = {Role.Client, Role.NoRole}


class Looking:
    """Looks again and again at what can be seen, and keeps what no reader is told."""

    def __init__(self, sight: Sight, program: Chainstep, heard: Heard) -> None:
        self._sight, self._program, self._heard = sight, program, heard
        self.lacking: dict[object, list[str]] = {}

    def at(self, parts: list[QWidget], *when: object, said: int | None = 1) -> None:
        """Look at parts; `said` is how many sentences were heard since the last look."""
        lacks = [
            number for part in parts if part.isVisible() for number in missing(self._sight, part)
        ]
        lacks += [f"{words} without a name" for part in parts for words in nameless(part)]
        new = self._heard.new()
        if said is not None and len(new) != said:
            lacks.append(f"heard: {new}")
        if lacks:
            self.lacking[when] = lacks

    def at_window(self, *when: object, said: int | None = 1) -> None:
        """Look at what stands in the middle of the window, at the lesson and the status line."""
        window, dock = self._program.window, self._program.parts.lessons.dock
        central = window.centralWidget()
        assert central is not None
        parts = [central, self._program.parts.status, *filter(None, (dock,))]
        self.at(parts, *when, said=said)


def nameless(part: QWidget) -> Iterator[str]:
    """Yield what the keys come to without a name, or with no role that says what it is for."""
    for widget in (part, *part.findChildren(QWidget)):
        if widget.isVisible() and widget.focusPolicy() & widget.focusPolicy().TabFocus:
            made = interface(widget)
            if not made.text(QAccessible.Text.Name) or made.role() in MEANINGLESS:
                yield f"{type(widget).__name__} {widget.objectName()} {made.role()}"


@pytest.fixture
def looking(sight: Sight, program: Chainstep, heard: Heard) -> Looking:
    return Looking(sight, program, heard)


@pytest.mark.parametrize("strip", [False, True], ids=["column", "strip"])
def test_lessons(program: Chainstep, looking: Looking, *, strip: bool) -> None:
    if strip:
        program.window.resize(1024, 700)
    for kind in (Number, Choose, Point, CarryOut, Explain, Do):
        lesson, place = first_with(kind, hints=kind is not Explain)
        program.parts.lessons.open(lesson, place=place)
        settle()
        looking.at_window(kind, "asked")
        press(program, "F3")
        looking.at_window(kind, "hint", said=kind is not Explain)
        if kind in (Number, CarryOut):
            write(program, "12")
            press(program, "Return")
            looking.at_window(kind, "wrong")
        answer(program)
        wait_for(lambda: not learner(program).waits)
        # Each value that is carried out is judged for itself; what is done ends a training, too.
        looking.at_window(kind, "right", said=None if kind in (CarryOut, Do) else 1)
    assert looking.lacking == {}


def first_with(kind: type, *, hints: bool = False, note: bool = False) -> tuple[Lesson, int]:
    """Return a lesson of Chainstep, and the place in it of the first step of a kind."""
    return next(
        (one.lesson, k)
        for one in ours()
        for k, step in enumerate(one.lesson.steps)
        if isinstance(step, kind) and (step.hints or not hints) and (step.note or not note)
    )


def test_practice(program: Chainstep, looking: Looking) -> None:
    program.session.replace_experiment(HAND)
    program.session.seek(4)
    settle()
    looking.at_window("before", said=None)
    press(program, "Ctrl+T")
    looking.at_window("begun", said=None)
    press(program, "Right")
    looking.at_window("asked", said=0)  # the focus tells: it is in the field
    assert QApplication.focusWidget() is field(program)
    for text in ("abc", "77", "20"):
        type_in(program, text)
        looking.at_window("typed", text)
    press(program, "F3")
    looking.at_window("hint")
    type_in(program, "-4")
    looking.at_window("right")
    for index in (5, 7):
        program.session.seek(index)
        press(program, "Right")
        looking.at_window("asked", index, said=None)
        type_in(program, "12")
        looking.at_window("typed", index)
    click(button(program, "train rule"))
    looking.at_window("rule", said=None)
    press(program, "Right", "Right")
    looking.at_window("shown", said=None)
    press(program, "Ctrl+T")
    settle()
    looking.at([program.parts.panels.front], "two runs", said=None)
    assert looking.lacking == {}


@pytest.mark.parametrize("second", [False, True], ids=["one screen", "two"])
def test_in_front_of_a_class(
    program: Chainstep, looking: Looking, *, second: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if second:
        screen = QGuiApplication.primaryScreen()
        monkeypatch.setattr(presentation, "other_screen", lambda _window: screen)

    def look(*when: object, said: int | None = 1) -> None:
        looking.at([stage(program)], *when, said=said)
        if second:
            looking.at_window(*when, "notes", said=0)

    def strike(*keys: str) -> None:
        for key in keys:
            window = program.window if second else stage(program)
            window.activateWindow()
            QTest.keySequence(window.windowHandle(), key)
            settle()

    press(program, "F5")
    look("begun", said=None)
    for keys in ("Right", "C", "Right", "Shift+C", "C", FOLD_KEY, "Right", "V"):
        strike(keys)
        look(keys, said=None)
    strike("A")
    look("A")
    strike("B")
    look("B")
    for key in ("R", "V", "A", "R"):
        strike(key)
        look(key, "second")
    strike("V")
    look("vote ended", said=None)
    lesson, place = first_with(Number, note=True)
    program.parts.lessons.open(lesson, place=place)
    settle()
    look("lesson", said=None)
    if isinstance(QApplication.focusWidget(), AnswerField):
        strike("Esc")
        look("left the field", said=None)
    strike("V")
    look("lesson vote")
    strike("Esc", "PgDown")
    look("answer shown", said=None)
    assert looking.lacking == {}


@contextmanager
def opened(kind: type[QDialog] = QDialog) -> Iterator[QDialog]:
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, kind)]
    [dialog] = [one for one in found if one.isVisible()]
    yield dialog
    dialog.reject()
    settle()


def test_dialogs(program: Chainstep, looking: Looking) -> None:
    press(program, "Right", FOLD_KEY)
    looking.at_window("unfolded")
    for name in ("go_to", "worksheet", "why", "keys", "about", "report", "reset_progress"):
        program.parts.actions[name].trigger()
        settle()
        with opened() as dialog:
            looking.at([dialog], name, said=name == "why")
    assert looking.lacking == {}


def test_the_race_tells_its_counts_and_once_its_end(program: Chainstep, looking: Looking) -> None:
    press(program, "Ctrl+B")
    with opened(RaceDialog) as dialog:
        assert isinstance(dialog, RaceDialog)
        looking.at([dialog], "opened")
        QTest.keyClick(dialog, "4")
        looking.at([dialog], "at its end")
        dialog._look = replace(dialog._look, movement=True)
        QTest.keyClick(dialog, "2")
        QTest.qWait(80)
        looking.at([dialog], "while it runs", said=0)
        dialog._before = 100.0
        wait_for(lambda: not dialog.running)
        looking.at([dialog], "over")
    assert looking.lacking == {}
