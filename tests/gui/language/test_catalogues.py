"""gui.language.catalogues: a language is found by its catalogue, and then works everywhere."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QMenu

from gui import commands
from gui.language import languages, speech, understood
from gui.shell.app import Chainstep
from gui.shell.settings import Settings
from tests.gui.language.pseudo import OWN_NAME
from tests.gui.screen import (
    button,
    click,
    entry,
    popups,
    press,
    take,
    texts,
)


def test_each_catalogue_is_a_language() -> None:
    assert languages()[0] == "en"
    assert "zh_CN" in languages()
    names = [speech(code).own_name for code in languages()]
    assert len(set(names)) == len(names)
    assert {"English", "中文"} <= set(names)
    assert {speech(code).decimal_sign for code in languages()} <= {".", ","}


@pytest.mark.parametrize(
    ("wished", "found"),
    [
        (["eo"], "eo"),
        (["eo-XX", "en"], "eo"),
        (["de", "eo_XX", "en"], "eo"),
        (["zh-TW", "eo"], "zh_CN"),
        (["zh-CN"], "zh_CN"),
        (["e", "eox"], "en"),
        (["en-GB", "eo"], "en"),
    ],
)
def test_the_system_gets_the_language_it_likes_best(
    pseudo_language: str, wished: list[str], found: str
) -> None:
    assert pseudo_language in languages()
    assert understood(wished) == found


@popups
def test_a_new_catalogue_is_all_that_a_language_needs(
    pseudo_language: str, program: Chainstep, tmp_path: Path
) -> None:
    # In the menu, and in the list that hangs from the bar, checked where it is shown.
    take(program, OWN_NAME)
    assert entry(program, OWN_NAME).isChecked()
    assert OWN_NAME in button(program, "language").toolTip()
    click(button(program, "language"))
    opened = QApplication.activePopupWidget()
    assert isinstance(opened, QMenu)
    assert OWN_NAME in [action.text() for action in opened.actions()]
    opened.hide()
    # In every text: what lacks accents was not looked up.
    press(program, "Right")
    assert untranslated(texts(program)) == {}
    # It is remembered.
    settings = Settings(QSettings(str(tmp_path / "new.ini"), QSettings.Format.IniFormat))
    settings.remember(program.session.state.look)
    assert settings.look().language == pseudo_language


def untranslated(found: dict[str, str]) -> dict[str, list[str]]:
    """Return the words of English in texts that should have none."""
    kept = re.compile(
        r"""Chainstep|English|Esperanto|tanh|sigmoid|leaky\ ReLU|ReLU|softplus|CSV|PDF|GIFT|GIF
        |Ctrl|Shift|Esc|Home|End|Tab|<[^>]*>|&nbsp;""",
        re.VERBOSE,
    )
    words = {
        name: re.findall(r"\b[A-Za-z]{3,}\b", kept.sub(" ", text).replace("&", ""))
        for name, text in found.items()
    }
    return {name: said for name, said in words.items() if said}


def test_the_command_line_knows_it(
    pseudo_language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "chain.svg"
    told = ["picture", str(out), "--part", "chain", "--step", "8", "--language"]
    assert commands.run([*told, "xx"]) == 2
    assert f"'{pseudo_language}'" in capsys.readouterr().err
    assert commands.run([*told, pseudo_language]) == 0
    assert out.exists()
