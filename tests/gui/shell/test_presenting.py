"""What one looks at is shown first, all else in the next turn of the loop; nothing stays behind."""

import random

import pytest
from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from gui.panels import NAMES
from gui.shell.app import Chainstep
from gui.shell.presenting import Presenting
from tests.gui.screen import (
    LEFT,
    NONE,
    answers,
    cells,
    formula,
    place,
    settle,
    shown_numbers,
    truth,
)

_KEYS = (
    (Qt.Key.Key_Right, NONE),
    (Qt.Key.Key_Left, NONE),
    (Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier),
    (Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier),
    (Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier),
    (Qt.Key.Key_Home, NONE),
    (Qt.Key.Key_End, NONE),
)


def turn() -> None:
    """Let the loop go round once: whatever waits for its next turn has its turn."""
    over: list[bool] = []
    QTimer.singleShot(0, lambda: over.append(True))
    while not over:
        QApplication.processEvents()


def seen(program: Chainstep) -> dict[str, object]:
    """Return what each part tells of the moment."""
    front = program.parts.panels.front
    return {
        "chain": shown_numbers(program),
        "formula": formula(program),
        "place": place(program),
        "status": truth(program),
        "answers": answers(program),
        "experiment": [label.text() for label in program.parts.experiment.findChildren(QLabel)],
        "panel": [label.text() for label in front.findChildren(QLabel)],
        "panel as a picture": front.grab().toImage(),
        "plots as a picture": program.window.plots_dock.grab().toImage(),
        "possible": [action.isEnabled() for action in program.parts.actions.values()],
    }


@pytest.mark.parametrize("panel", [name for name in NAMES if name != "map"])
def test_after_one_more_turn_every_part_tells_the_same_moment(
    program: Chainstep, panel: str
) -> None:
    draw = random.Random(panel)  # noqa: S311
    program.session.set_look(panel=panel)
    settle()
    window = program.window.windowHandle()
    strip = cells(program)
    for _ in range(3):
        for _ in range(draw.randrange(1, 6)):
            if draw.random() < 0.2:
                QTest.mouseClick(strip, LEFT, NONE, QPoint(draw.randrange(strip.width()), 10))
            else:
                key, held = draw.choice(_KEYS)
                QTest.keyClick(window, key, held)
            if draw.random() < 0.3:
                QApplication.processEvents()
        turn()
        told = seen(program)
        # The same state, shown once more to all of them: one that was behind would change now.
        program._present_first(program.session.state)
        program._present_others(program.session.state)
        assert seen(program) == told


def test_what_one_looks_at_is_there_before_all_else(program: Chainstep) -> None:
    before = seen(program)
    program.session.to_end()
    now = seen(program)
    assert now["place"] != before["place"]
    assert now["chain"] != before["chain"]
    assert now["answers"] == before["answers"]
    turn()
    assert seen(program)["answers"] != before["answers"]


def test_of_states_that_come_fast_all_else_shows_the_latest_alone(program: Chainstep) -> None:
    shown: list[int] = []
    first: list[int] = []
    parent = QObject()
    presenting = Presenting(
        lambda state: first.append(state.index), lambda state: shown.append(state.index), parent
    )
    program.session.changed.connect(presenting.present)
    presenting.present(program.session.state)
    assert shown == [0]
    for _ in range(5):
        program.session.step(1)
    assert (first, shown) == ([0, 1, 2, 3, 4, 5], [0])
    turn()
    assert shown == [0, 5]
    program.session.set_look(digits=7)
    assert shown == [0, 5, 5]
    turn()
    assert shown == [0, 5, 5]
