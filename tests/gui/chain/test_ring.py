"""The ring over the boxes of the chain: what the mouse does there, by keyboard alone."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu

from engine import Experiment, train
from engine.moment import moment_at
from engine.parameters import WEIGHT
from engine.quantities import Name, Quantity
from gui.language.numbers import POINT, exact
from gui.shell.app import Chainstep
from gui.theme import THEMES
from gui.widgets.labels import Items
from tests.gui.screen import (
    box_at,
    field,
    image,
    numbers_in_place,
    picture,
    popups,
    press,
    settle,
    show_experiment,
)

OUTPUT, UPSTREAM = Quantity.OUTPUT, Quantity.UPSTREAM
LONG = Experiment(weights=[0.9] * 64, learning_rate=0.01, epochs=2)


def enter_chain(program: Chainstep) -> None:
    program.window.chain.setFocus(Qt.FocusReason.TabFocusReason)
    settle()
    assert ringed(program) is None
    press(program, "Down")


def keys(program: Chainstep) -> str:
    items = program.window.findChild(Items, "keys")
    assert items is not None
    return items.text()


def ringed(program: Chainstep) -> Name | None:
    return program.session.state.highlight if program.session.state.walking else None


def test_arrows_move_the_ring_and_enter_goes_to_the_step(program: Chainstep) -> None:
    press(program, *["Right"] * 8)
    enter_chain(program)
    assert ringed(program) == WEIGHT.gradient_of(2)
    press(program, "Right", "Up")
    assert ringed(program) == Name(UPSTREAM, 3)
    press(program, "Up")
    assert ringed(program) == Name(OUTPUT, 3)
    press(program, "Left")
    assert ringed(program) == Name(OUTPUT, 2)
    assert numbers_in_place(program)[2] == 8
    press(program, "Return")
    assert numbers_in_place(program)[2] == 2
    press(program, "End")
    assert ringed(program) == Name(Quantity.LOSS, 3)
    press(program, "Home")
    assert ringed(program) == Name(OUTPUT, 0)
    press(program, "Return")  # nothing computes the input
    assert numbers_in_place(program)[2] == 2


def test_after_escape_arrows_step_again_until_enter(program: Chainstep) -> None:
    press(program, "Right", "Right")
    enter_chain(program)
    press(program, "Shift+Right")  # a sample, as everywhere
    assert numbers_in_place(program) == (1, 1, 13)
    press(program, "Left")
    assert numbers_in_place(program) == (1, 1, 13)
    press(program, "Escape")
    assert ringed(program) is None
    press(program, "Left")
    assert numbers_in_place(program) == (1, 1, 12)
    press(program, "Up")
    assert ringed(program) == WEIGHT.of(2)
    press(program, "Tab")
    assert program.session.state.highlight is None
    press(program, "Right")
    assert numbers_in_place(program) == (1, 1, 13)


def test_tab_comes_to_the_chain(program: Chainstep) -> None:
    stops = []
    while program.window.chain not in stops:
        press(program, "Tab")
        stops.append(QApplication.focusWidget())
        assert len(stops) < 80
    press(program, "Return")
    assert ringed(program) is not None


def test_enter_on_a_weight_goes_into_its_field(program: Chainstep) -> None:
    enter_chain(program)
    press(program, "Up", "Right", "Return")
    assert QApplication.focusWidget() is field(program, "weights[1]")
    assert ringed(program) is None


@popups
def test_the_value_in_the_ring_can_be_copied(program: Chainstep) -> None:
    press(program, *["Right"] * 8)
    enter_chain(program)
    clipboard, full = QGuiApplication.clipboard(), exact(moment_at(RUN, 8).gradients[1] or 0, POINT)
    clipboard.clear()
    press(program, "Ctrl+C")
    assert clipboard.text() == full
    press(program, "Left", "Up", "Ctrl+C")  # nothing is computed there, and nothing copied
    assert clipboard.text() == full
    press(program, "Down")
    clipboard.clear()
    chain = program.window.chain
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(chain, QContextMenuEvent(reason, QPoint(3, 3), QPoint(3, 3)))
    (menu,) = [m for m in chain.findChildren(QMenu) if m.isVisible()]
    assert menu.actions()[0].text() == f"Copy {full}"
    assert ringed(program) == WEIGHT.gradient_of(2)
    menu.actions()[0].trigger()
    assert clipboard.text() == full
    menu.close()


RUN = train(Experiment())


@pytest.mark.parametrize("theme", ["light", "dark", "projector"])
def test_the_ring_is_seen_around_its_box(program: Chainstep, theme: str) -> None:
    program.session.set_look(theme=theme)
    press(program, "Right")
    enter_chain(program)
    accent, where = QColor(THEMES[theme].accent), box_at(program, "y")

    def columns() -> set[int]:
        shown = image(program.window.chain)
        row = where.y()
        return {x for x in range(shown.width()) if shown.pixelColor(x, row) == accent}

    with_ring = columns()
    assert any(x < where.x() - 40 for x in with_ring)
    assert any(x > where.x() + 40 for x in with_ring)
    press(program, "Escape")
    assert not any(abs(x - where.x()) < 90 for x in columns())
    assert columns()  # the frame tells of the focus


def test_the_status_line_tells_what_the_arrows_do(program: Chainstep) -> None:
    enter_chain(program)
    assert "Esc: ← → step again" in keys(program)
    press(program, "Escape")
    assert "→ step · ← step back" in keys(program)


def test_a_long_chain_comes_along(program: Chainstep, tmp_path: Path) -> None:
    show_experiment(program, tmp_path, LONG)
    enter_chain(program)
    press(program, "Down", "End")
    assert ringed(program) == Name(UPSTREAM, 64)
    symbols = {box.symbol for box in picture(program.window.chain).boxes}
    assert "a₆₃" in symbols
    where = box_at(program, "∂L/∂a₆₄")
    assert where.x() + 60 < program.window.chain.width()
