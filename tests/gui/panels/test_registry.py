"""A panel is its folder and one line: tabs, menu, keys, settings and commands read that line."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from gui.commands import run
from gui.panels import NAMES, PANELS
from gui.shell.app import Chainstep
from tests.gui.screen import image, press, settle, texts

ANOTHER = """
import os, sys, types
import gui.panels as panels
panels.PANELS += (panels.Tab("ninth", "Ninth", "The ninth panel", "Ctrl+9", "NinthView"),)
panels.NAMES += ("ninth",)
from PySide6.QtCore import QSettings
from gui.shell.app import Chainstep, application
from gui.shell.settings import Settings
from gui.state import Look
from gui.state.intents import Show
from gui.widgets.panel import Panel

class NinthView(Panel):
    def present(self, state):
        self.setObjectName("at " + str(state.index))

folder, view = types.ModuleType("gui.panels.ninth"), types.ModuleType("gui.panels.ninth.view")
view.NinthView = NinthView
sys.modules |= {folder.__name__: folder, view.__name__: view}
app = application()
values = QSettings(sys.argv[1], QSettings.Format.IniFormat)
program = Chainstep(app, Settings(values), Look(language="en", theme="light"))
program.show()
action = program.parts.actions["panel ninth"]
print(repr(action.text()), action.shortcut().toString())
action.trigger()
app.processEvents()
program.session.seek(3)
app.processEvents()
front = program.parts.panels.front
print(type(front).__name__, front.objectName())
print(program.parts.panels._tabs._buttons["ninth"].toolTip())
front.wished.emit(Show({"digits": 7}))
print(program.session.state.look.digits)
program.close()
print(Settings(values).look().panel, flush=True)
os._exit(0)
"""


def test_another_panel_costs_one_line(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ANOTHER, str(tmp_path / "settings.ini")],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=Path(__file__).parents[3],
    )
    assert done.stdout.splitlines() == [
        r"'Ninth\tCtrl+9' Ctrl+9",
        "NinthView at 3",
        "The ninth panel (Ctrl+9)",
        "7",
        "ninth",
    ], done.stderr


def test_each_key_brings_its_panel(program: Chainstep) -> None:
    for tab in PANELS:
        press(program, tab.key)
        settle()
        assert type(program.parts.panels.front).__name__ == tab.view


def test_the_command_knows_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["picture", "--help"]) == 0
    assert "{" + ",".join(NAMES) + "}" in "".join(capsys.readouterr().out.split())


_DRESSED = "code", "diagnosis", "gradient_check"
"""Panels with fonts of their own."""


def test_a_panel_that_was_closed_speaks_and_looks_as_one_that_was_open(program: Chainstep) -> None:
    docks = program.window.experiment_dock, program.window.plots_dock, program.window.panels_dock
    for name in _DRESSED:
        program.session.set_look(panel=name)
    for dock in docks:
        dock.hide()
    program.session.set_look(language="zh_CN", theme="dark")
    for dock in docks:
        dock.show()
    closed = {name: _seen(program, name) for name in _DRESSED}
    said = texts(program)
    for name in _DRESSED:
        program.session.set_look(panel=name, language="en", theme="light")
        program.session.set_look(language="zh_CN", theme="dark")
        assert _seen(program, name) == closed[name], name
    program.session.set_look(panel=_DRESSED[-1])
    assert texts(program) == said


def _seen(program: Chainstep, name: str) -> QImage:
    program.session.set_look(panel=name)
    return image(program.parts.panels.front)
