"""C covers all results: the class computes, and the teacher uncovers, one by one or a step."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication

from engine import Experiment, Sample, moment_at
from engine.quantities import Name, Quantity
from gui.language import speech
from gui.language.numbers import exact, rounded
from gui.shell.app import Chainstep
from gui.shell.presenter.stage import Stage
from gui.state.presenter import Presenter
from tests.gui.presenter.stage import stage, strike
from tests.gui.screen import click, picture, settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ONE = Experiment(
    weights=(1.3719, -0.8653, 0.7481), samples=(Sample(1.7367, -0.5923),), learning_rate=0.1137
)
Y, E = Name(Quantity.OUTPUT, 1), Name(Quantity.OUTPUT, 3)


def place(shown: Stage, name: Name) -> QPoint:
    """Return where the box of a number stands."""
    chain = shown.chain
    box = next(one for one in picture(chain).boxes if one.name == name)
    return QPoint(round(box.x * chain._scale - chain._offset), round(box.y * chain._scale))


def numbers(shown: Stage) -> dict[Name, str]:
    """Return what stands in the boxes."""
    return {box.name: box.number for box in picture(shown.chain).boxes if box.name and box.number}


def told(shown: Stage) -> str:
    """Return all that can be read, heard, pointed at or copied."""
    parts = [part.words + part.value + part.hint for part in shown.chain.parts()]
    labels = [shown.formula._line.text(), shown.formula._line.toolTip(), shown.formula.sentence]
    strip = [shown.timeline._title.text(), shown.timeline._cells.toolTip()]
    return "\n".join((*parts, *labels, *strip, QGuiApplication.clipboard().text()))


def test_covered_results_are_nowhere_and_come_one_by_one(program: Chainstep) -> None:
    program.session.open(ONE, None)
    strike(program, "F5", "C", *["Right"] * 9, "Ctrl+C")
    shown, state, say = stage(program), program.session.state, speech("en")
    results = [step.result for step in state.steps[:9]]
    true = moment_at(state.run, state.index).numbers
    for name in results:
        assert numbers(shown)[name] == "?"
        for written in (rounded(true[name], 5, say), exact(true[name], say)):
            assert written not in told(shown), name
    click(shown.chain, place(shown, Y))
    assert numbers(shown)[Y] == rounded(true[Y], 5, say)
    assert [name for name in results if numbers(shown)[name] != "?"] == [Y]
    assert program.session.state.index == 9
    strike(program, "Shift+C")
    used = {Y, Name(Quantity.UPSTREAM, 2), Name(Quantity.UPSTREAM, 1)}
    assert {name for name in results if numbers(shown)[name] != "?"} == used
    strike(program, "C")
    assert "?" not in numbers(shown).values()


def test_enter_uncovers_what_the_ring_stands_on(program: Chainstep) -> None:
    strike(program, "F5", "C", "Right", "Right", "Right")
    shown = stage(program)
    shown.chain.setFocus()
    settle()
    assert numbers(shown)[E] == "?"
    strike(program, "Down", "Return")
    assert numbers(shown)[E] != "?"
    assert numbers(shown)[Y] == "?"


def test_a_click_into_the_formula_uncovers(program: Chainstep) -> None:
    strike(program, "F5", "C", "Right", "Right")
    shown = stage(program)
    shown.formula._line.linkActivated.emit("output:1")
    settle()
    assert numbers(shown)[Y] != "?"


def test_covering_holds_while_stepping_into_the_next_sample(program: Chainstep) -> None:
    strike(program, "F5", "C", "Right", "Shift+C")
    assert numbers(stage(program))[Y] != "?"
    strike(program, "Shift+Right", "Right")
    assert program.session.state.moment.update == 1
    assert numbers(stage(program))[Y] == "?"
    strike(program, "Esc")
    assert not program.session.state.covers


def test_what_is_shown_belongs_to_one_update() -> None:
    presenter = Presenter(covers=True).showing([Y], 4)
    assert presenter.covered([Y, E], 4) == {E}
    assert presenter.covered([Y, E], 5) == {Y, E}
    assert presenter.showing([E], 5).covered([Y, E], 5) == {Y}
    assert presenter.covering(covers=False).covered([Y, E], 4) == frozenset()


def test_a_covered_weight_tells_nothing_of_later_curves(program: Chainstep) -> None:
    strike(program, "F5", "C", *["Right"] * 13)
    state = program.session.state
    assert state.curtained
    assert state.seen_until == 0


def test_a_click_on_a_weight_does_not_open_the_editor_behind(program: Chainstep) -> None:
    strike(program, "F5", "Right")
    shown = stage(program)
    click(shown.chain, place(shown, Name(Quantity.WEIGHT, 2)))
    assert shown.isActiveWindow()
    assert "edit" not in told(shown)
