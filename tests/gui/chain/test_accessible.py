"""The chain for who does not see it: a structure of boxes with names, values and actions."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from gui.shell.app import Chainstep
from gui.widgets.accessible import tell_changes
from tests.gui.listening import Heard, Text, a_reader_listens, description, interface, part, parts
from tests.gui.screen import box_at, field, numbers_in_place, press, settle, shown_numbers

Event, Role = QAccessible.Event, QAccessible.Role


@pytest.fixture
def heard(program: Chainstep, monkeypatch: pytest.MonkeyPatch) -> Iterator[Heard]:
    assert program.window.chain.isVisible()
    with a_reader_listens(monkeypatch) as heard:
        yield heard


def test_the_boxes_are_children_with_all_that_is_seen(program: Chainstep, heard: Heard) -> None:
    chain = program.window.chain
    assert interface(chain).text(Text.Name) == "Chain of neurons"
    assert interface(chain).role() is Role.Grouping
    for index in range(14):
        names = [one.text(Text.Name) for one in parts(chain)]
        for symbol, number in shown_numbers(program).items():
            written = f"{symbol} = {number}" if number else f"{symbol}: not computed yet"
            assert sum(name.startswith(written) for name in names) == 1, (written, index)
        assert len(names) == 14 + 2
        assert names[14].startswith("forward: values →")
        assert names[15].startswith("← backward: upstream gradient")
        press(program, "Right")
    press(program, *["Left"] * 6)
    assert description(chain) == (
        "chain of 3 neurons; epoch 1, sample 1, step 8 of 13; loss 0.52874"
    )
    assert heard.said


def test_a_box_is_where_it_is_seen(program: Chainstep, heard: Heard) -> None:
    chain = program.window.chain
    where = chain.mapToGlobal(box_at(program, "z"))
    found = interface(chain).childAt(where.x(), where.y())
    assert found.text(Text.Name) == "z: not computed yet"
    assert found.rect().contains(where)
    assert abs((found.rect().center() - where).manhattanLength()) < 4
    assert not any(one.state().offscreen for one in parts(chain))
    assert not any(one.state().offscreen for one in parts(chain))  # asking changes nothing
    corner = chain.mapToGlobal(QPoint(2, 2))
    assert interface(chain).childAt(corner.x(), corner.y()) is None
    assert heard is not None


def test_pressing_a_box_is_a_click(program: Chainstep, heard: Heard) -> None:
    chain = program.window.chain
    press(program, *["Right"] * 8)
    box = part(chain, "z = ")
    assert box.role() is Role.Button
    assert box.text(Text.Value) == "−0.0543589"
    action = box.actionInterface()
    assert action.actionNames() == ["Press"]
    assert action.localizedActionDescription("Press") == "Go to the step that computes it"
    action.doAction("Press")
    assert numbers_in_place(program)[2] == 2
    part(chain, "w₂").actionInterface().doAction("Press")
    settle()
    assert QApplication.focusWidget() is field(program, "weights[1]")
    assert part(chain, "x = ").actionInterface().actionNames() == []
    assert heard is not None


def test_the_ring_is_told_as_the_focus(program: Chainstep, heard: Heard) -> None:
    chain = program.window.chain
    press(program, *["Right"] * 8)
    chain.setFocus(Qt.FocusReason.TabFocusReason)
    press(program, "Down")
    assert (Event.Focus, "∂L/∂w₂ = −0.12507") in heard.events
    press(program, "Up")
    assert heard.events[-1] == (Event.Focus, "∂L/∂z = −0.53610")
    assert part(chain, "∂L/∂z").state().focused
    assert not part(chain, "∂L/∂w₂").state().focused
    assert interface(chain).focusChild().text(Text.Name) == "∂L/∂z = −0.53610"


def test_what_changed_is_told_once(program: Chainstep, heard: Heard) -> None:
    chain = program.window.chain
    parts(chain)  # a reader has looked at them
    heard.events.clear()
    press(program, "Right")
    changed = [name for kind, name in heard.events if kind is Event.NameChanged]
    assert changed.count("y = 0.23330") == 1
    assert len([name for name in changed if "=" in name]) == 1
    heard.events.clear()
    tell_changes(chain)
    assert heard.events == []
