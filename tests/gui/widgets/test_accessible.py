"""Controls for who does not see them: true roles, and numbers instead of places of a handle."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea, QComboBox, QWidget

from engine import Experiment, train
from gui.language.numbers import POINT, rounded
from gui.shell.app import Chainstep
from gui.widgets.table import Table
from tests.gui.listening import Text, a_reader_listens, interface, name, parts
from tests.gui.screen import press, settle

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
    assert said[3:] == [
        "Horizontal axis, epoch: 0, 100, 200",
        "Vertical axis: −1.0, −0.5, 0.0, 0.5, 1.0",
    ]


def test_a_button_that_can_do_nothing_counts_as_disabled_but_keeps_the_focus(
    program: Chainstep,
) -> None:
    # Four layers more than the unrolled program can have.
    program.session.replace_experiment(Experiment(weights=(0.5,) * 40))
    program.session.set_look(panel="code")
    settle()
    unrolled = interface(child(program, "tab unrolled"))
    assert unrolled.state().disabled
    assert unrolled.state().focusable
    assert "Press" not in unrolled.actionInterface().actionNames()
    assert "layers" in unrolled.text(Text.Description)
    loop = interface(child(program, "tab loop"))
    assert not loop.state().disabled
    assert "Press" in loop.actionInterface().actionNames()


def test_a_switch_says_whether_it_is_on(program: Chainstep) -> None:
    logarithmic = child(program, "logarithmic")
    assert interface(logarithmic).role() is Role.CheckBox
    assert interface(logarithmic).state().checkable
    assert not interface(logarithmic).state().checked
    interface(logarithmic).actionInterface().doAction("Press")
    settle()
    assert interface(logarithmic).state().checked
    assert not interface(child(program, "play")).state().checkable


def test_the_steps_of_the_sample_are_parts_that_can_be_pressed(program: Chainstep) -> None:
    press(program, *["Right"] * 3)
    strip = child(program, "cells")
    told = [one.text(Text.Name) for one in parts(strip)]
    assert [text.split(" ")[0] for text in told] == [str(k) for k in range(1, 14)]
    assert [text.split("; ")[-1] for text in told] == [
        "done", "done", "this step", *["still to be done"] * 10
    ]  # fmt: skip
    where = parts(strip)[7].rect()
    assert strip.rect().contains(strip.mapFromGlobal(where.center()))
    parts(strip)[7].actionInterface().doAction("Press")
    settle()
    assert program.session.state.index == 8
    assert parts(strip)[7].text(Text.Name).endswith("; this step")


def test_factors_are_parts_and_the_keys_are_told_as_the_focus(
    program: Chainstep, monkeypatch: pytest.MonkeyPatch
) -> None:
    press(program, *["Right"] * 8)
    rows = child(program, "derivatives")
    told = {one.text(Text.Name): one for one in parts(rows)}
    assert "∂L/∂w₂ = −0.12507" in told
    factor = next(one for text, one in told.items() if text.startswith("y = 0.23330"))
    assert rows.rect().contains(rows.mapFromGlobal(factor.rect().center()))
    with a_reader_listens(monkeypatch) as heard:
        rows.setFocus(Qt.FocusReason.TabFocusReason)
        press(program, "Down")
        focused = [name for kind, name in heard.events if kind is QAccessible.Event.Focus]
        assert focused[-1] in told
        assert [one.text(Text.Name) for one in parts(rows) if one.state().focused] == focused[-1:]


def test_lines_of_the_program_say_what_they_do(program: Chainstep) -> None:
    program.session.set_look(panel="code")
    press(program, *["Right"] * 8)
    margin = next(
        one for one in child(program, "code text").findChildren(QWidget)
        if name(one) == "What the lines do"
    )  # fmt: skip
    told = [one.text(Text.Name) for one in parts(margin)]
    assert [text for text in told if text.endswith(": gradient, this step")]
    assert any(text.endswith(": forward") for text in told)


def test_every_cell_of_a_table_has_a_head_for_its_row_and_its_column(program: Chainstep) -> None:
    program.session.set_look(panel="numbers")
    press(program, *["Right"] * 8)
    (table,) = (one for one in program.window.findChildren(Table) if one.isVisible())
    made = interface(table)
    heads = [made.child(k) for k in range(made.childCount())]
    across = [one.text(Text.Name) for one in heads if one.role() is Role.ColumnHeader]
    down = [one.text(Text.Name) for one in heads if one.role() is Role.RowHeader]
    assert len(across) == table.model().columnCount()
    assert len(down) == table.model().rowCount()
    assert down[0] == table.model().index(0, 0).data()
    assert all(down)
