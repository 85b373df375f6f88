"""What tests of the code panel read from the screen."""

from PySide6.QtWidgets import QWidget

from engine.programs import program as program_of
from gui.panels.code.picture import code_picture
from gui.panels.code.text import CodeText
from gui.shell.app import Chainstep
from gui.state import State
from gui.theme import THEMES
from tests.gui.screen import image


def text_of(part: QWidget) -> CodeText:
    """Return the text in a panel or a window."""
    found = part.findChild(CodeText)
    assert isinstance(found, CodeText)
    return found


def text(program: Chainstep) -> CodeText:
    return text_of(program.window)


def program_text(program: Chainstep) -> str:
    """Return the program that should be shown."""
    state = program.session.state
    return program_of(state.run.experiment, state.look.form).text


def lines_painted(shown: CodeText, state: State) -> tuple[int, ...]:
    """Return the lines that are seen in the tint of the present step."""
    tint = THEMES[state.look.palette].soft(code_picture(state).ink).rgb()
    pixels = image(shown.viewport())
    ratio = pixels.devicePixelRatio()
    # A letter may stand at some of these places.
    across = range(pixels.width() - 64, pixels.width() - 3, 5)
    return tuple(
        number
        for number, (top, height) in shown.lines_seen()
        if 0 <= top + height // 2 < shown.viewport().height()
        and 3 * sum(pixels.pixel(x, round((top + height // 2) * ratio)) == tint for x in across)
        > len(across)
    )
