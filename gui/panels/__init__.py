"""The panels on the right, a folder each. None knows another.

A new panel is its folder in here and its line in `PANELS`: tabs, menus, keys, settings and commands
read them there.
"""

from typing import NamedTuple

from engine.words import mark


class Tab(NamedTuple):
    """A panel: its name, as its folder has it, its title on the tab, and in full; its key.

    `view` is the class of its `Panel` in `view.py` in its folder, imported when it is first seen.
    """

    name: str
    title: str
    full_title: str
    key: str
    view: str


PANELS = (
    Tab("chain_rule", mark("Chain rule"), mark("Chain rule"), "Ctrl+1", "ChainRuleView"),
    Tab("gradient_check", mark("Check"), mark("Gradient check"), "Ctrl+2", "GradientCheckView"),
    Tab("code", mark("Code"), mark("Code"), "Ctrl+3", "CodeView"),
    Tab("numbers", mark("Numbers"), mark("Numbers"), "Ctrl+4", "NumbersView"),
    Tab("diagnosis", mark("Diagnosis"), mark("Diagnosis"), "Ctrl+5", "DiagnosisView"),
    Tab("surface", mark("Surface"), mark("Loss surface"), "Ctrl+6", "LossSurfaceView"),
    Tab("map", mark("Map"), mark("Trainability map"), "Ctrl+7", "MapView"),
)
"""In the order of their tabs."""

NAMES = tuple(tab.name for tab in PANELS)
