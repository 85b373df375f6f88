"""A press on selected text selects anew: it begins no drag, which would keep the window waiting."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QTextEdit
from pytestqt.qtbot import QtBot

from gui.widgets.selecting import Selecting

LEFT, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier
INSIDE = QPoint(20, 12)


@pytest.mark.parametrize("kind", [QTextEdit, QPlainTextEdit])
def test_a_press_in_a_selection_ends_it(
    qtbot: QtBot, kind: type[QTextEdit] | type[QPlainTextEdit]
) -> None:
    text = kind()
    qtbot.addWidget(text)
    text.setReadOnly(True)
    text.setPlainText("a long line of words")
    Selecting(text)
    text.show()
    text.selectAll()
    qtbot.mousePress(text.viewport(), LEFT, SHIFT, INSIDE)
    assert text.textCursor().hasSelection()
    text.selectAll()
    qtbot.mousePress(text.viewport(), LEFT, pos=INSIDE)
    assert not text.textCursor().hasSelection()


def test_so_does_one_in_a_label(qtbot: QtBot) -> None:
    label = QLabel("a long line of words")
    qtbot.addWidget(label)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    Selecting(label)
    label.show()
    label.setSelection(0, 15)
    qtbot.mousePress(label, LEFT, pos=INSIDE)
    assert not label.hasSelectedText()
