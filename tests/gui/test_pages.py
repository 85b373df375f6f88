"""The pages to be read name menus and keys as the window has them."""

import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMenu, QMenuBar

from gui.language import speech
from gui.shell.app import Chainstep
from gui.shell.help.keys import all_keys
from gui.state import Look

ROOT = Path(__file__).parents[2]
LANGUAGES = {"en": "", "zh_CN": ".zh-CN"}
KEY = re.compile(r"\*\*((?:(?:Ctrl|Alt|Shift)\+)*(?:[A-Z]|F\d+|Esc|[←→]))\*\*")


@pytest.fixture(params=LANGUAGES)
def look(request: pytest.FixtureRequest) -> Look:
    return Look(language=request.param, movement=False)


def _bare(text: str) -> str:
    """Return the words of an entry, without its letter and its key."""
    return re.sub(r"\(&\w\)|&|\t.*", "", text)


def paths(menu: QMenu | QMenuBar, before: str) -> set[str]:
    """Return where each entry of a menu stands: "File → Export"."""
    found = set()
    for action in menu.actions():
        name = f"{before}{_bare(action.text())}"
        found.add(name)
        if isinstance(below := action.menu(), QMenu):
            below.aboutToShow.emit()  # some are filled when they open
            found |= paths(below, f"{name} → ")
    return found


def test_menus_and_keys_are_those_of_the_window(program: Chainstep) -> None:
    language = program.session.state.look.language
    menus = paths(program.window.menuBar(), "")
    groups = all_keys(program.parts.actions.entries.values(), speech(language))
    keys = {key for group in groups for line in group.lines for key in line.keys.split(" / ")}
    for name in ("README", "docs/using", "docs/teaching"):
        text = (ROOT / f"{name}{LANGUAGES[language]}.md").read_text("utf-8")
        text = " ".join(text.split())
        mentioned = re.findall(r"[*“]([^*“”→|]{1,8} → [^*“”→]{1,30})[*”]", text)
        assert set(mentioned) <= menus
        named = set(KEY.findall(text))
        assert len(named) > 2
        assert named <= keys
