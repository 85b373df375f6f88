"""What a teacher does in front of a class."""

from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest

from gui.shell.app import Chainstep
from gui.shell.presenter.stage import Stage
from tests.gui.screen import settle


def stage(program: Chainstep) -> Stage:
    """Return the window that fills the screen."""
    found = program.parts.presentation.stage
    assert found is not None
    return found


def strike(program: Chainstep, *keys: str) -> None:
    """Press keys where a teacher who presents presses them."""
    for key in keys:
        window = program.parts.presentation.stage or program.window
        combination = QKeySequence(key)[0]
        modifiers = combination.keyboardModifiers()
        QTest.keyClick(window.windowHandle(), combination.key(), modifiers)
        settle()
