"""What a practice shows has room in every language, in a small window, in large type."""

import pytest

from gui.language import languages
from gui.shell.app import Chainstep
from tests.gui.language.pseudo import CODE
from tests.gui.painted import cut_off
from tests.gui.screen import press, write


@pytest.mark.parametrize("language", [CODE, *languages()])
def test_nothing_is_cut_off(pseudo_language: str, program: Chainstep, language: str) -> None:
    assert pseudo_language == CODE
    found = []
    for theme, size in (("light", (1024, 700)), ("projector", (1366, 768))):
        program.session.set_look(language=language, theme=theme)
        program.window.resize(*size)
        program.session.seek(5)
        program.session.practise(on=True)
        press(program, "Right")
        found += [f"{theme}, asked: {fault}" for fault in cut_off(program.window)]
        write(program, "abc")
        press(program, "Return")
        found += [f"{theme}, unreadable: {fault}" for fault in cut_off(program.window)]
        press(program, "Right", "Right")
        found += [f"{theme}, shown: {fault}" for fault in cut_off(program.window)]
        program.session.practise(on=False)
    assert not found, "\n" + "\n".join(found)
