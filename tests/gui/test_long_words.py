"""A language with words two fifths longer than English has room in every panel, as all others."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from gui.language import languages
from gui.panels import NAMES
from gui.shell.app import Chainstep
from gui.widgets.button import Button
from tests.gui.language.pseudo import CODE
from tests.gui.painted import cut_off
from tests.gui.screen import press, settle, wait_for


@pytest.mark.parametrize("language", [CODE, *languages()])
def test_nothing_is_cut_off(pseudo_language: str, program: Chainstep, language: str) -> None:
    assert pseudo_language == CODE
    program.session.set_look(language=language)
    program.window.resize(1366, 768)
    press(program, *["Right"] * 8)
    found = []
    for panel in NAMES:
        program.session.set_look(panel=panel)
        settle()
        wait_for(lambda: program.parts.panels.done)
        settle()
        found += [f"{panel}: {fault}" for fault in cut_off(program.window)]
    program.session.set_look(panel="numbers", table="history")
    settle()
    found += [f"history: {fault}" for fault in cut_off(program.window)]
    assert not found, "\n" + "\n".join(found)


class Painted(QWidget):
    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.drawText(QRect(0, 0, 40, 20), int(Qt.AlignmentFlag.AlignLeft), "a long text")
        painter.drawText(180, 40, "beyond the edge")
        painter.drawText(QRect(0, 40, 200, 20), int(Qt.AlignmentFlag.AlignLeft), "enough room")
        painter.end()


def test_what_is_cut_off_is_found(program: Chainstep) -> None:
    assert cut_off(program.window) == []
    button = program.window.findChild(Button, "tab symbols")
    assert button is not None
    button.setFixedWidth(button.sizeHint().width() - 9)
    words = next(each for each in program.window.findChildren(QLabel) if each.text() == "Epochs")
    words.setFixedWidth(12)
    settle()
    found = cut_off(program.window)
    assert [any(word in fault for fault in found) for word in ("symbols", "'Epochs'")] == [True] * 2


def test_what_is_painted_by_hand_is_looked_at_too(qapp: QApplication) -> None:
    widget = Painted()
    widget.resize(200, 60)
    found = cut_off(widget)
    assert qapp is not None
    assert ["a long text" in found[0], "beyond the edge" in found[1], len(found)] == [True, True, 2]
