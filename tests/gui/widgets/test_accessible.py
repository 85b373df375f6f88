"""Controls for who does not see them: true roles, and numbers instead of places of a handle."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea, QComboBox, QWidget

from engine import Experiment, train
from gui.language.numbers import POINT, rounded
from gui.shell.app import Chainstep
from tests.gui.listening import Text, a_reader_listens, interface, name, parts
from tests.gui.screen import settle

Role = QAccessible.Role


@pytest.fixture(autouse=True)
def _listening(program: Chainstep, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    assert program.window.isVisible()
    with a_reader_listens(monkeypatch):
        yield


def child(program: Chainstep, called: str) -> QWidget:
    found = program.window.findChild(QWidget, called)
    assert found is not None
    return found


def test_tabs_are_tabs_and_a_choice_is_one_of_some(program: Chainstep) -> None:
    chain_rule, code = (interface(child(program, f"tab {one}")) for one in ("chain_rule", "code"))
    assert [one.role() for one in (chain_rule, code)] == [Role.PageTab] * 2
    assert chain_rule.parent().role() is Role.PageTabList
    assert chain_rule.state().selected
    assert not code.state().selected
    assert "Press" in code.actionInterface().actionNames()
    code.actionInterface().doAction("Press")
    settle()
    assert program.session.state.look.panel == "code"
    assert code.state().selected
    assert not chain_rule.state().selected
    loop, pytorch = (interface(child(program, f"tab {one}")) for one in ("loop", "pytorch"))
    assert [one.role() for one in (loop, pytorch)] == [Role.RadioButton] * 2
    assert loop.state().checked
    assert not pytorch.state().checked


def test_the_speed_is_in_steps_a_second(program: Chainstep) -> None:
    speed = interface(child(program, "speed"))
    assert speed.role() is Role.Slider
    assert speed.text(Text.Name) == "Speed of playing"
    assert speed.text(Text.Description) == "2 steps/s"
    value = speed.valueInterface()
    assert (value.currentValue(), value.minimumValue(), value.maximumValue()) == (2, 0.5, 100_000)
    value.setCurrentValue(10)
    settle()
    assert program.session.state.look.speed == 10
    assert speed.text(Text.Description) == "10 steps/s"


@pytest.mark.parametrize("panel", ["surface", "map", "chain_rule", "gradient_check"])
def test_no_control_is_without_a_name(program: Chainstep, panel: str) -> None:
    program.session.set_look(panel=panel)
    settle()
    for widget in program.window.findChildren(QWidget):
        if not widget.isVisible() or widget.focusPolicy() is Qt.FocusPolicy.NoFocus:
            continue
        if isinstance(widget.parent(), QAbstractScrollArea) and not widget.objectName():
            continue  # a part of its parent
        if widget.objectName().startswith("qt_"):
            continue
        if isinstance(widget, QComboBox):  # its name is what it shows; a label tells what it is
            labels = [one.text(Text.Name) for one, _ in interface(widget).relations()]
            assert any(labels), widget
        assert name(widget), widget


def test_epsilon_is_told_as_it_is(program: Chainstep) -> None:
    program.session.set_look(panel="gradient_check")
    settle()
    slider = interface(child(program, "epsilon slider"))
    assert slider.valueInterface().currentValue() == pytest.approx(1e-4)
    assert slider.text(Text.Description) == "0.0001"


def test_plots_are_told_curve_by_curve(program: Chainstep) -> None:
    program.session.seek(8)
    settle()
    weights = child(program, "plot weights")
    assert interface(weights).role() is Role.Chart
    said = [one.text(Text.Name) for one in parts(weights)]
    run = train(Experiment())
    w2 = [run.weights_before(update)[1] for update in range(run.updates)]
    w2.append(run.final_theta[1])
    first, last, least, most = (rounded(v, 5, POINT) for v in (w2[0], w2[-1], min(w2), max(w2)))
    assert said[1] == (
        f"w₂: starts at {first}, ends at {last}, least {least}, greatest {most}; now {first}"
    )
    assert len(said) == 3
