"""The build hook: how imports are moved below `chainstep`, and what cannot be."""

import ast
from pathlib import Path

import pytest

pytest.importorskip("hatchling")

from hatch_build import moved

ROOT = Path(__file__).resolve().parents[1]

BEFORE = '''"""from engine import what — a text, as it stands."""
from engine import Experiment  # from engine
from engine.files import (
    folders,
)
if True: from gui.words import x; from engine import z
é = 1; import engine.maps as m, math, gui as g
from . import near
from engineering import engine
'''
AFTER = '''"""from engine import what — a text, as it stands."""
from chainstep.engine import Experiment  # from engine
from chainstep.engine.files import (
    folders,
)
if True: from chainstep.gui.words import x; from chainstep.engine import z
é = 1; import chainstep.engine.maps as m, math, chainstep.gui as g
from . import near
from engineering import engine
'''


def test_imports_are_moved_and_nothing_else() -> None:
    assert moved(BEFORE) == AFTER


@pytest.mark.parametrize(
    "source",
    [
        "import engine",
        "import engine.maps",
        "x = 'engine.maps'",
        "x = import_module(f'gui.panels.{name}')",
        "x = 'gui.panels.' + name",
    ],
)
def test_what_would_keep_its_old_name_is_refused_with_its_line(source: str) -> None:
    with pytest.raises(ValueError, match="line 2: "):
        moved(f"\n{source}\n")


@pytest.mark.parametrize("source", ["'an engine'", "f'{at}engine.maps'", "at + 'engine.maps'"])
def test_other_texts_are_left_alone(source: str) -> None:
    assert moved(source) == source


def test_all_sources_can_be_moved_and_still_be_read() -> None:
    for folder in ("engine", "gui"):
        for path in (ROOT / folder).rglob("*.py"):
            tree = ast.parse(moved(path.read_text("utf-8")))
            names = {
                str(node.module).partition(".")[0]
                for node in ast.walk(tree)
                if isinstance(node, ast.ImportFrom)
            }
            assert [
                name for name in names if name and name.split(".")[0] in {"engine", "gui"}
            ] == []
