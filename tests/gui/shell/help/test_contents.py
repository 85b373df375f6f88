"""Help → About: the build, and what is in it with its licences."""

import sys
from importlib.metadata import version

import pytest

from gui.language import speech
from gui.shell.help.contents import build, parts


def test_each_part_is_there_with_its_version_and_licence() -> None:
    lines = parts(speech("en"))
    assert "Chainstep: MIT" in lines
    assert f"Qt, PySide6 {version('PySide6-Essentials')}: LGPL-3.0" in lines
    assert f"NumPy {version('numpy')}: BSD-3-Clause" in lines
    assert "Fonts Inter, Noto Sans SC, STIX Two, JetBrains Mono: OFL-1.1" in lines
    assert parts(speech("zh_CN"))[-1] == "图标 Lucide：ISC"


def test_it_says_in_which_form_it_came(monkeypatch: pytest.MonkeyPatch) -> None:
    assert build(speech("en")).startswith("folder of the sources, ")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert build(speech("en")).startswith("bundle, ")
