"""F1: every key and what it does, out of the tables by which the keys act."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QTreeWidget

import gui
from gui.language import speech
from gui.shell.app import Chainstep
from gui.shell.help.keys import PARTS
from gui.widgets.keys import Keys
from gui.words.key_names import key_text
from tests.gui.screen import button, popups, press, settle

pytestmark = popups


def dialog(program: Chainstep) -> QDialog | None:
    settle()
    return program.window.findChild(QDialog, "keys dialog")


def listed(program: Chainstep) -> dict[str, list[tuple[str, str]]]:
    """Return what is listed: keys and words, by the name of their group."""
    tree = program.window.findChild(QTreeWidget, "keys list")
    assert tree is not None
    heads = [tree.topLevelItem(row) for row in range(tree.topLevelItemCount())]
    return {
        head.text(0): [
            (head.child(row).text(0), head.child(row).text(1)) for row in range(head.childCount())
        ]
        for head in heads
    }


@pytest.mark.parametrize("language", ["en", "zh_CN", "es"])
def test_f1_lists_all_keys(program: Chainstep, language: str) -> None:
    program.session.set_look(language=language)
    press(program, "F1")
    groups = listed(program)
    first, *others = groups.values()
    keys = dict(first)
    for entry in program.parts.actions.entries.values():
        for key in entry.keys:
            lists = groups.values() if entry.name.startswith("present ") else [first]
            shown = [keys for lines in lists for keys, _ in lines]
            assert any(key_text(key, speech(language)) in one for one in shown), key
    if language != "es":
        assert "Ctrl+Shift+Z / Ctrl+Y" in keys
    # What was missing: map, surface and plots, factors, tables, sliders.
    assert len(others) == len(PARTS)
    named = {key for lines in others for combined, _ in lines for key in combined.split(" / ")}
    assert {"+", "−", "0", "↑", "↓", "Esc", "Alt+←", "Alt+↓", "Tab"} <= named
    if language == "en":
        assert ("→", "Forward a step") in first
        assert {"PgUp", "PgDown"} <= named
        assert ("← / → / ↑ / ↓", "Move the cross-hair") in [x for lines in others for x in lines]
        assert ("Ctrl+3", "Code; pressed again: go into the panel") in first
    press(program, "F1")
    assert dialog(program) is None


def test_it_is_searched_and_walked_by_keys(program: Chainstep) -> None:
    press(program, "F1")
    for letter in "zoom":
        press(program, letter.upper())
    assert [words for lines in listed(program).values() for _, words in lines] == [
        "Zoom in",
        "Zoom out",
    ]
    tree = program.window.findChild(QTreeWidget, "keys list")
    assert tree is not None
    assert tree.currentItem().text(1) == "Zoom in"
    press(program, "Down")
    assert tree.currentItem().text(1) == "Zoom out"
    press(program, "Tab", "Up")
    assert QApplication.focusWidget() is tree
    assert tree.currentItem().text(1) == "Zoom in"
    press(program, "Shift+Tab", "Q", "Q")
    assert listed(program) == {}
    press(program, "Esc")
    assert dialog(program) is None


def modules() -> Iterator[str]:
    for found in pkgutil.walk_packages(gui.__path__, "gui."):
        if not found.name.endswith("__main__"):
            yield found.name


def test_no_part_has_keys_that_are_not_listed() -> None:
    tables = {
        id(value): value
        for name in modules()
        for value in vars(importlib.import_module(name)).values()
        if isinstance(value, Keys)
    }
    assert {table.where for table in tables.values()} == {part.where for part in PARTS}


def test_every_key_is_one_and_stands_once_in_its_part() -> None:
    for part in PARTS:
        keys = [key for use in part.uses for key in (*use.keys, *use.unlisted)]
        assert len(set(keys)) == len(keys)
        assert all(QKeySequence(key).toString() for key in keys)


def test_on_a_mac_the_keys_have_the_signs_of_its_keyboard(
    program: Chainstep, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    assert key_text("Ctrl+Shift+Z", speech("en")) == "⌘⇧Z"
    assert key_text("Alt+Left", speech("en")) == "⌥←"
    program.session.set_look(language="es")
    program.session.set_look(language="en")
    press(program, "Right")
    assert "⌘→ epoch" in program.parts.status._left.text()
    assert button(program, "next_epoch").toolTip() == "Forward an epoch (⌘→)"
    assert "Ctrl" not in button(program, "explanation").toolTip()
